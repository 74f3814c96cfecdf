"""Which periods of a zone are to be built now, which have to wait, and for whom."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zonereport.editions import store
from zonereport.editions.store import Kept
from zonereport.inputs.digests import rows_digest
from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.inputs.readiness import IN, MISSING, deadline, is_ready, readiness

# a month that was never built and lies further back is history, and nobody waits for it
BUILD, REBUILD, WAIT, KEEP = "build", "rebuild", "wait", "keep"


@dataclass(frozen=True)
class Due:
    """A period and what is to be done: build, rebuild, wait, or keep what stands and say what it still lacks.

    ``missing`` are the titles of documents as the cover names them, ``lacking`` the rows of the readiness behind them.
    """

    period: Period
    action: str
    missing: tuple[str, ...] = ()
    lacking: pd.DataFrame | None = None
    until: datetime.date | None = None


def plan(zone: Zone, reports: Path, folder: Path, today: datetime.date, *, force: bool = False) -> list[Due]:
    """Return what is due for a zone, oldest first; the last one may be a period that nothing has come in for.

    A period after the last one built is built when its must-haves are in, or its deadline is over, or with ``force``;
    one that stands is built again when rows of its year up to it have changed. Without any edition only the latest
    period is looked at. Periods that are not over by ``today`` are left out.
    """
    kind = zone.periods[-1].kind
    periods = [period for period in zone.periods if period.kind == kind]
    drafts = _drafts(reports, zone.code)
    built = [period for period in periods if str(period) in drafts]
    first = max(built, default=periods[-1])
    found = []
    for period in periods:
        if str(period) in drafts:
            if _stale(drafts[str(period)], folder, period):
                found.append(_build(zone, period, today, REBUILD))
            elif period == first:
                found.append(_build(zone, period, today, KEEP))
        elif period >= first:
            found.append(_new(zone, period, today, force))
    following = periods[-1].next
    if last_day(following) < today:
        found.append(_new(zone, following, today, force=False))
    return found


def last_day(period: Period) -> datetime.date:
    """Return the last day of a period.

    >>> last_day(Period.parse("2022-02"))
    datetime.date(2022, 2, 28)
    """
    year, month = period.year + period.last // 12, period.last % 12 + 1
    return datetime.date(year, month, 1) - datetime.timedelta(days=1)


def _drafts(reports: Path, zone: str) -> dict[str, Kept]:
    return {edition.name: edition for edition in store.of_zone(reports, zone) if edition.folder.name == edition.name}


def _stale(edition: Kept, folder: Path, period: Period) -> bool:
    """Tell whether it is to be made again: rows have changed that it speaks of, or a chapter of it had failed."""
    if edition.manifest.get("status") != "complete":
        return True
    # one by an older version does not say which rows it was made of
    digest = edition.manifest.get("card", {}).get("rows", "")
    return bool(digest) and digest != rows_digest(folder, period)


def _new(zone: Zone, period: Period, today: datetime.date, force: bool) -> Due:
    frame = readiness(zone, period, today)
    until = deadline(zone, period)
    if is_ready(frame):
        return _build(zone, period, today, BUILD)
    over = until is not None and today > until
    # without a single figure there is nothing to print, whatever the day
    if (force or over) and (frame["found"] > 0).any():
        return _build(zone, period, today, BUILD)
    return Due(period, WAIT, _titles(frame), frame[frame["state"] != IN], until)


def _build(zone: Zone, period: Period, today: datetime.date, action: str) -> Due:
    frame = readiness(zone, period, today)
    lacking = frame[frame["state"] != IN]
    marked: tuple[str, ...] = ()
    if not is_ready(frame) or (frame["late"].any() and not frame["must"].any()):
        marked = _titles(frame)
    return Due(period, action, marked, lacking, deadline(zone, period))


def _titles(frame: pd.DataFrame) -> tuple[str, ...]:
    """The documents that are missing whole: the must-haves where there are such, else all."""
    rows = frame[frame["state"] == MISSING]
    if frame["must"].any():
        rows = frame[(frame["state"] != IN) & frame["must"]]
    names = rows["source_zh"].where(rows["source_zh"] != "", rows["table_zh"])
    return tuple(dict.fromkeys(names))
