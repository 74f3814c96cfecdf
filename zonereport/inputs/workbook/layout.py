"""The layout of a table: its header, and for which table of the zone it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from zonereport.inputs.aliases import undressed
from zonereport.inputs.schemas import Table
from zonereport.inputs.workbook.blocks import LABELS
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import BLANK, MEASURES, Header, depth, flatten
from zonereport.inputs.workbook.mapping import Target
from zonereport.inputs.workbook.verdicts import Verdict, verdicts
from zonereport.inputs.workbook.witnesses import title_of
from zonereport.inputs.workbook.words import SHORTENED

# a header stands at the top of its table: this many rows below the title nothing is looked for
DEEPEST_HEADER = 30
LOOKED_AT = 60
# the score of a header that resembles a table and has no column that can be read
UNREAD = 0.1
# what stands against a table whose rows are about something else
STRANGE = 99


@dataclass(frozen=True)
class Layout:
    """How a table was understood: header, table, the meaning of every column, and how well it fits."""

    header: Header
    table: str
    verdicts: list[Verdict]
    score: float


def layouts(sheet: Sheet, context: Context, tables: Sequence[Table], *, alike: bool) -> Iterator[Layout]:
    """Yield every way to understand a sheet as one of ``tables``: a header row that serves it."""
    looked = 0
    for row, values in enumerate(sheet.grid):
        texts = set(map(plain, values)) - {""}
        # one text alone is a title
        if len(texts) < 2:
            continue
        looked += 1
        if looked > DEEPEST_HEADER:
            return
        # a row with a figure is data, however much its words look like a header
        if not any(isinstance(value, str) for value in values) or any(_is_figure(value) for value in values):
            continue
        # the header as it would be if it began here: the best fit decides
        header = flatten(sheet, row, row + depth(sheet, row) - 1)
        tags = title_of(sheet, row, context).tags
        by_content = label_kind(sheet, header, context)
        for table in tables:
            found = verdicts(header, table.name, context, tags, alike=alike)
            # what the rows hold says more than the word above them: 地区 may be parks or peers
            against = _labelled_by_content(header, found, table, by_content)
            targets = _targets(header, found)
            # rows of peers under a header of indicators: not this table, however well its columns fit
            if against == STRANGE:
                continue
            if serves(table, targets):
                unknown = len(list(filter(attrgetter("question"), found)))
                hinted = 0
                if table.name_zh in sheet.name:
                    hinted = 0.5
                yield Layout(header, table.name, found, 2 * len(targets) + hinted - unknown - against)
            elif serves(table, _targets(header, found, instead=True)):
                yield Layout(header, table.name, found, UNREAD)


def _is_figure(value: object) -> bool:
    """Whether a cell holds a number that is no year: a row with one is no header."""
    if type(value) not in (int, float):
        return False
    year = 1949 <= value <= 2100 and value == int(value)
    return not year and not SHORTENED.fullmatch(plain(value))


def _targets(header: Header, found: list[Verdict], *, instead: bool = False) -> list[tuple[Target, tuple]]:
    pairs = []
    before: tuple = ()
    for column, (verdict, whens) in enumerate(zip(found, header.whens, strict=True)):
        if verdict.target:
            # a growth has the period of the figure before it
            if verdict.target.column == "value":
                before = whens
            pairs.append((verdict.target, whens or (before if verdict.target.column in MEASURES else ())))
        elif instead and verdict.instead:
            pairs.append((verdict.instead, (*whens, column)))
    return pairs


def best_layouts(sheet: Sheet, context: Context) -> list[Layout]:
    """Return the best way to understand a sheet; several where they are of different tables and equally good.

    A sheet that has the name of a table is that table; exact names of columns come before likeness.
    """
    every = list(context.schemas.values())
    own_names = undressed(sheet.name)
    named = []
    for table in every:
        if own_names in (undressed(table.name), undressed(table.name_zh)):
            named.append(table)
    found: list[Layout] = []
    unread: list[Layout] = []
    # the name of the sheet before its columns, certainty before likeness
    for tables, alike in ((named, False), (named, True), (every, False), (every, True)):
        of_pass = list(layouts(sheet, context, tables, alike=alike))
        found, unread_too = [], []
        for layout in of_pass:
            fits = layout.score != UNREAD
            (found if fits else unread_too).append(layout)
        unread = unread or unread_too
        if found:
            break
    # a header of which nothing can be read: better its questions than none at all
    found = found or unread
    # of equal fits the upper header: what is below it may be data
    found.sort(key=lambda layout: (-layout.score, layout.header.first))
    best: dict[str, Layout] = {}
    for layout in found:
        if layout.score == found[0].score and layout.table not in best:
            best[layout.table] = _with_likeness(layout, sheet, context)
    return list(best.values())


def _with_likeness(layout: Layout, sheet: Sheet, context: Context) -> Layout:
    """Match by likeness what is not known exactly; a column that was understood stays as it is."""
    tags = title_of(sheet, layout.header.first, context).tags
    again = verdicts(layout.header, layout.table, context, tags, alike=True)
    merged = []
    for old, new in zip(layout.verdicts, again, strict=True):
        merged.append(old if old.exact else new)
    return replace(layout, verdicts=merged)


def _labelled_by_content(header: Header, found: list[Verdict], table: Table, by_content: tuple[int, str] | None) -> int:
    """Let the content of a label column say what it is; how much stands against the table if it has no such column."""
    if not by_content:
        return 0
    column, kind = by_content
    target = found[column].target
    labelled = any(one.target and one.target.column in LABELS for one in found)
    is_label = target is not None and target.column in LABELS
    if kind in table.columns and (is_label or not labelled):
        found[column] = Verdict(Target(kind))
    elif is_label and target.column != kind:
        return 3
    elif kind not in table.columns and not labelled:
        # rows of peers are no rows of a table without peers, whatever the sheet is called
        return STRANGE
    return 0


def serves(table: Table, targets: list[tuple[Target, tuple]]) -> bool:
    """Whether columns are enough for rows of a table: its keys (period and unit come from titles) and a figure.

    A column twice for one record is not a header but a row of data.
    """
    columns = set()
    for target, _ in targets:
        columns.add(target.column)
    for target, _ in targets:
        for name in ("code", "peer"):
            if getattr(target, name):
                columns.add(name)
    keys = {field.name for field in table.fields if field.key and field.required} - {"period", "year"}
    if table.name == "targets":
        keys -= {"kind"}
    # ids of firms and of regions' indicators are asked for where there are none
    if table.name == "enterprises" and "name" in columns:
        keys -= {"enterprise"}
    if table.name in ("peers", "indicators") and {"peer", "park", "period"} & columns:
        keys -= {"code"}
    rest = columns - keys - {"period", "unit", "source", "park"}
    groups = set()
    for target, whens in targets:
        groups.add((target.column, target.group, whens))
    if len(groups) < len(targets) or not keys <= columns or not rest:
        return False
    return not set(MEASURES[:2]) <= set(table.columns) or bool(set(MEASURES) & columns)


def label_kind(sheet: Sheet, header: Header, context: Context) -> tuple[int, str] | None:
    """Return the leftmost column below the header that holds indicators, peers or parks by content, and which it is."""
    looked = 0
    for column in range(sheet.width):
        texts = []
        for row in range(header.last + 1, header.last + LOOKED_AT):
            if text := plain(sheet.at(row, column)):
                texts.append(text)
        # labels stand on the left: a park in column twenty is a remark
        looked += bool(texts or header.names[column])
        if looked > 3:
            break
        for kind, names in (("code", context.indicators), ("peer", context.peers), ("park", context.parks)):
            if texts and sum(names.get(text) is not None for text in texts) * 3 >= len(texts):
                return column, kind
    return None


def column_name(header: Header, column: int) -> str:
    """Return the name of a column in a mapping; one without a header has a name of its own."""
    return header.names[column] or BLANK
