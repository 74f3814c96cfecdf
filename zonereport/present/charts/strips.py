"""Bars drawn by matplotlib itself: seaborn would first average the one value of each bar and measure all ticks."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes


def strips(ax: Axes, labels: Sequence[str], values: pd.Series, colour: str, *, height: float, **look) -> None:
    """Draw a horizontal bar from zero for each label, from the top down.

    ``values`` has one for each label, NaN draws nothing; ``height`` is the share of a row that a bar fills, ``look``
    what else matplotlib is to know. Called again on the same axes, it draws over the bars that there are.
    """
    known = values.notna().to_numpy().nonzero()[0]
    ax.barh(known, values.iloc[known], height, color=colour, **look)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)


def uprights(ax: Axes, labels: Sequence[str], values: pd.Series, colour: str, *, width: float) -> None:
    """Draw an upright bar from zero for each label, from the left, as ``strips`` draws its own."""
    known = values.notna().to_numpy().nonzero()[0]
    ax.bar(known, values.iloc[known], width, color=colour)
    ax.set_xticks(range(len(labels)), labels)
    ax.set_xlim(-0.5, len(labels) - 0.5)
