"""Ledgers against published totals: what is listed by name must fit what is published as a number."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault
from zonereport.inputs.figures import SOFT, beyond, counted, decimals, plain, records, same_dimension, span
from zonereport.inputs.ledgers import enterprise_totals
from zonereport.inputs.period import Period
from zonereport.inputs.units import convert


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
# what is said of a published figure
PUBLISHED = ("code", "entity", "period", "year", "last", "value", "own", "step", "qualifier")
# mining, manufacturing, energy and water: what statistics calls industry
INDUSTRY = ("B", "C", "D")


def ledger_faults(tables: Mapping[str, pd.DataFrame], published: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Published figures that a ledger exceeds (error), or whose ledger covers only a part of them (warning).

    ``tables`` are the typed tables of a zone, ``published`` the figures() of indicators.csv, whose rows the faults
    name. A year for which a ledger has no row at all is not judged.
    """
    totals = published[(published["nature"] == "flow_ytd") & published["cumulative"]]
    faults = []
    for ledger in LEDGERS:
        if ledger.table in tables and (not ledger.code or ledger.code in dictionary.indicators.index):
            entries = _entries(ledger, tables, dictionary)
            for code, rows in entries.groupby("code", sort=False):
                faults += _compare(f"{ledger.table}.csv", rows, totals[totals["code"] == code], dictionary)
    if "enterprise_months" in tables:
        faults += _month_faults(tables["enterprise_months"], tables.get("enterprises"), totals, dictionary)
    return faults


def _entries(ledger: Ledger, tables: Mapping[str, pd.DataFrame], dictionary: Dictionary) -> pd.DataFrame:
    """The rows of a ledger as: entity, code, park, own (in the unit of the code), step, soft, bound, when."""
    rows = tables[ledger.table]
    code = rows["code"] if not ledger.code else pd.Series(ledger.code, rows.index)
    amount = rows[ledger.amount] if ledger.amount else pd.Series(1.0, rows.index)
    unit = rows[ledger.unit] if ledger.unit in rows else pd.Series(ledger.unit, rows.index)
    qualifier = rows["qualifier"] if "qualifier" in rows else pd.Series("", rows.index)
    digits = 0
    if ledger.amount:
        digits = amount.dropna().map(decimals).max()
    pairs = list(zip(code.tolist(), unit.tolist(), strict=True))
    scales, steps = {}, {}
    for c, u in set(pairs):
        same = u and same_dimension(c, u, dictionary)
        scale = 1.0
        if same:
            scale = convert(1.0, u, dictionary.indicators.at[c, "unit"], dictionary.units)
        scales[c, u] = scale if same or not u else math.nan
        steps[c, u] = 10.0**-digits * scale if u and not counted(c, u, dictionary) else 0.0
    frame = pd.DataFrame(
        {
            "entity": rows[ledger.entity],
            "code": code,
            "park": _parks(rows, tables),
            "own": [value * scales[pair] for value, pair in zip(amount.tolist(), pairs, strict=True)],
            "step": [steps[pair] for pair in pairs],
            "soft": qualifier.isin(SOFT),
            "bound": qualifier == "lower_bound",
            "when": pd.Series([Period.parse(text) for text in rows["period"]], rows.index, dtype=object),
        }
    )
    return frame.dropna(subset="own")


def _parks(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    if "park" in rows:
        return rows["park"]
    if "enterprises" not in tables:
        return pd.Series("", rows.index)
    parks = tables["enterprises"].set_index("enterprise")["park"]
    return rows["enterprise"].map(parks).fillna("")


def _compare(file: str, rows: pd.DataFrame, totals: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    """One code of one ledger against every figure published of it."""
    years: dict[int, list[Any]] = {}
    for row in records(rows, "entity", "park", "own", "step", "soft", "bound", "when"):
        years.setdefault(row.when.year, []).append(row)
    newest = totals.groupby(["entity", "year"])["last"].transform("max") == totals["last"]
    for total, is_newest in zip(records(totals, *PUBLISHED), newest, strict=True):
        if total.year in years:
            yield from _judge(file, _sum(years[total.year], total), total, dictionary, partial=is_newest)


def _sum(rows: list[Any], total) -> Sum:
    """What the ledger's rows of a year come to at the end of the period of ``total``.

    A row of a month belongs to that month; one of a year, half or quarter may lie anywhere in it. An entity that has
    rows in several months reports either what was added or what it has by then: both readings are allowed.
    """
    certain: dict[str, float] = {}
    margin, possible = 0.0, []
    for row in rows:
        ended = row.when.last <= total.last
        begun = ended or (row.when.kind != "month" and row.when.first <= total.last)
        here = total.entity in ("", row.park)
        if ended and here:
            certain[row.entity] = max(certain.get(row.entity, row.own), row.own)
            margin += row.step / 2
        if begun and (here or row.park == ""):
            possible.append(row)
    return Sum(
        low=sum(certain.values()),
        high=math.inf if any(row.bound for row in possible) else sum(row.own for row in possible),
        margin_low=margin,
        margin_high=sum(row.step for row in possible) / 2,
        rows=len(possible),
        soft=any(row.soft for row in possible),
    )


def _judge(file: str, made: Sum, total, dictionary: Dictionary, *, partial: bool) -> Iterator[Fault]:
    """The fault of one published figure, if any; ``partial`` tells whether a ledger that covers less is named."""
    # parks are often rounded so that they add up, which moves one of them by a whole unit of its last digit
    said = span(total, steps=1 if total.entity else 0.5)
    exceeded = beyond(made.low - said.high, made.margin_low)
    if not exceeded and not (partial and beyond(said.low - made.high, made.margin_high)):
        return
    unit = dictionary.indicators.at[total.code, "unit"]
    cell = ("indicators.csv", total.Index, "value", plain(total.value))
    sums = f"{unit}, what {file} adds up to by {total.period} ({made.rows} rows)"
    if exceeded:
        severity = "error"
        if made.soft or said.soft:
            severity = "warning"
        yield Fault(*cell, f"at least {plain(made.low)} {sums}", severity=severity)
    else:
        yield Fault(*cell, f"{plain(made.high)} {sums}, or more rows there", severity="warning")


def _month_faults(source, enterprises, totals: pd.DataFrame, dictionary: Dictionary) -> Iterator[Fault]:
    """Enterprises' own sales and taxes of a period against what is published for industry.

    An enterprise counts as industry by its industry code, one without a code may be; rounding may hide half a 万元 of
    each row.
    """
    described = enterprises if enterprises is not None else pd.DataFrame({"enterprise": [], "park": [], "industry": []})
    sums = enterprise_totals(
        source, by=["period", "park", "industry"], columns=list(MONTHLY.values()), enterprises=described
    )
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
        low, high = (float(np.nansum(here[column][rows])) * scale for rows in (certain, possible))
        reported = here["enterprises"] - here[f"{column}_missing"]
        few, many = (int(reported[rows].sum()) for rows in (certain, possible))
        made = Sum(low, high, few * scale / 2, many * scale / 2, rows=many)
        yield from _judge("enterprise_months", made, total, dictionary, partial=True)
