"""Bars with a mark each for what they are held against: last year, a plan, a peer."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.bar import in_order
from zonereport.present.charts.canvas import LABEL_EMS, axes, bare, wrapped
from zonereport.present.charts.room import beside_labels, reach
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, ALARM, MIDDLE


def beside(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero in the order given, each with its text at its end and a mark where ``base`` is.

    ``data``: label, value and base (in ``unit``; a base may be missing), text, estimate (hatched where true) and, where
    bars belong to groups, ``series``: a group has a colour of its own. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.8 * len(data))
    data = data.assign(label=["\n".join(wrapped(label, LABEL_EMS)) for label in data["label"]])
    series = data["series"] if "series" in data else pd.Series("", index=data.index)
    colours = dict(zip(series.unique(), [ACCENT, MIDDLE], strict=False))
    for name, colour in colours.items():
        strips(ax, data["label"], data["value"].where(series == name), colour, height=0.62)
    for patch, estimate in zip(in_order(ax), data["estimate"], strict=True):
        patch.set(hatch="///" if estimate else None, edgecolor="white" if estimate else patch.get_facecolor())
    look = {"marker": "D", "s": 34, "color": "white", "edgecolor": ALARM, "linewidth": 1.4, "zorder": 3}
    # without any base there is nothing to mark, and no legend to explain it
    if data["base"].notna().any():
        ax.scatter(data["base"], range(len(data)), **look)
    # a mark to the right of its bar would lie under the text
    ends = data[["value", "base"]].max(axis=1)
    for place, row in enumerate(data.assign(end=ends).itertuples()):
        ax.annotate(row.text, (row.end, place), (7, 0), textcoords="offset points", va="center")
    ax.set(xlabel=unit, ylabel="", xlim=(0, reach(ends, data["text"], width=beside_labels(data["label"]))))
    ax.set_ylim(len(data) - 0.5, -0.5)
    return bare(ax)
