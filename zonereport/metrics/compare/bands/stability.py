"""How sure a class is: the share of runs with other tolerances, cuts, peers and years that give the same one."""

import zlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zonereport.metrics.compare.bands.classes import CUT, FEWEST, NUMBERS
from zonereport.metrics.compare.bands.signals import LEAST_PP

RUNS, SEED = 1000, 20221231
# tolerances from half to one and a half of their own, the top and bottom places from a quarter to five twelfths
# peers that are not known
NOBODY = np.array([])
TOLERANCE, SHARE = (0.5, 1.5), (1 / 4, 5 / 12)


class Evidence(NamedTuple):
    """What one code's class rests on: gaps in percentage points, NaN where there is no signal.

    ``shares`` are those of the past years (%) that the schedule is the mean of, empty for other schedules. ``own`` and
    ``others`` are what is ranked, greater is better, ``others`` of the peers, empty where ``position`` is all that is
    known. ``growths`` are those of the peers in %, ``growth`` the zone's; ``direction`` 1 or -1.
    """

    progress_gap: float
    progress_tolerance: float
    shares: NDArray[np.float64]
    position: float
    direction: int
    own: float = float("nan")
    others: NDArray[np.float64] = NOBODY
    growth: float = float("nan")
    growths: NDArray[np.float64] = NOBODY


def stability(code: str, band: str, evidence: Evidence, *, runs: int, seed: int) -> float:
    """Return the share in % of ``runs`` that give ``band`` to the evidence, without a memory.

    Each run multiplies the tolerances by one factor, uniform in 0.5 to 1.5; cuts the top and the bottom of the ranking
    at a share of the places uniform in 1/4 to 5/12; draws the peers anew with replacement; and takes the schedule as
    the mean of past years drawn anew. ``seed`` and ``code`` fix the runs. A class that is held only by its memory has
    a low share. NaN for a band that is none. Source: methods notes of the project, section 3.8.
    """
    if band not in NUMBERS:
        return float("nan")
    # each code draws for itself: one more code changes no other
    rng = np.random.default_rng([seed, zlib.crc32(code.encode())])
    factor, share = rng.uniform(*TOLERANCE, runs), rng.uniform(*SHARE, runs)
    # the order of the draws is part of the result: the same seed, the same share
    drawn = [_progress(evidence, factor, rng), _position(evidence, share, rng), _momentum(evidence, factor, rng)]
    signals = [signal for signal in drawn if signal is not None]
    if len(signals) < FEWEST:
        return float("nan")
    total = np.sum(signals, axis=0)
    return float(np.mean((total >= CUT).astype(int) - (total <= -CUT) == NUMBERS[band]) * 100)


def _progress(evidence: Evidence, factor: NDArray[np.float64], rng: np.random.Generator) -> NDArray | None:
    if np.isnan(evidence.progress_gap):
        return None
    gap, shares = np.full(len(factor), evidence.progress_gap), evidence.shares
    # one year cannot be drawn anew
    if len(shares) > 1:
        gap += (shares.mean() - _again(shares, len(factor), rng).mean(axis=1)) * evidence.direction
    return _signs(gap, evidence.progress_tolerance * factor)


def _position(evidence: Evidence, share: NDArray[np.float64], rng: np.random.Generator) -> NDArray | None:
    if np.isnan(evidence.position):
        return None
    # a place that the source gives is what it is
    if not len(evidence.others) or np.isnan(evidence.own):
        return np.full(len(share), evidence.position)
    peers = _again(evidence.others, len(share), rng)
    # counted anew against the peers that were drawn
    better, worse = (peers > evidence.own).sum(axis=1), (peers < evidence.own).sum(axis=1)
    of = len(evidence.others) + 1
    if of < 6:
        return np.sign(worse - better)
    return (1 + better <= share * of).astype(int) - (1 + worse <= share * of)


def _momentum(evidence: Evidence, factor: NDArray[np.float64], rng: np.random.Generator) -> NDArray | None:
    if np.isnan(evidence.growth) or not len(evidence.growths):
        return None
    # the tolerance follows the peers that were drawn
    low, middle, high = np.percentile(_again(evidence.growths, len(factor), rng), [25, 50, 75], axis=1)
    tolerance = np.maximum(LEAST_PP, (high - low) / 4)
    return _signs((evidence.growth - middle) * evidence.direction, tolerance * factor)


def _again(values: NDArray[np.float64], runs: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """``runs`` samples of ``values`` with replacement, each as long as ``values``."""
    return values[rng.integers(0, len(values), (runs, len(values)))]


def _signs(gap: NDArray[np.float64], tolerance: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sign(gap) * (np.abs(gap) > tolerance)
