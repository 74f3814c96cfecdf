"""How far off something was, more than once: dots to both sides of zero."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, INK, MIDDLE

# from the first time to the last: hollow to full, so that grey paper will do
LOOKS = (
    {"color": "white", "edgecolor": MIDDLE, "marker": "o", "linewidth": 1.4},
    {"color": MIDDLE, "edgecolor": MIDDLE, "marker": "s", "linewidth": 0.5},
    {"color": ACCENT, "edgecolor": ACCENT, "marker": "D", "linewidth": 0.5},
)


def misses(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """A row of dots for each label, one a series, left and right of zero.

    ``data``: label, series (at most three, in the order of time), value (in ``unit``); in the order given. None where
    there is nothing to draw.
    """
    if data.empty:
        return None
    # more than three marks cannot be told apart in grey
    order, series = list(data["label"].unique()), list(data["series"].unique())[: len(LOOKS)]
    ax = axes(ax, title, rows=0.64 * len(order) + 1)
    for name, look in zip(series, LOOKS[-len(series) :], strict=True):
        rows = data[data["series"] == name]
        common = {"x": "value", "y": "label", "order": order, "jitter": False, "size": 7, "zorder": 3, "ax": ax}
        sns.stripplot(rows, **common, **look, label=name)
    ax.axvline(0, color=INK, linewidth=1, zorder=1)
    ax.set(xlabel=unit, ylabel="")
    ax.set_ylim(len(order) - 0.5, -0.5)
    handles, labels = ax.get_legend_handles_labels()
    # every label has its own handle: one a series is enough
    first = [labels.index(name) for name in series]
    if ax.get_legend() is not None:
        ax.get_legend().remove()
    ax.figure.legend(
        [handles[place] for place in first], series, loc="outside lower center", ncol=len(series), frameon=False
    )
    bare(ax).yaxis.grid(True, color="#e6eaee", linewidth=0.7)
    return ax
