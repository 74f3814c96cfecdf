"""Bars: figures beside each other, and parts of a whole."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, MIDDLE, PALE


def bars(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero in the order given, each with its printed figure at its end.

    ``data``: label, value (in ``unit``), text, estimate (hatched where true) and, where bars belong to series,
    ``series``. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=len(data))
    series = data["series"] if "series" in data else pd.Series(title, index=data.index)
    colours = dict(zip(series.unique(), [ACCENT, MIDDLE], strict=False))
    sns.barplot(
        data.assign(series=series),
        **{"x": "value", "y": "label", "hue": "series", "palette": colours, "dodge": False, "errorbar": None},
        **{"width": 0.66, "saturation": 1, "legend": "series" in data, "ax": ax},
    )
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.value, place), (4, 0), textcoords="offset points", va="center")
    for patch, row in zip(in_order(ax), data.itertuples(), strict=True):
        patch.set(hatch="///" if row.estimate else None, edgecolor="white" if row.estimate else patch.get_facecolor())
    longest = data["text"].str.len().max()
    ax.set(xlabel=unit, ylabel="", xlim=(0, (data["value"].max() or 1) * (1.06 + 0.022 * longest)))
    if "series" in data:
        ax.legend(title=None, loc="lower right", frameon=False)
    return bare(ax)


def part_of_whole(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """Bars of one length, each a whole in which a part is set off, with the figures written in.

    ``data``: whole, share (% of the whole), part_text, rest_text. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=2 * len(data))
    common = {"y": "whole", "errorbar": None, "width": 0.5, "saturation": 1, "ax": ax}
    sns.barplot(data.assign(all=100), x="all", color=PALE, **common)
    sns.barplot(data, x="share", color=ACCENT, **common)
    for place, row in enumerate(data.itertuples()):
        # the part above its bar, the rest above the other end: both fit however small the part is
        ax.annotate(row.part_text, (0, place - 0.25), (0, 3), textcoords="offset points", va="bottom", color=ACCENT)
        ax.annotate(row.rest_text, (100, place - 0.25), (0, 3), textcoords="offset points", va="bottom", ha="right")
    ax.set(xlabel="%", ylabel="", xlim=(0, 100), ylim=(len(data) - 0.6, -0.75))
    return bare(ax)


def in_order(ax: Axes) -> list:
    """The bars of ``ax`` from the top down, whichever container drew them."""
    return sorted((p for c in ax.containers for p in c.patches), key=lambda patch: patch.get_y())
