"""争取前几要多少: the amount and the growth that a place among the peers takes."""

import math

from zonereport.inputs import Refused
from zonereport.language import tr
from zonereport.metrics.compare.ranking.wanted import Wanted, wanted
from zonereport.present.explain.node import Node
from zonereport.present.explain.rows import peer_rows
from zonereport.present.kit.numbers import number
from zonereport.present.known import require


def explain_rank(report, code: str, place: int) -> Node:
    """Return what the zone needs to come to ``place`` or better: the figure to reach, the amount, the growth.

    Raises UnknownName for a code that nothing is called, Refused for a place that is none.
    """
    require(code, list(report.zone.dictionary.indicators.index), "code")
    if place < 1:
        raise Refused(tr("a rank is 1 or more, not {place}", place=place))
    one = wanted(
        report.detail("ranks", code=code),
        place,
        level=report.value(code),
        growth=report.value(code, "growth"),
        direction=int(report.label(code, "direction")),
    )
    name = f"{report.place}{report.period.name_zh}{report.label(code)}争取第{place}位"
    return Node(name, _answer(report, code, one), _how(one), parts=tuple(peer_rows(report, code)))


def _answer(report, code: str, one: Wanted) -> str:
    """The sentence that answers."""
    unit = one.unit
    decimals = 1 if one.on == "growth" else int(report.label(code, "decimals"))
    if one.reason == "not_reported":
        return "本期没有参加排位的数，答不出"
    if one.reason == "no_peers":
        return "没有同类开发区同期数，答不出"
    own = f"{number(one.own, decimals, fixed=one.on == 'growth')}{unit}"
    if one.reason == "met":
        return f"现为{own}，已经达到"
    needed = f"{number(one.needed, decimals, fixed=one.on == 'growth')}{unit}"
    what = "增速" if one.on == "growth" else "总量"
    text = f"{what}须由{own}达到{needed}（现由{one.holder}保持）"
    if math.isnan(one.amount):
        return text + "；没有总量或基数，折算不出需要的数量"
    level_unit = unit
    if one.on == "growth":
        level_unit = report.zone.dictionary.indicators.at[code, "unit"]
    verb = "再增" if one.amount > 0 else "再减"
    more, reached = _needed(abs(one.amount), report, code), _needed(one.level, report, code)
    text += f"，累计数须{verb}{more}{level_unit}，达到{reached}{level_unit}"
    if not math.isnan(one.growth):
        direction = "增长" if one.growth >= 0 else "下降"
        text += f"，即同比{direction}{number(abs(one.growth), 1, fixed=True)}%"
    return text


def _needed(value: float, report, code: str) -> str:
    """A figure to be reached, rounded up: what is rounded down does not suffice."""
    decimals = max(2, int(report.label(code, "decimals")))
    step = 10.0**decimals
    return number(math.ceil(round(value * step, 6)) / step, decimals)


def _how(one: Wanted) -> str:
    """The way the answer was found; empty where there is none."""
    if one.reason:
        return ""
    if one.on == "growth":
        return "基数 ＝ 累计数 ÷（1 ＋ 同比增速）；需增 ＝ 基数 ×（所需增速 − 本区增速）"
    return "需增 ＝ 第几位的同类开发区累计数 − 本区累计数；达到同一数值即并列该位"
