"""Where the figures of the brief come from, said once."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report


@exhibit
def sources(report: Report) -> Exhibit:
    """Name the sources of the edition in one line; the report has each figure with its own."""
    return Exhibit("资料来源", draw=f"{foot(report)}各项数字的出处、口径与局限见分析报告附录。")
