"""A heat-map: one row an indicator, one column a month, every cell with its printed figure."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from zonereport.present.charts.canvas import axes
from zonereport.present.theme import ACCENT, ALARM, INK

# orange to blue over white: both ends differ in hue, and the printed figures say the sign where colour is lost
DIVERGING = LinearSegmentedColormap.from_list("diverging", [ALARM, "#f6e3d0", "#ffffff", "#cfdeec", ACCENT])
# the share of the scale from which a cell is dark enough for white figures
DARK = 0.8


def heatmap(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Cells coloured by the sign and size of ``value``, each with its ``text``; a missing cell is grey.

    ``data``: label (row), column, value (in ``unit``), text; rows and columns come in the order given. Colours are
    spread over the bulk of the values, so that one large value does not fade the others. None without any value.
    """
    if data.empty or data["value"].notna().sum() == 0:
        return None
    order = {"index": data["label"].unique(), "columns": data["column"].unique()}
    values = data.pivot(index="label", columns="column", values="value").reindex(**order)
    texts = data.pivot(index="label", columns="column", values="text").reindex(**order).fillna("")
    ax = axes(ax, title, rows=1.15 * len(values) + 1)
    reach = max(float(values.abs().stack().dropna().quantile(0.9)), 1e-9)
    sns.heatmap(
        values.clip(-reach, reach).astype("float64"),
        cmap=DIVERGING,
        vmin=-reach,
        vmax=reach,
        cbar=False,
        linewidths=1,
        linecolor="white",
        annot=texts,
        fmt="",
        annot_kws={"fontsize": 8.5},
        ax=ax,
    )
    ax.set_facecolor("#eceff2")
    shown = values.stack().dropna().clip(-reach, reach)
    for text, value in zip(ax.texts, shown, strict=True):
        text.set_color("white" if abs(value) > DARK * reach else INK)
    ax.set(xlabel=unit, ylabel="")
    ax.tick_params(axis="both", length=0, rotation=0)
    return ax
