"""The anatomy of a table, read once: its grid, its header, and what kind of column stands where."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import Literal

from bs4 import Tag

from zonereport.publish import styler

Kind = Literal["number", "text", "long"]
# in full-width characters: a column of longer texts wraps, a table of fewer in all is not stretched to the line
LONG_TEXT = 14
NARROW = 18
# where a column's cells stand unless they say otherwise
_SIDE = {"number": "right", "text": "left", "long": "left"}
# a figure with its unit, of four characters at most (0.4个百分点): what goes on is a text that begins with a figure
_NUMBER = re.compile(r"[+\-−±]?\d[\d,]*(\.\d+)?\s*(%|‰|\D{0,4})")
# as report.css has them for small screens; a figure is never broken
_LEAST_ON_SCREEN = {"number": float("inf"), "text": 5.0, "long": 9.0}
_SCREEN_PADDING = 1.1
# shorter than a year, which names a row as well as a word does
_COUNT = re.compile(r"\d{1,3}")
# what stands for a figure that is not there, and says nothing of what its column holds
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
    """Mend the table's HTML in place and return its grid.

    Names of an index rise into the first row of the head, empty rows of the head go, every row has a header cell,
    cells say what they head and what kind of column they stand in, and a head is aligned as the cells below it.
    """
    head, body = _rows(table)
    _raise_index_names(head, body)
    for row in list(head):
        if row.find(["th", "td"]) is None:
            head.remove(row)
            row.decompose()
    grid = _grid(head, body)
    _head_rows(grid)
    for cell in grid.cells:
        _name(cell, grid)
    _align_heads(grid)
    if sum(column.width for column in grid.columns) < NARROW:
        table["class"] = "narrow"
    return grid


def row_heads(grid: Grid) -> list[list[int]]:
    """Return for each row of the body which of its cells, counted from 0, are headers of that row.

    >>> from bs4 import BeautifulSoup
    >>> row_heads(tidy(BeautifulSoup("<table><tr><td>汽车园</td><td>3家</td></tr></table>", "html.parser").table))
    [[0]]
    """
    places: list[list[int]] = [[] for _ in range(grid.rows - grid.header)]
    counted = [0] * len(places)
    for cell in grid.cells:
        row = cell.row - grid.header
        if row < 0:
            continue
        if cell.tag.name == "th":
            places[row].append(counted[row])
        counted[row] += 1
    return places


def least_width(grid: Grid) -> float:
    """Return the width under which the table is cut on a small screen, in full-width characters of its type.

    Figures stay whole there, words and titles wrap; see the rules for small screens in report.css.
    """
    least = 0.0
    for column in grid.columns:
        least += min(column.body, _LEAST_ON_SCREEN[column.kind]) + _SCREEN_PADDING
    return least


def _rows(table: Tag) -> tuple[list[Tag], list[Tag]]:
    """The rows of the head, without those that say nothing, and the rows of the body."""
    head, body = [], []
    for row in table.find_all("tr"):
        if row.find_parent("thead") is None:
            body.append(row)
        elif _text(row):
            head.append(row)
        else:
            row.decompose()
    return head, body


def _head_rows(grid: Grid) -> None:
    """Make header cells of the column that names the rows, unless the table has header cells in its body."""
    body = []
    for cell in grid.cells:
        if cell.row >= grid.header:
            body.append(cell)
    # pandas writes its index as header cells: those name the rows
    if any(cell.tag.name == "th" for cell in body):
        return
    naming = _naming_column(grid, body)
    for cell in body:
        if cell.column == naming:
            cell.tag.name = "th"


def _naming_column(grid: Grid, body: list[Cell]) -> int:
    """The first column; one or more of mere counts (序号, 位次) before words name nothing."""
    counts = [True] * len(grid.columns)
    for cell in body:
        if not _COUNT.fullmatch(_text(cell.tag)):
            counts[cell.column] = False
    for place, column in enumerate(grid.columns):
        if not counts[place]:
            return 0 if column.kind == "number" else place
    return 0


def _name(cell: Cell, grid: Grid) -> None:
    """Say of a cell what it heads, and of what kind its column is."""
    in_head = cell.row < grid.header
    tag = cell.tag
    # a header that says nothing heads nothing
    if tag.name == "th" and not _text(tag):
        tag.name = "td"
        tag.attrs.pop("scope", None)
    if tag.name == "th":
        scope, span = "row", cell.rows
        if in_head:
            scope, span = "col", cell.columns
        tag["scope"] = scope
        if span > 1:
            tag["scope"] += "group"
    # the style sheet sets columns by their kind; whose class the cell had is gone with the rules of its table
    tag["class"] = grid.columns[cell.column].kind
    if in_head and cell.columns > 1:
        tag["class"] = "span"


def _align_heads(grid: Grid) -> None:
    """Set each title on the side on which the cells below it stand; what pandas says of the two often differs."""
    sides: list[Counter[str]] = [Counter() for _ in grid.columns]
    for cell in grid.cells:
        if cell.row >= grid.header and cell.columns == 1:
            sides[cell.column][styler.read(cell.tag).get("text-align", _SIDE[grid.columns[cell.column].kind])] += 1
    # by the most of its cells: a dash among figures stands where it likes
    for cell in grid.cells:
        if cell.tag.name == "th" and cell.row < grid.header and cell.columns == 1 and sides[cell.column]:
            (side, _), *_ = sides[cell.column].most_common(1)
            styler.write(cell.tag, styler.read(cell.tag) | {"text-align": side})


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
    rows = list(map(_cells, head))
    columns = min(_index_columns(body[0]), *map(len, rows))
    last = rows[-1]
    for column in range(columns):
        name = _text(last[column])
        if name and not any(_text(row[column]) for row in rows[:-1]):
            rows[0][column].string = name
            last[column].string = ""
    if not any(map(_text, last)):
        head.pop().decompose()
        rows.pop()
    if len(rows) > 1:
        for column in range(columns):
            _join_down([row[column] for row in rows])


def _index_columns(row: Tag) -> int:
    """How many cells of an index begin a row as pandas writes it; those with a scope have been here before."""
    return len(row.find_all("th", scope=False, recursive=False))


def _join_down(stack: list[Tag]) -> None:
    """Let the first of some header cells reach down over the others, where they are empty."""
    first, *below = stack
    if any(map(_text, below)):
        return
    first["rowspan"] = str(len(stack))
    for cell in below:
        cell.decompose()


def _text(cell: Tag) -> str:
    return cell.get_text(strip=True)


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["th", "td"], recursive=False)


def _grid(head: list[Tag], body: list[Tag]) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, tag in enumerate([*head, *body]):
        column = 0
        for cell in _cells(tag):
            # a cell of a row above reaches down to here
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken.update(product(range(row, row + rows), range(column, column + columns)))
            cells.append(Cell(cell, row, column, rows, columns))
    count = 1 + max((column for _, column in taken), default=-1)
    single: list[list[Cell]] = [[] for _ in range(count)]
    # a title over several columns says nothing of the width of one
    for cell in cells:
        if cell.columns == 1:
            single[cell.column].append(cell)
    columns = tuple(_column(of_column, len(head)) for of_column in single)
    return Grid(tuple(cells), columns, len(head), len(head) + len(body))


def _column(cells: list[Cell], header: int) -> Column:
    texts, titles = [], []
    for cell in cells:
        written = cell.tag.get_text(" ", strip=True)
        if cell.row < header:
            titles.append(written)
        else:
            texts.append(written)
    widest = max(map(width, texts), default=1)
    title = max(map(width, titles), default=1)
    filled = [text for text in texts if text not in _NOTHING]
    numbers = sum(bool(_NUMBER.fullmatch(text)) for text in filled)
    # a figure or two may be a word (已完成) in a column of figures
    if filled and numbers >= 0.6 * len(filled):
        return Column("number", widest, title)
    if widest > LONG_TEXT:
        return Column("long", widest, title)
    return Column("text", widest, title)
