"""Where the growth of sales came from, and how much depends on few enterprises."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.firms import (
    amounts,
    count,
    firms_table,
    foot,
    ledger_gaps,
    park,
    percent,
    signed,
)
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number
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
HEADS = {
    "place": "位次",
    "before": "上年位次",
    "enterprise": "企业",
    "park": "园区",
    "amount": "开票销售",
    "share": "占比",
    "growth": "同比",
    "pull": "拉动",
}
RIGHT = ("place", "before", "amount", "share", "growth", "pull")


@exhibit
def growth_sources(report: Report) -> Exhibit:
    """Show the growth of the ledger's sales taken apart into those that entered, stayed and left."""
    caption = "开票销售增长来源"
    rows = _flows(report)
    if rows.empty:
        return Exhibit(caption, gaps=ledger_gaps(report) or _no_base(caption))
    claim = _growth_claim(report)

    def draw() -> Axes:
        return charts.beside(rows, title=claim, unit="对开票销售增速的拉动，百分点")

    return Exhibit(
        caption,
        claim,
        data=rows,
        draw=draw,
        alt="正负横条图，单位个百分点。" + "；".join(rows["label"] + rows["text"]) + "。",
        note=foot(report, SALES) + "各组相加等于台账企业开票销售增速；退出不区分注销、迁出和停报。",
    )


def _no_base(subject: str) -> tuple[Gap, ...]:
    office = LISTS["enterprise_months"][2]
    return (Gap(subject, "企业逐月数据没有上年同期数", "上年同期企业每月开票销售", office),)


def _flows(report: Report) -> pd.DataFrame:
    """The bars: label, value in percentage points, text."""
    rows = report.detail("enterprise_flows", code=SALES)
    # a group that nobody is in and nothing moved in is no bar
    in_use = (rows["enterprises"] > 0) | (rows["change_10k_yuan"].fillna(0) != 0)
    rows = rows[rows["contribution_pp"].notna() & in_use]
    who = rows["enterprises"].map(lambda n: f"{count(n)}，" if n else "").astype("str")
    pull = rows["contribution_pp"].map(lambda value: f"{signed(value, 2)}{POINTS}").astype("str")
    return pd.DataFrame(
        {"label": rows["group"].map(FLOWS), "value": rows["contribution_pp"], "text": who + pull}
    ).reset_index(drop=True)


def _growth_claim(report: Report) -> str:
    """What those that stayed, entered and left did to the growth, the unit once at the end."""
    parts = []
    for name, who in (("continuing", "存续企业"), ("entering", "新进入企业"), ("leaving", "退出企业")):
        measure = f"{name}_contribution"
        # a group that nobody is in has no figure
        if report.reason(SALES, measure):
            continue
        verb = direction(report.value(SALES, measure), "拉动", "下拉", "没有影响", decimals=2)
        if verb == "没有影响":
            parts.append(f"{who}没有影响")
        else:
            parts.append(f"{who}{verb}{size(report, SALES, measure)}")
    if not parts:
        return "开票销售增长来源"
    # the unit once keeps the title in one line
    bare = [part.removesuffix(POINTS) for part in parts]
    unit = POINTS if parts[-1].endswith(POINTS) else ""
    return "、".join(bare) + unit


@exhibit
def concentration(report: Report) -> Exhibit:
    """Say how much of the sales few enterprises make, against last year, and what the target would be without one."""
    rows = report.detail("enterprise_concentration", code=SALES)
    if rows.empty:
        return Exhibit("开票销售集中度", gaps=ledger_gaps(report))
    # the table of the largest behind it has the shares of single enterprises
    return Exhibit(draw=_shares(report, rows) + _without_largest(report), data=rows)


def _shares(report: Report, rows: pd.DataFrame) -> str:
    """The share of the three and the ten largest; nothing where hardly more than that are listed."""
    # of ten enterprises the ten largest are all
    if report.reason(SALES, "top10_share") or len(report.detail("enterprise_top", code=SALES)) <= 10:
        return ""
    # the frame has a row a year, the edition's last
    now = rows.iloc[-1]
    few, many = percent(now["top3_share_pct"]), percent(now["top10_share_pct"])
    if len(rows) < 2:
        return f"台账企业开票销售中，前三户占{few}，前十户占{many}。"
    base = rows.iloc[-2]
    few_before, many_before = percent(base["top3_share_pct"]), percent(base["top10_share_pct"])
    return f"台账企业开票销售中，前三户占{few}，前十户占{many}，上年同期分别为{few_before}和{many_before}。"


def _without_largest(report: Report) -> str:
    if report.reason(SALES, "completion_without_largest"):
        return ""
    # a target that hangs on one enterprise is a risk worth a sentence
    whole, without = report.text(SALES, "completion"), report.text(SALES, "completion_without_largest")
    return f"开票销售全年目标完成{whole}，不计最大一户为{without}。"


@exhibit
def largest(report: Report) -> Exhibit:
    """Show the largest enterprises by sales, with what each did to the growth of all."""
    rows = report.detail("enterprise_top", code=SALES).head(LARGEST)
    # a small zone may have fewer than are listed elsewhere
    caption = f"开票销售前{len(rows)}户"
    if rows.empty:
        return Exhibit("开票销售最大的企业", gaps=ledger_gaps(report))
    frame = pd.DataFrame(
        {
            "place": rows["place"].map(lambda place: count(place, "")),
            "before": rows["base_place"].map(lambda place: count(place, "")),
            "enterprise": rows["name"],
            "park": rows["park"].map(lambda name: park(report, name)),
            "amount": amounts(report, rows["amount_10k_yuan"]),
            "share": rows["share_pct"].map(percent),
            "growth": rows["growth_pct"].map(percent),
            "pull": rows["contribution_pp"].map(_points),
        }
    )
    first = rows.iloc[0]
    return Exhibit(
        caption,
        f"开票销售最大一户{first['name']}占台账企业的{percent(first['share_pct'])}",
        data=rows,
        draw=firms_table(report, frame, "largest", heads=HEADS, right=RIGHT),
        note=foot(report, SALES) + "以台账企业为范围，拉动为该户对台账开票销售增速的影响。",
    )


def _points(value: float) -> str:
    return NO_VALUE if pd.isna(value) else f"{signed(value, 2)}{POINTS}"


def concentration_index(report: Report) -> str:
    """Return for the annex the index of Herfindahl and Hirschman, or what it lies between where not all are known."""
    # a leader needs no index: it is for those who compare zones
    if not report.reason(SALES, "hhi"):
        index, alike = report.text(SALES, "hhi"), report.text(SALES, "equivalent_number")
        before = _index_before(report)
        if before:
            return f"台账企业开票销售的赫芬达尔指数为{index}（上年同期{before}），相当于{alike}规模相同的企业。"
        return f"台账企业开票销售的赫芬达尔指数为{index}，相当于{alike}规模相同的企业。"
    if not report.reason(SALES, "hhi_low"):
        low, high = report.text(SALES, "hhi_low"), report.text(SALES, "hhi_high")
        return f"台账未覆盖全部企业，赫芬达尔指数在{low}与{high}之间。"
    return ""


def _index_before(report: Report) -> str:
    rows = report.detail("enterprise_concentration", code=SALES)
    if len(rows) < 2 or pd.isna(rows["hhi"].iloc[-2]):
        return ""
    return number(rows["hhi"].iloc[-2], 0)
