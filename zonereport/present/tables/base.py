"""What the tables of all chapters share: the look, where a figure comes from, what is to be known of it."""

from collections.abc import Collection, Mapping

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.numbers import quantity
from zonereport.present.report import Report
from zonereport.present.words.phrases import HEADS, MEASURES, NO_VALUE, QUALIFIER_NAMES

FIGURES = ("text", *MEASURES)


def scope(report: Report, code: str) -> str:
    """What is to be known of a figure beside its value: the qualifier in words and the row's note."""
    qualifier = QUALIFIER_NAMES.get(report.qualifier(code), "")
    note = report.note(code)
    shown = "" if qualifier in ("含其中项", "其中项", "只公布下降") and note else qualifier
    return "；".join(filter(None, [shown, note]))


def origin(report: Report, code: str) -> str:
    """Where the source prints the figure."""
    row = report.printed(code)
    return located(report, row.source, row.locator)


def located(report: Report, source: str, place: str) -> str:
    """A place in a source as its documents count it: 栏目A, 表1."""
    known = {known.id: known for known in report.zone.about.sources}
    return f"{known[source].locator}{place}" if place else NO_VALUE


def amount(item: str, value: float, unit: str, qualifier: str) -> str:
    """A capacity or a count with its unit; empty where there is none."""
    return "" if pd.isna(value) else item + quantity(value, unit, 2, qualifier=qualifier)


def styled(
    frame: pd.DataFrame, key: str, *, heads: Mapping[str, str] = HEADS, right: Collection[str] = FIGURES
) -> Styler | None:
    """A table without an index, its columns named by ``heads``, those of figures (``right``) set right.

    ``key`` makes its ids the same in every run.
    """
    if frame.empty:
        return None
    # where a source says nothing of the kind for any row
    silent = [name for name in ("origin", "detail") if name in frame and frame[name].isin(["", NO_VALUE]).all()]
    frame = frame.drop(columns=silent)
    styler = frame.rename(columns=heads).reset_index(drop=True).style.hide(axis="index").set_uuid(key)
    figures = [heads[column] for column in frame if column in right]
    words = [heads[column] for column in frame if column not in right]
    # said outright: a column of few and short entries would be taken for one of numbers
    return styler.set_properties(subset=figures, **{"text-align": "right"}).set_properties(
        subset=words, **{"text-align": "left"}
    )
