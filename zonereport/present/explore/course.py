"""The course of an indicator: its cumulative figures month by month, a line a year."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report
from zonereport.present.theme import ACCENT, MIDDLE, PALE, SOFT

# the latest year is the darkest; more of them would not be told apart
SHADES = (ACCENT, MIDDLE, SOFT, PALE)
FEWEST_MONTHS = 2


@exhibit
def course(report: Report, code: str) -> Exhibit:
    """Show the cumulative figures of an indicator, month by month and year by year."""
    caption = f"{report.label(code)}逐月累计"
    data = report.series(code).dropna(subset="value").reset_index(drop=True)
    latest = data[data["year"] == report.period.year]
    if len(latest) < FEWEST_MONTHS:
        gap = Gap(caption, "逐月数不足两个月", "各月累计数", report.label(code, "publisher"))
        return Exhibit(caption, data=data, gaps=(gap,))
    claim = f"{report.label(code)}{report.period.name_zh}为{report.text(code)}"
    if report.has(code) and not report.reason(code, "growth"):
        claim += f"，同比{report.text(code, 'growth')}"

    def draw() -> Axes:
        return _lines(data, claim, report.label(code, "unit"))

    points = "，".join(f"{row.month}月{row.value:g}" for row in latest.itertuples())
    alt = f"折线图，横轴为月份，每年一条线，单位为{report.label(code, 'unit')}。{report.period.year}年：{points}。"
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=foot(report, [code]))


def _lines(data: pd.DataFrame, title: str, unit: str) -> Axes:
    years = sorted(data["year"].unique(), reverse=True)[: len(SHADES)]
    rows = data[data["year"].isin(years)]
    ax = axes(None, title, rows=8)
    colours = dict(zip(years, SHADES, strict=False))
    sns.lineplot(
        rows, x="month", y="value", hue="year", palette=colours, marker="o", errorbar=None, legend=False, ax=ax
    )
    for year in years:
        last = rows[rows["year"] == year].iloc[-1]
        # at the end of its line a year needs no legend
        ax.annotate(
            f"{year}年",
            (last["month"], last["value"]),
            (5, 0),
            textcoords="offset points",
            color=colours[year],
            va="center",
        )
    ax.set(xlabel="月份", ylabel=unit, xticks=range(1, 13), xlim=(0.6, 13.2))
    ax.set_ylim(bottom=min(0, rows["value"].min()))
    sns.despine(ax=ax)
    return ax
