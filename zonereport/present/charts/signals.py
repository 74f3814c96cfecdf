"""A grid of signals: good, middling or bad, each cell with the figure that it rests on."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from zonereport.present.charts.canvas import axes
from zonereport.present.theme import GREEN, INK, RED, YELLOW

# what stands before the figure of a cell, for those who cannot tell red from green
MARKS = {1: "▲ ", 0: "", -1: "▼ "}


def signals(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """Cells green for 1, yellow for 0, red for -1, white where there is no signal; each with its ``text``.

    An arrow before the text says up or down where the colour is not seen or printed.

    ``data``: label (row), column, value (-1, 0, 1 or NaN), text; rows and columns come in the order given. None
    without any value.
    """
    if data.empty or data["value"].notna().sum() == 0:
        return None
    order = {"index": data["label"].unique(), "columns": data["column"].unique()}
    values = data.pivot(index="label", columns="column", values="value").reindex(**order).astype("float64")
    texts = data.pivot(index="label", columns="column", values="text").reindex(**order).fillna("")
    texts = values.apply(lambda column: column.map(MARKS)).fillna("") + texts
    ax = axes(ax, title, rows=0.98 * len(values) + 0.4)
    sns.heatmap(
        values,
        cmap=ListedColormap([RED, YELLOW, GREEN]),
        vmin=-1,
        vmax=1,
        cbar=False,
        linewidths=1.5,
        linecolor="white",
        annot=texts,
        fmt="",
        annot_kws={"fontsize": 9},
        ax=ax,
    )
    for text, value in zip(ax.texts, values.stack().dropna(), strict=True):
        text.set_color(INK if value == 0 else "white")
    ax.set(xlabel="", ylabel="")
    ax.xaxis.tick_top()
    ax.tick_params(axis="both", length=0, rotation=0)
    return ax
