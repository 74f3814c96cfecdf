"""The overview: the zone's period on a few pages, for whoever reads no further."""

from zonereport.present.overview.changed import changed
from zonereport.present.overview.leaders import core, others
from zonereport.present.overview.months import months
from zonereport.present.overview.next_steps import next_steps
from zonereport.present.overview.sides import improved, worries
from zonereport.present.overview.verdict import verdict
from zonereport.present.report import Report

__all__ = ["changed", "core", "improved", "limits", "months", "next_steps", "others", "verdict", "worries"]


def limits(report: Report) -> list[str]:
    """Return what a reader of the overview must know, of what it shows."""
    sentences = []
    if len(report.detail("highlights")):
        sentences.append("向好与需要关注由四项比较的多少决定，不作加权，也不评价原因。")
    if len(report.detail("places")):
        sentences.append("位次按指标的评价办法排列，多数按增速，不代表规模。")
    if report.detail("progress")["pace"].eq("linear").any():
        sentences.append("时间进度按月份均分，淡旺季明显的指标另看历年同期进度。")
    return sentences
