"""Ratios, differences and sums that published figures allow; the dictionary says which."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Dictionary
from zonereport.inputs.units import convert

Row = dict[str, object]


def derived(values: pd.DataFrame, dictionary: Dictionary) -> Iterator[Row]:
    """The measure ``value`` of every formula of the dictionary whose two parts have a row.

    ``values`` are the measures ``value`` of one zone, period and park: code, value, unit, qualifier, reason, source.
    ratio = left / right, difference = left - right, sum = left + right, in the unit of the derived code. A part
    without a value hands on its reason; a zero denominator is ``zero_base``; two bounds that do not add up to a
    bound are ``bounds``.
    """
    known = values.set_index("code")
    for code, formula in dictionary.derived.iterrows():
        if code in known.index or not {formula["left"], formula["right"]} <= set(known.index):
            continue
        left, right = known.loc[formula["left"]], known.loc[formula["right"]]
        unit = dictionary.indicators.at[code, "unit"]
        common = {
            **{"code": code, "measure": "value", "unit": unit, "basis": formula["operation"]},
            "source": ";".join(dict.fromkeys([left["source"], right["source"]])),
        }
        reason = left["reason"] or right["reason"]
        qualifier = "" if reason else combined_qualifier(formula["operation"], left["qualifier"], right["qualifier"])
        if qualifier == "bounds" or (not reason and formula["operation"] == "ratio" and right["value"] == 0):
            reason = "bounds" if qualifier == "bounds" else "zero_base"
        if reason:
            yield {**common, "reason": reason}
        else:
            yield {
                **common,
                "qualifier": qualifier,
                "value": _combine(formula["operation"], left, right, unit, dictionary),
            }


def combined_qualifier(operation: str, left: str, right: str) -> str:
    """The qualifier of a figure made of two: an estimate stays one, a bound stays one or leaves nothing to say.

    >>> combined_qualifier("ratio", "estimate", ""), combined_qualifier("sum", "lower_bound", "lower_bound")
    ('estimate', 'lower_bound')
    >>> combined_qualifier("ratio", "", "lower_bound"), combined_qualifier("ratio", "lower_bound", "lower_bound")
    ('upper_bound', 'bounds')
    """
    bounds = (left == "lower_bound", right == "lower_bound")
    if any(bounds) and operation == "sum":
        return "lower_bound"
    if any(bounds):
        return "bounds" if all(bounds) else "lower_bound" if bounds[0] else "upper_bound"
    return next((q for q in ("estimate", "approximate") if q in (left, right)), "")


def _combine(operation: str, left: pd.Series, right: pd.Series, unit: str, dictionary: Dictionary) -> float:
    if operation == "ratio":
        return convert(left["value"] / right["value"], f"{left['unit']}/{right['unit']}", unit, dictionary.units)
    a, b = (convert(part["value"], part["unit"], unit, dictionary.units) for part in (left, right))
    # published figures have few decimals: keep the binary dust of 5.45 - 2.06 out of tables and files
    return round(a + b if operation == "sum" else a - b, 9)
