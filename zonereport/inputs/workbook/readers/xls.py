"""What an .xls or .et says beside its values, by xlrd: formats, errors, hidden rows and columns."""

import io
import struct
from pathlib import Path

import xlrd

from zonereport.inputs.workbook.readers.model import ERROR_VALUE, UNCALCULATED, Bounds, RawSheet, note_format
from zonereport.language import tr

_FORMULA, _END = 0x0006, 0x000A
# a formula whose result is "no text": what a program writes that never calculated it
_NO_RESULT = b"\x03\x00\x00\x00\x00\x00\xff\xff"


def read_facts(path: Path) -> list[RawSheet]:
    """Return the sheets of an .xls without their values; raises xlrd.XLRDError and others on what it cannot read."""
    # on demand, because records are looked at again for formulas and the sheets may be large
    book = xlrd.open_workbook(path, formatting_info=True, on_demand=True, logfile=io.StringIO())
    sheets = []
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        raw = RawSheet(sheet.name, sheet.visibility == 0)
        bounds = Bounds(f"{path.name}[{sheet.name}]")
        bounds.grid(sheet.nrows, sheet.ncols)
        raw.hidden_rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden}
        raw.hidden_columns = {column for column, about in sheet.colinfo_map.items() if about.hidden}
        # xlrd counts to the row and the column behind the range
        for top, bottom, left, right in sheet.merged_cells:
            raw.ranges.append((top, left, bottom - 1, right - 1))
        for spot in _uncalculated(book, place):
            raw.troubles[spot] = (tr("a formula"), tr(UNCALCULATED))
        for row in range(sheet.nrows):
            for column, (kind, value) in enumerate(
                zip(sheet.row_types(row), sheet.row_values(row), strict=True),
            ):
                if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    bounds.cell(column)
                    _note(book, sheet, raw, (row, column), kind, value)
        sheets.append(raw)
        book.unload_sheet(place)
    book.release_resources()
    return sheets


def _note(book: xlrd.Book, sheet, raw: RawSheet, spot: tuple[int, int], kind: int, value: object) -> None:
    style = book.xf_list[sheet.cell_xf_index(*spot)]
    if kind == xlrd.XL_CELL_ERROR:
        raw.troubles[spot] = (xlrd.error_text_from_code.get(value, "#?"), tr(ERROR_VALUE))
    elif kind == xlrd.XL_CELL_NUMBER:
        note_format(raw, spot, book.format_map[style.format_key].format_str)
    if style.alignment.indent_level:
        raw.indents[spot] = style.alignment.indent_level * 2


def _uncalculated(book: xlrd.Book, place: int) -> list[tuple[int, int]]:
    """Return the cells of a sheet with a formula that has no result, from the records of the file."""
    memory, position, spots = book.mem, book._sh_abs_posn[place], []
    while position + 4 <= len(memory):
        code, length = struct.unpack("<HH", memory[position : position + 4])
        if code == _END:
            break
        if code == _FORMULA and length >= 14:
            row, column = struct.unpack("<HH", memory[position + 4 : position + 8])
            if bytes(memory[position + 10 : position + 18]) == _NO_RESULT:
                spots.append((row, column))
        # records follow each other: code, length, content
        position += 4 + length
    return spots
