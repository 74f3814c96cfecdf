"""Grids of coloured cells, each with its printed figure: growth by month, and signals good, middling or bad."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, ListedColormap

from zonereport.present.charts.canvas import axes
from zonereport.present.charts.contrast import ink_on
from zonereport.present.theme import ACCENT, ALARM, GREEN, RED, YELLOW

# orange to blue over white: both ends differ in hue, and the printed figures say the sign where colour is lost
DIVERGING = LinearSegmentedColormap.from_list("diverging", [ALARM, "#f6e3d0", "#ffffff", "#cfdeec", ACCENT])
TRAFFIC = ListedColormap([RED, YELLOW, GREEN])
# what stands before the figure of a cell, for those who cannot tell red from green
MARKS = {1: "▲ ", 0: "", -1: "▼ "}


def heatmap(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Cells coloured by the sign and size of ``value``, each with its ``text``; a missing cell is grey.

    ``data``: label (row), column, value (in ``unit``), text; rows and columns come in the order given. Colours are
    spread over the bulk of the values, so that one large value does not fade the others. None without any value.
    """
    if data.empty or data["value"].notna().sum() == 0:
        return None
    values, texts = _wide(data)
    reach = max(float(values.abs().stack().dropna().quantile(0.9)), 1e-9)
    ax = axes(ax, title, rows=1.15 * len(values) + 1)
    _grid(ax, values.clip(-reach, reach), texts, DIVERGING, reach, gap=1, size=8.5)
    # what is missing is no zero: grey, not the white of no change
    ax.set_facecolor("#eceff2")
    _ink(ax, values.stack().dropna().clip(-reach, reach) / reach, DIVERGING)
    ax.set(xlabel=unit, ylabel="")
    return ax


def signals(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """Cells green for 1, yellow for 0, red for -1, white where there is no signal; each with its ``text``.

    An arrow before the text says up or down where the colour is not seen or printed.

    ``data``: label (row), column, value (-1, 0, 1 or NaN), text; rows and columns come in the order given. None
    without any value.
    """
    if data.empty or data["value"].notna().sum() == 0:
        return None
    values, texts = _wide(data)
    texts = values.apply(lambda column: column.map(MARKS)).fillna("") + texts
    ax = axes(ax, title, rows=0.98 * len(values) + 0.4)
    _grid(ax, values, texts, TRAFFIC, 1, gap=1.5, size=9)
    _ink(ax, values.stack().dropna(), TRAFFIC)
    ax.set(xlabel="", ylabel="")
    ax.xaxis.tick_top()
    return ax


def _ink(ax: Axes, shares: pd.Series, colours: Colormap) -> None:
    """Print every figure in an ink that can be read on its cell; ``shares`` of the scale run from -1 to 1."""
    for text, share in zip(ax.texts, shares, strict=True):
        text.set_color(ink_on(colours((share + 1) / 2)))


def _wide(data: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values and the texts of the cells, rows and columns in the order in which they first come."""
    order = {"index": data["label"].unique(), "columns": data["column"].unique()}
    values = data.pivot(index="label", columns="column", values="value").reindex(**order).astype("float64")
    texts = data.pivot(index="label", columns="column", values="text").reindex(**order).fillna("")
    return values, texts


def _grid(
    ax: Axes, values: pd.DataFrame, texts: pd.DataFrame, colours: Colormap, reach: float, *, gap: float, size: float
) -> None:
    sns.heatmap(
        values,
        cmap=colours,
        vmin=-reach,
        vmax=reach,
        cbar=False,
        linewidths=gap,
        linecolor="white",
        annot=texts,
        fmt="",
        annot_kws={"fontsize": size},
        ax=ax,
    )
    ax.tick_params(axis="both", length=0, rotation=0)
