"""Which indicators the overview and the brief speak of, and how they speak of one."""

from zonereport.present.kit.changes import ahead, completed, grown
from zonereport.present.report import Report

CORE = "S2"
OTHER_FIELDS = ("S5", "S6", "S8", "S9", "S10")
# what other fields put on a leader's page, after the core
HEADLINES = (
    "projects_signed",
    "projects_signed_investment",
    "above_scale_industry_new",
    "hightech_recognised",
    "rd_spend",
    "land_renewed",
)


def core_codes(report: Report) -> list[str]:
    """Return the core indicators of the edition."""
    return report.codes(CORE)


def other_codes(report: Report) -> list[str]:
    """Return the indicators outside the core that have a target for the year."""
    return [code for code in report.codes(*OTHER_FIELDS) if not report.reason(code, "target")]


def headline_codes(report: Report) -> list[str]:
    """Return the headlines of other fields that the edition has a figure for."""
    published = report.codes(*OTHER_FIELDS)
    return [code for code in HEADLINES if code in published and report.has(code)]


def figure_and_growth(report: Report, code: str) -> str:
    """Return an indicator's figure and growth as a clause: 165亿元，同比增长5.2%; empty without either."""
    figure = report.text(code) if report.has(code) else ""
    return "，".join(filter(None, [figure, grown(report, code)]))


def pace_clause(report: Report, code: str, pace: str) -> str:
    """Return how far an indicator is ahead of the schedule that counts for it: 低于序时进度2.3个百分点."""
    if pace == "seasonal":
        return ahead(report, code, "gap_seasonal", "历年同期平均进度")
    return ahead(report, code, "gap_linear", "序时进度")


def target_clause(report: Report, code: str, pace: str) -> str:
    """Return how an indicator stands against its target, at the year's end or against the schedule before."""
    if report.period.last < 12:
        return pace_clause(report, code, pace)
    return completed(report, code)
