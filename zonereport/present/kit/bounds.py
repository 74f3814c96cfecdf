"""The bounds of judgements as a sentence prints them: from where on something is near, few or at risk."""

from zonereport.present.kit.numbers import quantity
from zonereport.present.report import Report


def bound(report: Report, name: str) -> str:
    """Return a bound of the detail frame ``bounds`` with its unit: 80%, 10家. Raises LookupError for no such bound."""
    rows = report.detail("bounds", name=name)
    if rows.empty:
        raise LookupError(f"no bound {name!r}")
    return quantity(rows["value"].iloc[0], rows["unit"].iloc[0], 1)
