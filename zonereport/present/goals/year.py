"""What is to be known before the year's targets or forecasts are read: that it is over, or how it is forecast."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.goals.forecasts import GROUP, forecast_rows
from zonereport.present.goals.targets import NAMED, over, results
from zonereport.present.kit.phrases import listed
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
    text = "预测为已完成数加上上年余下月份，后者按今年增速的一部分调整，未考虑政策变化和重大项目。"
    return Exhibit(caption, data=rows, draw=text + _left_out(report))


def _open(rows: pd.DataFrame) -> str:
    """The targets that have no figure to be held against."""
    names = rows[rows["met"].isna()]["label"]
    return f"{listed(names)}缺少可比数据，未列入判断。" if len(names) else ""


def _left_out(report: Report) -> str:
    """The small counts with a target that are not forecast."""
    progress = report.detail("progress")
    others = [code for code in progress["code"] if report.reason(code, "forecast_p50") == "unproven"]
    others = [code for code in others if report.label(code, "group") != GROUP]
    if not others:
        return ""
    names = listed(report.label(code) for code in others[:NAMED])
    return f"{names}等数额较小、起伏较大，不列预测。"
