"""The year that is over against its targets: what became of each."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.schedule import lowered
from zonereport.present.kit.changes import completed, direction, grown, size, wanted
from zonereport.present.kit.gaps import figure_gaps, list_gap
from zonereport.present.kit.labels import GROUPS, NO_VALUE
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

UNIT = "与年度目标之差（个百分点）"
# how many are named in a sentence
NAMED = 4
# how many bars the chart has: those that miss their target and those that come nearest to it
LONGEST = 6
COLUMNS = ["code", "kind", "label", "target", "actual", "result", "state", "met", "completion_pct", "estimate"]
HEADS = {"label": "指标", "target": "年度目标", "actual": "实绩", "result": "对照结果", "state": "判断"}


def over(report: Report) -> bool:
    """Return whether the edition is of a whole year, which needs no forecast."""
    return report.period.last == 12


def results(report: Report) -> pd.DataFrame:
    """Return the targets in force with what became of them, those missed first, then by completion.

    Columns: code, kind, label, target, actual, result, state (texts as printed), met (boolean, NA where the figure is
    missing), completion_pct, estimate.
    """
    rows = report.detail("progress")
    rows = rows[rows["code"].isin(report.codes(*GROUPS))]
    frame = pd.DataFrame([_row(report, row) for row in rows.itertuples()], columns=COLUMNS)
    frame = frame.astype({"met": "boolean", "completion_pct": "float64", "estimate": "bool"})
    # missed, met, then those of which nothing can be said
    order = frame["met"].astype("Float64").fillna(2)
    frame = frame.assign(order=order).sort_values(["order", "completion_pct"], kind="stable", ignore_index=True)
    return frame[COLUMNS]


def missed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of the targets that are known to be missed."""
    return rows[rows["met"].eq(False).fillna(False)]


def year_in_short(report: Report) -> str:
    """Return one sentence on how the year ended; empty where no target can be judged."""
    rows = results(report)
    judged = rows[rows["met"].notna()]
    if judged.empty:
        return ""
    short = missed(judged)
    met = lowered(report, report.detail("progress", met=True))
    head = f"{report.period.year}年有年度目标的{len(judged)}项指标中，{len(judged) - len(short)}项完成{met}"
    hedged = list(judged[judged["estimate"]]["label"])
    hedge = f"；{listed(hedged)}按预计数判断" if hedged else ""
    if short.empty:
        return f"{head}，没有未完成的{hedge}。"
    names = "、".join((short["label"] + "（" + short["result"] + "）")[:NAMED])
    more = "等" if len(short) > NAMED else ""
    return f"{head}，{len(short)}项未完成：{names}{more}{hedge}。"


@exhibit
def completion(report: Report) -> Exhibit:
    """Draw how far the completion of each target of the year that is over is from 100 %, the lowest first."""
    caption = "年度目标完成程度"
    if not over(report):
        return Exhibit(caption)
    rows = results(report)
    rows = rows[rows["completion_pct"].notna()].sort_values("completion_pct", kind="stable", ignore_index=True)
    if rows.empty:
        return Exhibit(caption, gaps=_no_targets(report))
    codes = rows["code"]
    # at the end of the year the linear schedule is the target itself
    rows = rows.assign(
        text=codes.map(lambda code: report.text(code, "completion")),
        value=codes.map(lambda code: report.value(code, "gap_linear")),
    )
    short = missed(rows)
    if short.empty:
        claim = f"计算完成率的{len(rows)}项指标中，没有指标未完成年度目标"
    else:
        lowest = f"{short['label'].iloc[0]}最低，为{short['text'].iloc[0]}"
        claim = f"计算完成率的{len(rows)}项指标中，{len(short)}项未完成年度目标，{lowest}"
    note = "横条为完成率与百分之百之差，条旁为完成率；增速目标和上限目标不计算完成率，另列于表。"
    return off_target(report, caption, claim, rows, note)


def off_target(report: Report, caption: str, claim: str, rows: pd.DataFrame, note: str) -> Exhibit:
    """Return the chart of how far from their targets indicators are: code, label, value, text, the lowest first."""
    data = rows[:LONGEST]
    note = foot(report, data["code"]) + note
    if len(rows) > len(data):
        note += f"完成率更高的{len(rows) - len(data)}项另列于表。"

    def draw() -> Axes:
        return charts.beside(data, title=claim, unit=UNIT)

    alt = f"横条图，零线为年度目标。{sentence(*(data['label'] + data['text']))}"
    return Exhibit(caption, claim, data, draw, alt=alt, note=note)


@exhibit
def targets(report: Report) -> Exhibit:
    """Show the targets of the year that is over beside the figures, those missed first."""
    caption = "年度目标与实绩"
    if not over(report):
        return Exhibit(caption)
    rows = results(report)
    if rows.empty:
        return Exhibit(caption, gaps=_no_targets(report))
    table = styled(rows[list(HEADS)], "targets", heads=HEADS, right=("target", "actual"))
    note = f"{foot(report, rows['code'])}未完成的在前。"
    # a target without a figure stands in the table, and the figure is asked for
    gaps = figure_gaps(report, *rows[rows["met"].isna()]["code"])
    return Exhibit(caption, year_in_short(report), rows, table, note=note, gaps=gaps)


def _no_targets(report: Report) -> tuple[Gap, ...]:
    if report.park:
        return (Gap("年度目标完成情况", "年度目标按全区下达，园区不评完成情况"),)
    return list_gap(report, "targets")


def _row(report: Report, row: tuple) -> dict[str, object]:
    """A target with what became of it; the texts as they are printed."""
    code, kind = row.code, row.kind
    estimate = report.has(code) and report.qualifier(code) == "estimate"
    return {
        "code": code,
        "kind": kind,
        "label": report.label(code),
        "target": wanted(report, code),
        "actual": _actual(report, code, kind),
        "result": _result(report, code, kind),
        "state": _state(row.met, estimate),
        "met": row.met,
        "completion_pct": row.completion_pct,
        "estimate": estimate,
    }


def _actual(report: Report, code: str, kind: str) -> str:
    """What is held against the target: the growth where the target is one, else the figure."""
    if kind == "growth":
        return grown(report, code) or NO_VALUE
    if kind == "net_increase" and report.label(code, "nature") == "stock" and report.has(code):
        return f"期末{report.text(code)}"
    return report.text(code)


def _result(report: Report, code: str, kind: str) -> str:
    """The figure against its target: 完成97.9%, 低于目标2.8个百分点, 低于上限1起."""
    if not report.reason(code, "completion"):
        return completed(report, code).replace("全年目标", "")
    if report.reason(code, "target_gap"):
        return NO_VALUE
    gap = report.value(code, "target_gap")
    decimals, _ = report.digits(code, "target_gap")
    if kind == "ceiling":
        word = direction(-gap, "超过上限", "低于上限", "达到上限", decimals=decimals)
    else:
        word = direction(gap, "超目标", "低于目标", "与目标持平", decimals=decimals)
    if word in ("达到上限", "与目标持平"):
        return word
    return f"{word}{size(report, code, 'target_gap')}"


def _state(met: bool, estimate: bool) -> str:
    if pd.isna(met):
        return "无法判断"
    state = "完成" if met else "未完成"
    return f"预计{state}" if estimate else state
