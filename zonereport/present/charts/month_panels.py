"""Small multiples: one panel a quantity, the months of a year beside those of the year before."""

from math import ceil

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from zonereport.present.charts.canvas import sheet
from zonereport.present.charts.strips import uprights
from zonereport.present.theme import ACCENT, INK, PALE

COLUMNS = 2


def month_panels(data: pd.DataFrame, *, title: str, names: tuple[str, str], axis: str) -> Axes | None:
    """Bars of each month, narrow and dark, before the same month of the year before, wide and pale.

    ``data``: panel (its name with the unit), month (label), value, last_year (NaN unknown) and text, written over the
    bar where there is one; panels and months come in the order given. ``names`` are those of the two years, ``axis``
    is what the months are called. The first panel comes back; None where there is nothing to draw.
    """
    if data.empty:
        return None
    panels = list(data["panel"].unique())
    rows = ceil(len(panels) / COLUMNS)
    figure = sheet(title, height=1.42 * rows + 0.3)
    grid = figure.subplots(rows, min(COLUMNS, len(panels)), squeeze=False).ravel()
    months = list(data["month"].unique())
    for ax, panel in zip(grid, panels, strict=False):
        _panel(ax, data[data["panel"] == panel], months, panel)
    for ax in grid[max(len(panels) - COLUMNS, 0) : len(panels)]:
        ax.set_xlabel(axis, fontsize=8.5)
    for ax in grid[len(panels) :]:
        ax.remove()
    patches = [Patch(color=ACCENT, label=names[0]), Patch(color=PALE, label=names[1])]
    shown = patches if data["last_year"].notna().any() else patches[:1]
    figure.legend(handles=shown, loc="outside lower center", ncol=2, frameon=False)
    return grid[0]


def _panel(ax: Axes, rows: pd.DataFrame, months: list[str], name: str) -> None:
    by_month = rows.set_index("month").reindex(months)
    if rows["last_year"].notna().any():
        uprights(ax, months, by_month["last_year"], PALE, width=0.86)
    uprights(ax, months, by_month["value"], ACCENT, width=0.44)
    for row in rows[rows["text"] != ""].itertuples():
        place = (months.index(row.month), row.value)
        ax.annotate(row.text, place, (0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8.5)
    highest = max(rows["value"].max(), rows["last_year"].max() if rows["last_year"].notna().any() else 0)
    ax.set(xlabel="", ylabel="", ylim=(min(0, rows["value"].min()), (highest or 1) * 1.24))
    ax.set_title(name, fontsize=9, color=INK, fontweight=500, pad=4)
    ax.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    ax.tick_params(axis="both", length=0, labelsize=8.5)
    ax.yaxis.grid(True, color="#e6eaee", linewidth=0.7)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
