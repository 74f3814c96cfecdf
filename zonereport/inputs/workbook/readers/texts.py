"""Tables that are texts: CSV and tab-separated text, web pages and SpreadsheetML of 2003, whatever they are called."""

import csv
import io
import itertools
import re

from bs4 import BeautifulSoup

from zonereport.inputs.workbook.book import Value
from zonereport.inputs.workbook.readers.markup import local, parse
from zonereport.inputs.workbook.readers.model import ERROR_VALUE, UNCALCULATED, Bounds, RawSheet, note_format
from zonereport.language import tr

# a number that loses nothing as a number: no leading zero, no more digits than a spreadsheet keeps, no 2022.10
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.\d{1,10})?")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d\.\d{1,2}")


def decoded(content: bytes) -> str | None:
    """Return a text that is UTF-8, UTF-16 with its mark, or GB 18030 as Chinese Windows saves it; None for none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def read_separated(text: str, name: str, file: str) -> list[RawSheet]:
    """Return the one sheet of a CSV or tab-separated text."""
    # the delimiter that the first lines have most of
    head = text[:4000]
    delimiter = max("\t,;", key=head.count)
    bounds, sheet = Bounds(file), RawSheet(name)
    # a cell of a million characters is an open quotation mark
    csv.field_size_limit(1_000_000)
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        bounds.row()
        if row:
            bounds.cell(len(row) - 1)
            bounds.cells += len(row) - 1
        sheet.grid.append([valued(cell) for cell in row])
    return [sheet]


def read_web_page(text: str, file: str) -> list[RawSheet]:
    """Return a sheet for every table of a web page that holds no other table."""
    sheets = []
    bounds = Bounds(file)
    for table in BeautifulSoup(text, "html.parser").find_all("table"):
        if table.find("table") is None:
            sheets.append(_web_table(table, f"Sheet{len(sheets) + 1}", bounds))
    return sheets


def _web_table(table, name: str, bounds: Bounds) -> RawSheet:
    sheet = RawSheet(name)
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.find_all("tr")):
        bounds.row()
        column, cells = 0, []
        for cell in line.find_all(["td", "th"]):
            # a cell of a row above reaches down into this one
            while (row, column) in taken:
                column += 1
            wide, high = (_span(cell.get(key)) for key in ("colspan", "rowspan"))
            cells += [""] * (column - len(cells))
            cells.append(valued(cell.get_text(" ", strip=True).replace("\xa0", " ")))
            bounds.cell(column + wide)
            bounds.cells += wide * high
            if wide > 1 or high > 1:
                sheet.ranges.append((row, column, row + high - 1, column + wide - 1))
                for below in range(row, row + high):
                    taken.update(zip(itertools.repeat(below), range(column, column + wide)))
            column += wide
        sheet.grid.append(cells)
    return sheet


def _span(text: str | None) -> int:
    if text and text.isdigit():
        return max(1, min(int(text), 1000))
    return 1


def read_spreadsheetml(content: bytes, file: str) -> list[RawSheet]:
    """Return the sheets of an XML spreadsheet of 2003, the formats of its numbers noted."""
    handler = _SpreadsheetML(file)
    parse(io.BytesIO(content), handler.start, handler.end, handler.text)
    return handler.sheets


class _SpreadsheetML:
    def __init__(self, file: str):
        self.file, self.sheets, self.bounds = file, [], Bounds(file)
        self.formats: dict[str, str] = {}
        self.style, self.kind, self.formula = "", "", ""
        self.row = self.column = -1
        self.data: list[str] | None = None
        self.merge = (0, 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        about = local(attributes)
        handler = getattr(self, f"_{tag.lower()}", None)
        if handler is not None and (self.sheets or tag in ("Style", "NumberFormat", "Worksheet")):
            handler(about)

    def _style(self, about: dict[str, str]) -> None:
        self.style = about.get("ID", "")

    def _numberformat(self, about: dict[str, str]) -> None:
        named = {"Percent": "0.00%"}
        self.formats[self.style] = named.get(about.get("Format", ""), about.get("Format", ""))

    def _worksheet(self, about: dict[str, str]) -> None:
        name = about.get("Name", "")
        self.sheets.append(RawSheet(name))
        self.bounds, self.row, self.columns = Bounds(f"{self.file}[{name}]"), -1, -1

    def _visible(self, about: dict[str, str]) -> None:
        self.data = []

    def _column(self, about: dict[str, str]) -> None:
        self.columns = int(about.get("Index", self.columns + 2)) - 1
        if about.get("Hidden") == "1":
            self.sheets[-1].hidden_columns.add(self.columns)
        self.columns += int(about.get("Span", 0))

    def _row(self, about: dict[str, str]) -> None:
        self.bounds.row()
        self.row, self.column = int(about.get("Index", self.row + 2)) - 1, -1
        self.bounds.grid(self.row + 1, 1)
        if about.get("Hidden") == "1":
            self.sheets[-1].hidden_rows.add(self.row)

    def _cell(self, about: dict[str, str]) -> None:
        self.column = int(about.get("Index", self.column + 2)) - 1
        self.bounds.cell(self.column)
        self.style, self.formula = about.get("StyleID", ""), about.get("Formula", "")
        self.merge = (int(about.get("MergeAcross", 0)), int(about.get("MergeDown", 0)))

    def _data(self, about: dict[str, str]) -> None:
        self.kind, self.data = about.get("Type", "String"), []

    def text(self, text: str) -> None:
        if self.data is not None:
            self.data.append(text)

    def end(self, tag: str) -> None:
        if tag == "Data" and self.data is not None:
            self._put("".join(self.data))
            self.data = None
        elif tag == "Visible" and self.data is not None:
            self.sheets[-1].visible = "Hidden" not in "".join(self.data)
            self.data = None
        elif tag == "Cell":
            self._cell_ends()

    def _put(self, text: str) -> None:
        sheet, spot = self.sheets[-1], (self.row, self.column)
        value: Value = text
        if self.kind == "Number":
            value = float(text)
            note_format(sheet, spot, self.formats.get(self.style, ""), value)
        # midnight is how this format writes a day
        elif self.kind == "DateTime":
            value = text.removesuffix("T00:00:00.000")
        elif self.kind == "Error":
            sheet.troubles[spot] = (text, tr(ERROR_VALUE))
        self.formula = ""
        self.bounds.grid(self.row + 1, self.column + 1)
        while len(sheet.grid) <= self.row:
            sheet.grid.append([])
        cells = sheet.grid[self.row]
        cells += [""] * (self.column + 1 - len(cells))
        cells[self.column] = value

    def _cell_ends(self) -> None:
        sheet, (across, down) = self.sheets[-1], self.merge
        if self.formula:
            sheet.troubles[self.row, self.column] = (self.formula, tr(UNCALCULATED))
        if across or down:
            sheet.ranges.append((self.row, self.column, self.row + down, self.column + across))
        self.column += across


def valued(text: str) -> Value:
    """Return the number that a text is, if it loses nothing as one; else the text.

    >>> valued("165"), valued("-4.50"), valued("007"), valued("2022.10"), valued("3.2%")
    (165.0, -4.5, '007', '2022.10', '3.2%')
    """
    bare = text.strip()
    if _NUMBER.fullmatch(bare) and not _YEAR_AND_MONTH.fullmatch(bare):
        return float(bare)
    return text
