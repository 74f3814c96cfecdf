"""Published figures as rows of a table: the figure, its growth, completion and rank, its scope and its origin."""

from collections.abc import Iterable, Sequence

import pandas as pd

from zonereport.present.kit.labels import MEASURES
from zonereport.present.kit.tables import origin, scope, without_empty
from zonereport.present.report import Report


def published_rows(report: Report, codes: Iterable[str], measures: Sequence[str] = tuple(MEASURES)) -> pd.DataFrame:
    """Return a row of printed text for each code: name, text, those ``measures`` that any code has, note, origin."""
    rows = []
    for code in codes:
        row = {"name": report.label(code), "text": report.text(code)}
        for measure in measures:
            row[measure] = report.text(code, measure)
        row["note"] = scope(report, code)
        row["origin"] = origin(report, code)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=["name", "text", *measures, "note", "origin"])
    return without_empty(frame, [*measures, "note", "origin"])
