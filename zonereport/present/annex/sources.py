"""资料来源: every source of the edition's figures, in full."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.prose import bullets
from zonereport.present.kit.sources import citation
from zonereport.present.report import Report


@exhibit
def sources(report: Report) -> Exhibit:
    """List the sources with place, period and day of publication, and whether a title is the printed one."""
    lines = []
    used = {source.id for source in report.sources()}
    # a source may have given words and no figure
    if not report.park:
        used.update(report.table("statements", of_period=True)["source"])
    for source in report.zone.about.sources:
        if source.id not in used:
            continue
        text = citation(report, source)
        if source.title_basis == "descriptive":
            text += "；题名为描述性题名，原件印发题名未取得"
        lines.append(f"{text}。")
    return Exhibit("资料来源", draw=bullets(lines))
