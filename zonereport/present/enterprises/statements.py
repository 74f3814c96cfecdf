"""What the sources say in words of firms by name."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def firms(report: Report) -> Exhibit:
    """List what the sources say of firms by name."""
    return stated(report, "enterprises")
