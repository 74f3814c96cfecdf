"""Growth with its edge cases: bad bases in statistical words, and the base that a published growth implies."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

# a published growth has one decimal: it is known to half of its last digit
HALF_PP = 0.05
# an implied base that is further than this from last year's level, beyond rounding, means another basis
BASIS_TOLERANCE = 0.005


def growth_word(value: float, base: float) -> str:
    """Return what statistics say of a growth that a plain percentage would misstate; empty where a percentage says it.

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
    if value > base:
        return "loss_narrowed"
    return "loss_widened"


def implied_base(value: ArrayLike, growth_pct: ArrayLike) -> NDArray[np.float64]:
    """Return last year's figure on the basis on which a growth was published: p* = c / (1 + g).

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
    """Return whether a published growth was made on another basis than last year's published level.

    |p* / p - 1| > tolerance for the p* nearest to p that rounding allows: c, p known to half a ``step`` (one unit of
    the last digit, same unit), g (%) to 0.05 percentage points. False where one of the three is missing or p <= 0.
    Source: methods notes of the project, section 3.2.

    >>> bool(basis_changed(27298.3, 16.5, 29047.6, step=0.1, tolerance=0.005))
    True
    >>> bool(basis_changed(0.32, 0.0, 0.31, step=0.01, tolerance=0.005))
    False
    """
    c, g, p = np.asarray(value, float), np.asarray(growth_pct, float), np.asarray(base, float)
    h = np.asarray(step, float) / 2
    # a missing figure is NaN and no warning
    with np.errstate(invalid="ignore", divide="ignore"):
        # as far as rounding may move the implied base
        low, high = implied_base(c - h, g + HALF_PP), implied_base(c + h, g - HALF_PP)
        above = low / (p + h) - 1 > tolerance
        below = high / (p - h) - 1 < -tolerance
    return np.where(p > h, above | below, False)
