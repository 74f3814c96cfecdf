"""A workbook into a zone: all of it or nothing."""

import dataclasses
import datetime
import hashlib
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.blocks import cut
from zonereport.inputs.workbook.book import Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context, of_folder
from zonereport.inputs.workbook.headers import AUTOMATIC, BLANK, Header, flatten, plain_left_out
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping, dump_mapping, load_mapping
from zonereport.inputs.workbook.merge import Change, Merged, Revision, merge
from zonereport.inputs.workbook.phrases import general
from zonereport.inputs.workbook.preview import preview_of
from zonereport.inputs.workbook.propose import COVER, propose
from zonereport.inputs.workbook.reading import read_book
from zonereport.inputs.workbook.records import Reader, Record, find_spot
from zonereport.inputs.workbook.spoken import Defaults
from zonereport.inputs.workbook.staging import stage, swap

# how far down a header may have moved since the mapping was written
FARTHEST_HEADER = 60


@dataclass(frozen=True)
class ImportResult:
    """What an import did. With ``faults`` nothing was written.

    ``written``: files of the zone folder; ``added``: new rows by table; ``revisions``: figures received again with
    another content; ``changes``: cells of other tables; ``unchanged``: records that said what was known;
    ``warnings``: what was left out; ``mapping``: the mapping used, for dump_mapping; ``preview``: the rows that would be
    written, each with its cell. Among ``faults`` are questions (severity question) that ``yes`` answers.
    """

    written: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    added: dict[str, int] = dataclasses.field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    warnings: tuple[Fault, ...] = ()
    mapping: Mapping | None = None
    preview: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """How a book is imported: what import_book was asked for."""

    received: str
    period: str = ""
    mapping: Path | None = None
    source: str = ""
    yes: bool = False


@dataclass(frozen=True)
class Reading:
    """What a mapping reads from a book; ``mapping`` is the same with what was found out while reading."""

    records: list[Record]
    faults: list[Fault]
    warnings: list[Fault]
    mapping: Mapping


def import_book(
    path: Path,
    zone: str,
    root: Path,
    *,
    period: str | Period | None = None,
    received: datetime.date,
    mapping: Path | None = None,
    source: str = "",
    yes: bool = False,
) -> ImportResult:
    """Read a workbook into the tables of data/``zone`` below ``root``; all of it, or nothing if there is any fault.

    What was not understood for certain is a question: ``yes`` takes what the mapping proposes.
    ``period`` and ``source`` hold where neither a row nor its sheet says otherwise; a file name may name the period,
    and the only source of zone.yml that covers the year is taken. ``mapping`` is a mapping file; without it it is
    data/<zone>/mappings/<office>.yml, the office being the file name without its period, written if not there yet.

    Raises Refused while another import of the zone is under way, and on a period that is none.
    """
    path = Path(path)
    when = str(Period.parse(str(period))) if period else ""
    name = hashlib.sha256(str((root / "data" / zone).resolve()).encode()).hexdigest()[:16]
    try:
        with FileLock(Path(tempfile.gettempdir()) / f"zonereport-import-{name}.lock", timeout=0):
            given = Path(mapping) if mapping else None
            return _import(path, zone, root, Options(received.isoformat(), when, given, source, yes))
    except Timeout:
        raise Refused(f"{zone}: another import is under way") from None
    except InputError as error:
        return ImportResult(faults=error.faults)


def office(path: Path) -> str:
    """The name of a workbook without its period: what its mapping file is called.

    >>> office(Path("税务局_2022年1-11月.xlsx")), office(Path("财政 2022-11.xls")), office(Path("2022-11.xlsx"))
    ('税务局', '财政', 'workbook')
    """
    stem = re.sub(r"(?:19|20)\d\d(?:[年._-]?(?:1[-—–~至])?\d{0,2}月?|Q[1-4]|H[12])?(?:份)?", "", path.stem)
    return re.sub(r"[^\w]+", "-", stem).strip("-_") or "workbook"


def _import(path: Path, zone: str, root: Path, options: Options) -> ImportResult:
    book = read_book(path)
    context = of_folder(zone, root)
    file = options.mapping or root / "data" / zone / "mappings" / f"{office(path)}.yml"
    faults, warnings, fresh = [], list(book.notices), False
    if not book.ours and (options.mapping or file.exists()):
        mapping = load_mapping(file, context.schemas)
        faults += _strangers(book, mapping, file.name)
    else:
        proposal = propose(book, context)
        mapping, fresh = proposal.mapping, not book.ours
        faults += proposal.faults
        warnings += proposal.warnings
    reading = read_records(book, mapping, context, Defaults(options.period, options.source, path.stem), file.name)
    mapping, records = reading.mapping, reading.records
    # what the proposal has said of a cell is not said again
    said = {(fault.file, fault.row, fault.column) for fault in faults}
    faults += [fault for fault in reading.faults if (fault.file, fault.row, fault.column) not in said]
    if options.yes:
        faults = [fault for fault in faults if fault.severity != "question"]
    if not records and not faults:
        faults.append(Fault(path.name, None, None, "no figure", "at least one row with a figure"))
    for name in sorted({record.table for record in records}):
        if (root / "data" / zone / name).is_dir():
            faults.append(Fault(path.name, None, None, name, f"no rows of {name}, which stands as Parquet files"))
    warnings += reading.warnings
    preview = preview_of(records, context)
    if faults:
        return ImportResult(faults=_in_order(faults), warnings=tuple(warnings), mapping=mapping, preview=preview)
    merged = merge(records, context.frames, context.schemas, context.dictionary.units, book, options.received)
    if merged.faults:
        return ImportResult(faults=_in_order(merged.faults), warnings=tuple(warnings), mapping=mapping, preview=preview)
    return _write(book, zone, root, context, merged, mapping, file if fresh else None, tuple(warnings))


def read_records(book: Book, mapping: Mapping, context: Context, defaults: Defaults, file: str) -> Reading:
    """Return the records of a book by its mapping (its file is named in faults), with all faults and warnings."""
    reader = Reader(book, context, defaults)
    records: list[Record] = []
    entries: list[SheetMapping] = []
    # enterprises and projects first: other sheets may name those that this book adds
    first = {"enterprises": 0, "projects": 1}
    used: set[tuple[str, int]] = set()
    for sheet, entry in sorted(_assigned(book, mapping, file, reader), key=lambda pair: first.get(pair[1].table, 2)):
        if first.get(entry.table, 2) == 2 and not reader.things:
            reader.things = _things(context, records)
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
        if reader.ids and entry.table == "enterprises":
            entry = dataclasses.replace(entry, ids=entry.ids | reader.ids)
        entries.append(entry)
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
    dressed = {one for one in names if undressed(one) == undressed(name)}
    own = [sheet.name for sheet in book.sheets if undressed(sheet.name) == undressed(name)]
    return dressed.pop() if len(dressed) == 1 and len(own) == 1 else ""


def _table_for(tables: list[Sheet], entry: SheetMapping) -> tuple[int, Header] | None:
    """Return the table of a sheet that has the columns of an entry, the one in its place first, and its header."""
    wanted = {name for name, target in entry.columns.items() if target and name != BLANK}
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


def _strangers(book: Book, mapping: Mapping, file: str) -> list[Fault]:
    faults = []
    for sheet in book.sheets:
        known = sheet.name in (*mapping.skip, COVER) or _entry_name(sheet.name, mapping, book)
        if not known and any(plain(value) for row in sheet.grid for value in row):
            expected = f"a sheet that {file} maps, or skips"
            faults.append(Fault(f"{book.path.name}[{sheet.name}]", None, None, "a new sheet", expected))
    return faults


def _write(
    book: Book, zone: str, root: Path, context: Context, merged: Merged, mapping: Mapping, fresh: Path | None,
    warnings: tuple[Fault, ...],
) -> ImportResult:  # fmt: skip
    changed = {name: rows for name, rows in merged.rows.items() if merged.added.get(name) or _touched(name, merged)}
    texts = {f"mappings/{fresh.name}": dump_mapping(mapping)} if fresh else {}
    with stage(zone, root, changed, texts, context.schemas) as staged:
        faults, more = staged.check(book, merged)
        if faults:
            return ImportResult(faults=_in_order(faults), warnings=warnings, mapping=mapping)
        written = swap(staged, root / "data" / zone)
    return ImportResult(
        tuple(written), tuple(merged.revisions), merged.unchanged, (), merged.added, tuple(merged.changes),
        warnings + tuple(more), mapping,
    )  # fmt: skip


def _touched(name: str, merged: Merged) -> bool:
    return any(change.table == name for change in merged.changes) or (name == "indicators" and bool(merged.revisions))


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    def spot(fault: Fault) -> tuple:
        letter = (fault.column or "").split(" ")[0]
        return fault.file, fault.row or 0, len(letter), letter

    return tuple(dict.fromkeys(sorted(faults, key=spot)))
