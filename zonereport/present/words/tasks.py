"""Words on the tasks of the next period: what the list says, at the end of the report's period."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import sentence
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

# how a task stands at the end of the period, in the order in which a reader wants them
OVERDUE, UNREPORTED, NEXT, LATER, DONE = "已逾期", "到期未报完成", "下期到期", "以后到期", "已完成"
STATES = (OVERDUE, UNREPORTED, NEXT, LATER, DONE)
LONGEST = 20
NAMED = 2


def month_of(period: Period) -> str:
    """The last month of a period, as dates begin with it: 2022-12."""
    return f"{period.year}-{period.last:02d}"


def state(report: "Report", status: str, due: str) -> str:
    """How a task stands at the end of the period, by its status in the list and the month in which it is due."""
    month = due[:7] if len(due) > 4 else f"{due}-12"
    if status == "done":
        return DONE
    if month <= month_of(report.period):
        return OVERDUE if status == "overdue" else UNREPORTED
    return NEXT if month <= month_of(report.period.next) else LATER


def tasks(report: "Report") -> pd.DataFrame:
    """The list of tasks with their state, those overdue first, then by the day they are due, those done last."""
    rows = report.table("tasks")
    if rows.empty:
        return rows
    states = [state(report, row.status, row.due) for row in rows.itertuples()]
    keys = pd.DataFrame({"state": [STATES.index(name) for name in states], "due": list(rows["due"])}, index=rows.index)
    return rows.assign(state=states).loc[keys.sort_values(["state", "due"], kind="stable").index].reset_index(drop=True)


def tasks_in_short(report: "Report") -> str:
    """How many tasks there are by state, and the first of those that are late or due next."""
    rows = tasks(report)
    if rows.empty:
        return ""
    counts = [f"{name}{n}项" for name in STATES if (n := int((rows["state"] == name).sum()))]
    late = rows[rows["state"].isin([OVERDUE, UNREPORTED])]
    named = "；".join(f"{row.title}（{row.owner}，{day(row.due)}）" for row in late[:NAMED].itertuples())
    return sentence(f"任务清单共{len(rows)}项", *counts) + (f"逾期和到期未报的是：{named}。" if named else "")


def day(date: str) -> str:
    """A date as prose prints it: 2023年1月18日, 2023年1月, 2023年."""
    year, *rest = date.split("-")
    return f"{year}年" + "".join(f"{int(part)}{name}" for part, name in zip(rest, "月日", strict=False))


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
