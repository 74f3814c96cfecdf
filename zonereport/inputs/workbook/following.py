"""A book read by its mapping: sheets, tables and columns follow it, also where the month or the place has changed."""

import dataclasses
from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.blocks import cut
from zonereport.inputs.workbook.book import Book, Sheet
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import BLANK, Header, flatten
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping
from zonereport.inputs.workbook.phrases import general
from zonereport.inputs.workbook.record import Record
from zonereport.inputs.workbook.records import Reader, find_spot
from zonereport.inputs.workbook.spoken import Defaults
from zonereport.language import tr

# how far down a header may have moved since the mapping was written
FARTHEST_HEADER = 60


@dataclass(frozen=True)
class Reading:
    """What a mapping reads from a book; ``mapping`` is the same with what was found out while reading."""

    records: list[Record]
    faults: list[Fault]
    warnings: list[Fault]
    mapping: Mapping


def read_records(book: Book, mapping: Mapping, context: Context, defaults: Defaults, file: str) -> Reading:
    """Return the records of a book by its mapping (its file is named in faults), with all faults and warnings."""
    reader = Reader(book, context, defaults)
    records: list[Record] = []
    entries: list[SheetMapping] = []
    # enterprises and projects first: other sheets may name those that this book adds
    first = {"enterprises": 0, "projects": 1}
    for sheet, entry in sorted(assigned(book, mapping), key=lambda pair: first.get(pair[1].table, 2)):
        if first.get(entry.table, 2) == 2 and not reader.completer.things:
            reader.completer.things = _things(context, records)
        tables = [sheet] if book.ours else cut(sheet, context)
        found = table_for(tables, entry)
        if found is None:
            reader.faults += _misfit(book, sheet, entry, file)
            continue
        place, header = found
        records += reader.read(tables[place - 1], header, entry)
        if reader.confirmed:
            entry = dataclasses.replace(entry, confirmed=tuple(dict.fromkeys((*entry.confirmed, *reader.confirmed))))
        if reader.completer.ids and entry.table == "enterprises":
            entry = dataclasses.replace(entry, ids=entry.ids | reader.completer.ids)
        entries.append(entry)
    reader.completer.sources(reader.tables)
    reader.faults += _missing_sheets(book, mapping, file)
    read = set()
    for entry in entries:
        read.add(entry.sheet)
    missing = [entry for entry in mapping.sheets if entry.sheet not in read]
    return Reading(records, reader.faults, reader.warnings, Mapping((*entries, *missing), mapping.skip))


def assigned(book: Book, mapping: Mapping) -> list[tuple[Sheet, SheetMapping]]:
    """Return every sheet with the entries that it follows: those of its name, or of its name in another month."""
    pairs: list[tuple[Sheet, SheetMapping]] = []
    for sheet in book.sheets:
        name = entry_name(sheet.name, mapping, book)
        for entry in mapping.sheets:
            if entry.sheet == name:
                pairs.append((sheet, entry))
    return pairs


def _missing_sheets(book: Book, mapping: Mapping, file: str) -> list[Fault]:
    """Return a fault for every sheet of the mapping that no sheet of the book follows."""
    pairs = assigned(book, mapping)
    # 5月 is there no more, but 6月 follows its entry: nothing is missing
    followed, patterns = set(), set()
    for sheet, entry in pairs:
        followed.add(entry.sheet)
        patterns.add(general(sheet.name))
    faults = []
    for entry in mapping.sheets:
        of_another_month = general(entry.sheet) != entry.sheet and general(entry.sheet) in patterns
        if entry.sheet not in followed and not of_another_month:
            expected = tr(
                "a visible sheet, as {file} says; there are {sheets}",
                file=file,
                sheets="、".join(one.name for one in book.sheets),
            )
            faults.append(Fault(f"{book.path.name}[{entry.sheet}]", None, None, None, expected))
    return faults


def entry_name(name: str, mapping: Mapping, book: Book) -> str:
    """Return the name of the entry that a sheet follows: its own, that of another month, or one but for numbering."""
    names = [entry.sheet for entry in mapping.sheets]
    if name in names or name in mapping.skip:
        return name
    alike = [one for one in names if general(one) == general(name)]
    if alike:
        # the last one: that of the latest month
        return alike[-1]
    # 1.指标 and 2.指标 are two sheets: numbering is dress only where there is one of the name
    bare = undressed(name)
    dressed = {one for one in names if undressed(one) == bare}
    own = [sheet.name for sheet in book.sheets if undressed(sheet.name) == bare]
    if len(dressed) == 1 and len(own) == 1:
        return dressed.pop()
    return ""


def table_for(tables: list[Sheet], entry: SheetMapping) -> tuple[int, Header] | None:
    """Return the table of a sheet that has the columns of an entry, the one in its place first, and its header."""
    wanted = set()
    for name, target in entry.columns.items():
        if target and name != BLANK:
            wanted.add(name)
    # the table in the place of last month first, then wherever its columns are
    order = sorted(range(len(tables)), key=lambda place: place != entry.block - 1)
    first, last = entry.header
    for place in order:
        table = tables[place]
        # where it stood last month, then from the top down
        for start in (first - 1, *range(min(len(table.grid), FARTHEST_HEADER))):
            header = flatten(table, start, start + last - first)
            if all(find_spot(header, name) for name in wanted):
                return place + 1, header
    return None


def _things(context: Context, records: list[Record]) -> dict[str, dict[str, str]]:
    # names of this very book: a firm may be new in one sheet and reported in the next
    more: dict[str, list[tuple[str, str]]] = {"enterprises": [], "projects": []}
    for record in records:
        if record.table in more:
            key = context.schemas[record.table].key[0]
            more[record.table].append((record.cells.get(key, ""), record.cells.get("name", "")))
    return {kind: context.things(f"{kind}s", more[f"{kind}s"]) for kind in ("enterprise", "project")}


def _misfit(book: Book, sheet: Sheet, entry: SheetMapping, file: str) -> list[Fault]:
    first, last = entry.header
    header = flatten(sheet, first - 1, last - 1)
    there = header.names
    wanted = []
    for name, target in entry.columns.items():
        if target and name != BLANK and not find_spot(header, name):
            wanted.append(name)
    expected = tr(
        "this column in row {last}, as {file} says; there are {names}",
        last=last,
        file=file,
        names="、".join(filter(None, there)) or "none",
    )
    faults = []
    for name in wanted:
        faults.append(Fault(f"{book.path.name}[{sheet.name}]", last, name, None, expected))
    return faults
