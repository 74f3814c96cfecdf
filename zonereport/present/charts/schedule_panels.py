"""Small multiples: one panel an indicator, its year against the schedules, the target and the forecast."""

from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import sheet, wrapped
from zonereport.present.theme import ACCENT, MIDDLE, PALE, SOFT

ACROSS, PANEL_IN, TITLE_EMS = 3, 1.4, 15
# how each line is drawn: colour, width, dashes; they differ in lightness and in dashes, so grey paper will do
LINES = {
    "linear": (SOFT, 1.0, (1, 1.5)),
    "mean": (MIDDLE, 1.4, (4, 1.6)),
    "p50": (ACCENT, 1.4, (2.2, 1.3)),
    "actual": (ACCENT, 2.0, ""),
}
BANDS = {"range": ("low", "high", PALE, None), "fan": ("p10", "p90", "#dde0e4", "////")}
TARGET, MONTHS = 100, [3, 6, 9, 12]


def schedule_panels(data: pd.DataFrame, *, title: str, unit: str, names: Mapping[str, str]) -> Axes | None:
    """A panel for each ``panel`` in the order given: cumulative lines by month, up to the target at 100.

    ``data``: panel (its title, lines apart by a newline), month, and in ``unit`` (% of the target) actual, linear,
    mean, low, high (own history) and p10, p50, p90 (forecast); NaN where unknown. ``names`` says what each line and
    band is called, by actual, linear, mean, range, p50, fan and target. None where there is nothing to draw.
    """
    if data.empty:
        return None
    titles = list(data["panel"].unique())
    across = min(ACROSS, len(titles))
    down = -(-len(titles) // across)
    free = across * down > len(titles)
    figure = sheet(title, height=(0.1 if free else 0.55) + down * (PANEL_IN + 0.62))
    top = 1.06 * max(TARGET, *(data[column].max() for column in ("actual", "high", "p50", "p90")))
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, panel in zip(grid, titles, strict=False):
        _panel(ax, data[data["panel"] == panel], panel, top)
        ax.set_ylabel(unit if ax.get_subplotspec().is_first_col() else "")
    for place in range(len(titles), len(grid)):
        grid[place].axis("off")
        # the panel above has the months that this one would have had
        grid[place - across].tick_params(axis="x", labelbottom=True)
    key = {"handles": _key(data, names), "frameon": False, "fontsize": 8.5}
    if free:
        grid[-1].legend(**key, loc="center left", borderpad=0)
    else:
        figure.legend(**key, loc="outside lower center", ncols=4, columnspacing=1.4)
    return grid[0]


def _panel(ax: Axes, rows: pd.DataFrame, title: str, top: float) -> None:
    for low, high, colour, hatch in BANDS.values():
        if rows[[low, high]].notna().all(axis=1).any():
            edge = {"hatch": hatch, "edgecolor": "white", "linewidth": 0} if hatch else {"linewidth": 0}
            ax.fill_between(rows["month"], rows[low], rows[high], color=colour, **edge)
    known = [name for name in LINES if rows[name].notna().any()]
    long = rows.melt(id_vars="month", value_vars=known, var_name="line").dropna(subset="value")
    sns.lineplot(
        long,
        x="month",
        y="value",
        hue="line",
        style="line",
        size="line",
        legend=False,
        ax=ax,
        palette={name: LINES[name][0] for name in known},
        sizes={name: LINES[name][1] for name in known},
        dashes={name: LINES[name][2] for name in known},
        errorbar=None,
    )
    last = rows.dropna(subset="actual").tail(1)
    sns.scatterplot(last, x="month", y="actual", color=ACCENT, s=30, zorder=5, legend=False, ax=ax)
    ax.axhline(TARGET, color=SOFT, linewidth=0.8)
    head, *rest = title.split("\n")
    lines = ["\n".join(wrapped(head, TITLE_EMS)), *rest]
    ax.set_title("\n".join(lines[:1]), fontsize=9, pad=4 + 11.5 * len(rest))
    ax.annotate("\n".join(rest), (0, 1), (0, 4), "axes fraction", "offset points", va="bottom", fontsize=8.5)
    ax.set(xlabel="", xticks=MONTHS, xlim=(0.6, 12.4), ylim=(0, top), yticks=[0, 25, 50, 75, 100])
    ax.set_xticklabels([f"{month}月" for month in MONTHS], fontsize=8.5)
    ax.tick_params(length=0, labelsize=8.5)
    ax.yaxis.grid(True, color="#e6eaee", linewidth=0.7)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)


def _key(data: pd.DataFrame, names: Mapping[str, str]) -> list:
    """The legend, of what is drawn only."""
    there = {name for name in LINES if data[name].notna().any()}
    lines = [
        Line2D([], [], color=colour, linewidth=width, dashes=dashes or (1, 0), label=names[name])
        for name, (colour, width, dashes) in reversed(LINES.items())
        if name in there
    ]
    bands = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=names[name])
        for name, (low, high, colour, hatch) in BANDS.items()
        if data[[low, high]].notna().all(axis=1).any()
    ]
    return [*lines, *bands, Line2D([], [], color=SOFT, linewidth=0.8, label=names["target"])]
