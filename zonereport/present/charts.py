"""Charts: a tidy frame in, matplotlib Axes out; nothing is computed, shown or saved here."""

import re
import unicodedata

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.theme import ACCENT, MIDDLE, PALE, WIDTH_IN, use_theme

TITLE_EMS = 36


def bars(data: pd.DataFrame, *, title: str, unit: str, ax: Axes | None = None) -> Axes | None:
    """Horizontal bars from zero in the order given, each with its printed figure at its end.

    ``data``: label, value (in ``unit``), text, estimate (hatched where true) and, where bars belong to series,
    ``series``. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = _axes(ax, title, rows=len(data))
    series = data["series"] if "series" in data else pd.Series(title, index=data.index)
    colours = dict(zip(series.unique(), [ACCENT, MIDDLE], strict=False))
    sns.barplot(
        data.assign(series=series),
        **{"x": "value", "y": "label", "hue": "series", "palette": colours, "dodge": False, "errorbar": None},
        **{"width": 0.66, "saturation": 1, "legend": "series" in data, "ax": ax},
    )
    for place, row in enumerate(data.itertuples()):
        ax.annotate(row.text, (row.value, place), (4, 0), textcoords="offset points", va="center")
    for patch, row in zip(_in_order(ax), data.itertuples(), strict=True):
        patch.set(hatch="///" if row.estimate else None, edgecolor="white" if row.estimate else patch.get_facecolor())
    longest = data["text"].str.len().max()
    ax.set(xlabel=unit, ylabel="", xlim=(0, data["value"].max() * (1.06 + 0.022 * longest)))
    if "series" in data:
        ax.legend(title=None, loc="lower right", frameon=False)
    return _bare(ax)


def part_of_whole(data: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes | None:
    """Bars of one length, each a whole in which a part is set off, with the figures written in.

    ``data``: whole, share (% of the whole), part_text, rest_text. None where there is nothing to draw.
    """
    if data.empty:
        return None
    ax = _axes(ax, title, rows=2 * len(data))
    common = {"y": "whole", "errorbar": None, "width": 0.5, "saturation": 1, "ax": ax}
    sns.barplot(data.assign(all=100), x="all", color=PALE, **common)
    sns.barplot(data, x="share", color=ACCENT, **common)
    for place, row in enumerate(data.itertuples()):
        # the part above its bar, the rest above the other end: both fit however small the part is
        ax.annotate(row.part_text, (0, place - 0.25), (0, 3), textcoords="offset points", va="bottom", color=ACCENT)
        ax.annotate(row.rest_text, (100, place - 0.25), (0, 3), textcoords="offset points", va="bottom", ha="right")
    ax.set(xlabel="%", ylabel="", xlim=(0, 100), ylim=(len(data) - 0.6, -0.75))
    return _bare(ax)


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


def _axes(ax: Axes | None, title: str, *, rows: float) -> Axes:
    """The axes to draw on: those given, or a figure of their own as wide as a page's text, under its title."""
    use_theme()
    if ax is not None:
        ax.set_title(title)
        return ax
    lines = wrapped(title, TITLE_EMS)
    figure = plt.figure(figsize=(WIDTH_IN, 0.72 + 0.2 * len(lines) + 0.27 * rows))
    # over the labels too, from the very left: a finding is a sentence and wants the width of the page
    figure.suptitle("\n".join(lines), x=0.006, ha="left", fontsize=11, fontweight=700, color=ACCENT)
    return figure.add_subplot()


def _in_order(ax: Axes) -> list:
    return sorted((p for c in ax.containers for p in c.patches), key=lambda patch: patch.get_y())


def _bare(ax: Axes) -> Axes:
    sns.despine(ax=ax, bottom=True)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", length=0)
    ax.xaxis.grid(True, color="#e6eaee", linewidth=0.7)
    ax.set_axisbelow(True)
    return ax
