"""The figures of innovation in one table, the talents among them, their years, and the firms of the year's titles."""

from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.innovation.codes import (
    DOMESTIC,
    EFFORTS,
    GROUP,
    NATIONAL,
    NET,
    OVERSEAS,
    OVERSEAS_SHARE,
    RECRUITED,
)
from zonereport.present.innovation.years import columns_alt, columns_claim, months_note, same_months
from zonereport.present.kit.figures import compared_rows
from zonereport.present.kit.firms import MOST, count
from zonereport.present.kit.gaps import whole_gaps
from zonereport.present.kit.labels import NO_VALUE, REASONS
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled
from zonereport.present.kit.titles import honoured
from zonereport.present.report import Report

COMPARED = ("last_year", "change_on_year", "completion", "rank")
HEADS = {
    "name": "指标",
    "text": "本期",
    "last_year": "上年同期",
    "change_on_year": "比上年增减",
    "completion": "完成目标",
    "rank": "位次",
    "note": "口径与说明",
}


@exhibit
def figures(report: Report) -> Exhibit:
    """Show the published figures with last year's, the change, target and rank as far as any has one."""
    caption, codes = "改革创新主要指标", report.codes(GROUP)
    # one gap for the whole chapter says more than one for each figure
    if not codes:
        remedy = "研发投入、发明专利、质押融资、研发平台和人才的累计数"
        return Exhibit(caption, gaps=(Gap(caption, REASONS["not_reported"], remedy, "科技、知识产权、人才"),))
    frame = compared_rows(report, codes, COMPARED)
    compared = [name for name in COMPARED if (frame[name] != NO_VALUE).any()]
    # the scope is said where there is nothing to compare with
    frame = frame[["code", "name", "text", *(compared or ["note"])]]
    note = foot(report, codes)
    # both are called growth of patents, and only one of them is a number of grants
    if report.has(NET):
        note += "净增是期末有效量减期初有效量，不是当年授权量。"
    table = styled(frame.drop(columns="code"), "innovation", heads=HEADS, right=("text", *COMPARED))
    return Exhibit(caption, data=frame, draw=table, note=note, gaps=whole_gaps(report, GROUP))


@exhibit
def talents(report: Report) -> Exhibit:
    """Say what part of the talents recruited came from overseas, how many firms recruited, and what is not added."""
    if not report.has(RECRUITED, OVERSEAS, DOMESTIC, OVERSEAS_SHARE):
        return Exhibit("引进高层次人才的构成")
    claim = (
        f"引进高层次人才{report.bare(RECRUITED)}中，海外人才{report.bare(OVERSEAS)}，占{report.text(OVERSEAS_SHARE)}，"
        f"海外以外{report.bare(DOMESTIC)}。"
    )
    text = claim
    firms = report.detail("innovation_talents", code=RECRUITED, park=report.park)
    # a list without a row of this period would contradict the figure
    if len(firms) and firms["firms"].iloc[0] > 0:
        text += f"引进高层次人才的企业{count(firms['firms'].iloc[0])}。"
    if report.has(NATIONAL):
        text += "国家级人才与引进人才是否重叠未说明，不相加。"
    return Exhibit("引进高层次人才的构成", claim, draw=text)


@exhibit
def efforts(report: Report) -> Exhibit:
    """Show platforms, talents and pledge finance over the same months of the last years."""
    caption, rows = "平台、人才与质押融资", same_months(report, EFFORTS)
    if rows.empty:
        return Exhibit(caption)
    claim = columns_claim(report, rows)

    def draw() -> Axes:
        return charts.columns(rows, title=claim)

    note = foot(report, EFFORTS) + months_note(report)
    return Exhibit(caption, claim, rows, draw, columns_alt(rows), note)


@exhibit
def named(report: Report) -> Exhibit:
    """Name the firms of the year's new platforms and titles, those that stand beside the figure already left out."""
    caption, rows = "本年新设研发平台与创新企业", honoured(report, "platforms", "recognitions", groups=(GROUP,))
    if rows.empty:
        return Exhibit(caption)
    kinds = []
    for code, of_code in rows.groupby("code", sort=False):
        # the note of a figure stands in the table where there is nothing to compare
        beside = report.note(code)
        firms = [name for name in of_code["name"].unique() if name not in beside]
        if firms:
            rest = f"等{count(len(firms))}" if len(firms) > MOST else ""
            kinds.append(f"{report.label(code)}有{'、'.join(firms[:MOST])}{rest}")
    text = f"本年名单中，{'；'.join(kinds)}。" if kinds else ""
    return Exhibit(caption, data=rows, draw=text)
