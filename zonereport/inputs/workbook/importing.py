"""A workbook into a zone: all of it or nothing."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from zonereport.disk.journal import Changed, commit, fingerprint, writing
from zonereport.disk.locks import Busy
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.history import log
from zonereport.inputs.learnt import FILE as NAMES
from zonereport.inputs.period import Period
from zonereport.inputs.staged import stage
from zonereport.inputs.workbook.book import Book
from zonereport.inputs.workbook.context import Context, of_folder
from zonereport.inputs.workbook.following import Reading, read_records
from zonereport.inputs.workbook.keeping import Options, changes_of, entry_of, kept_of
from zonereport.inputs.workbook.lessons import lessons_of
from zonereport.inputs.workbook.mapping import Mapping, dump_mapping, load_mapping, with_answers
from zonereport.inputs.workbook.merge import Terms, merge
from zonereport.inputs.workbook.offices import Offices, sender_of
from zonereport.inputs.workbook.pending import settled
from zonereport.inputs.workbook.plausible import FILE as ACCEPTED
from zonereport.inputs.workbook.plausible import Doubts, unanswered
from zonereport.inputs.workbook.preview import preview_of
from zonereport.inputs.workbook.propose import Proposal, propose
from zonereport.inputs.workbook.reading import read_book
from zonereport.inputs.workbook.result import ImportResult
from zonereport.inputs.workbook.spoken import Defaults
from zonereport.inputs.workbook.staging import check
from zonereport.inputs.workbook.supplement import supplemented
from zonereport.inputs.zone import list_zones, load_zone
from zonereport.language import tr

# seconds to wait for another import of the zone, or for a run that is reading it
PATIENCE = 60


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
    correct: bool = False,
    now: datetime.datetime | None = None,
    patience: float = PATIENCE,
) -> ImportResult:
    """Read a workbook into the tables of data/``zone`` below ``root``; all of it, or nothing if there is any fault.

    What was not understood for certain is a question: ``yes`` takes what the mapping proposes. What a clerk would doubt
    is a question, too, and ``accept`` its answer by name (jump, or jump:invoiced_sales), which is remembered.
    ``period`` and ``source`` hold where neither a row nor its sheet says otherwise; a file name may name the period,
    and the only source of zone.yml that covers the year is taken. ``mapping`` is a mapping file; without it it is
    data/<zone>/mappings/<office>.yml, the office being the file name without its period, written if not there yet.
    With ``correct`` a figure takes the place of the one that stands: it was typed wrong, and is no revision.

    What is written is put down in imports.csv at ``now``, and the book is kept in received/ by its hash.

    Raises Refused while another import of the zone is under way, and on a period that is none.
    """
    path = Path(path)
    when = ""
    if period:
        when = str(Period.parse(str(period)))
    given = None
    if mapping:
        given = Path(mapping)
    options = Options(received.isoformat(), when, given, source, yes, tuple(accept), correct, now)
    try:
        if zone not in list_zones(root):
            # it says which zones there are
            of_folder(zone, root)
        with writing(root, zone, patience=patience) as staging:
            return _import(path, zone, root, staging, options)
    except Busy:
        raise Refused(tr("{zone}: another import is under way", zone=zone)) from None
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
    seen = fingerprint(path)
    whole = read_book(path)
    settlement = settled(whole)
    book = settlement.book
    folder = root / "data" / zone
    # before anything is read of them: what is replaced at the end must be what was read here
    before = _fingerprints(folder)
    context = of_folder(zone, root)
    kept = folder / "mappings" / f"{office(path)}.yml"
    proposal = _mapping_for(book, context, options, kept)
    defaults = Defaults(options.period, options.source, path.stem)
    reading = read_records(book, proposal.mapping, context, defaults, (options.mapping or kept).name)
    faults, warnings = _said_once(proposal, reading, options)
    learnt = lessons_of(whole, context, folder)
    faults += learnt.faults
    warnings = [*book.notices, *warnings]
    faults += _nothing_or_parquet(path, reading, folder, nothing_else=not faults)
    so_far = ImportResult(
        warnings=tuple(warnings),
        mapping=reading.mapping,
        preview=preview_of(reading.records, context),
        notes=tuple(filter(None, [learnt.line, *settlement.lines])),
    )
    if faults:
        return dataclasses.replace(so_far, faults=_in_order(faults))
    entries = log.read_log(folder)
    sender = ""
    if not book.ours:
        sender = sender_of(office(path), context.dictionary, context.about)
    offices = Offices(context.dictionary, context.about, sender, log.senders(entries))
    terms = Terms(options.received, offices, options.correct, frozenset(options.accept))
    merged = merge(reading.records, context.frames, context.schemas, context.dictionary.units, book, terms)
    so_far = dataclasses.replace(so_far, warnings=so_far.warnings + tuple(merged.warnings))
    if merged.faults:
        return dataclasses.replace(so_far, faults=_in_order(merged.faults))
    doubts = Doubts(book, merged, context.dictionary).all(reading.records)
    open_doubts, answers = unanswered(doubts, options.accept, folder / "mappings")
    if open_doubts:
        return dataclasses.replace(so_far, faults=_in_order(open_doubts))
    texts = _mapping_texts(book, proposal, reading, options, kept)
    for name, text in ((f"mappings/{ACCEPTED}", answers), (NAMES, learnt.names)):
        if text:
            texts[name] = text
    changed = {name: rows for name, rows in merged.rows.items() if merged.touched(name)}
    written = (*(f"{name}.csv" for name in changed), *texts)
    number, kept_too = 0, {}
    if written:
        changes = changes_of(changed, texts, merged, context, folder)
        if fingerprint(path) != seen:
            raise Refused(tr("{file} was changed while it was being imported; import again", file=path.name))
        entry = entry_of(path, merged, options, entries, sender)
        number, kept_too = entry.number, kept_of(path, entry, changes, entries, folder)
    staged = stage(staging, zone, root, changed, texts | kept_too, context.schemas)
    faults, more = check(staged, book, merged, _warnings_before(zone, root))
    if faults:
        return dataclasses.replace(so_far, faults=_in_order(faults))
    commit(root, zone, staged.folder, {name: before.get(name) for name in staged.files})
    return dataclasses.replace(
        so_far,
        written=written,
        revisions=tuple(merged.revisions),
        corrections=tuple(merged.corrections),
        unchanged=merged.unchanged,
        added=merged.added,
        changes=tuple(merged.changes),
        removed=tuple(merged.removed),
        warnings=so_far.warnings + tuple(more),
        number=number,
    )


def _fingerprints(folder: Path) -> dict[str, str | None]:
    """Return the hash of every file of a zone that an import may replace, by its name below the folder."""
    found = {}
    for file in (*folder.glob("*.csv"), *folder.glob("mappings/*")):
        found[file.relative_to(folder).as_posix()] = fingerprint(file)
    return found


def _nothing_or_parquet(path: Path, reading: Reading, folder: Path, *, nothing_else: bool) -> list[Fault]:
    """Return the faults of a book without a figure, and of rows for a table that stands as Parquet files."""
    faults = []
    # a book of which something is wrong has been told so already
    if not reading.records and nothing_else:
        faults.append(Fault(path.name, None, None, tr("no figure"), tr("at least one row with a figure")))
    for name in sorted({record.table for record in reading.records}):
        if (folder / name).is_dir():
            expected = tr("no rows of {name}, which stands as Parquet files", name=name)
            faults.append(Fault(path.name, None, None, name, expected))
    return faults


def _mapping_texts(book: Book, proposal: Proposal, reading: Reading, options: Options, kept: Path) -> dict[str, str]:
    """Return the mapping file that is kept for next month, where it is new or something in it was answered."""
    # a template of ours needs no mapping: it says what it is
    if book.ours:
        return {}
    answered = any(fault.severity == "question" for fault in (*proposal.faults, *reading.faults))
    text = _to_remember(reading.mapping, options.mapping, kept, answered=answered)
    if not text:
        return {}
    return {f"mappings/{kept.name}": text}


def _mapping_for(book: Book, context: Context, options: Options, kept: Path) -> Proposal:
    """Return the mapping that was handed in or kept, with what does not fit it; else the one that is proposed."""
    file = options.mapping or kept
    if book.ours or not (options.mapping or file.exists()):
        return propose(book, context)
    mapping = load_mapping(file, context.schemas)
    return supplemented(book, mapping, context, file.name)


def _to_remember(mapping: Mapping, given: Path | None, kept: Path, *, answered: bool) -> str:
    """Return the text of the mapping file that is kept for next month; empty where it stands as it is.

    A mapping that was drafted, edited and handed in is kept as it was typed, with what was ``answered`` beside it.
    """
    used = given or kept
    if not used.exists():
        return dump_mapping(mapping)
    text = used.read_text(encoding="utf-8")
    if answered:
        text = with_answers(text, mapping)
    if kept.exists() and kept.read_text(encoding="utf-8") == text:
        return ""
    return text


def _said_once(proposal: Proposal, reading: Reading, options: Options) -> tuple[list[Fault], list[Fault]]:
    """Return faults and warnings of proposal and reading; what was said of a cell is not said again.

    Questions that are answered with yes become warnings: what was taken as proposed is still said.
    """
    faults, warnings = [], [*proposal.warnings, *reading.warnings]
    places = {(fault.file, fault.row, fault.column) for fault in proposal.faults}
    again = [fault for fault in reading.faults if (fault.file, fault.row, fault.column) not in places]
    for fault in (*proposal.faults, *again):
        if fault.severity == "question" and (options.yes or fault.answered_by(options.accept)):
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


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    def spot(fault: Fault) -> tuple:
        letter = (fault.column or "").split(" ")[0]
        return fault.file, fault.row or 0, len(letter), letter

    return tuple(dict.fromkeys(sorted(faults, key=spot)))
