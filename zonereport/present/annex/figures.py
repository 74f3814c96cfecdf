"""Every published figure of the edition with its scope and where its source prints it; derived ones behind them."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.innovation.codes import DOMESTIC, INTENSITY, OVERSEAS_SHARE
from zonereport.present.kit.labels import GROUPS, HEADS, NO_VALUE
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import origin, scope, styled
from zonereport.present.report import Report

# derived figures that the chapter on innovation explains, as that on indicators does those of the main ones
EXPLAINED = {*INTENSITY, DOMESTIC, OVERSEAS_SHARE}
COLUMNS = ["code", "group", "name", "text", "note", "origin"]


@exhibit
def figures(report: Report) -> Exhibit:
    """Show every published figure field by field, and the derived figures that no chapter explains."""
    published = [_published(report, group, code) for group in GROUPS for code in report.codes(group)]
    derived = [_derived(report, code) for code in _unexplained(report)]
    data = pd.DataFrame([*published, *derived], columns=COLUMNS)
    caption = f"{report.period.name_zh}公布数一览"
    note = foot(report)
    if derived:
        caption = f"{report.period.name_zh}公布数与其他推算数一览"
        note += "推算数由本报告计算；下限数相加仍为下限，下限数相除没有确定方向，不推算。"
    if (data["text"] == NO_VALUE).any():
        note += "“—”表示来源未公布数值。"
    note += _checked(report)
    return Exhibit(caption, data=data, draw=styled(data[COLUMNS[1:]], "fields", heads=HEADS), note=note)


def _published(report: Report, group: str, code: str) -> tuple[str, ...]:
    return (code, GROUPS[group], report.label(code), report.text(code), scope(report, code), origin(report, code))


def _derived(report: Report, code: str) -> tuple[str, ...]:
    return (code, "推算数", report.label(code), report.text(code), report.label(code, "processing"), NO_VALUE)


def _unexplained(report: Report) -> list[str]:
    explained = {*report.codes("S2", derived=True), *EXPLAINED}
    codes = report.codes(*GROUPS, derived=True)
    return [code for code in codes if code not in explained and report.has(code)]


def _checked(report: Report) -> str:
    """That the data passed its checks, and how many things somebody should still look at."""
    if report.zone.warnings:
        count = len(report.zone.warnings)
        return f"录入数据已通过格式、单位、勾稽和前后一致性校验，另有{count}处提示不影响采用。"
    return "录入数据已通过格式、单位、勾稽和前后一致性校验。"
