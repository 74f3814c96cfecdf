"""Header rows: one or several, merged or not, as one name a column; and what such a name means in a table."""

import datetime
from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import plain, split_unit
from zonereport.inputs.workbook.phrases import When, even, general, read_phrases
from zonereport.inputs.workbook.words import ATTRIBUTES, LEFT_OUT

# a computed column of our own template ends so, and is not read
AUTOMATIC = "〔自动〕"
DEEPEST = 4
# the header of a column that stands before periods going down, and the name of a label column without header
PERIODS_DOWN, BLANK = "（期间）", "（空）"
MEASURES = ("value", "growth_pct", "rank")


@dataclass(frozen=True)
class Header:
    """A header of a sheet: its first and last row (from 0), by column its name, its levels and the periods in them.

    ``names`` have N for periods, so that the header of next month's book is the same; columns that differ by nothing
    but their period have one name and their own ``whens``.
    """

    first: int
    last: int
    names: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...] = ()
    whens: tuple[tuple[When, ...], ...] = ()

    def text(self, column: int) -> str:
        """Return the header of a column as it stands there."""
        return "/".join(self.levels[column])


def depth(sheet: Sheet, row: int) -> int:
    """Return how many rows the header that begins in ``row`` has.

    Merged ranges tell it, or a second row that has words under the groups of the first and no label of its own.
    """
    # an export of a database says of its columns what others say of their rows
    if attribute_rows(sheet, row) > 1:
        return attribute_rows(sheet, row)
    end, before = row + 1, row
    while before < end <= row + DEEPEST:
        before = end
        for top, left, bottom, right in sheet.ranges:
            if row <= top < end and right - left + 1 < sheet.width:
                end = max(end, bottom + 1 + (right > left))
    if end == row + 1 and _is_second_row(sheet, row):
        end += 1
    return min(end - row, DEEPEST)


def attribute_rows(sheet: Sheet, row: int) -> int:
    """Return how many rows from ``row`` on say 指标, 地区, 频度, 单位 … of the columns, above periods going down."""
    height = 0
    while plain(sheet.at(row + height, 0)) in ATTRIBUTES and height < 2 * DEEPEST:
        height += 1
    if height < 2 or len({plain(sheet.at(row + n, 0)) for n in range(height)}) < height:
        return 1
    return height


def _is_second_row(sheet: Sheet, row: int) -> bool:
    """Whether the row below has words only, none under the label, and some under a blank beside a group's name."""
    above = []
    for column in range(sheet.width):
        above.append(plain(sheet.at(row, column)))
    below = []
    for column in range(sheet.width):
        below.append(sheet.at(row + 1, column))
    words = []
    for column, value in enumerate(below):
        if plain(value):
            words.append(column)
    if not words or not above or not above[0] or plain(below[0]):
        return False
    if any(not isinstance(value, str) for value in below if value != ""):
        return False
    # the first word of a group stands under the group's name, its next ones under blanks
    carried = []
    for column in words:
        if not above[column]:
            carried.append(column)
    return bool(carried) and all(above[column] or column - 1 in words for column in words)


def flatten(sheet: Sheet, first: int, last: int) -> Header:
    """Join the header rows of every column; a cell is carried on inside its merged range, or over a second row."""
    loose = last == first + 1 and not any(first <= top <= last for top, _, _, _ in sheet.ranges)
    loose = loose and _is_second_row(sheet, first)
    # a group's name stands over its first column only, and holds until the next one
    levels, group = [], ""
    for column in range(sheet.width):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = _heading(sheet.at(row, column, fill=True))
            if loose and row == first:
                group = text or (group if plain(sheet.at(last, column)) else "")
                text = group
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        levels.append(tuple(parts))
    whens = []
    for parts in levels:
        found: list[When] = []
        for part in parts:
            found += read_phrases(part).found
        whens.append(tuple(found))
    if attribute_rows(sheet, first) == last - first + 1 > 1:
        levels[0], whens[0] = (PERIODS_DOWN,), ()
    return Header(first, last, _names(levels, whens), tuple(levels), tuple(whens))


def _heading(value: object) -> str:
    """The text of a heading; the first day of a month stands for the month that it is shown as."""
    if isinstance(value, datetime.date) and value.day == 1:
        return f"{value.year}年{value.month}月"
    if isinstance(value, float) and 1949 <= value <= 2100 and value == int(value):
        return f"{int(value)}年"
    return plain(value)


def _names(levels: list[tuple[str, ...]], whens: list[tuple[When, ...]]) -> tuple[str, ...]:
    names: list[str] = []
    seen: dict[tuple, int] = {}
    for parts, own in zip(levels, whens, strict=True):
        name = "/".join(general(part) for part in parts)
        # columns of different periods share a name; a name twice for one period is told apart by its place
        key = (name, own)
        seen[key] = seen.get(key, 0) + 1
        names.append(name if seen[key] == 1 or not name else f"{name}#{seen[key]}")
    return tuple(names)


def plain_left_out(parts: tuple[str, ...]) -> bool:
    """Whether a level is one of the columns that everybody leaves out (本月, 上年同期), alone or as a group's name."""
    for part in parts:
        base = undressed(split_unit(even(part))[0])
        if base in LEFT_OUT:
            return True
        phrases = read_phrases(base)
        single = len(phrases.found) == 1 and phrases.found[0].kind == "month" and not phrases.left
        if single and phrases.found[0].year is None and phrases.rest in ("当月", "本月", "当月数", "完成"):
            return True
    return False
