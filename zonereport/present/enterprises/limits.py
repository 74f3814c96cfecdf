"""What is to be known of the figures of this chapter before they are compared or passed on."""

from zonereport.present.enterprises.growth import concentration_index
from zonereport.present.kit.changes import clauses
from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the sentences on scope and method for those figures that the chapter shows of the report."""
    sentences = []
    if report.has("tech_smes_evaluated"):
        sentences.append("科技型中小企业逐年评价，各年家数不累加。")
    if report.has("hightech_recognised"):
        sentences.append("高新技术企业认定数不是有效存量。")
    # the two that readers divide by each other
    if report.has("tech_smes_evaluated", "hightech_recognised"):
        evaluated, recognised = clauses(report, "tech_smes_evaluated", "hightech_recognised")
        sentences.append(
            f"各梯级是不同部门、不同程序在同一年的结果：{evaluated}是逐年评价，{recognised}是当年认定。"
            "同一企业可以同时出现在几级，各级企业也不是同一批，因此本报告不以上一级除以下一级作为转化率，各级家数也不相加。"
        )
    if report.has("little_giants_new"):
        sentences.append("专精特新“小巨人”企业按当年规则计数，规则修订后的家数不能直接相比。")
    if len(report.detail("enterprise_sizes")):
        sentences.append("规模以上标准看主营业务收入，本报告以开票销售代替；入库退库以统计部门审核为准。")
    if len(report.detail("enterprise_concentration")):
        sentences.append("企业集中度以台账企业为范围，反垄断的集中度分界不适用于开发区。")
        sentences.append(concentration_index(report))
    return list(filter(None, sentences))
