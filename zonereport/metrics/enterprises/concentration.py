"""How much depends on few: the Herfindahl-Hirschman index as an interval, top shares, growth without the largest."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

TOPS = (1, 3, 5, 10)
WITHOUT = (1, 3, 5)
NAN = float("nan")


def hhi(amounts: np.ndarray) -> float:
    """Return the Herfindahl-Hirschman index, 0 to 10 000: 10000 x sum s_i^2 with s_i = x_i / sum x.

    Negative amounts (refunds, losses) and missing ones are left out. NaN where nothing above zero is left. 10000 / hhi
    is the equivalent number of enterprises of equal size. Source: methods notes of the project, section 3.10.

    >>> round(hhi(np.array([30.0, 30, 20, 20])))
    2600
    """
    kept = _above_zero(amounts)
    if not len(kept):
        return NAN
    return float(10_000 * ((kept / kept.sum()) ** 2).sum())


def hhi_bounds(shares: np.ndarray, *, rest: float) -> tuple[float, float]:
    """Return between what the index lies where only the largest are known: sum s^2 to sum s^2 + R min(R, s_k).

    ``shares`` (0 to 1) of the enterprises that are known, ``rest`` R the share of all others, none of which is larger
    than the smallest known, s_k; both ends times 10 000. The lower end is for countless small ones, the upper for as
    few as can be. Source: methods notes of the project, section 3.10.

    >>> low, high = hhi_bounds(np.array([0.4, 0.3, 0.2]), rest=0.1)
    >>> round(low), round(high)
    (2900, 3000)
    """
    listed = np.asarray(shares, dtype="float64")
    # the lower end: all others are countless
    squares = float((listed**2).sum())
    largest_other = min([rest, *listed])
    return 10_000 * squares, 10_000 * (squares + rest * largest_other)


def top_share(amounts: np.ndarray, n: int) -> float:
    """Return what share the ``n`` largest have of all amounts above zero, in %; NaN where there are none.

    >>> round(top_share(np.array([5.0, 3, 2, -4]), 1), 9)
    50.0
    """
    kept = np.sort(_above_zero(amounts))[::-1]
    if not len(kept):
        return NAN
    return float(kept[:n].sum() / kept.sum() * 100)


def _above_zero(amounts: np.ndarray) -> np.ndarray:
    given = np.asarray(amounts, dtype="float64")
    return given[given > 0]


def growth_without(now: pd.Series, base: pd.Series, *, n: int) -> tuple[float, str]:
    """Return growth of the sum without the ``n`` enterprises that are the largest now, in %, and why there is none.

    g = (X - x_1 ... x_n) / (X_0 - x_10 ... x_n0) - 1; ``now`` and ``base`` have the same enterprises as index (one
    that came or left counts 0 where it is missing). Reasons: ``no_base``, ``zero_base``, ``negative_base``.
    Source: methods notes of the project, sections 3.4 and 3.10.

    >>> now, base = pd.Series({"a": 60.0, "b": 30.0, "c": 25.0}), pd.Series({"a": 40.0, "b": 30.0, "c": 20.0})
    >>> round(growth_without(now, base, n=1)[0], 9), round(growth_without(now, base, n=0)[0], 9)
    (10.0, 27.777777778)
    """
    if not base.notna().any():
        return NAN, "no_base"
    amounts = now.sort_index()
    x, x0 = amounts.to_numpy(), base.reindex(amounts.index).to_numpy()
    # missing amounts sort last; of equals the first name counts as the larger
    others = np.argsort(-x, kind="stable")[n:]
    rest, old = float(np.nansum(x[others])), float(np.nansum(x0[others]))
    if old == 0:
        return NAN, "zero_base"
    if old < 0:
        return NAN, "negative_base"
    return float((rest - old) / old * 100), ""


def concentration(now: pd.Series, base: pd.Series, *, rest: float) -> dict[str, float | str]:
    """Return all figures of dependence of one period, in the unit of ``now`` and in %.

    ``now`` and ``base`` are the amounts of enterprises now and a year before; ``rest`` is what the total has beyond
    them (0 or more). Keys: enterprises (that are above zero), total, negatives (their sum, left out of all shares),
    rest, hhi (of those listed), hhi_low, hhi_high (of all), equivalent_number, top1_share_pct ... (of those listed),
    growth_pct, growth_without_top1_pct ... and, for those, growth_reason.
    """
    amounts = now.dropna().sort_index().to_numpy()
    kept = amounts[amounts > 0]
    listed, index = float(kept.sum()), hhi(amounts)
    low, high = index, index
    if len(kept):
        low, high = hhi_bounds(kept / (listed + rest), rest=rest / (listed + rest))
    # the growth of all, to hold the others against
    growth, reason = growth_without(now, base, n=0)
    found: dict[str, float | str] = {
        "enterprises": len(kept),
        "total": float(amounts.sum()),
        "negatives": float(amounts[amounts < 0].sum()),
        "rest": rest,
        "hhi": index,
        "hhi_low": low,
        "hhi_high": high,
        "equivalent_number": 10_000 / index,
        "growth_pct": growth,
    }
    for n in TOPS:
        found[f"top{n}_share_pct"] = top_share(amounts, n)
    for n in WITHOUT:
        found[f"growth_without_top{n}_pct"], missing = growth_without(now, base, n=n)
        reason = reason or missing
    found["growth_reason"] = reason
    return found


def largest(now: pd.Series, base: pd.Series, *, n: int) -> pd.DataFrame:
    """Return the ``n`` largest now: enterprise, place, base_place (NaN for none), amount, base, share_pct, growth_pct.

    Of equals the one that sorts first comes first; ``place`` and ``base_place`` count so. growth_pct is NaN without a
    base above zero; contribution_pp = (x - x_0) / X_0 x 100 is NaN where there is no total of last year.
    """
    ordered = now.dropna().sort_index().sort_values(ascending=False, kind="stable")
    # last year's places by last year's order, ties broken alike
    old = base.dropna().sort_index().sort_values(ascending=False, kind="stable")
    places = pd.Series(np.arange(1, len(old) + 1, dtype="float64"), index=old.index)
    top = ordered.index[:n]
    was = base.reindex(top)
    whole, before = ordered[ordered > 0].sum(), old.sum()
    change = ordered[:n] - was.fillna(0.0)
    # of a total that is not above zero there are no shares
    return pd.DataFrame(
        {
            "enterprise": top.astype("str"),
            "place": np.arange(1, len(top) + 1),
            "base_place": places.reindex(top).to_numpy(),
            "amount_10k_yuan": ordered[:n].to_numpy(),
            "base_10k_yuan": was.to_numpy(),
            "share_pct": (ordered[:n] / whole * 100).to_numpy() if whole > 0 else np.nan,
            "growth_pct": ((ordered[:n] / was.where(was > 0) - 1) * 100).to_numpy(),
            "contribution_pp": (change / before * 100).to_numpy() if before > 0 else np.nan,
        }
    )


def trend(rows: Sequence[tuple[str, dict[str, float | str]]]) -> pd.DataFrame:
    """Return one row a period of what ``concentration`` gave, the amounts in 10 000 yuan."""
    frame = pd.DataFrame([figures | {"period": period} for period, figures in rows])
    return frame.rename(columns={name: f"{name}_10k_yuan" for name in ("total", "negatives", "rest")})
