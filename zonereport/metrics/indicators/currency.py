"""Amounts in a foreign currency, in yuan: month by month at named rates, or not at all."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from zonereport.inputs import Period, Refused
from zonereport.inputs.rates import to_cny
from zonereport.inputs.units import convert
from zonereport.metrics.frame import Row
from zonereport.metrics.scope import Scope

YUAN = "亿元"
# the dimension of an amount of money is the code of its currency
CURRENCY_LETTERS = 3


def figures(scope: Scope) -> Iterator[Row]:
    """Yield value_cny (亿元) and growth_cny (%) of every indicator that came in a foreign currency.

    A cumulative flow is converted month by month, each step at the average rate of its months; a stock at the rate
    of the period's end: see ``zonereport.inputs.rates.to_cny``. 1 + g_cny = (1 + g_usd)(1 + d), so the growth differs
    from that in the currency by the move of the rate d. Reasons: ``no_rate`` where data/dictionary/rates.csv lacks a
    month, ``no_base``, ``zero_base``. Source: methods notes of the project, section 3.14.
    """
    rows = scope.known[(scope.known["measure"] == "value") & (scope.known["reason"] == "")]
    for row in rows.itertuples():
        unit = scope.dictionary.units.get(row.unit)
        if unit is None or unit.dimension == "cny" or len(unit.dimension) != CURRENCY_LETTERS:
            continue
        common: Row = {"code": row.code, "source": row.source, "qualifier": row.qualifier}
        now = in_yuan(scope, row.code, row.unit, scope.period)
        base = in_yuan(scope, row.code, row.unit, replace(scope.period, year=scope.period.year - 1))
        yield common | {"measure": "value_cny", "unit": YUAN} | _value(now)
        yield common | {"measure": "growth_cny", "unit": "%"} | _growth(now, base)


def in_yuan(scope: Scope, code: str, unit: str, period: Period) -> float | None:
    """Return the amount of ``period`` in YUAN; NaN without an amount, None without a rate."""
    rows = scope.history[(scope.history["code"] == code) & (scope.history["entity"] == scope.park)]
    rows = rows[(rows["year"] == period.year) & (rows["unit"] == unit) & rows["value"].notna()]
    rows = rows[rows["month"] <= period.last]
    if rows.empty or rows["month"].iloc[-1] != period.last:
        return float("nan")
    values, months = rows["value"].tolist(), (f"{period.year}-" + rows["month"].map("{:02d}".format)).tolist()
    is_flow = scope.dictionary.indicators.at[code, "nature"] == "flow_ytd"
    try:
        if is_flow:
            made = to_cny(values, unit, months, scope.dictionary.rates, units=scope.dictionary.units)[-1]
        else:
            made = to_cny(values[-1], unit, months[-1], scope.dictionary.rates, units=scope.dictionary.units)
    except Refused:
        return None
    # 万美元 become 万元: the same power of ten of the other currency
    scale = float(scope.dictionary.units[unit].scale)
    return convert(made, "元", YUAN, scope.dictionary.units) * scale


def _value(now: float | None) -> Row:
    if now is None:
        return {"reason": "no_rate"}
    if pd.isna(now):
        return {"reason": "not_reported"}
    return {"value": now, "basis": "average rates by month"}


def _growth(now: float | None, base: float | None) -> Row:
    if now is None or base is None:
        return {"reason": "no_rate"}
    if pd.isna(base) or pd.isna(now):
        return {"reason": "no_base"}
    if base == 0:
        return {"reason": "zero_base"}
    return {"value": (now / base - 1) * 100, "basis": "level in yuan"}
