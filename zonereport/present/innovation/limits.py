"""What the figures of innovation do not say, of those that this report shows."""

from zonereport.present.innovation.codes import GRANTED, IN_FORCE, PATENTS
from zonereport.present.innovation.research import intensities
from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits that concern what this report shows of innovation, a sentence each."""
    # a limit of what is not shown would make a reader look for it
    sentences = []
    rows = intensities(report)
    if len(rows) and rows["year"].iloc[0] != report.period.year:
        sentences.append("研发投入是年度指标，月度报告沿用最近整年的强度。")
    if len(rows) and rows["estimate"].any():
        sentences.append("研发投入为预计数的，次年核定后修订。")
    if sum(report.has(code) for code in PATENTS) > 1:
        sentences.append("有效专利是存量，授权和净增是流量，三者不相加。")
    if report.has(IN_FORCE) or report.has(GRANTED):
        sentences.append("每单位专利数只说明疏密，不说明某项研发产生了某项专利。")
    return sentences
