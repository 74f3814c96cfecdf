"""An import taken back whole: every row that it wrote is again what it was, or nothing is touched."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk.journal import Changed, commit, fingerprint, writing
from zonereport.disk.locks import Busy
from zonereport.inputs.dictionary import load_dictionary
from zonereport.inputs.faults import Fault, InputError, Refused, without_rows
from zonereport.inputs.history.changes import Changes, RowChange, dict_of, key_of, subject_of
from zonereport.inputs.history.log import (
    FILE,
    UNDO,
    Entry,
    changes_file,
    log_text,
    next_number,
    read_log,
    standing,
)
from zonereport.inputs.reading import read_text_table
from zonereport.inputs.schemas import Table, read_tables
from zonereport.inputs.staged import stage
from zonereport.inputs.zone import load_zone
from zonereport.language import tr

# seconds to wait for another command that changes the zone
PATIENCE = 60
# how many rows that stand in the way are named
NAMED = 3


@dataclass(frozen=True)
class Undone:
    """The import that was taken back, the entry that says so, and the files that were put back or kept as they are."""

    entry: Entry
    note: Entry
    files: tuple[str, ...]
    kept: tuple[str, ...] = ()


def undo(
    zone: str, root: Path, which: str = "", *, now: datetime.datetime | None = None, patience: float = PATIENCE
) -> Undone:
    """Take back the last import of a zone, or the one named by its number or by the name of its book.

    Raises Refused, in one line, where a later import changed the same rows, where somebody edited them by hand, where
    the zone would not be sound without them, and where there is nothing to take back.
    """
    try:
        with writing(root, zone, patience=patience) as staging:
            return _undo(zone, root, which, staging, now or datetime.datetime.now())
    except Busy:
        raise Refused(tr("{zone}: another import is under way", zone=zone)) from None
    except Changed as error:
        raise Refused(str(error)) from None


def _undo(zone: str, root: Path, which: str, staging: Path, now: datetime.datetime) -> Undone:
    folder = root / "data" / zone
    entries = read_log(folder)
    entry = _chosen(zone, entries, which)
    changes = _changes_of(folder, entry)
    schemas = read_tables(load_dictionary(root).tables)
    before = {FILE: fingerprint(folder / FILE)}
    tables: dict[str, list[dict[str, str]]] = {}
    gone: list[str] = []
    for name, rows in changes.tables.items():
        before[f"{name}.csv"] = fingerprint(folder / f"{name}.csv")
        there = _rows(folder, schemas[name])
        _refuse_later(zone, folder, entries, entry, name, rows, there, schemas[name])
        tables[name] = _put_back(rows, there, schemas[name])
        if not tables[name] and name in changes.made:
            del tables[name]
            gone.append(f"{name}.csv")
    texts, removed, kept = _texts_back(folder, changes, before)
    gone += removed
    note = dataclasses.replace(
        entry,
        number=next_number(entries),
        when=now.isoformat(" ", "seconds"),
        kind=UNDO,
        added=entry.removed,
        removed=entry.added,
        of=str(entry.number),
    )
    texts[FILE] = log_text([*entries, note])
    staged = stage(staging, zone, root, tables, texts, schemas, gone)
    _refuse_unsound(zone, root, staged.root, entry)
    prints = {name: before.get(name) for name in staged.files}
    commit(root, zone, staged.folder, prints, {name: before[name] for name in gone})
    files = [name for name in (*staged.files, *gone) if name != FILE]
    return Undone(entry, note, tuple(files), kept)


def _chosen(zone: str, entries: Sequence[Entry], which: str) -> Entry:
    """Return the import that is meant: by number, by name of the book (the last of that name), or the last of all."""
    there = standing(entries)
    if not there:
        raise Refused(tr("{zone}: there is no import to take back", zone=zone))
    if not which:
        return there[-1]
    found = [entry for entry in there if which in (str(entry.number), entry.file)]
    if not found:
        known = ", ".join(f"{entry.number} ({entry.file})" for entry in there[-5:])
        raise Refused(tr("{zone} has no import {which}; the last are {known}", zone=zone, which=which, known=known))
    return found[-1]


def _changes_of(folder: Path, entry: Entry) -> Changes:
    path = folder / changes_file(entry.number)
    try:
        return Changes.load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        expected = tr("the changes of import {number} as import wrote them", number=entry.number)
        raise InputError([Fault(changes_file(entry.number), None, None, None, expected)]) from None


def _rows(folder: Path, table: Table) -> list[dict[str, str]]:
    if not (folder / f"{table.name}.csv").exists():
        return []
    return read_text_table(folder / f"{table.name}.csv", table.columns, required=table.required).to_dict("records")


def _refuse_later(
    zone: str,
    folder: Path,
    entries: Sequence[Entry],
    entry: Entry,
    name: str,
    rows: Sequence[RowChange],
    there: Sequence[Mapping[str, str]],
    table: Table,
) -> None:
    """Raise Refused where a row is not any more as the import left it; name what has changed it since."""
    now = {key_of(row, table): dict_of(row) for row in there}
    subjects = {subject_of(one.row, table) for one in rows}
    for later in [one for one in standing(entries) if one.number > entry.number]:
        touched = _changes_of(folder, later).tables.get(name, ())
        shared = [subject_of(one.row, table) for one in touched if subject_of(one.row, table) in subjects]
        if shared:
            raise Refused(
                tr(
                    "{zone}: import {number} cannot be undone: import {later} ({file}) has changed {rows} since; "
                    "undo {later} first",
                    zone=zone,
                    number=entry.number,
                    later=later.number,
                    file=later.file,
                    rows=_named(shared, name),
                )
            )
    others = [key_of(one.row, table) for one in rows if now.get(key_of(one.row, table)) != dict_of(one.after)]
    if others:
        rows_named = _named(others, name)
        raise Refused(tr("{zone}: import {number} cannot be undone: {rows} was edited by hand since",
                         zone=zone, number=entry.number, rows=rows_named))  # fmt: skip


def _named(keys: Sequence[tuple[str, ...]], table: str) -> str:
    """Return the first rows by their keys, and how many there are in all."""
    keys = list(dict.fromkeys(keys))
    words = f"{table}.csv " + ", ".join(" ".join(filter(None, key)) for key in keys[:NAMED])
    if len(keys) > NAMED:
        words += tr(" and {count} more rows", count=len(keys) - NAMED)
    return words


def _put_back(rows: Sequence[RowChange], there: Sequence[Mapping[str, str]], table: Table) -> list[dict[str, str]]:
    """Return the rows of a table as they were before the changes; rows of others stay where they are."""
    by_key = {key_of(one.row, table): one for one in rows}
    kept: list[dict[str, str]] = []
    for row in there:
        change = by_key.get(key_of(row, table))
        if change is None:
            kept.append(dict(row))
        elif change.before is not None:
            kept.append(dict(change.before))
    # from above: each finds the rows above it in their places already
    for change in sorted((one for one in rows if one.after is None), key=lambda one: one.at):
        kept.insert(change.at, dict(change.before or {}))
    return kept


def _texts_back(
    folder: Path, changes: Changes, before: dict[str, str | None]
) -> tuple[dict[str, str], list[str], tuple[str, ...]]:
    """Return texts to write again, files to take away, and those that stay because somebody edited them since."""
    texts, gone, kept = {}, [], []
    for name, (old, new) in changes.texts.items():
        before[name] = fingerprint(folder / name)
        try:
            current = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            current = None
        if current != new:
            kept.append(name)
        elif old is None:
            gone.append(name)
        else:
            texts[name] = old
    return texts, gone, tuple(kept)


def _refuse_unsound(zone: str, root: Path, staged: Path, entry: Entry) -> None:
    """Raise Refused where the zone would have a fault that it has not now: other rows may need what goes."""
    known = {without_rows(fault) for fault in _faults(zone, root)}
    new = [fault for fault in _faults(zone, staged) if without_rows(fault) not in known]
    if new:
        raise Refused(tr("{zone}: import {number} cannot be undone, the zone would not be sound: {fault}",
                         zone=zone, number=entry.number, fault=new[0]))  # fmt: skip


def _faults(zone: str, root: Path) -> list[Fault]:
    try:
        load_zone(zone, root)
    except InputError as error:
        # a zone without any figure is how every zone begins
        return [fault for fault in error.faults if (fault.file, fault.column) != ("indicators.csv", None)]
    return []
