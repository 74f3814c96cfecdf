"""How sure a small count is, and whether two small counts differ: exact Poisson intervals and comparison."""

from dataclasses import dataclass

# above this the interval says little that the count itself does not
SMALL = 30


@dataclass(frozen=True)
class Comparison:
    """Two counts held against each other.

    ``ratio`` of the two rates with its interval ``low`` to ``high``; None where the earlier count is zero and no ratio
    or no upper limit exists. ``p`` is the exact two-sided p value.
    """

    ratio: float | None
    low: float
    high: float | None
    p: float


def poisson_interval(count: int, *, level: float) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count.

    [χ²(α/2, 2k) / 2, χ²(1−α/2, 2k+2) / 2] with α = 1 − level; the lower limit of a count of zero is 0. ``count`` is a
    number of events, ``level`` such as 0.95. What comes back has the unit of the count.
    Raises ValueError where the count is negative or not whole, or ``level`` is not between 0 and 1.
    Source: methods notes of the project, section 3.11; F. Garwood, Biometrika 28 (1936), 437-442.

    >>> [round(limit, 2) for limit in poisson_interval(25, level=0.95)]
    [16.18, 36.9]
    """
    from scipy.special import gammaincinv  # 0.3 s

    _whole(count)
    tail = _tail(level)
    # half a chi-square quantile with 2a degrees of freedom is the gamma quantile of shape a
    return float(gammaincinv(count, tail)) if count else 0.0, float(gammaincinv(count + 1, 1 - tail))


def compare_counts(
    now: int, before: int, *, exposure_now: float, exposure_before: float, level: float
) -> Comparison | None:
    """Whether two Poisson counts come from the same rate: the exact conditional test.

    Given their sum n, ``now`` is binomial with share π = E₁ρ / (E₁ρ + E₀), where ρ is the ratio of the rates and E
    the exposures (months, employees: any unit, the same for both). p = min(1, 2 × the smaller tail at ρ = 1); the
    interval is that of Clopper and Pearson for π turned into ρ, so that p < 1 − level exactly where it excludes 1.
    None where both counts are zero: there is nothing to compare.
    Raises ValueError for a count that is negative or not whole, or an exposure or level out of range.
    Source: M. P. Fay, "Two-sided exact tests and matching confidence intervals for discrete data", The R Journal
    2(1), 2010 (the central method).

    >>> made = compare_counts(2, 9, exposure_now=17877, exposure_before=16660, level=0.95)
    >>> round(made.ratio, 4), round(made.low, 4), round(made.high, 4), round(made.p, 5)
    (0.2071, 0.0218, 1.0005, 0.05011)
    """
    from scipy.special import bdtr, bdtrc, betaincinv

    _whole(now), _whole(before)
    tail, n = _tail(level), now + before
    if exposure_now <= 0 or exposure_before <= 0:
        raise ValueError("an exposure is above zero")
    if n == 0:
        return None
    share = exposure_now / (exposure_now + exposure_before)
    lower_tail = float(bdtr(now, n, share))
    upper_tail = float(bdtrc(now - 1, n, share)) if now else 1.0
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0
    scale = exposure_before / exposure_now
    return Comparison(
        ratio=now / before * scale if before else None,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if before else None,
        p=min(1.0, 2 * min(lower_tail, upper_tail)),
    )


def _whole(count: float) -> None:
    if count < 0 or count != int(count):
        raise ValueError(f"{count} is no count")


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"{level} is no level; expected one between 0 and 1")
    return (1 - level) / 2
