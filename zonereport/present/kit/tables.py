"""What the tables of all chapters share: the look, where a figure comes from, what is to be known of it."""

from collections.abc import Collection, Mapping

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.inputs.history.log import ARROW
from zonereport.present.kit.labels import HEADS, MEASURES, NO_VALUE, QUALIFIER_NAMES
from zonereport.present.report import Report

FIGURES = ("text", *MEASURES)
RIGHT, LEFT = {"text-align": "right"}, {"text-align": "left"}


def scope(report: Report, code: str) -> str:
    """What is to be known of a figure beside its value: the qualifier in words and the row's note."""
    qualifier = QUALIFIER_NAMES.get(report.qualifier(code), "")
    note = report.note(code)
    # a note says more than the bare qualifier, and both would say it twice
    shown = "" if qualifier in ("含其中项", "其中项", "只公布下降") and note else qualifier
    return "；".join(filter(None, [shown, note]))


def origin(report: Report, code: str) -> str:
    """Where the source prints the figure."""
    row = report.printed(code)
    return located(report, row.source, row.locator)


def located(report: Report, source: str, place: str) -> str:
    """A place in a source as its documents count it, 栏目A, 表1, or the cell of the book that came in."""
    known = {known.id: known for known in report.zone.about.sources}
    if ARROW in place:
        return place
    return f"{known[source].locator}{place}" if place else NO_VALUE


def without_empty(frame: pd.DataFrame, columns: Collection[str] | None = None) -> pd.DataFrame:
    """Return the frame without those of ``columns`` (all where none are named) in which no row says anything.

    >>> list(without_empty(pd.DataFrame({"name": ["甲"], "text": ["—"], "note": [""]})))
    ['name']
    """
    looked_at = list(frame) if columns is None else [name for name in columns if name in frame]
    silent = [name for name in looked_at if frame[name].isin(["", NO_VALUE]).all()]
    return frame.drop(columns=silent)


def styled(
    frame: pd.DataFrame, key: str, *, heads: Mapping[str, str] = HEADS, right: Collection[str] = FIGURES
) -> Styler | None:
    """Return a table without an index, its columns named by ``heads``, those of figures (``right``) set right.

    Every cell is text: what it holds is escaped. ``key`` makes its ids the same in every run.
    """
    if frame.empty:
        return None
    # where a source says nothing of the kind for any row
    frame = without_empty(frame, ("origin", "detail"))
    figures = [heads[column] for column in frame if column in right]
    words = [heads[column] for column in frame if column not in right]
    styler = frame.rename(columns=heads).reset_index(drop=True).style.hide(axis="index").set_uuid(key)
    styler = styler.format(escape="html").format_index(escape="html", axis="columns")
    # said outright, for the heads as well: JupyterLab sets a head right, and a column of few and short entries would
    # be taken for one of numbers
    places = {name: place for place, name in enumerate(styler.columns)}
    sides = dict.fromkeys(words, "left") | dict.fromkeys(figures, "right")
    heads_aligned = [
        {"selector": f"th.col{places[name]}", "props": f"text-align: {side}"} for name, side in sides.items()
    ]
    styler = styler.set_table_styles(heads_aligned)
    styler = styler.set_properties(subset=figures, **RIGHT)
    return styler.set_properties(subset=words, **LEFT)
