"""The list of tasks as the chapters and the brief read it: how each stands at the end of the report's period."""

import pandas as pd

from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.firms import MOST
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import day, stop
from zonereport.present.report import Report

# how a task stands at the end of the period, in the order in which a reader wants them
OVERDUE, UNREPORTED, NEXT, LATER, DONE = "已逾期", "到期未报完成", "下期到期", "以后到期", "已完成"
STATES = (OVERDUE, UNREPORTED, NEXT, LATER, DONE)
WORDS = {"overdue": OVERDUE, "unreported": UNREPORTED, "next": NEXT, "later": LATER, "done": DONE}


def tasks(report: Report) -> pd.DataFrame:
    """Return the tasks that were on the list at the end of the period, those overdue first, those done last.

    The columns of the frame ``tasks``, ``state`` in words (one of STATES).
    """
    rows = report.detail("tasks")
    return rows.assign(state=rows["state"].map(WORDS))


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
