"""Tables of the year: targets and what became of them, or forecasts; tasks, and what the data asks for."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.changes import direction, size, wanted
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import styled
from zonereport.present.kit.tasks import day, tasks
from zonereport.present.report import Report
from zonereport.present.words import outlook
from zonereport.present.words.proposals import proposals
from zonereport.present.words.tasks import LONGEST, standing

HEADS = {
    **{"label": "指标", "target": "年度目标", "actual": "实绩", "result": "对照结果", "state": "判断"},
    **{"known": "已完成", "p50": "全年预测", "range": "预测区间", "run_rate": "按月均推算", "against": "预计对照目标"},
    **{"probability": "完成可能性", "title": "任务", "owner": "责任单位", "due": "完成时限", "task_state": "状态"},
    **{"standing": "关联指标现状", "matter": "事项", "evidence": "数据依据", "listed": "对应任务、责任单位与时限"},
}
MET = {True: "完成", False: "未完成", None: "无法判断"}
OPTIONAL = ("p50", "range", "run_rate", "target", "against", "probability")


def year_end(report: Report) -> Styler | None:
    """Targets with what became of them where the year is over; before, the forecasts of the main indicators."""
    return _targets(report) if outlook.over(report) else _forecasts(report)


def _targets(report: Report) -> Styler | None:
    rows = outlook.targets(report)
    if rows.empty:
        return None
    hedges = rows["estimate"].map({True: "预计", False: ""})
    frame = rows.assign(
        state=[
            MET[None] if pd.isna(met) else hedge + MET[bool(met)]
            for met, hedge in zip(rows["met"], hedges, strict=True)
        ]
    )
    frame = frame[["label", "target", "actual", "result", "state"]]
    return styled(frame, "targets", heads=HEADS, right=("target", "actual"))


def _forecasts(report: Report) -> Styler | None:
    codes = [
        code
        for code in report.codes(outlook.GROUP)
        if not report.reason(code, "forecast_p50") or not report.reason(code, "run_rate")
    ]
    targets = report.detail("targets")
    kinds = dict(zip(targets["code"], targets["kind"], strict=True)) if len(targets) else {}
    rows = [
        {
            **{"label": report.label(code), "known": report.text(code), "p50": report.text(code, "forecast_p50")},
            **{"range": _range(report, code), "run_rate": report.text(code, "run_rate")},
            "target": wanted(report, code) if code in kinds else NO_VALUE,
            **{"against": _against(report, code), "probability": report.text(code, "target_probability")},
        }
        for code in codes
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    frame = frame.drop(columns=[name for name in OPTIONAL if (frame[name] == NO_VALUE).all()])
    return styled(frame, "forecasts", heads=HEADS, right=[name for name in frame if name != "label"])


def _range(report: Report, code: str) -> str:
    if report.reason(code, "forecast_p10"):
        return NO_VALUE
    return f"{report.text(code, 'forecast_p10')}至{report.text(code, 'forecast_p90')}"


def _against(report: Report, code: str) -> str:
    if not report.reason(code, "forecast_completion"):
        return report.text(code, "forecast_completion")
    if report.reason(code, "forecast_gap"):
        return NO_VALUE
    word = direction(report.value(code, "forecast_gap"), "超目标", "低于目标", "与目标持平")
    return word if word.endswith("持平") else word + size(report, code, "forecast_gap")


def task_list(report: Report) -> Styler | None:
    """The tasks of the list, those overdue first, with owner, day and how their indicators stand."""
    rows = tasks(report)[:LONGEST]
    if rows.empty:
        return None
    frame = pd.DataFrame(
        {
            **{"title": rows["title"], "owner": rows["owner"], "due": rows["due"].map(day)},
            **{"task_state": rows["state"], "standing": [standing(report, code) for code in rows["code"]]},
        }
    )
    return styled(frame, "tasks", heads=HEADS, right=())


def matters(report: Report) -> Styler | None:
    """What the data asks for, with its evidence and the task of the list that covers it."""
    return styled(proposals(report), "matters", heads=HEADS, right=())
