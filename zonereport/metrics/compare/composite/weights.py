"""Weights of indicators: as given, drawn at random around them, and three that data alone would give.

The three of the data are variants, each named for exactly what it is: whether raw figures or min-max scores go in
decides the result. Frames are wide (a row a unit, a column an indicator), without gaps.
"""

import numpy as np
import pandas as pd

from zonereport.inputs import Refused


def shares(weights: pd.Series) -> pd.Series:
    """Weights that sum to 1: w / sum(w). Raises Refused for a negative or missing weight, and where all are zero.

    Negative weights, as principal components give them, would reward doing worse.
    Source: methods notes of the project, section 3.7.

    >>> shares(pd.Series({"a": 30.0, "b": 10.0})).to_dict()
    {'a': 0.75, 'b': 0.25}
    >>> shares(pd.Series({"a": 30.0, "b": -10.0}))
    Traceback (most recent call last):
    zonereport.inputs.faults.Refused: weight of b is -10.0; expected a number of 0 or more
    """
    for code, weight in weights.items():
        if not weight >= 0:
            raise Refused(f"weight of {code} is {weight}; expected a number of 0 or more")
    if not weights.sum() > 0:
        raise Refused("no weight is above 0")
    return weights / weights.sum()


def random_weights(weights: pd.Series, *, draws: int, cv: float, rng: np.random.Generator) -> np.ndarray:
    """Weights that might have been given as well: Dirichlet around ``weights``, draws x indicators, rows sum to 1.

    With concentration a the coefficient of variation of w_i is sqrt((1 - w_i) / (w_i (a + 1))); a is chosen so that
    the root mean square of them is ``cv``. A ``cv`` of 0 repeats the weights. Raises Refused as ``shares`` does, and
    ValueError where a zero weight or too large a ``cv`` leaves no distribution.
    Source: methods notes of the project, section 3.7.

    >>> drawn = random_weights(pd.Series([1.0, 1.0]), draws=4000, cv=0.25, rng=np.random.default_rng(1))
    >>> drawn.shape, round(float(drawn[:, 0].std() / drawn[:, 0].mean()), 1)
    ((4000, 2), 0.3)
    """
    given = shares(weights).to_numpy()
    if cv == 0 or len(given) == 1:
        return np.tile(given, (draws, 1))
    concentration = float(np.mean((1 - given) / given)) / cv**2 - 1 if given.all() else 0.0
    if concentration <= 0:
        raise ValueError(f"no Dirichlet distribution around {given.tolist()} has a coefficient of variation of {cv}")
    return rng.dirichlet(concentration * given, size=draws)


def entropy_weights(values: pd.DataFrame) -> pd.Series:
    """Weights by how unevenly a column is spread: 1 - e_j over their sum, e_j = -sum(p ln p) / ln n, p = x / sum(x).

    On raw figures ("raw shares") the unit and the zero point of a scale decide the weights; the usual 熵值法 in Chinese
    takes ``min_max`` scores instead: pass what is meant. Zeros count as 0 ln 0 = 0.
    Raises Refused for negative figures, fewer than two units, or where no column varies.
    Source: Shannon entropy as in Hwang and Yoon (1981); methods notes of the project, section 2.3 and 3.7.

    >>> entropy_weights(pd.DataFrame({"a": [1.0, 4.0], "b": [2.0, 16.0]})).round(6).to_dict()
    {'a': 0.358889, 'b': 0.641111}
    """
    if len(values) < 2 or (values < 0).any(axis=None) or values.isna().any(axis=None) or (values.sum() == 0).any():
        raise Refused("entropy weights need two units or more, and figures of 0 or more in every column")
    share = values / values.sum()
    entropy = -(share * np.log(share.where(share > 0, 1))).sum() / np.log(len(values))
    # the entropy of an even column is 1 but for binary dust
    return shares((1 - entropy).clip(lower=0).round(12))


def critic_weights(values: pd.DataFrame, *, correlation: str) -> pd.Series:
    """Weights by contrast and conflict (CRITIC): C_j = s_j sum_k(1 - r_jk), over their sum.

    s is the standard deviation (the divisor cancels), r the ``correlation``, pearson or spearman, of the columns as
    they are passed: pass ``min_max`` scores for the method of the paper. Raises Refused for a constant column.
    Source: Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22(7).

    >>> critic_weights(pd.DataFrame({"a": [0.0, 1.0], "b": [1.0, 0.0]}), correlation="pearson").tolist()
    [0.5, 0.5]
    """
    if (values.nunique() < 2).any():
        raise Refused("CRITIC weights need columns that vary")
    return shares(values.std() * (1 - values.corr(method=correlation)).sum())


def deviation_weights(values: pd.DataFrame) -> pd.Series:
    """Weights by the standard deviation of each column, over their sum; of the columns as they are passed.

    Source: Jahan and Edwards (2013), Multi-criteria Decision Analysis for Supporting the Selection of Engineering
    Materials in Product Design (standard deviation method).

    >>> deviation_weights(pd.DataFrame({"a": [0.0, 1.0], "b": [0.0, 3.0]})).round(6).tolist()
    [0.25, 0.75]
    """
    return shares(values.std())
