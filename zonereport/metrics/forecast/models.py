"""Three ways to the year's end: seasonal share, last year's rest carried on, SARIMA with January-February merged."""

import math
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# full years that a share is made of at most, and what it takes for an interval and for a SARIMA
WINDOW = 5
FEWEST = 2
FOR_INTERVAL = 3
FOR_SARIMA = 5
# the years are 11 long: January and February are one period
PERIOD = 11
DRAWS = 4000
SEED = 2022
# a SARIMA may lend its interval once this share of its past ones held, in %
PROVEN_PCT = 75.0


@dataclass(frozen=True)
class Prediction:
    """What one method says of the year's total, as a distribution of its logarithm around the median.

    log(total) = log(``median``) + ``scale`` x t with ``freedom`` degrees of freedom (infinite: normal); a NaN ``scale``
    means that there is no interval. ``floor`` is what has been reached, and cannot be taken back in a gross flow
    (0 otherwise); ``years`` is the number of past years behind it.
    """

    method: str
    median: float
    scale: float
    freedom: float
    floor: float
    years: int

    def quantile(self, level: float) -> float:
        """The total that is not exceeded with probability ``level``; NaN without an interval (the median has one)."""
        if level == 0.5:
            return max(self.floor, self.median)
        if math.isnan(self.scale):
            return math.nan
        return max(self.floor, self.median * math.exp(self.scale * _t_quantile(self.freedom, level)))

    def probability(self, target: float) -> float:
        """P(total >= target) from the same distribution, 0 to 1; NaN without an interval.

        >>> Prediction("share", 100.0, 0.1, 3, 60.0, 4).probability(100.0)
        0.5
        """
        if math.isnan(self.scale):
            return math.nan
        if target <= self.floor or target <= 0:
            return 1.0
        if self.scale == 0:
            return float(self.median >= target)
        from scipy.special import stdtr

        return float(stdtr(min(self.freedom, 1e9), -math.log(target / self.median) / self.scale))

    @property
    def width(self) -> float:
        """The width of the interval from 10 to 90 % on the logarithm; NaN without one."""
        return 2 * self.scale * _t_quantile(self.freedom, 0.9)


def _t_quantile(freedom: float, level: float) -> float:
    from scipy.special import stdtrit

    # so many degrees of freedom are the normal distribution
    return float(stdtrit(min(freedom, 1e9), level))


def share(cumulative: NDArray[np.float64], *, month: int, gross: bool) -> Prediction | None:
    """Seasonal share: Y_t x exp(mean log(Y_12 / Y_t)), the mean over the last 5 full years.

    ``cumulative`` is years x 12 of cumulative figures, the last row the year under way (NaN unknown). The interval is
    that of a new observation, t with K - 1 degrees of freedom from the K log ratios; none below 3 years. None where
    fewer than 2 full years or no current figure above zero are known. Source: methods notes of the project, 3.5.

    >>> years = np.array([[1.0] * 6 + [2.0] * 6, [1.0] * 6 + [2.0] * 6, [3.0] * 6 + [np.nan] * 6])
    >>> share(years, month=6, gross=True).median
    6.0
    """
    known = cumulative[-1, month - 1]
    past = _full(cumulative[:-1], month)[-WINDOW:]
    if len(past) < FEWEST or not known > 0:
        return None
    # multiplicative: a year twice as large misses by twice as much
    logs = np.log(past[:, 11] / past[:, month - 1])
    n, scale = len(logs), math.nan
    if n >= FOR_INTERVAL:
        scale = float(logs.std(ddof=1)) * math.sqrt(1 + 1 / n)
    return Prediction("share", float(known * np.exp(logs.mean())), scale, n - 1, _floor(known, gross), n)


def carry(cumulative: NDArray[np.float64], *, month: int, gross: bool) -> Prediction | None:
    """Carry: last year's rest times the growth of the last three months, added to what is known.

    Y_t + (Y'_12 - Y'_t) x f with f = (Y_t - Y_t-3) / (Y'_t - Y'_t-3), of all months where fewer than three have
    passed or one is missing. The interval comes from what the same rule would have missed in the years before (log of
    actual by forecast, t with as many degrees of freedom as errors); none below 2 errors. None without a full year
    just before. ``cumulative`` as in ``share``. Source: methods notes of the project, section 3.5.
    """
    made = _carried(cumulative, len(cumulative) - 1, month)
    if math.isnan(made):
        return None
    errors = []
    for row in range(max(1, len(cumulative) - 1 - WINDOW), len(cumulative) - 1):
        past = _carried(cumulative, row, month)
        if past > 0 and cumulative[row, 11] > 0:
            errors.append(math.log(cumulative[row, 11] / past))
    n, scale = len(errors), math.nan
    if n >= FEWEST:
        scale = math.sqrt(sum(error * error for error in errors) / n * (1 + 1 / n))
    return Prediction("carry", made, scale, n, _floor(cumulative[-1, month - 1], gross), n)


def _floor(known: float, gross: bool) -> float:
    """What the total cannot fall below: of a gross flow what has been reached."""
    return float(known) if gross else 0.0


def _carried(cumulative: NDArray[np.float64], row: int, month: int) -> float:
    """The carried total of one row from the row before; NaN where it cannot be made."""
    if row < 1:
        return math.nan
    now, before = cumulative[row], cumulative[row - 1]
    start = month - 4
    if start < 0 or not np.isfinite(now[start] + before[start]):
        passed, passed_before = now[month - 1], before[month - 1]
    else:
        passed, passed_before = now[month - 1] - now[start], before[month - 1] - before[start]
    if not (passed_before > 0 and passed > 0):
        return math.nan
    made = now[month - 1] + (before[11] - before[month - 1]) * passed / passed_before
    # a total that is not above zero has no logarithm
    if not np.isfinite(made) or made <= 0:
        return math.nan
    return float(made)


def naive(cumulative: NDArray[np.float64], *, month: int) -> float:
    """Naive carry-forward to compare with: what is known plus last year's rest as it was; NaN without it."""
    if len(cumulative) < 2:
        return math.nan
    now, before = cumulative[-1], cumulative[-2]
    return float(now[month - 1] + before[11] - before[month - 1])


def merged_months(cumulative: NDArray[np.float64]) -> NDArray[np.float64]:
    """Months of each year, January and February being one, years x 11, NaN where a figure or the one before lacks.

    >>> merged_months(np.arange(1.0, 13.0)[None])[0].tolist()
    [2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    return np.diff(cumulative[:, 1:], axis=1, prepend=0.0)


def sarima(cumulative: NDArray[np.float64], *, month: int, gross: bool) -> Prediction | None:
    """SARIMA (0,1,1)(0,1,1) of period 11 on the logarithms of the months, January and February merged.

    The median and the 80 % interval of the total come from 4000 seeded paths of the rest of the year, added to what is
    known. Needs 5 full years, every month above zero, and February; None otherwise or where the fit fails.
    ``cumulative`` as in ``share``. Source: methods notes of the project, section 3.5.
    """
    past = _full(cumulative[:-1], month)
    flows = merged_months(cumulative)
    # a seasonal model needs whole seasons to learn from
    if len(past) < FOR_SARIMA or month < 2 or not cumulative[-1, month - 1] > 0:
        return None
    flat = flows.ravel()[: (len(flows) - 1) * PERIOD + month - 1]
    if np.isfinite(flat).sum() < FOR_SARIMA * PERIOD or (flat[np.isfinite(flat)] <= 0).any():
        return None
    quantiles = _sarima_rest(tuple(np.log(flat)), 12 - month)
    if quantiles is None:
        return None
    known = float(cumulative[-1, month - 1])
    low, median, high = (known + rest for rest in quantiles)
    scale = math.log(high / low) / (2 * _t_quantile(math.inf, 0.9))
    return Prediction("sarima", median, scale, math.inf, _floor(known, gross), len(past))


@lru_cache(maxsize=256)
def _sarima_rest(logs: tuple[float, ...], ahead: int) -> tuple[float, ...] | None:
    """The 10, 50 and 90 % quantiles of the sum of the next ``ahead`` months; None where the fit fails."""
    # statsmodels takes a second to import and is only needed for long histories
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = SARIMAX(np.array(logs), order=(0, 1, 1), seasonal_order=(0, 1, 1, PERIOD), concentrate_scale=True)
        try:
            fitted = model.fit(disp=0, maxiter=50, cov_type="none")
            future = fitted.get_forecast(ahead)
            mean, deviation = future.predicted_mean, future.se_mean
        except (np.linalg.LinAlgError, ValueError):
            return None
    if not np.isfinite(mean).all() or not np.isfinite(deviation).all():
        return None
    # errors of later months contain those of earlier ones: psi weights 1, 1 + theta, 1 + theta ... within one season,
    # stretched to the standard errors that the filter gives
    weights = np.tril(np.full((ahead, ahead), 1 + fitted.params[0]), -1) + np.eye(ahead)
    shocks = np.random.default_rng(SEED).standard_normal((DRAWS, ahead)) @ weights.T
    paths = mean + shocks / np.sqrt((weights**2).sum(axis=1)) * deviation
    return tuple(np.quantile(np.exp(paths).sum(axis=1), [0.1, 0.5, 0.9]).tolist())


def combined(predictions: list[Prediction], *, sarima_coverage_pct: float | None) -> Prediction | None:
    """The headline of what the methods say, by the number of full years behind the share; None without a share.

    2 years: share, no interval. 3 or 4, or where no SARIMA could be fitted: share (carry is a check beside it). 5 or
    more: the median of the three, with the interval of the SARIMA where ``sarima_coverage_pct``, the part of its past
    intervals that held, is at least 75, else with that of share or carry, whichever is wider; its width is kept
    around the median. Source: methods notes of the project, section 3.5.
    """
    by_method = {one.method: one for one in predictions}
    base = by_method.get("share")
    if base is None or "sarima" not in by_method:
        return base
    median = float(np.median([one.quantile(0.5) for one in predictions]))
    proven = sarima_coverage_pct is not None and sarima_coverage_pct >= PROVEN_PCT
    simple = [one for one in predictions if one.method != "sarima" and not math.isnan(one.scale)]
    # an interval that held before may be trusted; else the wider of the simple ones is
    lender = by_method["sarima"]
    if not proven:
        lender = max(simple, key=lambda one: one.width)
    return replace(lender, method="median", median=median, years=base.years)


def predict(
    cumulative: NDArray[np.float64], *, month: int, gross: bool, with_sarima: bool, sarima_coverage_pct: float | None
) -> tuple[Prediction | None, list[Prediction]]:
    """The headline and what each method says; no headline with fewer than 2 full years or in December.

    ``cumulative`` as in ``share``; ``gross``: the flow cannot fall, so the total is at least what is known.
    """
    if month >= 12 or not len(cumulative):
        return None, []
    made = [share(cumulative, month=month, gross=gross), carry(cumulative, month=month, gross=gross)]
    if with_sarima:
        made.append(sarima(cumulative, month=month, gross=gross))
    made = [one for one in made if one is not None]
    head = combined(made, sarima_coverage_pct=sarima_coverage_pct)
    # without a headline the methods say nothing either
    return head, made if head else []


def _full(past: NDArray[np.float64], month: int) -> NDArray[np.float64]:
    """The rows with a figure above zero both in December and in the month."""
    return past[(past[:, 11] > 0) & (past[:, month - 1] > 0)]
