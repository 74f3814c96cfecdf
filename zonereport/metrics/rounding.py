"""Figures as they are printed, for whatever is compared or ranked as it is printed."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

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


def up(value: float, decimals: int) -> float:
    """Return ``value`` rounded up to ``decimals`` digits: a need that is rounded down is not met by what it asks for.

    Binary dust beyond the ninth digit asks for nothing; NaN stays NaN.

    >>> up(2.01, 0), up(0.1801, 2), up(2.0000000001, 0)
    (3.0, 0.19, 2.0)
    """
    if np.isnan(value):
        return float("nan")
    return float(Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING))
