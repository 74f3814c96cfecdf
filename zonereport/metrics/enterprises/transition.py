"""From which size to which enterprises moved within a year, with what can be said of the odds."""

import numpy as np
import pandas as pd

from zonereport.metrics.enterprises.ledger import SALES, Ledger, listed, trailing_year
from zonereport.metrics.schemas import tidy

ABSENT, UNKNOWN = "not_listed", "unknown"


def jeffreys(k: np.ndarray, n: np.ndarray, *, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of a proportion of ``k`` in ``n``, equal tails of Beta(k + 1/2, n - k + 1/2), from 0 to 1.

    None at all has the lower end 0, all of them the upper end 1. Arrays of counts in, low and high out; NaN for n = 0.
    Source: methods notes of the project, section 3.9; Brown, Cai and DasGupta 2001.

    >>> [round(float(end[0]), 4) for end in jeffreys(np.array([0]), np.array([10]), level=0.95)]
    [0.0, 0.2172]
    """
    from scipy.special import betaincinv

    k, n = np.asarray(k, dtype="float64"), np.asarray(n, dtype="float64")
    # nobody at all may be nobody, all may be all
    low = np.where(k > 0, betaincinv(k + 0.5, n - k + 0.5, (1 - level) / 2), 0.0)
    high = np.where(k < n, betaincinv(k + 0.5, n - k + 0.5, (1 + level) / 2), 1.0)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def size_class(revenue: pd.Series, *, bounds: list[float], names: list[str]) -> pd.Series:
    """Return the class of each revenue: names[i] for bounds[i-1] <= x < bounds[i]; ``unknown`` where it is missing.

    >>> size_class(pd.Series([1999.0, 2000.0, float("nan")]), bounds=[2000.0], names=["small", "large"]).tolist()
    ['small', 'large', 'unknown']
    """
    place = np.searchsorted(np.asarray(bounds), revenue.to_numpy(), side="right")
    made = pd.Series(np.asarray(names, dtype="object")[place], index=revenue.index)
    return made.where(revenue.notna(), UNKNOWN).astype("str")


def transition_matrix(before: pd.Series, after: pd.Series, *, states: list[str], fewest: int) -> pd.DataFrame:
    """Return who went from which state to which: counts, and shares of the row with their interval.

    ``before`` and ``after`` hold one of ``states`` for each enterprise (same index). Columns: from_class, to_class,
    enterprises, row_enterprises (all of from_class, with those that left or are unknown), share_pct, low_pct,
    high_pct (95 % Jeffreys), reason: ``too_few`` for a row of fewer than ``fewest``, ``not_reported`` for the rows of
    those whose state before is not known or that were not there. One row for each pair that may be, in order.
    Source: methods notes of the project, section 3.9.
    """
    places, width = {state: n for n, state in enumerate(states)}, len(states)
    cells = before.map(places).to_numpy() * width + after.map(places).to_numpy()
    counts = np.bincount(cells, minlength=width * width).reshape(width, width)
    made = pd.DataFrame(
        {
            "from_class": np.repeat(np.asarray(states, dtype="object"), width),
            "to_class": np.tile(np.asarray(states, dtype="object"), width),
            "enterprises": counts.ravel(),
            "row_enterprises": np.repeat(counts.sum(axis=1), width),
        }
    )
    # what is in neither year is no move
    nobody = (made["from_class"] == ABSENT) & (made["to_class"] == ABSENT)
    made = made[(made["row_enterprises"] > 0) & ~nobody].reset_index(drop=True)
    low, high = jeffreys(made["enterprises"].to_numpy(), made["row_enterprises"].to_numpy(), level=0.95)
    # of what was not there, or not known, nothing moves
    nowhere, few = made["from_class"].isin([ABSENT, UNKNOWN]), made["row_enterprises"] < fewest
    reason = pd.Series(np.select([nowhere, few], ["not_reported", "too_few"], ""), dtype="str")
    shares = pd.DataFrame(
        {"share_pct": made["enterprises"] / made["row_enterprises"], "low_pct": low, "high_pct": high}
    )
    for name in shares:
        made[name] = (shares[name] * 100).where(reason == "")
    return made.assign(reason=reason).astype({"from_class": "str", "to_class": "str"})


def states_at(ledger: Ledger, month: int, *, bounds: list[float], names: list[str], among: pd.Index) -> pd.Series:
    """Return the size class of each enterprise of ``among`` by its last twelve months; ``not_listed`` if not there."""
    # by twelve months: a size is not one of a season
    revenue = trailing_year(ledger, column=SALES, month=month).reindex(among)
    there = listed(ledger, month).reindex(among, fill_value=False)
    return size_class(revenue, bounds=bounds, names=names).where(there, ABSENT)


def transitions(ledger: Ledger, *, bounds: list[float], names: list[str], among: pd.Index, fewest: int) -> pd.DataFrame:
    """Return ``transition_matrix`` of every pair of years up to the edition's month, with base_period and period.

    A pair is left out where the last twelve months are known of nobody at one of its ends.
    """
    states, parts = [*names, UNKNOWN, ABSENT], []
    for month, period in ledger.months.items():
        if (ledger.month - month) % 12 or month - 12 not in ledger.months:
            continue
        before = states_at(ledger, month - 12, bounds=bounds, names=names, among=among)
        after = states_at(ledger, month, bounds=bounds, names=names, among=among)
        if before.isin(names).any() and after.isin(names).any():
            made = transition_matrix(before, after, states=states, fewest=fewest)
            parts.append(made.assign(period=period, base_period=ledger.months[month - 12]))
    return tidy("enterprise_transitions", pd.concat(parts) if parts else [])


def sizes(ledger: Ledger, *, bounds: list[float], names: list[str], among: pd.Index) -> pd.DataFrame:
    """Return how many enterprises are of which size by their last twelve months, and what share of sales they make.

    Columns: class, lower_10k_yuan, upper_10k_yuan (NaN for none), enterprises, base_enterprises (a year before; NaN
    where not known), revenue_12m_10k_yuan, share_pct (of all whose revenue is known); the last row is ``unknown``.
    """
    now = states_at(ledger, ledger.month, bounds=bounds, names=names, among=among)
    base = states_at(ledger, ledger.month - 12, bounds=bounds, names=names, among=among)
    revenue = trailing_year(ledger, column=SALES, month=ledger.month).reindex(among)
    rows = [*names, UNKNOWN]
    if not now.isin(names).any():
        return tidy("enterprise_sizes", [])
    amounts = revenue.groupby(now).sum().reindex(rows, fill_value=0.0)
    # of those whose twelve months are not known nothing is known, not zero
    amounts[UNKNOWN] = float("nan")
    before = base.value_counts().reindex(rows, fill_value=0).astype("float64")
    # a year of which nothing is known has no counts, not zeros
    if not base.isin(names).any():
        before = before * float("nan")
    whole = amounts.sum()
    shares = amounts / whole * 100 if whole > 0 else amounts * float("nan")
    made = pd.DataFrame(
        {
            "class": rows,
            "lower_10k_yuan": [0.0, *bounds, float("nan")],
            "upper_10k_yuan": [*bounds, float("nan"), float("nan")],
            "enterprises": now.value_counts().reindex(rows, fill_value=0).to_numpy(),
            "base_enterprises": before.to_numpy(),
            "revenue_12m_10k_yuan": amounts.to_numpy(),
            "share_pct": shares.to_numpy(),
        }
    )
    return tidy("enterprise_sizes", made)


def exit_rate(ledger: Ledger, *, among: pd.Index) -> tuple[int, int]:
    """Return how many of those in the ledger a year ago are no longer in it, and of how many."""
    then, now = listed(ledger, ledger.month - 12), listed(ledger, ledger.month)
    kept = then.index.intersection(among)
    return int((then & ~now)[kept].sum()), int(then[kept].sum())


def reported(ledger: Ledger) -> pd.Index:
    """Return the enterprises that report sales in any of the months that are compared."""
    return ledger.there.index[ledger.amounts[SALES].notna().any(axis=1)]
