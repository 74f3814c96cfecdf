"""Words of the chapter on the core indicators: which park made the growth, and what is inside it."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S2"
UNALLOCATED, REST = "unallocated", "未分项"
TAXES, REFUND = "business_taxes", "vat_credit_refund"
LEDGER = "invoiced_sales"
FALLING, FULL = 0.0, 100.0
MOST_NAMED = 2


def grown_codes(report: "Report") -> list[str]:
    """The core indicators with a growth of which more or less is better; not what grows by the refunds inside it."""
    codes = [code for code in report.codes(GROUP) if not report.reason(code, "growth")]
    plain = [code for code in codes if report.qualifier(code) != "including"]
    return [code for code in plain if int(report.label(code, "direction")) != 0]


def park_names(report: "Report") -> dict[str, str]:
    """The names of the parks by id, in the order of zone.yml, and of what the parks leave."""
    return {park.id: park.name_zh for park in report.zone.about.parks} | {UNALLOCATED: REST}


def park_rows(report: "Report") -> pd.DataFrame:
    """The rows of ``parks`` of the core indicators that parks add up to; of a park edition the park's own figures."""
    codes = grown_codes(report)
    if report.park_name:
        rows = [_own(report, code) for code in codes if not report.reason(code, "pull")]
        return pd.DataFrame(rows, columns=["code", "park", "pull_pp"])
    frame = report.detail("parks")
    if frame.empty:
        return pd.DataFrame(columns=["code", "park", "pull_pp"])
    known = frame["code"].isin(codes) & (frame["park"] != "") & frame["pull_pp"].notna()
    order = {code: place for place, code in enumerate(codes)}
    return frame[known].sort_values("code", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def _own(report: "Report", code: str) -> dict[str, object]:
    return {"code": code, "park": report.measures["park"].iloc[0], "pull_pp": report.value(code, "pull")}


def points(value: float) -> str:
    """A pull as it is printed everywhere: two decimals, in percentage points."""
    return number(value, 2, fixed=True)


def pulls(report: "Report") -> pd.DataFrame:
    """The bars of the chart of pulls: one a core indicator and park."""
    rows, names = park_rows(report), park_names(report)
    made = [
        {
            "label": f"{report.label(row.code)}\n全区{_of_zone(report, row.code)}",
            **{"series": names[row.park], "value": row.pull_pp, "text": points(row.pull_pp)},
        }
        for row in rows.itertuples()
    ]
    if report.park_name:
        made = [bar | {"label": bar["label"].split("\n")[0]} for bar in made]
    return pd.DataFrame(made, columns=["label", "series", "value", "text"])


def _of_zone(report: "Report", code: str) -> str:
    word = direction(report.value(code, "growth"), "增长", "下降", "持平")
    return word if word == "持平" else word + size(report, code, "growth")


def _leading(rows: pd.DataFrame) -> pd.Series:
    """The park of the greatest pull of each indicator."""
    return rows.loc[rows.groupby("code", sort=False)["pull_pp"].idxmax()].set_index("code")["park"]


def finding(report: "Report") -> str:
    """The title of the chart of pulls: whose pull is the greatest how often, and whose is below zero."""
    rows, names = park_rows(report), park_names(report)
    if report.park_name:
        best = rows.loc[rows["pull_pp"].idxmax()]
        word = direction(best.pull_pp, "拉动", "下拉", "未拉动", decimals=2)
        apart = "" if word == "未拉动" else f"{points(abs(best.pull_pp))}个百分点"
        return f"{report.park_name}{word}全区{report.label(best.code)}增速{apart}"
    clauses = [_leader(report, rows)]
    drags = rows[rows["pull_pp"] < FALLING]
    if len(drags):
        worst = drags.loc[drags["pull_pp"].idxmin()]
        clauses.append(f"{names[worst.park]}下拉{report.label(worst.code)}{points(abs(worst.pull_pp))}个百分点")
    return "，".join(clause for clause in clauses if clause) or f"{rows['code'].nunique()}项主要指标与上年同期持平"


def _leader(report: "Report", rows: pd.DataFrame) -> str:
    """Whose pull is the greatest in how many of the indicators that grew."""
    rising = rows[[float(number(report.value(code, "growth"), 1)) > 0 for code in rows["code"]]]
    if rising.empty:
        return ""
    first = _leading(rising)
    most = first.value_counts()
    name, count = park_names(report)[most.index[0]], len(first)
    if count == 1:
        return f"{name}对{report.label(first.index[0])}拉动最大"
    what = f"{count}项增长的主要指标"
    return f"{name}对{what}" + ("的拉动均最大" if most.iloc[0] == count else f"中的{most.iloc[0]}项拉动最大")


def pull_chart(report: "Report") -> Caption:
    """What is said of the chart of pulls."""
    caption = "本园区对全区增长的拉动" if report.park_name else "各园区对主要指标增长的拉动"
    rows = park_rows(report)
    if rows.empty:
        named = len(report.zone.about.parks) > 1
        reason = "没有可比的分园区同期数" if named else "来源没有分园区数"
        return Caption(caption, missing=f"（{caption}：{reason}，不分解增长来源。）")
    said = [f"{bar.label.replace(chr(10), '')}，{bar.series}{bar.text}" for bar in pulls(report).itertuples()]
    note = foot(report, rows["code"].unique()) + "拉动为部分的增减额与全区上年同期数之比，各部分之和等于全区增速。"
    return Caption(caption, finding(report), f"分组横条图，单位个百分点。{'；'.join(said)}。", note)


def table(report: "Report") -> Caption:
    """What is said of the table of parks; without any the chart of pulls has said so."""
    frame = report.detail("parks")
    codes = frame["code"].unique() if len(frame) else park_rows(report)["code"].unique()
    codes = [code for code in codes if code in report.codes(GROUP)]
    if not codes:
        return Caption("分园区主要指标", missing=None)
    return Caption("本园区主要指标" if report.park_name else "分园区主要指标", note=foot(report, codes))


def reasons(report: "Report") -> str:
    """The paragraphs on where growth came from: parks, refunds inside the taxes, firms that came and went."""
    said = [by_park(report), refunds(report), by_firm(report)]
    return "\n\n".join(line for line in said if line)


def by_park(report: "Report") -> str:
    """How much of each increase the leading park made, and which park fell."""
    rows, names = park_rows(report), park_names(report)
    if rows.empty or report.park_name or "contribution_pct" not in rows:
        return ""
    known = rows[rows["contribution_pct"].notna()]
    lead = known.loc[known.groupby("code", sort=False)["contribution_pct"].idxmax()] if len(known) else known
    said = []
    for park, group in lead.groupby("park", sort=False):
        shares = [f"{report.label(r.code)}（{_percent(r.contribution_pct)}）" for r in group.itertuples()]
        said.append(f"{names[park]}居首的有{listed(shares)}")
    first = f"从增量贡献率看，{'；'.join(said)}。" if said else ""
    over = "贡献率超过100%，是因为其余园区合计减少。" if (lead["contribution_pct"] > FULL).any() else ""
    return first + over + _fell(report, rows)


def _percent(value: float) -> str:
    return quantity(value, "%", 1, fixed=True)


def _fell(report: "Report", rows: pd.DataFrame) -> str:
    """What fell, park by park."""
    names = park_names(report)
    printed = rows["growth_pct"].fillna(0).map(lambda growth: float(number(growth, 1)))
    falls = rows[(printed < 0) & (rows["park"] != UNALLOCATED)]
    said = []
    for park, group in falls.groupby("park", sort=False):
        each = [f"{report.label(r.code)}下降{_percent(-r.growth_pct)}" for r in group.itertuples()]
        said.append(f"{names[park]}{'、'.join(each)}")
    return sentence("；".join(said))


def refunds(report: "Report") -> str:
    """What the VAT credit refund did to the growth of business taxes."""
    parts = report.detail("contribution", code=TAXES)
    parts = parts[parts["part"] == REFUND] if len(parts) else parts
    if parts.empty or pd.isna(parts["pull_pp"].iloc[0]) or report.reason(TAXES, "growth"):
        return ""
    pull = parts["pull_pp"].iloc[0]
    word = direction(pull, "拉动", "下拉", "没有影响", decimals=2)
    apart = "" if word == "没有影响" else f"{points(abs(pull))}个百分点"
    rest = "business_taxes_without_refund"
    growth = "" if report.reason(rest, "growth") else f"，扣除后同比{_of_zone(report, rest)}"
    return (
        f"工商税收（含留抵退税）同比{_of_zone(report, TAXES)}，其中留抵退税{word}{apart}{growth}。"
        "两种口径方向可能相反，对外使用时应注明口径。"
    )


def by_firm(report: "Report") -> str:
    """What firms that stayed, came and left did to invoiced sales, by the enterprise ledger."""
    names = {"continuing": "存续企业", "entering": "新增企业", "leaving": "退出企业"}
    if any(report.reason(LEDGER, f"{name}_contribution") for name in names):
        return ""
    clauses = []
    for name, label in names.items():
        measure = f"{name}_contribution"
        word = direction(report.value(LEDGER, measure), "拉动", "下拉", "影响为零")
        clauses.append(f"{label}{word}{'' if word == '影响为零' else size(report, LEDGER, measure)}")
    alone = ""
    if not report.reason(LEDGER, "growth_without_largest"):
        growth = direction(report.value(LEDGER, "growth_without_largest"), "增长", "下降", "持平")
        change = "" if growth == "持平" else size(report, LEDGER, "growth_without_largest")
        alone = f"剔除最大一户后同比{growth}{change}"
    return "按企业台账分解工业开票销售，" + sentence(*clauses, alone)


def shorthand(report: "Report") -> str:
    """The point of the verdict: the park that pulls most, those that hold back, the refunds inside the taxes."""
    rows, names = park_rows(report), park_names(report)
    said = []
    if len(rows) and not report.park_name:
        said.append(_leader(report, rows) or finding(report))
        drags = rows[rows["pull_pp"] < FALLING]
        held = [f"{names[park]}{_named(report, group)}为负拉动" for park, group in drags.groupby("park", sort=False)]
        said += ["、".join(held)] if held else []
    elif len(rows):
        said.append(finding(report))
    return sentence(*said) + sentence(_two_bases(report))


def _two_bases(report: "Report") -> str:
    """The growth of business taxes with and without the refunds, as a clause; empty where one is not known."""
    rest = "business_taxes_without_refund"
    if report.reason(TAXES, "growth") or report.reason(rest, "growth"):
        return ""
    return f"工商税收含留抵退税同比{_of_zone(report, TAXES)}、扣除后{_of_zone(report, rest)}"


def _named(report: "Report", group: pd.DataFrame) -> str:
    named = [report.label(code) for code in group["code"]]
    return listed(named) if len(named) <= MOST_NAMED else f"{listed(named[:1])}等{len(named)}项"
