"""Indicators as rows: as numbers for whoever computes with them, as printed text for the tables of the chapter."""

from collections.abc import Iterable, Sequence

import pandas as pd

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
