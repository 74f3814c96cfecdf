"""What the figures of the chapter do not say: for the annex, as far as the report shows them."""

from zonereport.present.indicators.classes import classed
from zonereport.present.indicators.core import GROUP
from zonereport.present.indicators.index import INDEX, sensitivity
from zonereport.present.indicators.marks import total
from zonereport.present.indicators.parks import pulls
from zonereport.present.indicators.places import ranked
from zonereport.present.indicators.targets import outlook
from zonereport.present.kit.phrases import listed
from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits of the core indicators that the report shows, a sentence each."""
    lines = []
    codes = report.codes(GROUP)
    if codes:
        lines.append("数值照录来源，未作价格、口径或汇率调整；金额类增速均为名义增速。")
    # two years of output are of different sets of firms
    if not report.reason("industrial_output", "growth"):
        lines.append("规模以上工业产值的增速由统计部门按可比企业范围计算，不以两年水平值推算。")
    if report.has("industrial_output", "invoiced_sales"):
        lines.append("产值与开票销售的企业范围不同，不能相减，也不能相除。")
    if report.has("treasury_tax", "invoiced_sales"):
        lines.append("工业入库税收按入库日期、工业开票销售按开票日期统计，二者存在时间差。")
    if pulls(report).kind == "figure":
        lines.append("拉动是部分使全区增速提高或降低的百分点，贡献率是部分占全区增量的份额，二者不是一个概念。")
    # a place is read as size by everybody who is not told
    if len(ranked(report)):
        lines.append("位次由增速决定，基数小的单位起伏大；位次只说明先后，不说明远近，位次前移不等于规模扩大。")
    estimates = _estimates(report)
    if estimates:
        lines.append(f"{listed(estimates)}为本报告测算，不是来源公布数，不代替考核结果。")
    hangs_on = sensitivity(report)
    if hangs_on:
        lines.append(hangs_on)
    return lines


def _estimates(report: Report) -> list[str]:
    """Return what of the chapter the report has made itself."""
    names = []
    if outlook(report).kind == "table":
        names.append("预测")
    if len(classed(report)):
        names.append("分类")
    if total(report):
        names.append("得分")
    if not report.reason(INDEX, "index_rank"):
        names.append("综合指数")
    return names
