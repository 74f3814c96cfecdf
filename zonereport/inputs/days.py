"""Days that contradict each other: periods and their sources, tasks and what was done of them."""

import calendar
import datetime
from collections.abc import Mapping

import pandas as pd

from zonereport.inputs.faults import Fault
from zonereport.inputs.model import ZoneFile
from zonereport.inputs.period import Period
from zonereport.language import tr


def period_faults(tables: Mapping[str, pd.DataFrame], about: ZoneFile) -> list[Fault]:
    """Return periods that were not over when their source was published, once a table, period and source; a warning.

    An estimate may come before the end of its period; a source without a day is not judged.
    """
    days = {source.id: source.published for source in about.sources if source.published}
    faults = []
    for name, frame in tables.items():
        # the Parquet files of a large ledger are not read for this
        if not isinstance(frame, pd.DataFrame) or not {"period", "source"} <= set(frame):
            continue
        rows = frame
        if "qualifier" in frame:
            rows = frame[frame["qualifier"] != "estimate"]
        rows = rows[rows["source"].isin(list(days))].drop_duplicates(["period", "source"])
        for row, period, source in zip(rows.index, rows["period"], rows["source"], strict=True):
            end = _end(Period.parse(period))
            if end > days[source]:
                expected = tr(
                    "a period that was over on {day}, when {source} was published; it ends on {end}",
                    day=days[source],
                    source=source,
                    end=end,
                )
                faults.append(Fault(f"{name}.csv", row, "period", period, expected, severity="warning"))
    return faults


def covers_faults(tables: Mapping[str, pd.DataFrame], about: ZoneFile) -> list[Fault]:
    """Return periods that end after what their source covers, once a table, period and source; a warning.

    What is earlier than a document covers may stand in it for comparison; what is later cannot.
    """
    # what comes out again and again has no end
    ends = {source.id: _end(source.last) for source in about.sources if source.last}
    covers = {source.id: source.covers for source in about.sources}
    faults = []
    for name, frame in tables.items():
        # the Parquet files of a large ledger are not read for this
        if not isinstance(frame, pd.DataFrame) or not {"period", "source"} <= set(frame):
            continue
        rows = frame.drop_duplicates(["period", "source"])
        for row, period, source in zip(rows.index, rows["period"], rows["source"], strict=True):
            if source in ends and _end(Period.parse(period)) > ends[source]:
                expected = f"a period within {covers[source]}, which {source} covers by zone.yml: is covers right?"
                faults.append(Fault(f"{name}.csv", row, "period", period, expected, severity="warning"))
    return faults


def task_faults(tasks: pd.DataFrame) -> list[Fault]:
    """Return tasks with a day of completion that are not done, or that were done before they were on the list."""
    faults = []
    for row in tasks[tasks["done"] != ""].itertuples():
        if row.status != "done":
            faults.append(Fault("tasks.csv", row.Index, "status", row.status, f"done, as it was done on {row.done}"))
        if row.set_on > row.done:
            faults.append(Fault("tasks.csv", row.Index, "done", row.done, f"a day from {row.set_on} on, its set_on"))
    return faults


def _end(period: Period) -> datetime.date:
    return datetime.date(period.year, period.last, calendar.monthrange(period.year, period.last)[1])
