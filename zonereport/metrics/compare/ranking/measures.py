"""Ranking among peers: place, ties, those who did not report, changes on the same peers, distances and first tier."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.compare.ranking.comparing import MONTH, SOFT, compared
from zonereport.metrics.compare.ranking.peer_rank import (
    ZONE,
    Standing,
    gap_below,
    gap_to_next,
    rank_change,
    standings,
    tier_gap,
)
from zonereport.metrics.compare.ranking.rank_tables import rank_history, ranks
from zonereport.metrics.frame import Row
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.scope import Scope

PLACES = "位"
# as many years as there are
ALL = 1000
NAN = float("nan")


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of every indicator that peers report or a source ranks; the whole zone only.

    rank and rank_of where the source gives none (a published one stays), rank_tied, rank_missing, rank_change,
    rank_change_year (位); gap_to_next, gap_below and tier_gap in the unit of what is ranked (percentage points for
    growth), gap_to_next_amount of a growth in the unit of its level, tier_places (位), growth_against_peers
    (个百分点). basis: growth or level, before it ``computed`` for a rank that no source gives; ``published`` or
    ``common peers`` for changes. Reasons: no_peers, first_place, last_place, first_of_year, no_history, not_reported
    and those of a growth. Source: methods notes of the project, section 3.6.
    """
    # this year, the one before, and the base of that one's growth
    table = table_of(scope, {}, years=3)
    tiers, before = first_tiers(scope), _before(table, scope.period)
    for code, one in standings_of(scope, {}, years=3).items():
        yield from _place(one)
        first = 1 if scope.dictionary.indicators.at[code, "january_reported"] == "yes" else 2
        yield from _changes(one, before, scope.period, first)
        yield from _distances(one, int(scope.dictionary.indicators.at[code, "direction"]))
        if code in tiers:
            yield from _tier(one, tiers[code])


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames ``ranks``, a row an indicator and entity, and ``rank_history``, a row an indicator and month.

    ranks: basis is ``published`` where every figure has a published rank, else ``computed``; reason says why a unit is
    not ranked; best first.
    """
    table = table_of(scope, {}, years=ALL)
    return {"ranks": ranks(table, scope.period, scope.zone.about.peers), "rank_history": rank_history(table)}


def table_of(scope: Scope, on: Mapping[str, str], *, years: int) -> pd.DataFrame:
    """Return ``compared`` for the latest ``years`` of a scope, made once; a park has no peers and no rows.

    A growth that no source gives needs the year before: the earliest of the years may have none.
    """
    first = _first(scope, years)

    def make() -> pd.DataFrame:
        history, peers = scope.history, scope.peers
        history, peers = history[history["year"] >= first], peers[peers["year"] >= first]
        return compared(history, peers, scope.dictionary, on=on)

    return scope.once(("compared", first, *on.items()), make)


def standings_of(scope: Scope, on: Mapping[str, str], *, years: int) -> dict[str, Standing]:
    """Return the standings of an edition in ``table_of``, made once."""
    return scope.once(
        ("standings", _first(scope, years), *on.items()),
        lambda: standings(table_of(scope, on, years=years), scope.period, scope.zone.about.peers),
    )


def _first(scope: Scope, years: int) -> int:
    """The first of the latest ``years`` that there is any figure of: three years may be all years."""
    # a park has no peers: a year that has not come leaves nothing
    if scope.park:
        return scope.period.year + 1
    starts = [int(frame["year"].min()) for frame in (scope.history, scope.peers) if len(frame)]
    return max(scope.period.year - years + 1, min(starts, default=scope.period.year))


def first_tiers(scope: Scope) -> dict[str, int]:
    """Return the last rank of the first tier by code, as the assessment of the year has it."""
    rules = scope.table("assessment")
    rows = rules[(rules["year"] == str(scope.period.year)) & rules["first_tier"].notna()]
    return {code: int(tier) for code, tier in zip(rows["code"], rows["first_tier"], strict=True)}


def _row(one: Standing, measure: str, value: float, reason: str, **more: object) -> Row:
    """A row with its value, or with the zone's own reason, or that there are no peers, or else ``reason``."""
    row: Row = {"code": one.code, "measure": measure, "basis": one.row["on"], "source": one.source} | more
    if not np.isnan(value):
        return row | {"value": value}
    if np.isnan(one.own):
        reason = one.row["reason"]
    elif not len(one.others):
        reason = "no_peers"
    return row | {"reason": reason, "qualifier": ""}


def _place(one: Standing) -> Iterator[Row]:
    # a rank of an estimate is an estimate; of a bound nobody knows which way it errs
    soft = one.row["qualifier"] if one.row["qualifier"] in SOFT else ""
    basis = f"computed {one.row['on']}"
    if np.isnan(one.published) and not np.isnan(one.computed):
        yield _row(one, "rank", one.computed, "", unit=PLACES, qualifier=soft, basis=basis)
    if np.isnan(one.row["rank_of"]) and not np.isnan(one.rank_of):
        yield _row(one, "rank_of", one.rank_of, "", unit=PLACES, basis=basis)
    # nobody shares a rank that there is not
    tied = NAN if np.isnan(one.computed) else float(one.tied)
    yield _row(one, "rank_tied", tied, "", unit="个", qualifier=soft)
    if len(one.others):
        yield _row(one, "rank_missing", float(one.silent), "", unit="个")


def _before(table: pd.DataFrame, period: Period) -> dict[tuple[str, int, int], pd.DataFrame]:
    """What the changes are held against, by code, year and month: better, rank and rank_of of each entity."""
    last_month = (table["year"] == period.year) & (table["month"] == period.last - 1)
    last_year = (table["year"] == period.year - 1) & (table["month"] == period.last)
    rows = table.loc[last_month | last_year, ["entity", "better", "rank", "rank_of", *MONTH]].set_index("entity")
    rows = rows.astype(dict.fromkeys(["better", "rank", "rank_of"], "float64"))
    return dict(list(rows.groupby(MONTH)))


def _changes(
    one: Standing, before: Mapping[tuple[str, int, int], pd.DataFrame], period: Period, first: int
) -> Iterator[Row]:
    if period.kind == "month" and period.last <= first:
        yield _row(one, "rank_change", NAN, "first_of_year", unit=PLACES, basis="")
    elif period.kind == "month":
        yield _change(one, "rank_change", before.get((one.code, period.year, period.last - 1)))
    yield _change(one, "rank_change_year", before.get((one.code, period.year - 1, period.last)))


def _change(one: Standing, measure: str, then: pd.DataFrame | None) -> Row:
    """The change since a month: of the published ranks where both were given among the same peers, else computed."""
    if then is None:
        return _row(one, measure, NAN, "no_history", unit=PLACES, basis="common peers")
    before, now = then["better"], pd.concat([pd.Series({ZONE: one.own}), one.others])
    same = set(before.dropna().index) == set(now.dropna().index)
    if ZONE in then.index and not np.isnan(one.published) and one.row["rank_of"] == then.at[ZONE, "rank_of"] and same:
        gained = float(then.at[ZONE, "rank"] - one.published)
        return _row(one, measure, gained, "no_history", unit=PLACES, basis="published")
    change, common = rank_change(now, before, entity=ZONE)
    # without a peer in both months there is no place to move from
    value = change if common else NAN
    return _row(one, measure, value, "no_history", unit=PLACES, basis="common peers")


def _distances(one: Standing, direction: int) -> Iterator[Row]:
    row = one.row
    unit = gap_unit(row["on"], row["unit"])
    ahead, behind = gap_to_next(one.own, one.others), gap_below(one.own, one.others)
    # how a bound of the zone's own figure bounds a distance depends on which side of the difference it stands
    short, long = (
        combined_qualifier("difference", "", row["qualifier"]),
        combined_qualifier("difference", row["qualifier"], ""),
    )
    if direction < 0:
        short, long = long, short
    yield _row(one, "gap_to_next", ahead, "first_place", unit=unit, qualifier=short)
    if row["on"] == "growth" and row["unit"] == "%":
        reason = "first_place" if np.isnan(ahead) else "not_reported"
        yield _row(one, "gap_to_next_amount", one.amount(ahead), reason, unit=row["level_unit"], qualifier=short)
    yield _row(one, "gap_below", behind, "last_place", unit=unit, qualifier=long)
    # the middle of nobody is nothing
    lead = NAN
    if len(one.growths):
        lead = row["growth_pct"] - float(np.median(one.growths))
    against: Row = {"code": one.code, "measure": "growth_against_peers", "unit": "个百分点", "source": one.source}
    if np.isnan(lead):
        yield against | {"reason": row["growth_reason"] or "no_peers"}
    else:
        yield against | {"value": round(lead, 9), "basis": "growth"}


def gap_unit(on: str, unit: str) -> str:
    """Return the unit of a difference between two figures: percentage points for rates and growths."""
    return "个百分点" if on == "growth" or unit == "%" else unit


def _tier(one: Standing, first_tier: int) -> Iterator[Row]:
    unit, gap = gap_unit(one.row["on"], one.row["unit"]), NAN
    if len(one.others) and not np.isnan(one.own):
        gap = tier_gap(one.own, one.others, first_tier=first_tier)
    yield _row(one, "tier_gap", gap, "", unit=unit)
    yield _row(one, "tier_places", float(np.maximum(0, one.rank - first_tier)), "", unit=PLACES)
