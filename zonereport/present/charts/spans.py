"""From one month to another: how long each thing took, and what is still open."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.theme import ACCENT, ALARM, MIDDLE


def spans(data: pd.DataFrame, *, title: str, unit: str, names: tuple[str, str], ax: Axes | None = None) -> Axes | None:
    """A line a row from a hollow mark (start) to a filled one (end); open ones are dashed, orange, without an end.

    ``data``: label, start and end (month numbers, year x 12 + month; end of an open one is the month up to which it
    waited), open (bool), text; in the order given. ``names`` are those of start and end, said once beneath the title.
    None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.8 * len(data) + 1.4)
    for is_open, colour, style in ((False, MIDDLE, "-"), (True, ALARM, (0, (2, 1.5)))):
        rows = data[data["open"] == is_open]
        places = [list(data["label"]).index(label) for label in rows["label"]]
        ax.hlines(places, rows["start"], rows["end"], color=colour, linewidth=1.8, linestyle=style, zorder=2)
        look = {"s": 30, "linewidth": 1.4, "legend": False, "zorder": 3, "ax": ax}
        dark = ALARM if is_open else ACCENT
        sns.scatterplot(x=rows["start"], y=places, color="white", edgecolor=dark, marker="o", **look)
        if not is_open:
            sns.scatterplot(x=rows["end"], y=places, color=dark, edgecolor=dark, marker="o", **look)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.end, place), (7, 0), textcoords="offset points", va="center")
    low, high = data["start"].min(), data["end"].max()
    ax.set_yticks(range(len(data)), list(data["label"]))
    ax.set(xlabel=unit, ylabel="", xlim=(low - 1, high + 0.24 * max(high - low, 6)), ylim=(len(data) - 0.4, -1.1))
    ax.text(low, -0.85, f"○ {names[0]}  ● {names[1]}", fontsize=8.5, va="center")
    # months under each other's feet cannot be read: the longer the span, the fewer ticks
    step = 3 if high - low <= 18 else 6 if high - low <= 42 else 12
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.xaxis.set_major_formatter(FuncFormatter(_month))
    return bare(ax)


def _month(number: float, _place: int) -> str:
    """A month number as a tick prints it: 2022-03.

    >>> _month(24267, 0)
    '2022-03'
    """
    year, month = divmod(int(number) - 1, 12)
    return f"{year}-{month + 1:02d}"
