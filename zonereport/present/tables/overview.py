"""Tables of the overview: the leader's table, and what is new since the edition before."""

from collections.abc import Iterable

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.changes import wanted
from zonereport.present.kit.labels import BANDS, NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.overview import change

HEADS = {
    **{"name": "指标", "text": "累计", "growth": "同比", "rank": "位次（进退）"},
    **{"target": "年度目标", "completion": "完成率", "gap_linear": "较序时", "band": "分类"},
    **{"kind": "变化", "before": "上一期", "now": "本期"},
}
FIGURES = ("text", "growth", "rank", "target", "completion", "gap_linear")


def leaders(report: Report, codes: Iterable[str]) -> Styler | None:
    """One row an indicator: figure, growth, rank and its change, target, completion, distance to schedule, class."""
    bands = report.detail("bands")
    classes = dict(zip(bands["code"], bands["band"], strict=True)) if len(bands) else {}
    over = report.period.last == 12
    rows = []
    for code in codes:
        row = {"name": report.label(code)} | {
            measure: report.text(code, "value" if measure == "text" else measure)
            for measure in ("text", "growth", "rank", "completion")
        }
        row["target"] = wanted(report, code)
        row |= {"rank": row["rank"] + _places(report, code), "gap_linear": NO_VALUE if over else _gap(report, code)}
        band = classes.get(code, "insufficient")
        rows.append(row | {"band": NO_VALUE if band == "insufficient" else BANDS[band]})
    frame = pd.DataFrame(rows, columns=list(HEADS)[:8])
    empty = [column for column in frame if column != "name" and (frame[column] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), f"leaders-{len(rows)}", heads=HEADS, right=FIGURES)


def changed(report: Report) -> Styler | None:
    """What is not as it was in the edition of the month before."""
    rows = [change(report, row) for row in report.detail("changes").itertuples()]
    return styled(pd.DataFrame(rows), "changed", heads=HEADS, right=())


def _places(report: Report, code: str) -> str:
    """The places gained on the same month of last year, as it stands behind a rank: （进2）."""
    if report.reason(code, "rank_change_year") or report.reason(code, "rank"):
        return ""
    places = report.value(code, "rank_change_year")
    return f"（{'进' if places > 0 else '退'}{number(abs(places), 0)}）" if places else "（平）"


def _gap(report: Report, code: str) -> str:
    return NO_VALUE if report.reason(code, "gap_linear") else number(report.value(code, "gap_linear"), 1, fixed=True)
