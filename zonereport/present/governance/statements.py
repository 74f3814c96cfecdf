"""What the sources say in words of safety, environment and disputes."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def measures(report: Report) -> Exhibit:
    """List what the sources say of safety, environment and disputes."""
    return stated(report, "governance")
