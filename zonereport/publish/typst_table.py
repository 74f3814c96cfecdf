"""A tidy HTML table as Typst markup."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from bs4 import Tag

from zonereport.publish import styler
from zonereport.publish.tables import Cell, Column, Grid
from zonereport.publish.tables import width as full_width
from zonereport.publish.typst_markup import array, colour, text

# a longer table may break over pages: held together it would leave half a page white
LONG_ROWS = 22
# In full-width characters of table type: a line of a portrait and of a landscape page, the padding of a cell,
# the least that long text needs, and where a title begins to wrap when room is short.
_PORTRAIT, _LANDSCAPE = 52.0, 81.0
_PADDING = 1.3
_LEAST_TEXT = 11.0
_SHORT_TITLE = 6.0
# where words of middling length are broken before a table gets a page turned: that costs two half-empty ones
_BROKEN_TEXT = 8.0
# a title that ends in a unit, which is not to be broken: 讨回欠薪（万元）
_UNIT = re.compile("([^（）]+)(（[^（）]{1,8}）)")
# a small table is not drawn out over the line, only so far that its columns can be told apart
_STRETCH = 1.9
# what long text has besides titles on one line, before these are broken
_COMFORTABLE_TEXT = 20.0
# for the rounding of widths: a box exactly as wide as its text may break it
_SPARE = 0.2
_SIDES = {"number": "right", "text": "left", "long": "left"}


def convert(grid: Grid, inlines: Callable[[Tag], str]) -> str:
    """Write a call of report.typ's ``data-table``; ``inlines`` converts what is in a cell."""
    widths = _widths(grid)
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        if cell.row < grid.header:
            rows[cell.row].append(_title(cell, widths[cell.column], inlines))
        else:
            rows[cell.row].append(_cell(cell, inlines(cell.tag).strip(), "horizon"))
    lines = list(map(", ".join, rows))
    body = ",\n  ".join(lines[grid.header :])
    header = ""
    if grid.header:
        titles = ",\n  ".join(lines[: grid.header])
        header = f"  table.header(\n  {titles}),\n"
    aligned = []
    for column in grid.columns:
        aligned.append(_SIDES[column.kind])
    return f"data-table({array(map(str, widths))}, {array(aligned)}, {grid.header},\n{header}  {body})"


def shape(grid: Grid) -> tuple[bool, bool]:
    """Tell whether a table needs a landscape page, and whether it may break over pages."""
    return _is_wide(grid), grid.rows > LONG_ROWS


@dataclass(frozen=True)
class _Width:
    """The width of a column as Typst reads it, and how much of it is sure, in full-width characters."""

    written: str
    sure: float

    def __str__(self) -> str:
        return self.written


def _least(column: Column) -> float:
    if column.kind == "long":
        return _LEAST_TEXT + _PADDING
    return max(column.body, _least_title(column.title)) + _PADDING


def _tightest(column: Column) -> float:
    """The width at which words wrap and figures still do not."""
    if column.kind == "text":
        return max(min(column.body, _BROKEN_TEXT), _least_title(column.title)) + _PADDING
    return _least(column)


def _least_title(title: float) -> float:
    """The width in which a title stands on one line where it is short, else on two of them or three."""
    if title <= _SHORT_TITLE:
        return title
    return min(ceil(title / 2), _SHORT_TITLE)


def _is_wide(grid: Grid) -> bool:
    return sum(map(_tightest, grid.columns)) > _PORTRAIT


def _widths(grid: Grid) -> list[_Width]:
    """Share the line between the columns; a small table stays small, and long text takes what is left."""
    line = _PORTRAIT
    if _is_wide(grid):
        line = _LANDSCAPE
    natural = [column.width + _PADDING for column in grid.columns]
    needed = list(map(_least, grid.columns))
    if sum(needed) > line:
        needed = list(map(_tightest, grid.columns))
    if any(column.kind == "long" for column in grid.columns):
        return list(map(_beside_long_text, grid.columns, _with_long_text(grid, natural, needed, line)))
    # shares of the line would stretch three short columns over all of it
    if sum(natural) * _STRETCH < line:
        return [_Width(f"{width * _STRETCH:.2f}em", width * _STRETCH) for width in natural]
    if sum(natural) <= line:
        needed = natural
    # shares of the whole line: each gets more than it needs, in proportion
    more = line / sum(needed)
    return [_Width(f"{width:.2f}fr", width * more) for width in needed]


def _with_long_text(grid: Grid, natural: list[float], needed: list[float], line: float) -> list[float]:
    """The widths of the columns beside long text: titles stand on one line where there is room for them all."""
    one_line = []
    for column, whole, least in zip(grid.columns, natural, needed, strict=True):
        if column.kind == "long":
            one_line.append(_COMFORTABLE_TEXT + _PADDING)
        else:
            one_line.append(max(whole, least))
    if sum(one_line) <= line:
        return one_line
    return needed


def _beside_long_text(column: Column, width: float) -> _Width:
    if column.kind == "long":
        return _Width("1fr", width)
    return _Width(f"{width:.2f}em", width)


def _title(cell: Cell, width: _Width, inlines: Callable[[Tag], str]) -> str:
    """A cell of the head; what does not fit on a line is broken near its middle, and never inside a unit."""
    written = cell.tag.get_text(strip=True)
    body = inlines(cell.tag).strip()
    named_unit = _UNIT.fullmatch(written)
    if named_unit:
        body = f"{text(named_unit[1])}#box[{text(named_unit[2])}];"
    elif cell.columns == 1 and _is_broken(written, width):
        room = ceil(full_width(written) / ceil(full_width(written) / (width.sure - _PADDING)))
        body = f"#box(width: {room + _SPARE:g}em)[{body}]"
    return _cell(cell, body, "bottom")


def _is_broken(title: str, width: _Width) -> bool:
    return full_width(title) > width.sure - _PADDING + _SPARE


def _cell(cell: Cell, body: str, upright: str) -> str:
    style = styler.read(cell.tag)
    # what the style sheet does in HTML stands in the cell here
    if "color" in style:
        body = f"#text(fill: {colour(style['color'])})[{body}]"
    if style.get("font-weight", "normal") not in ("normal", "400"):
        body = f"#strong[{body}]"
    named = []
    if cell.columns > 1:
        named.append(f"colspan: {cell.columns}")
    if cell.rows > 1:
        named.append(f"rowspan: {cell.rows}")
    if "background-color" in style:
        named.append(f"fill: {colour(style['background-color'])}")
    aligned = style.get("text-align")
    if "span" in cell.tag["class"]:
        aligned = "center"
    if aligned in ("left", "center", "right"):
        named.append(f"align: {aligned} + {upright}")
    if not named:
        return f"[{body}]"
    return f"table.cell({', '.join(named)})[{body}]"
