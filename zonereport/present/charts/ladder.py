"""Where one stands among many: peers on a line, and places with the range that other choices give."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, INK, MIDDLE, PALE, SOFT


def ladder(data: pd.DataFrame, *, title: str, unit: str, names: dict[str, str], ax: Axes | None = None) -> Axes | None:
    """A line for each indicator: a dot for each peer, a bar for their middle, a diamond for the zone.

    ``data``: label, kind (peer, median, zone), value (in ``unit``), text (printed over the zone's diamond); ``names``
    the words of the kinds. Lines in the order given. None where there is nothing to draw.
    """
    if data.empty:
        return None
    order = list(data["label"].unique())
    ax = axes(ax, title, rows=1.32 * len(order) + 1.2)
    common = {"x": "value", "y": "label", "order": order, "jitter": False, "ax": ax}
    looks = {
        "peer": {"color": PALE, "edgecolor": MIDDLE, "linewidth": 0.8, "size": 6.5},
        "median": {"color": SOFT, "marker": "|", "size": 15, "linewidth": 1.6},
        "zone": {"color": ACCENT, "marker": "D", "size": 8, "linewidth": 0},
    }
    for kind, look in looks.items():
        rows = data[data["kind"] == kind]
        if len(rows):
            sns.stripplot(rows, **common, **look, label=names[kind], zorder=3)
    span = data["value"].max() - data["value"].min() or 1
    for row in data[data["kind"] == "zone"].itertuples():
        ax.annotate(
            row.text,
            (row.value, order.index(row.label)),
            (0, 7),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=ACCENT,
            fontweight=700,
            fontsize=8.5,
        )
    ax.set(xlabel=unit, ylabel="", xlim=(data["value"].min() - 0.07 * span, data["value"].max() + 0.07 * span))
    ax.set_ylim(len(order) - 0.55, -0.75)
    handles, labels = ax.get_legend_handles_labels()
    first = dict(reversed(list(zip(labels, handles, strict=True))))
    wanted = [names[kind] for kind in ("zone", "peer", "median") if names[kind] in first]
    ax.legend(
        [first[name] for name in wanted],
        wanted,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(wanted),
        frameon=False,
        borderpad=0,
    )
    return bare(ax)


def ranges(data: pd.DataFrame, *, title: str, unit: str, names: dict[str, str], ax: Axes | None = None) -> Axes | None:
    """A line for each entity: the range of its places, the middle of it, and the place that it has.

    ``data``: label, low, mid, high, mark (places), own (True for the zone), text (behind the range); ``names`` the
    words of ``range``, ``mid`` and ``mark``. None where there is nothing to draw.
    """
    if data.empty:
        return None
    order = list(data["label"])
    ax = axes(ax, title, rows=0.75 * len(order) + 1.1)
    for own, colour in ((False, "#b8cbdf"), (True, MIDDLE)):
        rows = data[data["own"] == own]
        places = [order.index(label) for label in rows["label"]]
        ax.hlines(places, rows["low"], rows["high"], color=colour, linewidth=7, label=None if own else names["range"])
    common = {"y": "label", "linestyle": "none", "order": order, "errorbar": None, "ax": ax}
    sns.pointplot(data, x="mid", color=INK, marker="|", markersize=9, **common, label=names["mid"])
    sns.pointplot(data, x="mark", color=ACCENT, marker="D", markersize=6, **common, label=names["mark"])
    for place, row in enumerate(data.itertuples()):
        weight = 700 if row.own else 400
        ax.annotate(row.text, (1.01, place), xycoords=("axes fraction", "data"), va="center", fontweight=weight)
    for label, own in zip(ax.get_yticklabels(), data["own"], strict=True):
        label.set_fontweight(700 if own else 400)
    last = int(max(data["high"].max(), data["mark"].max()))
    ax.set(xlabel=unit, ylabel="", xlim=(0.6, last + 0.4), xticks=range(1, last + 1))
    ax.set_ylim(len(order) - 0.45, -0.6)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderpad=0)
    return bare(ax)
