"""A book read by its mapping: sheets, tables and columns follow it, also where the month or the place has changed."""

import dataclasses
from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.blocks import cut
from zonereport.inputs.workbook.book import Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import AUTOMATIC, BLANK, Header, flatten, plain_left_out
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping
from zonereport.inputs.workbook.phrases import general
from zonereport.inputs.workbook.propose import COVER
from zonereport.inputs.workbook.record import Record
from zonereport.inputs.workbook.records import Reader, find_spot
from zonereport.inputs.workbook.spoken import Defaults

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
    used: set[tuple[str, int]] = set()
    for sheet, entry in sorted(_assigned(book, mapping, file, reader), key=lambda pair: first.get(pair[1].table, 2)):
        if first.get(entry.table, 2) == 2 and not reader.completer.things:
            reader.completer.things = _things(context, records)
        tables = [sheet] if book.ours else cut(sheet, context)
        found = _table_for(tables, entry)
        if found is None:
            reader.faults += _misfit(book, sheet, entry, file)
            continue
        place, header = found
        used.add((sheet.name, place))
        if not book.ours:
            reader.faults += _new_columns(book, tables[place - 1], header, entry, file)
        records += reader.read(tables[place - 1], header, entry)
        if reader.confirmed:
            entry = dataclasses.replace(entry, confirmed=tuple(dict.fromkeys((*entry.confirmed, *reader.confirmed))))
        if reader.completer.ids and entry.table == "enterprises":
            entry = dataclasses.replace(entry, ids=entry.ids | reader.completer.ids)
        entries.append(entry)
    reader.completer.sources(reader.tables)
    # a table that came since last month must not be passed over
    reader.faults += _new_tables(book, mapping, context, used, file)
    missing = [entry for entry in mapping.sheets if entry.sheet not in {one.sheet for one in entries}]
    return Reading(records, reader.faults, reader.warnings, Mapping((*entries, *missing), mapping.skip))


def _assigned(book: Book, mapping: Mapping, file: str, reader: Reader) -> list[tuple[Sheet, SheetMapping]]:
    """Return every sheet with the entries that it follows: those of its name, or of its name in another month."""
    pairs: list[tuple[Sheet, SheetMapping]] = []
    followed: set[str] = set()
    for sheet in book.sheets:
        name = _entry_name(sheet.name, mapping, book)
        for entry in mapping.sheets:
            if entry.sheet == name:
                pairs.append((sheet, entry))
                followed.add(entry.sheet)
    # 5月 is there no more, but 6月 follows its entry: nothing is missing
    patterns = {general(sheet.name) for sheet, _ in pairs}
    for entry in mapping.sheets:
        if entry.sheet not in followed and not (
            general(entry.sheet) != entry.sheet and general(entry.sheet) in patterns
        ):
            expected = f"a visible sheet, as {file} says; there are {'、'.join(one.name for one in book.sheets)}"
            reader.faults.append(Fault(f"{book.path.name}[{entry.sheet}]", None, None, None, expected))
    return pairs


def _entry_name(name: str, mapping: Mapping, book: Book) -> str:
    """Return the name of the entry that a sheet follows: its own, that of another month, or one but for numbering."""
    names = [entry.sheet for entry in mapping.sheets]
    if name in names or name in mapping.skip:
        return name
    alike = [one for one in names if general(one) == general(name)]
    if alike:
        return alike[-1]
    # 1.指标 and 2.指标 are two sheets: numbering is dress only where there is one of the name
    dressed = {one for one in names if undressed(one) == undressed(name)}
    own = [sheet.name for sheet in book.sheets if undressed(sheet.name) == undressed(name)]
    if len(dressed) == 1 and len(own) == 1:
        return dressed.pop()
    return ""


def _table_for(tables: list[Sheet], entry: SheetMapping) -> tuple[int, Header] | None:
    """Return the table of a sheet that has the columns of an entry, the one in its place first, and its header."""
    wanted = {name for name, target in entry.columns.items() if target and name != BLANK}
    # the table in the place of last month first, then wherever its columns are
    order = sorted(range(len(tables)), key=lambda place: place != entry.block - 1)
    first, last = entry.header
    for place in order:
        table = tables[place]
        starts = [first - 1, *(row for row in range(min(len(table.grid), FARTHEST_HEADER)) if row != first - 1)]
        for start in starts:
            header = flatten(table, start, start + last - first)
            if all(find_spot(header, name) for name in wanted):
                return place + 1, header
    return None


def _new_tables(book: Book, mapping: Mapping, context: Context, used: set, file: str) -> list[Fault]:
    """Say which tables of the mapped sheets the mapping does not have."""
    faults = []
    for sheet in book.sheets:
        if book.ours or not any(name == sheet.name for name, _ in used):
            continue
        for place, table in enumerate(cut(sheet, context), 1):
            known = (sheet.name, place) in used or f"{sheet.name}#{place}" in mapping.skip
            if (
                not known
                and sheet.name not in mapping.skip
                and any(type(value) in (int, float) for row in table.grid for value in row)
            ):
                expected = f"a table that {file} maps, or skips as {sheet.name}#{place}"
                faults.append(Fault(f"{book.path.name}[{sheet.name}]", None, None, f"table {place}", expected))
    return faults


def _things(context: Context, records: list[Record]) -> dict[str, dict[str, str]]:
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
    wanted = [name for name, target in entry.columns.items() if target and name != BLANK]
    missing = [name for name in wanted if not find_spot(header, name)]
    expected = f"this column in row {last}, as {file} says; there are {'、'.join(filter(None, there)) or 'none'}"
    return [Fault(f"{book.path.name}[{sheet.name}]", last, name, None, expected) for name in missing]


def _new_columns(book: Book, sheet: Sheet, header: Header, entry: SheetMapping, file: str) -> list[Fault]:
    expected = f"a column that {file} maps, or leaves out with ~"
    mapped = {column for name in entry.columns for column in find_spot(header, name)}
    faults = []
    for column, name in enumerate(header.names):
        if not name or column in mapped or plain_left_out(header.levels[column]) or name.endswith(AUTOMATIC):
            continue
        if any(plain(sheet.at(row, column)) for row in range(header.last + 1, len(sheet.grid))):
            faults.append(fault_at(book, sheet, header.last, column, name, expected, header=name))
    return faults


def strangers(book: Book, mapping: Mapping, file: str) -> list[Fault]:
    """Return a fault for every sheet that the mapping neither reads nor skips."""
    faults = []
    for sheet in book.sheets:
        known = sheet.name in (*mapping.skip, COVER) or _entry_name(sheet.name, mapping, book)
        if not known and any(plain(value) for row in sheet.grid for value in row):
            expected = f"a sheet that {file} maps, or skips"
            faults.append(Fault(f"{book.path.name}[{sheet.name}]", None, None, "a new sheet", expected))
    return faults
