"""What an import changed, row by row, so that it can be taken back: kept beside the book that it came from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zonereport.inputs.schemas import Table

Row = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """One row of a table before and after; None where it was not there. ``at`` is its place in the table before.

    ``place`` is the cell of the book that says so (指标!D4).
    """

    before: Row | None
    after: Row | None
    at: int
    place: str = ""

    @property
    def row(self) -> Row:
        """The row as it is now, or as it was where it is gone."""
        return self.after or self.before or {}


@dataclass(frozen=True)
class Changes:
    """All that an import changed: rows by table, tables that it made, and other files with their text before and after.

    Text of files is by name below the zone's folder; None where there was no file.
    """

    tables: dict[str, list[RowChange]] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    texts: dict[str, tuple[str | None, str]] = field(default_factory=dict)

    def dump(self) -> str:
        """Return it as JSON."""
        rows = {}
        for name, changes in self.tables.items():
            rows[name] = [[dict_of(one.before), dict_of(one.after), one.at, one.place] for one in changes]
        note = {"tables": rows, "made": list(self.made), "texts": self.texts}
        return json.dumps(note, ensure_ascii=False, indent=0) + "\n"

    @classmethod
    def load(cls, text: str) -> "Changes":
        """Read what dump returned."""
        note = json.loads(text)
        tables = {}
        for name, changes in note["tables"].items():
            tables[name] = [RowChange(*one) for one in changes]
        return cls(tables, tuple(note["made"]), {name: tuple(pair) for name, pair in note["texts"].items()})


def dict_of(row: Row | None) -> dict[str, str] | None:
    """Return the cells of a row that say something; None for no row."""
    if row is None:
        return None
    return {name: text for name, text in row.items() if text}


def key_of(row: Row, table: Table) -> Key:
    """Return the cells that name a row of a table."""
    return tuple(row.get(name, "") for name in table.key)


def subject_of(row: Row, table: Table) -> Key:
    """Return what a row is about: of a figure that is received more than once all vintages are about the same."""
    return tuple(row.get(name, "") for name in table.key if name != "vintage")


def row_changes(
    before: Iterable[Row], after: Iterable[Row], table: Table, places: Mapping[Key, str]
) -> list[RowChange]:
    """Return the rows of a table that are others than before; ``places`` are cells of a book by key of a row."""
    old = {key_of(row, table): (at, row) for at, row in enumerate(before)}
    new = {key_of(row, table): row for row in after}
    changes = []
    for key, row in new.items():
        at, was = old.get(key, (-1, None))
        if was is None or dict_of(was) != dict_of(row):
            changes.append(RowChange(was, row, at, places.get(key, "")))
    for key, (at, was) in old.items():
        if key not in new:
            changes.append(RowChange(was, None, at, places.get(key, "")))
    return changes
