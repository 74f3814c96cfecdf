"""From three signals to a class, with a memory: a class changes on a large move or when it has lasted."""

from collections.abc import Iterable

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


def beyond(gap: float, tolerance: float) -> float:
    """1 where ``gap`` is above ``tolerance``, -1 where it is below -``tolerance``, 0 between; NaN where it is missing.

    >>> beyond(2.5, 2.0), beyond(-2.0, 2.0), beyond(-2.1, 2.0)
    (1.0, 0.0, -1.0)
    """
    return float("nan") if np.isnan(gap) else float(gap > tolerance) - float(gap < -tolerance)


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
    below = of - rank - (1 if np.isnan(tied) else tied) + 2
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
    known = [signal for signal in signals if not np.isnan(signal)]
    if len(known) < FEWEST:
        return INSUFFICIENT
    return ADVANTAGED if sum(known) >= CUT else LAGGING if sum(known) <= -CUT else MID


def classify(signals: pd.DataFrame) -> pd.DataFrame:
    """The class of every code and month, with a memory (hysteresis).

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
    known = rows[SIGNALS].notna().sum(axis=1)
    rows = rows.assign(signals=known, sum=rows[SIGNALS].sum(axis=1).where(known > 0))
    raws = [class_of(one) for one in rows[SIGNALS].to_numpy(float)]
    bands, before = [], []
    last = None
    for code, when, total, raw in zip(rows["code"], rows["year"] * 12 + rows["month"], rows["sum"], raws, strict=True):
        remembered = last if last and last[0] == code and when - last[1] <= LONGEST_GAP_MONTHS else None
        held = remembered[4] if remembered and remembered[4] != INSUFFICIENT else ""
        band = raw
        if held and raw not in (INSUFFICIENT, held):
            lasted = remembered[3] == raw
            band = raw if lasted or abs(total - remembered[2]) >= MOVE else held
        bands.append(band)
        before.append(held)
        last = (code, when, total, raw, band)
    made = {"raw": raws, "previous": before, "band": bands}
    return rows.assign(**{name: pd.Series(column, rows.index, dtype="str") for name, column in made.items()}).assign(
        held=[band != raw for band, raw in zip(bands, raws, strict=True)]
    )
