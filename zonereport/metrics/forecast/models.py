"""The rule of the forecast: last year's rest, moved by a part of this year's growth, and its conformal interval."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonereport.inputs.forecast_rules import ForecastRules, Kind

# growth beyond a fifth is more often a small or a revised base than a trend
CLIP = 0.2
# before March too little of a year is known, and Spring Festival moves between the months
FIRST_MONTH = 3
# what a zone may prefer to the rule of its kind, and after how many past years
CANDIDATES = (0.0, 0.25, 0.5, 0.75, 1.0)
FEWEST_YEARS = 3
LEVEL = 0.8
# a chance in % says nothing where it moves in larger steps than five points
FEWEST_ERRORS = 20


@dataclass(frozen=True)
class Prediction:
    """What the rule says of a year's total, in the unit of the case.

    ``carried`` is the part of the growth that the rest of the year keeps, ``is_own`` whether the zone's own past chose
    it; ``half_width`` is that of the interval on the logarithm (NaN without one), ``interval`` conformal or shipped;
    ``errors`` are the past ln(Y / Ŷ) behind a conformal one. ``floor`` is what cannot be taken back: the known part
    of a gross flow, 0 otherwise.
    """

    point: float
    naive: float
    carried: float
    is_own: bool
    half_width: float
    interval: str
    errors: tuple[float, ...]
    floor: float

    @property
    def low(self) -> float:
        """The lower end of the 80 % interval, Ŷ exp(-q); NaN without one."""
        return self._end(-self.half_width)

    @property
    def high(self) -> float:
        """The upper end of the 80 % interval, Ŷ exp(q); NaN without one."""
        return self._end(self.half_width)

    def _end(self, distance: float) -> float:
        if not self.point > 0 or math.isnan(distance):
            return math.nan
        return max(self.floor, self.point * math.exp(distance))

    def probability(self, target: float) -> float:
        """P(total >= target), 0 to 1, by the split-conformal predictive distribution; NaN below 20 past errors.

        (#{Ŷ exp(e) >= T} + 1/2) / (n + 1) over the past errors e = ln(Y / Ŷ). Source: Vovk, Shen, Manokhin, Xie,
        Nonparametric predictive distributions based on conformal prediction, Machine Learning 108 (2019).
        """
        if len(self.errors) < FEWEST_ERRORS or not self.point > 0:
            return math.nan
        if target <= self.floor or target <= 0:
            return 1.0
        reached = np.array(self.errors) >= math.log(target / self.point)
        return float((reached.sum() + 0.5) / (len(self.errors) + 1))


def expected(cases: pd.DataFrame, *, carried: float) -> NDArray[np.float64]:
    """Return the forecast of each case: Ŷ = Y_t + (B_12 - B_t)(1 + λ g), g = Y_t / B_t - 1 within ±20 %.

    ``cases`` have known (Y_t), base (B_t) and base_year (B_12), last year's on the comparable basis, in one unit;
    ``carried`` is λ, 0 for last year's rest as it was (naive), 1 for all of this year's growth.

    >>> one = pd.DataFrame({"known": [55.0], "base": [50.0], "base_year": [100.0]})
    >>> expected(one, carried=1.0).tolist(), expected(one, carried=0.0).tolist()
    ([110.0], [105.0])
    """
    known, base = cases["known"].to_numpy(float), cases["base"].to_numpy(float)
    growth = np.clip(known / base - 1, -CLIP, CLIP)
    return known + (cases["base_year"].to_numpy(float) - base) * (1 + carried * growth)


def log_errors(cases: pd.DataFrame, *, carried: float) -> pd.Series:
    """Return ln(Y / Ŷ) of every case whose year is over, by the index of the cases; others are left out."""
    made = pd.Series(expected(cases, carried=carried), cases.index)
    sound = (made > 0) & (cases["total"] > 0)
    return np.log(cases["total"][sound] / made[sound])


def chosen(past: pd.DataFrame, *, default: float) -> float:
    """Return the λ that a zone's own past prefers to ``default``: only one that erred less in each of its past years.

    ``past`` are the cases of one unit and code whose years are over; rolling origin: each was forecast from the year
    before it alone. With fewer than three past years the default stands. Of several the least mean |ln(Y / Ŷ)|.
    """
    past = past[past["month"] >= FIRST_MONTH]

    def by_year(carried: float) -> pd.Series:
        return log_errors(past, carried=carried).abs().groupby(past["year"]).mean()

    usual = by_year(default)
    if len(usual) < FEWEST_YEARS:
        return default
    best, least = default, math.inf
    for candidate in CANDIDATES:
        errors = by_year(candidate)
        # the least error over few years is luck; less in every one of them is a habit
        if (errors < usual).all() and errors.mean() < least:
            best, least = candidate, errors.mean()
    return best


def half_width(errors: pd.Series) -> float:
    """Return the split-conformal half-width of an 80 % interval: the ceil(0.8 (n + 1))-th smallest |ln(Y / Ŷ)|.

    NaN where there are too few errors for it (fewer than four). Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman,
    Distribution-free predictive inference for regression, JASA 113 (2018).

    >>> half_width(pd.Series([0.3, -0.1, 0.2, 0.05])), half_width(pd.Series([0.1, 0.2, 0.3]))
    (0.3, nan)
    """
    place = math.ceil(LEVEL * (len(errors) + 1) - 1e-9)
    if place > len(errors):
        return math.nan
    return float(np.sort(errors.abs().to_numpy())[place - 1])


def predict(case: pd.Series, past: pd.DataFrame, *, kind: Kind, rules: ForecastRules, gross: bool) -> Prediction:
    """Return what the rule says of one case from the ``past`` of all units: parks and peers as well as its own.

    ``past`` are cases of the same code whose years were over; those of ``case`` itself choose λ, those of its month
    make the interval, and where they are too few the shipped half-width of the ``kind`` does.
    """
    own = past[past["unit_name"] == case["unit_name"]]
    carried = chosen(own, default=kind.carried)
    errors = log_errors(past[past["month"] == case["month"]], carried=carried)
    width, interval = half_width(errors), "conformal"
    if math.isnan(width):
        width, interval = rules.half_width_pct(kind.name, int(case["month"])) / 100, "shipped"
    if math.isnan(width):
        interval = ""
    one = case.to_frame().T
    floor = 0.0
    if gross:
        floor = float(case["known"])
    return Prediction(
        point=max(floor, float(expected(one, carried=carried)[0])),
        naive=float(expected(one, carried=0.0)[0]),
        carried=carried,
        is_own=carried != kind.carried,
        half_width=width,
        interval=interval,
        errors=tuple(errors) if interval == "conformal" else (),
        floor=floor,
    )
