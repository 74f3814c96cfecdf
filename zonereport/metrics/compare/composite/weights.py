"""Weights of indicators: as given, and drawn at random around them."""

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
    concentration = 0.0
    # around a weight of zero there is no distribution
    if given.all():
        concentration = float(np.mean((1 - given) / given)) / cv**2 - 1
    if concentration <= 0:
        raise ValueError(f"no Dirichlet distribution around {given.tolist()} has a coefficient of variation of {cv}")
    return rng.dirichlet(concentration * given, size=draws)
