"""Scores of indicators into one index: weighted mean, geometric across pillars; and its competition rank.

Frames are wide (a row a unit, a column an indicator); weights and pillars are by code.
"""

import numpy as np
import pandas as pd

from zonereport.metrics.compare.composite.weights import shares

# scores that agree to nine digits are one score: no rank hangs on binary dust
DIGITS = 9


def present_weight(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the share of the weight whose indicators a unit reports, 0 ... 1.

    >>> present_weight(pd.DataFrame({"a": [1.0, None], "b": [2.0, 2.0]}), pd.Series({"a": 3.0, "b": 1.0})).tolist()
    [1.0, 0.25]
    """
    return scores.notna().astype("float64") @ shares(weights[scores.columns])


def arithmetic(scores: pd.DataFrame, weights: pd.Series, *, least_weight: float) -> pd.Series:
    """The weighted mean over what is reported: sum(w x) / sum(w); NaN where that weight is below ``least_weight``.

    A good pillar makes up for a bad one. Raises Refused as ``shares`` does.
    Source: methods notes of the project, section 3.7.

    >>> x = pd.DataFrame({"a": [1.0, 1.0, None], "b": [3.0, None, 3.0]})
    >>> arithmetic(x, pd.Series({"a": 3.0, "b": 1.0}), least_weight=2 / 3).tolist()
    [1.5, 1.0, nan]
    """
    weight, known = shares(weights[scores.columns]), present_weight(scores, weights)
    return (scores.fillna(0) @ weight / known.where(known > 0)).where(_enough(known, least_weight))


def geometric(scores: pd.DataFrame, weights: pd.Series, pillars: pd.Series, *, least_weight: float) -> pd.Series:
    """Arithmetic inside pillars, geometric across: exp(sum(W_p ln m_p) / sum(W_p)), m_p the weighted mean of pillar p.

    W_p is the weight that is reported in pillar p. A bad pillar is made up for only in part. With a pillar for each
    indicator this is the weighted geometric mean. NaN where the weight reported is below ``least_weight``.
    Raises ValueError for a score of 0 or below (see ``positive``), Refused as ``shares`` does.
    Source: methods notes of the project, section 3.7; OECD/JRC Handbook (2008), 6.11.

    >>> x = pd.DataFrame([[21.0, 1, 1, 1], [6.0, 6, 6, 6]], columns=list("abcd"))
    >>> each = pd.Series(list("abcd"), index=list("abcd"))
    >>> geometric(x, pd.Series(1.0, index=list("abcd")), each, least_weight=2 / 3).round(2).tolist()
    [2.14, 6.0]
    """
    if (scores <= 0).any(axis=None):
        raise ValueError("a geometric mean needs scores above 0")
    weight, known = shares(weights[scores.columns]), present_weight(scores, weights)
    logs = pd.Series(0.0, index=scores.index)
    for _, codes in pillars[scores.columns].groupby(pillars, sort=False):
        inside = scores[codes.index]
        there = inside.notna().astype("float64") @ weight[codes.index]
        mean = inside.fillna(0) @ weight[codes.index] / there.where(there > 0)
        logs += there * np.log(mean.fillna(1))
    return np.exp(logs / known.where(known > 0)).where(_enough(known, least_weight))


def competition_rank(index: pd.Series) -> pd.Series:
    """Return ranks: 1 is the highest; equals share the better rank and the next ones are skipped (1, 2, 2, 4).

    A unit without an index has no rank.

    >>> competition_rank(pd.Series([3.0, 2.0, 2.0, 1.0, None])).tolist()
    [1.0, 2.0, 2.0, 4.0, nan]
    """
    return index.round(DIGITS).rank(ascending=False, method="min")


def _enough(known: pd.Series, least: float) -> pd.Series:
    # two thirds of a sum of weights may miss two thirds by binary dust
    return known >= least - 10.0**-DIGITS
