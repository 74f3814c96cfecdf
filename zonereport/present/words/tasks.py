"""Words on the tasks of the next period: what the list says, at the end of the report's period."""

from typing import TYPE_CHECKING

from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.tasks import OVERDUE, STATES, UNREPORTED, day, tasks
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

LONGEST = 20
NAMED = 2


def tasks_in_short(report: "Report") -> str:
    """How many tasks there are by state, and the first of those that are late or due next."""
    rows = tasks(report)
    if rows.empty:
        return ""
    counts = [f"{name}{n}项" for name in STATES if (n := int((rows["state"] == name).sum()))]
    late = rows[rows["state"].isin([OVERDUE, UNREPORTED])]
    named = "；".join(f"{row.title}（{row.owner}，{day(row.due)}）" for row in late[:NAMED].itertuples())
    return sentence(f"任务清单共{len(rows)}项", *counts) + (f"逾期和到期未报的是：{named}。" if named else "")


def standing(report: "Report", code: str) -> str:
    """How the indicator of a task stands now; a dash where the task has none or it has no figure."""
    if not code or not report.has(code):
        return NO_VALUE
    # of small counts a growth in % says too much
    said = completed(report, code) or (grown(report, code) if report.label(code, "group") == "S2" else "")
    return f"{report.label(code)}{report.text(code)}" + (f"，{said}" if said else "")


def table(report: "Report") -> Caption:
    """What is said of the table of tasks."""
    rows = report.table("tasks")
    name = "任务清单与责任单位"
    if rows.empty:
        return Caption(name, missing="未取得任务清单，不列责任单位和时限。")
    titles = {known.id: known.title for known in report.zone.about.sources}
    named = "；".join(titles[source] for source in rows["source"].unique() if source in titles)
    more = f"另有{len(rows) - LONGEST}项从略。" if len(rows) > LONGEST else ""
    whole = "任务按全区下达。" if report.park_name else ""
    note = f"资料来源：{named}。状态按{report.period.name_zh}期末判断：完成与否依清单最近一次登记，是否到期依完成时限。"
    return Caption(name, note=note + whole + more)
