"""Small multiples: a few measures over the years, each on a scale of its own."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes
from zonereport.present.charts.strips import uprights
from zonereport.present.theme import ACCENT, PALE


def columns(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """A row of panels of columns, one panel a measure, the latest column dark; the first panel's axes come back.

    ``data``: panel (measure with its unit), label (year), value, text, estimate (hatched where true); in the order
    given. None where no panel has two columns to compare.
    """
    # a single column is a figure, which a sentence says better
    if data.empty or data.groupby("panel").size().max() < 2:
        return None
    first = axes(ax, title, rows=4)
    names = list(data["panel"].unique())
    cells = first.get_subplotspec().subgridspec(1, len(names), wspace=0.06)
    first.set_subplotspec(cells[0])
    every = [first, *(first.figure.add_subplot(cells[n]) for n in range(1, len(names)))]
    for side, name in zip(every, names, strict=True):
        _panel(side, data[data["panel"] == name], name)
    return first


def _panel(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    labels = list(rows["label"])
    latest = rows["label"] == labels[-1]
    for these, colour in ((~latest, PALE), (latest, ACCENT)):
        uprights(ax, labels, rows["value"].where(these), colour, width=0.66)
    patches = sorted((p for c in ax.containers for p in c.patches), key=lambda patch: patch.get_x())
    for place, (patch, row) in enumerate(zip(patches, rows.itertuples(), strict=True)):
        patch.set(hatch="///" if row.estimate else None, edgecolor="white" if row.estimate else patch.get_facecolor())
        ends = {"textcoords": "offset points", "ha": "center", "fontsize": 8.5}
        ax.annotate(row.text, (place, max(row.value, 0)), (0, 3), **ends)
    # a net increase may be below zero, and columns stand on zero
    low, high = min(rows["value"].min(), 0), max(rows["value"].max(), 0)
    ax.set(xlabel="", ylabel="", ylim=(low, high + 0.16 * ((high - low) or 1)), yticks=[])
    ax.set_title(name, fontsize=9, fontweight=500, loc="center", pad=8)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="both", length=0)
