"""What the sources say in words of reform, organisation and people."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def reforms(report: Report) -> Exhibit:
    """List what the sources say of reform, organisation and people."""
    return stated(report, "innovation")
