"""A workbook into a zone: all of it or nothing."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk.journal import Changed, commit, fingerprint, writing
from zonereport.disk.locks import Busy
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.learnt import FILE as NAMES
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.book import Book
from zonereport.inputs.workbook.context import Context, of_folder
from zonereport.inputs.workbook.corrections import corrections
from zonereport.inputs.workbook.following import Reading, read_records, strangers
from zonereport.inputs.workbook.mapping import Mapping, dump_mapping, load_mapping
from zonereport.inputs.workbook.merge import Change, Merged, Revision, merge
from zonereport.inputs.workbook.pending import settled
from zonereport.inputs.workbook.plausible import FILE as ACCEPTED
from zonereport.inputs.workbook.plausible import Doubts, unanswered
from zonereport.inputs.workbook.preview import preview_of
from zonereport.inputs.workbook.propose import Proposal, propose
from zonereport.inputs.workbook.reading import read_book
from zonereport.inputs.workbook.spoken import Defaults
from zonereport.inputs.workbook.staging import stage
from zonereport.inputs.zone import list_zones, load_zone

# seconds to wait for another import of the zone, or for a run that is reading it
PATIENCE = 60


@dataclass(frozen=True)
class ImportResult:
    """What an import did. With ``faults`` nothing was written.

    ``written``: files of the zone folder; ``added``: new rows by table; ``revisions``: figures received again with
    another content; ``changes``: cells of other tables; ``unchanged``: records that said what was known;
    ``warnings``: what was left out; ``mapping``: the mapping used, for dump_mapping; ``preview``: the rows that
    would be written, each with its cell. Among ``faults`` are questions (severity question) that ``yes`` answers.
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
    # of a review workbook: how much was changed, and how much nobody has decided yet
    notes: tuple[str, ...] = ()

    def asked(self, most: int) -> list[str]:
        """Return ``most`` of the rows that would be written and how to answer; nothing where nothing is asked."""
        if not any(fault.severity == "question" for fault in self.faults):
            return []
        lines = list(self.preview[:most])
        if len(self.preview) > most:
            lines.append(f"… {len(self.preview) - most} more rows")
        return [*lines, "nothing written; answer with --yes, --accept, or --draft FILE and --mapping FILE"]

    def done(self, name: str) -> list[str]:
        """Return what was done with the book ``name``: rows added, revisions and changes."""
        lines = [f"{table}.csv: {count} rows added" for table, count in self.added.items()]
        for one in self.revisions:
            lines.append(f"revision {one.period} {one.code} {one.park}: {one.old} -> {one.new}")
        for one in self.changes:
            lines.append(f"change {one.table} {one.key}, {one.column}: {one.old} -> {one.new}")
        lines += self.notes
        return [*lines, f"{name}: {len(self.written)} files written, {self.unchanged} rows unchanged"]


@dataclass(frozen=True)
class Options:
    """How a book is imported: what import_book was asked for."""

    received: str
    period: str = ""
    mapping: Path | None = None
    source: str = ""
    yes: bool = False
    accept: tuple[str, ...] = ()


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
    accept: Sequence[str] = (),
    patience: float = PATIENCE,
) -> ImportResult:
    """Read a workbook into the tables of data/``zone`` below ``root``; all of it, or nothing if there is any fault.

    What was not understood for certain is a question: ``yes`` takes what the mapping proposes. What a clerk would doubt
    is a question, too, and ``accept`` its answer by name (jump, or jump:invoiced_sales), which is remembered.
    ``period`` and ``source`` hold where neither a row nor its sheet says otherwise; a file name may name the period,
    and the only source of zone.yml that covers the year is taken. ``mapping`` is a mapping file; without it it is
    data/<zone>/mappings/<office>.yml, the office being the file name without its period, written if not there yet.

    Raises Refused while another import of the zone is under way, and on a period that is none.
    """
    path = Path(path)
    when = ""
    if period:
        when = str(Period.parse(str(period)))
    given = None
    if mapping:
        given = Path(mapping)
    options = Options(received.isoformat(), when, given, source, yes, tuple(accept))
    try:
        if zone not in list_zones(root):
            # it says which zones there are
            of_folder(zone, root)
        with writing(root, zone, patience=patience) as staging:
            return _import(path, zone, root, staging, options)
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


def _import(path: Path, zone: str, root: Path, staging: Path, options: Options) -> ImportResult:
    whole = read_book(path)
    settlement = settled(whole)
    book = settlement.book
    folder = root / "data" / zone
    # before anything is read of them: what is replaced at the end must be what was read here
    replaceable = [*folder.glob("*.csv"), *folder.glob("mappings/*")]
    before = {file.relative_to(folder).as_posix(): fingerprint(file) for file in replaceable}
    context = of_folder(zone, root)
    learnt = corrections(whole, context, folder)
    kept = folder / "mappings" / f"{office(path)}.yml"
    proposal = _mapping_for(book, context, options, kept)
    defaults = Defaults(options.period, options.source, path.stem)
    reading = read_records(book, proposal.mapping, context, defaults, (options.mapping or kept).name)
    faults, warnings = _said_once(proposal, reading, options)
    faults += learnt.faults
    warnings = [*book.notices, *warnings]
    if not reading.records and not faults:
        faults.append(Fault(path.name, None, None, "no figure", "at least one row with a figure"))
    for name in sorted({record.table for record in reading.records}):
        if (folder / name).is_dir():
            faults.append(Fault(path.name, None, None, name, f"no rows of {name}, which stands as Parquet files"))
    so_far = ImportResult(
        warnings=tuple(warnings),
        mapping=reading.mapping,
        preview=preview_of(reading.records, context),
        notes=tuple(filter(None, [learnt.line, *settlement.lines])),
    )
    if faults:
        return dataclasses.replace(so_far, faults=_in_order(faults))
    merged = merge(reading.records, context.frames, context.schemas, context.dictionary.units, book, options.received)
    if merged.faults:
        return dataclasses.replace(so_far, faults=_in_order(merged.faults))
    doubts = Doubts(book, merged, context.dictionary).all(reading.records)
    open_doubts, answers = unanswered(doubts, options.accept, folder / "mappings")
    if open_doubts:
        return dataclasses.replace(so_far, faults=_in_order(open_doubts))
    texts = {}
    # a mapping that was drafted, edited and handed in is the answer for next month, too
    if not book.ours and not kept.exists():
        texts[f"mappings/{kept.name}"] = dump_mapping(reading.mapping)
    if answers:
        texts[f"mappings/{ACCEPTED}"] = answers
    if learnt.names:
        texts[NAMES] = learnt.names
    changed = {name: rows for name, rows in merged.rows.items() if merged.added.get(name) or _touched(name, merged)}
    staged = stage(staging, zone, root, changed, texts, context.schemas)
    faults, more = staged.check(book, merged, _warnings_before(zone, root))
    if faults:
        return dataclasses.replace(so_far, faults=_in_order(faults))
    commit(root, zone, staged.folder, {name: before.get(name) for name in staged.files})
    return dataclasses.replace(
        so_far,
        written=staged.files,
        revisions=tuple(merged.revisions),
        unchanged=merged.unchanged,
        added=merged.added,
        changes=tuple(merged.changes),
        warnings=so_far.warnings + tuple(more),
    )


def _mapping_for(book: Book, context: Context, options: Options, kept: Path) -> Proposal:
    """Return the mapping that was handed in or kept, with what does not fit it; else the one that is proposed."""
    file = options.mapping or kept
    if book.ours or not (options.mapping or file.exists()):
        return propose(book, context)
    mapping = load_mapping(file, context.schemas)
    return Proposal(list(mapping.sheets), list(mapping.skip), strangers(book, mapping, file.name))


def _said_once(proposal: Proposal, reading: Reading, options: Options) -> tuple[list[Fault], list[Fault]]:
    """Return faults and warnings of proposal and reading; what was said of a cell is not said again.

    Questions that are answered with yes become warnings: what was taken as proposed is still said.
    """
    faults, warnings = [], [*proposal.warnings, *reading.warnings]
    places = {(fault.file, fault.row, fault.column) for fault in proposal.faults}
    again = [fault for fault in reading.faults if (fault.file, fault.row, fault.column) not in places]
    for fault in (*proposal.faults, *again):
        if options.yes and fault.severity == "question":
            warnings.append(dataclasses.replace(fault, severity="warning"))
        else:
            faults.append(fault)
    return faults, warnings


def _warnings_before(zone: str, root: Path) -> tuple[Fault, ...]:
    """The warnings that a zone has without the book; a zone that is not sound yet has none that count."""
    try:
        return load_zone(zone, root).warnings
    except InputError:
        return ()


def _touched(name: str, merged: Merged) -> bool:
    return any(change.table == name for change in merged.changes) or (name == "indicators" and bool(merged.revisions))


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    def spot(fault: Fault) -> tuple:
        letter = (fault.column or "").split(" ")[0]
        return fault.file, fault.row or 0, len(letter), letter

    return tuple(dict.fromkeys(sorted(faults, key=spot)))
