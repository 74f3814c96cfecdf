"""What became of the records of a book: rows, and what was added, revised, corrected, changed and removed."""

from dataclasses import dataclass, field

from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.record import Record


@dataclass(frozen=True)
class Revision:
    """A figure that a period already had, received again with another content: kept, and followed by a new row.

    As a correction it takes the place of the old one; ``why`` names the office that answers for the figure, if that is
    the reason.
    """

    code: str
    period: str
    park: str
    old: str
    new: str
    why: str = ""


@dataclass(frozen=True)
class Change:
    """A cell of another table that was changed."""

    table: str
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Removal:
    """A row that a book has marked 删除: its table, its key and what it said."""

    table: str
    key: str
    row: str


@dataclass
class Merged:
    """Tables after the merge: ``rows`` of those that changed, and which record a row came from (by position)."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    origins: dict[str, dict[int, Record]] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    corrections: list[Revision] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def steps(self) -> int:
        """How many figures and cells were changed so far."""
        return sum(map(len, (self.revisions, self.corrections, self.changes, self.removed)))

    def touched(self, table: str) -> bool:
        """Whether anything of a table is another than before."""
        if self.added.get(table) or any(one.table == table for one in (*self.changes, *self.removed)):
            return True
        return table == "indicators" and bool(self.revisions or self.corrections)
