"""What is to be done next, project by project."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, amounts, end_month, known, later, named, parks
from zonereport.present.kit.phrases import day, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.projects.words import FINISHED, JUDGED, LIGHTS, rest, stage, without_ledger
from zonereport.present.report import Report

TODO = {
    "start_missed_three_months": "核实原因，重报时间",
    "no_investment": "核实停工，补报投资",
    "overdue_without_date": "重新报送{goal}时间",
    "no_report": "补报进度",
    "slipped": "督办，时点不再后移",
}
# from here on production is the next date, before it the start
STARTED = ("construction", "topped_out", "handover", "trial_production")
MOST_STEPS, NAMED = 7, 2
HEADS = {
    "project": "项目",
    "park": "园区",
    "state": "现状",
    "actual": "已完成",
    "todo": "下一步",
    "due": "计划时点",
}
COLUMNS = ["project", "park", "state", "actual", "todo", "due"]


def steps(report: Report) -> pd.DataFrame:
    """Return the next step of each open project: what stands still first, then by the date in force.

    Columns: project, park, state, actual (% invested), todo, due (YYYY-MM or empty).
    """
    rows = report.detail("project_lights")
    rows = rows[~rows["light"].isin(FINISHED)]
    stalled = report.detail("project_stalled").set_index("project")["reason"]
    # where progress has no plan, the list may still have a date
    planned = _listed_dates(report)
    listed = []
    for row in rows.itertuples():
        reason = stalled.get(row.project, "")
        step = _step(report, row, reason, planned.get(row.project, ""))
        step["calm"] = not reason
        listed.append(step)
    frame = pd.DataFrame(listed, columns=[*COLUMNS, "calm"])
    # without a date last; what stands still before all others
    frame["when"] = frame["due"].replace("", "9999")
    return frame.sort_values(["calm", "when"], kind="stable", ignore_index=True)[COLUMNS]


def _step(report: Report, row, reason: str, listed: str) -> dict[str, object]:
    # before the start nobody can say when it produces
    begun = row.stage in STARTED
    if begun:
        goal, due = "投产", row.planned_production or listed
    else:
        goal, due = "开工", row.planned_start or listed
    state = stage(report, row.stage)
    if row.light in JUDGED:
        state += f"（{LIGHTS[row.light]}）"
    # a date that has passed is none to hold anybody to
    held = due if later(due, end_month(report)) else ""
    # what stands still has a step of its own, whatever its stage
    todo = _todo(row, begun=begun, held=held)
    if reason:
        todo = TODO[reason].format(goal=goal)
    return {"project": row.name, "park": row.park, "state": state, "actual": row.actual_pct, "todo": todo, "due": held}


def _todo(row, *, begun: bool, held: str) -> str:
    """The next step of a project that does not stand still."""
    if row.light == "not_judged" and not held:
        return "补报计划时点和投资"
    if begun and row.stage == "trial_production":
        return "办理转投产手续"
    if begun and row.light == "red":
        return "核实投资落后原因"
    if begun:
        return "按月核对进度与投资"
    # yellow before the start: the month of the start has come
    if row.light == "yellow":
        return "落实开工条件"
    return "如期开工"


def _listed_dates(report: Report) -> dict[str, str]:
    """The planned dates of the list of projects, which need no progress."""
    rows = report.table("projects")
    if rows.empty or "planned_date" not in rows:
        return {}
    return dict(zip(rows["project"], rows["planned_date"].str[:7], strict=True))


@exhibit
def due(report: Report) -> Exhibit:
    """Say how many projects are open, which is due first, and how many have no date."""
    rows = steps(report)
    if rows.empty:
        return Exhibit("尚未投产的项目")
    clauses = [f"尚未投产的项目{amount(len(rows), '个')}"]
    dated = rows[rows["due"] != ""]
    if len(dated):
        first = dated[dated["due"] == dated["due"].min()]
        names = named(first["project"], NAMED)
        clauses.append(f"计划时点最近的是{day(first.iloc[0]['due'])}的{names}")
    lacking = len(rows) - len(dated)
    if lacking:
        clauses.append(f"没有有效计划时点的{amount(lacking, '个')}，须先补报")
    return Exhibit(draw=sentence(*clauses))


@exhibit
def next_steps(report: Report) -> Exhibit:
    """List the next step of each open project with its date and its park."""
    caption, every = "逐项目下一步", steps(report)
    if every.empty:
        if report.has("project_ledger"):
            return Exhibit(caption)
        return without_ledger(report, caption)
    rows = every.head(MOST_STEPS)
    columns = {
        "project": rows["project"],
        "park": rows["park"].map(parks(report)),
        "state": rows["state"],
        "actual": amounts(rows["actual"], "%"),
        "todo": rows["todo"],
        "due": rows["due"].map(day).replace("", NO_VALUE),
    }
    note = foot(report, known(report, "project_ledger"))
    if len(report.detail("project_stalled")):
        note += "停滞或明显滞后者在前，其余按计划时点先后。"
    if (rows["due"] == "").any():
        note += "时点空缺为计划未报或已过期。"
    if (every["park"] != "").any():
        note += "台账未载责任单位，以所在园区代之。"
    note += rest(len(every) - MOST_STEPS)
    table = styled(without_empty(pd.DataFrame(columns)), "project-next", heads=HEADS, right=("actual",))
    return Exhibit(caption, data=every, draw=table, note=note)
