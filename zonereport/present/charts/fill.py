"""Bars that are filled so far: buildings and what of them is let."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, MIDDLE, PALE


def filled(
    data: pd.DataFrame, words: tuple[str, str, str], *, title: str, unit: str, ax: Axes | None = None
) -> Axes | None:
    """Horizontal bars as long as a whole, dark as far as the part goes, with a text behind.

    ``data``: label, whole and part (in ``unit``; a part not known is NaN), open (False: nothing can be in it yet, and
    its bar is hatched), text. ``words`` name the dark part, the pale rest and the hatched bars in the legend. None
    where no whole is known.
    """
    # a building without an area has no bar to fill
    data = data[data["whole"] > 0]
    if data.empty:
        return None
    ax = axes(ax, title, rows=0.92 * len(data) + 1)
    strips(ax, data["label"], data["whole"], PALE, height=0.6, edgecolor=MIDDLE, linewidth=0.6)
    for patch, is_open in zip(ax.containers[0].patches, data["open"], strict=True):
        patch.set(facecolor=PALE if is_open else "white", hatch=None if is_open else "////")
    # a use that is not known is drawn as none; the text behind says that it is not known
    inside = data.assign(part=data["part"].fillna(0))
    if inside["part"].sum() > 0:
        strips(ax, data["label"], inside["part"], ACCENT, height=0.6)
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.whole, place), (5, 0), textcoords="offset points", va="center")
    reach = max(row.whole / max(0.95 - 0.0175 * len(row.text), 0.25) for row in data.itertuples())
    ax.set(xlabel=unit, ylabel="", xlim=(0, reach))
    looks = (
        ({"facecolor": ACCENT}, inside["part"].sum() > 0),
        ({"facecolor": PALE, "edgecolor": MIDDLE}, data["open"].any()),
        ({"facecolor": "white", "edgecolor": MIDDLE, "hatch": "////"}, not data["open"].all()),
    )
    # the legend explains only what is drawn
    keys = [Patch(**look, label=word) for word, (look, there) in zip(words, looks, strict=True) if there]
    ax.figure.legend(handles=keys, loc="outside lower center", ncol=len(keys), frameon=False, handlelength=1.6)
    return bare(ax)
