"""Words on the tasks of the next period: what the list says, at the end of the report's period."""

from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.tasks import (  # noqa: F401 - other chapters still read them here
    DONE,
    LATER,
    NEXT,
    OVERDUE,
    STATES,
    UNREPORTED,
    day,
    standing,
    state,
    tasks,
)
from zonereport.present.report import Report
from zonereport.present.words.phrases import Caption

LONGEST = 20
NAMED = 2


def tasks_in_short(report: Report) -> str:
    """How many tasks there are by state, and the first of those that are late or due next."""
    rows = tasks(report)
    if rows.empty:
        return ""
    counts = [f"{name}{n}项" for name in STATES if (n := int((rows["state"] == name).sum()))]
    late = rows[rows["state"].isin([OVERDUE, UNREPORTED])]
    named = "；".join(f"{row.title}（{row.owner}，{day(row.due)}）" for row in late[:NAMED].itertuples())
    return sentence(f"任务清单共{len(rows)}项", *counts) + (f"逾期和到期未报的是：{named}。" if named else "")


def table(report: Report) -> Caption:
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
