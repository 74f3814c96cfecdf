"""The layout of a sheet: title and unit rows, the header, and for which table it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import Header, depth, flatten, meaning
from zonereport.inputs.workbook.mapping import Target
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.words import UNIT_ROW

# a header stands at the top: below this row nothing is looked for
DEEPEST_HEADER = 30
LOOKED_AT = 60
_PERIOD = re.compile(
    r"\d{4}年(?:(?:1[-—–~至])?\d{1,2}月|[一二三四1-4]季度|[上下]半年)?|(?<!\d)(?:19|20)\d\d-\d\d(?!\d)"
)
FIGURES = ("value", "growth_pct", "rank")
# columns that say what a row is about, the telling ones first
LABELS = ("code", "peer", "enterprise", "park", "project")


@dataclass(frozen=True)
class Layout:
    """How a sheet was understood: header, table, the meaning of every named column, and how well it fits."""

    header: Header
    table: str
    columns: dict[str, tuple[Target | None, Match | None]]
    score: float


def title_period(sheet: Sheet, first: int) -> str:
    """The period that the rows above the header, or else the name of the sheet, speak of; empty for none or two."""
    above = [plain(value) for row in sheet.grid[:first] for value in row if isinstance(value, str)]
    for texts in (above, [sheet.name]):
        found = {period for text in texts for period in periods_in(text)}
        if len(found) == 1:
            return found.pop()
    return ""


def periods_in(text: str) -> set[str]:
    """Every period that a title names; a year inside a month of that year is not one more.

    >>> periods_in("2022年1-11月主要指标"), periods_in("税务局_2022-10"), periods_in("2022年指标"), periods_in("指标")
    ({'2022-11'}, {'2022-10'}, {'2022'}, set())
    """
    found = set()
    for match in _PERIOD.finditer(text):
        try:
            found.add(str(Period.parse(match[0])))
        except Refused:
            continue
    return found


def title_unit(sheet: Sheet, first: int, context: Context) -> str:
    """The unit that a row above the header names (单位：万元); empty for none, and for several of them."""
    found = {
        unit
        for row in sheet.grid[:first]
        for value in row
        if isinstance(value, str)
        for match in UNIT_ROW.finditer(plain(value))
        for unit in re.split(r"[、,，;/]", match[1])
        if unit in context.dictionary.units and unit != "%"
    }
    return found.pop() if len(found) == 1 else ""


def layouts(
    sheet: Sheet, context: Context, year: int | None, tables: Sequence[Table], *, alike: bool
) -> Iterator[Layout]:
    """Every way to understand a sheet as one of ``tables``: a header row that serves it."""
    for row, values in enumerate(sheet.grid[:DEEPEST_HEADER]):
        texts = {plain(value) for value in values if isinstance(value, str)} - {""}
        if len(texts) < 2:
            continue
        header = flatten(sheet, row, row + depth(sheet, row) - 1)
        by_content = label_kind(sheet, header, context)
        for table in tables:
            columns = {name: meaning(name, table, context, year, alike=alike) for name in header.names if name}
            against = _labelled_by_content(columns, table, by_content)
            targets = [target for target, _ in columns.values() if target]
            if serves(table, targets):
                unknown = sum(1 for target, match in columns.values() if target is None and match is not None)
                hinted = 0.5 if table.name_zh in sheet.name else 0
                yield Layout(header, table.name, columns, 2 * len(targets) + hinted - unknown - against)


def best_layouts(sheet: Sheet, context: Context, year: int | None) -> list[Layout]:
    """The best way to understand a sheet; several where they are of different tables and equally good.

    A sheet that has the name of a table is that table; exact names of columns come before likeness.
    """
    every = list(context.schemas.values())
    named = [table for table in every if undressed(sheet.name) in (undressed(table.name), undressed(table.name_zh))]
    for tables, alike in ((named, False), (named, True), (every, False), (every, True)):
        found = list(layouts(sheet, context, year, tables, alike=alike))
        if found:
            break
    found.sort(key=lambda layout: (-layout.score, layout.header.first))
    best: dict[str, Layout] = {}
    for layout in found:
        if layout.score == found[0].score:
            again = {name: meaning(name, context.schemas[layout.table], context, year) for name in layout.columns}
            # a column that was understood stays so; the others are now matched by likeness
            columns = {name: old if old[0] else again[name] for name, old in layout.columns.items()}
            best.setdefault(layout.table, replace(layout, columns=columns))
    return list(best.values())


def _labelled_by_content(columns: dict, table: Table, by_content: tuple[str, str] | None) -> int:
    """Let the content of a label column say what it is; how much stands against the table if it has no such column."""
    if not by_content:
        return 0
    name, kind = by_content
    said = columns.get(name, (None, None))[0]
    if kind in table.columns and (said.column in LABELS if said else not _labelled(columns)):
        columns[name] = Target(kind), Match(kind, True)
    elif said and said.column in LABELS and said.column != kind:
        return 3
    return 0


def serves(table: Table, targets: list[Target]) -> bool:
    """Whether columns are enough for rows of a table: its keys (period and unit come from titles) and a figure.

    A column twice for one record is not a header but a row of data.
    """
    columns = {target.column for target in targets}
    columns |= {name for target in targets for name in ("code", "peer") if getattr(target, name)}
    keys = {field.name for field in table.fields if field.key and field.required} - {"period", "year"}
    keys -= {"kind"} if table.name == "targets" else set()
    rest = columns - keys - {"period", "unit", "source", "park"}
    twice = len({(target.column, target.group) for target in targets}) < len(targets)
    if twice or not keys <= columns or not rest:
        return False
    return not set(FIGURES[:2]) <= set(table.columns) or bool(set(FIGURES) & columns)


def _labelled(columns: dict[str, tuple[Target | None, Match | None]]) -> bool:
    return any(target and target.column in LABELS for target, _ in columns.values())


def label_kind(sheet: Sheet, header: Header, context: Context) -> tuple[str, str] | None:
    """The leftmost column below the header that holds indicators, peers or parks by its content, and which it is."""
    for column in range(min(3, sheet.width)):
        texts = [plain(sheet.at(row, column)) for row in range(header.last + 1, header.last + LOOKED_AT)]
        texts = [text for text in texts if text]
        for kind, names in (("code", context.indicators), ("peer", context.peers), ("park", context.parks)):
            if texts and sum(names.get(text) is not None for text in texts) * 3 >= len(texts):
                return header.names[column] or BLANK, kind
    return None


# the name of a label column whose header is empty
BLANK = "（空）"
