"""Words of the annex: the data and where each figure comes from."""

from typing import TYPE_CHECKING

from zonereport.present.words.front import foot
from zonereport.present.words.phrases import GROUPS, Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

IN_CHAPTERS = ("S2", "S6", "S8")


def elsewhere(report: "Report") -> list[str]:
    """The derived codes that no chapter shows."""
    return report.codes(*(group for group in GROUPS if group not in IN_CHAPTERS), derived=True)


def figures(report: "Report") -> Caption:
    """What is said of the table of all published figures."""
    return Caption(f"{report.period.name_zh}公布数一览", note=foot(report) + "出处为来源文件的栏目。")


def derived(report: "Report") -> Caption:
    """What is said of the table of the remaining derived figures."""
    return Caption("其他推算数", note="本报告推算；下限数相加仍为下限，下限数相除没有确定方向，不推算。")


def projects(report: "Report") -> Caption:
    """What is said of the table of named projects."""
    return Caption("来源点名的项目", note=foot(report))


def objects(report: "Report") -> Caption:
    """What is said of the table of named carriers and works."""
    return Caption("来源点名的载体与工程", note=foot(report))
