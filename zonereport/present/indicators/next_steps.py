"""What to do next: indicator by indicator, what target and assessment still ask for, and which park is weakest."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.indicators.classes import TASKS, classed
from zonereport.present.indicators.core import GROUP
from zonereport.present.indicators.marks import cheapest, next_mark
from zonereport.present.indicators.parks import about
from zonereport.present.indicators.schedule import goals, missing
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.firms import percent
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {"name": "指标", "task": "类别", "step": "下一步", "park": "增速最低的园区"}


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Show what each indicator asks for next, the lagging ones first, then by what a percentage point brings."""
    caption = "下一步重点指标与着力点"
    gains = {row.code: row for row in cheapest(report).itertuples()}
    needs = {row.code: _catch_up(report, row) for row in goals(report).itertuples()}
    bands = classed(report)
    classes = dict(zip(bands["code"], bands["band"], strict=True))
    lagging = list(bands.loc[bands["band"] == "lagging", "code"])
    rows = []
    codes = list(dict.fromkeys([*gains, *needs, *lagging]))
    # the sort is stable: within each half the cheapest gains stay first
    codes.sort(key=lambda code: code not in lagging)
    for code in codes:
        steps = [needs.get(code, "")]
        if code in gains:
            steps.append(next_mark(report, gains[code]))
        step = "；".join(filter(None, steps))
        # what neither target nor assessment asks for has no step
        if step:
            task = TASKS.get(classes.get(code, ""), NO_VALUE)
            rows.append((code, report.label(code), task, step, weakest_park(report, code) or NO_VALUE))
    if not rows:
        return Exhibit(caption)
    data = pd.DataFrame(rows, columns=["code", *HEADS])
    note = foot(report, report.codes(GROUP))
    if len(lagging):
        note += "补强落后的列在前。"
    if gains:
        note += "其余按每个百分点增分由多到少排列，所需增量以其他单位不变为前提，只说明差距，不代表可以实现。"
    return Exhibit(
        caption,
        f"{data['name'].iloc[0]}：{data['step'].iloc[0]}",
        data=data,
        draw=styled(without_empty(data.drop(columns="code")), "next-steps", heads=HEADS),
        note=note,
    )


def _catch_up(report: Report, goal) -> str:
    """Return what the target of a row of ``progress`` still asks for."""
    code = goal.code
    short = report.value(code, "target_gap") < 0
    # what is on schedule asks for nothing
    if not goal.behind_linear and not short:
        return ""
    if not report.reason(code, "required_rate"):
        return f"后续月均完成{report.text(code, 'required_rate')}"
    # a growth has no monthly amount
    if short:
        return f"增速距目标{size(report, code, 'target_gap')}"
    return f"距全年目标{missing(report, code).rpartition('，')[2]}"


def weakest_park(report: Report, code: str) -> str:
    """Return the park of the lowest growth of an indicator with that growth; empty where parks are not known."""
    names = report.park_names
    rows = report.detail("parks", code=code)
    rows = rows[rows["park"].isin(names) & rows["growth_pct"].notna()]
    # of a single park none is the lowest
    if len(rows) < 2:
        return ""
    low = rows.loc[rows["growth_pct"].idxmin()]
    word = direction(low.growth_pct, "增长", "下降", "持平")
    if word == "持平":
        return f"{names[low.park]}（持平）"
    size_of = about(percent(abs(low.growth_pct)), low.growth_about)
    return f"{names[low.park]}（{word}{size_of}）"
