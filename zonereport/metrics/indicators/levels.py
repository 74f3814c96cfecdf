"""What a source publishes of an indicator: its value, growth, rank and the distance to its target."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.indicators.growth import growth_word

# natures of which parts do not add up to a whole
RATES = ("ratio", "growth")
PERCENT = "%"


def published(indicators: pd.DataFrame, dictionary: Dictionary, *, period: Period, park: str) -> Iterator[Row]:
    """Yield the measures value, growth, rank and rank_of of every code that has a row for the period.

    ``indicators`` is the typed table: period, code, park, value, unit, qualifier, growth_pct (%), growth_basis,
    rank, rank_of, source, locator. Values come out in the dictionary's unit, those of another currency in their own.
    Of several vintages the latest counts.
    A value that is missing is ``direction_only`` where the source says only that it fell, else ``not_reported``.
    Source: domain notes of the project, section 3.
    """
    here = _latest(indicators, period, park)
    before = _latest(indicators, period.same_last_year, park)
    for code, row in here.iterrows():
        # with the place in the source, or the cell of the book, where there is one
        common = {"code": code, "source": row["source"], "locator": row["locator"]}
        unit = dictionary.printed_unit(code, row["unit"])
        missing = "not_reported"
        if row["qualifier"] == "decreased":
            missing = "direction_only"
        value = common | {"measure": "value", "unit": unit, "qualifier": row["qualifier"]}
        yield value | known(_own(code, row, dictionary), missing, qualifier=row["qualifier"])
        yield common | {"measure": "growth"} | _growth(code, row, before, dictionary)
        for measure in ("rank", "rank_of"):
            yield common | {"measure": measure, "unit": "位"} | known(row[measure], "not_reported")


def grows_in_points(nature: str, unit: str) -> bool:
    """Return whether growth is a difference in percentage points: of a rate in %, not of an amount per project or mu.

    >>> grows_in_points("ratio", "%"), grows_in_points("ratio", "万元/亩"), grows_in_points("flow_ytd", "亿元")
    (True, False, False)
    """
    return nature in RATES and unit == PERCENT


def growth(published_pct: float, basis: str, value: float | None, base: float | None, is_rate: bool) -> Row:
    """Return year-on-year growth in %, or the change in percentage points of an indicator that is itself a rate.

    g = (c / p - 1) x 100 with p > 0; for rates c - p. A published growth wins, because the source computes it on a
    comparable basis. Reasons: ``no_base``, ``not_reported`` (no value), ``zero_base``, ``negative_base``,
    ``negative_value`` (p > 0, c < 0); of the last three ``basis`` is the word that statistics have for it
    (growth_word).

    >>> growth(float("nan"), "", 110.0, 100.0, False)["value"]
    10.0
    >>> growth(3.2, "comparable", 110.0, 100.0, False)
    {'value': 3.2, 'basis': 'published comparable', 'unit': '%'}
    >>> growth(float("nan"), "", 110.0, None, False)["reason"]
    'no_base'
    >>> growth(float("nan"), "", 5.0, -10.0, False)
    {'reason': 'negative_base', 'unit': '%', 'basis': 'turned_profit'}
    """
    unit = _growth_unit(is_rate)
    if pd.notna(published_pct):
        return {"value": published_pct, "basis": f"published {basis}".strip(), "unit": unit}
    if value is None:
        return {"reason": "not_reported", "unit": unit}
    if base is None:
        return {"reason": "no_base", "unit": unit}
    if is_rate:
        return {"value": value - base, "basis": "level", "unit": unit}
    if base == 0:
        return {"reason": "zero_base", "unit": unit, "basis": growth_word(value, base)}
    if base < 0:
        return {"reason": "negative_base", "unit": unit, "basis": growth_word(value, base)}
    if value < 0:
        return {"reason": "negative_value", "unit": unit, "basis": growth_word(value, base)}
    return {"value": (value - base) / base * 100, "basis": "level", "unit": unit}


def _growth_unit(is_rate: bool) -> str:
    return "个百分点" if is_rate else "%"


def _growth(code: str, row: pd.Series, before: pd.DataFrame, dictionary: Dictionary) -> Row:
    """The growth of one row against the same period of last year, where the two may be compared."""
    nature, own_unit, source = dictionary.indicators.loc[code, ["nature", "unit", "growth_from"]]
    is_rate = grows_in_points(nature, own_unit)
    value = _own(code, row, dictionary)
    if pd.notna(row["growth_pct"]) or value is None or code not in before.index:
        return growth(row["growth_pct"], row["growth_basis"], value, None, is_rate)
    base = before.loc[code]
    unit = _growth_unit(is_rate)
    if source == "published":
        return {"reason": "published_only", "unit": unit}
    # an amount that includes what last year's did not is another amount
    other_scope = "including" in (row["qualifier"], base["qualifier"]) and row["qualifier"] != base["qualifier"]
    if other_scope or dictionary.printed_unit(code, row["unit"]) != dictionary.printed_unit(code, base["unit"]):
        return {"reason": "basis_changed", "unit": unit}
    qualifier = combined_qualifier("ratio", row["qualifier"], base["qualifier"])
    if qualifier == "bounds":
        return {"reason": "bounds", "unit": unit}
    made = growth(row["growth_pct"], "", value, _own(code, base, dictionary), is_rate)
    if "value" in made:
        made["qualifier"] = qualifier
    return made


def _own(code: str, row: pd.Series, dictionary: Dictionary) -> float | None:
    if pd.isna(row["value"]):
        return None
    return convert(row["value"], row["unit"], dictionary.printed_unit(code, row["unit"]), dictionary.units)


def _latest(indicators: pd.DataFrame, period: Period, park: str) -> pd.DataFrame:
    """The last vintage of each code in the period, indexed by code in the order of the table."""
    rows = indicators[(indicators["period"] == str(period)) & (indicators["park"] == park)]
    # of several vintages the latest counts
    rows = rows.sort_values("vintage", kind="stable").drop_duplicates("code", keep="last")
    return rows.sort_index().set_index("code")
