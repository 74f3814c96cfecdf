"""Forecasts of past editions against what the year brought: error, coverage, pinball loss."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from zonereport.inputs import Period

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
STORED = ["zone", "park", "code", "year", "month", "p10", "p50", "p90", "naive", "unit"]
SCORES = ["month", "forecasts", "mape_pct", "naive_mape_pct", "with_interval", "coverage_pct", "pinball_pct"]


def stored_forecasts(editions: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the forecasts in the long frames of past editions (measures.csv), a row a zone, park, code and period.

    Columns: zone, park, code, year, month (until when figures were known), p10, p50, p90 and naive in ``unit``, NaN
    where the edition gave a reason instead, or none. Only forecasts with a median come back.
    """
    measures = [f"forecast_{name}" for name in (*QUANTILES, "naive")]
    frames = [frame[frame["measure"].isin(measures)] for frame in editions]
    # no edition, no forecasts
    if not any(map(len, frames)):
        return pd.DataFrame(columns=STORED)
    rows = pd.concat(frames, ignore_index=True)
    keys = ["zone", "park", "code", "period"]
    rows = rows.assign(name=rows["measure"].str.removeprefix("forecast_")).fillna({"park": ""})
    wide = rows.pivot_table(index=keys, columns="name", values="value", aggfunc="last").reset_index()
    wide = wide.reindex(columns=[*keys, *QUANTILES, "naive"])
    units = rows[rows["name"] == "p50"].drop_duplicates(keys, keep="last").set_index(keys)["unit"]
    periods = wide["period"].map(Period.parse)
    wide = wide.assign(year=periods.map(lambda period: period.year), month=periods.map(lambda period: period.last))
    wide = wide.join(units, on=keys)
    return wide[wide["p50"].notna()].reset_index(drop=True)[STORED]


def pinball(actual: ArrayLike, quantile: ArrayLike, *, level: float) -> np.ndarray:
    """The pinball loss of a quantile forecast: (y - q) x level where y >= q, else (q - y) x (1 - level), of any shape.

    >>> pinball([12.0, 8.0], [10.0, 10.0], level=0.9).round(9).tolist()
    [1.8, 0.2]
    """
    miss = np.asarray(actual, float) - np.asarray(quantile, float)
    return np.maximum(level * miss, (level - 1) * miss)


def scores(forecasts: pd.DataFrame, actuals: pd.DataFrame) -> pd.DataFrame:
    """Return how good stored forecasts were, a row a month in which they were made, and one of all months (month 0).

    ``forecasts`` has code, park, year, month, p10, p50, p90 (NaN without an interval), naive; ``actuals`` code, park,
    year and value, the year's total in the same unit, both of one zone. Columns: month, forecasts (how many),
    mape_pct = mean |p50 / y - 1| x 100, naive_mape_pct the same of naive (NaN where one of them has none),
    with_interval (how many), coverage_pct = part of y inside p10 ... p90, pinball_pct = mean over the three quantiles
    of the pinball loss by y x 100 (of the forecasts with an interval). Without an actual above zero a forecast is left
    out. Source: methods notes of the project, section 3.5.

    >>> names = ["code", "park", "year", "month", "p10", "p50", "p90", "naive"]
    >>> made = pd.DataFrame([("a", "", 2021, 6, 90.0, 100.0, 110.0, 88.0)], columns=names)
    >>> came = pd.DataFrame({"code": ["a"], "park": [""], "year": [2021], "value": [80.0]})
    >>> scores(made, came).iloc[0].round(1).tolist()
    [6.0, 1.0, 25.0, 10.0, 1.0, 0.0, 9.2]
    """
    rows = forecasts.merge(actuals[["code", "park", "year", "value"]], on=["code", "park", "year"])
    rows = rows[(rows["value"] > 0) & rows["p50"].notna()]
    if rows.empty:
        return pd.DataFrame(columns=SCORES)
    y = rows["value"]
    interval = rows["p10"].notna() & rows["p90"].notna()
    # in parts of the figure, so that large indicators do not rule the mean
    losses = sum(pinball(y, rows[name], level=level) for name, level in QUANTILES.items()) / len(QUANTILES) / y
    rows = rows.assign(
        error=(rows["p50"] / y - 1).abs() * 100,
        naive_error=(rows["naive"] / y - 1).abs() * 100,
        interval=interval,
        inside=((rows["p10"] <= y) & (y <= rows["p90"])).where(interval).astype(float) * 100,
        loss=pd.Series(losses, rows.index).where(interval) * 100,
    )
    every = pd.concat([rows, rows.assign(month=0)])
    groups = every.groupby("month")
    means = {"error": "mape_pct", "inside": "coverage_pct", "loss": "pinball_pct"}
    made = groups[list(means)].mean().rename(columns=means)
    # beside the rule's mean only that of the same forecasts says which was better
    whole = groups["naive_error"].count() == groups.size()
    naive = groups["naive_error"].mean().where(whole)
    made = made.assign(forecasts=groups.size(), with_interval=groups["interval"].sum(), naive_mape_pct=naive)
    # all months come last
    return made.sort_index(key=lambda months: months.where(months > 0, 13)).reset_index()[SCORES]
