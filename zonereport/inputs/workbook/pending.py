"""The sheets of a review workbook that wait for a person: what was answered is read, what was not is left out."""

import dataclasses
import re
from dataclasses import dataclass

from zonereport.inputs.workbook.book import Book, Sheet, Value
from zonereport.inputs.workbook.cells import plain
from zonereport.language import tr

# figures without a code, numbers that are no figures, sentences to be put into words of one's own
PENDING, OTHERS, STATEMENTS = "待定", "其余数字", "来源所述"
CODE, QUALIFIER, SENTENCE = "指标编码", "限定", "所述"
AIMS = frozenset(("目标", "力争", "计划", "确保"))
TARGETS = ("年度", CODE, "目标值", "单位", "目标类型", "来源")


@dataclass(frozen=True)
class Settled:
    """A book with the answered rows only, and how many were left out by sheet."""

    book: Book
    waiting: dict[str, int]

    @property
    def lines(self) -> list[str]:
        """How many rows were left out, in words."""
        lines = []
        for name, count in self.waiting.items():
            lines.append(tr("{sheet}: {count} rows without an answer were left out", sheet=name, count=count))
        return lines


def settled(book: Book) -> Settled:
    """Return a book of ours without the rows that nobody has answered; any other book as it is.

    A row of 待定 counts once it has a code, one of 来源所述 once it has a sentence. An aim among them becomes a target.
    """
    names = {sheet.name for sheet in book.sheets}
    if not book.ours or PENDING not in names:
        return Settled(book, {})
    sheets: list[Sheet] = []
    waiting: dict[str, int] = {}
    for sheet in book.sheets:
        if sheet.name == OTHERS:
            continue
        if sheet.name not in (PENDING, STATEMENTS):
            sheets.append(sheet)
            continue
        needed = CODE if sheet.name == PENDING else SENTENCE
        chosen, others = _by_answer(sheet, needed)
        if others:
            waiting[sheet.name] = len(others)
        results, aims = _parted(sheet, chosen)
        if results:
            sheets.append(dataclasses.replace(sheet, hidden=sheet.hidden | frozenset({*others, *aims})))
        if aims:
            sheets.append(_as_targets(sheet, aims))
    return Settled(dataclasses.replace(book, sheets=tuple(sheets)), waiting)


def _by_answer(sheet: Sheet, needed: str) -> tuple[list[int], list[int]]:
    """Return the rows that have an answer in the column ``needed``, and those that have none."""
    column = _column(sheet, needed)
    chosen, others = [], []
    for row in range(1, len(sheet.grid)):
        if not any(plain(value) for value in sheet.grid[row]):
            continue
        answered = column is not None and plain(sheet.at(row, column))
        (chosen if answered else others).append(row)
    return chosen, others


def _parted(sheet: Sheet, rows: list[int]) -> tuple[list[int], list[int]]:
    column = _column(sheet, QUALIFIER)
    if sheet.name != PENDING or column is None:
        return rows, []
    aims = [row for row in rows if plain(sheet.at(row, column)) in AIMS]
    return [row for row in rows if row not in aims], aims


def _as_targets(sheet: Sheet, rows: list[int]) -> Sheet:
    """Return aims as rows of the table of targets; each stays in its row, so that faults name it."""
    grid: list[list[Value]] = [list(TARGETS)]
    for row in range(1, len(sheet.grid)):
        line: list[Value] = []
        if row in rows:
            value, growth = _cell(sheet, row, "数值"), _cell(sheet, row, "同比（%）")
            kind, figure, unit = "总量", value, _cell(sheet, row, "单位")
            if value == "":
                kind, figure, unit = "增速", growth, "%"
            year = re.match(r"\d{4}", str(_cell(sheet, row, "期间")))
            line = [year[0] if year else "", _cell(sheet, row, CODE), figure, unit, kind, _cell(sheet, row, "来源")]
        grid.append(line)
    return Sheet("目标", grid)


def _cell(sheet: Sheet, row: int, header: str) -> Value:
    column = _column(sheet, header)
    return "" if column is None else sheet.at(row, column)


def _column(sheet: Sheet, header: str) -> int | None:
    for column in range(sheet.width):
        if plain(sheet.at(0, column)) == header:
            return column
    return None
