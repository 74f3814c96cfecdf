"""Which enterprises a size of the dictionary is meant for, and how far each is from it."""

import datetime

import pandas as pd

from zonereport.inputs import Dictionary
from zonereport.inputs.thresholds import belongs, thresholds_on
from zonereport.inputs.units import convert

REGISTERED = "above_scale_"


def sized(enterprises: pd.DataFrame, dictionary: Dictionary, *, day: datetime.date) -> pd.DataFrame:
    """Return every enterprise with every threshold that is meant for its industry and holds on ``day``.

    ``enterprises`` is indexed by enterprise with the column ``industry`` (GB/T 4754, empty where not known: such an
    enterprise belongs to classes of all industries only). What comes back has one row an enterprise and class: class,
    enterprise, threshold_10k_yuan. Source: each row of data/dictionary/thresholds.csv names its own.
    """
    parts = []
    # many enterprises, few industries
    industries = pd.Series(enterprises["industry"].unique(), dtype="str")
    for row in thresholds_on(dictionary.thresholds, day).itertuples():
        fitting = industries[[belongs(industry, row.industries) for industry in industries]]
        names = enterprises.index[enterprises["industry"].isin(fitting)]
        size = convert(float(row.threshold), row.unit, "万元", dictionary.units)
        parts.append(pd.DataFrame({"class": row[1], "enterprise": names, "threshold_10k_yuan": size}))
    columns = {"class": "str", "enterprise": "str", "threshold_10k_yuan": "float64"}
    # without any threshold there is nothing to put together
    if not parts:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    return pd.concat(parts, ignore_index=True).astype(columns)


def size_of(name: str, dictionary: Dictionary, *, day: datetime.date) -> float:
    """Return the size of a class that has one for all its industries, in 10 000 yuan; NaN for none or several."""
    rows = thresholds_on(dictionary.thresholds, day)
    rows = rows[rows["class"] == name]
    if rows["threshold"].nunique() != 1:
        return float("nan")
    return convert(float(rows["threshold"].iloc[0]), rows["unit"].iloc[0], "万元", dictionary.units)
