"""The city's assessment: the points of each item, and what the next rank would bring."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from zonereport.inputs.units import convert
from zonereport.metrics.compare.ranking.measures import gap_unit, standings_of
from zonereport.metrics.compare.ranking.peer_rank import Standing, gap_to_next
from zonereport.metrics.compare.scoring import rules
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators import targets
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

NAN = float("nan")
POINTS, TOTAL = "分", "city_assessment"
# which version of a rule it is, said as the basis of a score
VERSIONS = {
    "rank_step": "rank_step 0.05",
    "target": "target",
    "efficacy": "efficacy 60+40",
    "level_growth": "level_growth 2011",
}
MEASURES = {"growth": "growth", "level": "value", "completion": "completion"}
KINDS = {"growth": ("growth",), "level": ("level", "ceiling"), "completion": ("level",)}


@dataclass(frozen=True)
class Item:
    """One item of the assessment and its score; ``reason`` and ``gain_reason`` say why a number is NaN.

    ``value`` in ``value_unit`` is what is measured, ``gain`` the points that ``needs`` in ``unit`` would bring,
    ``needs_amount`` the same in the unit of the level where growth is measured, and ``gain_rate`` = gain / needs the
    points for each ``unit``: among items of one unit the greatest is the cheapest next point.
    """

    code: str
    pillar: str
    rule: str
    points: float
    measured_on: str
    value: float
    value_unit: str
    qualifier: str
    source: str
    rank: float = NAN
    rank_of: float = NAN
    score: float = NAN
    reason: str = ""
    gain: float = NAN
    needs: float = NAN
    unit: str = ""
    needs_amount: float = NAN
    amount_unit: str = ""
    gain_reason: str = ""
    gain_rate: float = NAN


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the score (分) of every item of the year's assessment, and the city_assessment.

    score by the item's rule (see ``rules``), its version is the basis. city_assessment: score, score_full (full marks
    of what could be scored), both 分, and score_rate = score / score_full x 100 %. Reasons: those of what is measured,
    no_peers, no_target, no_rule (the year has no assessment). Source: methods notes of the project, section 3.6.
    """
    if scope.park or scope.table("assessment").empty:
        return
    found = items(scope)
    for item in found:
        row: Row = {"code": item.code, "measure": "score", "unit": POINTS, "basis": VERSIONS[item.rule]}
        yield row | {"source": item.source} | known(item.score, item.reason, qualifier=item.qualifier)
    yield from _total(found)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frame ``scores``: a row an item of the year's assessment, with the fields of ``Item``.

    gain is the points that drawing level with the next better peer would bring, needs the change that this takes
    (percentage points for growth); of a target both are those of meeting it. Reasons of no gain: first_place,
    target_met, no_peers.
    """
    if scope.park or scope.table("assessment").empty:
        return {}
    scores = tidy("scores", [vars(item) for item in items(scope)])
    # points for different units, percentage points and amounts, cannot be held against each other
    comparable = (scores["gain"] > 0) & (scores["unit"] == "个百分点")
    order = scores["gain_rate"].where(comparable).rank(method="first", ascending=False)
    return {"scores": scores.assign(gain_order=order)}


def items(scope: Scope) -> list[Item]:
    """Return every item of the year's assessment, scored."""
    table = scope.table("assessment")
    table = table[table["year"] == str(scope.period.year)]
    # completions are of the zone's own targets: no peer has one
    compared = table[table["measured_on"] != "completion"]
    on = dict(zip(compared["code"], compared["measured_on"], strict=True))
    # two years are enough for a growth
    standings = standings_of(scope, on, years=2)
    aims = targets.set_in_time(scope.table("targets"), scope.period)
    rows = scope.known[scope.known["measure"].isin(MEASURES.values())]
    measured = {(row["code"], row["measure"]): row for row in rows.to_dict("records")}
    scored = []
    for rule in table.itertuples():
        # without a figure an item keeps its place in the table
        item = _measured(rule, measured)
        standing = standings.get(rule.code)
        if standing is not None:
            item = replace(item, rank=standing.rank, rank_of=standing.rank_of)
        if rule.rule == "rank_step":
            scored.append(_by_rank(item, standing))
        elif rule.rule == "target":
            aim = aims[(aims["code"] == rule.code) & aims["kind"].isin(KINDS[rule.measured_on])]
            scored.append(_by_target(item, standing, aim, scope))
        else:
            scored.append(_by_value(item, standing, rule, int(scope.dictionary.indicators.at[rule.code, "direction"])))
    return [_with_rate(item) for item in scored]


def _with_rate(item: Item) -> Item:
    if not item.needs > 0:
        return item
    return replace(item, gain_rate=item.gain / item.needs)


def _measured(rule, measured: Mapping[tuple[str, str], Row]) -> Item:
    """The item with what it is measured on, or the reason why that is missing."""
    # the level counts in that rule, too, but its points follow the growth
    on = "growth" if rule.rule == "level_growth" else rule.measured_on
    row = measured.get((rule.code, MEASURES[on]), {})
    return Item(
        code=rule.code,
        pillar=rule.pillar,
        rule=rule.rule,
        points=float(rule.points),
        measured_on=rule.measured_on,
        value=float(row.get("value", NAN)),
        value_unit=str(row.get("unit", "")),
        qualifier=str(row.get("qualifier", "")),
        source=";".join(dict.fromkeys(filter(None, [str(row.get("source", "")), rule.source]))),
        reason=str(row.get("reason", "not_reported")),
    )


def _by_rank(item: Item, standing: Standing | None) -> Item:
    if np.isnan(item.rank):
        missing = item.reason or "no_peers"
        return replace(item, reason=missing, gain_reason=missing)
    score = rules.rank_step(item.rank, points=item.points)
    item = replace(item, score=score, reason="")
    if item.rank == 1:
        return replace(item, gain_reason="first_place")
    # without the peers' figures the next rank is known, but not what it needs
    better = rules.rank_step(max(1, item.rank - max(1, standing.next_places)), points=item.points)
    return _with_needs(replace(item, gain=round(better - score, 9)), standing)


def _by_value(item: Item, standing: Standing | None, rule, direction: int) -> Item:
    """Efficacy and level plus growth: what the zone itself reached decides, not its rank."""
    if item.reason:
        return replace(item, gain_reason=item.reason)

    def score(value: float) -> float:
        if item.rule == "level_growth":
            return rules.level_growth(direction * value, points=item.points)
        # lower < upper in the table; where less is better the upper one is what must not be
        low, high = rule.lower, rule.upper
        if direction < 0:
            low, high = high, low
        return rules.efficacy(value, unacceptable=low, satisfactory=high, points=item.points)

    item = replace(item, score=score(item.value))
    comparable = standing is not None and rule.measured_on != "completion" and len(standing.others)
    if not comparable or np.isnan(standing.own):
        return replace(item, gain_reason="no_peers")
    gap = gap_to_next(standing.own, standing.others)
    if np.isnan(gap):
        return replace(item, gain_reason="first_place")
    gain = round(score(item.value + direction * gap) - item.score, 9)
    return _with_needs(replace(item, gain=gain), standing)


def _with_needs(item: Item, standing: Standing) -> Item:
    # what the next rank takes is what the next peer is ahead by
    gap, row = gap_to_next(standing.own, standing.others), standing.row
    item = replace(item, needs=gap, unit=gap_unit(row["on"], row["unit"]))
    if row["on"] == "growth" and not np.isnan(amount := standing.amount(gap)):
        item = replace(item, needs_amount=round(amount, 9), amount_unit=row["level_unit"])
    return item


def _by_target(item: Item, standing: Standing | None, aims: pd.DataFrame, scope: Scope) -> Item:
    """The target in force is the last row of ``aims``."""
    if aims.empty:
        return replace(item, reason="no_target", gain_reason="no_target")
    if item.reason:
        return replace(item, gain_reason=item.reason)
    aim = aims.iloc[-1]
    wanted, unit = _wanted(aim, item, scope)
    if np.isnan(wanted):
        return replace(item, reason="basis_changed", gain_reason="basis_changed")
    # what neither end of is the better one has to reach its target all the same
    direction = int(scope.dictionary.indicators.at[item.code, "direction"]) or 1
    if aim["kind"] == "ceiling":
        direction = -1
    # turned so that something above zero is missing
    lacking = round(direction * (wanted - item.value), 9)
    item = replace(item, score=rules.target_met(lacking <= 0, points=item.points))
    if lacking <= 0:
        return replace(item, gain_reason="target_met")
    item = replace(item, gain=item.points - item.score, needs=lacking, unit=unit)
    if item.measured_on == "growth" and standing is not None and not np.isnan(amount := standing.amount(lacking)):
        item = replace(item, needs_amount=round(amount, 9), amount_unit=standing.row["level_unit"])
    if item.measured_on == "completion":
        own = scope.dictionary.printed_unit(item.code, aim["unit"])
        missing = convert(aim["target"], aim["unit"], own, scope.dictionary.units) * lacking / 100
        item = replace(item, needs_amount=round(missing, 9), amount_unit=own)
    return item


def _wanted(aim: pd.Series, item: Item, scope: Scope) -> tuple[float, str]:
    """What is aimed at, and the unit of what is lacking; NaN in another currency."""
    if item.measured_on == "completion":
        return 100.0, "个百分点"
    if item.measured_on == "growth":
        return aim["target"], "个百分点"
    try:
        return convert(aim["target"], aim["unit"], item.value_unit, scope.dictionary.units), item.value_unit
    except ValueError:
        return NAN, ""


def _total(found: list[Item]) -> Iterator[Row]:
    # an item that cannot be scored is no item of zero
    scored = [item for item in found if not np.isnan(item.score)]
    row = {"code": TOTAL, "source": ";".join(dict.fromkeys(s for item in scored for s in item.source.split(";")))}
    row["basis"] = f"items {len(scored)}/{len(found)}"
    if not scored:
        # there are rules but no figures, or no rules for the year
        reason = "not_reported" if found else "no_rule"
        yield row | {"measure": "score", "unit": POINTS, "reason": reason}
        return
    score, full = round(sum(item.score for item in scored), 9), sum(item.points for item in scored)
    yield row | {"measure": "score", "unit": POINTS, "value": score}
    yield row | {"measure": "score_full", "unit": POINTS, "value": full}
    yield row | {"measure": "score_rate", "unit": "%", "value": score / full * 100}
