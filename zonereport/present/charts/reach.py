"""How far each thing is on the way to one line that all of them have to reach."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.bar import in_order
from zonereport.present.charts.canvas import axes, bare
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, ALARM, INK


def reach(data: pd.DataFrame, *, title: str, unit: str, line: tuple[float, str], ax: Axes | None = None) -> Axes | None:
    """Horizontal bars in the order given, each with its text, before a line at ``line`` with its name above.

    ``data``: label, value (in ``unit``), text, met (false: orange and striped). None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.92 * len(data) + 0.8)
    for met, colour in ((False, ALARM), (True, ACCENT)):
        strips(ax, data["label"], data["value"].where(data["met"] == met), colour, height=0.62)
    for patch, met in zip(in_order(ax), data["met"], strict=True):
        # blue and orange are the same grey: stripes tell them apart in print
        patch.set(hatch=None if met else "///", edgecolor=patch.get_facecolor() if met else "white")
    at, name = line
    ends = data["value"].clip(lower=0)
    for place, (end, text) in enumerate(zip(ends, data["text"], strict=True)):
        # a bar that ends just short of the line carries its text behind the line, not across it
        ax.annotate(text, (at if 0.8 * at < end < at else end, place), (5, 0), textcoords="offset points", va="center")
    longest = data["text"].str.len().max()
    ax.set(xlabel=unit, ylabel="", xlim=(0, max(at, ends.max()) * (1.06 + 0.022 * longest)))
    ax.set_ylim(len(data) - 0.5, -0.5)
    ax.axvline(at, color=INK, linewidth=1.1)
    ax.annotate(name, (at, 1), (0, 3), xycoords=ax.get_xaxis_transform(), textcoords="offset points", ha="center")
    return bare(ax)
