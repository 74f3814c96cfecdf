"""An indicator against its target: what has been reached month by month, and what the schedules ask for."""

from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.gaps import measure_gaps
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

COLUMNS = {
    "actual_pct": "actual",
    "linear_pct": "linear",
    "history_mean_pct": "mean",
    "history_min_pct": "low",
    "history_max_pct": "high",
}
NAMES = {
    "actual": "本年完成",
    "linear": "时间进度",
    "mean": "往年同期平均",
    "range": "往年同期范围",
    "p50": "预测",
    "fan": "预测区间",
    "target": "全年目标",
}


@exhibit
def schedule(report: Report, code: str) -> Exhibit:
    """Show how far an indicator is on the way to its target of the year, beside time and beside earlier years."""
    caption = f"{report.label(code)}年度目标完成进度"
    rows = report.detail("schedule", code=code)
    if rows.empty:
        return Exhibit(caption, gaps=measure_gaps(report, [code], ["completion"]))
    data = rows[["month", *COLUMNS]].rename(columns=COLUMNS).assign(panel=report.label(code))
    data[["p10", "p50", "p90"]] = float("nan")
    claim = f"{report.label(code)}完成年度目标的{report.text(code, 'completion')}"

    def draw() -> Axes:
        return charts.schedule_panels(data, title=claim, unit="占全年目标（%）", names=NAMES)

    alt = f"折线图，横轴为月份，纵轴为占全年目标的百分比。{claim}，时间进度为{rows['linear_pct'].iloc[-1]:.1f}%。"
    return Exhibit(caption, claim, data=rows, draw=draw, alt=alt, note=foot(report, [code]))
