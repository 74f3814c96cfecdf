"""What changes has its day: an edition sees parks of firms, tenants and parks as they were at the end of its period."""

import calendar
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from zonereport.inputs.faults import Fault
from zonereport.inputs.model import Park, Zone
from zonereport.inputs.period import Period
from zonereport.language import tr

MOVES, TENANTS = "enterprise_parks", "carrier_months"


def last_day(period: Period) -> str:
    """Return the last day of a period.

    >>> last_day(Period.parse("2022-02")), last_day(Period.parse("2022"))
    ('2022-02-28', '2022-12-31')
    """
    return f"{period.year:04d}-{period.last:02d}-{calendar.monthrange(period.year, period.last)[1]:02d}"


def first_day(period: Period) -> str:
    """Return the first day of the month in which a period ends: what is cumulative is of the year up to then."""
    return f"{period.year:04d}-{period.last:02d}-01"


def is_open(park: Park, period: Period) -> bool:
    """Whether a park is there at the end of a period: it has opened by then, and had not closed before its last month.

    >>> import datetime
    >>> park = Park(id="east", name_zh="东园", closed=datetime.date(2022, 5, 31))
    >>> [is_open(park, Period.parse(text)) for text in ("2022-05", "2022-06", "2022")]
    [True, False, False]
    """
    if park.opened and last_day(period) < park.opened.isoformat():
        return False
    return not (park.closed and park.closed.isoformat() < first_day(period))


def parks_on(enterprises: pd.DataFrame, moves: pd.DataFrame | None, day: str) -> pd.DataFrame:
    """Return the list of firms with the park that each is in on a day: that of its last move up to then.

    >>> firms = pd.DataFrame({"enterprise": ["a", "b"], "park": ["east", "west"]})
    >>> moves = pd.DataFrame({"enterprise": ["a"], "park": ["west"], "since": ["2022-06-01"]})
    >>> [parks_on(firms, moves, day)["park"].tolist() for day in ("2022-05-31", "2022-06-30")]
    [['east', 'west'], ['west', 'west']]
    """
    if moves is None or moves.empty:
        return enterprises
    done = moves[moves["since"] <= day].sort_values("since", kind="stable").drop_duplicates("enterprise", keep="last")
    where = dict(zip(done["enterprise"], done["park"], strict=True))
    parks = [where.get(one, park) for one, park in zip(enterprises["enterprise"], enterprises["park"], strict=True)]
    return enterprises.assign(park=pd.Series(parks, enterprises.index, dtype="str"))


def by_park(
    enterprises: pd.DataFrame, moves: pd.DataFrame | None, periods: Iterable[str]
) -> Iterator[tuple[list[str], pd.DataFrame]]:
    """Yield spans of periods within which no firm moves, each with the list of firms as it is then."""
    periods = sorted(set(periods), key=Period.parse)
    days = [] if moves is None else sorted(set(moves["since"]))
    spans: dict[int, list[str]] = {}
    for text in periods:
        passed = sum(1 for day in days if day <= last_day(Period.parse(text)))
        spans.setdefault(passed, []).append(text)
    for texts in spans.values():
        yield texts, parks_on(enterprises, moves, last_day(Period.parse(texts[0])))


def zone_on(zone: Zone, period: Period) -> Zone:
    """Return a zone as it was at the end of a period: firms in the parks of then, carriers with the tenants of then.

    What a table says without a day (the first park of a firm, the tenants of carriers.csv) holds until the first row
    that has one.
    """
    tables, day = dict(zone.tables), last_day(period)
    if MOVES in tables and "enterprises" in tables:
        tables["enterprises"] = parks_on(tables["enterprises"], tables[MOVES], day)
    if TENANTS in tables and "carriers" in tables:
        tables["carriers"] = _with_tenants(tables["carriers"], tables[TENANTS], period)
    return dataclasses.replace(zone, tables=tables)


def _with_tenants(carriers: pd.DataFrame, months: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The carriers with what was reported of them last, up to the period; what a row leaves empty stays."""
    rows = months.assign(when=[Period.parse(text) for text in months["period"]])
    rows = rows[[(one.year, one.last) <= (period.year, period.last) for one in rows["when"]]]
    rows = rows.sort_values("when", kind="stable").drop_duplicates("carrier", keep="last").set_index("carrier")
    made = carriers.copy()
    for name in ("tenants", "occupied_square_metre"):
        newest = made["carrier"].map(rows[name])
        made[name] = newest.fillna(made[name]).astype("float64")
        # a figure of a month is what it is, whatever the first one was said to be
        if name == "tenants":
            made["qualifier"] = made["qualifier"].mask(newest.notna(), "")
            units = rows["unit"].to_dict()
            said = [units.get(one, "") for one in made["carrier"]]
            made["unit"] = [new or old for new, old in zip(said, made["unit"], strict=True)]
    return made


def park_faults(tables: Mapping[str, pd.DataFrame], parks: Iterable[Park]) -> list[Fault]:
    """Return rows of a park before it opened or after it had closed, and carriers that carriers.csv does not have."""
    faults = []
    dated = {park.id: park for park in parks if park.opened or park.closed}
    for name in ("indicators", "governance", "land"):
        frame = tables.get(name)
        if frame is None or not dated:
            continue
        for row, park, text in zip(frame.index, frame["park"], frame["period"], strict=True):
            if park in dated and not is_open(dated[park], Period.parse(text)):
                expected = tr("no row of {period}: zone.yml has the park opened or closed on another day", period=text)
                faults.append(Fault(f"{name}.csv", row, "park", park, expected))
    if TENANTS in tables:
        carriers = tables.get("carriers", pd.DataFrame({"carrier": []}))
        known = set(carriers["carrier"])
        for row, carrier in tables[TENANTS]["carrier"].items():
            if carrier not in known:
                expected = tr("a carrier of carriers.csv")
                faults.append(Fault(f"{TENANTS}.csv", row, "carrier", carrier, expected))
    return faults
