"""Bars: figures beside each other, and parts of a whole."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, MIDDLE, PALE


def bars(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero in the order given, each with its printed figure at its end.

    ``data``: label, value (in ``unit``), text, estimate (hatched where true) and, where bars belong to series,
    ``series``. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=len(data))
    # one series needs no legend: the title names it
    series = data["series"] if "series" in data else pd.Series(title, index=data.index)
    colours = dict(zip(series.unique(), [ACCENT, MIDDLE], strict=False))
    for name, colour in colours.items():
        strips(ax, data["label"], data["value"].where(series == name), colour, height=0.66)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.value, place), (4, 0), textcoords="offset points", va="center")
    for patch, row in zip(in_order(ax), data.itertuples(), strict=True):
        patch.set(hatch="///" if row.estimate else None, edgecolor="white" if row.estimate else patch.get_facecolor())
    # the longest text decides, for it may stand behind the longest bar
    longest = data["text"].str.len().max()
    ax.set(xlabel=unit, ylabel="", xlim=(0, (data["value"].max() or 1) * (1.06 + 0.022 * longest)))
    if "series" in data:
        keys = [Patch(facecolor=colour, label=name) for name, colour in colours.items()]
        ax.legend(handles=keys, loc="lower right", frameon=False)
    return bare(ax)


def part_of_whole(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """Bars of one length, each a whole in which a part is set off, with the figures written in.

    ``data``: whole, share (% of the whole), part_text, rest_text. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=2 * len(data))
    # a share is read off best where every whole is as long as every other
    strips(ax, data["whole"], pd.Series(100, index=data.index), PALE, height=0.5)
    strips(ax, data["whole"], data["share"], ACCENT, height=0.5)
    for place, row in enumerate(data.itertuples()):
        # the part above its bar, the rest above the other end: both fit however small the part is
        ax.annotate(row.part_text, (0, place - 0.25), (0, 3), textcoords="offset points", va="bottom", color=ACCENT)
        ax.annotate(row.rest_text, (100, place - 0.25), (0, 3), textcoords="offset points", va="bottom", ha="right")
    ax.set(xlabel="%", ylabel="", xlim=(0, 100), ylim=(len(data) - 0.6, -0.75))
    return bare(ax)


def in_order(ax: Axes) -> list:
    """The bars of ``ax`` from the top down, whichever container drew them."""
    return sorted((p for c in ax.containers for p in c.patches), key=lambda patch: patch.get_y())
