"""The inbox of a zone, ``data/<zone>/inbox/``: what is sound is imported, the rest stays, with a marked copy."""

import datetime
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from zonereport.inputs.faults import Refused
from zonereport.language import tr

INBOX = "inbox"
# between name and ending of a copy in which the faults are marked
MARKED = ".退回"
BOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")
# an xlsx or ods whose end is missing is still on its way
ZIPPED = (".xlsx", ".xlsm", ".ods")
TEXTS = (".txt", ".md", ".docx", ".doc", ".wps", ".pdf")
# what browsers, copying programs and office suites leave while they work
UNFINISHED = ("~$", ".~", "~")
PARTS = (".part", ".crdownload", ".tmp", ".download", ".partial", ".filepart")
# seconds between two looks at a file: one that grows is still being copied
LOOK = 2.0
# faults of a book that a record keeps; the marked copy has all
KEPT_FAULTS = 5


@dataclass
class Received:
    """What came of an inbox. Names are those of the files; ``refused`` has the first faults of each."""

    imported: list[dict] = field(default_factory=list)
    refused: list[dict] = field(default_factory=list)
    # still being copied
    unfinished: list[str] = field(default_factory=list)
    # texts, which somebody reads
    review: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_inbox(root: Path, zone: str, today: datetime.date, now: datetime.datetime) -> Received:
    """Import the books of a zone's inbox; each whole, or not at all.

    A book that was imported leaves the inbox: it is kept under received/. One that is refused stays, with a marked copy
    ``<name>.退回.xlsx`` beside it, and is tried again by the next call; so is one that still grows. Raises OSError
    where the folder cannot be read.
    """
    folder, received = root / "data" / zone / INBOX, Received()
    if not folder.is_dir():
        return received
    files = sorted(path for path in folder.iterdir() if path.is_file() and not _beside(path))
    received.review = [path.name for path in files if path.suffix.lower() in TEXTS]
    books = [path for path in files if path.suffix.lower() in BOOKS]
    received.unfinished = [path.name for path in files if _is_part(path)]
    known = {*received.review, *received.unfinished, *(path.name for path in books)}
    received.unknown = [path.name for path in files if path.name not in known]
    books = [path for path in books if path.name not in received.unfinished]
    growing = _growing(books)
    received.unfinished += sorted(path.name for path in growing)
    for path in books:
        if path not in growing:
            _import(path, zone, root, today, now, received)
    return received


def _beside(path: Path) -> bool:
    """Tell whether a file is hidden, or a marked copy of ours."""
    return path.name.startswith((".", "~$")) or path.stem.endswith(MARKED)


def _is_part(path: Path) -> bool:
    return path.name.startswith(UNFINISHED) or path.suffix.lower() in PARTS


def _growing(books: Iterable[Path]) -> set[Path]:
    """Return the books that somebody is still writing: their size or time changes, or the end of a zip is missing."""
    books = list(books)
    if not books:
        return set()
    first = {path: _seen(path) for path in books}
    time.sleep(LOOK)
    found = {path for path in books if _seen(path) != first[path]}
    for path in books:
        if path.suffix.lower() in ZIPPED and _begins_zip(path) and not zipfile.is_zipfile(path):
            found.add(path)
    return found


def _seen(path: Path) -> tuple:
    try:
        about = path.stat()
    except FileNotFoundError:
        return ()
    return about.st_size, about.st_mtime_ns


def _begins_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            # an .xlsx with a password is no zip, and whole
            return stream.read(2) == b"PK"
    except OSError:
        return False


def _import(
    path: Path, zone: str, root: Path, today: datetime.date, now: datetime.datetime, received: Received
) -> None:
    from zonereport.inputs.workbook import import_book

    marked = path.with_name(f"{path.stem}{MARKED}.xlsx")
    try:
        done = import_book(path, zone, root, received=today, now=now)
    except Refused as error:
        received.refused.append({"file": path.name, "faults": [str(error)], "count": 1, "marked": ""})
        return
    if done.faults:
        copy = _marked(path, done, marked)
        faults = [str(fault) for fault in done.faults]
        received.refused.append(
            {"file": path.name, "faults": faults[:KEPT_FAULTS], "count": len(faults), "marked": copy}
        )
        return
    rows = sum(done.added.values())
    changed = len(done.revisions) + len(done.changes)
    received.imported.append(
        {"file": path.name, "number": done.number, "added": rows, "changed": changed, "unchanged": done.unchanged}
    )
    # received/ has it by now; without this line a second call would only find that nothing is new
    path.unlink()
    marked.unlink(missing_ok=True)


def _marked(path: Path, done, marked: Path) -> str:
    """Write the marked copy, if the book can be opened at all; return its name."""
    from zonereport.inputs.workbook import mark_book

    if not done.mapping:
        return ""
    try:
        mark_book(path, [*done.faults, *done.warnings], marked)
    except OSError as error:
        return tr("not written: {error}", error=error.strerror or str(error))
    return marked.name
