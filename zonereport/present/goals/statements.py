"""What the sources say in words of the national goals and the year to come."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def aims(report: Report) -> Exhibit:
    """List what the sources say of the national goals and the year to come."""
    return stated(report, "goals")
