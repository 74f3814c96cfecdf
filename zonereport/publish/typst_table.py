"""A tidy HTML table as Typst markup."""

import re
from collections.abc import Callable

from bs4 import Tag

from zonereport.publish import styler
from zonereport.publish.tables import Cell, Column, Grid
from zonereport.publish.typst_markup import array, colour, text

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
_STRETCH = 1.9


def convert(grid: Grid, inlines: Callable[[Tag], str]) -> str:
    """Write a call of report.typ's ``data-table``; ``inlines`` converts what is in a cell."""
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(_cell(cell, grid, inlines))
    lines = ["  " + ", ".join(cells) for cells in rows]
    aligned = array("right" if column.kind == "number" else "left" for column in grid.columns)
    head = ",\n".join(lines[: grid.header])
    header = f"  table.header(\n{head}),\n" if grid.header else ""
    body = ",\n".join(lines[grid.header :])
    return f"data-table({_widths(grid)}, {aligned}, {grid.header},\n{header}{body})"


def shape(grid: Grid) -> tuple[bool, bool]:
    """Tell whether a table needs a landscape page, and whether it may break over pages."""
    return _is_wide(grid), grid.rows > LONG_ROWS


def _least(column: Column) -> float:
    if column.kind == "long":
        return _LEAST_TEXT + _PADDING
    return max(column.body, min(column.title, _SHORT_TITLE)) + _PADDING


def _tightest(column: Column) -> float:
    """The width at which words wrap and figures still do not."""
    if column.kind == "text":
        return max(min(column.body, _BROKEN_TEXT), min(column.title, _SHORT_TITLE)) + _PADDING
    return _least(column)


def _is_wide(grid: Grid) -> bool:
    return sum(map(_tightest, grid.columns)) > _PORTRAIT


def _widths(grid: Grid) -> str:
    """Share the line between the columns; a small table stays small, and long text takes what is left."""
    line = _LANDSCAPE if _is_wide(grid) else _PORTRAIT
    natural = [column.width + _PADDING for column in grid.columns]
    needed = [_least(column) for column in grid.columns]
    if sum(needed) > line:
        needed = [_tightest(column) for column in grid.columns]
    if any(column.kind == "long" for column in grid.columns):
        fixed = zip(grid.columns, needed, strict=True)
        return array("1fr" if column.kind == "long" else f"{width:.2f}em" for column, width in fixed)
    if sum(natural) * _STRETCH < line:
        return array(f"{width * _STRETCH:.2f}em" for width in natural)
    if sum(natural) <= line:
        needed = natural
    return array(f"{width:.2f}fr" for width in needed)


def _cell(cell: Cell, grid: Grid, inlines: Callable[[Tag], str]) -> str:
    style = styler.read(cell.tag)
    body = inlines(cell.tag).strip()
    if cell.row < grid.header and (named_unit := _UNIT.fullmatch(cell.tag.get_text(strip=True))):
        body = f"{text(named_unit[1])}#box[{text(named_unit[2])}];"
    if "color" in style:
        body = f"#text(fill: {colour(style['color'])})[{body}]"
    if style.get("font-weight", "normal") not in ("normal", "400"):
        body = f"#strong[{body}]"
    named = []
    if cell.columns > 1:
        named.append(f"colspan: {cell.columns}")
    if cell.rows > 1:
        named.append(f"rowspan: {cell.rows}")
    if stops := styler.bar_stops(style.get("background", "")):
        named.append(f"fill: {_bar(stops)}")
    elif "background-color" in style:
        named.append(f"fill: {colour(style['background-color'])}")
    aligned = style.get("text-align")
    if "span" in cell.tag["class"]:
        aligned = "center"
    if aligned in ("left", "center", "right"):
        named.append(f"align: {aligned} + {'bottom' if cell.row < grid.header else 'horizon'}")
    return f"table.cell({', '.join(named)})[{body}]" if named else f"[{body}]"


def _bar(stops: list[tuple[str, float]]) -> str:
    """A data bar is a gradient with hard edges; Typst wants its first stop at 0 and its last at 100 %."""
    full = [(stops[0][0], 0.0), *stops, (stops[-1][0], 100.0)]
    return "gradient.linear(" + ", ".join(f"({colour(c)}, {min(p, 100):g}%)" for c, p in full) + ")"
