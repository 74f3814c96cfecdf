"""What is to be known before the year's targets or forecasts are read: that it is over, or how it is forecast."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.goals.forecasts import GROUP, forecast_rows, unsure
from zonereport.present.goals.targets import NAMED, over, results
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.report import Report


@exhibit
def year(report: Report) -> Exhibit:
    """Say that the year is over, or how the forecast is made and what it leaves out."""
    caption = "全年目标说明"
    if over(report):
        rows = results(report)
        if rows.empty:
            return Exhibit(caption)
        return Exhibit(
            caption, data=rows, draw=f"{report.period.year}年已经结束，不再预测，只对照年度目标。{_open(rows)}"
        )
    rows = forecast_rows(report)
    if rows.empty:
        return Exhibit(caption)
    text = "预测按往年同期占全年的比重推算，未考虑政策变化和重大项目。"
    text += sentence(unsure(report)) + _check(report) + _left_out(report, rows)
    return Exhibit(caption, data=rows, draw=text)


def _open(rows: pd.DataFrame) -> str:
    """The targets that have no figure to be held against."""
    names = rows[rows["met"].isna()]["label"]
    return f"{listed(names)}缺少可比数据，未列入判断。" if len(names) else ""


def _check(report: Report) -> str:
    """The main indicators whose second method lies outside the interval of the first."""
    rows = report.detail("forecast", method="carry")
    rows = rows[rows["is_outside"] & rows["code"].isin(report.codes(GROUP))]
    if rows.empty:
        return ""
    names = listed(rows["code"].map(report.label))
    return f"{names}用上年余下月份推算的结果在区间之外，预测的把握更小。"


def _left_out(report: Report, rows: pd.DataFrame) -> str:
    """The small counts that are not forecast for the reader."""
    others = [code for code in rows["code"].unique() if report.label(code, "group") != GROUP]
    if not others:
        return ""
    names = listed(report.label(code) for code in others[:NAMED])
    return f"{names}等数额较小、起伏较大，不列预测。"
