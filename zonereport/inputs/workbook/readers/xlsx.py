"""What an .xlsx says beside its values: formats, errors, formulas never calculated, hidden rows and columns.

Read from the markup itself: transitional and strict files differ only in their namespaces, and a broken style, pivot or
property costs the formats, never the values.
"""

import posixpath
import re
import zipfile

from zonereport.inputs.workbook.book import KEYWORD
from zonereport.inputs.workbook.readers.markup import local, parse
from zonereport.inputs.workbook.readers.model import ERROR_VALUE, UNCALCULATED, Bounds, RawSheet, note_format, shown
from zonereport.language import tr

# the formats that Excel numbers and no file spells out, as far as they show something beside the number
BUILT_IN = {9: "0%", 10: "0.00%"}
_LETTERS = {letter: place for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
LONGEST_FORMULA = 80


def read_facts(archive: zipfile.ZipFile, file: str) -> tuple[list[RawSheet], str]:
    """Return the sheets of an .xlsx without their values, and why formats are not known (empty: they are)."""
    reason = ""
    try:
        formats, indents = _styles(archive)
    # a style sheet that a library of some exporter has spoilt: the values are sound
    except (ValueError, KeyError, IndexError) as error:
        formats, indents, reason = [], [], f"{error}" or tr("no style sheet")
    sheets = []
    for name, state, path in _sheets(archive):
        sheet = RawSheet(name, state == "visible", formats_known=not reason)
        if path in archive.namelist():
            with archive.open(path) as stream:
                handler = _SheetHandler(sheet, formats, indents, Bounds(f"{file}[{name}]"))
                parse(stream, handler.start, handler.end, handler.text)
            handler.finish()
        sheets.append(sheet)
    return sheets, reason


def is_ours(archive: zipfile.ZipFile) -> bool:
    """Return whether the properties of a workbook name it as a template of ours."""
    if "docProps/core.xml" not in archive.namelist():
        return False
    return KEYWORD.encode() in archive.read("docProps/core.xml")


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Return name, state and path of every worksheet in the order of the book."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            about = local(attributes)
            sheets.append((about["name"], about.get("state", "visible"), about["id"]))

    _read(archive, "xl/_rels/workbook.xml.rels", relation)
    _read(archive, "xl/workbook.xml", sheet)
    paths = []
    for name, state, key in sheets:
        target = targets.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        paths.append((name, state, path))
    return paths


def _styles(archive: zipfile.ZipFile) -> tuple[list[str], list[int]]:
    """Return the number format and the indent of every cell style."""
    codes: dict[int, str] = dict(BUILT_IN)
    formats: list[str] = []
    indents: list[int] = []
    inside = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            formats.append(codes.get(int(attributes.get("numFmtId", 0)), ""))
            indents.append(0)
        elif tag == "alignment" and inside and indents:
            indents[-1] = int(attributes.get("indent", 0))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    # some exporters write no style sheet: every number is then shown as it is held
    if "xl/styles.xml" in archive.namelist():
        _read(archive, "xl/styles.xml", start, end)
    return formats, indents


def _read(archive: zipfile.ZipFile, name: str, start, end=lambda tag: None) -> None:
    with archive.open(name) as stream:
        parse(stream, start, end, lambda text: None)


class _SheetHandler:
    """Takes the tags of one sheet; what is not a figure passes by quickly, a book may have a million of them."""

    def __init__(self, sheet: RawSheet, formats: list[str], indents: list[int], bounds: Bounds):
        self.sheet, self.formats, self.indents, self.bounds = sheet, formats, indents, bounds
        telling = []
        for code in formats:
            telling.append(bool(code and shown(code) != shown("General")))
        self.telling = {place for place, tells in enumerate(telling) if tells}
        self.row, self.column, self.lowest, self.widest = -1, -1, 0, 0
        self.cell: dict[str, str] = {}
        self.part, self.value, self.formula, self.length = "", "", None, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "f", "t"):
            self.part = tag
            if tag == "f":
                self.formula = ""
        elif tag == "row":
            self.bounds.row()
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), int(attributes["min"]) + 1000)
            self.sheet.hidden_columns.update(range(int(attributes["min"]) - 1, last))
        elif tag == "mergeCell":
            self.bounds.row()
            if match := _RANGE.fullmatch(attributes.get("ref", "").replace("$", "")):
                left, top = _number(match[1]), int(match[2])
                right, bottom = _number(match[3] or match[1]), int(match[4] or match[2])
                self.sheet.ranges.append((top - 1, left - 1, bottom - 1, right - 1))

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column += 1
        if reference:
            digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            self.column = _number(reference[: len(reference) - len(digits)]) - 1
            self.row = int(digits) - 1
        self.bounds.cell(self.column)
        self.cell, self.value, self.formula, self.length = attributes, "", None, 0

    def text(self, text: str) -> None:
        self.length += len(text)
        self.bounds.text(self.length)
        if self.part == "f" and len(self.formula or "") < LONGEST_FORMULA:
            self.formula = (self.formula or "") + text
        elif self.part and len(self.value) < LONGEST_FORMULA:
            self.value += text

    def end(self, tag: str) -> None:
        if tag in ("v", "f", "t"):
            self.part = ""
        elif tag == "c":
            self._finished()

    def _finished(self) -> None:
        spot, kind, sheet = (self.row, self.column), self.cell.get("t", "n"), self.sheet
        # only cells that hold something span the grid: a format reaches to the last row
        if self.value or self.formula is not None:
            self.lowest, self.widest = max(self.lowest, self.row), max(self.widest, self.column)
        if kind == "e":
            shown = self.value
            if self.formula:
                shown = tr("={formula} is {value}", formula=self.formula, value=self.value)
            sheet.troubles[spot] = (shown, tr(ERROR_VALUE))
        # a text formula may be empty on purpose, a number was never calculated
        elif self.formula is not None and not self.value and kind != "str":
            sheet.troubles[spot] = (f"={self.formula}", tr(UNCALCULATED))
        style = int(self.cell.get("s", 0))
        if style < len(self.indents) and self.indents[style]:
            sheet.indents[spot] = self.indents[style] * 2
        if kind == "n" and self.value and style in self.telling:
            note_format(sheet, spot, self.formats[style])

    def finish(self) -> None:
        self.bounds.grid(self.lowest + 1, self.widest + 1)


def _number(letters: str) -> int:
    """Return the number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + _LETTERS[letter]
    return number
