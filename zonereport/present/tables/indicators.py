"""Tables of indicators: the core, what is derived of it, what is missing."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.report import Report
from zonereport.present.tables.base import origin, scope, styled
from zonereport.present.words.phrases import MEASURES, NO_VALUE, REASONS, REMEDIES


def core(report: Report, codes: Iterable[str]) -> Styler | None:
    """Indicators with their figure; growth, completion and rank as far as any of them has one; scope and origin."""
    rows = []
    for code in codes:
        row = {"name": report.label(code), "text": report.text(code)}
        row |= {measure: report.text(code, measure) for measure in MEASURES}
        rows.append(row | {"note": scope(report, code), "origin": origin(report, code)})
    frame = pd.DataFrame(rows)
    empty = [measure for measure in MEASURES if rows and (frame[measure] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), "core")


def ratios(report: Report, codes: Iterable[str]) -> Styler | None:
    """Derived figures with how each is made and what it must not be used for."""
    rows = [
        {"name": report.label(code), "text": report.text(code), "processing": report.label(code, "processing")}
        for code in codes
    ]
    return styled(pd.DataFrame(rows), "ratios")


def missing(report: Report, codes: Sequence[str]) -> Styler | None:
    """What this edition cannot say of the codes: which measure, for how many, why, and what would mend it."""
    rows = []
    for measure in MEASURES:
        reasons = pd.Series({code: report.reason(code, measure) for code in codes}, dtype="str")
        for reason, group in reasons[reasons != ""].groupby(reasons, sort=False):
            all_of_them = len(group) == len(codes)
            named = f"全部{len(codes)}项" if all_of_them else "、".join(report.label(code) for code in group.index)
            row = {"measure": MEASURES[measure], "codes": named, "reason": REASONS[reason]}
            rows.append(row | {"remedy": REMEDIES.get(reason, REMEDIES[measure])})
    return styled(pd.DataFrame(rows), "missing")
