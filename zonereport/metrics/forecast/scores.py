"""Forecasts of past editions against what the year brought: error, coverage, pinball loss."""

import itertools
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from zonereport.inputs import Period
from zonereport.metrics.forecast.models import Prediction, naive, predict

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
STORED = ["zone", "park", "code", "year", "month", "p10", "p50", "p90", "unit"]
SCORES = ["month", "forecasts", "mape_pct", "with_interval", "coverage_pct", "pinball_pct"]


def stored_forecasts(editions: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the forecasts in the long frames of past editions (measures.csv), a row a zone, park, code and period.

    Columns: zone, park, code, year, month (until when figures were known), p10, p50, p90 in ``unit``, NaN where the
    edition gave a reason instead. Only forecasts with a median come back.
    """
    measures = [f"forecast_{name}" for name in QUANTILES]
    frames = [frame[frame["measure"].isin(measures)] for frame in editions]
    # no edition, no forecasts
    if not any(map(len, frames)):
        return pd.DataFrame(columns=STORED)
    rows = pd.concat(frames, ignore_index=True)
    keys = ["zone", "park", "code", "period"]
    rows = rows.assign(name=rows["measure"].str.removeprefix("forecast_")).fillna({"park": ""})
    wide = rows.pivot_table(index=keys, columns="name", values="value", aggfunc="last").reset_index()
    wide = wide.reindex(columns=[*keys, *QUANTILES])
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

    ``forecasts`` has code, park, year, month, p10, p50, p90 (NaN without an interval); ``actuals`` code, park, year
    and value, the year's total in the same unit, both of one zone. Columns: month, forecasts (how many), mape_pct =
    mean |p50 / y - 1| x 100, with_interval (how many), coverage_pct = part of y inside p10 ... p90, pinball_pct =
    mean over the three quantiles of the pinball loss by y x 100 (of the forecasts with an interval). Without an
    actual above zero a forecast is left out. Source: methods notes of the project, section 3.5.

    >>> names = ["code", "park", "year", "month", "p10", "p50", "p90"]
    >>> made = pd.DataFrame([("a", "", 2021, 6, 90.0, 100.0, 110.0)], columns=names)
    >>> came = pd.DataFrame({"code": ["a"], "park": [""], "year": [2021], "value": [80.0]})
    >>> scores(made, came).iloc[0].round(1).tolist()
    [6.0, 1.0, 25.0, 1.0, 0.0, 9.2]
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
        interval=interval,
        inside=((rows["p10"] <= y) & (y <= rows["p90"])).where(interval).astype(float) * 100,
        loss=pd.Series(losses, rows.index).where(interval) * 100,
    )
    every = pd.concat([rows, rows.assign(month=0)])
    groups = every.groupby("month")
    means = {"error": "mape_pct", "inside": "coverage_pct", "loss": "pinball_pct"}
    made = groups[list(means)].mean().rename(columns=means)
    made = made.assign(forecasts=groups.size(), with_interval=groups["interval"].sum())
    # all months come last
    return made.sort_index(key=lambda months: months.where(months > 0, 13)).reset_index()[SCORES]


def _quantiles(one: Prediction) -> dict[str, float]:
    return {name: one.quantile(level) for name, level in QUANTILES.items()}


def backtest(
    tables: Mapping[str, pd.DataFrame],
    *,
    months: Iterable[int],
    gross: bool,
    with_sarima: bool,
    years: Collection[int] | None = None,
) -> pd.DataFrame:
    """Return what the forecast would have said in the past, year by year, each from the years before it alone.

    ``tables`` are cumulative figures of years by months 1 to 12, by code (see ``matrices``); every year with a
    December above zero that the rules allow a forecast for counts. A row a code, year, month and method: share,
    carry, sarima, ``headline`` and ``naive`` (last year's rest carried forward), with p10, p50, p90 and ``value``,
    the total that came. Rows of one method go into ``scores``. ``with_sarima`` fits a model a case, which takes its
    time. ``years``: only these, all where it is None.
    """
    made = []
    for code, table in tables.items():
        figures, there = table.to_numpy(float), list(table.index)
        asked = [row for row in range(1, len(there)) if years is None or there[row] in years]
        for row, month in itertools.product(asked, months):
            total = figures[row, 11]
            known = figures[: row + 1].copy()
            # what came later was not known then
            known[-1, month:] = np.nan
            head, methods = predict(known, month=month, gross=gross, with_sarima=with_sarima, sarima_coverage_pct=None)
            if head is None or not total > 0:
                continue
            place = {"code": code, "park": "", "year": there[row], "month": month, "value": total}
            made += [place | {"method": one.method} | _quantiles(one) for one in methods]
            made.append(place | {"method": "headline"} | _quantiles(head))
            made.append(place | {"method": "naive", "p50": naive(known, month=month)})
    return pd.DataFrame(made, columns=["code", "park", "year", "month", "method", *QUANTILES, "value"])
