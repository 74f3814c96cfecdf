"""One row of a table to be, and the cells that it comes from."""

from dataclasses import dataclass, field

from zonereport.inputs.workbook.book import Sheet, cell_name

# the columns that are the figure of a row, the first that it has
FIGURES = ("value", "target", "growth_pct", "rank")


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
    ``remove`` says that the row is marked 删除: what stands for it goes.
    """

    table: str
    cells: dict[str, str]
    places: dict[str, Place]
    label: Place
    units: list[tuple[str, str]] = field(default_factory=list)
    percent: bool = False
    month_value: float | None = None
    remove: bool = False

    @property
    def place(self) -> Place:
        """The cell of the figure; that of the label where the row has several, or none."""
        for name in FIGURES:
            if name in self.places and self.cells.get(name):
                return self.places[name]
        return self.label

    @property
    def cell(self) -> str:
        """The name of that cell with its sheet: 指标!D4."""
        return f"{self.place.sheet.name}!{cell_name(self.place.row, self.place.column)}"
