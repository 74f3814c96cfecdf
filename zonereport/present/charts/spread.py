"""How counts spread over whole numbers: so many things at 0, at 1, at 2 months."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import axes
from zonereport.present.theme import ACCENT, MIDDLE, PALE


def spread(data: pd.DataFrame, *, title: str, unit: str, axis: str, ax: Axes | None = None) -> Axes | None:
    """Upright bars, one a whole number and series, with the number of rows on top.

    ``data``: at (whole number, along the axis named ``axis``), series; ``unit`` is that of the count. None where
    there is nothing to draw.
    """
    data = data.dropna(subset="at")
    if data.empty:
        return None
    ax = axes(ax, title, rows=4.4)
    order = list(dict.fromkeys(data["series"]))
    colours = dict(zip(order, (ACCENT, PALE), strict=False))
    sns.histplot(
        data,
        x="at",
        hue="series",
        hue_order=order,
        palette=colours,
        legend=False,
        discrete=True,
        multiple="dodge",
        shrink=0.72,
        alpha=1,
        edgecolor=MIDDLE,
        ax=ax,
    )
    for patch in ax.patches:
        if patch.get_height() > 0:
            at = (patch.get_x() + patch.get_width() / 2, patch.get_height())
            ax.annotate(f"{patch.get_height():.0f}", at, (0, 2), textcoords="offset points", ha="center")
    low, high = data["at"].min(), data["at"].max()
    ax.set(xlabel=axis, ylabel=unit, xlim=(low - 0.6, high + 0.6))
    ax.set_ylim(0, 1.15 * max(patch.get_height() for patch in ax.patches))
    # half a month or half a project would be read as a figure
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.yaxis.get_major_locator().set_params(integer=True)
    if len(order) > 1:
        # below: inside it would lie over the bars at one end or the other
        keys = [Patch(facecolor=colours[name], edgecolor=MIDDLE, label=name) for name in order]
        ax.figure.legend(handles=keys, loc="outside lower center", ncol=len(keys), frameon=False, handlelength=1.6)
    ax.yaxis.label.set(rotation=0, ha="right", va="center")
    sns.despine(ax=ax)
    ax.tick_params(axis="both", length=0)
    return ax
