"""A workbook as it was handed in: visible sheets as grids of values, with what cannot be trusted in them."""

import datetime
import itertools
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from openpyxl.utils import get_column_letter

from zonereport.inputs.faults import Fault

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
Spot = tuple[int, int]
LIST_SHEET = "_列表"
# what a template of ours has among its properties
KEYWORD = "zonereport-template-1"


@dataclass(frozen=True)
class Sheet:
    """One visible sheet, or one table of it. Rows and columns count from 0; faults count rows from 1.

    ``ranges`` are merged (top, left, bottom, right); ``troubles`` names cells whose value cannot
    be trusted (value, expectation); ``hidden`` are the rows to skip; ``indents`` the indents set as cell format;
    ``formats_known`` says whether number formats could be read: without them 0.032 may be shown as 3.2%.
    """

    name: str
    grid: list[list[Value]]
    ranges: tuple[tuple[int, int, int, int], ...] = ()
    troubles: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    indents: dict[Spot, int] = field(default_factory=dict)
    formats_known: bool = True

    def at(self, row: int, column: int, *, fill: bool = False) -> Value:
        """Return the value of a cell, with ``fill`` that of the first of its merged range; empty beyond the grid."""
        # only the first cell of a merged range holds its value; labels and periods hold for all of it
        if fill:
            row, column = self.merged.get((row, column), (row, column))
        if row < len(self.grid) and column < len(self.grid[row]):
            return self.grid[row][column]
        return ""

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.grid), default=0)

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(value == "" or str(value).isspace() for value in itertools.chain(*self.grid))

    @property
    def has_numbers(self) -> bool:
        """Whether a cell holds a number."""
        return any(type(value) in (int, float) for value in itertools.chain(*self.grid))

    @cached_property
    def merged(self) -> dict[Spot, Spot]:
        """From every cell of a merged range to its first one."""
        first_cells = {}
        for top, left, bottom, right in self.ranges:
            for row in range(top, bottom + 1):
                first_cells.update(dict.fromkeys(((row, column) for column in range(left, right + 1)), (top, left)))
        return first_cells


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
        faults = []
        # in the order of the sheet, or the list of faults would change from run to run
        for sheet in self.sheets:
            for (row, column), (value, expected) in sorted(sheet.troubles.items()):
                faults.append(fault_at(self, sheet, row, column, value, expected))
        return tuple(faults)


def fault_at(
    book: Book, sheet: Sheet, row: int, column: int | None, value: str | None, expected: str, *, header: str = "",
    severity: str = "error", answer: str = "",
) -> Fault:  # fmt: skip
    """Return the fault of a cell: file ``book.xlsx[工作表]``, row from 1, column as letter and header (``D 数值``)."""
    named = None
    if column is not None:
        named = f"{get_column_letter(column + 1)} {header}".rstrip()
    return Fault(f"{book.path.name}[{sheet.name}]", row + 1, named, value, expected, severity=severity, answer=answer)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as a spreadsheet shows it.

    >>> cell_name(2, 3)
    'D3'
    """
    return f"{get_column_letter(column + 1)}{row + 1}"
