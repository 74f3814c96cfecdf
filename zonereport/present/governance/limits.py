"""What the figures of governance do not say, of those that this report shows."""

from zonereport.present.governance.cases import rated
from zonereport.present.governance.codes import ACCIDENTS, VISITS
from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits that concern what this report shows of governance, a sentence each."""
    # a limit of what is not shown would make a reader look for it
    sentences = []
    if report.has(ACCIDENTS):
        sentences.append("安全生产责任事故只计起数，不分等级，也不含非责任事故。")
        sentences += _comparison(report)
    if rated(report):
        sentences.append("办结率按当年累计受理和办结计算；办结上年受理的案件时，办结率可以超过百分之百。")
    if report.has(VISITS):
        sentences.append("走访企业按家计，同一企业多次走访的口径以来源为准。")
    return sentences


def _comparison(report: Report) -> list[str]:
    """By what the accidents of two years are compared: for those who want to check it."""
    sentences = []
    if not report.reason(ACCIDENTS, "poisson_p"):
        p = report.text(ACCIDENTS, "poisson_p")
        sentences.append(
            f"事故起数的精确比较p值为{p}，假定事故彼此独立、两年相同月份的时间长度相等，"
            "没有考虑企业数量和用工规模的变化。"
        )
    if not (report.reason(ACCIDENTS, "poisson_low") or report.reason(ACCIDENTS, "poisson_high")):
        low, high = report.text(ACCIDENTS, "poisson_low"), report.text(ACCIDENTS, "poisson_high")
        sentences.append(f"与{report.text(ACCIDENTS)}事故相容的同期平均水平在{low}到{high}之间（95%区间）。")
    return sentences
