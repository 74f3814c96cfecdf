"""The one shape of a result: a long frame of measures that every sentence, table and chart reads."""

from collections.abc import Iterable, Mapping

import pandas as pd

Row = dict[str, object]
COLUMNS = [
    "zone",
    "period",
    "park",
    "code",
    "measure",
    "value",
    "unit",
    "qualifier",
    "basis",
    "reason",
    "source",
    "locator",
]


def known(value: float | None, reason: str, *, qualifier: str = "") -> Row:
    """Return a figure with its qualifier, or the ``reason`` where it is missing (None or NaN).

    >>> known(3, "no_base"), known(float("nan"), "no_base")
    ({'value': 3.0, 'qualifier': ''}, {'reason': 'no_base'})
    """
    if value is None or pd.isna(value):
        return {"reason": reason}
    return {"value": float(value), "qualifier": qualifier}


def figure(
    code: str,
    measure: str,
    value: float | None,
    unit: str,
    *,
    basis: str = "",
    qualifier: str = "",
    reason: str = "no_base",
    source: str = "",
) -> Row:
    """Return the row of a measure with its value, or with ``reason`` where there is none (None or NaN)."""
    row: Row = {"code": code, "measure": measure, "unit": unit, "basis": basis, "source": source}
    return row | known(value, reason, qualifier=qualifier)


def measures_frame(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Make the long frame of ``rows``; what a row does not say is empty, a missing value is NaN.

    Every row has either a value or a reason why there is none; raises ValueError on one that has neither or both.

    >>> measures_frame([{"code": "tax", "measure": "growth", "reason": "no_base"}])[["code", "value", "reason"]]
      code  value   reason
    0  tax    NaN  no_base
    """
    listed = list(rows)
    columns = {}
    # column by column: pandas would guess the types of empty texts
    for name in COLUMNS:
        dtype, missing = ("float64", float("nan")) if name == "value" else ("str", "")
        columns[name] = pd.Series([row.get(name, missing) for row in listed], dtype=dtype).array
    frame = pd.DataFrame(columns)
    # a dash without a reason, or a figure with one, would mislead whoever prints it
    odd = frame[frame["value"].isna() == (frame["reason"] == "")]
    if len(odd):
        first = odd.iloc[0]
        raise ValueError(f"{first['code']} {first['measure']}: a measure has a value or a reason, not neither or both")
    return frame
