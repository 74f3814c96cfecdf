"""Cumulative flows as single months: January-February, missing months, takings-back, growth of the months."""

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.growth import WIDEST_PP, month_growth

COLUMNS = [
    *("code", "entity", "year", "label", "first_month", "month", "value", "unit", "flags"),
    *("growth_pct", "growth_low_pct", "growth_high_pct", "growth_basis"),
]


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """The periods between the cumulative figures of each year, m_t = Y_t - Y_t-1, with their growth.

    ``rows`` are those of ``series``. Only cumulative flows are differenced, inside one year, between figures of one
    unit and scope. Back come, for each code, entity and year: ``label`` (03; 01-02; 04-05 over a missing month, which
    is never split), ``first_month``, ``month`` (the last one), ``value`` in ``unit``, ``flags`` (words apart by a
    blank: merged = months are missing inside; fall = the cumulative figure fell; bound = the later figure is a lower
    bound; overlap = 01-02 in addition to 01 and 02, so not to be added up), ``growth_pct`` with the interval that
    rounding leaves, ``growth_low_pct`` to ``growth_high_pct``, and ``growth_basis`` level or published. The growth is
    NaN where half the interval is WIDEST_PP (0.3 percentage points) or more. A step down to a lower bound is left
    out. Source: methods notes of the project, sections 3.1 and 3.2.
    """
    flows = rows[(rows["nature"] == "flow_ytd") & rows["value"].notna()].copy()
    if flows.empty:
        return pd.DataFrame(columns=COLUMNS)
    flows["including"] = flows["qualifier"] == "including"
    flows["published"] = np.where(flows["growth_from"] == "published", flows["growth"], np.nan)
    keys = ["code", "entity", "year", "unit", "including"]
    columns = ["month", "value", "level_base", "published", "basis_changed", "qualifier", "growth"]
    before = flows.groupby(keys, sort=False)[columns].shift(1).add_suffix("_before")
    steps = flows.join(before)
    # what follows a figure of another unit or scope is no first figure of its year
    unlike = steps["month_before"].isna() & flows.duplicated(["code", "entity", "year"])
    bottomless = steps["qualifier_before"] == "lower_bound"
    steps = steps[~unlike & ~bottomless]
    double = steps[(steps["month"] == 2) & (steps["month_before"] == 1)].copy()
    # 01-02 beside 01 and 02: the months between which the Spring Festival moves
    double[list(before.columns)] = np.nan
    double["overlap"] = True
    steps = pd.concat([steps.assign(overlap=False), double]).sort_index(kind="stable")
    return _with_growth(_labelled(steps)).reset_index(drop=True)[COLUMNS]


def _labelled(steps: pd.DataFrame) -> pd.DataFrame:
    first = steps["month_before"].fillna(0).astype(int) + 1
    month = steps["month"].astype(int)
    value = (steps["value"] - steps["value_before"].fillna(0)).round(9)
    pairs = zip(first, month, strict=True)
    labels = [f"{end:02d}" if start == end else f"{start:02d}-{end:02d}" for start, end in pairs]
    flags = {
        "merged": (month > first) & ~((first == 1) & (month == 2)),
        "fall": value < 0,
        "bound": steps["qualifier"] == "lower_bound",
        "overlap": steps["overlap"].astype(bool),
    }
    rows = zip(*flags.values(), strict=True)
    words = [" ".join(flag for flag, on in zip(flags, row, strict=True) if on) for row in rows]
    return steps.assign(label=labels, first_month=first, month=month, step_value=value, flags=words)


def _with_growth(steps: pd.DataFrame) -> pd.DataFrame:
    """The growth of each step: of two levels where they may be compared, else out of the published growths."""
    whole = steps["value_before"].isna().to_numpy()
    m, step = steps["step_value"].to_numpy(), steps["step"].fillna(0).to_numpy()
    base = (steps["level_base"] - np.where(whole, 0.0, steps["level_base_before"])).to_numpy()
    moved = steps["basis_changed"].to_numpy(bool) | steps["basis_changed_before"].eq(True).to_numpy()
    level = steps["levels_compare"].to_numpy(bool) & ~moved & (base > step)
    margin = np.where(whole, step / 2, step)
    with np.errstate(invalid="ignore", divide="ignore"):
        made = (m / np.where(level, base, np.nan) - 1) * 100
        low = ((m - margin) / np.where(level, base + margin, np.nan) - 1) * 100
        high = ((m + margin) / np.where(level, base - margin, np.nan) - 1) * 100
    before = [np.where(whole, 0.0, steps[f"{name}_before"]) for name in ("value", "published")]
    given, given_low, given_high = month_growth(steps["value"], steps["published"], *before, step=step)
    # a published growth of exactly these months needs no computation
    take = np.isfinite(given) & (whole | ~level)
    growth, low, high = (np.where(take, a, b) for a, b in ((given, made), (given_low, low), (given_high, high)))
    known = np.isfinite(growth)
    sharp = known & ((high - low) / 2 < WIDEST_PP)
    return steps.assign(
        value=m,
        growth_pct=np.where(sharp, growth, np.nan),
        growth_low_pct=low,
        growth_high_pct=high,
        growth_basis=np.select([known & take, known], ["published", "level"], ""),
    )


def gap_to_published(now: float, before: float, published: float, *, step: float) -> float:
    """By how much a month's published figure and the difference of two cumulative ones contradict each other.

    (Y_t - Y_t-1) - m_t, all in one unit; 0 where that is no more than ``step``, one unit of the last digit, which
    rounding explains. Anything above is a revision of earlier months. Source: methods notes of the project, 3.1.

    >>> gap_to_published(246990, 213007, 33959, step=1), gap_to_published(243079, 209726, 33354, step=1)
    (24.0, 0.0)
    """
    gap = float(now - before - published)
    return gap if abs(gap) > step * (1 + 1e-9) else 0.0
