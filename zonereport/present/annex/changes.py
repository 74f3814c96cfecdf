"""变化说明: what this edition says otherwise than the one that was issued before it for the same period, and why."""

import math

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

CAPTION = "与上一版相比的变化"
HEADS = {"name": "指标", "measure": "口径", "before": "上一版", "after": "本版", "why": "原因"}
CAUSES = {"method": "口径或办法调整", "code": "程序更新", "": "原因未能确定"}
# what a reader looks up in a report; the other measures follow from these and stand in the list of figures
PRINTED = ("value", "growth", "rank", "target", "completion")


@exhibit
def changes(report: Report) -> Exhibit:
    """Show which figures differ from the edition of the period that was issued last; nothing before the first."""
    earlier = report.detail("edition_before")
    if earlier.empty:
        return Exhibit(CAPTION)
    before = earlier.iloc[0]
    since = f"{day(before['day'])}印发的第{before['number']}版"
    rows = report.detail("edition_changes")
    if rows.empty:
        text = f"与{since}相比，全部数字没有变化。"
        return Exhibit(CAPTION, claim=text, draw=text)
    claim = f"与{since}相比，{_counts(rows)}。"
    # what is counted of firms and projects has no name of an indicator
    indicators = rows["code"].isin(report.zone.dictionary.indicators.index)
    shown = rows[rows["measure"].isin(PRINTED) & indicators]
    if shown.empty:
        return Exhibit(CAPTION, claim=claim, draw=claim)
    frame = pd.DataFrame([_in_words(report, row) for row in shown.itertuples()])
    note = f"{claim}只列累计数、增速、位次、目标和完成率的变化。"
    draw = styled(frame, "changes", heads=HEADS, right=("before", "after"))
    return Exhibit(CAPTION, claim=claim, data=rows, draw=draw, note=note)


def _counts(rows: pd.DataFrame) -> str:
    """How many figures differ, and for which reasons."""
    parts = []
    for cause, words in {
        "data": "数据修订或补报",
        "method": "口径或办法调整",
        "code": "程序更新",
        "": "其他原因",
    }.items():
        count = int((rows["cause"] == cause).sum())
        if count:
            parts.append(f"因{words}的{count}项")
    return f"{len(rows)}项数字有变化，其中{'、'.join(parts)}"


def _in_words(report: Report, row) -> dict[str, str]:
    """A figure that differs, as it is printed."""
    dictionary = report.zone.dictionary
    return {
        "name": dictionary.indicators["name_zh"][row.code],
        "measure": dictionary.measures["name_zh"][row.measure],
        "before": _printed(report, row, row.before),
        "after": _printed(report, row, row.after),
        "why": _why(report, row),
    }


def _printed(report: Report, row, value: float) -> str:
    if math.isnan(value):
        return NO_VALUE
    if row.measure == "rank":
        return f"第{value:.0f}位"
    decimals, fixed = report.digits(row.code, row.measure)
    return quantity(value, row.unit, decimals, fixed=fixed)


def _why(report: Report, row) -> str:
    """The cause in words, with the document and the place in it where data was the cause."""
    if row.cause != "data":
        return CAUSES[row.cause]
    titles = {source.id: source.title for source in report.zone.about.sources}
    place = f"{titles.get(row.source, '')}{row.locator and '，'}{row.locator}"
    if not place:
        return "数据修订或补报"
    return f"数据修订或补报（{place}）"
