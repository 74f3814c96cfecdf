"""Tables of the year's targets: how far each is met, and what is left to do."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.changes import wanted
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.progress import completions, kinds, over, with_target

HEADS = {
    **{"name": "指标", "target": "年度目标", "value": "累计完成", "completion": "完成目标", "gap": "与目标之差"},
    **{"gap_linear": "较序时进度", "gap_seasonal": "较历史同期"},
    **{"required_rate": "后续月均需完成", "best_rate": "历史同期最高", "required_growth": "后续需达增速"},
    **{
        "forecast_p50": "全年预测",
        "range": "预测区间（80%）",
        "target_probability": "完成可能性",
        "run_rate": "按月均推算",
    },
}


def year_targets(report: Report) -> Styler | None:
    """Every target in force with what was reached, its completion and its distances."""
    rows = []
    for code, kind in kinds(report).items():
        figure = "growth" if kind == "growth" else "value"
        row = {"name": report.label(code), "target": wanted(report, code)}
        row |= {"value": report.text(code, figure), "completion": report.text(code, "completion")}
        apart = "target_gap" if not report.reason(code, "target_gap") else "gap_linear" if over(report) else ""
        row["gap"] = _apart(report, code, apart) if apart else NO_VALUE
        for measure in ("gap_linear", "gap_seasonal"):
            row[measure] = NO_VALUE if over(report) else _apart(report, code, measure)
        rows.append(row)
    return _filled(rows, "targets")


def _apart(report: Report, code: str, measure: str) -> str:
    """A distance as printed, without the unit that the note gives for all."""
    return report.text(code, measure).removesuffix("个百分点")


def rest_of_year(report: Report) -> Styler | None:
    """What the rest of the year asks for, and the forecast; None at the end of the year."""
    if over(report):
        return None
    codes = dict.fromkeys([*completions(report), *(c for c in with_target(report))])
    rows = []
    for code in codes:
        row = {"name": report.label(code)}
        row |= {name: report.text(code, name) for name in ("required_rate", "best_rate", "required_growth")}
        row["forecast_p50"] = report.text(code, "forecast_p50")
        ends = [report.text(code, name) for name in ("forecast_p10", "forecast_p90")]
        row["range"] = NO_VALUE if NO_VALUE in ends else "—".join(ends)
        rows.append(row | {name: report.text(code, name) for name in ("target_probability", "run_rate")})
    rows = [row for row in rows if set(list(row.values())[1:]) != {NO_VALUE}]
    return _filled(rows, "outlook")


def _filled(rows: list[dict[str, str]], key: str) -> Styler | None:
    """A table without the columns that nothing has."""
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), key, heads=HEADS, right=[c for c in HEADS if c != "name"])
