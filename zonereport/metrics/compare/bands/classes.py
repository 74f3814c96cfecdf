"""From three signals to a class, with a memory: a class changes on a large move or when it has lasted."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

SIGNALS = ["progress", "position", "momentum"]
ADVANTAGED, MID, LAGGING, INSUFFICIENT = "advantaged", "mid", "lagging", "insufficient"
NUMBERS = {ADVANTAGED: 1.0, MID: 0.0, LAGGING: -1.0}
# the sum of signals that makes a class, and the signals that it takes
CUT, FEWEST = 2, 2
# a change of class needs a sum that moves by so much, or so many months in a row
MOVE = 2
# over a longer hole in the months nothing is remembered
LONGEST_GAP_MONTHS = 3


class Month(NamedTuple):
    """What is remembered of the month before."""

    code: str
    when: int
    total: float
    raw: str
    band: str


def beyond(gap: float, tolerance: float) -> float:
    """1 where ``gap`` is above ``tolerance``, -1 where it is below -``tolerance``, 0 between; NaN where it is missing.

    >>> beyond(2.5, 2.0), beyond(-2.0, 2.0), beyond(-2.1, 2.0)
    (1.0, 0.0, -1.0)
    """
    if np.isnan(gap):
        return float("nan")
    return float(gap > tolerance) - float(gap < -tolerance)


def position(rank: float, tied: float, of: float) -> float:
    """1 in the top third of ``of`` places, -1 in the bottom third, else 0; below six places above or below the median.

    Those who share a rank stand together: counted from below, too, they have the better place,
    of - rank - tied + 2. NaN where there is no other. Source: methods notes of the project, section 3.8.

    >>> [position(rank, 1, 10) for rank in (3, 4, 7, 8)], [position(rank, 1, 5) for rank in (2, 3, 4)]
    ([1.0, 0.0, 0.0, -1.0], [1.0, 0.0, -1.0])
    >>> position(7, 4, 10), position(1, 10, 10)
    (-1.0, 0.0)
    """
    if np.isnan(rank) or np.isnan(of) or of < 2:
        return float("nan")
    if np.isnan(tied):
        tied = 1
    below = of - rank - tied + 2
    # of so few the thirds are single units
    if of < 6:
        return float(np.sign(below - rank))
    return float((3 * rank <= of) - (3 * below <= of))


def class_of(signals: Iterable[float]) -> str:
    """The class of one month's signals (-1, 0, 1; NaN missing): a sum of 2 is advantaged, of -2 lagging, else mid.

    Fewer than two signals are insufficient. Source: methods notes of the project, section 3.8 (a proposal of the
    project: there is no official rule).

    >>> class_of([1, 1, 0]), class_of([1, float("nan"), -1]), class_of([-1, -1, -1]), class_of([1, float("nan")])
    ('advantaged', 'mid', 'lagging', 'insufficient')
    """
    given = [signal for signal in signals if not np.isnan(signal)]
    if len(given) < FEWEST:
        return INSUFFICIENT
    if sum(given) >= CUT:
        return ADVANTAGED
    if sum(given) <= -CUT:
        return LAGGING
    return MID


def classify(signals: pd.DataFrame) -> pd.DataFrame:
    """Return the class of every code and month, with a memory (hysteresis).

    ``signals``: code, year, month and the three SIGNALS (-1, 0, 1, NaN), any order; other columns stay. Added are
    signals (how many are known), sum, raw (the month's class by itself), previous (the class held before, empty at the
    start), band, held (the band is not the raw class). The class held changes only where the sum has moved by two
    since the month before, or where the raw class is the same for the second month. A month with fewer than two
    signals, or a hole of more than three months, ends the memory. Source: methods notes of the project, section 3.8.

    >>> months = pd.DataFrame({"code": "a", "year": 2022, "month": [1, 2, 3, 4], "progress": [1, 0, 0, 1.0]})
    >>> classify(months.assign(position=1, momentum=0.0))[["sum", "raw", "band"]]
       sum         raw        band
    0  2.0  advantaged  advantaged
    1  1.0         mid  advantaged
    2  1.0         mid         mid
    3  2.0  advantaged         mid
    """
    rows = signals.sort_values(["code", "year", "month"], kind="stable", ignore_index=True)
    given = rows[SIGNALS].notna().sum(axis=1)
    rows = rows.assign(signals=given, sum=rows[SIGNALS].sum(axis=1).where(given > 0))
    raws = [class_of(one) for one in rows[SIGNALS].to_numpy(float)]
    bands, before = [], []
    last = None
    for code, when, total, raw in zip(rows["code"], rows["year"] * 12 + rows["month"], rows["sum"], raws, strict=True):
        # another code, or a long hole in the months, ends the memory
        if last and (last.code != code or when - last.when > LONGEST_GAP_MONTHS):
            last = None
        held = ""
        if last and last.band != INSUFFICIENT:
            held = last.band
        band = raw
        # a class that is new and moved little is not believed yet
        if held and raw not in (INSUFFICIENT, held) and last.raw != raw and abs(total - last.total) < MOVE:
            band = held
        bands.append(band)
        before.append(held)
        last = Month(code, when, total, raw, band)
    made = rows.assign(raw=raws, previous=before, band=bands).astype(dict.fromkeys(["raw", "previous", "band"], "str"))
    return made.assign(held=made["band"] != made["raw"])
