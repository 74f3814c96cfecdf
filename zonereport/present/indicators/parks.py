"""Where growth comes from: the parks, the refunds inside the taxes, the firms that came and went."""

import pandas as pd
from matplotlib.axes import Axes
from pandas.io.formats.style import Styler

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.core import growing_codes, judged_codes
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.figures import figure_texts, figure_values
from zonereport.present.kit.firms import percent
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import LEFT, RIGHT, styled, without_empty
from zonereport.present.report import Report

# what no park reports: rounding, the land between them, revisions of the whole
UNALLOCATED, REST = "unallocated", "未分项"
TAXES, REFUND, WITHOUT = "business_taxes", "vat_credit_refund", "business_taxes_without_refund"
LEDGER = "invoiced_sales"
FIRMS = {
    "continuing_contribution": "存续企业",
    "entering_contribution": "新增企业",
    "leaving_contribution": "退出企业",
}
HEADS = {
    "name": "指标",
    "value": "数值",
    "growth": "同比",
    "share": "占全区比重",
    "contribution": "贡献率",
    "pull": "拉动",
}
OF_A_PARK = ("value", "growth", "share", "contribution", "pull")
# how many indicators of one park the verdict names
MOST_NAMED = 2
# a part can bring all of a growth, and more where others fall
ALL_PCT = 100
# pulls are printed with two decimals: an indicator of 6 % divides among parks finer than it is published
PULL_DECIMALS = 2


def _pull(value: float) -> str:
    return number(value, PULL_DECIMALS, fixed=True)


def _pull_rows(report: Report) -> pd.DataFrame:
    """Return code, park and pull of the indicators that parks add up to; of a park edition the park's own."""
    codes = growing_codes(report)
    if report.park:
        rows = figure_values(report, codes, ("pull",)).dropna(subset="pull").rename(columns={"pull": "pull_pp"})
        # its pull is a figure of the park edition, no row of the details
        rows["park"] = report.park
    else:
        rows = report.detail("parks")
        rows = rows[rows["code"].isin(codes) & (rows["park"] != "") & rows["pull_pp"].notna()]
        rows = rows.sort_values("code", key=lambda column: column.map(codes.index), kind="stable")
    rows["name"] = rows["park"].map(report.park_names | {UNALLOCATED: REST})
    # a pull that prints as nothing is none
    rows["printed"] = rows["pull_pp"].map(lambda pull: float(number(pull, PULL_DECIMALS)))
    return rows.reset_index(drop=True)


def _park_gaps(report: Report) -> tuple[Gap, ...]:
    """Return the gap of figures by park: that there are none, or none of last year."""
    if report.park or len(_pull_rows(report)):
        return ()
    # each office has the parks' figures of what it publishes
    offices = dict.fromkeys(report.label(code, "publisher") for code in judged_codes(report))
    office = "、".join(offices)
    # figures of this year do not help without those of last year
    if len(report.detail("parks")):
        return (Gap("各园区主要指标", "没有可比的分园区同期数", "各园区上年同期的主要指标", office),)
    return (Gap("各园区主要指标", "来源没有分园区数", "各园区主要指标的累计数和上年同期数", office),)


@exhibit
def parks(report: Report) -> Exhibit:
    """Show the core indicators by park: figure and growth; of a park edition its share, contribution and pull."""
    if report.park:
        return _one_park(report)
    caption = "分园区主要指标"
    names = report.park_names
    rows = report.detail("parks")
    rows = rows[rows["code"].isin(judged_codes(report)) & rows["park"].isin(names)]
    if rows.empty:
        return Exhibit(caption, gaps=_park_gaps(report))
    codes = rows["code"].unique()
    return Exhibit(caption, data=rows, draw=_by_park(report, rows, names), note=foot(report, codes))


def _by_park(report: Report, rows: pd.DataFrame, names: dict[str, str]) -> Styler:
    """Return a table with a row an indicator and two columns a park."""
    cells: dict[str, dict[tuple[str, str], str]] = {}
    order = judged_codes(report).index
    for row in rows.sort_values("code", key=lambda column: column.map(order), kind="stable").itertuples():
        line = cells.setdefault(report.label(row.code), {})
        line[names[row.park], HEADS["value"]] = _value(report, row)
        line[names[row.park], HEADS["growth"]] = _growth(report, row)
    # a park that does not report an indicator has no cell of it
    table = pd.DataFrame.from_dict(cells, orient="index").fillna(NO_VALUE)
    table = table.loc[:, (table != NO_VALUE).any()]
    table.columns = pd.MultiIndex.from_tuples(table.columns)
    table.insert(0, (HEADS["name"], ""), table.index)
    styler = table.reset_index(drop=True).style.hide(axis="index").set_uuid("parks")
    styler = styler.format(escape="html").format_index(escape="html", axis="columns")
    styler = styler.set_properties(subset=list(table.columns[1:]), **RIGHT)
    return styler.set_properties(subset=[table.columns[0]], **LEFT)


def _value(report: Report, row) -> str:
    if pd.isna(row.value):
        return NO_VALUE
    return quantity(row.value, row.unit, int(report.label(row.code, "decimals")), qualifier=row.qualifier)


def _growth(report: Report, row) -> str:
    if pd.isna(row.growth_pct):
        return NO_VALUE
    # the growth of a percentage is counted in its own points
    if report.label(row.code, "nature") in ("ratio", "growth"):
        return quantity(row.growth_pct, "个百分点", 1, fixed=True)
    return percent(row.growth_pct)


def _one_park(report: Report) -> Exhibit:
    codes = [code for code in judged_codes(report) if not report.reason(code, "share")]
    if not codes:
        return Exhibit("本园区主要指标")
    table = without_empty(figure_texts(report, codes, OF_A_PARK))
    note = foot(report, codes)
    # two shares side by side are taken for each other
    if "contribution" in table:
        note += "拉动为本园区使全区增速提高或降低的百分点，贡献率为本园区占全区增量的份额，二者不是一个概念。"
    return Exhibit(
        "本园区主要指标",
        data=figure_values(report, codes, OF_A_PARK),
        draw=styled(table, "park", heads=HEADS, right=OF_A_PARK),
        note=note,
    )


@exhibit
def pulls(report: Report) -> Exhibit:
    """Show by how many percentage points each park moves the growth of each indicator."""
    rows = _pull_rows(report)
    caption = "各园区对主要指标增长的拉动"
    if report.park:
        caption = "本园区对全区增长的拉动"
    if rows.empty:
        return Exhibit(caption, gaps=_park_gaps(report))
    data = pd.DataFrame(
        {
            "label": rows["code"].map(lambda code: _row_label(report, code)),
            "series": rows["name"],
            "value": rows["pull_pp"],
            "text": rows["pull_pp"].map(_pull),
        }
    )
    claim = _pull_claim(report, rows)

    def draw() -> Axes:
        return charts.grouped(data, title=claim, unit="个百分点")

    bars = data["label"].str.replace("\n", "") + "，" + data["series"] + data["text"]
    alt = f"分组横条图，单位个百分点。{'；'.join(bars)}。"
    note = foot(report, rows["code"].unique()) + "拉动为部分的增减额与全区上年同期数之比，各部分之和等于全区增速。"
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=note)


def _row_label(report: Report, code: str) -> str:
    # its bars are of one series: no growth of the whole to compare with
    if report.park:
        return report.label(code)
    return f"{report.label(code)}\n全区{_changed(report, code)}"


def _changed(report: Report, code: str) -> str:
    """Return 增长3.2%, 下降0.4%, 持平 of the growth of an indicator."""
    word = direction(report.value(code, "growth"), "增长", "下降", "持平")
    if word == "持平":
        return word
    return word + size(report, code, "growth")


def _pull_claim(report: Report, rows: pd.DataFrame) -> str:
    """Return whose pull is the greatest how often, and whose is furthest below zero."""
    if report.park:
        return _own_pull(report, rows)
    clauses = [_leader(report, rows)]
    drags = _drags(rows)
    if len(drags):
        worst = drags.loc[drags["pull_pp"].idxmin()]
        clauses.append(f"{worst['name']}下拉{report.label(worst.code)}{_pull(abs(worst.pull_pp))}个百分点")
    claim = "，".join(filter(None, clauses))
    if claim:
        return claim
    return f"{rows['code'].nunique()}项主要指标与上年同期持平"


def _drags(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pulls of parks below zero; what the parks leave is no park that anyone could look into."""
    return rows[(rows["printed"] < 0) & (rows["park"] != UNALLOCATED)]


def _own_pull(report: Report, rows: pd.DataFrame) -> str:
    best = rows.loc[rows["pull_pp"].idxmax()]
    label = report.label(best.code)
    if best.printed > 0:
        return f"{report.park_name}拉动全区{label}增速{_pull(best.pull_pp)}个百分点"
    if best.printed < 0:
        return f"{report.park_name}下拉全区{label}增速{_pull(abs(best.pull_pp))}个百分点"
    return f"{report.park_name}未拉动全区{label}增速"


def _leader(report: Report, rows: pd.DataFrame) -> str:
    """Return whose pull is the greatest in how many of the indicators that grew."""
    # of what fell the greatest pull is only the smallest loss
    growths = report.detail("growths", grew=True)
    rising = rows[rows["code"].isin(growths["code"])]
    if rising.empty:
        return ""
    first = rising.loc[rising.groupby("code", sort=False)["pull_pp"].idxmax()]
    # one sentence for the park that leads most often; the chart has the others
    most = first["name"].value_counts()
    name, count = most.index[0], len(first)
    if count == 1:
        return f"{name}对{report.label(first['code'].iloc[0])}拉动最大"
    if most.iloc[0] == count:
        return f"{name}对{count}项增长的主要指标的拉动均最大"
    return f"{name}对{count}项增长的主要指标中的{most.iloc[0]}项拉动最大"


@exhibit
def causes(report: Report) -> Exhibit:
    """Say what growth is made of: the parks, the refunds inside the taxes, the firms that came and went."""
    lines = [_by_shares(report), _refunds(report), _by_firm(report)]
    return Exhibit("增长的构成", draw="\n".join(filter(None, lines)))


def _by_shares(report: Report) -> str:
    """Return how much of each increase the leading park made, and what fell in which park."""
    rows = _pull_rows(report)
    if rows.empty or report.park:
        return ""
    known = rows[rows["contribution_pct"].notna()]
    # of each increase the park that made most of it
    lead = known.loc[known.groupby("code", sort=False)["contribution_pct"].idxmax()]
    clauses = []
    for name, group in lead.groupby("name", sort=False):
        shares = listed(f"{report.label(row.code)}（{percent(row.contribution_pct)}）" for row in group.itertuples())
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
        each = [f"{report.label(row.code)}下降{percent(-row.growth_pct)}" for row in group.itertuples()]
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
    clauses = [f"工商税收（含留抵退税）同比{_changed(report, TAXES)}"]
    word = direction(pull, "拉动", "下拉", "没有影响", decimals=PULL_DECIMALS)
    if word == "没有影响":
        clauses.append("其中留抵退税没有影响")
    else:
        clauses.append(f"其中留抵退税{word}{_pull(abs(pull))}个百分点")
    if not report.reason(WITHOUT, "growth"):
        clauses.append(f"扣除后同比{_changed(report, WITHOUT)}")
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
    rows = _pull_rows(report)
    clauses = []
    if len(rows) and report.park:
        clauses.append(_own_pull(report, rows))
    elif len(rows):
        clauses.append(_leader(report, rows) or _pull_claim(report, rows))
        drags = [name + _counted(report, group) for name, group in _drags(rows).groupby("name", sort=False)]
        if drags:
            clauses.append(f"{listed(drags)}为负拉动")
    return sentence(*clauses) + sentence(_both_bases(report))


def _counted(report: Report, group: pd.DataFrame) -> str:
    labels = [report.label(code) for code in group["code"]]
    if len(labels) > MOST_NAMED:
        return f"{labels[0]}等{len(labels)}项"
    return listed(labels)


def _both_bases(report: Report) -> str:
    """Return the growth of business taxes with and without the refunds; nothing where one is not known."""
    if report.reason(TAXES, "growth") or report.reason(WITHOUT, "growth"):
        return ""
    return f"工商税收含留抵退税同比{_changed(report, TAXES)}、扣除后{_changed(report, WITHOUT)}"
