"""The zone as a book would make it: loaded, and its faults and warnings said at the cells of the book."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zonereport.inputs.faults import ROWS, Fault, InputError, without_rows
from zonereport.inputs.reading import read_text_table
from zonereport.inputs.schemas import Table
from zonereport.inputs.staged import Staged
from zonereport.inputs.workbook.book import Book, fault_at
from zonereport.inputs.workbook.outcome import Merged
from zonereport.inputs.workbook.record import Record
from zonereport.inputs.zone import load_zone
from zonereport.language import tr


def check(staged: Staged, book: Book, merged: Merged, before: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Load the zone as it would be: faults, and warnings, each at the cell of the book that it comes from.

    A warning that the zone did not have ``before`` is said wherever it stands: the new figure may be the wrong one.
    """
    known = {without_rows(fault) for fault in before}
    try:
        zone = load_zone(staged.zone, staged.root)
    except InputError as error:
        found = error.faults
    else:
        found = getattr(zone, "warnings", ())
    placed, lines = [], {}
    for fault in found:
        table = fault.file.removesuffix(".csv")
        if table in merged.origins and table not in lines:
            lines[table] = _lines(staged, table)
        place = lines.get(table, {}).get(fault.row)
        record = merged.origins.get(table, {}).get(place)
        if record is not None:
            said = _in_book(fault.expected, table, lines[table], merged.origins[table])
            placed.append(_at(book, replace(fault, expected=said), record, staged.schemas[table]))
        elif fault.severity == "error" and not (fault.file == "indicators.csv" and table not in merged.rows):
            # a zone without figures is not sound yet: that is no fault of a list of firms
            placed.append(fault)
        elif fault.severity != "error" and without_rows(fault) not in known:
            placed.append(fault)
    faults = [fault for fault in placed if fault.severity == "error"]
    return faults, [fault for fault in placed if fault.severity != "error"]


def _lines(staged: Staged, table: str) -> dict[int, int]:
    frame = read_text_table(staged.folder / f"{table}.csv", staged.schemas[table].columns, required=[])
    return {line: place for place, line in enumerate(frame.index)}


def _in_book(expected: str, table: str, lines: dict[int, int], origins: dict[int, Record]) -> str:
    """An expectation whose rows of the staged table ("row 12", "rows 12, 13") are those of the book, where they are.

    Rows that are not of the book keep their number and get the name of the table.
    """

    def named(match: re.Match) -> str:
        places = []
        for number in re.findall(r"\d+", match[0]):
            places.append(origins.get(lines.get(int(number), -1)))
        if None in places:
            return tr("{table}.csv {rows}", table=table, rows=match[0])
        rows = []
        for one in places:
            rows.append(tr("{sheet} row {row}", sheet=one.label.sheet.name, row=one.label.row + 1))
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
