"""data/<zone>/imports.csv: one line for every import and for every one that was taken back, none ever changed."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError
from zonereport.language import tr

FILE, KEPT = "imports.csv", "received"
# what stands between the name of a book and its cell in a locator
ARROW = " › "
IMPORT, CORRECT, UNDO = "import", "correct", "undo"


@dataclass(frozen=True)
class Entry:
    """One import: its number, the moment, the book by name and hash, the day it was received, which office sent it.

    ``kind`` is import, correct or undo; ``of`` is the number that an undo takes back. ``sender`` is the office that the
    name of the book names, empty for a filled template. Rows are counted as they were added, changed and removed.
    """

    number: int
    when: str
    kind: str
    file: str
    sha256: str
    received: str
    sender: str
    added: int
    changed: int
    removed: int
    of: str = ""


COLUMNS = tuple(field.name for field in fields(Entry))
COUNTS = ("number", "added", "changed", "removed")


def read_log(folder: Path) -> list[Entry]:
    """Return the entries of a zone's folder, oldest first; none where nothing was ever imported.

    Raises InputError where somebody has made something else of the file.
    """
    path = folder / FILE
    if not path.exists():
        return []
    entries = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputError([Fault(FILE, 1, None, ",".join(reader.fieldnames or ()), ",".join(COLUMNS))])
        for row in reader:
            try:
                entries.append(_entry(row))
            except (TypeError, ValueError):
                fault = Fault(FILE, reader.line_num, None, row["number"], tr("a line as import wrote it"))
                raise InputError([fault]) from None
    return entries


def _entry(row: dict[str, str]) -> Entry:
    counts = {name: int(row[name]) for name in COUNTS}
    return Entry(**(row | counts))


def log_text(entries: Sequence[Entry]) -> str:
    """Return the content of imports.csv."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, entries))
    return text.getvalue()


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """Return the imports that were not taken back, oldest first."""
    gone = {entry.of for entry in entries if entry.kind == UNDO}
    return [entry for entry in entries if entry.kind != UNDO and str(entry.number) not in gone]


def next_number(entries: Sequence[Entry]) -> int:
    """Return the number of the next entry."""
    return 1 + max((entry.number for entry in entries), default=0)


def senders(entries: Sequence[Entry]) -> dict[str, str]:
    """Return which office sent the books that were imported, by name of the book; the last one of a name counts."""
    return {entry.file: entry.sender for entry in entries if entry.kind != UNDO}


def changes_file(number: int) -> str:
    """Return where the changes of an import are kept, below the folder of its zone.

    >>> changes_file(7)
    'received/0007.json'
    """
    return f"{KEPT}/{number:04d}.json"


def book_file(entry_sha256: str, name: str) -> str:
    """Return where a received book is kept, below the folder of its zone: by its hash, with the ending that it had.

    >>> book_file("3f2a", "财政局2023年6月.XLSX")
    'received/3f2a.xlsx'
    """
    return f"{KEPT}/{entry_sha256}{Path(name).suffix.lower()}"
