"""One row of a table to be, and the cells that it comes from."""

from dataclasses import dataclass, field

from zonereport.inputs.workbook.book import Sheet


@dataclass(frozen=True)
class Place:
    """A cell of a sheet: row and column from 0, and the header of the column."""

    sheet: Sheet
    row: int
    column: int
    header: str


@dataclass
class Record:
    """One row of a table to be: its cells, the places they came from, and the label's place for all others.

    ``units`` are the units that its figure's cell and header name, with where they stand; ``percent`` says that its
    growth has a percent sign; ``month_value`` is the figure of the month alone beside it, where there is one.
    """

    table: str
    cells: dict[str, str]
    places: dict[str, Place]
    label: Place
    units: list[tuple[str, str]] = field(default_factory=list)
    percent: bool = False
    month_value: float | None = None
