"""Tables inside a document: read as those of a workbook, not by the rules of sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.faults import Fault
from zonereport.inputs.texts.blocks import Block
from zonereport.inputs.workbook.book import Book, Sheet
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.following import read_records
from zonereport.inputs.workbook.propose import propose
from zonereport.inputs.workbook.readers.texts import valued
from zonereport.inputs.workbook.spoken import Defaults

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_FIGURES = ("value", "growth_pct", "rank", "target")
MOST_CELLS = 20_000


@dataclass(frozen=True)
class TableFact:
    """A row of a table: its cells by column of ours, the words of its row, and its place in the document."""

    table: str
    cells: dict[str, str]
    label: str
    quote: str
    locator: str


@dataclass(frozen=True)
class TableNumber:
    """A number of a table that became no fact, and why."""

    text: str
    locator: str
    reason: str
    quote: str


@dataclass(frozen=True)
class TableReading:
    """What the tables of a document hold: facts, other numbers, and what was asked."""

    facts: tuple[TableFact, ...]
    numbers: tuple[TableNumber, ...]
    questions: tuple[Fault, ...]


def read_tables_of(path: Path, blocks: Sequence[Block], context: Context, period: str) -> TableReading:
    """Read the tables among ``blocks``; every number of a cell is in a fact or among the numbers."""
    facts: list[TableFact] = []
    numbers: list[TableNumber] = []
    questions: list[Fault] = []
    title = ""
    for block in blocks:
        if block.text.strip():
            title = block.text.strip()
        if not block.grid:
            continue
        grid = [[valued(cell) for cell in row] for row in block.grid]
        heading = title if len(title) <= 40 else ""
        # the line above a table names its period and unit as the title of a sheet does
        if heading:
            grid.insert(0, [heading])
        sheet = Sheet(block.locator, grid)
        book = Book(path, (sheet,))
        used: set[tuple[int, int]] = set()
        if sum(map(len, grid)) <= MOST_CELLS:
            found, asked = _facts(book, context, period, 1 if heading else 0)
            facts += found
            questions += asked
            used = _used(found)
        numbers += _others(block, used)
    return TableReading(tuple(facts), tuple(numbers), tuple(questions))


def _facts(book: Book, context: Context, period: str, shift: int) -> tuple[list[TableFact], list[Fault]]:
    proposal = propose(book, context)
    if not proposal.sheets:
        return [], []
    reading = read_records(book, proposal.mapping, context, Defaults(period=period), "the proposal")
    found = []
    for record in reading.records:
        code = record.cells.get("code", "")
        if record.table not in ("indicators", "targets") or code not in context.dictionary.indicators.index:
            continue
        places = {name: record.places[name] for name in _FIGURES if name in record.places and record.cells.get(name)}
        if not places:
            continue
        row = record.label.row - shift
        cells = dict(record.cells)
        cells["_spots"] = ";".join(f"{place.row - shift},{place.column}" for place in places.values())
        label = str(record.label.sheet.at(record.label.row, record.label.column))
        quote = " | ".join(str(value) for value in record.label.sheet.grid[record.label.row] if value != "")
        found.append(TableFact(record.table, cells, label, quote, f"{record.label.sheet.name}第{row + 1}行"))
    return found, [*proposal.faults, *reading.faults]


def _used(facts: list[TableFact]) -> set[tuple[int, int]]:
    spots = set()
    for fact in facts:
        for spot in fact.cells["_spots"].split(";"):
            row, column = spot.split(",")
            spots.add((int(row), int(column)))
    return spots


def _others(block: Block, used: set[tuple[int, int]]) -> list[TableNumber]:
    numbers = []
    for row, cells in enumerate(block.grid):
        quote = " | ".join(cell for cell in cells if cell)
        for column, cell in enumerate(cells):
            if (row, column) in used:
                continue
            for match in NUMBER.finditer(cell):
                reason = "表格中没有识别的行或列"
                if re.search(r"[\u4e00-\u9fff]", cell):
                    reason = "表头、名称或说明中的数"
                numbers.append(TableNumber(match[0], f"{block.locator}第{row + 1}行", reason, quote))
    return numbers
