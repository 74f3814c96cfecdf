"""A copy of a workbook in which every bad cell is coloured and says what is wrong with it."""

import contextlib
import copy
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import column_index_from_string

from zonereport.disk.spreadsheet import put
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.fixed import save
from zonereport.inputs.workbook.reading import is_xlsx, quiet, read_book

COLOURS = {"error": PatternFill("solid", fgColor="FF9999"), "warning": PatternFill("solid", fgColor="FFE699")}
LIST = "错误清单"
_PLACE = re.compile(r"(?P<book>.+)\[(?P<sheet>.+)\]")
_LETTER = re.compile(r"([A-Z]{1,3})(?: |$)")
# what faults expect, in the words of the office that gets the copy back; the rest stays as it is
CHINESE = (
    (r"a number such as .*", "一个数，如 165 或 1.8"),
    (r"a period such as .*", "期间，如 2022 或 2022-11"),
    (r"a date such as .*", "日期，如 2022、2022-11 或 2022-11-30"),
    (r"a day such as .*", "日期，如 2023-01-15"),
    (r"a year such as .*", "年份，如 2022"),
    (r"a whole number .*", "正整数"),
    (r"a calculated value.*", "计算后的数值；公式尚未计算，请在 Excel 或 WPS 中打开并保存后再交"),
    (r"a value; the formula gives an error", "有效的数值；公式结果为错误"),
    (r"an indicator of the dictionary, or a row of the mapping", "指标字典中的指标"),
    (r"an enterprise of enterprises.csv", "企业表中的企业"),
    (r"a project of projects.csv", "项目表中的项目"),
    (r"a park of zone.yml", "本区园区"),
    (r"a unit of .*", "单位表中的单位"),
    (r"the id of a source .*", "来源编号"),
    (r"a unified social credit code.*", "18位统一社会信用代码（末位校验）"),
    (r"a GB/T 4754 industry.*", "国民经济行业代码，如 C3971"),
    (r"for \w+ one of (.*)", r"该指标可用的单位：\1"),
    (r"(?:empty, or )?one of (.*)", r"以下之一：\1"),
    (r"empty, or (.*)", r"留空，或\1"),
    (r"one row only.*", "同一项只报一行"),
    (r"one period, not (.*?)(?:;.*)?", r"只能有一个期间，这里却有两个：\1"),
    (r"one unit, not (.*)", r"只能有一个单位，这里却有两个：\1"),
    (r"one number in a cell", "一格只填一个数"),
    (r"a growth above -100 %", "增速应大于-100%"),
    (r"a text without (\S+).*", r"不能打印的字符 \1，请删去"),
    (r"the year of (\S+) .*", r"\1 是哪一年：用 --period 指明"),
    (r"(.*), received on (\S+) already;.*", r"\1（\2 已收到）；修订须用更晚的收到日导入"),
)


def mark_book(path: Path, faults: Sequence[Fault], out: Path) -> None:
    """Write a copy of the workbook ``path`` to ``out`` with the cells of ``faults`` coloured and commented.

    A fault belongs to a cell where its file is ``book.xlsx[工作表]``, with a row and a column that begins with a
    letter; a row without a column is marked at its first cell. A first sheet, 错误清单, lists all faults. Of an .xls
    the copy is an .xlsx with its values only. The original is not touched.

    Raises InputError where ``path`` is no workbook; ValueError where ``out`` is ``path``.
    """
    path, out = Path(path), Path(out)
    if out.resolve() == path.resolve():
        raise ValueError(f"{out} is the workbook itself; the marked copy needs another name")
    book = _copy(path)
    for fault in faults:
        if cell := _cell(book, fault):
            _mark(cell, fault)
    _list(book, faults)
    save(book, out)


def in_chinese(expected: str) -> str:
    """What a fault expects, in Chinese where it is known.

    >>> in_chinese("a number such as 165 or 1.8"), in_chinese("单位: empty, or one of 是, 否")
    ('一个数，如 165 或 1.8', '单位：以下之一：是, 否')
    """
    what, colon, rest = expected.partition(": ")
    if colon and not re.match(r"[a-z]", what):
        return f"{what}：{in_chinese(rest)}"
    expected, semicolon, near = expected.partition("; perhaps ")
    for pattern, words in CHINESE:
        if match := re.fullmatch(pattern, expected):
            expected = match.expand(words)
            break
    return expected + (f"；是否为 {near.replace(' or ', ' 或 ')}" if semicolon else "")


def _copy(path: Path) -> openpyxl.Workbook:
    if path.is_file() and is_xlsx(path):
        with contextlib.suppress(Exception), quiet(), path.open("rb") as stream:
            return openpyxl.load_workbook(stream)
    # says what is wrong with a file that is no workbook
    seen = read_book(path)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in seen.sheets:
        made = book.create_sheet(sheet.name)
        for row, values in enumerate(sheet.grid, 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    put(made.cell(row, column), value)
    return book


def _cell(book: openpyxl.Workbook, fault: Fault):
    place = _PLACE.fullmatch(fault.file)
    if place is None or fault.row is None or place["sheet"] not in book.sheetnames:
        return None
    letter = _LETTER.match(fault.column or "")
    sheet = book[place["sheet"]]
    if not hasattr(sheet, "cell"):
        return None
    row, column = fault.row, column_index_from_string(letter[1]) if letter else 1
    # GDP may be the name of a column that is missing, and no letter
    column = column if column <= sheet.max_column else 1
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
    return sheet.cell(row, column)


def _mark(cell, fault: Fault) -> None:
    text = f"应为：{in_chinese(fault.expected)}"
    before = ""
    if cell.comment:
        before = cell.comment.text
    # a style is shared by cells: a new one, and warnings never cover an error
    if fault.severity == "error" or cell.fill.fgColor.rgb != f"00{COLOURS['error'].fgColor.rgb[-6:]}":
        cell.fill = copy.copy(COLOURS.get(fault.severity, COLOURS["error"]))
    cell.comment = Comment("\n".join(filter(None, [before, text])), "zonereport", height=120, width=300)


def _list(book: openpyxl.Workbook, faults: Sequence[Fault]) -> None:
    name = LIST
    while name in book.sheetnames:
        name += "_"
    sheet = book.create_sheet(name, 0)
    book.active = 0
    sheet.append(["工作表", "行", "列", "值", "应为", "程度"])
    for fault in faults:
        place = _PLACE.fullmatch(fault.file)
        where = fault.file
        if place:
            where = place["sheet"]
        word = {"error": "错误", "warning": "提示"}.get(fault.severity, fault.severity)
        value = "（缺）" if fault.value is None else fault.value or "（空）"
        row = sheet.max_row + 1
        for column, text in enumerate((where, fault.row, fault.column, value, in_chinese(fault.expected), word), 1):
            cell = sheet.cell(row, column)
            # a value that begins with = is what somebody typed, no formula of this list
            put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEF", (16, 6, 20, 24, 60, 8), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
