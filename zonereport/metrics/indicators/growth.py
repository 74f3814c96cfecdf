"""Growth with its edge cases: bad bases in statistical words, implied bases, single months, two years."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

# a published growth has one decimal: it is known to half of its last digit
HALF_PP = 0.05
# an implied base that is further than this from last year's level, beyond rounding, means another basis
BASIS_TOLERANCE = 0.005
# a single month's growth is printed where it is known to this, in percentage points
WIDEST_PP = 0.3
# the base year moved so far that two years are read together, in %
BASE_MOVED_PCT = 15.0
# a base below this share of the year's size makes any growth rate large: print the difference first
SMALL_BASE = 0.01


def growth_word(value: float, base: float) -> str:
    """What statistics say of a growth that a plain percentage would misstate; empty where a percentage says it.

    ``value`` c and ``base`` p in the same unit. p = 0: ``flat`` (c = 0, 持平) or ``from_zero`` (上年同期为零);
    p < 0: ``turned_profit`` (c > 0, 扭亏), ``loss_narrowed`` (c > p, 减亏), ``loss_widened`` (c < p, 增亏), ``flat``;
    p > 0 and c < 0: ``turned_loss`` (由盈转亏). Source: methods notes of the project, section 3.2.

    >>> [growth_word(c, p) for c, p in [(0, 0), (3, 0), (5, -10), (-4, -10), (-12, -10), (-1, 8), (9, 8)]]
    ['flat', 'from_zero', 'turned_profit', 'loss_narrowed', 'loss_widened', 'turned_loss', '']
    """
    if base > 0:
        return "turned_loss" if value < 0 else ""
    if value == base:
        return "flat"
    if base == 0:
        return "from_zero"
    if value > 0:
        return "turned_profit"
    return "loss_narrowed" if value > base else "loss_widened"


def loss_change(value: float, base: float) -> float:
    """By how much a loss narrowed (above zero, 减亏) or widened (below zero, 增亏), in % of the loss before.

    (c - p) / |p| x 100 with p < 0 and c <= 0, both in the same unit. Raises ValueError where there was no loss or is
    none any more. Source: methods notes of the project, section 3.2.

    >>> loss_change(-4, -10), loss_change(-12, -10)
    (60.0, -20.0)
    """
    if base >= 0 or value > 0:
        raise ValueError(f"from {base} to {value} is no change of a loss")
    return (value - base) / abs(base) * 100


def implied_base(value: ArrayLike, growth_pct: ArrayLike) -> NDArray[np.float64]:
    """Last year's figure on the basis on which a growth was published: p* = c / (1 + g).

    ``value`` c in any unit, ``growth_pct`` g in %; the same shape comes back, in the unit of ``value``, NaN where g is
    -100 or less. Source: methods notes of the project, section 3.2.

    >>> float(implied_base(110.0, 10.0).round(9))
    100.0
    """
    factor = 1 + np.asarray(growth_pct, float) / 100
    return np.asarray(value, float) / np.where(factor > 0, factor, np.nan)


def basis_changed(
    value: ArrayLike, growth_pct: ArrayLike, base: ArrayLike, *, step: ArrayLike, tolerance: float
) -> NDArray[np.bool_]:
    """Whether a published growth was made on another basis than last year's published level.

    |p* / p - 1| > tolerance for the p* nearest to p that rounding allows: c, p known to half a ``step`` (one unit of
    the last digit, same unit), g (%) to 0.05 percentage points. False where one of the three is missing or p <= 0.
    Source: methods notes of the project, section 3.2.

    >>> bool(basis_changed(27298.3, 16.5, 29047.6, step=0.1, tolerance=0.005))
    True
    >>> bool(basis_changed(0.32, 0.0, 0.31, step=0.01, tolerance=0.005))
    False
    """
    c, g, p, h = (np.asarray(x, float) for x in (value, growth_pct, base, np.asarray(step, float) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = implied_base(c - h, g + HALF_PP), implied_base(c + h, g - HALF_PP)
        above = low / (p + h) - 1 > tolerance
        below = high / (p - h) - 1 < -tolerance
    return np.where(p > h, above | below, False)


def month_growth(
    value: ArrayLike, growth_pct: ArrayLike, before: ArrayLike, before_growth_pct: ArrayLike, *, step: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Growth of the months between two cumulative figures, and the interval in which rounding leaves it.

    base = Y_b / (1 + g_b) - Y_a / (1 + g_a); growth = (Y_b - Y_a) / base - 1. ``value`` Y_b and ``before`` Y_a (0 at
    the beginning of a year) in the same unit, the growths in %, each known to 0.05 percentage points, ``step`` one
    unit of the last digit of Y. Back come growth, low and high in %, NaN where the base may be zero or less. Print it
    only where (high - low) / 2 is below WIDEST_PP. Source: methods notes of the project, section 3.2.

    >>> growth, low, high = month_growth(273726, 3.5, 235969, 3.7, step=0)
    >>> round(float(growth), 2), round(float(low), 2), round(float(high), 2)
    (2.27, 1.61, 2.93)
    """
    y, g, a, ga, step = (np.asarray(x, float) for x in (value, growth_pct, before, before_growth_pct, step))
    first = a == 0
    ga = np.where(first, 0.0, ga)
    h, ha = step / 2, np.where(first, 0.0, step / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        base = implied_base(y, g) - implied_base(a, ga)
        most = implied_base(y + h, g - HALF_PP) - implied_base(a - ha, ga + HALF_PP)
        least = implied_base(y - h, g + HALF_PP) - implied_base(a + ha, ga - HALF_PP)
        sound = least > 0
        made = np.where(sound, (y - a) / base - 1, np.nan) * 100
        low = np.where(sound, (y - a - h - ha) / most - 1, np.nan) * 100
        high = np.where(sound, (y - a + h + ha) / least - 1, np.nan) * 100
    # without a figure before, the published growth is the growth of these months
    return np.where(first, g, made), np.where(first, g - HALF_PP, low), np.where(first, g + HALF_PP, high)


def average_growth(total_pct: float, *, years: int) -> float:
    """Average yearly growth in % of a growth over ``years`` years: (1 + g)^(1 / years) - 1. NaN for g below -100.

    >>> round(average_growth(10.0, years=2), 1)
    4.9
    """
    return (math.pow(1 + total_pct / 100, 1 / years) - 1) * 100 if total_pct >= -100 else math.nan


def two_year_growth(now_pct: float, before_pct: float) -> float:
    """Two-year average growth (两年平均增速) in %: ((1 + g_t)(1 + g_t-1))^(1/2) - 1, both on comparable bases, in %.

    NaN where one of the two fell by more than everything. Source: methods notes of the project, section 3.2.

    >>> round(two_year_growth(21.0, 0.0), 9)
    10.0
    """
    if min(now_pct, before_pct) < -100:
        return math.nan
    return average_growth(((1 + now_pct / 100) * (1 + before_pct / 100) - 1) * 100, years=2)
