"""The composite index: the place that it gives, and how far that place hangs on how it is computed."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.marks import cheapest, next_mark, scored, total
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import REASONS
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

INDEX = "composite_index"
NAMES = {"range": "九成情形的位次范围", "mid": "位次中位数", "mark": "基准算法位次"}
CHOICES = {
    "normalisation": "无量纲化方法",
    "aggregation": "合成方法",
    "weights": "权重",
    "leave_one_out": "指标取舍",
}


@exhibit
def index(report: Report) -> Exhibit:
    """Show the places that the index gives to zone and peers, each with the range that other choices give."""
    caption = "综合指数位次及其不确定范围"
    data = _ranges(report)
    # peers may have an index where the zone reports too little for its own
    if data.empty or report.reason(INDEX, "index_rank"):
        return Exhibit(caption, gaps=_gaps(report))
    claim = f"综合指数居{place_with_ties(report)}，换用其他合理算法后九成情形在{_span(report)}"

    def draw() -> Axes:
        return charts.ranges(data, title=claim, unit="位次", names=NAMES)

    lines = []
    for row in data.itertuples():
        span = _between(row.low, row.high)
        lines.append(f"{row.label}基准算法第{number(row.mark, 0)}位，范围{span}，指数{row.text}")
    alt = f"区间图，横轴为位次。{'；'.join(lines)}。"
    note = foot(report, scored(report)["code"]) + (
        "指数按考核权重对各项得分作线性加权，右侧数字为指数值；范围由无量纲化、合成、权重和指标取舍的随机组合得出。"
    )
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=note + _note(report))


def place_with_ties(report: Report) -> str:
    """Return 第2位（与第3、4位难分先后）: the place, and those that too many runs put on the other side of the zone."""
    place = f"第{number(report.value(INDEX, 'index_rank'), 0)}位"
    rows = report.detail("index", is_even=True)
    others = sorted({number(rank, 0) for rank in rows["rank"]}, key=int)
    if not others:
        return place
    return f"{place}（与第{'、'.join(others)}位难分先后）"


def _gaps(report: Report) -> tuple[Gap, ...]:
    # an index compares zones, not parks; without an assessment its table says what is missing
    if report.park or list_gap(report, "assessment"):
        return ()
    reason = report.reason(INDEX, "index") or "low_coverage"
    return (Gap("综合指数", REASONS.get(reason, REASONS["low_coverage"])),)


def _ranges(report: Report) -> pd.DataFrame:
    """Return the rows of the chart: the zone and its peers by their index."""
    rows = report.detail("index")
    rows = rows[rows["index"].notna()].reset_index(drop=True)
    own = rows["entity"] == ""
    return pd.DataFrame(
        {
            "label": rows["entity"].mask(own, report.zone.about.name_zh),
            "own": own,
            "low": rows["rank_p05"],
            "mid": rows["rank_p50"],
            "high": rows["rank_p95"],
            "mark": rows["rank"],
            "text": rows["index"].map(lambda value: quantity(value, "分", 1, fixed=True)),
        }
    )


def _span(report: Report) -> str:
    return _between(report.value(INDEX, "index_rank_p05"), report.value(INDEX, "index_rank_p95"))


def _between(low: float, high: float) -> str:
    """Return 第2至第5位, or 第2位 where that is all.

    >>> _between(2, 5), _between(2, 2)
    ('第2至第5位', '第2位')
    """
    if low == high:
        return f"第{number(low, 0)}位"
    return f"第{number(low, 0)}至第{number(high, 0)}位"


def _note(report: Report) -> str:
    """Return which items go against the index, and which are left out of it."""
    note = ""
    weights = report.detail("index_weights")
    against = weights.loc[weights["correlation"] < 0, "code"]
    if len(against):
        names = listed(map(report.label, against))
        note += f"{names}与指数负相关，该项高的单位指数往往偏低，参评单位较少，仅供参考。"
    dropped = weights[weights["reason"] != ""]
    if len(dropped):
        names = listed(
            f"{report.label(row.code)}（{REASONS.get(row.reason, '数据不足')}）" for row in dropped.itertuples()
        )
        note += f"{names}未计入指数。"
    return note


def sensitivity(report: Report) -> str:
    """Return for the annex how much of the moves of the place the choice makes that it hangs on most."""
    most = None if report.reason(INDEX, "index_rank") else _decisive(report)
    if most is None:
        return ""
    share = number(most["total"], 2, fixed=True)
    return f"{CHOICES[most['choice']]}对综合指数位次变动的总效应指数为{share}，1为全部由其引起，各项之间有交叠。"


def _decisive(report: Report) -> pd.Series | None:
    """Return the choice that the place hangs on most; None where it hangs on none."""
    rows = report.detail("index_sensitivity", output="zone_rank")
    # where no choice moves the place there is nothing to name
    rows = rows[rows["total"] > 0]
    if rows.empty:
        return None
    return rows.loc[rows["total"].idxmax()]


@exhibit
def index_certainty(report: Report) -> Exhibit:
    """Say how sure the place by the index is and what it hangs on most."""
    caption = "综合指数位次的把握"
    if report.reason(INDEX, "index_rank"):
        return Exhibit(caption)
    clauses = []
    if not report.reason(INDEX, "index_first_tier_probability"):
        share = report.text(INDEX, "index_first_tier_probability")
        clauses.append(f"各种算法组合中，进入第一方阵的占{share}")
    # the last of all has nobody below to be compared with
    clauses.append(_against_next(report))
    text = sentence(*clauses)
    most = _decisive(report)
    if most is not None:
        text += f"位次变动主要取决于{CHOICES[most['choice']]}。"
    return Exhibit(caption, draw=text)


def _against_next(report: Report) -> str:
    """Return how often the zone is ahead of the unit one place below, and what that says of their order."""
    if report.reason(INDEX, "index_ahead_probability"):
        return ""
    share, rival = report.text(INDEX, "index_ahead_probability"), report.basis(INDEX, "index_ahead_probability")
    # the zone's own row; how sure is sure is judged in metrics
    lead = report.detail("index", entity="")["lead"].iloc[0]
    if lead == "firm":
        return f"优于指数居后一位的{rival}的占{share}，领先较为稳固"
    if lead == "undecided":
        return f"优于指数居后一位的{rival}的占{share}，两者先后不能确定"
    return f"优于指数居后一位的{rival}的占{share}，现行次序可能倒置"


def marks_point(report: Report) -> str:
    """Return the point of the verdict: the marks, the cheapest next one, the place by the index with its range."""
    clauses = []
    if total(report):
        clauses.append(f"测算得{total(report)}")
        for row in cheapest(report).head(1).itertuples():
            clauses.append(f"最省力的增分点是{report.label(row.code)}，{next_mark(report, row)}")
    if not report.reason(INDEX, "index_rank"):
        clauses.append(f"综合指数居{place_with_ties(report)}，九成情形在{_span(report)}")
    return sentence("；".join(clauses))
