"""A Gantt chart: what was planned and what was done, month by month, with a traffic light that reads in grey."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, ALARM, GREEN, INK, MIDDLE, PALE, RED, SOFT, YELLOW

# bar: what it looks like, and where in its row it lies; a plan is a thin frame below what was done
LOOKS = {
    "first_plan": ({"facecolor": "white", "edgecolor": SOFT, "linewidth": 0.9}, 0.28, 0.16),
    "preparing": ({"facecolor": PALE, "edgecolor": MIDDLE, "linewidth": 0.6}, -0.14, 0.44),
    "building": ({"facecolor": ACCENT, "edgecolor": ACCENT, "linewidth": 0.6}, -0.14, 0.44),
    "ahead": ({"facecolor": "white", "edgecolor": ACCENT, "linewidth": 0.6, "hatch": "////"}, -0.14, 0.44),
}
# light: the shape of its sign, its fill, its edge and the colour of the letter on it; in grey the shapes tell the
# lights apart, and a finished project is a ring where a green light is a disc
SIGNS = {
    "red": ("s", RED, RED, "white"),
    "yellow": ("D", YELLOW, SOFT, INK),
    "green": ("o", GREEN, GREEN, "white"),
    "done": ("o", "white", ACCENT, ACCENT),
    "not_judged": ("o", "#eceff2", SOFT, SOFT),
}


def gantt(
    data: pd.DataFrame, rows: pd.DataFrame, words: dict[str, str], *, title: str, now: str, ax: Axes | None = None
) -> Axes | None:
    """Bars from month to month, one row a project, with its light before the row and a text behind it.

    ``data``: project, bar (a key of LOOKS), from_month and to_month (YYYY-MM, both included). ``rows``: project, label,
    light (a key of SIGNS), letter, text, in order from the top. ``words`` names the bars that there are for the
    legend and, under ``now``, the line at the end of the month ``now``. None where there is nothing to draw.
    """
    if data.empty or rows.empty:
        return None
    ax = axes(ax, title, rows=0.86 * len(rows) + 1.5)
    place = {name: number for number, name in enumerate(rows["project"])}
    data = data[data["project"].isin(place)]
    left, right = data["from_month"].map(_begin), data["to_month"].map(_end)
    today = _end(now)
    for bar, (look, shift, height) in LOOKS.items():
        these = data["bar"] == bar
        at = data.loc[these, "project"].map(place) + shift
        widths = right[these] - left[these]
        ax.barh(at, widths, left=left[these], height=height, **look)
    ax.axvline(today, color=ALARM, linewidth=1.2)
    first, last = left.min(), max(right.max(), today)
    for row in rows.itertuples():
        end = right[data["project"] == row.project].max()
        # a text does not sit on the line of the present month
        end = today if 0 < today - end < 0.15 * (last - first) else end
        ax.annotate(row.text, (end, place[row.project]), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
        _sign(ax, row, place[row.project])
    longest = rows["text"].str.len().max()
    ax.set(ylim=(len(rows) - 0.4, -0.7), xlim=(first, last + (last - first) * (0.02 + 0.026 * longest)), ylabel="")
    ax.set_yticks(range(len(rows)), rows["label"])
    ax.tick_params(axis="y", pad=22)
    ax.xaxis.set_major_locator(YearLocator())
    ax.xaxis.set_major_formatter(DateFormatter("%Y年1月"))
    for label in ax.get_xticklabels():
        label.set_ha("left")
    keys = [Patch(**LOOKS[bar][0], label=word) for bar, word in words.items() if bar in set(data["bar"])]
    keys.append(Line2D([], [], color=ALARM, linewidth=1.2, label=words["now"]))
    ax.figure.legend(handles=keys, loc="outside lower center", ncol=len(keys), frameon=False, handlelength=1.6)
    return bare(ax)


def _sign(ax: Axes, row, place: float) -> None:
    """The light left of a row: colour, shape and letter."""
    shape, fill, edge, ink = SIGNS[row.light]
    at = ax.get_yaxis_transform()
    ax.plot(
        [-0.03],
        [place],
        marker=shape,
        # a diamond of the same size would reach into its neighbours
        markersize=10.5 if shape == "D" else 12,
        markerfacecolor=fill,
        markeredgecolor=edge,
        transform=at,
        clip_on=False,
        linestyle="",
    )
    ax.text(-0.03, place, row.letter, transform=at, ha="center", va="center_baseline", color=ink, fontsize=8.5)


def _begin(month: str) -> float:
    return (pd.Period(month, "M").start_time - pd.Timestamp("1970-01-01")).days


def _end(month: str) -> float:
    return ((pd.Period(month, "M") + 1).start_time - pd.Timestamp("1970-01-01")).days
