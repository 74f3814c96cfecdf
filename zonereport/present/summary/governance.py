"""Governance in prose: accidents, cases, disputes, money recovered, visits."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import on_year
from zonereport.present.report import Report
from zonereport.present.summary.clauses import figure, joined, paragraphs, span, stated

GROUP = "S10"
ACCIDENTS = "safety_accidents"
CASES = ("inspection_cases_closed", "labour_disputes_mediated")
RECOVERED = "arrears_recovered"
MONEY = ("wages_recovered", "project_payments_recovered")


@exhibit
def governance(report: Report) -> Exhibit:
    """Say how safe the year was, which cases were closed, what was recovered, and what was done for it."""
    codes = report.codes(GROUP)
    rest = [code for code in codes if code not in (ACCIDENTS, *CASES, *MONEY)]
    cases = [_case(report, code) for code in CASES if code in codes]
    money = [figure(report, code) for code in MONEY if code in codes]
    sentences = [
        joined([_accidents(report, codes)]),
        joined(cases),
        joined(money) + _recovered(report),
        joined(figure(report, code) for code in rest),
    ]
    figures = "".join(sentences)
    if figures:
        figures = f"{span(report)}{figures}"
    text = paragraphs(stated(report, "governance"), figures)
    return Exhibit("综合治理", claim=figures, draw=text)


def _accidents(report: Report, codes: list[str]) -> str:
    """The accidents with their change and the ceiling of the year; where only a fall was published, that."""
    if ACCIDENTS not in codes:
        return ""
    if report.qualifier(ACCIDENTS) == "decreased":
        return f"{report.label(ACCIDENTS)}数量同比下降"
    return figure(report, ACCIDENTS)


def _recovered(report: Report) -> str:
    if not report.has(RECOVERED):
        return ""
    return f"讨回欠薪与工程款合计{report.text(RECOVERED)}。"


def _case(report: Report, code: str) -> str:
    """Cases settled, with their change and what part of those taken up they are."""
    clauses = [f"{report.label(code)}{report.text(code)}" if report.has(code) else "", on_year(report, code)]
    if not clauses[0]:
        return ""
    if not report.reason(code, "closing_rate"):
        clauses.append(f"办结率{report.text(code, 'closing_rate')}")
    return "，".join(filter(None, clauses))
