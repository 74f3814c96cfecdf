"""Figures that are sound one by one and contradict each other: falls, parts, subsets, growth, size, ranks, days."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from zonereport.inputs.dated import is_open, park_faults
from zonereport.inputs.days import covers_faults, period_faults, task_faults
from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault
from zonereport.inputs.figures import SOFT, Span, beyond, decimals, figures, plain, records, slack, span
from zonereport.inputs.model import Park, ZoneFile
from zonereport.inputs.period import Period
from zonereport.inputs.reconciliation import ledger_faults
from zonereport.language import tr

# A slip of one unit (万元 for 亿元) is a factor of 10 000. Real monthly figures of counties stay within a factor of 30
# of their median, but foreign capital has differed by a few hundred: up to 1000 it is a warning.
SIZE = 30
SLIP = 1000
OTHERS = 3
GROWTH_TOLERANCE = 0.005
ENTITY = {"indicators": "park", "peers": "peer"}


def consistency_faults(tables: Mapping[str, pd.DataFrame], dictionary: Dictionary, about: ZoneFile) -> list[Fault]:
    """Return every contradiction in the typed tables of a zone, errors and warnings, sorted by file and row.

    ``tables`` are frames by table name as Zone.tables holds them, indexed by row of the file; enterprise_months may
    also be anything that ledgers.enterprise_totals reads. ``about`` names the parks and the sources' days.
    """
    faults = [*period_faults(tables, about), *covers_faults(tables, about), *order_faults(tables)]
    faults += park_faults(tables, about.parks)
    if "tasks" in tables:
        faults += task_faults(tables["tasks"])
    for table, entity in ENTITY.items():
        if table not in tables:
            continue
        file, frame = f"{table}.csv", tables[table]
        rows = figures(frame, dictionary, entity=entity)
        faults += january_faults(file, frame, dictionary)
        # an amount in another currency is a series of its own: no rate makes the two one
        for series in (rows, figures(frame, dictionary, entity=entity, other_dimension=True)):
            faults += falling_faults(file, series)
            faults += magnitude_faults(file, series)
        if table == "indicators":
            faults += rank_of_faults(file, frame)
            faults += part_faults(file, rows, about.parks, dictionary)
            faults += subset_faults(file, rows, dictionary)
            faults += growth_faults(file, rows, dictionary)
            faults += ledger_faults(tables, rows, dictionary, partial=about.ledger == "partial")
    return sorted(faults, key=lambda fault: (fault.file, fault.row or 0, fault.column or ""))


def falling_faults(file: str, rows: pd.DataFrame) -> list[Fault]:
    """Return cumulative flows below an earlier figure of their year; a warning: refunds and revisions do that.

    ``rows`` are figures(); a later 以上 contradicts nothing.
    """
    flows = rows[(rows["nature"] == "flow_ytd") & rows["cumulative"]]
    above = flows.shift()
    alike = (flows[["code", "entity", "year"]] == above[["code", "entity", "year"]]).all(axis=1)
    faults = []
    for place in np.flatnonzero(alike & (flows["own"] < above["own"])):
        before, after = flows.iloc[[place - 1, place]].itertuples()
        # two vintages or notations of one period are no fall
        if before.last >= after.last or after.qualifier == "lower_bound":
            continue
        if not beyond(before.own - after.own, slack(before, after)):
            continue
        expected = tr(
            "a cumulative figure of at least {value} {unit}, that of {period} (row {row}); "
            "{other_period} has {other_value} {other_unit}: say in note what was taken back",
            value=plain(before.value),
            unit=before.unit,
            period=before.period,
            row=before.Index,
            other_period=after.period,
            other_value=plain(after.value),
            other_unit=after.unit,
        )
        faults.append(Fault(file, after.Index, "value", plain(after.value), expected, severity="warning"))
    return faults


def part_faults(file: str, rows: pd.DataFrame, parks: Iterable[Park], dictionary: Dictionary) -> list[Fault]:
    """Return totals that are not the sum of their parks, where every park that is open then has a row.

    Rounding may hide one unit of the last printed digit of each part and half a unit of the total's. Ratios and
    growth rates do not add up and are left alone.
    """
    parks, faults = list(parks), []
    # a zone without parks has nothing that a total could be the sum of
    if not parks:
        return faults
    additive = rows[rows["nature"].isin(["flow_ytd", "stock"])]
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records(additive, "code", "entity", "period", "value", "own", "step", "qualifier"):
        groups.setdefault((row.code, row.period), {})[row.entity] = row
    for (code, period), by_entity in groups.items():
        there = [park.id for park in parks if is_open(park, Period.parse(period))]
        if not there or not by_entity.keys() >= {"", *there}:
            continue
        total, whole = by_entity[""], span(by_entity[""])
        parts, own, places = Span(0, 0, whole.soft), 0, []
        for part in map(by_entity.__getitem__, there):
            parts += span(part, steps=1)
            own += part.own
            places.append(str(part.Index))
        if beyond(parts.low - whole.high, 0) or beyond(whole.low - parts.high, 0):
            unit = dictionary.indicators.at[code, "unit"]
            expected = tr(
                "{own} {unit}, the sum of the parks in {period} (rows {places})",
                own=plain(own),
                unit=unit,
                period=period,
                places=tr(", ").join(places),
            )
            faults.append(Fault(file, total.Index, "value", plain(total.value), expected, severity=parts.severity))
    return faults


def subset_faults(file: str, rows: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Return parts greater than their whole; the differences of derived.csv say what is part of what."""
    pairs = dictionary.derived.loc[dictionary.derived["operation"] == "difference", ["left", "right"]]
    named = rows[rows["code"].isin(pairs["left"]) | rows["code"].isin(pairs["right"])]
    cells = ("code", "entity", "period", "value", "unit", "own", "step", "qualifier")
    by_place = {}
    for row in records(named, *cells):
        by_place[(row.code, row.entity, row.period)] = row
    faults = []
    for whole_code, part_code in pairs.itertuples(index=False):
        for (code, entity, period), part in by_place.items():
            if code != part_code:
                continue
            whole = by_place.get((whole_code, entity, period))
            # 以上 may be as much as any part
            if whole is None or whole.qualifier == "lower_bound":
                continue
            part_own = dictionary.to_own_unit(whole_code, part.own, dictionary.indicators.at[part_code, "unit"])
            if beyond(part_own - whole.own, slack(part, whole)):
                name = dictionary.indicators.at[whole_code, "name_zh"]
                expected = tr(
                    "at most {most} {unit}, {name} in {period} (row {row})",
                    most=plain(whole.value),
                    unit=whole.unit,
                    name=name,
                    period=period,
                    row=whole.Index,
                )
                soft = {part.qualifier, whole.qualifier} & set(SOFT)
                severity = "error"
                if soft:
                    severity = "warning"
                faults.append(Fault(file, part.Index, "value", plain(part.value), expected, severity=severity))
    return faults


def growth_faults(file: str, rows: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Return growth that the two levels do not give: the base was changed, or one of three numbers is wrong.

    Implied base p* = c / (1 + g); a warning where |p*/p - 1| > 0.5 % whatever the digits that rounding hides.
    Estimates, bounds, rates and codes whose growth is published on another basis (growth_from) are left alone.
    Source: docs/methods.md of the project, 3.2.
    """
    exact = rows[
        (rows["code"].map(dictionary.indicators["growth_from"]) == "level")
        & ~rows["nature"].isin(["ratio", "growth"])
        & ~rows["qualifier"].isin([*SOFT, "lower_bound", "decreased"])
    ]
    cells = ("code", "entity", "period", "when", "own", "step", "growth_pct")
    by_time = {(row.code, row.entity, row.when): row for row in records(exact, *cells)}
    faults = []
    for row in records(exact.dropna(subset="growth_pct"), *cells):
        base = by_time.get((row.code, row.entity, row.when.same_last_year))
        # a growth over nothing, or to less than nothing, implies no base
        if base is None or base.own - base.step / 2 <= 0 or row.growth_pct <= -100:
            continue
        rate, half = row.growth_pct / 100, 10.0 ** -max(1, decimals(row.growth_pct)) / 200
        low = (row.own - row.step / 2) / (1 + rate + half) / (base.own + base.step / 2)
        high = (row.own + row.step / 2) / max(1 + rate - half, 1e-12) / (base.own - base.step / 2)
        if low > 1 + GROWTH_TOLERANCE or high < 1 - GROWTH_TOLERANCE:
            unit = dictionary.indicators.at[row.code, "unit"]
            implied, growth = row.own / (1 + rate), (row.own / base.own - 1) * 100
            expected = tr(
                "{growth:.1f}, from {own} {unit} in {period} (row {row}); the published growth implies a base of "
                "{implied:.6g} {unit}: say in growth_basis how it is counted",
                growth=growth,
                own=plain(base.own),
                unit=unit,
                period=base.period,
                row=base.Index,
                implied=implied,
            )
            faults.append(Fault(file, row.Index, "growth_pct", plain(row.growth_pct), expected, severity="warning"))
    return faults


def january_faults(file: str, frame: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Return January rows of what is not reported for January (免报); every vintage, with or without a value."""
    not_due = dictionary.indicators.index[dictionary.indicators["january_reported"] == "no"]
    rows = frame[frame["code"].isin(not_due) & frame["period"].str.endswith("-01")]
    faults = []
    for row, period, code in zip(rows.index, rows["period"], rows["code"], strict=True):
        expected = tr(
            "no row: {indicator} is first reported for {period}-02",
            indicator=dictionary.indicators.at[code, "name_zh"],
            period=period[:4],
        )
        faults.append(Fault(file, row, "period", period, expected, severity="warning"))
    return faults


def magnitude_faults(file: str, rows: pd.DataFrame) -> list[Fault]:
    """Return values of another size than the code's own history: a unit was mistaken, or a digit.

    Held against the median of the other values of the same park or peer, those that end in the same month where
    there are three of them, else all, cumulative flows then per month. A factor above 30 is a warning; above 1000 it
    is an error, unless three others are of its own size: then the code has had two levels. A zero is no slip of a unit.
    """
    if rows.empty:
        return []
    faults = []
    rows = rows.assign(level=rows["own"].abs())
    rows["pace"] = rows["level"] / np.where(rows["cumulative"] & (rows["nature"] == "flow_ytd"), rows["last"], 1)
    series = ["code", "entity", "own_unit"]
    # no value can be far from a median of values that are all near each other
    spread = rows[["level", "pace"]].where(rows["level"] != 0)
    spread = spread.groupby([rows["code"], rows["entity"], rows["own_unit"]])
    wide = (spread.transform("max") > SIZE * spread.transform("min")).any(axis=1)
    for _, group in rows[wide].groupby(series, sort=False):
        if len(group) <= OTHERS:
            continue
        # arrays: comparing columns of a dozen rows once a row takes a hundred times as long
        own, pace, last = group[["level", "pace", "last"]].to_numpy().T
        for place, row in enumerate(group.itertuples()):
            others = own != 0
            others[place] = False
            same = others & (last == row.last) & (group["cumulative"].to_numpy() == row.cumulative)
            # the same month of other years has the same season; without it, only the pace of a month is alike
            if same.sum() >= OTHERS:
                sizes, size = own[same], own[place]
            else:
                sizes, size = pace[others], pace[place]
            if size == 0 or len(sizes) < OTHERS:
                continue
            usual = float(np.median(sizes))
            factor = max(size / usual, usual / size)
            if factor <= SIZE:
                continue
            expected = tr(
                "a figure of the size of {value:.3g} {own_unit}, the median of {count} others; "
                "this is {own} {own_unit}: is {unit} right?",
                value=usual * abs(row.own) / size,
                own_unit=row.own_unit,
                count=len(sizes),
                own=plain(row.own),
                unit=row.unit,
            )
            alike = others & (pace * SIZE >= pace[place]) & (pace <= pace[place] * SIZE)
            severity = "warning"
            if factor > SLIP and alike.sum() < OTHERS:
                severity = "error"
            faults.append(Fault(file, row.Index, "value", plain(row.value), expected, severity=severity))
    return faults


def rank_of_faults(file: str, frame: pd.DataFrame) -> list[Fault]:
    """Return ranks that do not say of how many; a warning."""
    rows = frame[frame["rank"].notna() & frame["rank_of"].isna()]
    faults = []
    for row, rank in rows["rank"].items():
        expected = tr("the number of places beside rank {rank}", rank=plain(rank))
        faults.append(Fault(file, row, "rank_of", "", expected, severity="warning"))
    return faults


def order_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Return rows of figures that stand below a later period of the same code and place; sorting mends it."""
    faults = []
    for name, entity in ENTITY.items():
        if name not in tables or tables[name].empty:
            continue
        # a revision is received later and may stand below: each day of receipt has an order of its own
        rows = tables[name]
        alike = []
        for column in ("code", entity, "vintage"):
            if column in rows:
                alike.append(rows[column])
        month = rows["period"].map(_last_month)
        latest = month.groupby(alike).cummax()
        for row in rows.index[month < latest]:
            period = rows.at[row, "period"]
            expected = tr("periods in order: a later one of the same code stands above")
            faults.append(Fault(f"{name}.csv", row, "period", period, expected, severity="warning"))
    return faults


def _last_month(text: str) -> int:
    """Return the last month of a period, counted from the year 0."""
    period = Period.parse(text)
    return period.year * 12 + period.last
