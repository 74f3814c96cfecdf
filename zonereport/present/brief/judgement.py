"""总体判断: the period in one sentence, the same as on the first page of the report."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.overview.judgement import overall
from zonereport.present.report import Report


@exhibit
def judgement(report: Report) -> Exhibit:
    """Say the period in one sentence."""
    text = overall(report)
    return Exhibit("总体判断", claim=text, draw=f"**总体判断**：{text}", role="verdict")
