"""What growth is made of: the shares of the parks, the refunds inside the taxes, the firms that came and went."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.indicators.parks import (
    PULL_DECIMALS,
    UNALLOCATED,
    about,
    drags_of,
    leader,
    moved_by,
    own_pull,
    pull_claim,
    pull_in_words,
    pull_rows,
)
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.firms import percent
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.report import Report

TAXES, REFUND, WITHOUT = "business_taxes", "vat_credit_refund", "business_taxes_without_refund"
LEDGER = "invoiced_sales"
FIRMS = {
    "continuing_contribution": "存续企业",
    "entering_contribution": "新增企业",
    "leaving_contribution": "退出企业",
}
# how many indicators of one park the verdict names
MOST_NAMED = 2
# a part can bring all of a growth, and more where others fall
ALL_PCT = 100


@exhibit
def causes(report: Report) -> Exhibit:
    """Say what growth is made of: the parks, the refunds inside the taxes, the firms that came and went."""
    lines = [_by_shares(report), _refunds(report), _by_firm(report)]
    return Exhibit("增长的构成", draw="\n".join(filter(None, lines)))


def _by_shares(report: Report) -> str:
    """Return how much of each increase the leading park made, and what fell in which park."""
    rows = pull_rows(report)
    if rows.empty or report.park:
        return ""
    known = rows[rows["contribution_pct"].notna()]
    # of each increase the park that made most of it
    lead = known.loc[known.groupby("code", sort=False)["contribution_pct"].idxmax()]
    clauses = []
    for name, group in lead.groupby("name", sort=False):
        shares = listed(
            f"{report.label(row.code)}（{about(percent(row.contribution_pct), row.contribution_about)}）"
            for row in group.itertuples()
        )
        clauses.append(f"{name}居首的有{shares}")
    text = ""
    if clauses:
        text = f"从增量贡献率看，{'；'.join(clauses)}。"
    if (lead["contribution_pct"] > ALL_PCT).any():
        text += "贡献率超过100%，是因为其余园区合计减少。"
    return text + _fell(report, rows)


def _fell(report: Report, rows: pd.DataFrame) -> str:
    """Return what fell, park by park."""
    printed = rows["growth_pct"].fillna(0).map(lambda growth: float(number(growth, 1)))
    falls = rows[(printed < 0) & (rows["park"] != UNALLOCATED)]
    clauses = []
    for name, group in falls.groupby("name", sort=False):
        each = [
            f"{report.label(row.code)}下降{about(percent(-row.growth_pct), row.growth_about)}"
            for row in group.itertuples()
        ]
        clauses.append(name + "、".join(each))
    return sentence("；".join(clauses))


def _refunds(report: Report) -> str:
    """Return what the VAT credit refund did to the growth of business taxes."""
    parts = report.detail("contribution", code=TAXES, part=REFUND)
    # refunds without last year's figure have no pull
    parts = parts[parts["pull_pp"].notna()]
    if parts.empty or report.reason(TAXES, "growth"):
        return ""
    pull = parts["pull_pp"].iloc[0]
    clauses = [f"工商税收（含留抵退税）同比{moved_by(report, TAXES)}"]
    word = direction(pull, "拉动", "下拉", "没有影响", decimals=PULL_DECIMALS)
    if word == "没有影响":
        clauses.append("其中留抵退税没有影响")
    else:
        clauses.append(f"其中留抵退税{word}{pull_in_words(abs(pull))}个百分点")
    if not report.reason(WITHOUT, "growth"):
        clauses.append(f"扣除后同比{moved_by(report, WITHOUT)}")
    return sentence(*clauses) + "两种口径方向可能相反，对外使用时应注明口径。"


def _by_firm(report: Report) -> str:
    """Return what firms that stayed, came and left did to invoiced sales, by the enterprise ledger."""
    if any(report.reason(LEDGER, measure) for measure in FIRMS):
        return ""
    clauses = []
    for measure, label in FIRMS.items():
        word = direction(report.value(LEDGER, measure), "拉动", "下拉", "影响为零")
        if word == "影响为零":
            clauses.append(f"{label}影响为零")
        else:
            clauses.append(f"{label}{word}{size(report, LEDGER, measure)}")
    # one firm may carry the whole growth, which a total hides
    if not report.reason(LEDGER, "growth_without_largest"):
        word = direction(report.value(LEDGER, "growth_without_largest"), "增长", "下降", "持平")
        if word == "持平":
            clauses.append("剔除最大一户后同比持平")
        else:
            clauses.append(f"剔除最大一户后同比{word}{size(report, LEDGER, 'growth_without_largest')}")
    return "按企业台账分解工业开票销售，" + sentence(*clauses)


def sources_point(report: Report) -> str:
    """Return the point of the verdict: the park that pulls most, those that hold back, the refunds inside the taxes."""
    rows = pull_rows(report)
    clauses = []
    if len(rows) and report.park:
        clauses.append(own_pull(report, rows))
    elif len(rows):
        clauses.append(leader(report, rows) or pull_claim(report, rows))
        drags = [name + _counted(report, group) for name, group in drags_of(rows).groupby("name", sort=False)]
        if drags:
            clauses.append(f"{listed(drags)}为负拉动")
    return sentence(*clauses) + sentence(both_bases(report))


def _counted(report: Report, group: pd.DataFrame) -> str:
    labels = [report.label(code) for code in group["code"]]
    if len(labels) > MOST_NAMED:
        return f"{labels[0]}等{len(labels)}项"
    return listed(labels)


def both_bases(report: Report) -> str:
    """Return the growth of business taxes with and without the refunds; nothing where one is not known."""
    if report.reason(TAXES, "growth") or report.reason(WITHOUT, "growth"):
        return ""
    return f"工商税收含留抵退税同比{moved_by(report, TAXES)}、扣除后{moved_by(report, WITHOUT)}"
