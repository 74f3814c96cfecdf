"""Tables of indicators: the core, what is derived of it, what is missing."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import HEADS, MEASURES, NO_VALUE, REASONS, REMEDIES
from zonereport.present.kit.tables import origin, scope, styled
from zonereport.present.report import Report
from zonereport.present.words.indicators import action_rows

MORE = {"growth_change": "增速较上月", "month": "当月"}
STEPS = {"name": "指标", "task": "类别", "step": "下一步", "park": "增速最低的园区"}


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


def next_steps(report: Report) -> Styler | None:
    """What to do next, indicator by indicator, the lagging ones first."""
    frame = pd.DataFrame(action_rows(report))
    empty = [column for column in frame if (frame[column] == "").all()]
    return styled(frame.drop(columns=empty).replace("", NO_VALUE), "next-steps", heads=STEPS)


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
