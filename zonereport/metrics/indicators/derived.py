"""Ratios, differences and sums that published figures allow; the dictionary says which."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Dictionary
from zonereport.inputs.units import convert
from zonereport.metrics.frame import Row


def derived(values: pd.DataFrame, dictionary: Dictionary) -> Iterator[Row]:
    """Yield the measure ``value`` of every formula of the dictionary whose two parts have a row.

    ``values`` are the measures ``value`` of one zone, period and park: code, value, unit, qualifier, reason, source.
    ratio = left / right, difference = left - right, sum = left + right, in the unit of the derived code. A part
    without a value hands on its reason; a zero denominator is ``zero_base``; two bounds that do not add up to a
    bound are ``bounds``.
    """
    measured = values.set_index("code")
    for code, formula in dictionary.derived.iterrows():
        parts = {formula["left"], formula["right"]}
        # what a source publishes itself is not computed
        if code in measured.index or not parts <= set(measured.index):
            continue
        left, right = measured.loc[formula["left"]], measured.loc[formula["right"]]
        row: Row = {"code": code, "measure": "value", "unit": dictionary.indicators.at[code, "unit"]}
        row |= {"basis": formula["operation"], "source": ";".join(dict.fromkeys([left["source"], right["source"]]))}
        row["locator"] = "；".join(dict.fromkeys(filter(None, [left["locator"], right["locator"]])))
        yield row | _combined(formula["operation"], left, right, row["unit"], dictionary)


def _combined(operation: str, left: pd.Series, right: pd.Series, unit: str, dictionary: Dictionary) -> Row:
    """The figure made of two parts with its qualifier, or the reason why there is none."""
    reason = left["reason"] or right["reason"]
    if reason:
        return {"reason": reason}
    qualifier = combined_qualifier(operation, left["qualifier"], right["qualifier"])
    if qualifier == "bounds":
        return {"reason": "bounds"}
    if operation == "ratio":
        if right["value"] == 0:
            return {"reason": "zero_base"}
        units = f"{left['unit']}/{right['unit']}"
        return {"qualifier": qualifier, "value": convert(left["value"] / right["value"], units, unit, dictionary.units)}
    first = convert(left["value"], left["unit"], unit, dictionary.units)
    second = convert(right["value"], right["unit"], unit, dictionary.units)
    if operation == "difference":
        second = -second
    # published figures have few decimals: keep the binary dust of 5.45 - 2.06 out of tables and files
    return {"qualifier": qualifier, "value": round(first + second, 9)}


def combined_qualifier(operation: str, left: str, right: str) -> str:
    """Return the qualifier of a figure made of two: an estimate stays one, a bound stays one or leaves nothing to say.

    >>> combined_qualifier("ratio", "estimate", ""), combined_qualifier("sum", "lower_bound", "lower_bound")
    ('estimate', 'lower_bound')
    >>> combined_qualifier("ratio", "", "lower_bound"), combined_qualifier("ratio", "lower_bound", "lower_bound")
    ('upper_bound', 'bounds')
    """
    if "lower_bound" in (left, right):
        if operation == "sum":
            return "lower_bound"
        if left == right:
            return "bounds"
        # at least so much over a figure is a lower bound, a figure over at least so much an upper one
        return "lower_bound" if left == "lower_bound" else "upper_bound"
    for soft in ("estimate", "approximate"):
        if soft in (left, right):
            return soft
    return ""
