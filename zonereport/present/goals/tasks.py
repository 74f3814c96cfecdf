"""The tasks of the next period: who does what until when, and how its indicator stands."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit import tasks as listed_tasks
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.phrases import day, sentence
from zonereport.present.kit.sources import foot_of
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

LONGEST = 20
NAMED = 2
HEADS = {"title": "任务", "owner": "责任单位", "due": "完成时限", "state": "状态", "standing": "关联指标现状"}


@exhibit
def tasks(report: Report) -> Exhibit:
    """Show the tasks that are not done, those overdue first, with owner, day and how their indicators stand.

    ``data`` is the frame of kit.tasks with all tasks: title, owner, due, state, code.
    """
    caption = "任务清单与责任单位"
    rows = listed_tasks.tasks(report)
    if rows.empty:
        return Exhibit(caption, gaps=list_gap(report, "tasks"))
    # what is done is counted, not listed: the table is of what comes next
    open_ones = rows[rows["state"] != listed_tasks.DONE]
    if open_ones.empty:
        return Exhibit(caption, tasks_in_short(report), rows, tasks_in_short(report))
    shown = open_ones[:LONGEST]
    shown = shown.assign(
        due=shown["due"].map(day),
        standing=shown["code"].map(lambda code: listed_tasks.standing(report, code)),
    )
    note = foot_of(report, rows["source"])
    note += f"状态按{report.period.name_zh}期末判断，没有登记日期的以台账登记日为准。"
    if report.park:
        note += "任务按全区下达。"
    if len(open_ones) > len(shown):
        note += f"另有{len(open_ones) - len(shown)}项从略。"
    if len(rows) > len(open_ones):
        note += f"已完成的{len(rows) - len(open_ones)}项不列。"
    table = styled(shown[list(HEADS)], "tasks", heads=HEADS, right=())
    return Exhibit(caption, tasks_in_short(report), rows, table, note=note)


def tasks_in_short(report: Report) -> str:
    """Return how many tasks there are by state, and the first of those that are late; empty without a list."""
    rows = listed_tasks.tasks(report)
    if rows.empty:
        return ""
    counts = rows["state"].value_counts()
    states = [f"{state}{counts[state]}项" for state in listed_tasks.STATES if state in counts]
    text = sentence(f"任务清单共{len(rows)}项", *states)
    late = rows[rows["state"].isin([listed_tasks.OVERDUE, listed_tasks.UNREPORTED])]
    if late.empty:
        return text
    # the table lists all: in short two are enough to know whom to call
    late = late[:NAMED]
    named = "；".join(late["title"] + "（" + late["owner"] + "，" + late["due"].map(day) + "）")
    return f"{text}逾期和到期未报的是：{named}。"
