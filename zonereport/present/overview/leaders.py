"""The leader's tables: one row an indicator, with its figure, growth, rank, target, completion and class."""

from collections.abc import Sequence

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import adjusted_note, wanted
from zonereport.present.kit.gaps import list_gap, measure_gaps
from zonereport.present.kit.labels import BANDS, NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.overview.codes import core_codes, headline_codes, other_codes
from zonereport.present.report import Report

HEADS = {
    "name": "指标",
    "text": "累计",
    "growth": "同比",
    "rank": "位次（进退）",
    "target": "年度目标",
    "completion": "完成率",
    "gap_linear": "较序时",
    "band": "分类",
}
FIGURES = ("text", "growth", "rank", "target", "completion", "gap_linear")


@exhibit
def core(report: Report) -> Exhibit:
    """Show the core indicators, a row each."""
    codes = core_codes(report)
    frame = leaders(report, codes)
    if list(frame) == ["name", "text"]:
        # figures alone stand in the next chapter, too: here those of all fields stand side by side
        codes += headline_codes(report)
        frame = leaders(report, codes)
    note = ""
    if "rank" in frame:
        note = "位次为全市同类开发区排名，括号内为与上年同期相比的进退。"
    return _table(report, f"{report.period.name_zh}主要指标总览", frame, codes, note)


@exhibit
def others(report: Report) -> Exhibit:
    """Show the indicators of other fields that have a target for the year."""
    codes = other_codes(report)
    return _table(report, "其他有年度目标的指标", leaders(report, codes), codes, "")


def _table(report: Report, caption: str, frame: pd.DataFrame, codes: Sequence[str], note: str) -> Exhibit:
    if frame.empty:
        return Exhibit(caption, gaps=list_gap(report, "targets"))
    if "gap_linear" in frame:
        note += "较序时为完成率减按月均分的时间进度，单位个百分点。"
    table = styled(frame, f"leaders-{len(frame)}", heads=HEADS, right=FIGURES)
    note += adjusted_note(report, codes)
    # a dash in the leader's table is asked for in the annex
    gaps = measure_gaps(report, codes)
    return Exhibit(caption, data=frame, draw=table, note=note + foot(report, codes), gaps=gaps)


def leaders(report: Report, codes: Sequence[str]) -> pd.DataFrame:
    """Return the rows of the leader's table as they are printed, without the columns in which nothing is said."""
    # an indicator outside the classes has no row there, and a dash here
    classes = report.detail("bands").set_index("code")["band"]
    rows = []
    for code in codes:
        band = classes.get(code, "insufficient")
        row = {
            "name": report.label(code),
            "text": report.text(code),
            "growth": report.text(code, "growth"),
            "rank": report.text(code, "rank") + _places_gained(report, code),
            "target": wanted(report, code),
            "completion": report.text(code, "completion"),
            "gap_linear": _gap(report, code),
            "band": NO_VALUE,
        }
        if band != "insufficient":
            row["band"] = BANDS[band]
        rows.append(row)
    return without_empty(pd.DataFrame(rows, columns=list(HEADS)), list(HEADS)[1:])


def _places_gained(report: Report, code: str) -> str:
    """The places gained on the same month of last year, as it stands behind a rank: （进2）."""
    if report.reason(code, "rank_change_year") or report.reason(code, "rank"):
        return ""
    places = report.value(code, "rank_change_year")
    if places > 0:
        return f"（进{number(places, 0)}）"
    if places < 0:
        return f"（退{number(-places, 0)}）"
    return "（平）"


def _gap(report: Report, code: str) -> str:
    # at the end of a year the completion says it
    if report.period.last == 12 or report.reason(code, "gap_linear"):
        return NO_VALUE
    return number(report.value(code, "gap_linear"), 1, fixed=True)
