"""Cases of a ledger that are open, and in which parks: governance and the next steps name the same."""

from zonereport.present.kit.numbers import quantity
from zonereport.present.report import Report

# what the cases of a ledger are called, where the indicator counts only those settled
CASES = {"inspection_cases_closed": "环保督察信访件", "labour_disputes_mediated": "劳资欠薪矛盾"}


def case_name(report: Report, code: str) -> str:
    """Return what the cases of the ledger are called."""
    return CASES.get(code, report.label(code))


def open_places(report: Report, code: str) -> str:
    """Return the parks in which cases are open, with how many: 在云锦智造园1件; empty where that is not known."""
    rows = report.detail("governance_counts", code=code)
    # a park's report is about nothing but this park
    if rows.empty or report.park:
        return ""
    decimals = int(report.label(code, "decimals"))
    rows = rows[(rows["park"] != "") & (rows["open_cases"] > 0)]
    places = [
        f"{report.park_names[row.park]}{quantity(row.open_cases, row.unit, decimals)}" for row in rows.itertuples()
    ]
    return f"在{'、'.join(places)}" if places else ""
