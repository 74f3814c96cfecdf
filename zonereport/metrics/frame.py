"""The one shape of a result: a long frame of measures that every sentence, table and chart reads."""

from collections.abc import Iterable, Mapping

import pandas as pd

COLUMNS = ["zone", "period", "park", "code", "measure", "value", "unit", "qualifier", "basis", "reason", "source"]


def measures_frame(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Make the long frame of ``rows``; what a row does not say is empty, a missing value is NaN.

    Every row has either a value or a reason why there is none; raises ValueError on one that has neither or both.

    >>> measures_frame([{"code": "tax", "measure": "growth", "reason": "no_base"}])[["code", "value", "reason"]]
      code  value   reason
    0  tax    NaN  no_base
    """
    empty = dict.fromkeys(COLUMNS, "") | {"value": float("nan")}
    filled = [empty | dict(row) for row in rows]
    types = dict.fromkeys(COLUMNS, "str") | {"value": "float64"}
    frame = pd.DataFrame({name: pd.Series([row[name] for row in filled], dtype=types[name]).array for name in COLUMNS})
    odd = frame[frame["value"].isna() == (frame["reason"] == "")]
    if len(odd):
        first = odd.iloc[0]
        raise ValueError(f"{first['code']} {first['measure']}: a measure has a value or a reason, not neither or both")
    return frame
