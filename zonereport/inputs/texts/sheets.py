"""Sheets to be reviewed: headers, drop-downs, quotations with their number in bold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zonereport.disk.spreadsheet import acts, put
from zonereport.inputs.texts.model import LOW, MIDDLE
from zonereport.inputs.texts.rows import plain_value
from zonereport.inputs.workbook.book import LIST_SHEET
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import AUTOMATIC
from zonereport.inputs.workbook.lessons import NAME

QUOTE, SURENESS, HINT = f"原文{AUTOMATIC}", f"把握{AUTOMATIC}", f"提示{AUTOMATIC}"
READ = f"原文数{AUTOMATIC}"
FONT = "Noto Sans CJK SC"
HEAD = Font(name=FONT, bold=True)
LINE = Border(bottom=Side("thin", color="808080"))
REQUIRED, OPTIONAL, LOOKED_AT = (PatternFill("solid", fgColor=colour) for colour in ("F8CBAD", "DDEBF7", "EDEDED"))
DOUBTFUL, UNSURE = PatternFill("solid", fgColor="FFE699"), PatternFill("solid", fgColor="FFF2CC")
WIDE = {
    QUOTE: 60,
    HINT: 36,
    NAME: 28,
    "项目名称": 24,
    "载体名称": 24,
    "工程名称": 24,
    "企业名称": 20,
    "说明": 24,
    "所述": 50,
}
# how many rows a drop-down serves beyond those that are filled in
ROOM = 200


@dataclass(frozen=True)
class Cell:
    """A quotation with the number that it is about between two places."""

    text: str
    mark: tuple[int, int]


class Sheets:
    """The sheets of one workbook; ``rows`` is how many rows a sheet may have."""

    def __init__(self, book: openpyxl.Workbook, context: Context, rows: int):
        self.book, self.context, self.rows = book, context, rows
        self.lists = book.create_sheet(LIST_SHEET)
        self.lists.sheet_state = "hidden"
        self.listed: dict[tuple[str, ...], str] = {}

    def fields(self, table: str, columns: Iterable[str]) -> list[tuple[str, bool, tuple[str, ...]]]:
        """Return header, whether it must be filled in, and choices of columns of a table."""
        fields = {field.name: field for field in self.context.schemas[table].fields}
        found = []
        for name in columns:
            field = fields[name]
            choices = tuple(field.choices.values())
            if field.kind == "code":
                derived = set(self.context.dictionary.derived.index)
                choices = tuple(
                    name_zh
                    for code, name_zh in self.context.dictionary.indicators["name_zh"].items()
                    if code not in derived
                )
            elif field.kind == "unit":
                choices = tuple(self.context.dictionary.units)
            found.append((field.name_zh, field.required, choices))
        return found

    def sheet(
        self, name: str, fields: Sequence[tuple[str, bool, tuple[str, ...]]], automatic: Sequence[str]
    ) -> Worksheet:
        """Begin a sheet: its headers, drop-downs of the columns that have choices, columns for reading only."""
        sheet = self.book.create_sheet(name)
        for column, (header, required, choices) in enumerate(fields, 1):
            self.head(sheet, column, header, REQUIRED if required else OPTIONAL)
            if choices:
                rule = DataValidation("list", self.area(choices), allow_blank=True, errorStyle="warning")
                rule.errorTitle, rule.error = header, "请从下拉列表中选择"
                letter = get_column_letter(column)
                rule.add(f"{letter}2:{letter}{self.rows + ROOM}")
                sheet.add_data_validation(rule)
        for column, header in enumerate(automatic, len(fields) + 1):
            self.head(sheet, column, header, LOOKED_AT)
        sheet.freeze_panes = "C2"
        return sheet

    def head(self, sheet: Worksheet, column: int, header: str, fill: PatternFill) -> None:
        """Write one header."""
        cell = sheet.cell(1, column)
        put(cell, header)
        cell.font, cell.border, cell.fill = HEAD, LINE, fill
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        about = sheet.column_dimensions[get_column_letter(column)]
        about.width = WIDE.get(header, max(10, 2 * len(header) + 2))
        # text, or a spreadsheet makes a date of 2022-11
        if header in ("期间", "年度"):
            about.number_format = "@"

    def area(self, choices: tuple[str, ...]) -> str:
        """Return the area of the hidden sheet that holds these choices; the same choices stand there once."""
        if choices not in self.listed:
            column = len(self.listed) + 1
            for row, choice in enumerate(choices, 1):
                put(self.lists.cell(row, column), choice)
            letter = get_column_letter(column)
            self.listed[choices] = f"'{LIST_SHEET}'!${letter}$1:${letter}${len(choices)}"
        return self.listed[choices]

    def line(self, sheet: Worksheet, cells: Sequence[object], confidence: str) -> None:
        """Write a row below the others, shaded by how little it can be trusted."""
        row = sheet.max_row + 1
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            if isinstance(value, Cell):
                _quotation(cell, value)
            elif value not in ("", None):
                put(cell, value)
            header = sheet.cell(1, column).value
            cell.alignment = Alignment(vertical="top", wrap_text=header in (QUOTE, HINT, "原文", "所述"))
            if header in ("期间", "年度"):
                cell.number_format = "@"
            if confidence in (LOW, MIDDLE):
                cell.fill = DOUBTFUL if confidence == LOW else UNSURE


def figure(text: str) -> object:
    """Return a figure as a number of the sheet."""
    if not text:
        return ""
    value = float(plain_value(text))
    return int(value) if value == int(value) else value


def _quotation(cell, quotation: Cell) -> None:
    """Write a quotation with its number in bold; one that a spreadsheet would compute stays plain text."""
    first, last = quotation.mark
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", quotation.text)
    if acts(text) or not 0 <= first < last <= len(text):
        put(cell, text)
        return
    parts: list[object] = [text[:first], TextBlock(InlineFont(b=True), text[first:last]), text[last:]]
    cell.value = CellRichText([part for part in parts if part])
