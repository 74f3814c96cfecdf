"""Ledgers against published totals: what is listed by name must fit what is published as a number."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

from zonereport.inputs.dated import MOVES, by_park
from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault
from zonereport.inputs.figures import SOFT, beyond, counted, decimals, plain, records, same_dimension, span
from zonereport.inputs.ledgers import enterprise_totals, ledger_values
from zonereport.inputs.period import Period
from zonereport.inputs.units import convert
from zonereport.language import tr


@dataclass(frozen=True)
class Ledger:
    """A table whose rows make up a published figure.

    ``code`` is empty where the rows name it; ``amount`` is empty where rows are counted; ``unit`` is a column, or the
    unit itself.
    """

    table: str
    entity: str
    code: str = ""
    amount: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Sum:
    """What rows come to: at least ``low`` and at most ``high``, each up to a ``margin`` that rounding may hide."""

    low: float
    high: float
    margin_low: float
    margin_high: float
    rows: int
    soft: bool = False


LEDGERS = (
    Ledger("recognitions", "enterprise"),
    Ledger("platforms", "enterprise"),
    Ledger("talents", "enterprise", "", "value", "unit"),
    Ledger("ip_pledges", "pledge", "ip_pledge_finance", "amount", "unit"),
    Ledger("land", "plot", "land_renewed", "area", "unit"),
    Ledger("land", "plot", "land_renewed_tax", "tax_gained_10k_yuan", "万元"),
)
MONTHLY = {"invoiced_sales": "invoiced_sales_10k_yuan", "treasury_tax": "tax_10k_yuan"}
# the columns of figures() that a comparison reads
PUBLISHED = ("code", "entity", "period", "year", "last", "value", "own", "step", "qualifier")
# mining, manufacturing, energy and water: what statistics calls industry
INDUSTRY = ("B", "C", "D")


def ledger_faults(
    tables: Mapping[str, pd.DataFrame], published: pd.DataFrame, dictionary: Dictionary, *, partial: bool = False
) -> list[Fault]:
    """Return published figures that a ledger exceeds (error) or covers only a part of (warning).

    ``tables`` are the typed tables of a zone, ``published`` the figures() of indicators.csv, whose rows the faults
    name. A year for which a ledger has no row at all is not judged. A ledger of firms that is known to be ``partial``
    covers less in every month: that is not said.
    """
    totals = published[(published["nature"] == "flow_ytd") & published["cumulative"]]
    faults = []
    for ledger in LEDGERS:
        if ledger.table in tables and (not ledger.code or ledger.code in dictionary.indicators.index):
            entries = _entries(ledger, tables, dictionary)
            for code, rows in entries.groupby("code", sort=False):
                faults += _compare(f"{ledger.table}.csv", rows, totals[totals["code"] == code], dictionary)
    if "enterprise_months" in tables:
        faults += _month_faults(tables["enterprise_months"], tables, totals, dictionary, partial)
    return faults


def _entries(ledger: Ledger, tables: Mapping[str, pd.DataFrame], dictionary: Dictionary) -> pd.DataFrame:
    """Return the rows of a ledger as: entity, code, park, own (in the unit of the code), step, soft, bound, when."""
    rows = tables[ledger.table]
    # a column that the table has not is filled with what holds for each of its rows
    frame = rows.assign(entity=rows[ledger.entity], park=_parks(rows, tables), amount=1.0, unit=ledger.unit)
    if ledger.code:
        frame["code"] = ledger.code
    if ledger.amount:
        frame["amount"] = rows[ledger.amount]
    if ledger.unit in rows:
        frame["unit"] = rows[ledger.unit]
    if "qualifier" not in rows:
        frame["qualifier"] = ""
    digits = frame["amount"].dropna().map(decimals).max()
    codes, units = frame["code"].tolist(), frame["unit"].tolist()
    frame = frame.assign(
        own=frame["amount"] * list(map(cache(partial(_scale, dictionary=dictionary)), codes, units)),
        step=list(map(cache(partial(_step, digits=digits, dictionary=dictionary)), codes, units)),
        soft=frame["qualifier"].isin(SOFT),
        bound=frame["qualifier"] == "lower_bound",
        when=pd.Series(list(map(Period.parse, rows["period"])), rows.index, dtype=object),
    )
    return frame.dropna(subset="own")


def _scale(code: str, unit: str, dictionary: Dictionary) -> float:
    """Return how many of the code's own units one ``unit`` is: 1 where rows are counted, NaN across dimensions."""
    if not unit:
        return 1.0
    if not same_dimension(code, unit, dictionary):
        return math.nan
    return dictionary.to_own_unit(code, 1.0, unit)


def _step(code: str, unit: str, digits: int, dictionary: Dictionary) -> float:
    """Return one unit of the last printed digit, in the code's own unit; 0 for what is counted."""
    if not unit or counted(code, unit, dictionary):
        return 0.0
    return 10.0**-digits * _scale(code, unit, dictionary)


def _parks(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    if "park" in rows:
        return rows["park"]
    if "enterprises" not in tables:
        return pd.Series("", rows.index)
    if MOVES not in tables or "period" not in rows:
        parks = tables["enterprises"].set_index("enterprise")["park"]
        return rows["enterprise"].map(parks).fillna("")
    found = pd.Series("", rows.index)
    for texts, firms in by_park(tables["enterprises"], tables[MOVES], rows["period"]):
        then = rows["period"].isin(texts)
        found = found.mask(then, rows["enterprise"].map(firms.set_index("enterprise")["park"]).fillna(""))
    return found


def _compare(file: str, rows: pd.DataFrame, totals: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    """Compare one code of one ledger with every figure published of it."""
    years: dict[int, list[Any]] = {}
    for row in records(rows, "entity", "park", "own", "step", "soft", "bound", "when"):
        years.setdefault(row.when.year, []).append(row)
    newest = totals.groupby(["entity", "year"])["last"].transform("max") == totals["last"]
    # a ledger that lacks rows lacks them in every month: the newest figure of a year says so once
    for total, is_newest in zip(records(totals, *PUBLISHED), newest, strict=True):
        if total.year in years:
            yield from _judge(file, _sum(years[total.year], total), total, dictionary, is_newest=is_newest)


def _sum(rows: list[Any], total) -> Sum:
    """Return what the ledger's rows of a year come to at the end of the period of ``total``.

    A row of a month belongs to that month; one of a year, half or quarter may lie anywhere in it. An entity that has
    rows in several months reports either what was added or what it has by then: both readings are allowed.
    """
    certain: dict[str, float] = {}
    margin, possible, high = 0.0, [], 0.0
    for row in rows:
        ended = row.when.last <= total.last
        begun = ended or (row.when.kind != "month" and row.when.first <= total.last)
        here = total.entity in ("", row.park)
        if ended and here:
            # what was added again may be what there is by then: the larger row alone is certain
            certain[row.entity] = max(certain.get(row.entity, row.own), row.own)
            margin += row.step / 2
        # a row without a park may belong to any of them
        if begun and (here or row.park == ""):
            possible.append(row)
            high += math.inf if row.bound else row.own
    steps = sum(row.step for row in possible)
    soft = any(row.soft for row in possible)
    return Sum(sum(certain.values()), high, margin, steps / 2, len(possible), soft)


def _judge(file: str, listed: Sum, total, dictionary: Dictionary, *, is_newest: bool) -> Iterator[Fault]:
    """Yield the fault of one published figure, if any; only of the newest is a ledger that covers less a fault."""
    # parks are often rounded so that they add up, which moves one of them by a whole unit of its last digit
    published = span(total, steps=1 if total.entity else 0.5)
    exceeded = beyond(listed.low - published.high, listed.margin_low)
    lacking = is_newest and beyond(published.low - listed.high, listed.margin_high)
    unit = dictionary.indicators.at[total.code, "unit"]
    source = tr("what {file} adds up to by {period} ({rows} rows)", file=file, period=total.period, rows=listed.rows)
    expected, severity = (
        tr("{high} {unit}, {source}, or more rows there", high=plain(listed.high), unit=unit, source=source),
        "warning",
    )
    if exceeded:
        expected = tr("at least {low} {unit}, {source}", low=plain(listed.low), unit=unit, source=source)
        severity = "warning" if listed.soft else published.severity
    if exceeded or lacking:
        yield Fault("indicators.csv", total.Index, "value", plain(total.value), expected, severity=severity)


def _month_faults(
    source, tables: Mapping[str, pd.DataFrame], totals: pd.DataFrame, dictionary: Dictionary, partial: bool
) -> Iterator[Fault]:
    """Compare enterprises' own sales and taxes of a period with what is published for industry.

    An enterprise counts as industry by its industry code, one without a code may be; rounding may hide half a 万元 of
    each row.
    """
    # without the list of enterprises nobody is known to be industry, and anybody may be
    enterprises = tables.get("enterprises", pd.DataFrame({"enterprise": [], "park": [], "industry": []}))
    keys, columns = ["period", "park", "industry"], list(MONTHLY.values())
    if MOVES in tables:
        # each month with the parks of then
        spans = by_park(enterprises, tables[MOVES], ledger_values(source, column="period"))
        parts = [
            enterprise_totals(source, by=keys, columns=columns, enterprises=firms, periods=texts)
            for texts, firms in spans
        ]
        sums = pd.concat(parts, ignore_index=True)
    else:
        sums = enterprise_totals(source, by=keys, columns=columns, enterprises=enterprises)
    is_industry = sums["industry"].str[:1].isin(INDUSTRY)
    sums = sums.assign(is_industry=is_industry, may_be=is_industry | (sums["industry"] == ""))
    # arrays: a frame of a few rows takes a hundred times as long to filter, and there is one for each total
    months: dict[tuple[int, int], dict[str, np.ndarray]] = {}
    for text, rows in sums.groupby("period", sort=False):
        when = Period.parse(text)
        if when.first == 1:
            months[when.year, when.last] = {name: rows[name].to_numpy() for name in rows}
    for total in records(totals[totals["code"].isin(list(MONTHLY))], *PUBLISHED):
        column, here = MONTHLY[total.code], months.get((total.year, total.last))
        if here is None or np.isnan(here[column]).all():
            continue
        inside = (here["park"] == total.entity) | (total.entity == "")
        certain, possible = inside & here["is_industry"], (inside | (here["park"] == "")) & here["may_be"]
        scale = convert(1.0, "万元", dictionary.indicators.at[total.code, "unit"], dictionary.units)
        low = float(np.nansum(here[column][certain])) * scale
        high = float(np.nansum(here[column][possible])) * scale
        reported = here["enterprises"] - here[f"{column}_missing"]
        few, many = int(reported[certain].sum()), int(reported[possible].sum())
        listed = Sum(low, high, few * scale / 2, many * scale / 2, rows=many)
        yield from _judge("enterprise_months", listed, total, dictionary, is_newest=not partial)
