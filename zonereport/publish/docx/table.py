"""A tidy HTML table as a native one: its head on every page, no row broken, lines as high as their text."""

from dataclasses import dataclass

from bs4 import Tag
from lxml import etree

from zonereport.publish import styler
from zonereport.publish.docx.inline import Links, Look, runs
from zonereport.publish.docx.widths import LARGE, Layout
from zonereport.publish.docx.xml import element, paragraph
from zonereport.publish.tables import Cell, Grid

ACCENT, HAIRLINE, TINT = "1F4E79", "D5DBE3", "F1F5F9"
_SIDES = {"number": "right", "text": "left", "long": "left"}
# of a point
_TWIPS = 20
# a longer table may break over pages
_WHOLE_ROWS = 14


def convert(grid: Grid, layout: Layout, links: Links) -> etree._Element:
    """Return the table, centred on the page."""
    style = "TableSmall"
    if layout.size == LARGE:
        style = "TableText"
    table = _Table(grid, layout, links, style, _places(grid))
    made = element("tbl", _properties(layout), _columns(layout))
    for row in range(grid.rows):
        made.append(table.row(row))
    return made


def _places(grid: Grid) -> dict[tuple[int, int], Cell]:
    """The cell at each place of the grid's first columns of cells, those that reach down from above as well."""
    places = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            places[row, cell.column] = cell
    return places


def _properties(layout: Layout) -> etree._Element:
    borders = element("tblBorders")
    for side, width, colour in (("top", 12, ACCENT), ("bottom", 12, ACCENT), ("insideH", 4, HAIRLINE)):
        borders.append(element(side, val="single", sz=width, space=0, color=colour))
    return element(
        "tblPr",
        element("tblW", w=round(layout.whole * _TWIPS), type="dxa"),
        element("jc", val="center"),
        borders,
        # the widths are ours: left to itself Word gives long text what figures need
        element("tblLayout", type="fixed"),
        _margins(),
    )


def _margins() -> etree._Element:
    made = element("tblCellMar")
    for side in ("left", "right"):
        made.append(element(side, w=85, type="dxa"))
    return made


def _columns(layout: Layout) -> etree._Element:
    made = element("tblGrid")
    for width in layout.widths:
        made.append(element("gridCol", w=round(width * _TWIPS)))
    return made


@dataclass(frozen=True)
class _Table:
    grid: Grid
    layout: Layout
    links: Links
    style: str
    places: dict[tuple[int, int], Cell]

    def row(self, row: int) -> etree._Element:
        """Return a row; in the head it comes back at the top of every page."""
        about = element("trPr", element("cantSplit"))
        if row < self.grid.header:
            about.append(element("tblHeader"))
        made = element("tr", about)
        column = 0
        while column < len(self.grid.columns):
            cell = self.places.get((row, column))
            if cell is None:
                made.append(element("tc", element("tcPr", self._width(column, 1)), paragraph(self.style)))
                column += 1
            else:
                made.append(self._cell(cell, row))
                column += cell.columns
        return made

    def _width(self, column: int, columns: int) -> etree._Element:
        width = sum(self.layout.widths[column : column + columns])
        return element("tcW", w=round(width * _TWIPS), type="dxa")

    def _cell(self, cell: Cell, row: int) -> etree._Element:
        style = styler.read(cell.tag)
        in_head = cell.row < self.grid.header
        about = self._about(cell, row, style, in_head)
        if row > cell.row:
            # a cell that goes on from above is there, and empty
            return element("tc", about, paragraph(self.style))
        look = Look(bold=in_head or _is_bold(style), colour=_colour(style, in_head))
        aligned = [element("jc", val=_side(cell.tag, self.grid.columns[cell.column].kind, style))]
        if in_head or self.grid.rows <= _WHOLE_ROWS or row + 1 == self.grid.rows:
            # no head alone at the foot of a page, no note alone at the top of the next
            aligned.insert(0, element("keepNext"))
        return element("tc", about, paragraph(self.style, *runs(cell.tag, self.links, look), more=tuple(aligned)))

    def _about(self, cell: Cell, row: int, style: dict[str, str], in_head: bool) -> etree._Element:
        """The properties of a cell in the order of the schema."""
        about = element("tcPr", self._width(cell.column, cell.columns))
        if cell.columns > 1:
            about.append(element("gridSpan", val=cell.columns))
        if cell.rows > 1 and row == cell.row:
            about.append(element("vMerge", val="restart"))
        elif cell.rows > 1:
            about.append(element("vMerge"))
        if row + 1 == self.grid.header:
            about.append(element("tcBorders", element("bottom", val="single", sz=6, space=0, color=ACCENT)))
        ground = style.get("background-color", "transparent").lstrip("#").upper()
        upright = "center"
        if in_head:
            ground, upright = TINT, "bottom"
        if ground != "TRANSPARENT":
            about.append(element("shd", val="clear", color="auto", fill=ground))
        about.append(element("vAlign", val=upright))
        return about


def _is_bold(style: dict[str, str]) -> bool:
    return style.get("font-weight", "normal") not in ("normal", "400")


def _colour(style: dict[str, str], in_head: bool) -> str:
    if in_head:
        return ACCENT
    return style.get("color", "").replace("transparent", "")


def _side(tag: Tag, kind: str, style: dict[str, str]) -> str:
    if "span" in tag.get("class", ()):
        return "center"
    side = style.get("text-align", _SIDES[kind])
    if side in ("left", "right", "center"):
        return side
    return "left"
