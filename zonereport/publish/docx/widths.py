"""The widths of a table's columns on a page of GB/T 9704, and whether its type must be small or its page turned."""

from dataclasses import dataclass

from zonereport.publish.tables import Column, Grid

# in points: the text of a page, and of a turned one
PORTRAIT, LANDSCAPE = 442.0, 638.0
# in half points: five and small five, the two sizes of tables
LARGE, SMALL = 21, 18
# in points, left and right of a cell's text together, with the room that rounding takes
_PADDING = 10.5
# in full-width characters: what long text needs, and what it is given where there is room
_LEAST_TEXT, _GOOD_TEXT = 9.0, 26.0
# titles and words wrap from here on, figures never; sooner where else the page would have to be turned
_WORD, _SHORT = 6.0, 4.2
# a small table is drawn out so far only that its columns can be told apart
_STRETCH = 1.7


@dataclass(frozen=True)
class Layout:
    """How a table stands on the page: widths in points, the size of its type in half points, the page turned or not."""

    widths: tuple[float, ...]
    size: int
    turned: bool

    @property
    def whole(self) -> float:
        """The width of the table in points."""
        return sum(self.widths)


def layout(grid: Grid) -> Layout:
    """Choose the largest type in which nothing wraps, then in which words may; what fits in none gets a turned page."""
    for room in (_good, _least):
        for size in (LARGE, SMALL):
            if sum(room(column, size) for column in grid.columns) <= PORTRAIT:
                return Layout(_shared(grid, size, PORTRAIT), size, False)
    tight = [_least(column, SMALL, word=_SHORT) for column in grid.columns]
    if sum(tight) <= PORTRAIT:
        return Layout(tuple(width * PORTRAIT / sum(tight) for width in tight), SMALL, False)
    return Layout(_shared(grid, SMALL, LANDSCAPE), SMALL, True)


def _least(column: Column, size: int, *, word: float = _WORD) -> float:
    """The width at which figures stay whole and words wrap, in points."""
    if column.kind == "long":
        ems = _LEAST_TEXT
    elif column.kind == "text":
        ems = max(min(column.body, word), min(column.title, word))
    else:
        ems = max(column.body, min(column.title, word))
    return ems * size / 2 + _PADDING


def _good(column: Column, size: int) -> float:
    """The width at which nothing wraps, but long text."""
    ems = max(column.body, column.title)
    if column.kind == "long":
        ems = max(min(column.body, _GOOD_TEXT), _LEAST_TEXT)
    return ems * size / 2 + _PADDING


def _shared(grid: Grid, size: int, line: float) -> tuple[float, ...]:
    least = [_least(column, size) for column in grid.columns]
    good = [_good(column, size) for column in grid.columns]
    has_long = any(column.kind == "long" for column in grid.columns)
    if sum(good) * _STRETCH < line and not has_long:
        return tuple(width * _STRETCH for width in good)
    if sum(good) <= line:
        return tuple(width * line / sum(good) for width in good)
    if sum(least) >= line:
        return tuple(width * line / sum(least) for width in least)
    share = (line - sum(least)) / (sum(good) - sum(least))
    return tuple(small + (large - small) * share for small, large in zip(least, good, strict=True))
