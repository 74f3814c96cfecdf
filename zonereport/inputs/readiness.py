"""What has come in for a period and what is still missing, table by table and office by office."""

import calendar
import datetime
from collections.abc import Iterable

import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.language import tr

# tables that come in every period; the others hold events, and a month without one is no gap
REGULAR = ("indicators", "peers", "enterprise_months", "project_progress", "patents", "governance")
# of these, single rows come and go with the things they are about: firms leave, projects end
OF_THINGS = ("enterprise_months", "project_progress", "patents")
# the share of last period's things that makes such a table complete
MOST = 0.9
# so many of its latest periods, of a year at most, say what a source sends
LATEST, FURTHEST = 3, 12
SATURDAY = 5
IN, PARTIAL, MISSING = "in", "partial", "missing"
COLUMNS = [
    "table",
    "table_zh",
    "source",
    "source_zh",
    "office",
    "expected",
    "found",
    "state",
    "absent",
    "must",
    "due",
    "late",
]


def readiness(zone: Zone, period: Period, today: datetime.date | None = None) -> pd.DataFrame:
    """Return a row for each table that a source should send for a period, in the order of zone.yml's sources.

    Expected is what came of each source for the periods before, without what does not come at this time of the year and
    with what only comes then, both as last year had it; the dictionary says what has no January. ``state`` is in,
    partial or missing; ``absent`` are the codes that are not there, in the order of the dictionary; ``office`` is the
    publisher of the source. ``must`` and ``due`` are those of ``ready`` in zone.yml; ``late`` says that the day
    ``today`` is after ``due`` and the group is not in. A table that must be there and never came is missing. Raises
    Refused for a must-have of zone.yml that nothing is called.
    """
    _check(zone)
    due = deadline(zone, period)
    rows = []
    for name in REGULAR:
        frame = zone.tables.get(name)
        if frame is not None:
            rows += _of_table(zone, name, frame, period)
    rows += _never_seen(zone)
    places = {source.id: place for place, source in enumerate(zone.about.sources)}
    rows.sort(key=lambda row: (places.get(row["source"], len(places)), REGULAR.index(row["table"])))
    for row in rows:
        row["due"] = due.isoformat() if due else ""
        row["late"] = bool(due and today and today > due and row["state"] != IN)
    return pd.DataFrame(rows, columns=COLUMNS)


def deadline(zone: Zone, period: Period) -> datetime.date | None:
    """Return the day by which the figures of a period should be there: ``ready.deadline`` of the month after its last.

    In a month that has no such day it is the last one; of a weekend or one of ``ready.holidays`` it is the next working
    day, days of ``ready.workdays`` being such. None where zone.yml names no deadline.
    """
    ready = zone.about.ready
    if ready.deadline is None:
        return None
    year, month = period.year + period.last // 12, period.last % 12 + 1
    day = datetime.date(year, month, min(ready.deadline, calendar.monthrange(year, month)[1]))
    while day in ready.holidays or (day.weekday() >= SATURDAY and day not in ready.workdays):
        day += datetime.timedelta(days=1)
    return day


def is_ready(frame: pd.DataFrame) -> bool:
    """Tell whether all that must be there is; where zone.yml names no must-haves, whether anything is."""
    must = frame[frame["must"]]
    if must.empty:
        return bool((frame["found"] > 0).any())
    return bool((must["state"] == IN).all())


def _of_table(zone: Zone, name: str, frame: pd.DataFrame, period: Period) -> list[dict]:
    """Return the rows of one table: what is expected of each source, and what has come."""
    key = [column for column in zone.schemas[name].key if column not in ("period", "vintage")]
    expected = _expected(zone, name, frame, key, period)
    found = _keys(frame, key, period)
    rows = []
    for source in sorted({*expected.values(), *found.values()}):
        wanted = {one for one, of in expected.items() if of == source}
        # an indicator that another source answers for this time is there all the same
        there = wanted & set(found)
        here = there | {one for one, of in found.items() if of == source}
        absent = wanted - there
        rows.append(
            _row(zone, name, source, len(wanted), len(here), _state(name, len(wanted), len(there)))
            | {"absent": _codes(zone, absent, key)}
        )
    return rows


def _expected(zone: Zone, name: str, frame: pd.DataFrame, key: list[str], period: Period) -> dict[tuple, str]:
    """Return the keys that a period should have, each with the source that it came from last."""
    expected = _before(name, frame, key, period)
    year_ago = period.same_last_year
    then, then_before = _keys(frame, key, year_ago), _before(name, frame, key, year_ago)
    # without last year nobody knows what a season brings
    if then and then_before:
        expected = {one: source for one, source in expected.items() if one not in then_before or one in then}
        expected |= {one: source for one, source in then.items() if one not in then_before}
    if "code" in key and period.kind == "month" and period.last == 1:
        reported = zone.dictionary.indicators["january_reported"]
        place = key.index("code")
        expected = {one: source for one, source in expected.items() if reported[one[place]] == "yes"}
    return expected


def _before(name: str, frame: pd.DataFrame, key: list[str], period: Period) -> dict[tuple, str]:
    """Return what each source sent before a period: of its last few months with anything, since one may be patchy."""
    depth = 1 if name in OF_THINGS else LATEST
    found: dict[tuple, str] = {}
    months: dict[str, int] = {}
    for _ in range(FURTHEST):
        period = period.previous
        keys = _keys(frame, key, period)
        for one, source in keys.items():
            if months.get(source, 0) < depth:
                found.setdefault(one, source)
        for source in set(keys.values()):
            months[source] = months.get(source, 0) + 1
    return found


def _keys(frame: pd.DataFrame, key: list[str], period: Period) -> dict[tuple, str]:
    rows = frame[frame["period"] == str(period)]
    names = zip(*[rows[column] for column in key], strict=True)
    return dict(zip(names, rows["source"], strict=True))


def _state(name: str, wanted: int, there: int) -> str:
    enough = wanted
    if name in OF_THINGS:
        enough = MOST * wanted
    if there >= enough:
        return IN
    return PARTIAL if there else MISSING


def _codes(zone: Zone, absent: Iterable[tuple], key: list[str]) -> tuple[str, ...]:
    """Return the codes of keys, each once, in the order of the dictionary; things are counted, not named."""
    if "code" not in key:
        return ()
    codes = {one[key.index("code")] for one in absent}
    return tuple(code for code in zone.dictionary.indicators.index if code in codes)


def _row(zone: Zone, name: str, source: str, expected: int, found: int, state: str) -> dict:
    about = {one.id: one for one in zone.about.sources}.get(source)
    title, office = source, ""
    if about is not None:
        title, office = about.title, about.publisher
    must = zone.about.ready.must
    return {
        "table": name,
        "table_zh": zone.schemas[name].name_zh,
        "source": source,
        "source_zh": title,
        "office": office,
        "expected": expected,
        "found": found,
        "state": state,
        "absent": (),
        "must": name in must or source in must,
    }


def _never_seen(zone: Zone) -> list[dict]:
    """Return the must-haves that no period ever had."""
    tables = {name: zone.tables[name] for name in REGULAR if name in zone.tables}
    sources = {source for frame in tables.values() for source in frame["source"]}
    rows = []
    for name in zone.about.ready.must:
        if name in REGULAR and name not in tables:
            rows.append(_row(zone, name, "", 1, 0, MISSING))
        elif name not in REGULAR and name not in sources:
            rows.append(_row(zone, "indicators", name, 1, 0, MISSING))
    return rows


def _check(zone: Zone) -> None:
    known = {*REGULAR, *(source.id for source in zone.about.sources)}
    unknown = [name for name in zone.about.ready.must if name not in known]
    if unknown:
        raise Refused(
            tr(
                "{zone}/zone.yml: ready.must names {unknown}; expected sources of zone.yml or tables: {known}",
                zone=zone.code,
                unknown=", ".join(unknown),
                known=", ".join(sorted(known)),
            )
        )
