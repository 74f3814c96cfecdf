"""The bounds at which a judgement changes: what counts as near, large, sure, few or a matter of chance."""

from typing import NamedTuple


class Bound(NamedTuple):
    """A bound with its unit and what lies on which side of it."""

    value: float
    unit: str
    about: str


# a firm below its threshold is near it from here on, one on the register is at risk below there
NEAR_PCT = 80.0
FALLING_PCT = 110.0
# fewer than these have no share, no probability and no median
FEWEST_ENTERPRISES = 10
# a class that fewer than so many in a hundred runs agree with is unsure
SHAKY_PCT = 70.0
# from this p value on chance alone is explanation enough
CHANCE_P = 0.05
# an amount from here on is large for a zone
LARGE_100M_YUAN = 100.0
# the places at either end of a ranking that are named
EDGE_PLACES = 3
# between these shares of the draws the order of two units is decided by choices
EVEN_PCT = (40.0, 60.0)
# a title that holds no longer than this is evaluated anew each year as a matter of course
YEARLY_MONTHS = 12
# a curve or a median says nothing where fewer are still followed: one of them moves it by a fifth and more
WATCHED_PROJECTS = 5
# whoever has this share of a whole decides it
DOMINANT_PCT = 50.0

BOUNDS = {
    "near_threshold": Bound(NEAR_PCT, "%", "sales of twelve months against the threshold: near from here on"),
    "falling": Bound(FALLING_PCT, "%", "sales of twelve months against the threshold: at risk below"),
    "fewest_enterprises": Bound(FEWEST_ENTERPRISES, "家", "no share and no median of fewer"),
    "shaky": Bound(SHAKY_PCT, "%", "stability of a class: unsure below"),
    "chance": Bound(CHANCE_P, "", "p value of two counts: within chance from here on"),
    "large": Bound(LARGE_100M_YUAN, "亿元", "an amount: large from here on"),
    "edge": Bound(EDGE_PLACES, "位", "places at either end of a ranking"),
    "even_low": Bound(EVEN_PCT[0], "%", "draws ahead of the next unit: the order may be the other way round below"),
    "even_high": Bound(EVEN_PCT[1], "%", "draws ahead of the next unit: the order is firm above"),
    "yearly": Bound(YEARLY_MONTHS, "个月", "validity of a title: evaluated every year up to here"),
    "watched": Bound(WATCHED_PROJECTS, "个", "projects still followed: a curve and a median end below"),
    "dominant": Bound(DOMINANT_PCT, "%", "share in a whole: dominant from here on"),
}
