"""What time does to a figure: months, seasonal shapes, shocks, and rounding that loses nothing."""

import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

# 2019 is never written: it is the year that the growth of 2020 is measured against
BASE, YEARS = 2019, (2020, 2021, 2022)
ALL_YEARS = (BASE, *YEARS)
MONTHS = tuple((year, month) for year in ALL_YEARS for month in range(1, 13))
WRITTEN = range(12, len(MONTHS))

# the share of the year in each month; only proportions count
SALES = (6.6, 5.4, 8.7, 8.3, 8.4, 9.4, 8.0, 8.1, 8.9, 8.4, 8.9, 10.9)
TAX = (11.2, 6.2, 6.6, 9.4, 8.5, 7.7, 9.9, 6.7, 7.1, 9.6, 7.5, 9.6)
# 82 % by November, as real budgets have it
BUDGET = (11.0, 5.5, 7.0, 7.6, 7.0, 9.2, 7.6, 5.3, 6.8, 7.6, 7.4, 18.0)
INVESTMENT = (2.4, 4.2, 8.8, 8.4, 9.3, 11.6, 8.6, 8.4, 10.0, 9.2, 9.2, 9.9)
FOREIGN = (9.0, 10.5, 14.0, 5.5, 8.0, 13.0, 4.0, 6.5, 9.5, 4.5, 6.0, 9.5)
REFUND = (3, 3, 5, 26, 22, 18, 11, 4, 3, 2, 2, 1)
EVEN = (6, 6, 9, 9, 9, 9, 8, 8, 9, 9, 9, 9)
WINTER = (24, 9, 3, 3, 4, 5, 4, 5, 6, 7, 11, 19)

PANDEMIC = {
    **{(2020, 1): 0.94, (2020, 2): 0.64, (2020, 3): 0.86, (2020, 4): 0.95},
    **{(2022, 4): 0.83, (2022, 5): 0.90, (2022, 6): 0.97},
}
DEFERRED = {(2020, 2): 0.80, (2020, 3): 0.82, (2022, 4): 0.72, (2022, 5): 0.76, (2022, 6): 0.85, (2022, 7): 0.90}


def stream(seed: int, name: str) -> random.Random:
    """The random numbers of one table: another table may draw more or fewer and changes nothing here.

    >>> stream(1, "land").random() == stream(1, "land").random(), stream(1, "land").random() == stream(1, "x").random()
    (True, False)
    """
    return random.Random(f"{seed}/{name}")


def text_of(index: int) -> str:
    """The period that month ``index`` of MONTHS ends: cumulative, January to that month.

    >>> text_of(12), text_of(47)
    ('2020-01', '2022-12')
    """
    year, month = MONTHS[index]
    return f"{year}-{month:02d}"


def index_of(year: int, month: int) -> int:
    """Where a month stands in MONTHS.

    >>> index_of(2022, 12)
    47
    """
    return (year - BASE) * 12 + month - 1


def index_in(text: str) -> int:
    """The month of MONTHS that a period ends.

    >>> index_in("2022-12")
    47
    """
    year, month = text.split("-")
    return index_of(int(year), int(month))


def spread(
    rng: random.Random,
    totals: Mapping[int, float],
    shape: Sequence[float],
    *,
    shocks: Mapping[tuple[int, int], float] | None = None,
    noise: float = 0.04,
    first: int = 0,
) -> list[int]:
    """Whole monthly flows of all MONTHS that add up to the rounded total of each year.

    ``noise`` is the standard deviation of a month's weight; before the month ``first`` nothing flows.

    >>> flows = spread(stream(1, "x"), {2022: 100}, EVEN)
    >>> len(flows), sum(flows), min(flows) >= 0
    (48, 100, True)
    """
    flows = []
    for year in ALL_YEARS:
        weights = [
            (shocks or {}).get((year, month), 1.0) * share * max(0.2, 1 + rng.gauss(0, noise))
            if index_of(year, month) >= first
            else 0.0
            for month, share in enumerate(shape, 1)
        ]
        flows += _rounded_steps(round(totals.get(year, 0)), weights)
    return flows


def _rounded_steps(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` by rounding the running sum, so that no month of an even flow is lost."""
    whole, running, before, steps = sum(weights), 0.0, 0, []
    for weight in weights:
        running += weight
        reached = int(total * running / whole + 0.5) if whole else 0
        steps.append(reached - before)
        before = reached
    return steps


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number by largest remainders: the parts add up to it exactly.

    >>> shares(10, [1, 1, 1]), shares(0, [1, 2])
    ([4, 3, 3], [0, 0])
    """
    whole = sum(weights)
    exact = [total * weight / whole if whole else 0.0 for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def cumulate(flows: Sequence[int]) -> list[int]:
    """Running totals that start again each January.

    >>> cumulate([1] * 48)[10:14]
    [11, 12, 1, 2]
    """
    sums: list[int] = []
    for index, flow in enumerate(flows):
        sums.append(flow + (sums[-1] if index % 12 else 0))
    return sums


def decimal(number: float | int | Decimal, places: int) -> Decimal:
    """Round half up, as statistics do.

    >>> decimal(0.125, 2), decimal(2.5, 0)
    (Decimal('0.13'), Decimal('3'))
    """
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def growth(value: Decimal, base: Decimal) -> Decimal:
    """Growth in % with one decimal, from two published levels.

    >>> growth(Decimal("1.10"), Decimal("1.00"))
    Decimal('10.0')
    """
    return decimal((value / base - 1) * 100, 1)
