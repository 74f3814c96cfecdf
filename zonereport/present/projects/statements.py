"""What the sources say in words of the projects by name."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def progress(report: Report) -> Exhibit:
    """List what the sources say of the projects by name."""
    return stated(report, "projects")
