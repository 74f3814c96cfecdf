"""Tables of the city's assessment: what each item earned, and what its next step would bring."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.assessment import KEPT, MEASURED, RULES, points, scored

HEADS = {
    **{"name": "指标", "rule": "计分办法", "on": "依据", "rank": "位次", "score": "得分", "full": "满分"},
    **{"gain": "可增分", "needs": "所需增量"},
}
WORDS = ("name", "rule", "on")


def assessment_scores(report: Report) -> Styler | None:
    """The items of the assessment, the ones that give most for a percentage point first."""
    rows = []
    frame = scored(report)
    if frame.empty:
        return None
    for row in frame.sort_values("gain_rate", ascending=False, kind="stable", na_position="last").itertuples():
        value = _measured(report, row)
        line = {"name": report.label(row.code), "rule": RULES[row.rule], "on": f"{MEASURED[row.measured_on]}{value}"}
        line |= {"rank": report.text(row.code, "rank"), "score": number(row.score, 2, fixed=True)}
        line |= {"full": number(row.points, 2)}
        known = pd.notna(row.gain)
        line["gain"] = points(row.gain) if known else KEPT.get(row.gain_reason, NO_VALUE)
        rows.append(
            line
            | {"needs": quantity(row.needs, row.unit, 1, fixed=True) if known and pd.notna(row.needs) else NO_VALUE}
        )
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), "scores", heads=HEADS, right=[c for c in HEADS if c not in WORDS])


def _measured(report: Report, row) -> str:
    measure = {"growth": "growth", "level": "value", "completion": "completion"}[row.measured_on]
    return report.text(row.code, measure)
