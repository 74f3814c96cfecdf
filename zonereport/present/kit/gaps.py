"""What is missing, in the words of the table 缺什么、找谁要: never a file, a column or a command."""

from collections.abc import Iterable

from zonereport.present.exhibit import Gap
from zonereport.present.kit.labels import GROUPS, MEASURES, REASONS
from zonereport.present.report import Report

# what to send so that a measure is there next time
REMEDIES = {
    "growth": "上年同期数，或公布的同比增速",
    "completion": "年度目标",
    "rank": "全市同类开发区位次和参评单位数",
}
# who sets targets and ranks the zones, whichever office publishes the figure itself
OFFICES = {"completion": "目标考核", "rank": "统计"}
# reasons after which nothing can be sent: the figure has no such measure
FINAL = {
    "few",
    "imprecise",
    "other_target",
    "zero_base",
    "negative_base",
    "year_over",
    "not_cumulative",
    "rate",
    "first_of_year",
}
# of each list of the zone: what it is called, what to send, and who keeps it
LISTS = {
    "targets": ("年度目标", "各项指标的年度目标值", "目标考核"),
    "peers": ("同类开发区同期数", "同类开发区同口径的累计数和增速", "统计"),
    "assessment": ("考核办法", "当年考核办法的指标、权重和计分规则", "目标考核"),
    "projects": ("项目台账", "项目名称、园区、总投资和阶段", "发展改革、商务"),
    "project_progress": ("项目逐月进度", "每月完成投资、阶段和计划时间", "发展改革、商务"),
    "enterprises": ("企业名录", "企业名称、行业、园区", "统计"),
    "enterprise_months": ("企业逐月数据", "企业每月开票销售、税收和用工", "税务、统计"),
    "recognitions": ("企业称号认定名单", "称号、企业、认定时间和有效期", "科技、工业和信息化"),
    "platforms": ("研发平台名单", "平台名称、级别、依托单位和认定时间", "科技"),
    "patents": ("专利台账", "有效发明专利的权利人和授权时间", "知识产权"),
    "talents": ("人才名单", "人才称号、级别、引进单位和时间", "人才"),
    "ip_pledges": ("知识产权质押明细", "质押企业、金额、银行和时间", "知识产权、银行"),
    "carriers": ("载体台账", "载体名称、状态、面积和入驻企业", "开发区"),
    "works": ("重点工程台账", "工程名称、状态和时间", "开发区"),
    "land": ("低效用地地块台账", "地块面积、整治时间、整治前后税收", "自然资源"),
    "governance": ("综合治理台账", "每月受理、办结和起数", "应急管理、信访"),
    "criteria": ("国家级目标的条件", "载明条件的正式文件，及其文号和印发日期", "商务、工业和信息化"),
    "tasks": ("任务清单", "任务、责任单位和完成时限", "督查"),
}


def list_gap(report: Report, table: str, reason: str = "未取得") -> tuple[Gap, ...]:
    """Return the gap of a list that the zone has no row of; nothing where it has rows."""
    if len(report.table(table)):
        return ()
    subject, remedy, office = LISTS[table]
    return (Gap(subject, reason, remedy, office),)


def measure_gaps(report: Report, codes: Iterable[str], measures: Iterable[str] = tuple(MEASURES)) -> tuple[Gap, ...]:
    """Return the gaps of indicators in some measures: one for each measure, reason and office that has them."""
    # one letter a measure, reason and office: nobody wants a row for each indicator
    found: dict[tuple[str, str, str], list[str]] = {}
    for measure in measures:
        for code in codes:
            reason = report.reason(code, measure)
            if reason and reason not in FINAL:
                office = OFFICES.get(measure) or report.label(code, "publisher")
                key = (measure, reason, office)
                found.setdefault(key, []).append(report.label(code))
    gaps = []
    for (measure, reason, office), names in found.items():
        subject = f"{MEASURES[measure]}：{'、'.join(names)}"
        gaps.append(Gap(subject, REASONS[reason], REMEDIES[measure], office))
    return tuple(gaps)


def figure_gaps(report: Report, *codes: str) -> tuple[Gap, ...]:
    """Return the gaps of figures that the edition lacks, each to be had from the publisher of its indicator."""
    gaps = []
    for code in codes:
        if not report.has(code):
            reason = REASONS[report.reason(code)]
            gaps.append(Gap(report.label(code), reason, "本期的累计数", report.label(code, "publisher")))
    return tuple(gaps)


def whole_gaps(report: Report, group: str, measures: Iterable[str] = tuple(MEASURES)) -> tuple[Gap, ...]:
    """Return a gap for each of the measures that not one published indicator of the group has.

    Targets and ranks are the whole zone's: the report of a park does not lack them.
    """
    codes, gaps = report.codes(group), []
    publishers = [office for code in codes for office in report.label(code, "publisher").split("、")]
    offices = "、".join(dict.fromkeys(publishers))
    for measure in measures:
        reasons = {report.reason(code, measure) for code in codes}
        # one indicator that has the measure shows that it can be had: then the others are asked for singly
        if not codes or reasons & {"", *FINAL} or (report.park and measure != "growth"):
            continue
        reason = "；".join(sorted(REASONS[reason] for reason in reasons))
        office = OFFICES.get(measure) or offices
        gaps.append(Gap(f"{MEASURES[measure]}：{GROUPS[group]}各项", reason, REMEDIES[measure], office))
    return tuple(gaps)
