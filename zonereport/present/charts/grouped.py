"""Bars in groups: several series side by side for each thing, above and below zero."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, INK, MIDDLE, PALE, SOFT

SHADES = (ACCENT, MIDDLE, PALE, "#8a8f98")
MOST_SERIES = len(SHADES)


def grouped(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars in groups, each with its printed figure behind its end.

    ``data``: label (group), series, value (in ``unit``, may be below zero), text; the first four series are drawn.
    None where there is nothing to draw.
    """
    if data.empty:
        return None
    series = list(data["series"].unique())[:MOST_SERIES]
    rows = data[data["series"].isin(series)]
    labels = list(rows["label"].unique())
    ax = axes(ax, title, rows=len(labels) * (0.3 + max(0.5 * len(series), 0.8)) + 1.1)
    sns.barplot(
        rows,
        x="value",
        y="label",
        hue="series",
        order=labels,
        hue_order=series,
        width=0.84,
        palette=SHADES[: len(series)],
        saturation=1,
        errorbar=None,
        legend=len(series) > 1,
        ax=ax,
    )
    height = 0.84 / len(series)
    for row in rows.itertuples():
        place = labels.index(row.label) - 0.42 + height * (series.index(row.series) + 0.5)
        side = -1 if row.value < 0 else 1
        ax.annotate(
            row.text,
            (row.value, place),
            (4 * side, 0),
            textcoords="offset points",
            va="center",
            ha="left" if side > 0 else "right",
            fontsize=8.5,
            color=INK,
        )
    room = 0.035 * rows["text"].str.len().max() * max(rows["value"].max() - min(rows["value"].min(), 0), 1e-9)
    low = rows["value"].min()
    ax.set(xlabel=unit, ylabel="", xlim=(low - room if low < 0 else 0, max(rows["value"].max(), 0) + room))
    ax.axvline(0, color=SOFT, linewidth=0.8)
    if len(series) > 1:
        ax.legend(title=None, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(series), frameon=False, borderpad=0)
    bare(ax)
    # zero has a line of its own
    sns.despine(ax=ax, left=True, bottom=True)
    return ax
