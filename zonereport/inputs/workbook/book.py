"""A workbook as it was handed in: visible sheets as grids of values, with what cannot be trusted in them."""

import contextlib
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.workbook.cells import number_text

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
# a stray cell in the last row of a sheet would make a grid of 17 thousand million cells
MOST_CELLS = 5_000_000
LIST_SHEET = "_列表"
UNCALCULATED = "a calculated value; the formula was never calculated: open the book in Excel or WPS and save it"
ERROR_VALUE = "a value; the formula gives an error"


@dataclass(frozen=True)
class Sheet:
    """One visible sheet. Rows and columns count from 0 here; faults count rows from 1 and name columns by letter.

    ``ranges`` are merged (top, left, bottom, right); ``troubles`` names cells whose value cannot
    be trusted (value, expectation); ``hidden`` are the rows to skip; ``indents`` the indents set as cell format.
    """

    name: str
    grid: list[list[Value]]
    ranges: tuple[tuple[int, int, int, int], ...] = ()
    troubles: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    indents: dict[tuple[int, int], int] = field(default_factory=dict)

    def at(self, row: int, column: int, *, fill: bool = False) -> Value:
        """The value of a cell; with ``fill`` the first one of the merged range it lies in. Empty beyond the grid."""
        if fill:
            row, column = self.merged.get((row, column), (row, column))
        inside = row < len(self.grid) and column < len(self.grid[row])
        return self.grid[row][column] if inside else ""

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.grid), default=0)

    @cached_property
    def merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """From every cell of a merged range to its first one."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.ranges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }


@dataclass(frozen=True)
class Book:
    """A workbook: its visible sheets, what was left out (``notices``), and all troubled cells (``faults``).

    ``ours`` says that it is a filled template of write_template.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    notices: tuple[Fault, ...] = ()
    ours: bool = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        """A fault for every cell with a formula that was never calculated, or an error value."""
        return tuple(
            fault_at(self, sheet, row, column, value, expected)
            for sheet in self.sheets
            for (row, column), (value, expected) in sorted(sheet.troubles.items())
        )


def fault_at(
    book: Book, sheet: Sheet, row: int, column: int | None, value: str | None, expected: str, *, header: str = "",
    severity: str = "error",
) -> Fault:  # fmt: skip
    """The fault of a cell: file ``book.xlsx[工作表]``, row from 1, column as letter and header (``D 数值``)."""
    named = None if column is None else f"{get_column_letter(column + 1)} {header}".rstrip()
    return Fault(f"{book.path.name}[{sheet.name}]", row + 1, named, value, expected, severity=severity)


def read_book(path: Path) -> Book:
    """Read an .xlsx, .xlsm, .xls or .ods; hidden sheets and rows are left out, with a notice for each.

    Of an .xls and .ods the formats are not read: hidden rows, percent formats and formulas never calculated stay
    unseen, which is a notice too.
    Raises InputError where the file is no workbook.
    """
    path = Path(path)
    try:
        facts = _facts(path) if is_xlsx(path) else {}
        # by content: offices rename files, and what is called .xls may be an .xlsx
        with path.open("rb") as stream, quiet(), CalamineWorkbook.from_filelike(stream) as opened:
            return _book(path, opened, facts)
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    # two libraries, one in Rust whose panics are no Exception, read files that anybody may have spoilt
    except BaseException as error:
        reason = str(error).split("\n")[0] or type(error).__name__
        missing = isinstance(error, FileNotFoundError)
        value, expected = (None, "a file") if missing else (reason, "an .xlsx or .xls workbook without password")
        raise InputError([Fault(path.name, None, None, value, expected)]) from None


def is_xlsx(path: Path) -> bool:
    """Whether a file is an .xlsx or .xlsm by its content."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _book(path: Path, opened: CalamineWorkbook, facts: dict[str, dict]) -> Book:
    sheets, notices = [], []
    if not facts:
        note = "an .xlsx: hidden rows, percent formats and formulas never calculated cannot be seen in other files"
        notices.append(Fault(path.name, None, None, "an old format", note, severity="warning"))
    for about in opened.sheets_metadata:
        if about.name == LIST_SHEET or about.typ != SheetTypeEnum.WorkSheet:
            continue
        file = f"{path.name}[{about.name}]"
        if about.visible != SheetVisibleEnum.Visible:
            notices.append(
                Fault(file, None, None, "a hidden sheet", "a visible one; it was skipped", severity="warning")
            )
            continue
        known = facts.get(about.name, {})
        if known.get("size", 0) > MOST_CELLS:
            wide = Fault(file, None, None, f"{known['size']} cells", f"at most {MOST_CELLS}; a stray cell far away?")
            raise InputError([wide])
        raw = opened.get_sheet_by_name(about.name)
        grid = raw.to_python(skip_empty_area=False)
        for row, column in known.get("percents", ()):
            if row < len(grid) and column < len(grid[row]) and type(grid[row][column]) in (int, float):
                grid[row][column] = number_text(grid[row][column] * 100) + "%"
        hidden = frozenset(row for row in known.get("hidden", ()) if row < len(grid) and any(_said(grid[row])))
        notices += [
            Fault(file, row + 1, None, "a hidden row", "a visible one; it was skipped", severity="warning")
            for row in sorted(hidden)
        ]
        ranges = _clipped(raw.merged_cell_ranges or [], grid)
        sheets.append(Sheet(about.name, grid, ranges, known.get("troubles", {}), hidden, known.get("indents", {})))
    return Book(path, tuple(sheets), tuple(notices), any(facts.get(name, {}).get("ours") for name in facts))


def _facts(path: Path) -> dict[str, dict]:
    """By sheet what calamine does not tell: formulas without value, errors, percent formats, hidden rows, indents."""
    with quiet():
        raw = io.BytesIO(path.read_bytes())
        written = openpyxl.load_workbook(raw)
        facts = {sheet.title: _of_sheet(sheet) for sheet in written.worksheets}
        if any(about["formulas"] for about in facts.values()):
            values = openpyxl.load_workbook(raw, data_only=True)
            for name, about in facts.items():
                about["troubles"] |= dict(_formula_troubles(values[name], about["formulas"]))
    if written.properties.keywords == KEYWORD and facts:
        next(iter(facts.values()))["ours"] = True
    return facts


KEYWORD = "zonereport-template-1"


def _of_sheet(sheet) -> dict:
    formulas, troubles, percents, indents, last, wide = {}, {}, [], {}, 0, 0
    # the cells that are there: iter_rows would walk a million empty rows to a stray one
    for cell in sheet._cells.values():
        if cell.value is None:
            continue
        place = cell.row - 1, cell.column - 1
        last, wide = max(last, cell.row), max(wide, cell.column)
        if cell.data_type == "f":
            formulas[place] = getattr(cell.value, "text", cell.value) or "="
        elif cell.data_type == "e":
            troubles[place] = str(cell.value), ERROR_VALUE
        if cell.has_style:
            if cell.data_type in "nf" and "%" in cell.number_format:
                percents.append(place)
            if cell.alignment.indent:
                indents[place] = int(cell.alignment.indent) * 2
    hidden = [number - 1 for number, about in sheet.row_dimensions.items() if about.hidden]
    return {
        **{"formulas": formulas, "troubles": troubles, "percents": percents, "indents": indents},
        **{"hidden": hidden, "size": last * wide},
    }


def _formula_troubles(sheet, formulas: dict) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    for (row, column), formula in formulas.items():
        cell = sheet.cell(row + 1, column + 1)
        if cell.value is None and cell.data_type != "s":
            yield (row, column), (str(formula), UNCALCULATED)
        elif cell.data_type == "e":
            yield (row, column), (f"{formula} is {cell.value}", ERROR_VALUE)


def _clipped(ranges, grid) -> tuple[tuple[int, int, int, int], ...]:
    high, wide = len(grid) - 1, max(map(len, grid), default=0) - 1
    clipped = ((top, left, min(bottom, high), min(right, wide)) for (top, left), (bottom, right) in ranges)
    return tuple(sorted(one for one in clipped if one[0] <= one[2] and one[1] <= one[3]))


def _said(row: list[Value]) -> Iterator[bool]:
    return (value != "" for value in row)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep openpyxl from warning of extensions that it drops: only values are read here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
