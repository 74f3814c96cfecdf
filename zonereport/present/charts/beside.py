"""Horizontal bars with what they are held against: zero, last year, a plan, a peer, or the whole that they are of."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.bar import in_order
from zonereport.present.charts.canvas import LABEL_EMS, axes, bare, wrapped
from zonereport.present.charts.room import beside_labels, reach
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, ALARM, MIDDLE, PALE

# where a label names two things, the step and the next one
LONG_LABEL_EMS = 21
MARK = {"marker": "D", "s": 34, "color": "white", "edgecolor": ALARM, "linewidth": 1.4, "zorder": 3}


def beside(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero in the order given, each with its text at its end; those below zero orange and striped.

    ``data``: label, value (in ``unit``), text. May have: base (a mark where it is), whole (a pale bar of all behind
    each bar), estimate (striped where true), series (a group has a colour of its own). None where there is nothing to
    draw.
    """
    if data.empty:
        return None
    ems = LONG_LABEL_EMS if "whole" in data else LABEL_EMS
    data = data.assign(label=["\n".join(wrapped(label, ems)) for label in data["label"]])
    ax = axes(ax, title, rows=0.84 * len(data))
    _bars(ax, data)
    if "base" in data and data["base"].notna().any():
        ax.scatter(data["base"], range(len(data)), **MARK)
    # a text stands to the right of whatever is drawn: bar, mark, whole, and of zero where the bar goes left
    drawn = data.reindex(columns=["value", "base", "whole"]).astype("float64")
    ends = drawn.max(axis=1).clip(lower=0)
    for place, (end, text) in enumerate(zip(ends, data["text"], strict=True)):
        ax.annotate(text, (end, place), (6, 0), textcoords="offset points", va="center")
    low = min(data["value"].min(), 0)
    # from the lowest end on: what is left of zero takes room from what is to the right of it
    right = reach(ends - low, data["text"], width=beside_labels(data["label"]))
    left = low - 0.03 * right if low < 0 else 0
    ax.set(xlabel=unit, ylabel="", xlim=(left, low + right))
    ax.set_ylim(len(data) - 0.5, -0.5)
    if low < 0:
        ax.axvline(0, color="#9aa5b1", linewidth=0.9, zorder=0)
    return bare(ax)


def _bars(ax: Axes, data: pd.DataFrame) -> None:
    """The bars of the values over those of the wholes."""
    height = 0.62
    if "whole" in data:
        strips(ax, data["label"], data["whole"], PALE, height=0.66)
        # narrower, so that the whole stays visible where nearly all count
        strips(ax, data["label"], data["value"], ACCENT, height=0.36)
        return
    series = data["series"] if "series" in data else pd.Series("", index=data.index)
    colours = dict(zip(series.unique(), [ACCENT, MIDDLE], strict=False))
    below = data["value"] < 0
    for name, colour in colours.items():
        strips(ax, data["label"], data["value"].where((series == name) & ~below), colour, height=height)
    strips(ax, data["label"], data["value"].where(below), ALARM, height=height)
    striped = below | data.get("estimate", pd.Series(False, index=data.index)).astype(bool)
    for patch, is_striped in zip(in_order(ax), striped, strict=True):
        # blue and orange are the same grey: stripes tell them apart in print
        patch.set(hatch="///" if is_striped else None, edgecolor="white" if is_striped else patch.get_facecolor())
