"""What the sources say in words of the national goals and the year to come."""

from dataclasses import replace

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report

CONDITIONS = "国家级目标的条件由有权机关规定，以其正式文件为准。本报告未持有该文件，只录来源所述，不作达标判断。"

# of economy, opening and innovation, which every assessment of such zones looks at
MEASURED = ("invoiced_sales", "business_taxes", "utilised_foreign_capital", "rd_spend")


@exhibit
def aims(report: Report) -> Exhibit:
    """List what the sources say of the national goals and the year to come, and who sets the conditions of those."""
    shown = stated(report, "goals")
    # a goal that the source names and nobody can hold against its conditions must not read as one that is judged
    if shown.kind != "gap" and report.detail("goals").empty:
        return replace(shown, draw="\n".join(filter(None, [shown.draw, _measured(report), CONDITIONS])))
    return shown


def _measured(report: Report) -> str:
    """What figures there are of economy, opening and innovation; which condition each stands for is not ours to say."""
    figures = [report.label(code) + report.text(code) for code in MEASURED if report.has(code)]
    if not figures:
        return ""
    return f"与目标有关、已有数字的是{listed(figures)}；各对应哪项条件，以有权机关的文件为准。"
