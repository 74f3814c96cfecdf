"""What the figures of this chapter do not say, for the annex."""

from zonereport.present.goals.criteria import criteria
from zonereport.present.goals.forecasts import forecast_rows
from zonereport.present.goals.pace import pace
from zonereport.present.goals.targets import over
from zonereport.present.kit.tasks import tasks
from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits of what the chapter shows of this report, as sentences; those of what it does not show go."""
    sentences = []
    # a caveat without the thing it is about would be read as a hint that the thing is hidden
    shown = criteria(report)
    if shown.kind != "gap":
        if (shown.data["quality"] == "u").any():
            sentences.append("国家级目标的数值条件只作方向参考，未经核实的不作申报依据。")
        sentences.append("流量类条件用完整年度数对照，年度中间仍用上一完整年度。")
    if pace(report).kind != "gap":
        sentences.append("达标所需增速和年数是算术推算，不考虑政策和项目变化。")
    if not over(report) and len(forecast_rows(report)):
        sentences.append("全年预测按上年余下月份和今年增速推算，未考虑政策变化和重大项目，只作参考。")
    if len(tasks(report)):
        sentences.append("任务状态依任务清单的登记，清单没有登记的进展不作推测。")
    return sentences
