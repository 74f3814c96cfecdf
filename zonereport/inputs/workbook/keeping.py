"""What is kept of an import: its line in imports.csv, the rows that it changed, the book itself."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk.journal import fingerprint
from zonereport.inputs.history import log
from zonereport.inputs.history.changes import Changes, key_of, row_changes
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.outcome import Merged


@dataclass(frozen=True)
class Options:
    """How a book is imported: what import_book was asked for."""

    received: str
    period: str = ""
    mapping: Path | None = None
    source: str = ""
    yes: bool = False
    accept: tuple[str, ...] = ()
    correct: bool = False
    now: datetime.datetime | None = None


def changes_of(changed: dict, texts: dict[str, str], merged: Merged, context: Context, folder: Path) -> Changes:
    """Return what an import changes, row by row with the cells of the book, so that it can be taken back."""
    tables, made = {}, []
    for name, rows in changed.items():
        table = context.schemas[name]
        old: list[dict[str, str]] = []
        if name in context.frames:
            old = context.frames[name].to_dict("records")
        else:
            made.append(name)
        places = {key_of(rows[at], table): record.cell for at, record in merged.origins[name].items()}
        tables[name] = row_changes(old, rows, table, places)
    pairs = {}
    for name, text in texts.items():
        was = None
        if (folder / name).exists():
            was = (folder / name).read_text(encoding="utf-8")
        pairs[name] = (was, text)
    return Changes(tables, tuple(made), pairs)


def entry_of(path: Path, merged: Merged, options: Options, entries: Sequence[log.Entry], sender: str) -> log.Entry:
    """Return the line of imports.csv for an import."""
    cells = {(change.table, change.key) for change in merged.changes}
    return log.Entry(
        number=log.next_number(entries),
        when=(options.now or datetime.datetime.now()).isoformat(" ", "seconds"),
        kind=log.CORRECT if options.correct else log.IMPORT,
        file=path.name,
        sha256=fingerprint(path) or "",
        received=options.received,
        sender=sender,
        added=sum(merged.added.values()),
        changed=len(merged.revisions) + len(merged.corrections) + len(cells),
        removed=len(merged.removed),
    )


def kept_of(
    path: Path, entry: log.Entry, changes: Changes, entries: Sequence[log.Entry], folder: Path
) -> dict[str, str | bytes]:
    """Return the files that keep an import: the list of all, its changes, and the book where it is not kept yet."""
    kept: dict[str, str | bytes] = {
        log.FILE: log.log_text([*entries, entry]),
        log.changes_file(entry.number): changes.dump(),
    }
    book = log.book_file(entry.sha256, entry.file)
    if not (folder / book).exists():
        kept[book] = path.read_bytes()
    return kept
