"""The anatomy of a table, read once: its grid, its header, and what kind of column stands where."""

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

Kind = Literal["number", "text", "long"]
# in full-width characters: where a text is long, and a table narrow enough to stand beside its neighbour
LONG_TEXT = 14
NARROW = 18
# with a unit of some characters behind it: 12.5亿元, 3家
_NUMBER = re.compile(r"[+\-−±]?\d[\d,]*(\.\d+)?\s*(%|‰|\D{0,4})")
# what stands for a figure that there is none of
_NOTHING = {"", "-", "–", "—", "…", "/", "nan", "NaN", "None"}


@dataclass(frozen=True)
class Cell:
    """A cell and its place in the grid."""

    tag: Tag
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Column:
    """What a column holds, and the widths of its longest cell and of its title in full-width characters."""

    kind: Kind
    body: float
    title: float

    @property
    def width(self) -> float:
        """The width at which nothing wraps, but long text, which wraps at the length of a short line."""
        return max(min(self.body, LONG_TEXT), min(self.title, LONG_TEXT))


@dataclass(frozen=True)
class Grid:
    """A table as rows and columns; the first ``header`` rows repeat over pages."""

    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    header: int
    rows: int


def tidy(table: Tag) -> Grid:
    """Mend the table's HTML in place (index names, empty header cells, scopes, classes) and return its grid."""
    head, body = _rows(table)
    _raise_index_names(head, body)
    # lifting the names may have emptied a row
    for row in list(head):
        if row.find(["th", "td"]) is None:
            head.remove(row)
            row.decompose()
    grid = _grid(head, body)
    for cell in grid.cells:
        _name_cell(cell, grid)
    if sum(column.width for column in grid.columns) < NARROW:
        table["class"] = "narrow"
    return grid


def _rows(table: Tag) -> tuple[list[Tag], list[Tag]]:
    """Return the rows of the head and those of the body; empty rows of the head are taken out."""
    head, body = [], []
    for row in table.find_all("tr"):
        if row.find_parent("thead") is None:
            body.append(row)
        elif row.get_text(strip=True):
            head.append(row)
        else:
            row.decompose()
    return head, body


def _name_cell(cell: Cell, grid: Grid) -> None:
    """Say of a cell what a screen reader and the style sheet have to know."""
    in_head, tag = cell.row < grid.header, cell.tag
    # an empty head names nothing, and PDF/UA refuses one
    if tag.name == "th" and not tag.get_text(strip=True):
        tag.name = "td"
    if tag.name == "th" and in_head:
        tag["scope"] = "colgroup" if cell.columns > 1 else "col"
    elif tag.name == "th":
        tag["scope"] = "rowgroup" if cell.rows > 1 else "row"
    if in_head and cell.columns > 1:
        tag["class"] = "span"
    else:
        tag["class"] = grid.columns[cell.column].kind


def width(text: str) -> float:
    """Return the width of a text in full-width characters.

    >>> width("165亿元")
    3.8
    """
    wide = sum(map("WF".__contains__, map(unicodedata.east_asian_width, text)))
    return round(wide + 0.6 * (len(text) - wide), 1)


def _raise_index_names(head: list[Tag], body: list[Tag]) -> None:
    """Pandas writes the names of the index in the last header row, under empty cells: lift them to the top."""
    if len(head) < 2 or not body:
        return
    rows = list(map(_cells, head))
    index_columns = min(len(body[0].find_all("th", recursive=False)), *map(len, rows))
    last = rows[-1]
    for column in range(index_columns):
        above = [row[column] for row in rows[:-1]]
        if _text(last[column]) and not any(map(_text, above)):
            above[0].string = _text(last[column])
            last[column].string = ""
    # a row that held nothing but those names
    if not any(map(_text, last)):
        head.pop().decompose()
        rows.pop()
    for column in range(index_columns):
        _span([row[column] for row in rows])


def _span(stack: list[Tag]) -> None:
    """Make one high cell of a cell with nothing but empty ones under it."""
    first, *below = stack
    if below and not any(map(_text, below)):
        first["rowspan"] = str(len(stack))
        for cell in below:
            cell.decompose()


def _text(cell: Tag) -> str:
    return cell.get_text(strip=True)


def _cells(row: Tag) -> list[Tag]:
    return [child for child in row.contents if child.name in ("th", "td")]


def _grid(head: list[Tag], body: list[Tag]) -> Grid:
    cells = _placed([*head, *body])
    count = max((cell.column + cell.columns for cell in cells), default=0)
    # a cell over several columns says nothing of what one of them holds
    single: list[list[Cell]] = [[] for _ in range(count)]
    for cell in cells:
        if cell.columns == 1:
            single[cell.column].append(cell)
    columns = tuple(_column(of_column, len(head)) for of_column in single)
    return Grid(tuple(cells), columns, len(head), len(head) + len(body))


def _placed(rows: list[Tag]) -> list[Cell]:
    """Return the cells with their places; one that reaches down takes the places below it, as a browser has it."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, tag in enumerate(rows):
        column = 0
        for cell in _cells(tag):
            while (row, column) in taken:
                column += 1
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken.update(itertools.product(range(row, row + high), range(column, column + wide)))
            cells.append(Cell(cell, row, column, high, wide))
    return cells


def _column(cells: list[Cell], header: int) -> Column:
    titles, texts = [1.0], []
    for cell in cells:
        text = cell.tag.get_text(" ", strip=True)
        if cell.row < header:
            titles.append(width(text))
        else:
            texts.append(text)
    widest = max(map(width, texts), default=1)
    filled = [text for text in texts if text not in _NOTHING]
    numbers = sum(map(bool, map(_NUMBER.fullmatch, filled)))
    kind: Kind = "text"
    # a word or two among figures, such as 不适用, make no column of words
    if filled and numbers >= 0.6 * len(filled):
        kind = "number"
    elif widest > LONG_TEXT:
        kind = "long"
    return Column(kind, widest, max(titles))
