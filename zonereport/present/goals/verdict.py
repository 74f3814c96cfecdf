"""The chapter in a few lines: each goal with its weakest criterion, the year, the tasks."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.goals.criteria import GOALS, TWO_BASES, name_of, weakest_of
from zonereport.present.goals.forecasts import heading
from zonereport.present.goals.targets import over, year_in_short
from zonereport.present.goals.tasks import tasks_in_short
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import points
from zonereport.present.report import Report

COUNTS = {"goal_met": "项已达标", "goal_unmet": "项未达标"}


@exhibit
def verdict(report: Report) -> Exhibit:
    """Say how each national goal stands, how the year ended or where it is heading, and how the tasks stand."""
    lines = {name_of(report, goal): _goal_in_short(report, goal) for goal in GOALS}
    lines["全年目标"] = year_in_short(report) if over(report) else heading(report)
    lines["任务"] = tasks_in_short(report)
    return Exhibit(draw=points(lines), role="verdict")


def _goal_in_short(report: Report, goal: str) -> str:
    """How many criteria are met, are not, cannot be judged, and the weakest; empty where none can be judged."""
    if report.reason(goal, "goal_criteria"):
        return ""
    rows = report.detail("goals", goal=goal)
    turning = int((rows["reason"] == TWO_BASES).sum())
    lacking = int(report.value(goal, "goal_unknown")) - turning
    # that nothing is known of a goal is said once, in the table of what is missing
    if lacking == len(rows):
        return ""
    counts = [
        f"{number(report.value(goal, measure), 0)}{words}"
        for measure, words in COUNTS.items()
        if report.value(goal, measure) > 0
    ]
    if turning:
        counts.append(f"{turning}项两种口径结论相反")
    if lacking:
        counts.append(f"{lacking}项缺少数据")
    weakest = weakest_of(report, rows)
    head = f"对照{report.text(goal, 'goal_criteria')}条件，{'、'.join(counts)}"
    if turning or lacking:
        head += "，缺数据和结论相反的不作判断"
    return sentence(head, weakest)
