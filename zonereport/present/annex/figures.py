"""The published figures with their scope and where their source prints them; derived ones behind them."""

import pandas as pd

from zonereport.present.annex.chapters import exhibits
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.innovation.codes import DOMESTIC, INTENSITY, OVERSEAS_SHARE
from zonereport.present.kit.labels import GROUPS, HEADS, NO_VALUE
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import origin, scope, styled
from zonereport.present.report import Report

# derived figures that the chapter on innovation explains, as that on indicators does those of the main ones
EXPLAINED = {*INTENSITY, DOMESTIC, OVERSEAS_SHARE}
COLUMNS = ["code", "group", "name", "text", "note", "origin"]
DERIVED = "推算数"
# what a figure is printed with where it is printed in full, and what the column says where there is nothing to say
PRINTED = ["name", "text", "note", "origin"]
EMPTY = {"name": "", "text": "", "note": "", "origin": NO_VALUE}


@exhibit
def figures(report: Report) -> Exhibit:
    """Show field by field the published figures that no table of a chapter prints with scope and place in the source.

    Behind them stand the derived figures that no chapter explains.
    """
    published = [_published(report, group, code) for group in GROUPS for code in report.codes(group)]
    derived = [_derived(report, code) for code in _unexplained(report)]
    data = pd.DataFrame([*published, *derived], columns=COLUMNS)
    elsewhere = data[PRINTED].apply(tuple, axis="columns").isin(_printed_in_chapters(report))
    shown = data[~elsewhere]
    caption = f"{report.period.name_zh}公布数一览"
    note = foot(report)
    if elsewhere.any():
        caption = f"{report.period.name_zh}其余公布数一览"
        note += f"另有{elsewhere.sum()}项公布数连同口径列在各章的指标表中，不再重列。"
    if derived:
        note += "推算数由本报告计算；下限数相加仍为下限，下限数相除没有确定方向，不推算。"
    if (shown["text"] == NO_VALUE).any():
        note += "“—”表示来源未公布数值。"
    note += _checked(report)
    return Exhibit(caption, data=data, draw=styled(shown[PRINTED], "fields", heads=HEADS), note=note)


def _printed_in_chapters(report: Report) -> set[tuple[str, ...]]:
    """The figures that tables of the chapters print in full: name, figure, scope and, where it is known, place."""
    rows: set[tuple[str, ...]] = set()
    for shown in exhibits(report):
        if shown.kind != "table" or HEADS["name"] not in shown.draw.data or HEADS["text"] not in shown.draw.data:
            continue
        table = shown.draw.data
        # a column in which no row says anything is not printed
        columns = [table.get(HEADS[name], pd.Series(EMPTY[name], table.index)) for name in PRINTED]
        rows.update(zip(*columns, strict=True))
    return rows


def _published(report: Report, group: str, code: str) -> tuple[str, ...]:
    return (code, GROUPS[group], report.label(code), report.text(code), scope(report, code), origin(report, code))


def _derived(report: Report, code: str) -> tuple[str, ...]:
    how = f"推算：{report.label(code, 'processing')}"
    return (code, DERIVED, report.label(code), report.text(code), how, NO_VALUE)


def _unexplained(report: Report) -> list[str]:
    explained = {*report.codes("S2", derived=True), *EXPLAINED}
    codes = report.codes(*GROUPS, derived=True)
    return [code for code in codes if code not in explained and report.has(code)]


def _checked(report: Report) -> str:
    """That the data passed its checks: what an analyst should still look at is no matter of the reader's."""
    return "录入数据已通过格式、单位、勾稽和前后一致性校验。"
