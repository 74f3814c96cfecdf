"""The sheet that every chart is drawn on: its width, its title in lines, its bare frame."""

import re
import unicodedata

import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zonereport.present.theme import ACCENT, WIDTH_IN, use_theme

# so many Chinese characters of a title fit the width of a page's text
TITLE_EMS = 36
# where the label of a bar is broken
LABEL_EMS = 16
# matplotlib measures a line by Latin letters: Chinese ones are taller and would touch
LINE_SPACING = 1.4


def axes(ax: Axes | None, title: str, *, rows: float) -> Axes:
    """The axes to draw on: those given, or a figure of their own as wide as a page's text, under its title.

    ``rows`` is the height in lines of a bar chart.
    """
    use_theme()
    # in a panel of a larger sheet the sheet carries the long title
    if ax is not None:
        ax.set_title(title)
        return ax
    return sheet(title, height=0.72 + 0.27 * rows).add_subplot()


def sheet(title: str, *, height: float) -> Figure:
    """A figure as wide as a page's text under its title; ``height`` in inches is that of what is below the title."""
    use_theme()
    lines = wrapped(title, TITLE_EMS)
    figure = plt.figure(figsize=(WIDTH_IN, height + 0.22 * len(lines)))
    # over the labels too, from the very left: a finding is a sentence and wants the width of the page
    figure.suptitle(
        "\n".join(lines), x=0.006, ha="left", fontsize=11, fontweight=700, color=ACCENT, linespacing=LINE_SPACING
    )
    return figure


def bare(ax: Axes) -> Axes:
    """Take frame and ticks away and leave the vertical grid of a horizontal chart."""
    sns.despine(ax=ax, bottom=True)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", length=0)
    # labels are broken into lines as titles are
    for label in ax.get_yticklabels():
        label.set_linespacing(LINE_SPACING)
    ax.xaxis.grid(True, color="#e6eaee", linewidth=0.7)
    ax.set_axisbelow(True)
    return ax


def wrapped(text: str, ems: float) -> list[str]:
    """Break a sentence into lines of at most ``ems`` full widths: behind a comma if there is one, never in a number.

    >>> wrapped("工业投资占投资的50.7%，留抵退税占工商税收的37.8%", 13)
    ['工业投资占投资的50.7%，', '留抵退税占工商税收的37.8%']
    """
    lines: list[list[str]] = [[]]
    # a number with its sign, or one character, each with the marks that must not begin a line
    for piece in re.findall(r"[\x21-\x7e]+[，、；。）]*|.[，、；。）]*", text):
        if lines[-1] and _ems("".join([*lines[-1], piece])) > ems:
            marks = [n for n, part in enumerate(lines[-1], 1) if part[-1] in "，、；。"]
            cut = marks[-1] if marks else len(lines[-1])
            lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
        lines[-1].append(piece)
    return ["".join(line) for line in lines]


def _ems(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WF" else 0.55 for character in text)
