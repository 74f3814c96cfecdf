"""How far an index hangs on choices that could have been made differently: ranks by Monte Carlo, shares by Sobol.

The choices: how figures are normalised, how scores are aggregated, what the weights are, which indicator is left out.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from zonereport.metrics.compare.composite.aggregate import DIGITS
from zonereport.metrics.compare.composite.weights import random_weights, shares

CHOICES = ("normalisation", "aggregation", "weights", "leave_one_out")


@dataclass(frozen=True)
class Model:
    """An index with its alternatives. The first of each is the reference.

    ``scores`` holds, by the name of a normalisation, scores of units x indicators for the arithmetic mean;
    ``positive_scores`` the same on 1 ... 100 for the geometric. NaN is a figure not reported. ``weights`` and
    ``pillars`` are by code; ``aggregations`` are of arithmetic and geometric. ``cv`` is the coefficient of variation
    of the weights (0: they are fixed); ``leave_one_out``: whether in turn one indicator, or none, is left out.
    """

    scores: dict[str, pd.DataFrame]
    positive_scores: dict[str, pd.DataFrame]
    weights: pd.Series
    pillars: pd.Series
    aggregations: tuple[str, ...]
    cv: float
    leave_one_out: bool

    @cached_property
    def arrays(self) -> dict[tuple[str, str], np.ndarray]:
        """The scores by normalisation and aggregation, as plain arrays."""
        parts = {"arithmetic": self.scores, "geometric": self.positive_scores}
        pairs = itertools.product(self.scores, self.aggregations)
        return {(name, kind): parts[kind][name].to_numpy(dtype="float64") for name, kind in pairs}

    def indexes(self, uniforms: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The index under many sets of choices: draws x units.

        ``uniforms`` is len(CHOICES) x draws in 0 ... 1, each row picks one choice; ``weights`` (rows x indicators)
        are those to pick from.
        """
        normalised = self._pick(uniforms[0], len(self.scores))
        aggregated = self._pick(uniforms[1], len(self.aggregations))
        picked = weights[self._pick(uniforms[2], len(weights))].copy()
        if self.leave_one_out:
            # state 0 leaves nothing out
            left = self._pick(uniforms[3], picked.shape[1] + 1) - 1
            rows = np.flatnonzero(left >= 0)
            picked[rows, left[rows]] = 0
        result = np.empty((uniforms.shape[1], len(next(iter(self.scores.values())))))
        for n, name in enumerate(self.scores):
            for k, kind in enumerate(self.aggregations):
                rows = (normalised == n) & (aggregated == k)
                # one group of all indicators is a plain weighted mean
                groups = [np.arange(picked.shape[1])]
                if kind == "geometric":
                    groups = self._groups
                result[rows] = _aggregated(self.arrays[name, kind], picked[rows], groups)
        return result.round(DIGITS)

    @cached_property
    def _groups(self) -> list[np.ndarray]:
        # the indicators of each pillar by their places
        codes = pd.factorize(self.pillars[self.weights.index])[0]
        return [np.flatnonzero(codes == pillar) for pillar in range(codes.max() + 1)]

    @staticmethod
    def _pick(uniform: np.ndarray, number: int) -> np.ndarray:
        return np.minimum((uniform * number).astype(int), number - 1)


def _aggregated(scores: np.ndarray, weights: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """The weighted mean inside groups of indicators, geometric across them where there are several: draws x units."""
    known, filled = ~np.isnan(scores), np.nan_to_num(scores)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = [(weights[:, g] @ filled[:, g].T) / (weights[:, g] @ known[:, g].T) for g in groups]
        if len(groups) == 1:
            return means[0]
        there = [weights[:, g] @ known[:, g].T for g in groups]
        logs = sum(w * np.log(np.where(w > 0, m, 1)) for w, m in zip(there, means, strict=True))
        return np.exp(logs / sum(there))


def simulate(model: Model, *, draws: int, seed: int) -> np.ndarray:
    """The index of every unit under ``draws`` random sets of choices: draws x units, units as in ``model.scores``.

    Normalisation, aggregation and the indicator left out are picked evenly, weights as ``random_weights`` draws them.
    Source: methods notes of the project, section 3.7; Saisana, Saltelli and Tarantola (2005), JRSS A 168(2).

    >>> x = pd.DataFrame({"a": [0.9, 0.1], "b": [0.8, 0.2]})
    >>> weights = pd.Series({"a": 1, "b": 1})
    >>> model = Model({"goalpost": x}, {}, weights, pd.Series(dtype=str), ("arithmetic",), 0.25, True)
    >>> ranks(simulate(model, draws=100, seed=1)).mean(axis=0).tolist()
    [1.0, 2.0]
    """
    rng = np.random.default_rng(seed)
    weights = random_weights(model.weights, draws=draws, cv=model.cv, rng=rng)
    uniforms = rng.random((len(CHOICES), draws))
    # every drawn set of weights is used once
    uniforms[CHOICES.index("weights")] = (np.arange(draws) + 0.5) / draws
    return model.indexes(uniforms, weights)


def ranks(indexes: np.ndarray) -> np.ndarray:
    """Return competition ranks of every draw, 1 the highest: draws x units; NaN where there is no index.

    >>> ranks(np.array([[3.0, 2.0, np.nan, 2.0, 1.0]])).tolist()
    [[1.0, 2.0, nan, 2.0, 4.0]]
    """
    from scipy.stats import rankdata

    # a unit without an index takes no place from the others
    missing = np.isnan(indexes)
    return np.where(missing, np.nan, rankdata(np.where(missing, np.inf, -indexes), method="min", axis=1))


def rank_ranges(drawn: np.ndarray, *, first_tier: float) -> pd.DataFrame:
    """What the draws say of each unit: rank_p05, rank_p50, rank_p95 (whole ranks) and first_tier_probability_pct.

    ``drawn`` are ranks, draws x units. P = share of draws with rank <= ``first_tier``, in %; NaN where that is NaN.

    >>> rank_ranges(np.array([[1.0, 2], [1, 2], [1, 2], [2, 1]]), first_tier=1).to_numpy().tolist()
    [[1.0, 1.0, 2.0, 75.0], [1.0, 2.0, 2.0, 25.0]]
    """
    # a rank is a whole number: no mean of two
    low, mid, high = np.nanpercentile(drawn, [5, 50, 95], axis=0, method="inverted_cdf")
    tier = np.full(drawn.shape[1], np.nan)
    if not np.isnan(first_tier):
        tier = 100 * np.nanmean(np.where(np.isnan(drawn), np.nan, drawn <= first_tier), axis=0)
    return pd.DataFrame({"rank_p05": low, "rank_p50": mid, "rank_p95": high, "first_tier_probability_pct": tier})


def ahead_probability(first: np.ndarray, second: np.ndarray) -> float:
    """Return how often one unit is ahead of another, in % of the draws; a tie counts half.

    About 50 says that the order of the two is decided by choices, not by figures.

    >>> ahead_probability(np.array([3.0, 2.0, 1.0, 1.0]), np.array([2.0, 2.0, 2.0, 0.0]))
    62.5
    """
    # a draw that leaves one of the two without an index decides nothing
    known = ~(np.isnan(first) | np.isnan(second))
    return float(100 * np.mean((first[known] > second[known]) + 0.5 * (first[known] == second[known])))


def rank_shift(drawn: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """R_s: by how many places units move on average against the reference: mean abs(rank - rank_ref), one a draw.

    Source: Saisana, Saltelli and Tarantola (2005), JRSS A 168(2).

    >>> rank_shift(np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([1.0, 2.0])).tolist()
    [0.0, 1.0]
    """
    return np.nanmean(np.abs(drawn - reference), axis=1)


def sobol_shares(model: Model, output: Callable[[np.ndarray], np.ndarray], *, draws: int, seed: int) -> pd.DataFrame:
    """What share of the variance of an output each choice makes: choice, first (S_i), total (S_Ti), one row a choice.

    ``output`` turns ranks (draws x units) into outputs x draws; with several of them the rows follow each other, with
    their number in the column ``output``. ``first`` is what the choice does alone, ``total`` with all its interplay.
    ``draws`` must be a power of two. A choice that changes nothing has 0 and 0; estimates a little below 0 are 0.
    Source: methods notes of the project, section 3.7; Saltelli et al. (2010) as in scipy.stats.sobol_indices.

    >>> x = pd.DataFrame({"a": [0.9, 0.1], "b": [0.2, 0.8]})
    >>> weights = pd.Series({"a": 1, "b": 1})
    >>> model = Model({"goalpost": x}, {}, weights, pd.Series(dtype=str), ("arithmetic",), 0.25, False)
    >>> sobol_shares(model, lambda drawn: drawn[:, :1].T, draws=64, seed=1)
       output         choice  first  total
    0       0  normalisation    0.0    0.0
    1       0    aggregation    0.0    0.0
    2       0        weights    1.0    1.0
    3       0  leave_one_out    0.0    0.0
    """
    from scipy.stats import sobol_indices, uniform

    rng = np.random.default_rng(seed)
    weights = random_weights(shares(model.weights), draws=draws, cv=model.cv, rng=rng)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = sobol_indices(
            func=lambda u: output(ranks(model.indexes(u, weights))),
            n=draws,
            dists=[uniform()] * len(CHOICES),
            rng=rng,
        )
    # without any variance there is nothing to share out
    first = np.atleast_2d(np.nan_to_num(found.first_order)).clip(0, 1)
    total = np.atleast_2d(np.nan_to_num(found.total_order)).clip(0, 1)
    return pd.DataFrame(
        {
            "output": np.repeat(np.arange(len(first)), len(CHOICES)),
            "choice": CHOICES * len(first),
            "first": first.ravel(),
            "total": total.ravel(),
        }
    )
