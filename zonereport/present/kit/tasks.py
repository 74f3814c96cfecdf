"""The list of tasks as the chapters and the brief read it: how each stands at the end of the report's period."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.firms import MOST
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import day, stop
from zonereport.present.report import Report

# how a task stands at the end of the period, in the order in which a reader wants them
OVERDUE, UNREPORTED, NEXT, LATER, DONE = "已逾期", "到期未报完成", "下期到期", "以后到期", "已完成"
STATES = (OVERDUE, UNREPORTED, NEXT, LATER, DONE)
COLUMNS = ["task", "title", "owner", "due", "status", "code", "source", "state"]


def tasks(report: Report) -> pd.DataFrame:
    """Return the list of tasks, those overdue first, then by the day they are due, those done last.

    Columns: task, title, owner, due (YYYY-MM-DD, YYYY-MM or YYYY), status, code (the indicator, empty for none),
    source, state (one of STATES). Without rows where the zone has no list.
    """
    rows = report.table("tasks")
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    # judged at the end of the edition's period, not of the day on which it is built
    states = [state(report, row.status, row.due) for row in rows.itertuples()]
    rows = rows.assign(state=states, order=[STATES.index(name) for name in states])
    rows = rows.sort_values(["order", "due"], kind="stable", ignore_index=True)
    return rows[COLUMNS]


def state(report: Report, status: str, due: str) -> str:
    """Return how a task stands at the end of the period, by its status in the list and when it is due."""
    # a task that is due in a year is due at its end
    month_due = due[:7] if len(due) > 4 else f"{due}-12"
    if status == "done":
        return DONE
    if month_due <= _last_month(report.period):
        return OVERDUE if status == "overdue" else UNREPORTED
    if month_due <= _last_month(report.period.next):
        return NEXT
    return LATER


def open_tasks(report: Report, *groups: str) -> str:
    """Return the open tasks that belong to the indicators of the groups, with owner and due date, as one sentence."""
    rows = tasks(report)
    group = report.zone.dictionary.indicators["group"]
    # each chapter repeats only the tasks that its own indicators belong to
    rows = rows[rows["code"].map(group).isin(groups) & (rows["state"] != DONE)]
    named = []
    for row in rows.sort_values("due", kind="stable").head(MOST).itertuples():
        until = f"{day(row.due)}前" if row.due else ""
        named.append(f"{row.title}（{'，'.join(filter(None, [row.owner, until]))}）")
    return stop("；".join(named))


def standing(report: Report, code: str) -> str:
    """Return how the indicator of a task stands now; a dash where the task has none or it has no figure."""
    if not code or not report.has(code):
        return NO_VALUE
    figure = f"{report.label(code)}{report.text(code)}"
    change = completed(report, code)
    # of small counts a growth in % says too much
    if not change and report.label(code, "group") == "S2":
        change = grown(report, code)
    return f"{figure}，{change}" if change else figure


def _last_month(period: Period) -> str:
    """The last month of a period, as dates begin with it: 2022-12."""
    return f"{period.year}-{period.last:02d}"
