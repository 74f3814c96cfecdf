"""How sure a small count is, and whether two small counts differ: exact Poisson interval and comparison."""

# above this the interval says little that the count itself does not
SMALL = 30


def poisson_interval(count: int, *, level: float) -> tuple[float, float]:
    """Return the exact interval of the mean of a Poisson count.

    [χ²(α/2, 2k) / 2, χ²(1−α/2, 2k+2) / 2] with α = 1 − level; the lower limit of a count of zero is 0. ``count`` is a
    number of events, ``level`` such as 0.95. What comes back has the unit of the count.
    Raises ValueError where the count is negative or not whole, or ``level`` is not between 0 and 1.
    Source: methods notes of the project, section 3.11; F. Garwood, Biometrika 28 (1936), 437-442.

    >>> [round(limit, 2) for limit in poisson_interval(25, level=0.95)]
    [16.18, 36.9]
    """
    from scipy.special import gammaincinv  # 0.3 s

    _whole(count)
    if not 0 < level < 1:
        raise ValueError(f"{level} is no level; expected one between 0 and 1")
    tail = (1 - level) / 2
    low = 0.0
    # half a chi-square quantile with 2a degrees of freedom is the gamma quantile of shape a
    if count:
        low = float(gammaincinv(count, tail))
    return low, float(gammaincinv(count + 1, 1 - tail))


def same_rate_p(now: int, before: int, *, exposure_now: float, exposure_before: float) -> float | None:
    """Return the p value of two Poisson counts coming from the same rate: the exact conditional test.

    Given their sum n, ``now`` is binomial with share π = E₁ / (E₁ + E₀), where E are the exposures (months,
    employees: any unit, the same for both). p = min(1, 2 × the smaller tail). None where both counts are zero: there
    is nothing to compare. Raises ValueError for a count that is negative or not whole, or an exposure out of range.
    Source: M. P. Fay, "Two-sided exact tests and matching confidence intervals for discrete data", The R Journal
    2(1), 2010 (the central method).

    >>> round(same_rate_p(2, 9, exposure_now=17877, exposure_before=16660), 5)
    0.05011
    """
    from scipy.special import bdtr, bdtrc

    _whole(now)
    _whole(before)
    if exposure_now <= 0 or exposure_before <= 0:
        raise ValueError("an exposure is above zero")
    n = now + before
    if n == 0:
        return None
    share = exposure_now / (exposure_now + exposure_before)
    lower_tail, upper_tail = float(bdtr(now, n, share)), 1.0
    # none or more is certain
    if now:
        upper_tail = float(bdtrc(now - 1, n, share))
    return min(1.0, 2 * min(lower_tail, upper_tail))


def _whole(count: float) -> None:
    if count < 0 or count != int(count):
        raise ValueError(f"{count} is no count")
