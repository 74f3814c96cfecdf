"""Tables of the year's targets: how far each is met, and what the rest of the year asks for."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.schedule import amounts, goals, is_over, target_gaps
from zonereport.present.kit.changes import adjusted_note, wanted
from zonereport.present.kit.figures import figure_texts, figure_values
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {
    "name": "指标",
    "target": "年度目标",
    "value": "累计完成",
    "completion": "完成目标",
    "gap": "与目标之差",
    "gap_linear": "较序时进度",
    "gap_seasonal": "较历史同期",
    "required_rate": "后续月均需完成",
    "best_rate": "历史同期最高",
    "required_growth": "后续需达增速",
    "forecast_p50": "全年预测",
    "range": "预测区间（80%）",
    "target_probability": "完成可能性",
    "run_rate": "按月均推算",
}
# all but the name stand right
FIGURES = tuple(HEADS)[1:]
OUTLOOK = (
    "required_rate",
    "best_rate",
    "required_growth",
    "forecast_p50",
    "forecast_p10",
    "forecast_p90",
    "target_probability",
    "run_rate",
)
# what a forecast of the year needs
TOO_SHORT = "没有上年的分月累计数，不测算全年走势"
PP = "个百分点"


@exhibit
def targets(report: Report) -> Exhibit:
    """Show every target in force with what was reached, its completion and its distances from the schedules."""
    caption = "年度目标完成情况"
    rows = goals(report)
    if rows.empty:
        return Exhibit(caption, gaps=target_gaps(report))
    table = pd.DataFrame([_target_row(report, row.code, row.kind) for row in rows.itertuples()])
    table = without_empty(table, FIGURES)
    note = foot(report, rows["code"]) + "各项差距的单位为百分点。"
    if (rows["kind"] == "growth").any():
        note = foot(report, rows["code"]) + "增速目标不计算完成率，列与目标之差；各项差距的单位为百分点。"
    note += adjusted_note(report, rows["code"])
    return Exhibit(
        caption,
        _met(rows),
        data=rows,
        draw=styled(table, "targets", heads=HEADS, right=FIGURES),
        note=note,
        gaps=target_gaps(report),
    )


def _met(rows: pd.DataFrame) -> str:
    """Return how many targets are met already."""
    # of some targets it cannot be said before the year is over
    known = rows.loc[rows["met"].notna(), "met"].astype(bool)
    if known.all():
        return f"{len(known)}项年度目标全部完成"
    if known.any():
        return f"{len(known)}项年度目标已完成{known.sum()}项"
    return f"{len(known)}项年度目标均尚未完成"


def _target_row(report: Report, code: str, kind: str) -> dict[str, str]:
    # what was reached is of the kind of the target: a growth stands against a growth
    reached = "value"
    if kind == "growth":
        reached = "growth"
    row = {
        "name": report.label(code),
        "target": wanted(report, code),
        "value": report.text(code, reached),
        "completion": report.text(code, "completion"),
        "gap": _apart(report, code, "target_gap"),
        "gap_linear": _apart(report, code, "gap_linear"),
        "gap_seasonal": _apart(report, code, "gap_seasonal"),
    }
    if is_over(report):
        # a schedule that has run out is the target
        if row["gap"] == NO_VALUE:
            row["gap"] = row["gap_linear"]
        row["gap_linear"] = row["gap_seasonal"] = NO_VALUE
    return row


def _apart(report: Report, code: str, measure: str) -> str:
    """Return a distance as printed, without the unit that the note gives for all."""
    return report.text(code, measure).removesuffix(PP)


@exhibit
def outlook(report: Report) -> Exhibit:
    """Show what the rest of the year asks for against the best there was, and where the year is heading."""
    caption = "后续任务与全年走势"
    codes = list(goals(report)["code"])
    if not codes or is_over(report):
        return Exhibit(caption)
    table = figure_texts(report, codes, OUTLOOK)
    ends = table.pop("forecast_p10") + "至" + table.pop("forecast_p90")
    # one end alone is no interval
    no_range = ends.str.startswith(NO_VALUE) | ends.str.endswith(NO_VALUE)
    table.insert(5, "range", ends.mask(no_range, NO_VALUE))
    # a target of which nothing can be computed would be a row of dashes
    said = table.drop(columns="name").ne(NO_VALUE).any(axis=1)
    table = without_empty(table[said].reset_index(drop=True), FIGURES)
    if table.empty:
        office = report.label(codes[0], "publisher")
        return Exhibit(caption, gaps=(Gap("全年走势测算", TOO_SHORT, "上年各月的累计数", office),))
    return Exhibit(
        caption,
        _rest_of_year_claim(report),
        data=figure_values(report, codes, OUTLOOK),
        draw=styled(table, "outlook", heads=HEADS, right=FIGURES),
        note=foot(report, codes) + _basis(report),
    )


def _basis(report: Report) -> str:
    """Return what the forecasts rest on."""
    basis = "为本报告测算，未考虑政策和重大项目变化。"
    if len(report.detail("forecast")):
        basis = "全年预测以上年余下月份和今年增速为依据，为本报告测算，未考虑政策和重大项目变化。"
    codes = report.detail("progress")["code"]
    paced = [report.label(code) for code in codes if not report.reason(code, "run_rate")]
    if paced:
        return f"{basis}{listed(paced)}不作全年预测，按月均推算未考虑季节因素。"
    return basis


def _rest_of_year_claim(report: Report) -> str:
    """Return how hard the rest of the year is, and which targets the forecast misses."""
    return _hardest(report) + _forecast(report)


@exhibit
def rest_of_year(report: Report) -> Exhibit:
    """Say what the rest of the year asks for against the best there was, and which targets the forecast misses."""
    if is_over(report):
        return Exhibit("后续任务的难度")
    return Exhibit("后续任务的难度", draw=_rest_of_year_claim(report))


def _hardest(report: Report) -> str:
    rows = amounts(report)
    pairs = rows[rows["required_rate"].notna() & rows["best_rate"].notna()]
    hard = pairs[pairs["beyond_best"]]
    if hard.empty:
        return ""
    # hardest is what asks for the largest multiple of the best months there were
    first = hard.loc[(hard["required_rate"] / hard["best_rate"]).idxmax(), "code"]
    need, best = report.text(first, "required_rate"), report.text(first, "best_rate")
    tail = f"难度最大的是{report.label(first)}，月均需{need}，历史同期最高月均为{best}"
    if len(hard) == len(pairs):
        return f"有历史可比的{len(pairs)}项后续任务均高于历史同期最高水平，{tail}。"
    return f"有历史可比的{len(pairs)}项后续任务中{len(hard)}项高于历史同期最高水平，{tail}。"


def _forecast(report: Report) -> str:
    rows = amounts(report)
    known = rows[rows["forecast_completion_pct"].notna()]
    # named with its figure: just below the target is another worry than far off
    short = known.loc[known["falls_short"], "code"]
    if len(short):
        named = listed(f"{report.label(code)}（{report.text(code, 'forecast_p50')}）" for code in short)
        return sentence(f"按上年余下月份和今年增速推算，{named}全年预计低于目标")
    if len(known):
        return "按上年余下月份和今年增速推算，有预测的各项全年均不低于目标。"
    return ""
