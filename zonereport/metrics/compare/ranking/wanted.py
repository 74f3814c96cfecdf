"""What a place among the peers takes: the figure to reach, the amount that is missing and the growth that it means."""

import math
from dataclasses import dataclass

import pandas as pd

NAN = float("nan")


@dataclass(frozen=True)
class Wanted:
    """What the zone needs to stand at ``place`` or better in one indicator.

    ``on`` says what is ranked, growth or level; ``own`` and ``needed`` are that figure of the zone and of ``holder``,
    who holds the place among the others, ``unit`` is theirs. ``amount`` more of the level makes ``level`` of it and
    ``growth`` in %; NaN where level or base are not known. ``reason`` says why nothing can be said: no_peers,
    not_reported, met (the place is reached).
    """

    place: int
    on: str = ""
    own: float = NAN
    needed: float = NAN
    holder: str = ""
    unit: str = ""
    amount: float = NAN
    level: float = NAN
    growth: float = NAN
    reason: str = ""


def wanted(ranks: pd.DataFrame, place: int, *, level: float, growth: float, direction: int) -> Wanted:
    """Return what ``place`` takes: to draw level with the peer that holds it, as printed.

    ``ranks`` are the rows of one indicator of the frame ``ranks``; ``level`` and ``growth`` (in %) are the zone's own,
    NaN where not known; ``direction`` is 1 where more is better. The k-th best of the others is the figure to equal:
    then k - 1 at most are ahead. base = level / (1 + growth / 100); on growth the amount is base x (needed - own) /
    100, on a level it is needed - own. Source: methods notes of the project, section 3.6.

    >>> rows = pd.DataFrame({"is_zone": [True, False, False], "entity": ["", "甲", "乙"], "on": "growth",
    ...                      "printed": [5.0, 9.0, 7.0], "unit": "%"})
    >>> one = wanted(rows, 2, level=105.0, growth=5.0, direction=1)
    >>> one.holder, one.needed, round(one.amount, 6), round(one.level, 6)
    ('乙', 7.0, 2.0, 107.0)
    """
    mine = ranks[ranks["is_zone"] & ranks["printed"].notna()]
    others = ranks[~ranks["is_zone"] & ranks["printed"].notna()]
    if mine.empty:
        return Wanted(place, reason="not_reported")
    on, unit, own = mine.iloc[0]["on"], mine.iloc[0]["unit"], float(mine.iloc[0]["printed"])
    if others.empty:
        return Wanted(place, on, own, unit=unit, reason="no_peers")
    best = others.sort_values("printed", ascending=direction < 0, kind="stable")
    # fewer others than places: whoever reports has the place
    if len(best) < place or direction * (float(best.iloc[place - 1]["printed"]) - own) <= 0:
        return Wanted(place, on, own, unit=unit, reason="met")
    holder = best.iloc[place - 1]
    needed = float(holder["printed"])
    base = NAN
    if not math.isnan(level) and not math.isnan(growth) and growth > -100:
        base = level / (1 + growth / 100)
    amount = needed - own
    if on == "growth":
        # of a rate the growth is a difference already
        amount = base * (needed - own) / 100 if unit == "%" else NAN
    reached = level + amount
    return Wanted(place, on, own, needed, holder["entity"], unit, amount, reached, (reached / base - 1) * 100)
