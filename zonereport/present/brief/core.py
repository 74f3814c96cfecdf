"""The brief's table: value, growth, place and change, completion, and one light a row."""

import pandas as pd

from zonereport.present.charts.contrast import ink_on
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import adjusted_note
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.overview.codes import core_codes, headline_codes
from zonereport.present.overview.leaders import FIGURES, leaders
from zonereport.present.overview.leaders import HEADS as LEADERS
from zonereport.present.report import Report
from zonereport.present.theme import GREEN, RED, YELLOW

HEADS = {"light": "灯"} | LEADERS
# shape and colour say the same, for grey print and for who cannot tell the colours
LIGHTS = {"优势": "●", "中游": "▲", "落后": "■"}
# a yellow that can be read as text is brown: the colour is the ground, and the shape stands on it
GROUNDS = {"●": GREEN, "▲": YELLOW, "■": RED}
NOTE = "灯号即三类指标的分类，由进度、位次、增速三项合计：绿灯●为优势，黄灯▲为中游，红灯■为落后；没有灯号的不参加分类。"


@exhibit
def core(report: Report) -> Exhibit:
    """Show the core indicators and the headlines of other fields, a row each, with the light of their class."""
    codes = core_codes(report) + headline_codes(report)
    frame = leaders(report, codes)
    caption = f"{report.period.name_zh}主要指标"
    if frame.empty:
        return Exhibit(caption)
    frame = frame.drop(columns=["gap_linear"], errors="ignore")
    note = ""
    if "rank" in frame:
        note = "位次为全市同类开发区排名，括号内为与上年同期相比的进退。"
    if "band" in frame:
        frame.insert(0, "light", frame.pop("band").map(LIGHTS).fillna(NO_VALUE))
        note += NOTE
    frame = without_empty(frame, ["light"])
    note += adjusted_note(report, codes)
    table = styled(frame, "brief-core", heads=HEADS, right=FIGURES)
    if "light" in frame:
        table = table.map(_coloured, subset=[HEADS["light"]])
    return Exhibit(caption, data=pd.DataFrame(frame), draw=table, note=note)


def _coloured(text: str) -> str:
    if text not in GROUNDS:
        return ""
    ground = GROUNDS[text]
    return f"background-color: {ground}; color: {ink_on(ground)}; font-weight: bold"
