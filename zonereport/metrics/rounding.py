"""Figures as they are printed, for whatever is compared or ranked as it is printed."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np


def half_up(value: float, decimals: int) -> float:
    """``value`` as a ranking compares it: rounded half up (away from zero) to ``decimals`` digits; NaN stays NaN.

    Binary dust beyond the ninth digit is no half. Source: methods notes of the project, traps measured in libraries.

    >>> half_up(0.25, 1), half_up(-0.25, 1), half_up(2.675, 2), half_up((1.1045 - 1) * 100, 1)
    (0.3, -0.3, 2.68, 10.5)
    """
    if np.isnan(value):
        return float("nan")
    return as_printed(round(float(value), 9), decimals)


def as_printed(value: float, decimals: int) -> float:
    """Return ``value`` rounded half up as every sentence and table prints it; NaN stays NaN.

    >>> as_printed(-0.04, 1), as_printed(99.95, 1), as_printed(-3.05, 1)
    (0.0, 100.0, -3.1)
    """
    if np.isnan(value):
        return float("nan")
    # plus nothing takes the sign from a zero
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0
