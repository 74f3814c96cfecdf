"""The list of tasks as it stood at the end of a period: which were on it, which were done, which were late."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

# in the order in which a reader wants them
STATES = ("overdue", "unreported", "next", "later", "done")


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frame ``tasks``: a row a task that was on the list by the last day of the period, overdue ones first.

    A task of which the list does not say since when it is on it, or when it was done, is known of the latest edition
    alone. How a task stands: see ``state``.
    """
    rows = scope.table("tasks")
    if rows.empty:
        return {"tasks": tidy("tasks", [])}
    rows = on_the_list(rows, scope.period, is_latest=scope.is_latest)
    states = [
        state(row.status, row.due, row.done, period=scope.period, is_latest=scope.is_latest)
        for row in rows.itertuples()
    ]
    rows = rows.assign(state=states, order=[STATES.index(name) for name in states])
    return {"tasks": tidy("tasks", rows.sort_values(["order", "due"], kind="stable"))}


def on_the_list(rows: pd.DataFrame, period: Period, *, is_latest: bool) -> pd.DataFrame:
    """Return the tasks that are known to have been on the list by the last day of a period, and how they stood then."""
    listed = (rows["set_on"] != "") & (rows["set_on"] <= period.last_day)
    if is_latest:
        listed |= rows["set_on"] == ""
        return rows[listed]
    # done, and nobody says when: of an earlier day it is not known
    return rows[listed & ~((rows["status"] == "done") & (rows["done"] == ""))]


def state(status: str, due: str, done: str, *, period: Period, is_latest: bool) -> str:
    """Return how a task stood at the end of a period: done, overdue, unreported, next (due in the next one), later.

    ``due`` is a day, a month or a year, ``done`` a day or empty. unreported: due, and the list neither says that it is
    done nor that it is overdue. What the list calls open today was open on every earlier day.

    >>> june = Period.parse("2022-06")
    >>> [state("done", "2022-05-31", done, period=june, is_latest=False) for done in ("2022-06-30", "2022-07-01")]
    ['done', 'overdue']
    """
    if status == "done" and (done <= period.last_day):
        return "done"
    # a task that is due in a year is due at its end
    month_due = due[:7] if len(due) > 4 else f"{due}-12"
    if month_due <= period.last_day[:7]:
        # an open one that nobody spoke of may have been done since
        if is_latest and status == "open":
            return "unreported"
        return "overdue"
    if month_due <= period.next.last_day[:7]:
        return "next"
    return "later"
