"""Wages and project payments recovered: each, together, and the share."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.governance.codes import PAYMENTS, RECOVERED, WAGES
from zonereport.present.governance.readings import counted
from zonereport.present.kit.changes import grown
from zonereport.present.kit.phrases import sentence
from zonereport.present.report import Report


@exhibit
def recovered(report: Report) -> Exhibit:
    """Say how much was recovered of wages and payments, and what a large amount does not say."""
    figures = ["，".join(filter(None, counted(report, code))) for code in (WAGES, PAYMENTS) if report.has(code)]
    if not figures:
        return Exhibit("讨回欠薪与工程款")
    text = f"{'；'.join(figures)}。{_together(report)}"
    text += "讨回金额多，既可能是清欠力度大，也可能是欠款发生多，须与新发生的欠薪欠款一并判断。"
    return Exhibit("讨回欠薪与工程款", draw=text)


def _together(report: Report) -> str:
    if not report.has(RECOVERED):
        return ""
    share = "" if report.reason(WAGES, "share") else f"其中欠薪占{report.text(WAGES, 'share')}"
    return sentence(f"两项合计{report.text(RECOVERED)}", grown(report, RECOVERED), share)


def recovered_in_short(report: Report) -> list[str]:
    """Return wages and payments recovered as clauses: together where both are known, else what is known."""
    if not report.has(RECOVERED):
        return [*counted(report, WAGES), *counted(report, PAYMENTS)]
    parts = f"讨回欠薪{report.text(WAGES)}、工程款{report.text(PAYMENTS)}"
    return [parts, f"合计{report.text(RECOVERED)}", grown(report, RECOVERED)]
