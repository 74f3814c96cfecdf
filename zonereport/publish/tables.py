"""The anatomy of a table, read once: its grid, its header, and what kind of column stands where."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

Kind = Literal["number", "text", "long"]
LONG_TEXT = 14
NARROW = 18
_NUMBER = re.compile(r"[+\-−±]?\d[\d,]*(\.\d+)?\s*(%|‰|\D{0,4})")
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
    rows = table.find_all("tr")
    body = [row for row in rows if all(parent.name != "thead" for parent in row.parents)]
    head = []
    for row in [row for row in rows if row.parent.name == "thead"]:
        if row.get_text(strip=True):
            head.append(row)
        else:
            row.decompose()
    _raise_index_names(head, body)
    for row in [row for row in head if row.find(["th", "td"]) is None]:
        head.remove(row)
        row.decompose()
    grid = _grid(head, body)
    for cell in grid.cells:
        kind = grid.columns[cell.column].kind
        if cell.tag.name == "th" and not cell.tag.get_text(strip=True):
            cell.tag.name = "td"
        if cell.tag.name == "th":
            across = "group" if (cell.columns if cell.row < grid.header else cell.rows) > 1 else ""
            cell.tag["scope"] = ("col" if cell.row < grid.header else "row") + across
        spanning = cell.row < grid.header and cell.columns > 1
        cell.tag["class"] = "span" if spanning else kind
    if sum(column.width for column in grid.columns) < NARROW:
        table["class"] = "narrow"
    return grid


def width(text: str) -> float:
    """Return the width of a text in full-width characters.

    >>> width("165亿元")
    3.8
    """
    return round(sum(1 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in text), 1)


def _raise_index_names(head: list[Tag], body: list[Tag]) -> None:
    """Pandas writes the names of the index in the last header row, under empty cells: lift them to the top."""
    if len(head) < 2 or not body:
        return
    index_columns = len(body[0].find_all("th", recursive=False))
    rows = [_cells(row) for row in head]
    last = rows[-1]
    for column in range(min(index_columns, *map(len, rows))):
        above = [row[column] for row in rows[:-1]]
        if any(cell.get_text(strip=True) for cell in above) or not last[column].get_text(strip=True):
            continue
        above[0].string = last[column].get_text(strip=True)
        last[column].string = ""
    if not any(cell.get_text(strip=True) for cell in last):
        head.pop().decompose()
        rows.pop()
    for column in range(min(index_columns, *map(len, rows))):
        stack = [row[column] for row in rows]
        if len(stack) > 1 and not any(cell.get_text(strip=True) for cell in stack[1:]):
            stack[0]["rowspan"] = str(len(stack))
            for cell in stack[1:]:
                cell.decompose()


def _cells(row: Tag) -> list[Tag]:
    return [child for child in row.contents if child.name in ("th", "td")]


def _grid(head: list[Tag], body: list[Tag]) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, tag in enumerate([*head, *body]):
        column = 0
        for cell in _cells(tag):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            cells.append(Cell(cell, row, column, rows, columns))
    count = 1 + max((column for _, column in taken), default=-1)
    single: list[list[Cell]] = [[] for _ in range(count)]
    for cell in cells:
        if cell.columns == 1:
            single[cell.column].append(cell)
    columns = tuple(_column(of_column, len(head)) for of_column in single)
    return Grid(tuple(cells), columns, len(head), len(head) + len(body))


def _column(cells: list[Cell], header: int) -> Column:
    texts = [c.tag.get_text(" ", strip=True) for c in cells if c.row >= header]
    filled = [text for text in texts if text not in _NOTHING]
    numbers = sum(bool(_NUMBER.fullmatch(text)) for text in filled)
    widest = max((width(text) for text in texts), default=1)
    titles = max((width(c.tag.get_text(" ", strip=True)) for c in cells if c.row < header), default=1)
    if filled and numbers >= 0.6 * len(filled):
        return Column("number", widest, titles)
    return Column("long" if widest > LONG_TEXT else "text", widest, titles)
