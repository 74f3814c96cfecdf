"""The list of tasks as a chapter reads it: how each task stands at the end of the report's period."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.firms import MOST
from zonereport.present.report import Report

# how a task stands at the end of the period, in the order in which a reader wants them
OVERDUE, UNREPORTED, NEXT, LATER, DONE = "已逾期", "到期未报完成", "下期到期", "以后到期", "已完成"
STATES = (OVERDUE, UNREPORTED, NEXT, LATER, DONE)


def month_of(period: Period) -> str:
    """Return the last month of a period, as dates begin with it: 2022-12."""
    return f"{period.year}-{period.last:02d}"


def state(report: Report, status: str, due: str) -> str:
    """Return how a task stands at the end of the period, by its status in the list and the month in which it is due."""
    month = due[:7] if len(due) > 4 else f"{due}-12"
    if status == "done":
        return DONE
    if month <= month_of(report.period):
        return OVERDUE if status == "overdue" else UNREPORTED
    return NEXT if month <= month_of(report.period.next) else LATER


def tasks(report: Report) -> pd.DataFrame:
    """Return the list of tasks with their state, those overdue first, then by the day they are due, the done last."""
    rows = report.table("tasks")
    if rows.empty:
        return rows
    states = [state(report, row.status, row.due) for row in rows.itertuples()]
    keys = pd.DataFrame({"state": list(map(STATES.index, states)), "due": list(rows["due"])}, index=rows.index)
    order = keys.sort_values(["state", "due"], kind="stable").index
    return rows.assign(state=states).loc[order].reset_index(drop=True)


def day(date: str) -> str:
    """Return a date as prose prints it.

    >>> day("2023-01-18"), day("2023-01"), day("2023")
    ('2023年1月18日', '2023年1月', '2023年')
    """
    year, *rest = date.split("-")
    return f"{year}年" + "".join(f"{int(part)}{name}" for part, name in zip(rest, "月日", strict=False))


def open_tasks(report: Report, *groups: str) -> str:
    """Return the open tasks that belong to the indicators of the groups, with owner and due date, as one sentence."""
    rows = tasks(report)
    if rows.empty:
        return ""
    group = report.zone.dictionary.indicators["group"]
    rows = rows[rows["code"].map(group).isin(groups) & (rows["state"] != DONE)]
    named = []
    for row in rows.sort_values("due", kind="stable").head(MOST).itertuples():
        until = f"{day(row.due)}前" if row.due else ""
        named.append(f"{row.title}（{'，'.join(filter(None, [row.owner, until]))}）")
    return "；".join(named) + "。" if named else ""
