"""Bars to both sides of zero: what added and what took away."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.bar import in_order
from zonereport.present.charts.canvas import LABEL_EMS, axes, bare, wrapped
from zonereport.present.charts.room import beside_labels, reach
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, ALARM


def diverging(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero to the right (blue) or the left (orange, hatched), each with its text at its end.

    ``data``: label, value (in ``unit``), text; in the order given. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.86 * len(data))
    data = data.assign(label=["\n".join(wrapped(label, LABEL_EMS)) for label in data["label"]], side=data["value"] < 0)
    for below, colour in ((False, ACCENT), (True, ALARM)):
        strips(ax, data["label"], data["value"].where(data["side"] == below), colour, height=0.62)
    for patch, below in zip(in_order(ax), data["side"], strict=True):
        # blue and orange are the same grey: stripes tell them apart in print
        patch.set(hatch="///" if below else None, edgecolor="white" if below else patch.get_facecolor())
    for place, row in enumerate(data.itertuples()):
        # to the right of bar and zero line alike: a text on the left of a negative bar would meet the labels
        ax.annotate(row.text, (max(row.value, 0), place), (5, 0), textcoords="offset points", va="center")
    low = min(data["value"].min(), 0)
    # from the lowest end on: what is left of zero takes room from what is to the right of it
    right = reach(data["value"].clip(lower=0) - low, data["text"], width=beside_labels(data["label"]))
    ax.set(xlabel=unit, ylabel="", xlim=(low - 0.03 * right, low + right))
    ax.set_ylim(len(data) - 0.5, -0.5)
    ax.axvline(0, color="#9aa5b1", linewidth=0.9, zorder=0)
    return bare(ax)
