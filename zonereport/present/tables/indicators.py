"""Tables of indicators for the chapters that are not yet made of exhibits: goes with them."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import HEADS, MEASURES, NO_VALUE
from zonereport.present.kit.tables import origin, scope, styled
from zonereport.present.report import Report

MORE = {"growth_change": "增速较上月", "month": "当月"}


def core(report: Report, codes: Iterable[str], measures: Sequence[str] = tuple(MEASURES)) -> Styler | None:
    """Indicators with their figure, those of the ``measures`` that any of them has, scope and origin."""
    rows = []
    for code in codes:
        row = {"name": report.label(code), "text": report.text(code)}
        row |= {measure: _text(report, code, measure) for measure in measures}
        rows.append(row | {"note": scope(report, code), "origin": origin(report, code)})
    frame = pd.DataFrame(rows)
    empty = [measure for measure in measures if rows and (frame[measure] == NO_VALUE).all()]
    empty += ["note"] if rows and (frame["note"] == "").all() else []
    return styled(frame.drop(columns=empty), "core", heads=HEADS | MORE, right=("text", *MEASURES, *MORE))


def _text(report: Report, code: str, measure: str) -> str:
    """A measure as printed; of the month only where it is that month alone."""
    other = measure == "month" and report.basis(code, measure) != f"{report.period.last:02d}"
    return NO_VALUE if other else report.text(code, measure)


def ratios(report: Report, codes: Iterable[str]) -> Styler | None:
    """Derived figures with their change, how each is made and what it must not be used for; those that there are."""
    rows = [
        {"name": report.label(code), "text": report.text(code), "growth": report.text(code, "growth")}
        | {"processing": report.label(code, "processing")}
        for code in codes
        if report.has(code)
    ]
    frame = pd.DataFrame(rows)
    return styled(frame.drop(columns=["growth"] if rows and (frame["growth"] == NO_VALUE).all() else []), "ratios")
