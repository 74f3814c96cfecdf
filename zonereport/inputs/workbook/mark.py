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
from zonereport.inputs.faultlist import severity_text, value_text
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.fixed import save
from zonereport.inputs.workbook.reading import is_xlsx, quiet, read_book
from zonereport.language import tr

COLOURS = {"error": PatternFill("solid", fgColor="FF9999"), "warning": PatternFill("solid", fgColor="FFE699")}
_PLACE = re.compile(r"(?P<book>.+)\[(?P<sheet>.+)\]")
_LETTER = re.compile(r"([A-Z]{1,3})(?: |$)")


def mark_book(path: Path, faults: Sequence[Fault], out: Path) -> None:
    """Write a copy of the workbook ``path`` to ``out`` with the cells of ``faults`` coloured and commented.

    A fault belongs to a cell where its file is ``book.xlsx[工作表]``, with a row and a column that begins with a
    letter; a row without a column is marked at its first cell. A first sheet, 错误清单, lists all faults, in the
    language of whoever has it made, as every message is. Of an .xls
    the copy is an .xlsx with its values only. The original is not touched.

    Raises InputError where ``path`` is no workbook; ValueError where ``out`` is ``path``.
    """
    path, out = Path(path), Path(out)
    if out.resolve() == path.resolve():
        raise ValueError(tr("{out} is the workbook itself; the marked copy needs another name", out=out))
    book = _copy(path)
    for fault in faults:
        if cell := _cell(book, fault):
            _mark(cell, fault)
    _list(book, faults)
    save(book, out)


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
    # a fault of the zone, or of a sheet that is missing, has no cell here
    if place is None or fault.row is None or place["sheet"] not in book.sheetnames:
        return None
    letter = _LETTER.match(fault.column or "")
    sheet = book[place["sheet"]]
    if not hasattr(sheet, "cell"):
        return None
    row, column = fault.row, column_index_from_string(letter[1]) if letter else 1
    # GDP may be the name of a column that is missing, and no letter
    column = column if column <= sheet.max_column else 1
    # a merged cell shows the comment of its first one only
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
    return sheet.cell(row, column)


def _mark(cell, fault: Fault) -> None:
    text = tr("Expected: {expected}", expected=fault.expected)
    before = ""
    # a note of the office itself stays; ours stands below it
    if cell.comment:
        before = cell.comment.text
    # a style is shared by cells: a new one, and warnings never cover an error
    if fault.severity == "error" or cell.fill.fgColor.rgb != f"00{COLOURS['error'].fgColor.rgb[-6:]}":
        cell.fill = copy.copy(COLOURS.get(fault.severity, COLOURS["error"]))
    cell.comment = Comment("\n".join(filter(None, [before, text])), "zonereport", height=120, width=300)


def _list(book: openpyxl.Workbook, faults: Sequence[Fault]) -> None:
    name = tr("List of faults")
    # a copy that was marked before comes back with its list
    while name in book.sheetnames:
        name += "_"
    sheet = book.create_sheet(name, 0)
    book.active = 0
    sheet.append([tr("sheet"), tr("row"), tr("column"), tr("value"), tr("expected"), tr("severity")])
    for fault in faults:
        place = _PLACE.fullmatch(fault.file)
        where = fault.file
        if place:
            where = place["sheet"]
        value, severity = value_text(fault.value), severity_text(fault.severity)
        row = sheet.max_row + 1
        for column, text in enumerate((where, fault.row, fault.column, value, fault.expected, severity), 1):
            cell = sheet.cell(row, column)
            # a value that begins with = is what somebody typed, no formula of this list
            put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEF", (16, 6, 20, 24, 60, 8), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
