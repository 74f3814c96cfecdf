"""Words that the exhibits of projects share: lights, stages, delays, and what is missing without a ledger."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.ledgers import amount
from zonereport.present.report import Report

LIGHTS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "not_judged": "未评灯"}
# what a light is in one character, on a chart and in a table
LETTERS = {"red": "红", "yellow": "黄", "green": "绿", "done": "竣", "not_judged": "未"}
# the lights that say how a project stands against its plan
JUDGED = ("red", "yellow", "green")
WITHDRAWN = "withdrawn"
# what needs nobody to push it any more
FINISHED = ("done", WITHDRAWN)
# the lists that higher levels keep
LISTED = ("national", "provincial", "city")
# the kinds of standing still, each as a heading of its cases
KINDS = {
    "start_missed_three_months": "逾期未开工",
    "no_investment": "投资停滞",
    "overdue_without_date": "到期未报新时点",
    "no_report": "断报",
    "slipped": "比首次计划推迟三个月以上",
}
# how many projects a table lists
MOST_ROWS = 12


def stage(report: Report, word: str) -> str:
    """Return the Chinese name of a stage."""
    return report.word("projects", "stage", word) or "阶段不详"


def delay(months: float) -> str:
    """Return how far a project is off its first plan, as a label says it; empty where it cannot be said.

    >>> delay(4.0), delay(-1.0), delay(0.0), delay(float("nan"))
    ('晚4个月', '早1个月', '按期', '')
    """
    if pd.isna(months):
        return ""
    if months > 0:
        return f"晚{amount(months, '个月')}"
    if months < 0:
        return f"早{amount(-months, '个月')}"
    return "按期"


def rest(count: int) -> str:
    """Return what a note says of the projects that are not listed; nothing where all are."""
    if count <= 0:
        return ""
    return f"其余{amount(count, '个')}项目从略。"


def without_ledger(report: Report, caption: str) -> Exhibit:
    """Return the exhibit in place of one that needs the list of projects."""
    gaps = list_gap(report, "projects")
    if not gaps:
        # the list is there, and has nothing of this period or park
        subject, remedy, office = LISTS["projects"]
        gaps = (Gap(subject, "没有本期可用的记录", remedy, office),)
    return Exhibit(caption, gaps=gaps)


def without_progress(report: Report, caption: str) -> Exhibit:
    """Return the exhibit in place of one that needs the monthly progress of projects."""
    # progress is of no use before there is a list that it belongs to
    if not report.has("project_ledger"):
        return without_ledger(report, caption)
    gaps = list_gap(report, "project_progress")
    if not gaps:
        subject, remedy, office = LISTS["project_progress"]
        gaps = (Gap(subject, "没有本期可用的记录", remedy, office),)
    return Exhibit(caption, gaps=gaps)
