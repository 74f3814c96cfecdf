"""A workbook into a zone: all of it or nothing."""

import dataclasses
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk.journal import Changed, commit, fingerprint, writing
from zonereport.disk.locks import Busy
from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.book import Book, Sheet, fault_at, read_book
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context, of_folder
from zonereport.inputs.workbook.headers import AUTOMATIC, flatten
from zonereport.inputs.workbook.layout import BLANK, periods_in
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping, dump_mapping, load_mapping
from zonereport.inputs.workbook.merge import Change, Merged, Revision, merge
from zonereport.inputs.workbook.propose import COVER, propose
from zonereport.inputs.workbook.records import Defaults, Reader, Record, find_header
from zonereport.inputs.workbook.staging import stage
from zonereport.inputs.workbook.words import LEFT_OUT
from zonereport.inputs.zone import list_zones

# seconds to wait for another import of the zone, or for a run that is reading it
PATIENCE = 60


@dataclass(frozen=True)
class ImportResult:
    """What an import did. With ``faults`` nothing was written.

    ``written``: files of the zone folder; ``added``: new rows by table; ``revisions``: figures received again with
    another content; ``changes``: cells of other tables; ``unchanged``: records that said what was known;
    ``warnings``: what was left out or matched by likeness; ``mapping``: the mapping used, for dump_mapping.
    """

    written: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    added: dict[str, int] = dataclasses.field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    warnings: tuple[Fault, ...] = ()
    mapping: Mapping | None = None


def import_book(
    path: Path,
    zone: str,
    root: Path,
    *,
    period: str | Period | None = None,
    received: datetime.date,
    mapping: Path | None = None,
    source: str = "",
    patience: float = PATIENCE,
) -> ImportResult:
    """Read a workbook into the tables of data/``zone`` below ``root``; all of it, or nothing if there is any fault.

    ``period`` and ``source`` hold where neither a row nor its sheet says otherwise; a file name may name the period,
    and the only source of zone.yml that covers the year is taken. ``mapping`` is a mapping file; without it it is
    data/<zone>/mappings/<office>.yml, the office being the file name without its period, written if not there yet.

    Raises Refused where another import of the zone takes longer than ``patience`` seconds, where somebody edits a table
    meanwhile, and on a period that is none.
    """
    path = Path(path)
    when = str(Period.parse(str(period))) if period else ""
    try:
        if zone not in list_zones(root):
            # it says which zones there are
            of_folder(zone, root)
        with writing(root, zone, patience=patience) as staging:
            return _import(path, zone, root, staging, when, received, mapping, source)
    except Busy:
        raise Refused(f"{zone}: another import is under way") from None
    except Changed as error:
        raise Refused(str(error)) from None
    except InputError as error:
        return ImportResult(faults=error.faults)


def office(path: Path) -> str:
    """The name of a workbook without its period: what its mapping file is called.

    >>> office(Path("税务局_2022年1-11月.xlsx")), office(Path("财政 2022-11.xls")), office(Path("2022-11.xlsx"))
    ('税务局', '财政', 'workbook')
    """
    stem = re.sub(r"(?:19|20)\d\d(?:[年._-]?(?:1[-—–~至])?\d{0,2}月?|Q[1-4]|H[12])?(?:份)?", "", path.stem)
    return re.sub(r"[^\w]+", "-", stem).strip("-_") or "workbook"


def _import(
    path: Path,
    zone: str,
    root: Path,
    staging: Path,
    period: str,
    received: datetime.date,
    given: Path | None,
    source: str,
) -> ImportResult:
    book = read_book(path)
    folder = root / "data" / zone
    # before anything is read of them: what is replaced at the end must be what was read here
    before = {file.name: fingerprint(file) for file in folder.glob("*.csv")}
    context = of_folder(zone, root)
    named = periods_in(path.stem)
    default = period or (named.pop() if len(named) == 1 else "")
    defaults = Defaults(default, source, period)
    file = Path(given) if given else root / "data" / zone / "mappings" / f"{office(path)}.yml"
    faults, warnings, fresh = [], list(book.notices), False
    if not book.ours and (given or file.exists()):
        mapping = load_mapping(file, context.schemas)
        faults += _strangers(book, mapping, file.name)
    else:
        proposal = propose(book, context, default)
        mapping, fresh = proposal.mapping, not book.ours
        faults += proposal.faults
        warnings += proposal.warnings
    records, more, left_out = read_records(book, mapping, context, defaults, file.name)
    # what the proposal has said of a cell is not said again
    said = {(fault.file, fault.row, fault.column) for fault in faults}
    faults += [fault for fault in more if (fault.file, fault.row, fault.column) not in said]
    if not records and not faults:
        faults.append(Fault(path.name, None, None, "no figure", "at least one row with a figure"))
    for name in sorted({record.table for record in records}):
        if (root / "data" / zone / name).is_dir():
            faults.append(Fault(path.name, None, None, name, f"no rows of {name}, which stands as Parquet files"))
    if faults:
        return ImportResult(faults=_in_order(faults), warnings=tuple(warnings + left_out), mapping=mapping)
    merged = merge(records, context.frames, context.schemas, context.dictionary.units, book, received.isoformat())
    if merged.faults:
        return ImportResult(faults=_in_order(merged.faults), warnings=tuple(warnings), mapping=mapping)
    fresh_mapping = file if fresh else None
    return _write(
        book, zone, root, staging, before, context, merged, mapping, fresh_mapping, tuple(warnings + left_out)
    )  # fmt: skip


def read_records(
    book: Book, mapping: Mapping, context: Context, defaults: Defaults, file: str
) -> tuple[list[Record], list[Fault], list[Fault]]:
    """The records of a book by its mapping (its file is named in faults), with all faults and warnings."""
    reader = Reader(book, context, defaults)
    sheets = {undressed(sheet.name): sheet for sheet in book.sheets}
    records: list[Record] = []
    # enterprises and projects first: other sheets may name those that this book adds
    first = {"enterprises": 0, "projects": 1}
    for entry in sorted(mapping.sheets, key=lambda one: first.get(one.table, 2)):
        if first.get(entry.table, 2) == 2 and not reader.things:
            reader.things = _things(context, records)
        sheet = sheets.get(undressed(entry.sheet))
        if sheet is None:
            expected = f"a visible sheet, as {file} says; there are {'、'.join(one.name for one in book.sheets)}"
            reader.faults.append(Fault(f"{book.path.name}[{entry.sheet}]", None, None, None, expected))
            continue
        header = find_header(sheet, entry, flatten)
        if header is None:
            reader.faults += _misfit(book, sheet, entry, file)
            continue
        if not book.ours:
            reader.faults += _new_columns(book, sheet, header, entry, file)
        records += reader.read(sheet, header, entry)
    return records, reader.faults, reader.warnings


def _things(context: Context, records: list[Record]) -> dict[str, dict[str, str]]:
    more: dict[str, list[tuple[str, str]]] = {"enterprises": [], "projects": []}
    for record in records:
        if record.table in more:
            key = context.schemas[record.table].key[0]
            more[record.table].append((record.cells.get(key, ""), record.cells.get("name", "")))
    return {kind: context.things(f"{kind}s", more[f"{kind}s"]) for kind in ("enterprise", "project")}


def _misfit(book: Book, sheet: Sheet, entry: SheetMapping, file: str) -> list[Fault]:
    first, last = entry.header
    there = flatten(sheet, first - 1, last - 1).names
    missing = [name for name, target in entry.columns.items() if target and name not in there and name != BLANK]
    expected = f"this column in row {last}, as {file} says; there are {'、'.join(filter(None, there)) or 'none'}"
    return [Fault(f"{book.path.name}[{sheet.name}]", last, name, None, expected) for name in missing]


def _new_columns(book: Book, sheet: Sheet, header, entry: SheetMapping, file: str) -> list[Fault]:
    expected = f"a column that {file} maps, or leaves out with ~"
    return [
        fault_at(book, sheet, header.last, column, name, expected, header=name)
        for column, name in enumerate(header.names)
        if name and name not in entry.columns and undressed(name) not in LEFT_OUT and not name.endswith(AUTOMATIC)
        if any(plain(sheet.at(row, column)) for row in range(header.last + 1, len(sheet.grid)))
    ]


def _strangers(book: Book, mapping: Mapping, file: str) -> list[Fault]:
    known = {undressed(name) for name in (*(one.sheet for one in mapping.sheets), *mapping.skip, COVER)}
    return [
        Fault(f"{book.path.name}[{sheet.name}]", None, None, "a new sheet", f"a sheet that {file} maps, or skips")
        for sheet in book.sheets
        if undressed(sheet.name) not in known and any(plain(value) for row in sheet.grid for value in row)
    ]


def _write(
    book: Book, zone: str, root: Path, staging: Path, before: dict[str, str | None], context: Context, merged: Merged,
    mapping: Mapping, fresh: Path | None, warnings: tuple[Fault, ...],
) -> ImportResult:  # fmt: skip
    changed = {name: rows for name, rows in merged.rows.items() if merged.added.get(name) or _touched(name, merged)}
    texts = {f"mappings/{fresh.name}": dump_mapping(mapping)} if fresh else {}
    staged = stage(staging, zone, root, changed, texts, context.schemas)
    faults, more = staged.check(book, merged)
    if faults:
        return ImportResult(faults=_in_order(faults), warnings=warnings, mapping=mapping)
    commit(root, zone, staged.folder, {name: before.get(name) for name in staged.files})
    return ImportResult(
        staged.files, tuple(merged.revisions), merged.unchanged, (), merged.added, tuple(merged.changes),
        warnings + tuple(more), mapping,
    )  # fmt: skip


def _touched(name: str, merged: Merged) -> bool:
    return any(change.table == name for change in merged.changes) or (name == "indicators" and bool(merged.revisions))


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    def spot(fault: Fault) -> tuple:
        letter = (fault.column or "").split(" ")[0]
        return fault.file, fault.row or 0, len(letter), letter

    return tuple(dict.fromkeys(sorted(faults, key=spot)))
