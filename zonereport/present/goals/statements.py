"""What the sources say in words of the national goals and the year to come."""

from dataclasses import replace

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report

CONDITIONS = "国家级目标的条件由有权机关规定，以其正式文件为准。本报告未持有该文件，只录来源所述，不作达标判断。"


@exhibit
def aims(report: Report) -> Exhibit:
    """List what the sources say of the national goals and the year to come, and who sets the conditions of those."""
    shown = stated(report, "goals")
    # a goal that the source names and nobody can hold against its conditions must not read as one that is judged
    if shown.kind != "gap" and report.detail("goals").empty:
        return replace(shown, draw=f"{shown.draw}\n{CONDITIONS}")
    return shown
