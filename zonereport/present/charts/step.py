"""Step lines: what grows in jumps, such as the share of projects that have started, or plots renewed since January."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes
from zonereport.present.theme import ACCENT, ALARM, MIDDLE, SOFT

COLOURS, DASHES = (ACCENT, MIDDLE, SOFT), ("", (4, 2), (1, 1))


def steps(
    data: pd.DataFrame,
    *,
    title: str,
    unit: str,
    axis: str,
    level: tuple[float, str] | None = None,
    ax: Axes | None = None,
) -> Axes | None:
    """One line a series, which jumps where something happened, with its name and last figure at its end.

    ``data``: at (a number along the axis named ``axis``), value (in ``unit``), series, text (at the end of the line);
    low and high make a band where they are known. ``level`` is a value to hold the lines against, with its words.
    Lines differ in lightness and dashes. None where there is nothing to draw.
    """
    if data.empty or not data["value"].max() > 0:
        return None
    ax = axes(ax, title, rows=4.6)
    series = list(dict.fromkeys(data["series"]))
    sns.lineplot(
        data,
        x="at",
        y="value",
        hue="series",
        style="series",
        errorbar=None,
        linewidth=2,
        ax=ax,
        palette=dict(zip(series, COLOURS, strict=False)),
        dashes=dict(zip(series, DASHES, strict=False)),
        drawstyle="steps-post",
        legend=False,
    )
    # the line of the target must be seen, also far above what was reached
    top = max(data["value"].max(), level[0] if level else 0, 1e-9)
    for name, colour in zip(series, COLOURS, strict=False):
        rows = data[data["series"] == name]
        if "low" in rows:
            ax.fill_between(rows["at"], rows["low"], rows["high"], step="post", color=colour, alpha=0.12, linewidth=0)
    _name_ends(ax, data, top)
    if level:
        ax.axhline(level[0], color=ALARM, linewidth=1, linestyle=(0, (2, 2)))
        ax.annotate(
            level[1], (data["at"].min(), level[0]), (2, 3), textcoords="offset points", color=ALARM, va="bottom"
        )
    span = max(data["at"].max() - data["at"].min(), 1)
    longest = data["text"].str.len().max()
    ax.set(xlabel=axis, ylabel=unit, ylim=(0, 1.1 * top))
    ax.set_xlim(data["at"].min(), data["at"].min() + span / max(0.96 - 0.021 * longest, 0.4))
    # the room for the texts has no months
    first, last = int(data["at"].min()), int(data["at"].max())
    ax.set_xticks(range(first, last + 1, max(1, -(-(last - first) // 12))))
    ax.yaxis.label.set(rotation=0, ha="right", va="center")
    sns.despine(ax=ax)
    ax.yaxis.grid(True, color="#e6eaee", linewidth=0.7)
    return ax


def _name_ends(ax: Axes, data: pd.DataFrame, top: float) -> None:
    """The text of each line at its end; two that end at nearly one height move apart."""
    ends = data.groupby("series", sort=False).tail(1).sort_values("value", ascending=False)
    close = ends["value"].diff().abs() < 0.09 * top
    for number, row in enumerate(ends.itertuples()):
        lower, upper = bool(close.iloc[number]), number + 1 < len(ends) and bool(close.iloc[number + 1])
        shift = 6 * (upper - lower)
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        ax.annotate(row.text, (row.at, row.value), (6, shift), textcoords="offset points", va="center", bbox=ground)
