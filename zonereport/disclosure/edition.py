"""A public edition: the zone, the measures and the frames that its chapters may see, and what must be nowhere."""

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from zonereport.disclosure import policy
from zonereport.disclosure.amounts import COUNTS, PUBLISHED, TABLES, Amounts
from zonereport.disclosure.cells import FEWEST, PRIMARY, Cell, cell_of, protect
from zonereport.inputs import Period, Zone
from zonereport.inputs.analyst_words import Words
from zonereport.metrics import measures_and_details
from zonereport.metrics.schemas import empty
from zonereport.metrics.scope import Scope

# columns that remark on a figure and are no part of it
REMARKS = ("note", "locator")


@dataclass(frozen=True)
class Withheld:
    """What must be left in no file of a public edition.

    ``names`` are those of firms, projects, banks and persons; ``amounts`` what was withheld, as (value, unit);
    ``printed`` the values that the edition has on purpose. ``primary`` and ``secondary`` count the cells withheld
    because they are unsafe, and to protect those.
    """

    names: tuple[str, ...]
    amounts: tuple[tuple[float, str], ...]
    printed: frozenset[float]
    primary: int
    secondary: int


@dataclass(frozen=True)
class Public:
    """What chapters of a public edition read, and what they must not say."""

    zone: Zone
    measures: pd.DataFrame
    details: dict[str, pd.DataFrame]
    withheld: Withheld


def public_edition(zone: Zone, *, period: str, park: str = "") -> Public:
    """Return the public edition of a zone's period: the rules of ``policy`` carried out before any chapter reads.

    Figures of parks that are unsafe leave the tables before anything is measured, so that nothing is computed of them;
    ledgers and rows of single firms, projects and plots go after it; amounts in tables are withheld cell by cell.
    Raises Refused as ``zonereport.metrics.measure``.
    """
    names = withheld_names(zone)
    internal, full = measures_and_details(zone, period=period, park=park)
    scope = Scope(zone, Period.parse(period), park, internal)
    reduced, counts = without_unsafe_figures(zone, scope.period)
    measures, details = internal, dict(full)
    if counts:
        measures, details = measures_and_details(reduced, period=period, park=park)
    for table in TABLES:
        found, cells = _protected(table, scope, full, details[table.frame])
        details[table.frame] = found
        counts += cells
    for frame, columns in policy.UNJUDGED.items():
        details[frame] = _masked(details[frame], details[frame].index, columns)
    # of a stage and a list together nobody knows who is in it: only stages are judged
    pipeline = details["project_pipeline"]
    details["project_pipeline"] = _masked(pipeline, pipeline.index[pipeline["tier"] != "all"], TABLES[-2].columns)
    for frame in policy.INDIVIDUAL:
        details[frame] = empty(frame)
    details = {name: _without_names(frame, names) for name, frame in details.items()}
    measures = _public_measures(measures, details)
    tables = {name: _without_names(frame, names) for name, frame in reduced.tables.items()}
    for name in policy.LEDGERS:
        if name in tables:
            tables[name] = tables[name].iloc[:0]
    words = {when: tuple(one for one in said if not _names_one(one, names)) for when, said in reduced.words.items()}
    return Public(
        # which office sent which book is the zone's own affair
        zone=dataclasses.replace(
            reduced,
            tables=tables,
            words=words,
            imports=(),
            withheld=(*policy.LEDGERS, *policy.INDIVIDUAL),
        ),
        measures=measures,
        details=details,
        withheld=Withheld(
            names=names,
            amounts=_withheld_amounts(internal, full, measures, details),
            printed=frozenset(_values(measures, details)),
            primary=counts.count(PRIMARY),
            secondary=len(counts) - counts.count(PRIMARY),
        ),
    )


def withheld_names(zone: Zone) -> tuple[str, ...]:
    """Return the names that a public edition must not have: firms, their codes, projects, banks, and those listed."""
    found = set(zone.about.withhold)
    for table, column in policy.NAMES:
        if table in zone.tables:
            # former names stand in one cell
            found |= {name for cell in zone.tables[table][column] for name in str(cell).split("|")}
    return tuple(sorted(found - {""}))


def without_unsafe_figures(zone: Zone, period: Period) -> tuple[Zone, list[str]]:
    """Return the zone without published figures that one or two firms make, and those that would give them away.

    Also why each of them went. A figure of the whole zone that is unsafe takes those of its parks with it; an unsafe
    one of a park takes that of another park. Both the edition's period and the year before are judged.
    """
    table = zone.tables["indicators"]
    gone: dict[tuple[str, str], str] = {}
    for code, contributors in PUBLISHED.items():
        parks = list(table.loc[table["code"] == code, "park"].unique())
        for when in (period, Period(period.year - 1)):
            made = contributors(Scope(zone, when))
            made = made[made["amount"].notna() & (made["amount"] != 0)]
            counts = _published_counts(zone, code, when)
            if not _cell(made, counts.get("")).is_safe:
                gone |= {(code, park): PRIMARY for park in parks}
                continue
            cells = {}
            for park in filter(None, parks):
                cells[park] = _cell(made[made["park"] == park], counts.get(park))
            gone |= {(code, park): why for park, why in protect(cells, [list(cells)]).items()}
    if not gone:
        return zone, []
    pairs = pd.MultiIndex.from_frame(table[["code", "park"]])
    left = table[~pairs.isin(list(gone))].reset_index(drop=True)
    return dataclasses.replace(zone, tables=zone.tables | {"indicators": left}), list(gone.values())


def _published_counts(zone: Zone, code: str, when: Period) -> dict[str, int]:
    """How many make a figure of the zone and of each park, where an indicator says so."""
    table = zone.tables["indicators"]
    rows = table[(table["code"] == COUNTS.get(code, "")) & table["value"].notna()]
    # a year and its December are one
    alike = {text for text in rows["period"].unique() if Period.parse(text).last == when.last}
    rows = rows[rows["period"].isin(alike) & rows["period"].str.startswith(str(when.year))]
    return dict(zip(rows["park"], rows["value"].astype(int), strict=True))


def _cell(made: pd.DataFrame, count: int | None) -> Cell:
    """The cell of some contributors; of those whom a ledger does not know the published count is all there is."""
    known = cell_of(made["amount"], len(made), float(made["amount"].sum()))
    if count is None or count == known.count:
        return known
    if count == 0:
        return Cell(0, 0.0, 0.0)
    return Cell(count, known.largest, max(known.total, 1.0))


def _protected(
    table: Amounts, scope: Scope, full: dict[str, pd.DataFrame], frame: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """A frame without the amounts that are unsafe or would give those away, and why each of them went."""
    rows = full[table.frame]
    # where no amount is known there is none to withhold
    rows = rows[table.only(rows) & rows[list(table.total)].notna().any(axis="columns")]
    made = table.contributors(scope, full)
    cells = {}
    for place, row in rows.iterrows():
        total = float(row[list(table.total)].fillna(0).sum())
        count = int(row[table.count])
        # an amount without anybody who makes it is made by somebody who is not known
        cells[place] = cell_of(made.get(place), max(count, int(total != 0)), total)
    lines = [list(rows.index)]
    if table.line:
        lines = [list(group) for group in rows.groupby(table.line, sort=False).groups.values()]
    withheld = protect(cells, [line for line in lines if line])
    places = pd.Index(withheld)
    if table.whole:
        lost = [line for line in lines if any(place in withheld for place in line)]
        places = pd.Index([place for line in lost for place in line])
    return _masked(frame, places, table.columns), list(withheld.values())


def _masked(frame: pd.DataFrame, places: pd.Index, columns: Iterable[str]) -> pd.DataFrame:
    """A frame whose amounts at some places are missing."""
    made = frame.copy()
    for column in columns:
        made[column] = made[column].mask(made.index.isin(places))
    return made


def _names_one(words: Words, names: tuple[str, ...]) -> bool:
    """Whether the words of an analyst name what is withheld."""
    texts = (words.title, words.claim, words.cause, words.next)
    return any(name in text for name in names for text in texts)


def _without_names(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """The rows of a frame that say no withheld name; a remark that does goes alone, its figure stays."""
    bad = pd.Series(False, index=frame.index)
    cleaned = {}
    for column in frame.select_dtypes(include=["str", "object"]):
        texts = frame[column].unique()
        # few texts, many rows
        named = [text for text in texts if isinstance(text, str) and any(name in text for name in names)]
        if column in REMARKS:
            cleaned[column] = frame[column].mask(frame[column].isin(named), "")
        else:
            bad |= frame[column].isin(named)
    frame = frame.assign(**cleaned)
    if not bad.any():
        return frame
    return frame[~bad].reset_index(drop=True)


def _public_measures(measures: pd.DataFrame, details: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The measures without those of single firms; shares of few firms in steps."""
    values = measures.set_index(["code", "measure"])["value"]
    off = measures["measure"].isin(policy.OF_ONE) | measures["code"].isin(policy.OF_ONE)
    for amount, count in policy.COUNTED.items():
        few = values.get((count, "value"), math.nan) < FEWEST
        off |= few & (measures["code"] == amount)
    # a pull says again what a cell of the flows says
    flows = details["enterprise_flows"]
    hidden = flows[flows["contribution_pp"].isna() & (flows["enterprises"] > 0)]["code"]
    off |= measures["measure"].isin(policy.PULLS) & measures["code"].isin(set(hidden))
    off &= measures["reason"] == ""
    ranged = measures["measure"].isin(policy.RANGED) & (measures["reason"] == "")
    steps = (measures["value"] / policy.RANGE_POINTS).round() * policy.RANGE_POINTS
    return measures.assign(
        value=measures["value"].mask(ranged, steps).mask(off),
        qualifier=measures["qualifier"].mask(ranged, "approximate").mask(off, ""),
        reason=measures["reason"].mask(off, policy.REASON),
    )


def _values(measures: pd.DataFrame, details: dict[str, pd.DataFrame]) -> set[float]:
    """Every number of some measures and frames, without its sign."""
    found = set(measures["value"].dropna().abs())
    for frame in details.values():
        for column in frame.select_dtypes(include="number"):
            found |= set(frame[column].dropna().abs().astype("float64"))
    return found


def _withheld_amounts(
    internal: pd.DataFrame, full: dict[str, pd.DataFrame], measures: pd.DataFrame, details: dict[str, pd.DataFrame]
) -> tuple[tuple[float, str], ...]:
    """What the internal edition has of money and the public one has not: value and unit, in their order."""
    units = {"10k_yuan": "万元", "100m_yuan": "亿元"}
    kept, found = _values(measures, details), set()
    for frame in full.values():
        for column in frame.select_dtypes(include="number"):
            unit = next((name for suffix, name in units.items() if column.endswith(suffix)), "")
            if unit:
                gone = set(frame[column].dropna().abs().astype("float64")) - kept
                found |= {(value, unit) for value in gone}
    money = internal["unit"].isin(["万元", "亿元"]) & internal["value"].notna()
    gone = internal[money & ~internal["value"].abs().isin(kept)]
    found |= set(zip(gone["value"].abs(), gone["unit"], strict=True))
    return tuple(sorted(found))
