"""What each bar of a chart stands for, written to its mark: a page shows it where somebody points at the bar."""

import re

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from zonereport.present.kit.numbers import number

# publishing makes a title of the id of a mark that begins so
MARK = "tip:"
# 与年度目标之差（个百分点）: the unit stands in brackets; 亿元: the title of the axis is the unit
_IN_BRACKETS = re.compile("（([^）]{1,6})）")
LONGEST_UNIT = 4


def mark_bars(figure: Figure) -> None:
    """Write to every bar of a figure what it is of, its series where there are several, its value with the unit."""
    for ax in figure.axes:
        series = _series(ax, figure)
        for container in ax.containers:
            if isinstance(container, BarContainer):
                _mark(ax, container, series)


def _series(ax: Axes, figure: Figure) -> dict[tuple, str]:
    """What the legend calls bars of a colour; empty where one series needs none."""
    legends = [each for each in (ax.get_legend(), *figure.legends) if each is not None]
    names = {}
    for legend in legends:
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            # of lines and points nobody asks
            if isinstance(handle, Patch):
                names[handle.get_facecolor()] = text.get_text()
    return names if len(names) > 1 else {}


def _mark(ax: Axes, container: BarContainer, series: dict[tuple, str]) -> None:
    lying = container.orientation == "horizontal"
    axis = ax.yaxis if lying else ax.xaxis
    labels = dict(zip((round(at) for at in axis.get_ticklocs()), axis.get_ticklabels(), strict=False))
    unit = _unit(ax.get_xlabel() if lying else ax.get_ylabel())
    for patch in container.patches:
        middle = patch.get_y() + patch.get_height() / 2 if lying else patch.get_x() + patch.get_width() / 2
        value = patch.get_width() if lying else patch.get_height()
        label = labels.get(round(middle))
        if label is None or not value or value != value:
            continue
        name = label.get_text().replace("\n", "")
        head = "，".join(filter(None, [name, series.get(patch.get_facecolor(), "")]))
        patch.set_gid(f"{MARK}{head}：{number(value, 2)}{unit}")


def _unit(title: str) -> str:
    found = _IN_BRACKETS.search(title)
    if found:
        return found[1]
    return title if len(title) <= LONGEST_UNIT else ""
