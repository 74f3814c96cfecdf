"""How the forecast would have done in the last full year: its errors, and those of the simplest way beside them."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.goals.forecasts import GROUP
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

MONTHS = {3: "三月末", 6: "六月末", 9: "九月末"}
HISTORY = Gap("全年预测的回算", "完整年度不足", "往年各月的累计数", "统计")


@exhibit
def review(report: Report) -> Exhibit:
    """Say how far off the method would have been in the last full year, and where the simplest way was better."""
    main = _scores(report)
    if main.empty:
        return Exhibit("全年预测的回算", gaps=(HISTORY,))
    errors = "、".join(main.index + main["mape_pct"].map(percent))
    # a method is worth its trouble only where it beats the simplest one
    simple = "、".join(main["naive_mape_pct"].map(percent))
    text = (
        f"用同一方法回算{main['year'].iloc[0]}年（不是当时发布的预测），各时点只用当时和以前年份的数："
        f"主要指标平均误差为{errors}；沿用上年余数的简单办法依次为{simple}。{_compared(main)}{_held(report)}"
    )
    return Exhibit("全年预测的回算", data=main, draw=text)


@exhibit
def misses(report: Report) -> Exhibit:
    """Draw how far off forecasts of the last full year would have been, indicator by indicator."""
    rows = report.detail("forecast_review")
    if rows.empty:
        return Exhibit("回算的全年预测与实际之差", gaps=(HISTORY,))
    # in the order of the dictionary, as every other chart of these indicators
    order = pd.Index(report.codes(GROUP))
    data = rows.assign(
        label=rows["code"].map(report.label),
        series=rows["month"].map(MONTHS),
        value=rows["error_pct"],
        text=rows["error_pct"].map(percent),
        place=order.get_indexer(rows["code"]),
    )
    data = data.sort_values(["month", "place"], kind="stable", ignore_index=True)
    main = _scores(report)
    errors = "，".join(main.index + "平均误差" + main["mape_pct"].map(percent))
    claim = f"{data['year'].iloc[0]}年全年预测的回算：{errors}"

    def draw() -> Axes:
        return charts.misses(data, title=claim, unit="%")

    dots = (data["series"] + data["text"]).groupby(data["label"], sort=False).agg("、".join)
    alt = f"点图，单位%。{'；'.join(dots.index + dots)}。"
    note = f"{foot(report, data['code'].unique())}零线右侧为预测高于实际；按现行数据回算，含事后修订。"
    return Exhibit("回算的全年预测与实际之差", claim, data, draw, alt=alt, note=note)


def percent(value: float) -> str:
    """Return an error in %, as sentence and title print it.

    >>> percent(8.36), percent(-0.3)
    ('8.4%', '-0.3%')
    """
    return f"{number(value, 1, fixed=True)}%"


def _held(report: Report) -> str:
    """How many of the intervals held; empty where there was none."""
    rows = report.detail("forecast_review")
    rows = rows[rows["p10"].notna()]
    if rows.empty:
        return ""
    inside = int(rows["is_inside"].sum())
    return f"{len(rows)}次预测有区间，{inside}次落在百分之八十区间之内。"


def _scores(report: Report) -> pd.DataFrame:
    """The scores by the name of the month."""
    rows = report.detail("forecast_review_scores")
    return rows.set_index(rows["month"].map(MONTHS))


def _compared(main: pd.DataFrame) -> str:
    """At which times the method was better than the simplest way, and at which it was not."""
    is_better = main["mape_pct"] < main["naive_mape_pct"]
    better, worse = list(main.index[is_better]), list(main.index[~is_better])
    if not worse:
        return f"{listed(better)}比简单办法准。"
    if not better:
        return f"{listed(worse)}不比简单办法准。"
    return f"{listed(better)}比简单办法准，{listed(worse)}不比简单办法准。"
