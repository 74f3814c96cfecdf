"""What each bar of a chart stands for, written to its mark: a page shows it where somebody points at the bar."""

import re

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from zonereport.present.kit.numbers import number

# publishing makes a title of the id of a mark that begins so
MARK = "tip:"
# 与年度目标之差（个百分点）: the unit stands in brackets; 亿元: the title of the axis is the unit
_IN_BRACKETS = re.compile("（([^）]{1,6})）")
LONGEST_UNIT = 4


def mark_bars(figure: Figure) -> None:
    """Write to every bar of a figure what it is of, its series where there are several, its value with the unit."""
    for ax in figure.axes:
        containers = [each for each in ax.containers if isinstance(each, BarContainer)]
        series = {each.get_label() for each in containers if not each.get_label().startswith("_")}
        for container in containers:
            # seaborn draws empty containers for its legend
            named = container.get_label() if len(series) > 1 else ""
            _mark(ax, container, "" if named.startswith("_") else named)


def _mark(ax: Axes, container: BarContainer, series: str) -> None:
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
        head = "，".join(filter(None, [name, series]))
        patch.set_gid(f"{MARK}{head}：{number(value, 2)}{unit}")


def _unit(title: str) -> str:
    found = _IN_BRACKETS.search(title)
    if found:
        return found[1]
    return title if len(title) <= LONGEST_UNIT else ""
