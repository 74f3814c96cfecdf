"""Words of sizes, of what growth came from, and of how much depends on few."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.metrics.enterprises.subject import FEWEST
from zonereport.present.kit.changes import direction
from zonereport.present.kit.firms import at, count, foot, money, no_ledger, percent, signed, span
from zonereport.present.kit.phrases import sentence
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

SALES = "invoiced_sales"
# how many of the largest are listed
LARGEST = 5
POINTS = "个百分点"
FLOWS = {
    "entering": "新进入台账",
    "continuing_up": "存续、增长",
    "continuing_down": "存续、下降",
    "leaving": "退出台账",
    "unknown": "一期缺报",
    "unlisted": "未列入台账",
}
JUDGED = "规模分布、增长来源和企业集中度"


def sizes(report: "Report") -> pd.DataFrame:
    """The two bars of each class of size: how many enterprises, and what share of sales they make."""
    rows = report.detail("enterprise_sizes")
    rows = rows[rows["lower_10k_yuan"].notna()] if len(rows) else rows
    made = [
        {
            "label": _class(report, row.lower_10k_yuan, row.upper_10k_yuan),
            **{"left": row.enterprises, "right": row.share_pct, "right_text": percent(row.share_pct)},
            "left_text": count(row.enterprises)
            + (f"（上年{count(row.base_enterprises)}）" if pd.notna(row.base_enterprises) else ""),
        }
        for row in rows.itertuples()
    ]
    return pd.DataFrame(made[::-1], columns=["label", "left", "left_text", "right", "right_text"])


def _class(report: "Report", low: float, high: float) -> str:
    """A class of size: 5000万元至1亿元, 20亿元以上, 500万元以下."""
    if pd.isna(high):
        return f"{money(report, low)}以上"
    return span(report, low, high) if low > 0 else f"{money(report, high)}以下"


def size_distribution(report: "Report") -> Caption:
    """What is said of the chart of sizes: the class with most sales and the one with most enterprises."""
    data = sizes(report)
    if data.empty:
        return Caption("企业规模分布", missing=no_ledger(report, JUDGED))
    top, many = data.loc[data["right"].fillna(0).idxmax()], data.loc[data["left"].idxmax()]
    finding = f"{top['label']}企业{count(top['left'])}，占开票销售的{top['right_text']}"
    if top["label"] != many["label"]:
        finding += f"；{many['label']}企业{count(many['left'])}，占{many['right_text']}"
    parts = data["label"] + data["left_text"] + "、占开票销售" + data["right_text"]
    note = foot(report, SALES) + "按近12个月开票销售分组，只计填报开票销售的企业。"
    return Caption("企业规模分布", finding, "并列横条图，单位家和%。" + "；".join(parts) + "。", note)


def flows(report: "Report") -> pd.DataFrame:
    """The bars of the growth taken apart: label, value in percentage points, text."""
    rows = report.detail("enterprise_flows", code=SALES)
    made = [
        {"label": FLOWS[row.group], "value": row.contribution_pp, "text": _flow(row)}
        for row in rows.itertuples()
        if pd.notna(row.contribution_pp) and (row.enterprises or row.change_10k_yuan)
    ]
    return pd.DataFrame(made, columns=["label", "value", "text"])


def _flow(row: object) -> str:
    who = f"{count(row.enterprises)}，" if row.enterprises else ""
    return f"{who}{signed(row.contribution_pp, 2)}个百分点"


def growth_sources(report: "Report") -> Caption:
    """What is said of the growth taken apart."""
    data = flows(report)
    who = {"continuing": "存续企业", "entering": "新进入企业", "leaving": "退出企业"}
    parts = []
    for name, them in who.items():
        measure = f"{name}_contribution"
        if not report.reason(SALES, measure):
            verb = direction(report.value(SALES, measure), "拉动", "下拉", "没有影响", decimals=2)
            size = "" if verb == "没有影响" else report.text(SALES, measure).replace("-", "")
            parts.append(f"{them}{verb}{size}")
    # the unit once, at the end: the title stays in one line
    bare = [part.removesuffix(POINTS) for part in parts]
    finding = (
        "、".join(bare) + (POINTS if parts and parts[-1].endswith(POINTS) else "") if parts else "开票销售增长来源"
    )
    alt = "正负横条图，单位个百分点。" + "；".join(data["label"] + data["text"]) + "。"
    note = foot(report, SALES) + "各组相加等于台账企业开票销售增速；退出不区分注销、迁出和停报。"
    missing = None if sizes(report).empty else "企业台账没有上年同期数，开票销售增长来源不作分解。"
    return Caption("开票销售增长来源", finding, alt, note, missing=missing)


def dependence_in_short(report: "Report") -> str:
    """The largest enterprise's share and the growth without it, in one sentence."""
    top = report.detail("enterprise_top", code=SALES)
    if top.empty:
        return ""
    said = [
        f"开票销售最大一户{at(report, top['name'].iloc[0], top['park'].iloc[0])}占{report.text(SALES, 'top1_share')}"
    ]
    if not report.reason(SALES, "top10_share") and len(top) > FEWEST:
        said.append(f"前十户占{report.text(SALES, 'top10_share')}")
    if not report.reason(SALES, "growth_without_largest"):
        rate, all_rate = report.value(SALES, "growth_without_largest"), _all_growth(report)
        word = direction(rate, "增长", "下降", "持平")
        size = "" if word == "持平" else report.text(SALES, "growth_without_largest").replace("-", "")
        said.append(f"不含该户开票销售{word}{size}" + (f"（全部台账企业为{all_rate}）" if all_rate else ""))
    return sentence(*said)


def _all_growth(report: "Report") -> str:
    rows = report.detail("enterprise_concentration", code=SALES)
    return "" if rows.empty or pd.isna(rows["growth_pct"].iloc[-1]) else percent(rows["growth_pct"].iloc[-1])


def dependence(report: "Report") -> str:
    """The paragraph on concentration: the index, what the target would be without the largest, who left."""
    if report.detail("enterprise_concentration").empty:
        return ""
    said = []
    if not report.reason(SALES, "hhi"):
        index = f"赫芬达尔指数为{report.text(SALES, 'hhi')}"
        said.append(f"{index}，相当于{report.text(SALES, 'equivalent_number')}规模相同的企业。")
    elif not report.reason(SALES, "hhi_low"):
        low, high = (report.text(SALES, f"hhi_{end}") for end in ("low", "high"))
        said.append(f"台账未覆盖全部企业，赫芬达尔指数在{low}与{high}之间。")
    if not report.reason(SALES, "completion_without_largest"):
        now, without = report.text(SALES, "completion"), report.text(SALES, "completion_without_largest")
        said.append(f"开票销售全年目标完成{now}，不计最大一户为{without}。")
    if not report.reason("enterprise_ledger", "exit_rate"):
        rate, low, high = (report.text("enterprise_ledger", f"exit_rate{end}") for end in ("", "_low", "_high"))
        within = f"（95%区间{low.removesuffix('%')}—{high}）"
        said.append(f"上年同期在台账的企业有{rate}已不在台账{within}。")
    return "".join(said)


def concentration(report: "Report") -> Caption:
    """What is said of the table of concentration over the years."""
    note = foot(report, SALES) + "以台账企业为范围；反垄断的集中度分界不适用于开发区。"
    return Caption("开票销售集中度与不含最大一户的增速", note=note, missing=None)


def top(report: "Report") -> Caption:
    """What is said of the table of the largest enterprises."""
    rows = report.detail("enterprise_top", code=SALES)
    note = foot(report, SALES) + "拉动为该户对台账开票销售增速的影响。"
    return Caption(f"开票销售前{min(len(rows), LARGEST)}户", note=note, missing=None)
