"""资料来源: every source of the edition's figures, in full."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.prose import bullets
from zonereport.present.kit.sources import citation
from zonereport.present.report import Report


@exhibit
def sources(report: Report) -> Exhibit:
    """List the sources with place, period and day of publication, and whether a title is the printed one."""
    lines = []
    for source in report.sources():
        text = citation(source)
        if source.title_basis == "descriptive":
            text += "；题名为描述性题名，原件印发题名未取得"
        lines.append(f"{text}。")
    return Exhibit("资料来源", draw=bullets(lines))
