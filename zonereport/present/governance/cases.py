"""Cases taken up and settled: the closing rates, how they changed, and where the open ones are."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.governance.codes import GROUP, ORDER
from zonereport.present.governance.readings import counted
from zonereport.present.kit.cases import case_name, open_places
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# what a table of cases prints as the report has it
MEASURES = ("reported", "closed", "open_cases", "closing_rate", "closing_rate_change")
HEADS = {
    "name": "案件",
    "reported": "受理",
    "closed": "办结",
    "open_cases": "未办结",
    "closing_rate": "办结率",
    "closing_rate_change": "比上年同期",
    "places": "未办结所在园区",
}


@exhibit
def closing(report: Report) -> Exhibit:
    """Show what part of the cases taken up is settled, how the rate changed, and where cases are open."""
    caption, codes = "受理案件的办结情况", rated(report)
    if not codes:
        return Exhibit(caption, gaps=_no_cases(report))
    rows, claims = [], []
    for code in codes:
        row = {"code": code, "name": case_name(report, code)}
        for measure in MEASURES:
            row[measure] = report.text(code, measure)
        # more settled than taken up: cases of the year before are in, how many are open is not known
        if report.value(code, "open_cases") < 0:
            row["open_cases"] = NO_VALUE
        row["places"] = open_places(report, code).removeprefix("在") or NO_VALUE
        rows.append(row)
        claims.append(f"{row['name']}办结率{row['closing_rate']}")
    frame = without_empty(pd.DataFrame(rows), HEADS)
    note = (
        foot(report, codes)
        + "办结率为累计办结数除以累计受理数；期末刚受理的尚未到办结时限，也计入分母，不等于按期办结率。"
    )
    if any(report.value(code, "open_cases") < 0 for code in codes):
        note += "办结数多于受理数的，含上年受理的案件。"
    table = styled(frame.drop(columns="code"), "closing", heads=HEADS, right=MEASURES)
    return Exhibit(caption, "，".join(claims), frame, table, note=note)


def rated(report: Report) -> list[str]:
    """Return the indicators whose cases have a closing rate."""
    return [code for code in ORDER if not report.reason(code, "closing_rate")]


def _no_cases(report: Report) -> tuple[Gap, ...]:
    # where the whole chapter has no figure, the table of counts says so
    if not report.codes(GROUP):
        return ()
    subject, remedy, office = LISTS["governance"]
    return list_gap(report, "governance") or (Gap(subject, f"没有{report.period.name_zh}的记录", remedy, office),)


def cases_in_short(report: Report, code: str) -> list[str]:
    """Return a count of cases with its change, the closing rate with its change, and what is open, as clauses."""
    clauses = counted(report, code)
    if report.reason(code, "closing_rate"):
        return clauses
    clauses.append(f"受理{report.text(code, 'reported')}，办结率{report.text(code, 'closing_rate')}")
    clauses.append(_rate_change(report, code))
    # below zero cases of the year before are in: then nothing can be said of what is open
    left = report.value(code, "open_cases")
    if left > 0:
        clauses.append(f"尚有{report.text(code, 'open_cases')}未办结")
    elif left == 0:
        clauses.append("已全部办结")
    return clauses


def _rate_change(report: Report, code: str) -> str:
    """How the closing rate changed; empty where there is nothing to compare with."""
    measure = "closing_rate_change"
    if report.reason(code, measure):
        return ""
    word = direction(report.value(code, measure), "比上年同期提高", "比上年同期下降", "与上年同期持平")
    return word if word.endswith("持平") else word + size(report, code, measure)
