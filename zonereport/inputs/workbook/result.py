"""What an import did, for whoever asked for it, and in lines."""

import dataclasses
from dataclasses import dataclass

from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.mapping import Mapping
from zonereport.inputs.workbook.outcome import Change, Removal, Revision
from zonereport.language import tr


@dataclass(frozen=True)
class ImportResult:
    """What an import did. With ``faults`` nothing was written.

    ``written``: files of the zone folder; ``added``: new rows by table; ``revisions``: figures received again with
    another content; ``corrections``: figures that were typed wrong, or sent by an office that does not answer for them;
    ``changes``: cells of other tables; ``removed``: rows marked 删除; ``unchanged``: records that said what was known;
    ``number``: of the import in imports.csv, 0 where nothing was written;
    ``warnings``: what was left out; ``mapping``: the mapping used, for dump_mapping; ``preview``: the rows that
    would be written, each with its cell; ``notes``: of a review workbook, how much was changed and how much nobody has
    decided yet. Among ``faults`` are questions (severity question) that ``yes`` answers.
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
    corrections: tuple[Revision, ...] = ()
    removed: tuple[Removal, ...] = ()
    number: int = 0
    notes: tuple[str, ...] = ()

    def asked(self, most: int) -> list[str]:
        """Return ``most`` of the rows that would be written and how to answer; nothing where nothing is asked."""
        if not any(fault.severity == "question" for fault in self.faults):
            return []
        lines = list(self.preview[:most])
        if len(self.preview) > most:
            lines.append(tr("… {count} more rows", count=len(self.preview) - most))
        names = list(dict.fromkeys(fault.answer for fault in self.faults if fault.answer))
        for name in names[:most]:
            lines.append(f"--accept '{name}'")
        return [*lines, tr("nothing written; answer with --yes, --accept, or --draft FILE and --mapping FILE")]

    def done(self, name: str) -> list[str]:
        """Return what was done with the book ``name``: rows added, revisions and changes."""
        lines = []
        for table, count in self.added.items():
            lines.append(tr("{table}.csv: {count} rows added", table=table, count=count))
        for one in self.revisions:
            about = f"{one.period} {one.code} {one.park}"
            lines.append(tr("revision {about}: {old} -> {new}", about=about, old=one.old, new=one.new))
        for one in self.corrections:
            lines.append(_corrected(one))
        for one in self.changes:
            about = f"{one.table} {one.key}, {one.column}"
            lines.append(tr("change {about}: {old} -> {new}", about=about, old=one.old, new=one.new))
        for one in self.removed:
            lines.append(tr("removed {table} {key}: {row}", table=one.table, key=one.key, row=one.row))
        lines += self.notes
        files, rows = len(self.written), self.unchanged
        lines.append(tr("{name}: {files} files written, {rows} rows unchanged", name=name, files=files, rows=rows))
        if self.number:
            lines.append(tr("import {number}; zonereport undo takes it back", number=self.number))
        return lines


def _corrected(one: Revision) -> str:
    about = f"{one.period} {one.code} {one.park}"
    if one.why:
        return tr("{why} answers for {about}: {old} -> {new}", why=one.why, about=about, old=one.old, new=one.new)
    return tr("correction {about}: {old} -> {new}", about=about, old=one.old, new=one.new)
