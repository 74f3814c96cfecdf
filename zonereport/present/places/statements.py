"""What the sources say in words of parks, quarters and works."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def building(report: Report) -> Exhibit:
    """List what the sources say of parks, quarters and works."""
    return stated(report, "places")
