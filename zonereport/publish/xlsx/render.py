"""The workbook: contents with links, then a sheet for each table and each chart; a text is never a formula."""

import io
import re
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from math import ceil

from nbformat import NotebookNode
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from zonereport.disk.spreadsheet import put
from zonereport.publish import zipped
from zonereport.publish.document import Front
from zonereport.publish.errors import PublishError
from zonereport.publish.outputs import Shown, shown
from zonereport.publish.tables import width
from zonereport.publish.xlsx.figures import Figure
from zonereport.publish.xlsx.sheets import Sheet, sheet

ACCENT, TINT, HAIRLINE, MARK = "1F4E79", "F1F5F9", "D5DBE3", "8A4B00"
CONTENTS = "目录"
OF_CHART = "本表为图的数据；数值按图中所印位数显示，单元格内为全部位数。"
FACE = "宋体"
# a name of a sheet is no longer, and has none of these
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# of a column, in characters of Latin type; a full-width one takes two
_NARROWEST, _WIDEST = 8, 44
# title, finding, a line to breathe
_ABOVE = 3
# of a number's format, what is not printed as it stands there
_CODES = re.compile('[0#,."+-]')
_LINE = Side(style="thin", color=HAIRLINE)
_RULE = Side(style="medium", color=ACCENT)


def render(notebook: NotebookNode, front: Front) -> bytes:
    """Return the workbook; the same notebook gives the same bytes.

    Raises:
        PublishError: there is nothing to put into a sheet.
    """
    book = Workbook()
    contents = book.active
    contents.title = CONTENTS
    listed = []
    for one in shown(notebook):
        if one.role not in ("table", "figure"):
            continue
        made = sheet(one, front.origins)
        if made is None:
            continue
        page = book.create_sheet(_name(one, book.sheetnames))
        _fill(page, one, made, front)
        listed.append((page.title, one))
    if not listed:
        raise PublishError("the annex has no table: no chapter shows one")
    _contents(contents, listed, front)
    _describe(book, front)
    out = io.BytesIO()
    book.save(out)
    return zipped.settled(out.getvalue(), front.day)


def _name(one: Shown, taken: Sequence[str]) -> str:
    """Name a sheet by the number and the title of its table."""
    name = _FORBIDDEN.sub("", _NO_XML.sub("", f"{one.label} {one.caption}"))[:_LONGEST].strip()
    if name in taken:
        name = one.label
    return name


def _text(page: Worksheet, row: int, column: int, value: str, font: Font, *, wrap: bool = False) -> None:
    cell = page.cell(row, column)
    put(cell, _NO_XML.sub("", value))
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=wrap)


def _link(page: Worksheet, row: int, column: int, value: str, target: str) -> None:
    """A link inside the workbook: an object of the sheet, not a formula."""
    _text(page, row, column, value, Font(name=FACE, size=11, color=ACCENT, underline="single"))
    cell = page.cell(row, column)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=cell.value)


def _fill(page: Worksheet, one: Shown, made: Sheet, front: Front) -> None:
    _text(page, 1, 1, f"{one.label}　{one.caption}", Font(name="黑体", size=14, color=ACCENT))
    _across(page, 2, one.claim or one.chapter, 11, made)
    _link(page, 3, 1, "返回目录", CONTENTS)
    if front.mark:
        _text(page, 3, 2, front.mark, Font(name=FACE, size=10, color=MARK))
    _widths(page, made)
    _grid(page, made)
    last = _ABOVE + made.rows
    if one.role == "figure":
        _across(page, last + 3, OF_CHART, 9, made)
    if one.note:
        _across(page, last + 2, one.note, 9, made)
    _print(page, made, front)


def _across(page: Worksheet, row: int, value: str, size: int, made: Sheet) -> None:
    """Write words over all columns of the table, as high as they need: a long line would widen the printed page."""
    _text(page, row, 1, value, Font(name=FACE, size=size), wrap=True)
    columns = max(made.columns, 2)
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    room = sum(page.column_dimensions[get_column_letter(column)].width for column in range(1, columns + 1))
    # the width of a column counts characters of 11 points
    lines = max(1, ceil(2 * width(value) * size / 11 / max(room - 2, 1)))
    page.row_dimensions[row].height = round(lines * size * 1.45 + 3, 1)


def _grid(page: Worksheet, made: Sheet) -> None:
    """Write the cells of a table, each with its look, and join those that reach over others."""
    looks: dict[tuple, object] = {}
    by_place = {(entry.row, entry.column): entry for entry in made.entries}
    for row in range(made.rows):
        for column in range(made.columns):
            cell = page.cell(_ABOVE + 1 + row, column + 1)
            entry = by_place.get((row, column))
            value = entry.value if entry else ""
            form = "General"
            if isinstance(value, Figure):
                cell.value, form = value.value, value.form
            elif value:
                put(cell, _NO_XML.sub("", value))
            _look(cell, (row < made.heads, row in (0, made.heads), row == made.rows - 1, form, cell.quotePrefix), looks)
    for entry in made.entries:
        if entry.rows > 1 or entry.columns > 1:
            first, last = _ABOVE + 1 + entry.row, _ABOVE + entry.row + entry.rows
            page.merge_cells(
                start_row=first, end_row=last, start_column=entry.column + 1, end_column=entry.column + entry.columns
            )


def _look(cell: Cell, kind: tuple, looks: dict[tuple, object]) -> None:
    """Give a cell the look of its kind; to compose one takes openpyxl longer than to copy it."""
    known = looks.get(kind)
    if known is not None:
        cell._style = copy(known)
        return
    in_head, first, last, form, _ = kind
    cell.font = Font(name=FACE, size=11, bold=in_head, color=ACCENT if in_head else None)
    side = "left" if form == "General" else "right"
    if in_head:
        side = "center"
        cell.fill = PatternFill("solid", fgColor=TINT)
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, indent=0 if in_head else 1)
    cell.border = Border(top=_RULE if first else _LINE, bottom=_RULE if last else _LINE)
    cell.number_format = form
    looks[kind] = copy(cell._style)


def _widths(page: Worksheet, made: Sheet) -> None:
    widest = [float(_NARROWEST)] * max(made.columns, 2)
    for entry in made.entries:
        if entry.columns > 1:
            continue
        shown_as = entry.value
        if isinstance(shown_as, Figure):
            shown_as = f"{shown_as.value:,.2f}" + _CODES.sub("", shown_as.form.partition(";")[0])
        needed = max((2 * width(line) for line in str(shown_as).split("\n")), default=0.0) + 3
        widest[entry.column] = max(widest[entry.column], min(needed, _WIDEST))
    for column, wide in enumerate(widest, start=1):
        page.column_dimensions[get_column_letter(column)].width = round(wide, 1)


def _print(page: Worksheet, made: Sheet, front: Front) -> None:
    """Heads stay in sight and come back on every printed page, which is as wide as the table."""
    first = _ABOVE + made.heads
    page.freeze_panes = page.cell(first + 1, 2)
    page.print_title_rows = f"{_ABOVE + 1}:{first}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&P / &N"
    _head(page, front)


def _head(page: Worksheet, front: Front) -> None:
    """Print on every page whether the data is made up, and which edition it is."""
    said = "　".join(filter(None, (front.mark, front.edition)))
    # & begins a code of headers
    page.oddHeader.right.text = said.replace("&", "&&")


def _contents(page: Worksheet, listed: Sequence[tuple[str, Shown]], front: Front) -> None:
    _text(page, 1, 1, f"{front.title}　附表", Font(name="黑体", size=16, color=ACCENT))
    about = "　".join(filter(None, (front.organisation, front.place, front.date, front.edition)))
    _text(page, 2, 1, about, Font(name=FACE, size=11))
    _text(page, 3, 1, front.mark, Font(name=FACE, size=11, color=MARK))
    heads = ("编号", "表名", "章", "节")
    for column, head in enumerate(heads, start=1):
        _text(page, 5, column, head, Font(name=FACE, size=11, bold=True, color=ACCENT))
        page.cell(5, column).fill = PatternFill("solid", fgColor=TINT)
        page.cell(5, column).border = Border(top=_RULE, bottom=_RULE)
    for row, (name, one) in enumerate(listed, start=6):
        _text(page, row, 1, one.label, Font(name=FACE, size=11))
        _link(page, row, 2, one.caption, name)
        _text(page, row, 3, one.chapter, Font(name=FACE, size=11))
        _text(page, row, 4, one.section, Font(name=FACE, size=11))
        for column in range(1, len(heads) + 1):
            page.cell(row, column).border = Border(bottom=_LINE)
    last = 7 + len(listed)
    for row, line in enumerate(filter(None, (front.people, front.made)), start=last):
        _text(page, row, 1, line, Font(name=FACE, size=9))
    for column, wide in zip("ABCD", (9, 52, 22, 34), strict=True):
        page.column_dimensions[column].width = wide
    page.freeze_panes = "A6"
    page.page_setup.orientation = "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    _head(page, front)


def _describe(book: Workbook, front: Front) -> None:
    about = book.properties
    about.title = _NO_XML.sub("", f"{front.title} 附表")
    about.creator = about.lastModifiedBy = _NO_XML.sub("", front.organisation)
    about.description = _NO_XML.sub("", front.mark)
    # of the period's last day, not of the clock; when it is saved openpyxl writes the hour, which ``zipped`` takes back
    about.created = datetime.fromisoformat(front.day or zipped.FIRST_DAY)
