"""What an .ods says beside its values: percent, errors, formulas never calculated, hidden rows and columns."""

import re
import zipfile

from zonereport.inputs.workbook.readers.markup import local, parse
from zonereport.inputs.workbook.readers.model import (
    ERROR_VALUE,
    MOST_COLUMNS,
    MOST_ROWS,
    UNCALCULATED,
    Bounds,
    RawSheet,
)
from zonereport.language import tr

HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+")
_SUFFIX = re.compile(r"[^\d\s()]*$")


def read_facts(archive: zipfile.ZipFile, file: str) -> list[RawSheet]:
    """Return the sheets of an .ods without their values."""
    handler = _Handler(file)
    with archive.open("content.xml") as stream:
        parse(stream, handler.start, handler.end, handler.text)
    return handler.sheets


class _Handler:
    """Takes the tags of content.xml; repeated cells are told apart only where they hold something."""

    def __init__(self, file: str):
        self.file, self.sheets = file, []
        self.bounds = Bounds(file)
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.cell: dict[str, str] = {}
        self.shown: list[str] = []
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        about = local(attributes)
        if tag == "table":
            self.sheets.append(RawSheet(about.get("name", "")))
            self.bounds = Bounds(f"{self.file}[{about.get('name', '')}]")
            self.row, self.columns_seen = 0, 0
        elif not self.sheets:
            return
        elif tag == "table-column":
            # one tag may stand for a thousand million empty columns
            repeated = min(int(about.get("number-columns-repeated", 1)), MOST_COLUMNS)
            if about.get("visibility") in HIDDEN:
                self.sheets[-1].hidden_columns.update(range(self.columns_seen, self.columns_seen + repeated))
            self.columns_seen += repeated
        elif tag == "table-row":
            self.bounds.row()
            self.rows, self.column = int(about.get("number-rows-repeated", 1)), 0
            if about.get("visibility") in HIDDEN:
                self.sheets[-1].hidden_rows.update(range(self.row, self.row + min(self.rows, MOST_ROWS)))
        elif tag in ("table-cell", "covered-table-cell"):
            self.columns = int(about.get("number-columns-repeated", 1))
            self.cell, self.shown = about, []
            # empty cells are repeated by the million to the end of a row: only what holds something is counted
            if "value-type" in about or "formula" in about:
                self.bounds.cell(self.column)
                self.bounds.grid(self.row + 1, self.column + 1)
        elif tag == "p":
            self.depth += 1

    def text(self, text: str) -> None:
        if self.depth:
            self.shown.append(text)

    def end(self, tag: str) -> None:
        if tag == "p":
            self.depth = max(0, self.depth - 1)
        elif tag in ("table-cell", "covered-table-cell") and self.sheets:
            self._finished()
            self.column += self.columns
        elif tag == "table-row":
            self.row += self.rows

    def _finished(self) -> None:
        sheet, spot, about = self.sheets[-1], (self.row, self.column), self.cell
        kind, text = about.get("value-type", ""), "".join(self.shown).strip()
        # an error is stored as a number with the error as its text
        if _ERROR.fullmatch(text) and ("formula" in about or kind == "error"):
            sheet.troubles[spot] = (text, tr(ERROR_VALUE))
        elif "formula" in about and not kind:
            sheet.troubles[spot] = (about["formula"].partition(":")[2] or "=", tr(UNCALCULATED))
        elif kind == "percentage":
            # the value is 0.032 and the cell shows 3.2%
            sheet.percents.add(spot)
        elif kind == "float" and (suffix := _SUFFIX.search(text)[0].strip(".,")):
            sheet.suffixes[spot] = suffix
        wide = int(about.get("number-columns-spanned", 1))
        high = int(about.get("number-rows-spanned", 1))
        if wide > 1 or high > 1:
            sheet.ranges.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))
