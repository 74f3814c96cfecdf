"""Words of the annex: the data and where each figure comes from."""

from typing import TYPE_CHECKING

from zonereport.present.innovation.codes import INTENSITY, TALENT
from zonereport.present.kit.labels import GROUPS
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report


def elsewhere(report: "Report") -> list[str]:
    """The derived codes that no chapter shows."""
    shown = {*report.codes("S2", derived=True), *INTENSITY, *(code for codes in TALENT.values() for code in codes)}
    return [code for code in report.codes(*GROUPS, derived=True) if code not in shown]


def checked(report: "Report") -> str:
    """That the data passed its checks, and how many things somebody should still look at."""
    count = len(report.zone.warnings)
    more = f"另有{count}处提示不影响采用，明细用 zonereport check {report.zone.code} 查看" if count else ""
    return sentence("录入数据已通过格式、单位、勾稽和前后一致性校验", more)


def figures(report: "Report") -> Caption:
    """What is said of the table of all published figures."""
    return Caption(f"{report.period.name_zh}公布数一览", note=foot(report))


def derived(report: "Report") -> Caption:
    """What is said of the table of the remaining derived figures."""
    return Caption("其他推算数", note="本报告推算；下限数相加仍为下限，下限数相除没有确定方向，不推算。")


def projects(report: "Report") -> Caption:
    """What is said of the table of named projects."""
    return Caption("来源点名的项目", note=foot(report))


def objects(report: "Report") -> Caption:
    """What is said of the table of named carriers and works."""
    return Caption("来源点名的载体与工程", note=foot(report))
