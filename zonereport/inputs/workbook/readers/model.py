"""What every reader of a file format hands over: sheets as they are stored, and what a cell shows of its value."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.workbook.book import Spot, Value
from zonereport.language import noted, tr

# More than any office's sheet holds, and still read within seconds: what is larger is a stray cell, or an attack.
MOST_BYTES = 60_000_000
MOST_UNPACKED = 120_000_000
MOST_ROWS = 400_000
MOST_COLUMNS = 16_384
# columns that hold something: more are a table that stands on its side
MOST_FILLED = 300
MOST_CELLS = 600_000
# a spreadsheet keeps 32,767 characters in a cell
MOST_CHARACTERS = 40_000
# a stray cell in the last row would make a grid of 17 thousand million cells
MOST_GRID = 5_000_000
UNCALCULATED = noted("a calculated value; the formula was never calculated: open the book in Excel or WPS and save it")
ERROR_VALUE = noted("a value; the formula gives an error")
SCALED = noted("one number: the format hides a factor of 1000, type the number that is meant")


@dataclass
class RawSheet:
    """One sheet of a file: values from A1 on, and by place what the format of a number shows beside it.

    ``suffixes`` are units and percent signs that only the format says; ``percents`` are cells that show 100 times
    what they hold.
    """

    name: str
    visible: bool = True
    grid: list[list[Value]] = field(default_factory=list)
    ranges: list[tuple[int, int, int, int]] = field(default_factory=list)
    troubles: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    indents: dict[Spot, int] = field(default_factory=dict)
    percents: set[Spot] = field(default_factory=set)
    suffixes: dict[Spot, str] = field(default_factory=dict)
    formats_known: bool = True


@dataclass(frozen=True)
class Shown:
    """What a number format adds to a number: a factor of 100, words behind it, or a factor that is hidden."""

    percent: bool = False
    suffix: str = ""
    scaled: bool = False


class Bounds:
    """Counts what a sheet declares while it is read, and refuses what would take too long."""

    def __init__(self, file: str):
        self.file, self.rows, self.cells = file, 0, 0

    def row(self) -> None:
        """Count one row."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            self.refuse(
                tr("more than {most} rows", most=MOST_ROWS),
                tr("at most {most}: delete the empty rows that have a format", most=MOST_ROWS),
            )

    def cell(self, column: int) -> None:
        """Count one cell in ``column`` (from 0)."""
        self.cells += 1
        if column >= MOST_COLUMNS:
            self.refuse(
                tr("more than {most} columns", most=MOST_COLUMNS),
                tr("at most {most} columns", most=MOST_COLUMNS),
            )
        if self.cells > MOST_CELLS:
            self.refuse(
                tr("more than {most} cells", most=MOST_CELLS),
                tr("at most {most} cells; split the sheet", most=MOST_CELLS),
            )

    def grid(self, rows: int, columns: int) -> None:
        """Look at the size of the grid that the cells span."""
        if rows * columns > MOST_GRID:
            self.refuse(
                tr("{count} cells", count=rows * columns),
                tr("at most {most}; a stray cell far away?", most=MOST_GRID),
            )

    def filled(self, grid: list[list[Value]]) -> None:
        """Look at the number of columns that hold something."""
        columns: set[int] = set()
        for row in grid:
            columns.update(column for column, value in enumerate(row) if value != "")
            if len(columns) > MOST_FILLED:
                self.refuse(
                    tr("more than {most} columns", most=MOST_FILLED),
                    tr("at most {most} columns that hold something", most=MOST_FILLED),
                )

    def text(self, length: int) -> None:
        """Look at the length of the text of one cell."""
        if length > MOST_CHARACTERS:
            self.refuse(
                tr("more than {most} characters in a cell", most=MOST_CHARACTERS),
                tr("at most {most}", most=MOST_CHARACTERS),
            )

    def refuse(self, value: str, expected: str) -> None:
        """Raise the one fault of a sheet that is too large."""
        raise InputError([Fault(self.file, None, None, value, expected)])


@lru_cache(maxsize=1000)
def shown(number_format: str) -> Shown:
    """Return what a number format shows beside the number, by its first section.

    A percent sign in quotation marks or behind a backslash is only a text: the number is shown as it is held.

    >>> shown("0.0%"), shown('0.0"%"'), shown("0.0\\\\%")
    (Shown(percent=True, suffix='', scaled=False), Shown(percent=False, suffix='%', scaled=False), \
Shown(percent=False, suffix='%', scaled=False))
    >>> shown('0.00"亿元"').suffix, shown("#,##0.0").suffix, shown("#,##0,").scaled, shown('0!.0,"万"').scaled
    ('亿元', '', True, True)
    """
    # the first section is that of positive numbers; the others show the same unit
    section = number_format.split(";")[0]
    section = re.sub(r"\[[^\]]*\]", "", section)
    section = re.sub(r"_.", "", re.sub(r"\*.", "", section))
    bare = re.sub(r'"[^"]*"|[\\!].', "", section)
    literals = re.findall(r'"([^"]*)"|[\\!](.)', section)
    suffix = "".join(quoted or escaped for quoted, escaped in literals)
    # what stands without quotation marks may be words, too: Excel lets 元 stand as it is
    suffix += "".join(re.findall(r"[\u4e00-\u9fff]+", bare))
    # letters of a date are no unit
    if re.search(r"[ymdhs]", bare.lower()) or bare.strip() in ("General", "@"):
        return Shown(suffix=suffix if "General" in bare else "")
    suffix = re.sub(r"[\s()\-.,+]", "", suffix)
    scaled = bool(re.search(r"[0#?],+(?![0#?])", bare))
    return Shown("%" in bare, suffix, scaled)


def note_format(sheet: RawSheet, spot: Spot, number_format: str, value: float | None = None) -> None:
    """Keep what the format of a number at ``spot`` shows beside it; a hidden factor is a trouble."""
    about = shown(number_format)
    if about.percent:
        sheet.percents.add(spot)
    if about.suffix:
        sheet.suffixes[spot] = about.suffix
    if about.scaled:
        held = tr("a number") if value is None else f"{value:g}"
        sheet.troubles[spot] = (
            tr("{held} in the format {number_format}", held=held, number_format=number_format),
            tr(SCALED),
        )
