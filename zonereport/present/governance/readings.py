"""How the chapter on governance writes a figure, its change, and its figures by park and month."""

import pandas as pd

from zonereport.present.governance.codes import AMOUNTS
from zonereport.present.kit.changes import grown, on_year
from zonereport.present.kit.numbers import quantity
from zonereport.present.report import Report


def counted(report: Report, code: str) -> list[str]:
    """Return an indicator with its figure and its change on last year, as clauses; empty where there is no figure."""
    if not report.has(code):
        return []
    figure = f"{report.label(code)}{report.text(code)}"
    # of few cases a percentage says too much
    if code in AMOUNTS:
        return [figure, grown(report, code)]
    return [figure, on_year(report, code)]


def amount(report: Report, code: str, value: float, unit: str) -> str:
    """Return a figure of a detail, printed as the indicator's own is."""
    return quantity(value, unit, int(report.label(code, "decimals")))


def by_park(report: Report, code: str = "") -> pd.DataFrame:
    """Return the rows of the parks of the detail governance_counts, of one code or of all; none in a park's report."""
    rows = report.detail("governance_counts")
    # the report of a park has but this one
    of_others = (rows["park"] != "") & (report.park == "")
    return rows[of_others & ((rows["code"] == code) | (code == ""))].reset_index(drop=True)


def of_months(report: Report, year: int) -> pd.DataFrame:
    """Return the rows of the detail governance_months of a year."""
    rows = report.detail("governance_months")
    return rows[rows["year"] == year]


def month_name(first: int, last: int) -> str:
    """Return the months of a row.

    >>> month_name(5, 5), month_name(1, 2)
    ('5', '1—2')
    """
    return f"{last}" if first == last else f"{first}—{last}"
