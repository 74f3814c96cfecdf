"""Cumulative flows as single months: January-February, missing months, takings-back."""

import numpy as np
import pandas as pd

KEYS = ["code", "entity", "year", "unit", "including"]
COLUMNS = ["code", "entity", "year", "label", "first_month", "month", "value", "unit", "flags"]


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the periods between the cumulative figures of each year, m_t = Y_t - Y_t-1.

    ``rows`` are those of ``series``. Only cumulative flows are differenced, inside one year, between figures of one
    unit and scope. Back come, for each code, entity and year: ``label`` (03; 01-02; 04-05 over a missing month, which
    is never split), ``first_month``, ``month`` (the last one), ``value`` in ``unit`` and ``flags`` (words apart by a
    blank: merged = months are missing inside; fall = the cumulative figure fell; bound = the later figure is a lower
    bound). A step down to a lower bound is left out. Source: methods notes of the project, section 3.1.
    """
    flows = rows[(rows["nature"] == "flow_ytd") & rows["value"].notna()].copy()
    if flows.empty:
        return pd.DataFrame(columns=COLUMNS)
    flows["including"] = flows["qualifier"] == "including"
    before = flows.groupby(KEYS, sort=False)[["month", "value", "qualifier"]].shift(1).add_suffix("_before")
    steps = flows.join(before)
    # what follows a figure of another unit or scope is no first figure of its year
    unlike = steps["month_before"].isna() & flows.duplicated(["code", "entity", "year"])
    bottomless = steps["qualifier_before"] == "lower_bound"
    steps = steps[~unlike & ~bottomless]
    first = steps["month_before"].fillna(0).astype("int64") + 1
    month = steps["month"].astype("int64")
    value = (steps["value"] - steps["value_before"].fillna(0)).round(9)
    texts = month.map("{:02d}".format)
    # January and February reported together are no missing month
    merged = (month > first) & ~((first == 1) & (month == 2))
    flags = pd.Series(np.where(merged, "merged ", ""), steps.index) + np.where(value < 0, "fall ", "")
    flags += np.where(steps["qualifier"] == "lower_bound", "bound", "")
    made = steps.assign(
        label=texts.where(first == month, first.map("{:02d}-".format) + texts),
        first_month=first,
        month=month,
        value=value,
        flags=flags.str.strip(),
    )
    return made.reset_index(drop=True)[COLUMNS]
