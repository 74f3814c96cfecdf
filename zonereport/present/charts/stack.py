"""Stacked bars: how many things stand at each stage, and of which kind they are."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.charts.contrast import ink_on
from zonereport.present.theme import ACCENT, MIDDLE, PALE

COLOURS = (ACCENT, MIDDLE, PALE, "#f2f2f2")


def stacked(
    data: pd.DataFrame, totals: dict[str, str], *, title: str, unit: str, ax: Axes | None = None
) -> Axes | None:
    """Horizontal bars, one a stage, in parts by series, each part with its count and each bar with its total.

    ``data``: label (stage), series, value (in ``unit``), text; ``totals``: the text behind the bar of each label, in
    the order of the bars. The series are coloured from dark to light in the order in which
    they first come. None where there is nothing to draw.
    """
    if data.empty or not data["value"].sum() > 0:
        return None
    ax = axes(ax, title, rows=len(totals) + 1)
    order, series = list(totals), list(dict.fromkeys(data["series"]))
    colours = dict(zip(series, COLOURS, strict=False))
    rows = data.assign(label=pd.Categorical(data["label"], order))
    sns.histplot(
        rows,
        # seaborn stacks from the right: the first series is to begin at zero
        y="label",
        weights="value",
        hue="series",
        hue_order=series[::-1],
        palette=colours,
        multiple="stack",
        discrete=True,
        shrink=0.66,
        alpha=1,
        linewidth=0.8,
        ax=ax,
    )
    text = {(row.label, row.series): row.text for row in data.itertuples()}
    ends = dict.fromkeys(order, 0.0)
    for name, container in zip(series, ax.containers, strict=True):
        for patch in container.patches:
            if patch.get_width() <= 0:
                continue
            # there is no bar before the first and behind the last stage that has anything
            place = round(patch.get_y() + patch.get_height() / 2)
            ends[order[place]] = max(ends[order[place]], patch.get_x() + patch.get_width())
            middle = patch.get_x() + patch.get_width() / 2
            ink = ink_on(colours[name])
            ax.annotate(text[order[place], name], (middle, place), ha="center", va="center", color=ink)
    for place, label in enumerate(order):
        ax.annotate(totals[label], (ends[label], place), (5, 0), textcoords="offset points", va="center")
    # the longest text needs room behind its bar, whichever bar that is
    reach = max(end / max(0.95 - 0.0165 * len(totals[label]), 0.2) for label, end in ends.items())
    ax.set(xlabel=unit, ylabel="", ylim=(len(order) - 0.5, -0.5), xlim=(0, reach or 1))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.get_legend().remove()
    if len(series) > 1:
        # below: wherever inside it lay, some bar and its text would reach it one month
        keys = [Patch(facecolor=colours[name], edgecolor="white", label=name) for name in series]
        ax.figure.legend(handles=keys, loc="outside lower center", ncol=len(keys), frameon=False, handlelength=1.6)
    return bare(ax)
