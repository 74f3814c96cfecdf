"""Figures made comparable: the latest vintage, in the unit of the dictionary, with what rounding may hide."""

import math
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Any

import pandas as pd

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.period import Period
from zonereport.inputs.units import ratio, times

# what a source itself is not sure of contradicts nothing for certain
SOFT = ("estimate", "approximate")


@dataclass(frozen=True)
class Span:
    """What a figure may really be: from ``low`` to ``high``; ``soft`` where its source only estimates it."""

    low: float
    high: float
    soft: bool = False

    @property
    def severity(self) -> str:
        """How bad a contradiction of this figure is: an estimate contradicts nothing for certain."""
        return "warning" if self.soft else "error"

    def __add__(self, other: "Span") -> "Span":
        """What the sum of two figures may be: as soft as the softer of them."""
        return Span(self.low + other.low, self.high + other.high, self.soft or other.soft)


def figures(frame: pd.DataFrame, dictionary: Dictionary, *, entity: str, other_dimension: bool = False) -> pd.DataFrame:
    """Return the rows with a value, the latest vintage of each, sorted by code, entity and end of period.

    ``frame`` is a typed table with period, code, value, unit, source and the column that ``entity`` names (park or
    peer); its index is the row in the file and stays so. Added are ``entity``, ``own`` (the value in the unit of the
    dictionary), ``step`` (one unit of the last printed digit, in that unit; 0 for counts, which are not rounded),
    ``when`` (Period), ``year``, ``last``, ``cumulative`` (from January on) and ``nature``. Values in an allowed unit
    of another dimension (万美元 and 亿元, 家 and 家次) have no common measure with the others and are left out; those
    are what ``other_dimension`` asks for, ``own`` is then in the first allowed unit of their dimension. ``own_unit``
    names it.
    """
    rows = frame.assign(entity=frame[entity]).dropna(subset="value")
    # a revision replaces what it revises, here as in the report
    if "vintage" in rows:
        rows = rows.sort_values("vintage", kind="stable").drop_duplicates(["period", "code", "entity"], keep="last")
    # the same few codes and units come thousands of times: each pair of them is looked up once
    own_unit = cache(partial(_own_unit, dictionary=dictionary))
    factor = cache(partial(_factor, dictionary=dictionary))
    step = cache(partial(_step, dictionary=dictionary))
    rows = rows.assign(own_unit=list(map(own_unit, rows["code"].tolist(), rows["unit"].tolist())))
    rows = rows[(rows["own_unit"] != rows["code"].map(dictionary.indicators["unit"])) == other_dimension]
    when = list(map(Period.parse, rows["period"].tolist()))
    # typed numbers have lost their trailing zeros: the finest digit that a source prints speaks for the others
    printed = [rows["code"], rows["unit"], rows["source"], rows["entity"] == ""]
    digits = rows["value"].map(decimals).groupby(printed).transform("max")
    codes, units = rows["code"].tolist(), rows["unit"].tolist()
    rows = rows.assign(
        own=list(map(times, rows["value"].tolist(), map(factor, codes, units))),
        step=list(map(step, codes, units, digits.tolist())),
        when=pd.Series(when, rows.index, dtype=object),
        year=[period.year for period in when],
        last=[period.last for period in when],
        cumulative=[period.first == 1 for period in when],
        nature=rows["code"].map(dictionary.indicators["nature"]),
        qualifier=rows.get("qualifier", ""),
    )
    return rows.sort_values(["code", "entity", "year", "last"], kind="stable")


def records(rows: pd.DataFrame, *columns: str) -> Iterator[Any]:
    """Yield the rows as named tuples of ``columns`` and ``Index``: itertuples() is slow where columns hold text.

    >>> next(records(pd.DataFrame({"code": ["tax"], "value": [1.5]}, index=[7]), "code"))
    Row(Index=7, code='tax')
    """
    row = namedtuple("Row", ["Index", *columns])
    return map(row._make, zip(rows.index.tolist(), *(rows[name].tolist() for name in columns), strict=True))


def span(row, steps: float = 0.5) -> Span:
    """Return what the figure of ``row`` (own, step, qualifier) may be: ``steps`` units of its last digit either way.

    >>> from types import SimpleNamespace
    >>> span(SimpleNamespace(own=850.0, step=0.0, qualifier="lower_bound"))
    Span(low=850.0, high=inf, soft=False)
    >>> span(SimpleNamespace(own=3.5, step=0.5, qualifier="estimate"), steps=1)
    Span(low=3.0, high=4.0, soft=True)
    """
    margin = steps * row.step
    high = row.own + margin
    # 以上 may be any amount more
    if row.qualifier == "lower_bound":
        high = math.inf
    return Span(row.own - margin, high, row.qualifier in SOFT)


def slack(one, other) -> float:
    """Return how far rounding alone can turn the order of two figures around.

    Figures rounded to the same digit keep their order; else the coarser one may be off by half its last digit.
    """
    if math.isclose(one.step, other.step):
        return 0.0
    return max(one.step, other.step) / 2


def beyond(difference: float, allowed: float) -> bool:
    """Whether ``difference`` is more than ``allowed``, binary dust apart.

    >>> beyond(0.1 + 0.2 - 0.3, 0.0), beyond(0.01, 0.0)
    (False, True)
    """
    return difference > allowed + 1e-9 * max(1.0, abs(allowed))


def decimals(number: float) -> int:
    """Return how many decimals a number was typed with (trailing zeros are not known any more).

    >>> decimals(165.0), decimals(5.45), decimals(1e-05)
    (0, 2, 5)
    """
    # repr() is the shortest decimal that is this float: what was typed
    exponent = Decimal(repr(float(number))).normalize().as_tuple().exponent
    return max(0, -exponent)


def plain(number: float) -> str:
    """Return a number as it would be typed into a table.

    >>> plain(165.0), plain(0.1 + 0.2), plain(16500000000.0)
    ('165', '0.3', '16500000000')
    """
    # a float holds some fifteen digits: more decimals of a large number would print its binary dust
    places = 12 if abs(number) < 1 else 6
    text = f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".")


def counted(code: str, unit: str, dictionary: Dictionary) -> bool:
    """Whether a figure is a count (家, 人, 件): a base unit that the dictionary prints without decimals."""
    entry = dictionary.units.get(unit)
    return entry is not None and entry.scale == 1 and dictionary.indicators.at[code, "decimals"] == 0


def _own_unit(code: str, unit: str, dictionary: Dictionary) -> str:
    """Return the unit of ``code``, or of its allowed units the first that measures what ``unit`` measures."""
    # a compound unit (亿元/个) has no entry of its own and stands only for itself
    if unit not in dictionary.units:
        return unit
    for other in (dictionary.indicators.at[code, "unit"], *dictionary.allowed_units[code]):
        if other == unit or dictionary.units[other].dimension == dictionary.units[unit].dimension:
            return other
    return unit


def _factor(code: str, unit: str, dictionary: Dictionary) -> Fraction:
    """Return how many of the units that figures of ``code`` are compared in one ``unit`` is."""
    return ratio(unit, _own_unit(code, unit, dictionary), dictionary.units)


def _step(code: str, unit: str, digits: int, dictionary: Dictionary) -> float:
    """Return one unit of the last of ``digits`` decimals, in the unit that is compared; 0 for counts."""
    if counted(code, unit, dictionary):
        return 0.0
    return times(10.0**-digits, _factor(code, unit, dictionary))


def same_dimension(code: str, unit: str, dictionary: Dictionary) -> bool:
    """Whether ``unit`` measures what the unit of ``code`` measures."""
    try:
        dictionary.to_own_unit(code, 1.0, unit)
    except ValueError:
        return False
    return True
