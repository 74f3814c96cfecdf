"""Marks out of full marks: what each item earned of what it could."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, PALE


def marks(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars, the full marks pale and what was earned dark over them, with the text behind the full marks.

    ``data``: label, value and full (in ``unit``), text. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.9 * len(data))
    common = {"y": "label", "errorbar": None, "width": 0.62, "saturation": 1, "ax": ax}
    sns.barplot(data, x="full", color=PALE, **common)
    sns.barplot(data, x="value", color=ACCENT, **common)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.full, place), (4, 0), textcoords="offset points", va="center")
    longest = data["text"].str.len().max()
    ax.set(xlabel=unit, ylabel="", xlim=(0, data["full"].max() * (1.04 + 0.024 * longest)))
    return bare(ax)
