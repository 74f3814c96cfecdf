"""Bars that are filled so far: buildings and what of them is let."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, MIDDLE, PALE


def filled(data: pd.DataFrame, words: tuple[str, str], *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars as long as a whole, dark as far as the part goes, with a text behind.

    ``data``: label, whole and part (in ``unit``; a part not known is NaN), text. ``words`` name the dark part and the
    pale rest in the legend. None where no whole is known.
    """
    data = data[data["whole"] > 0]
    if data.empty:
        return None
    ax = axes(ax, title, rows=1.1 * len(data) + 1)
    common = {"y": "label", "errorbar": None, "width": 0.6, "saturation": 1, "ax": ax}
    sns.barplot(data, x="whole", color=PALE, edgecolor=MIDDLE, linewidth=0.6, label=words[1], **common)
    known = data.assign(part=data["part"].fillna(0))
    if known["part"].sum() > 0:
        sns.barplot(known, x="part", color=ACCENT, label=words[0], **common)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.whole, place), (5, 0), textcoords="offset points", va="center")
    reach = max(row.whole / max(0.95 - 0.0175 * len(row.text), 0.25) for row in data.itertuples())
    ax.set(xlabel=unit, ylabel="", xlim=(0, reach))
    handles, labels = ax.get_legend_handles_labels()
    if ax.get_legend() is not None:
        ax.get_legend().remove()
    ax.figure.legend(handles[::-1], labels[::-1], loc="outside lower center", ncol=2, frameon=False)
    return bare(ax)
