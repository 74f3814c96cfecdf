"""The months of the year beside those of the year before: when disputes, money recovered and visits peak."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.governance.codes import GROUP, ORDER, PAY
from zonereport.present.governance.counts import publishers
from zonereport.present.governance.readings import amount, month_name, of_months
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

# fewer months make no course of a year
FEWEST_MONTHS = 3


@exhibit
def months(report: Report) -> Exhibit:
    """Show the months of every quantity beside the same months of last year, and which is the heaviest."""
    rows = _month_rows(report)
    if rows.empty:
        return Exhibit("各月数量", gaps=_no_months(report))
    year = report.period.year
    is_compared = rows["last_year"].notna().any()
    caption = "各月数量与上年同月对照" if is_compared else "各月数量"
    claim = _claim(report, rows)

    def draw() -> Axes:
        return charts.month_panels(rows, title=claim, names=(f"{year}年", f"{year - 1}年同月"), axis="月份")

    note = foot(report, rows["code"].unique()) + "各月数由累计数相减得到。"
    # a pale bar that is missing is not a month without anything
    if is_compared and rows["last_year"].isna().any():
        note += "上年同月未单独公布的，不画浅色条。"
    return Exhibit(caption, claim, rows, draw, _alt(year, rows), note)


def _month_rows(report: Report) -> pd.DataFrame:
    """Return this year's months of every quantity; without rows below three months.

    Columns: those of governance_months with month as printed, and panel, full (with unit), text (of the highest only),
    top (whether the month is the highest), alone (whether no other is as high).
    """
    rows = of_months(report, report.period.year)
    rows = rows[rows["code"].isin(ORDER)]
    if rows["month"].nunique() < FEWEST_MONTHS:
        return rows.iloc[:0]
    rows = rows.sort_values("code", key=lambda codes: codes.map(ORDER.index), kind="stable", ignore_index=True)
    panels, names, full = [], [], []
    for row in rows.itertuples():
        panels.append(f"{report.label(row.code)}（{row.unit}）")
        names.append(month_name(row.first_month, row.month))
        full.append(amount(report, row.code, row.value, row.unit))
    highest = rows.groupby("code")["value"].transform("max")
    top = (rows["value"] == highest) & (highest > 0)
    alone = top.groupby(rows["code"]).transform("sum") == 1
    plain = [amount(report, row.code, row.value, "") for row in rows.itertuples()]
    text = pd.Series(plain, index=rows.index).where(top, "")
    return rows.assign(panel=panels, month=names, full=full, text=text, top=top, alone=alone)


def _claim(report: Report, rows: pd.DataFrame) -> str:
    """Which month is the heaviest of disputes and money recovered, or of whatever has one such month."""
    # a peak that several months share is no peak
    tops = rows[rows["top"] & rows["alone"]]
    # disputes and money come together before the Spring Festival: that is what a reader plans for
    pay = tops[tops["code"].isin(PAY)]
    if len(pay) > 1 and pay["month"].nunique() == 1:
        figures = listed(pay["code"].map(report.label) + pay["full"])
        return f"{pay['month'].iloc[0]}月是劳资矛盾和讨回款项最集中的月份：{figures}"
    chosen = pay if len(pay) else tops
    if len(chosen):
        return "，".join(f"{report.label(row.code)}以{row.month}月最多，为{row.full}" for row in chosen.itertuples())
    last = rows.drop_duplicates("code", keep="last")
    return "、".join(f"{row.month}月{report.label(row.code)}{row.full}" for row in last.itertuples())


def _alt(year: int, rows: pd.DataFrame) -> str:
    panels = []
    for panel, of_panel in rows.groupby("panel", sort=False):
        panels.append(f"{panel}{'、'.join(of_panel['month'] + '月' + of_panel['full'])}")
    return f"逐月条图，{year}年。{'；'.join(panels)}。"


def _no_months(report: Report) -> tuple[Gap, ...]:
    """Nothing is missing in the first two months of a year, nor where the chapter has no figure at all."""
    if report.period.last < FEWEST_MONTHS or not report.codes(GROUP):
        return ()
    return (Gap("综合治理各项的逐月数", "本年逐月数不足三个月", "各月的累计数", publishers(report)),)
