"""How many of how many: a pale bar for all, a dark one for those that count."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare, wrapped
from zonereport.present.charts.room import beside_labels, reach
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, PALE

# its labels name two things
LABEL_EMS = 21


def overlay(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Pale bars of ``whole`` with narrower dark bars of ``part`` before them, and a text at the end.

    ``data``: label, whole and part (in ``unit``), text; in the order given. None where there is nothing to draw.
    """
    if data.empty:
        return None
    data = data.assign(label=["\n".join(wrapped(label, LABEL_EMS)) for label in data["label"]])
    ax = axes(ax, title, rows=0.86 * len(data))
    strips(ax, data["label"], data["whole"], PALE, height=0.66)
    # narrower, so that the whole stays visible where nearly all count
    strips(ax, data["label"], data["part"], ACCENT, height=0.36)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.whole, place), (5, 0), textcoords="offset points", va="center")
    ax.set(xlabel=unit, ylabel="", xlim=(0, reach(data["whole"], data["text"], width=beside_labels(data["label"]))))
    ax.set_ylim(len(data) - 0.5, -0.5)
    return bare(ax)
