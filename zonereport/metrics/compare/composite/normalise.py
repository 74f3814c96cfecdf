"""Figures of many units made comparable: coverage, treatment of outliers, and four ways onto one scale.

Every frame here is wide: a row a unit (entity), a column an indicator (code), a cell without a figure is NaN.
``direction`` is 1 where more is better and -1 where less is; what comes back always grows with the better.
"""

import pandas as pd

# what no longer counts as an outlier: the rule of the European composite-indicator guide
SKEWNESS, KURTOSIS = 2.0, 3.5


def covered(values: pd.DataFrame, *, indicator_share: float, unit_share: float) -> pd.DataFrame:
    """Keep what enough is known of: first indicators that enough units report, then units that report enough of them.

    Keeps a column where share of units with a figure >= ``indicator_share``, then a row where share of the columns
    kept >= ``unit_share`` (shares of 1). Comes back without the others; it may be empty.
    Source: methods notes of the project, section 3.7.

    >>> known = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, None, None]}, index=["x", "y", "z"])
    >>> covered(known, indicator_share=0.65, unit_share=0.65)
         a
    x  1.0
    y  2.0
    z  3.0
    """
    # indicators first: a unit is not to blame for what nobody reports
    kept = values.loc[:, values.notna().mean() >= indicator_share]
    return kept.loc[kept.notna().mean(axis=1) >= unit_share]


def constant(values: pd.DataFrame) -> list[str]:
    """Return the indicators in which all units are alike: they tell no unit from another and have no z-score.

    >>> constant(pd.DataFrame({"a": [1.0, 1.0, None], "b": [1.0, 2.0, 3.0]}))
    ['a']
    """
    # to nine digits, so that binary dust is no difference
    return [str(code) for code in values.columns[values.round(9).nunique() < 2]]


def outlying(column: pd.Series) -> bool:
    """Return whether a few units stand so far out that they rule the scale: abs(skewness) >= 2 and kurtosis >= 3.5.

    Both are the sample coefficients with bias correction (kurtosis of a normal distribution is 0).
    Source: methods notes of the project, section 3.7.

    >>> outlying(pd.Series([1.0, 2.0, 3.0, 2.0, 1.0, 40.0])), outlying(pd.Series([1.0, 2.0, 3.0, 4.0]))
    (True, False)
    """
    return bool(abs(column.skew()) >= SKEWNESS and column.kurt() >= KURTOSIS)


def winsorise(column: pd.Series, *, max_points: int, least_units: int) -> tuple[pd.Series, pd.DataFrame]:
    """Pull in the outermost units one by one to the next inside, until the column is no longer ``outlying``.

    Below ``least_units`` figures nothing is touched: with so few peers an outlier cannot be told from a leader.
    At most ``max_points`` units move. Comes back with the column and a log: a row a step, entity, before, after.
    Source: methods notes of the project, section 3.7.

    >>> sales = pd.Series([1.0, 2.0, 3.0, 2.0, 1.0, 40.0], index=list("abcdef"))
    >>> winsorise(sales, max_points=2, least_units=5)[1]
      entity  before  after
    0      f    40.0    3.0
    >>> winsorise(sales, max_points=2, least_units=15)[0].equals(sales)
    True
    """
    treated, steps = column.astype("float64"), []
    while column.count() >= least_units and len(steps) < max_points and outlying(treated):
        # a unit pulled in once sits level with the next; it is not moved again
        ordered = treated.drop([step["entity"] for step in steps]).dropna().sort_values(kind="stable")
        far, inner = ordered.index[0], ordered.iloc[1]
        # the long tail is where the outlier is
        if treated.skew() > 0:
            far, inner = ordered.index[-1], ordered.iloc[-2]
        steps.append({"entity": far, "before": float(treated[far]), "after": float(inner)})
        treated = treated.copy()
        treated[[step["entity"] for step in steps]] = inner
    return treated, pd.DataFrame(steps, columns=["entity", "before", "after"])


def ends(lower: float, upper: float, direction: int) -> tuple[float, float]:
    """Return the worst and the best end of two goalposts; their order is the scheme's where ``direction`` is 0.

    >>> ends(60, 90, 1), ends(60, 90, -1), ends(90, 60, 0)
    ((60, 90), (90, 60), (90, 60))
    """
    if direction == 0:
        return lower, upper
    low, high = min(lower, upper), max(lower, upper)
    if direction > 0:
        return low, high
    return high, low


def goalposts(values: pd.DataFrame, worst: pd.Series, best: pd.Series) -> pd.DataFrame:
    """Place figures between two fixed goalposts: (x - worst) / (best - worst), clipped to 0 ... 1.

    ``worst`` and ``best`` are by code, in the unit of the column; they are kept for years, so that a unit that joins
    or leaves does not move the others. Raises ValueError where the two are equal.
    Source: methods notes of the project, section 3.7.

    >>> sales = pd.DataFrame({"sales": [50.0, 120.0, 300.0]})
    >>> goalposts(sales, pd.Series({"sales": 100.0}), pd.Series({"sales": 200.0}))["sales"].tolist()
    [0.0, 0.2, 1.0]
    """
    worst, best = worst[values.columns], best[values.columns]
    # between goalposts on one spot no figure has a place
    same = list(values.columns[(worst == best).to_numpy()])
    if same:
        raise ValueError(f"goalposts of {', '.join(same)} are equal")
    return ((values - worst) / (best - worst)).clip(0, 1)


def min_max(values: pd.DataFrame, direction: pd.Series) -> pd.DataFrame:
    """Place figures between the worst and the best of the units: 0 ... 1; NaN in a constant column.

    A unit that joins or leaves may reorder the others: a variant, not the headline.
    Source: methods notes of the project, section 3.7; OECD/JRC Handbook on Constructing Composite Indicators (2008), 5.

    >>> min_max(pd.DataFrame({"a": [1.0, 2.0, 5.0]}), pd.Series({"a": -1}))["a"].tolist()
    [1.0, 0.75, 0.0]
    """
    up = values * direction[values.columns]
    return (up - up.min()) / (up.max() - up.min()).replace(0, float("nan"))


def z_scores(values: pd.DataFrame, direction: pd.Series) -> pd.DataFrame:
    """Return distances from the mean in standard deviations of the sample (n - 1); NaN in a constant column.

    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), Table 15.

    >>> z_scores(pd.DataFrame({"a": [1.0, 2.0, 3.0]}), pd.Series({"a": 1}))["a"].tolist()
    [-1.0, 0.0, 1.0]
    """
    up = values * direction[values.columns]
    return (up - up.mean()) / up.std(ddof=1).replace(0, float("nan"))


def rank_scores(values: pd.DataFrame, direction: pd.Series) -> pd.DataFrame:
    """Return the share of the other units that are strictly worse: (ascending rank - 1) / (n - 1), 0 ... 1.

    Ranks are competition ranks among the units that have a figure. NaN where there is only one.
    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), Table 15 (the ranks).

    >>> rank_scores(pd.DataFrame({"a": [1.0, 2.0, 2.0, None, 9.0, 9.0]}), pd.Series({"a": 1}))["a"].tolist()
    [0.0, 0.25, 0.25, nan, 0.75, 0.75]
    """
    up = values * direction[values.columns]
    return (up.rank(method="min") - 1) / (up.count() - 1).replace(0, float("nan"))


def positive(scores: pd.DataFrame) -> pd.DataFrame:
    """Rescale scores to 1 ... 100, as a geometric mean needs: 1 + 99 x; where they are no 0 ... 1, by min-max first.

    The shift is a choice that changes ranks: say so wherever the geometric mean is shown.
    Source: methods notes of the project, section 3.7.

    >>> positive(pd.DataFrame({"a": [0.0, 0.5], "z": [-1.0, 3.0]})).to_numpy().tolist()
    [[1.0, 1.0], [50.5, 100.0]]
    """
    # only what is no share yet is made one: a score of 0 ... 1 keeps its distances
    outside = scores.columns[((scores < 0) | (scores > 1)).any()]
    inside = scores.copy()
    inside[outside] = min_max(scores[outside], pd.Series(1, index=outside))
    return 1 + 99 * inside
