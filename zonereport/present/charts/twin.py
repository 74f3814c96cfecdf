"""Two measures of the same classes side by side, each on a scale of its own."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import LABEL_EMS, axes, bare, wrapped
from zonereport.present.charts.room import beside_labels, reach
from zonereport.present.charts.strips import strips
from zonereport.present.theme import ACCENT, MIDDLE


def twin(data: pd.DataFrame, *, title: str, units: tuple[str, str], ax: Axes | None = None) -> Axes | None:
    """Two panels of horizontal bars over the same labels; the left one's axes come back.

    ``data``: label, left and right (in ``units``), left_text and right_text; in the order given. None where there is
    nothing to draw.
    """
    if data.empty:
        return None
    first = axes(ax, title, rows=0.8 * len(data))
    data = data.assign(label=["\n".join(wrapped(label, LABEL_EMS)) for label in data["label"]])
    halves = first.get_subplotspec().subgridspec(1, 2, wspace=0.04)
    first.set_subplotspec(halves[0])
    # the labels are said once, at the left
    second = first.figure.add_subplot(halves[1], sharey=first)
    sides = (first, "left", units[0], ACCENT), (second, "right", units[1], MIDDLE)
    for side, name, unit, colour in sides:
        strips(side, data["label"], data[name], colour, height=0.66)
        values, texts = data[name].fillna(0), data[f"{name}_text"]
        for place, (value, text) in enumerate(zip(values, texts, strict=True)):
            side.annotate(text, (value, place), (4, 0), textcoords="offset points", va="center")
        side.set(xlabel=unit, ylabel="", xlim=(0, reach(values, texts, width=beside_labels(data["label"]) / 2)))
        bare(side)
    second.tick_params(axis="y", labelleft=False)
    return first
