"""Words on how the forecast would have done in the last full year: the errors, and the simplest way beside it."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S2"
MONTHS = {3: "三月末", 6: "六月末", 9: "九月末"}


def data(report: "Report") -> pd.DataFrame:
    """The rows of the review chart: how far off forecasts of the last full year would have been."""
    rows = report.detail("forecast_review", kind="main")
    if rows.empty:
        return rows
    rows = rows.assign(
        label=[report.label(code) for code in rows["code"]],
        series=rows["month"].map(MONTHS),
        value=rows["error_pct"],
        text=[f"{number(value, 1, fixed=True)}%" for value in rows["error_pct"]],
    )
    order = report.codes(GROUP)
    places = rows["code"].map(lambda code: order.index(code) if code in order else len(order))
    return rows.assign(place=places).sort_values(["month", "place"], kind="stable", ignore_index=True)


def scored(report: "Report", kind: str) -> dict[str, pd.Series]:
    """The scores of a kind of indicators by the name of the month."""
    rows = report.detail("forecast_review_scores", kind=kind)
    return {MONTHS[row["month"]]: row for _, row in rows.iterrows()} if len(rows) else {}


def percent(value: float) -> str:
    """An error in %, as sentence and title print it."""
    return f"{number(value, 1, fixed=True)}%"


def paragraph(report: "Report") -> str:
    """The paragraph on how the method would have done in the last full year, against the simplest way there is."""
    main, other = scored(report, "main"), scored(report, "other")
    if not main:
        return ""
    year = int(next(iter(main.values()))["year"])
    errors = "、".join(f"{month}{percent(row['mape_pct'])}" for month, row in main.items())
    plain = "、".join(percent(row["naive_mape_pct"]) for row in main.values())
    better = [month for month, row in main.items() if row["mape_pct"] < row["naive_mape_pct"]]
    worse = [month for month in main if month not in better]
    judged = [f"{listed(better)}比简单办法准" if better else "", f"{listed(worse)}不比简单办法准" if worse else ""]
    small = "、".join(percent(row["mape_pct"]) for row in other.values())
    counts = f"其余有目标的指标平均误差为{small}，不宜预测。" if larger(main, other) else ""
    return (
        f"用同一方法回算{year}年（不是当时发布的预测），各时点只用当时和以前年份的数：主要指标平均误差为{errors}；"
        f"把上年余下月份照搬的简单办法依次为{plain}。{sentence(*filter(None, judged))}{counts}"
    )


def larger(main: dict[str, pd.Series], other: dict[str, pd.Series]) -> bool:
    """Whether the errors of small counts are the larger ones at every time."""
    both = [month for month in main if month in other]
    return bool(both) and all(other[month]["mape_pct"] > main[month]["mape_pct"] for month in both)


def chart(report: "Report") -> Caption:
    """What is said of the review chart."""
    rows, name = data(report), "回算的全年预测与实际之差"
    if rows.empty:
        return Caption(name, missing="完整年度不足，不能回算往年的预测误差，本期不评预测的准确程度。")
    main = scored(report, "main")
    errors = "，".join(f"{month}平均误差{percent(row['mape_pct'])}" for month, row in main.items())
    year = int(rows["year"].iloc[0])
    alt = "；".join(
        f"{label}{'、'.join(group['series'] + group['text'])}" for label, group in rows.groupby("label", sort=False)
    )
    note = foot(report, rows["code"].unique()) + "零线右侧为预测高于实际；按现行数据回算，含事后修订。"
    return Caption(name, f"{year}年全年预测的回算：{errors}", f"点图，单位%。{alt}。", note)
