"""What the sources say in words of how the economy is steered and what the assessment is to bring."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.statements import stated
from zonereport.present.report import Report


@exhibit
def dispatch(report: Report) -> Exhibit:
    """List what the sources say of how the economy is steered and what the assessment is to bring."""
    return stated(report, "indicators")
