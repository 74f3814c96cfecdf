"""Indicators as rows of a frame: as numbers for whoever computes with them, as printed text for tables."""

from collections.abc import Iterable, Sequence

import pandas as pd

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import origin, scope, without_empty
from zonereport.present.report import Report


def figure_values(report: Report, codes: Iterable[str], measures: Sequence[str]) -> pd.DataFrame:
    """Return a row a code: code, name, unit of its figure, and each of ``measures`` as a number, NaN for none."""
    rows = []
    for code in codes:
        row: dict[str, object] = {"code": code, "name": report.label(code), "unit": report.label(code, "unit")}
        for measure in measures:
            row[measure] = report.value(code, measure)
        rows.append(row)
    return pd.DataFrame(rows, columns=["code", "name", "unit", *measures])


def figure_texts(report: Report, codes: Iterable[str], measures: Sequence[str]) -> pd.DataFrame:
    """Return a row a code: name and each of ``measures`` as printed, a dash for none."""
    rows = []
    for code in codes:
        row = {"name": report.label(code)}
        for measure in measures:
            row[measure] = report.text(code, measure)
        rows.append(row)
    return pd.DataFrame(rows, columns=["name", *measures])


def published(report: Report, codes: Sequence[str], measures: Sequence[str]) -> pd.DataFrame:
    """Return the texts of a table of indicators: name, text, ``measures``, note and origin, silent columns left out.

    A measure ``month`` stands only where it is the last month alone: a source may give two months as one.
    """
    frame = figure_texts(report, codes, measures)
    if "month" in measures:
        last = f"{report.period.last:02d}"
        for place, code in enumerate(codes):
            if report.basis(code, "month") != last:
                frame.loc[place, "month"] = NO_VALUE
    frame.insert(1, "text", list(map(report.text, codes)))
    frame["note"] = [scope(report, code) for code in codes]
    frame["origin"] = [origin(report, code) for code in codes]
    return without_empty(frame, [*measures, "note", "origin"])
