"""Figures as rows, a row a code: numbers for whoever computes with them, printed text for tables."""

from collections.abc import Iterable, Sequence

import pandas as pd

from zonereport.present.kit.labels import MEASURES
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


def compared_rows(report: Report, codes: Sequence[str], measures: Sequence[str]) -> pd.DataFrame:
    """Return a row a code: code, name, text (its figure), each of ``measures`` as printed, note (its scope)."""
    rows = figure_texts(report, codes, ("value", *measures)).rename(columns={"value": "text"})
    rows.insert(0, "code", list(codes))
    rows["note"] = [scope(report, code) for code in codes]
    return rows


def published_rows(report: Report, codes: Sequence[str], measures: Sequence[str] = tuple(MEASURES)) -> pd.DataFrame:
    """Return a row of printed text a code: name, text, those ``measures`` that any code has, note, origin."""
    rows = compared_rows(report, codes, measures).drop(columns="code")
    rows["origin"] = [origin(report, code) for code in codes]
    return without_empty(rows, [*measures, "note", "origin"])
