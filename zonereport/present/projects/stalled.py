"""What stands still or has slipped far, with the reason that the ledger shows."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, amounts, known, parks
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.projects.words import KINDS, MOST_ROWS, rest, without_progress
from zonereport.present.report import Report

CAPTION = "停滞或明显滞后项目"
# what the ledger shows of each kind; why it came to that it does not know
REASONS = {
    "start_missed_three_months": "首次计划开工月起{months}未开工",
    "no_investment": "已开工，累计投资{months}未增加",
    "overdue_without_date": "现行计划时点已过{months}，未报新时点",
    "no_report": "{months}没有进度报送",
    "slipped": "比首次计划推迟{months}",
}
HEADS = {
    "project": "项目",
    "park": "园区",
    "why": "停滞表现",
    "first": "首次计划投产",
    "now": "现行计划投产",
    "actual": "已完成",
}


@exhibit
def stalled(report: Report) -> Exhibit:
    """List the projects that stand still or have slipped far, with why, and their first and present plan."""
    if not report.has("project_light_red"):
        return without_progress(report, CAPTION)
    every = report.detail("project_stalled")
    if "project_stalled" in report.zone.withheld:
        return Exhibit(CAPTION)
    if every.empty:
        return Exhibit(draw="没有项目符合停滞或明显滞后的条件。")
    # a long table is read by nobody: what is left out is counted in the note
    rows = every.head(MOST_ROWS)
    columns = {
        "project": rows["name"],
        "park": rows["park"].map(parks(report)),
        "why": [_why(row) for row in rows.itertuples()],
        "first": rows["first_planned_production"].map(day).replace("", NO_VALUE),
        "now": rows["planned_production"].map(day).replace("", NO_VALUE),
        "actual": amounts(rows["actual_pct"], "%"),
    }
    note = foot(report, known(report, "projects_stalled"))
    note += "原因限于进度台账可见者，不含资金、用地等成因。"
    note += rest(len(every) - MOST_ROWS)
    table = styled(without_empty(pd.DataFrame(columns)), "project-stalled", heads=HEADS, right=("actual",))
    return Exhibit(CAPTION, data=every, draw=table, note=note)


def _why(row) -> str:
    """The first reason with its months; further ones behind it."""
    # a date of this very month has passed by no month yet
    months = amount(row.months, "个月") if row.months else ""
    reason = REASONS[row.reason].format(months=months)
    more = "、".join(KINDS[word] for word in row.also.split(";") if word)
    if more:
        return f"{reason}；另{more}"
    return reason
