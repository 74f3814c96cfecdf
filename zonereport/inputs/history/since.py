"""What imports have changed of a period since a moment, such as that of its last edition."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.faults import InputError
from zonereport.inputs.history.changes import Changes, Row
from zonereport.inputs.history.log import Entry, changes_file, read_log, standing

FIGURES = ("value", "growth_pct", "rank", "target")


@dataclass(frozen=True)
class Changed:
    """A figure of a period that an import changed: its table, code, park or peer, old and new, and the import."""

    entry: Entry
    table: str
    code: str
    about: str
    old: str
    new: str


def changed_since(folder: Path, moment: str, period: str) -> list[Changed]:
    """Return the figures of ``period`` that imports after ``moment`` (YYYY-MM-DD HH:MM:SS) have replaced or revised.

    A figure that is new replaces nothing. Imports that were taken back count for nothing.
    """
    found: list[Changed] = []
    for entry in standing(read_log(folder)):
        if entry.when > moment:
            found += _of_entry(folder, entry, period)
    return found


def _of_entry(folder: Path, entry: Entry, period: str) -> Iterator[Changed]:
    try:
        changes = Changes.load((folder / changes_file(entry.number)).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, InputError):
        # what is not kept any more cannot be said
        return
    for table, rows in changes.tables.items():
        for one in rows:
            row = one.row
            if row.get("period") == period and (one.before is not None or row.get("vintage")):
                old, new = _figure(one.before), _figure(one.after)
                about = row.get("park") or row.get("peer") or row.get("enterprise", "")
                # a revision is a row of its own: the row before it is not among the changes
                if old != new and (one.before is not None or _is_revision(folder, row)):
                    yield Changed(entry, table, row.get("code", ""), about, old, new)


def _is_revision(folder: Path, row: Row) -> bool:
    """Whether a figure had been received before the day of this row."""
    with (folder / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        for other in csv.DictReader(stream):
            same = all(other.get(name, "") == row.get(name, "") for name in ("period", "code", "park"))
            if same and other.get("vintage", "") < row.get("vintage", ""):
                return True
    return False


def _figure(row: Row | None) -> str:
    if row is None:
        return ""
    words = [f"{row[name]}" for name in FIGURES if row.get(name)]
    if words and row.get("value"):
        words[0] += row.get("unit", "")
    return ", ".join(words)
