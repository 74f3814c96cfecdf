"""The year's schedule: linear and the indicator's own history, lag in months, what the rest of the year asks for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# years of history that a seasonal schedule is made of, and the fewest that make one
WINDOW = 5
FEWEST = 2
# a table of years by months of what has no history
NO_MONTHS = pd.DataFrame(columns=range(1, 13), dtype="float64")


@dataclass(frozen=True)
class Shares:
    """What part of the year was reached by each month in past years, in % of the year; arrays of 12, NaN unknown."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    years: NDArray[np.int64]


def seasonal_shares(cumulative: pd.DataFrame, *, before: int, window: int) -> Shares:
    """Return the seasonal schedule: s_t = mean over the full years of Y_t / Y_12, with its smallest and largest, in %.

    ``cumulative`` is a table of years by months 1 to 12 (see ``matrices``); the last ``window`` full years before the
    year ``before`` count (Y_12 above zero). A month that fewer than two of them have is NaN.
    Source: methods notes of the project, section 3.3.

    >>> table = pd.DataFrame([[10.0 * m for m in range(1, 13)], [5.0 * m for m in range(1, 13)]], [2020, 2021])
    >>> shares = seasonal_shares(table.set_axis(range(1, 13), axis=1), before=2022, window=5)
    >>> float(shares.mean[5]), int(shares.years[5])
    (50.0, 2)
    """
    rows = cumulative[cumulative.index < before].to_numpy(float)
    # a year without a total has no shares
    rows = rows[rows[:, 11] > 0][-window:]
    if len(rows) < FEWEST:
        nothing = np.full(12, np.nan)
        return Shares(nothing, nothing, nothing, np.full(12, len(rows)))
    share = rows / rows[:, 11:] * 100
    # a month that only one year has makes no schedule
    count = np.isfinite(share).sum(axis=0)
    enough = count >= FEWEST
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(enough, np.nansum(share, axis=0) / count, np.nan)
    # a month that a year lacks is neither its lowest nor its highest
    low = np.where(enough, np.where(np.isfinite(share), share, np.inf).min(axis=0), np.nan)
    high = np.where(enough, np.where(np.isfinite(share), share, -np.inf).max(axis=0), np.nan)
    return Shares(mean, low, high, count)


def linear_shares() -> NDArray[np.float64]:
    """Return the official schedule (序时进度) of months 1 to 12 in %: t / 12."""
    return np.arange(1, 13) / 12 * 100


def lag_months(completed_pct: float, shares: NDArray[np.float64], *, month: int) -> float:
    """Return how many months the completion is behind a schedule; below zero is ahead.

    t - the month at which the schedule equals k_t, interpolated between months that are known (the beginning of the
    year is 0 %). ``shares`` are 12 percentages, NaN unknown; a completion beyond the schedule of December counts as
    December's, one below zero as the beginning. Source: methods notes of the project, section 3.3.

    >>> round(lag_months(60.0, linear_shares(), month=9), 6), lag_months(120.0, linear_shares(), month=9)
    (1.8, -3.0)
    """
    known = np.flatnonzero(np.isfinite(shares))
    # a schedule that falls back or stands still for a month is reached when it is first reached
    path = np.maximum.accumulate(np.concatenate([[0.0], shares[known]]))
    when = np.concatenate([[0], known + 1])
    place = int(np.searchsorted(path, completed_pct - 1e-9))
    if place in (0, len(path)):
        return float(month - when[min(place, len(path) - 1)])
    part = min(1.0, (completed_pct - path[place - 1]) / (path[place] - path[place - 1]))
    return float(month - when[place - 1] - part * (when[place] - when[place - 1]))


def required_rate(target: float, value: float, *, month: int) -> float:
    """Return what a month of the rest of the year has to bring: (T - Y_t) / (12 - t), 0 where the target has been met.

    In the unit of ``target`` and ``value``, a month. Raises ValueError in December. Source: methods notes of the
    project, section 3.3.

    >>> required_rate(178, 123.46, month=9)
    18.18
    """
    if month >= 12:
        raise ValueError("no month is left of the year")
    return round(max(0.0, target - value) / (12 - month), 9)


def best_rate(cumulative: pd.DataFrame, *, before: int, month: int, window: int) -> float:
    """Return the best that the same months brought in the last ``window`` full years: max (Y_12 - Y_t) / (12 - t).

    ``cumulative`` is a table of years by months; NaN where no earlier year has both figures, or in December.
    """
    if month >= 12:
        return float("nan")
    rows = cumulative[cumulative.index < before]
    # the maximum of nothing is NaN
    return float(((rows[12] - rows[month]) / (12 - month)).dropna().tail(window).max())


def required_growth(target: float, value: float, *, base: float, base_year: float) -> float:
    """Return by how much in % the rest of the year has to exceed that of last year to meet the target.

    g_req = (T - Y_t) / (B_12 - B_t) - 1, T a level or (1 + g_T) B_12; ``base`` B_t and ``base_year`` B_12 are last
    year's on the comparable basis, all in one unit. NaN where last year's rest is zero or less.
    Source: methods notes of the project, section 3.3.

    >>> round(required_growth(110, 60, base=60, base_year=100), 6)
    25.0
    """
    rest = base_year - base
    if not rest > 0:
        return float("nan")
    return ((target - value) / rest - 1) * 100


def comparable_year(level_year: float, level_base: float, base: float) -> float:
    """Return last year's total on the basis of ``base``: B_12 = Y_12 x B_t / Y_t, which supposes one ratio all year.

    ``level_year`` and ``level_base`` are last year's published figures of December and of the month, ``base`` that of
    the month on the comparable basis; NaN where one is missing or the level is zero or less.

    >>> comparable_year(130.0, 100.0, 102.0)
    132.6
    """
    if not level_base > 0:
        return float("nan")
    return level_year * base / level_base


def schedule(actual: pd.Series, shares: Shares, *, target: float, month: int) -> pd.DataFrame:
    """Return the year of one indicator against its schedules, a row a month, the months ahead included.

    ``actual`` are this year's cumulative figures by month 1 to 12 (NaN unknown), from the beginning of the year of a
    net increase, in the unit of ``target``. Columns: month, value, actual_pct, linear_pct, history_mean_pct,
    history_min_pct, history_max_pct (% of the year), history_years.
    """
    values = actual.where(actual.index <= month).to_numpy(float)
    return pd.DataFrame(
        {
            "month": range(1, 13),
            "value": values,
            "actual_pct": values / target * 100,
            "linear_pct": linear_shares(),
            "history_mean_pct": shares.mean,
            "history_min_pct": shares.low,
            "history_max_pct": shares.high,
            "history_years": shares.years,
        }
    )
