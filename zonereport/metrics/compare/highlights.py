"""Which indicators improved and which worry, counted on a few comparisons; and what is new since last month."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.frame import Row
from zonereport.metrics.rounding import as_printed
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

# how many of each side are named, and how many of the comparisons must agree, less those that do not
NAMED, AGREEING = 3, 2
# percentage points below which a growth has not changed
STEADY_PP = 1.0
# among equal scores the one with more evidence of this kind goes first
TIE_BREAKERS = ["rank_change_year", "growth_change_year_pp"]
MEASURES = ["rank_change_year", "growth", "gap_seasonal", "gap_linear", "growth_against_peers"]
FULL_PCT = 100.0
# the main indicators
GROUP = "S2"


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames ``highlights`` (side improved or worry) and ``changes``, of a park the first alone."""
    if scope.period.first != 1 or scope.known.empty:
        return {}
    if scope.park:
        return {"highlights": highlights(against_zone(scope))}
    return {"highlights": highlights(comparisons(scope), short(scope)), "changes": changes(scope)}


def short(scope: Scope) -> set[str]:
    """Return the indicators that miss their target: at the end of the year by the figure, before by the forecast.

    What is behind the schedule that counts for it is none that goes well either.
    """
    if scope.period.last == 12:
        return _below(scope.measured("completion"), FULL_PCT)
    own, calendar = scope.measured("gap_seasonal"), scope.measured("gap_linear")
    # the indicator's own course counts before the calendar
    with_own = set(own.loc[own["value"].notna(), "code"])
    late = _below(own, 0) | (_below(calendar, 0) - with_own)
    return late | _below(scope.measured("forecast_completion"), FULL_PCT)


def _below(rows: pd.DataFrame, bound: float) -> set[str]:
    """The codes whose figure is below a bound as it is printed."""
    return set(rows.loc[rows["value"].map(lambda value: as_printed(value, 1)) < bound, "code"])


def comparisons(scope: Scope) -> pd.DataFrame:
    """Return the comparisons of every indicator with a direction, a row a code, NaN where one cannot be made.

    rank_change_year: places gained on the same month of last year; growth_change_year_pp: growth less that of the
    same months of last year; progress_gap_pp: completion less the year's own schedule, the linear one where there is
    no history; growth_against_peers_pp: growth less the peers' median. All are turned so that more is better.
    """
    directions = scope.dictionary.indicators["direction"]
    rows = scope.known[scope.known["reason"] == ""].drop_duplicates(["code", "measure"])
    table = rows.pivot(index="code", columns="measure", values="value")
    table = table[table.index.isin(directions.index[directions != 0])]
    table = table.reindex(columns=MEASURES)
    signs = directions.reindex(table.index).astype("float64")
    growth = table["growth"] * signs
    # an indicator that is judged by its level says nothing by a change of its growth
    by_growth = scope.dictionary.indicators["ranked_on"].reindex(table.index) == "growth"
    return pd.DataFrame(
        {
            "rank_change_year": table["rank_change_year"],
            "growth_change_year_pp": (growth - _last_growth(scope).reindex(table.index) * signs).where(by_growth),
            "growth_pct": growth.where(~by_growth),
            "progress_gap_pp": table["gap_seasonal"].fillna(table["gap_linear"]),
            "growth_against_peers_pp": table["growth_against_peers"],
        }
    )


def against_zone(scope: Scope) -> pd.DataFrame:
    """Return the comparisons of a park: its growth by itself, and less that of the whole zone (…_against_peers_pp)."""
    table = comparisons(scope)
    # the amounts of the park's economy: of other fields more is not plainly better
    indicators = scope.dictionary.indicators
    published = table.index.difference(scope.dictionary.derived.index, sort=False)
    table = table.loc[published[indicators.loc[published, "group"] == GROUP]]
    series = scope.frames.get("series", tidy("series", []))
    zone = series[(series["entity"] == "") & (series["year"] == scope.period.year)]
    zone = zone[zone["month"] == scope.period.last].set_index("code")["growth_pct"]
    known = scope.known[(scope.known["measure"] == "growth") & (scope.known["reason"] == "")]
    signs = scope.dictionary.indicators["direction"].reindex(table.index).astype("float64")
    growth = known.set_index("code")["value"].reindex(table.index) * signs
    nothing = pd.DataFrame(float("nan"), table.index, table.columns)
    return nothing.assign(growth_pct=growth, growth_against_peers_pp=growth - zone.reindex(table.index) * signs)


def _last_growth(scope: Scope) -> pd.Series:
    """The growth of the zone in the same months of last year, by code."""
    series = scope.frames.get("series", tidy("series", []))
    last = series[(series["entity"] == "") & (series["year"] == scope.period.year - 1)]
    return last[last["month"] == scope.period.last].set_index("code")["growth_pct"]


def highlights(table: pd.DataFrame, missed: Collection[str] = ()) -> pd.DataFrame:
    """Return the indicators for which most comparisons point one way, the clearest first, at most NAMED a side.

    What misses its target (``missed``) is on no good side, whatever its comparisons say.

    score = comparisons that are better - comparisons that are worse; a growth that moved by less than STEADY_PP is
    neither. Named are those with |score| >= AGREEING. Among equal scores more places of the rank go first, then the
    wider move of the growth.

    >>> made = highlights(pd.DataFrame({"rank_change_year": [2.0, -1.0], "growth_change_year_pp": [3.0, -2.0],
    ...     "growth_pct": np.nan, "progress_gap_pp": [1.0, np.nan], "growth_against_peers_pp": [np.nan, -4.0]},
    ...     index=["a", "b"]))
    >>> made[["side", "place", "code", "score"]].values.tolist()
    [['improved', 1, 'a', 3], ['worry', 1, 'b', -3]]
    """
    # what has not changed points nowhere
    signs = np.sign(table.where(table.ne(0)))
    steady = table["growth_change_year_pp"].abs() < STEADY_PP
    signs["growth_change_year_pp"] = signs["growth_change_year_pp"].mask(steady)
    made = table.assign(score=signs.sum(axis=1).astype("int64")).rename_axis("code").reset_index()
    found = []
    for side, sign in (("improved", 1), ("worry", -1)):
        rows = made[made["score"] * sign >= AGREEING]
        if side == "improved":
            rows = rows[~rows["code"].isin(missed)]
        order = (rows[["score", *TIE_BREAKERS]] * sign).fillna(0)
        rows = rows.loc[order.sort_values(list(order), ascending=False, kind="stable").index].head(NAMED)
        found.append(rows.assign(side=side, place=range(1, len(rows) + 1)))
    return tidy("highlights", pd.concat(found))


def changes(scope: Scope) -> pd.DataFrame:
    """Return what is not as it was in the edition of the month before, a row a change, in the dictionary's order.

    kind ``band``: another class (before and now are advantaged, mid or lagging); ``rank``: places then and now;
    ``target``: the year's target was set anew in the month (values then and now, in ``unit``); ``revision``: a figure
    of an earlier ``period`` was received anew after the month before. before and now are texts or numbers as text.
    """
    rows = [*_bands(scope), *_ranks(scope), *_targets(scope), *_revisions(scope)]
    frame = tidy("changes", rows)
    order = scope.dictionary.indicators.index
    return frame.sort_values("code", key=order.get_indexer, kind="stable", ignore_index=True)


def _bands(scope: Scope) -> Iterator[Row]:
    bands = scope.frames.get("bands", tidy("bands", []))
    for row in bands[bands["has_changed"]].itertuples():
        yield {"code": row.code, "kind": "band", "before": row.previous, "now": row.band}


def _ranks(scope: Scope) -> Iterator[Row]:
    ranks = scope.frames.get("rank_history", tidy("rank_history", []))
    ranks = ranks[ranks["year"] == scope.period.year].set_index("code")
    now = ranks.loc[ranks["month"] == scope.period.last, "rank"]
    before = ranks.loc[ranks["month"] == scope.period.last - 1, "rank"]
    both = pd.DataFrame({"before": before, "now": now}).reindex(now.index).dropna()
    for row in both[both["before"] != both["now"]].itertuples():
        yield {"code": row.Index, "kind": "rank", "before": f"{row.before:.0f}", "now": f"{row.now:.0f}", "unit": "位"}


def _targets(scope: Scope) -> Iterator[Row]:
    month = f"{scope.period.year}-{scope.period.last:02d}"
    targets = scope.table("targets")
    for code, group in targets[targets["year"] == str(scope.period.year)].groupby("code", sort=False):
        last = group.sort_values("set_on", kind="stable").tail(2)
        # the first target of a year changes nothing
        if len(last) == 2 and last["set_on"].iloc[1].startswith(month):
            before, now = last["target"].map("{:g}".format)
            yield {"code": code, "kind": "target", "before": before, "now": now, "unit": last["unit"].iloc[1]}


def _revisions(scope: Scope) -> Iterator[Row]:
    month = f"{scope.period.year}-{scope.period.last:02d}"
    revised = scope.frames.get("revisions", tidy("revisions", []))
    for row in revised[revised["park"] == ""].itertuples():
        # received in the month or later, when the edition before was out
        if row.vintage >= month and Period.parse(row.period) < scope.period:
            change = {"code": row.code, "kind": "revision", "before": f"{row.first:g}", "now": f"{row.latest:g}"}
            yield change | {"unit": row.unit, "period": row.period}
