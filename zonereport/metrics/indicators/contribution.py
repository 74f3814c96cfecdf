"""Who made the growth: pull in percentage points, contribution in %, shares, and the two effects of a ratio."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonereport.metrics.indicators.growth import HALF_PP
from zonereport.metrics.indicators.levels import RATES
from zonereport.metrics.indicators.series import ABOUT_PP, IMPRECISE_PP
from zonereport.metrics.schemas import tidy

# a total that moved by less than this share of its base has nothing to be divided up
NO_CHANGE = 0.001
UNALLOCATED = "unallocated"


def contribution(
    change: ArrayLike, *, total: ArrayLike, total_base: ArrayLike, tolerance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Return contribution in % and pull in percentage points of parts to the growth of their wholes.

    贡献率 = (x_i - x_i0) / (X - X_0) x 100; 拉动 = (x_i - x_i0) / X_0 x 100. ``change`` is the part's, ``total`` and
    ``total_base`` the whole's, in one unit and on comparable bases, of one shape. A contribution may be below 0 or
    above 100. Back come contribution, pull and the reason why one is NaN, of that shape: no_base, zero_base,
    negative_base (neither), falling_total (only the pull means something), no_change (the whole moved by less than
    ``tolerance`` of its base). Source: methods notes of the project, section 3.4.

    >>> share, pull, reason = contribution([6.0, -6.0], total=[110.0, 90.0], total_base=[100.0, 100.0], tolerance=0.001)
    >>> share.round(6).tolist(), pull.tolist(), reason.tolist()
    ([60.0, nan], [6.0, -6.0], ['', 'falling_total'])
    """
    change, total, total_base = np.asarray(change, float), np.asarray(total, float), np.asarray(total_base, float)
    base = np.where(total_base > 0, total_base, np.nan)
    # of a total that hardly moved a share would be anything
    growth = (total - base) / base
    reason = np.select(
        [
            np.isnan(change + total + total_base),
            total_base < 0,
            total_base == 0,
            np.abs(growth) < tolerance,
            growth < 0,
        ],
        ["no_base", "negative_base", "zero_base", "no_change", "falling_total"],
        "",
    ).astype(object)
    pull = change / base * 100
    return np.where(reason == "", pull / np.where(growth == 0, np.nan, growth), np.nan), pull, reason


def ratio_effects(left: float, right: float, left_base: float, right_base: float) -> tuple[float, float]:
    """Return what the numerator and the denominator did to a ratio r = N / D; the two add up to r - r_0.

    dN x (1 / D_0 + 1 / D_1) / 2 and d(1 / D) x (N_0 + N_1) / 2, in the unit of N / D. Raises ZeroDivisionError for a
    zero denominator. Source: methods notes of the project, section 3.4.

    >>> [round(effect * 100, 2) for effect in ratio_effects(15, 560, 12, 500)]
    [0.57, -0.29]
    """
    inverse, inverse_base = 1 / right, 1 / right_base
    return (left - left_base) * (inverse + inverse_base) / 2, (inverse - inverse_base) * (left + left_base) / 2


def shared(parts: pd.DataFrame, wholes: pd.DataFrame, *, published: Collection[str] = ()) -> pd.DataFrame:
    """Return parts beside their wholes: share, growth, contribution and pull.

    ``wholes`` are rows of ``series``, one a code; ``parts`` rows of it whose ``code`` is the whole's, with a column
    ``part``. The columns of the frame ``contribution`` come back, and ``total``, ``total_base`` of the whole: ``base``
    the comparable one; ``share_pct`` of the whole; ``change`` in ``unit``; ``reason`` why there is no contribution:
    those of ``contribution``, ``rate`` for rates, which do not add up, ``no_total`` without a whole, ``basis_changed``
    where it is in another unit, ``bounds`` where one of the two is only a lower bound, ``imprecise`` where rounding may
    move it by more than five points; contribution_about and pull_about: by more than half a point. Of the codes
    ``published`` parts and wholes alike stand on the base that their growth implies.
    """
    parts, wholes = _on_published_bases(parts, published), _on_published_bases(wholes, published)
    # parts are held against the whole of their own code
    whole = wholes.assign(slack=_slack(wholes)).set_index("code")
    whole = whole[["value", "base", "unit", "slack", "qualifier"]].add_prefix("total_")
    rows = parts.assign(slack=_slack(parts)).join(whole, on="code")
    rows = rows.rename(columns={"total_value": "total", "growth": "growth_pct"})
    rate = rows["nature"].isin(RATES)
    unlike = rows["total_unit"].notna() & (rows["total_unit"] != rows["unit"])
    bounds = (rows["qualifier"] == "lower_bound") | (rows["total_qualifier"] == "lower_bound")
    rows["change"] = (rows["value"] - rows["base"]).mask(rate)
    free = ~rate & ~unlike & ~bounds
    total, total_base = rows["total"].where(free), rows["total_base"].where(free)
    part, pull, reason = contribution(rows["change"], total=total, total_base=total_base, tolerance=NO_CHANGE)
    cases = [rate, rows["total_unit"].isna(), unlike, bounds]
    reason = np.select(cases, ["rate", "no_total", "basis_changed", "bounds"], reason)
    pull_slack = rows["slack"] / total_base.where(total_base > 0) * 100
    whole_slack = rows["total_slack"] / (total - total_base).abs().replace(0, np.nan)
    # a quotient of two that rounding moves: each moves it by its own share
    part_slack = rows["slack"] / (total - total_base).abs().replace(0, np.nan) * 100 + np.abs(part) * whole_slack
    loose = part_slack > IMPRECISE_PP
    pull_loose = pull_slack > IMPRECISE_PP
    return rows.assign(
        share_pct=rows["value"] / total.where(total > 0) * 100,
        contribution_pct=np.where(loose, np.nan, part),
        pull_pp=np.where(pull_loose, np.nan, pull),
        contribution_about=part_slack.gt(ABOUT_PP) & ~loose,
        pull_about=pull_slack.gt(ABOUT_PP) & ~pull_loose,
        reason=np.where((reason == "") & loose, "imprecise", reason),
    )


def _on_published_bases(rows: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return rows.assign(base=rows["implied_base"].where(rows["code"].isin(codes), rows["base"]))


def published_throughout(rows: pd.DataFrame) -> list[str]:
    """Return the codes of which the zone and every park with a figure publish a growth: those add up on implied bases.

    ``rows`` are those of ``series`` of one month. Where one of them does not, all stand on their levels: the sum of
    parts on two bases is the growth of neither.
    """
    known = rows[rows["value"].notna()]
    implied = (known["growth_from"] == "published") & known["implied_base"].notna()
    every = implied.groupby(known["code"]).all()
    return list(every.index[every])


def _slack(rows: pd.DataFrame) -> pd.Series:
    """What rounding may hide in a change: half a digit of each year, and of the growth behind an implied base."""
    implied = rows["base"].notna() & (rows["base"] != rows["level_base"])
    levels = rows["step"].fillna(0)
    # an implied base is not rounded itself: half a digit of this year, and what the growth's own digit hides
    return levels.where(~implied, levels / 2 + rows["base"].abs() * HALF_PP / 100)


def unexplained(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what parts leave of their wholes beyond rounding (口径变动或未分项), a row a whole that leaves something.

    ``rows`` come from ``shared`` and hold all parts of each whole. The part is called ``unallocated``; its value and
    base are those of the whole less those of the parts, in percentages as for any part.
    """
    groups = rows.groupby("code", sort=False)
    sums = groups[["total", "total_base", "total_slack", "unit"]].first()
    # a part without a figure leaves the sum unknown, not smaller
    sums = sums.join(groups[["value", "base"]].agg(lambda x: x.sum(skipna=False))).join(groups["slack"].sum())
    value, base = sums["total"] - sums["value"], sums["total_base"] - sums["base"]
    slack = sums["slack"] + sums["total_slack"] + 1e-9 * sums["total"].abs()
    left = sums[(value.abs() > slack) | ((value - base).abs() > slack)].index
    value, base, sums = value[left], base[left], sums.loc[left]
    part, pull, reason = contribution(
        value - base, total=sums["total"], total_base=sums["total_base"], tolerance=NO_CHANGE
    )
    return pd.DataFrame(
        {
            "code": left,
            "part": UNALLOCATED,
            "value": value,
            "unit": sums["unit"],
            "qualifier": "",
            "base": base,
            "share_pct": value / sums["total"].where(sums["total"] > 0) * 100,
            "growth_pct": np.nan,
            "growth_reason": "rest",
            "change": value - base,
            "growth_about": False,
            "contribution_pct": part,
            "contribution_about": False,
            "pull_pp": pull,
            "pull_about": False,
            "reason": reason,
        }
    ).reset_index(drop=True)


def parks(rows: pd.DataFrame, *, year: int, month: int, order: list[str]) -> pd.DataFrame:
    """Return every indicator by park, with the park's share, growth, contribution and pull.

    ``rows`` are those of ``series``; ``order`` the ids of the parks. The frame ``parks`` comes back: ``park`` is empty
    for the whole zone, ``unallocated`` for what the parks leave. Rates have no share and no contribution; their growth
    is in percentage points. Codes without a figure of any park are left out.
    """
    now = rows[(rows["year"] == year) & (rows["month"] == month)].assign(part=lambda frame: frame["entity"])
    own = now[now["part"].isin(order)]
    whole = now[(now["part"] == "") & now["code"].isin(own["code"])]
    published = published_throughout(now)
    made = shared(own, whole, published=published)
    # a zone is all of itself: it has no contribution to itself
    head = shared(whole, whole, published=published).assign(contribution_pct=np.nan, pull_pp=np.nan, reason="")
    # a rate, a bound or another unit leaves no rest
    counts = made[
        made["value"].notna() & made["total"].notna() & ~made["reason"].isin(["rate", "basis_changed", "bounds"])
    ]
    # only where every park has a figure is what they leave a rest
    complete = counts.groupby("code")["part"].nunique().eq(len(order))
    rest = unexplained(counts[counts["code"].isin(complete.index[complete])])
    # an empty frame would give its columns to the others
    every = pd.concat([head, *filter(len, (made, rest))], ignore_index=True)
    places = pd.Index(["", *order, UNALLOCATED])
    codes = pd.Index(every["code"].unique())
    every = every.assign(code_order=codes.get_indexer(every["code"]), place=places.get_indexer(every["part"]))
    every = every.sort_values(["code_order", "place"], kind="stable")
    return tidy("parks", every.rename(columns={"part": "park"}))


def structures(rows: pd.DataFrame, pairs: list[tuple[str, str]], *, year: int, month: int, entity: str) -> pd.DataFrame:
    """Return the parts of wholes of one entity: the frame ``contribution``, ``part`` a part of ``code``.

    ``rows`` are those of ``series``, ``pairs`` a whole and a part each (see ``structure``). A whole or a part without
    a value is left out.
    """
    now = rows[(rows["year"] == year) & (rows["month"] == month) & (rows["entity"] == entity)]
    now = now[now["value"].notna()]
    parts = pd.DataFrame(pairs, columns=["whole", "part"]).merge(now, left_on="part", right_on="code")
    parts = parts[parts["whole"].isin(now["code"])].assign(code=lambda frame: frame["whole"])
    return tidy("contribution", shared(parts, now))
