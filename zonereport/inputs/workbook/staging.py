"""A copy of a zone folder to write and to check in; the zone itself changes by ``zonereport.disk.journal``."""

import csv
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zonereport.inputs.faults import ROWS, Fault, InputError
from zonereport.inputs.reading import read_text_table
from zonereport.inputs.schemas import Table
from zonereport.inputs.workbook.book import Book, fault_at
from zonereport.inputs.workbook.merge import Merged
from zonereport.inputs.workbook.record import Record
from zonereport.inputs.zone import load_zone
from zonereport.language import tr


@dataclass(frozen=True)
class Staged:
    """A staging root with the zone as it would be; ``files`` are those that were written, below the zone's folder."""

    root: Path
    zone: str
    files: tuple[str, ...]
    schemas: dict[str, Table]

    @property
    def folder(self) -> Path:
        """The zone folder in the staging root."""
        return self.root / "data" / self.zone

    def check(self, book: Book, merged: Merged, before: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
        """Load the zone as it would be: faults, and warnings, each at the cell of the book that it comes from.

        A warning that the zone did not have ``before`` is said wherever it stands: the new figure may be the wrong one.
        """
        known = {_without_rows(fault) for fault in before}
        try:
            zone = load_zone(self.zone, self.root)
        except InputError as error:
            found = error.faults
        else:
            found = getattr(zone, "warnings", ())
        placed, lines = [], {}
        for fault in found:
            table = fault.file.removesuffix(".csv")
            if table in merged.origins and table not in lines:
                lines[table] = self._lines(table)
            place = lines.get(table, {}).get(fault.row)
            record = merged.origins.get(table, {}).get(place)
            if record is not None:
                said = _in_book(fault.expected, table, lines[table], merged.origins[table])
                placed.append(_at(book, replace(fault, expected=said), record, self.schemas[table]))
            elif fault.severity == "error" and not (fault.file == "indicators.csv" and table not in merged.rows):
                # a zone without figures is not sound yet: that is no fault of a list of firms
                placed.append(fault)
            elif fault.severity != "error" and _without_rows(fault) not in known:
                placed.append(fault)
        faults = [fault for fault in placed if fault.severity == "error"]
        return faults, [fault for fault in placed if fault.severity != "error"]

    def _lines(self, table: str) -> dict[int, int]:
        frame = read_text_table(self.folder / f"{table}.csv", self.schemas[table].columns, required=[])
        return {line: place for place, line in enumerate(frame.index)}


def _without_rows(fault: Fault) -> tuple:
    """What a warning says, but for the numbers of rows: they move when others are added."""
    return fault.file, fault.column, fault.value, ROWS.sub("", fault.expected)


def _in_book(expected: str, table: str, lines: dict[int, int], origins: dict[int, Record]) -> str:
    """An expectation whose rows of the staged table ("row 12", "rows 12, 13") are those of the book, where they are.

    Rows that are not of the book keep their number and get the name of the table.
    """

    def named(match: re.Match) -> str:
        places = [origins.get(lines.get(int(number), -1)) for number in re.findall(r"\d+", match[0])]
        if None in places:
            return tr("{table}.csv {rows}", table=table, rows=match[0])
        rows = [tr("{sheet} row {row}", sheet=one.label.sheet.name, row=one.label.row + 1) for one in places]
        return tr(", ").join(rows)

    return ROWS.sub(named, expected)


def _at(book: Book, fault: Fault, record: Record, table: Table) -> Fault:
    place = record.places.get(fault.column or "")
    if place is None:
        # the cell is not in the book (a default, a key of several columns): the fault stands at the label
        label = record.label
        what = next((one.name_zh for one in table.fields if one.name == fault.column), fault.column)
        expected = fault.expected
        if what:
            expected = tr("{what}: {expected}", what=what, expected=fault.expected)
        return fault_at(
            book, label.sheet, label.row, label.column, fault.value, expected, header=label.header,
            severity=fault.severity,
        )  # fmt: skip
    return fault_at(
        book, place.sheet, place.row, place.column, fault.value, fault.expected, header=place.header,
        severity=fault.severity,
    )  # fmt: skip


def stage(
    staging: Path,
    zone: str,
    root: Path,
    tables: dict[str, list[dict[str, str]]],
    texts: dict[str, str],
    schemas: dict[str, Table],
) -> Staged:
    """Copy data/``zone`` and the dictionary into an empty folder beside it and write ``tables`` and ``texts`` there."""
    target = staging / "data" / zone
    shutil.copytree(root / "data" / "dictionary", staging / "data" / "dictionary")
    files = [*(f"{name}.csv" for name in tables), *texts]
    anew = set(files)
    shutil.copytree(root / "data" / zone, target, ignore=lambda _, names: anew & set(names), copy_function=_linked)
    for name, rows in tables.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, schemas[name].columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, text in texts.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        # what stands there is the zone's own file by another name: nothing may be written into it
        (target / name).unlink(missing_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return Staged(staging, zone, tuple(files), schemas)


def _linked(source: str, target: str) -> str:
    # nothing is written into these copies, and a ledger may be large
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
