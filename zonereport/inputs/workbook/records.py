"""Rows of sheets as records of tables: each cell as text, with the place it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.schemas import Table
from zonereport.inputs.units import convert
from zonereport.inputs.workbook.book import Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import indent, loses_digits, number_text, plain, split_unit, typed
from zonereport.inputs.workbook.context import Context, source_for
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.layout import BLANK, FIGURES, LABELS, title_period, title_unit
from zonereport.inputs.workbook.mapping import SheetMapping, Target
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.words import FOOTNOTE, TOTALS, WHOLE

# cells that a template fills in beforehand: alone they are no record
PREFILLED = {"period", "year", "unit", "source", "park", "code"}


@dataclass(frozen=True)
class Place:
    """A cell of a sheet: row and column from 0, and the header of the column."""

    sheet: Sheet
    row: int
    column: int
    header: str


@dataclass
class Record:
    """One row of a table to be: its cells, the places they came from, and the label's place for all others."""

    table: str
    cells: dict[str, str]
    places: dict[str, Place]
    label: Place


@dataclass(frozen=True)
class Defaults:
    """What holds where a sheet does not say it: period and source of the whole book; ``asked`` is a period given."""

    period: str = ""
    source: str = ""
    asked: str = ""


@dataclass
class Reader:
    """Reads the sheets of a book with their mapping; collects faults and warnings."""

    book: Book
    context: Context
    defaults: Defaults
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def read(self, sheet: Sheet, header: Header, mapping: SheetMapping) -> list[Record]:
        """The records of one sheet."""
        table = self.context.schemas[mapping.table]
        spots = _spots(header, mapping)
        label = _label_spot(spots)
        period = mapping.period or title_period(sheet, header.first) or self.defaults.period
        if self.defaults.asked not in ("", period):
            note = f"{self.defaults.asked}, the period of this import; the sheet keeps its own"
            file = f"{self.book.path.name}[{sheet.name}]"
            self.warnings.append(Fault(file, None, "period", period, note, severity="warning"))
        unit = mapping.unit or title_unit(sheet, header.first, self.context)
        records, parents = [], []
        for row in data_rows(sheet, header):
            said = plain(sheet.at(row, label[0], fill=True)) if label else ""
            if said and label:
                path = _path(sheet, row, label[0], said, parents)
                if _skipped(said, path, mapping):
                    continue
            else:
                path = said
            for record in self._of_row(sheet, row, header, spots, table):
                where = record.label
                self._resolve(record, table, mapping, path, where)
                if "period" in table.columns:
                    record.cells["period"] = record.cells.get("period") or period
                record.cells["source"] = record.cells.get("source") or mapping.source or self._source(record.cells)
                self._measure(record, table, said, unit)
                records.append(record)
        return records

    def _source(self, cells: dict[str, str]) -> str:
        year = re.match(r"\d{4}", cells.get("period") or cells.get("year") or self.defaults.period)
        return self.defaults.source or (source_for(self.context.about, int(year[0])) if year else "")

    def _of_row(
        self, sheet: Sheet, row: int, header: Header, spots: dict[int, Target], table: Table
    ) -> Iterator[Record]:
        kinds = {one.name: one.kind for one in table.fields}
        troubled = [column for column in spots if (row, column) in sheet.troubles]
        for column in troubled:
            value, expected = sheet.troubles[row, column]
            self.faults.append(fault_at(self.book, sheet, row, column, value, expected, header=header.names[column]))
        groups = {target.group: None for target in spots.values() if target.group != Target("").group}
        for group in groups or {Target("").group: None}:
            cells, places, said = {}, {}, False
            for column, target in spots.items():
                if target.group not in (group, Target("").group):
                    continue
                kind = kinds[target.column]
                value = sheet.at(row, column, fill=kind not in ("number", "count"))
                text = typed(value, kind)
                if kind not in ("number", "count") and loses_digits(value):
                    expected = "a text: a spreadsheet keeps 15 digits of a number"
                    self.faults.append(
                        fault_at(self.book, sheet, row, column, text, expected, header=header.names[column])
                    )
                places[target.column] = Place(sheet, row, column, header.names[column])
                cells[target.column] = text
                cells |= {name: v for name in ("code", "peer", "period") if (v := getattr(target, name))}
                cells |= {"park": target.park} if target.park is not None else {}
                if target.unit and text:
                    self._header_unit(cells, target, table)
                said = said or (bool(text) and (target.column not in PREFILLED))
            label = next((places[name] for name in LABELS if name in places), None) or next(iter(places.values()))
            if _reports(cells, table) if set(FIGURES) & set(table.columns) else said:
                yield Record(table.name, cells, places, label)

    def _header_unit(self, cells: dict[str, str], target: Target, table: Table) -> None:
        """The unit that a header names: that of the row, or else converted to the one the column is in."""
        own = next(split_unit(one.name_zh)[1] for one in table.fields if one.name == target.column)
        if "unit" in table.columns and not own:
            cells["unit"] = cells.get("unit") or target.unit
        elif own and own != target.unit:
            try:
                value = convert(float(cells[target.column]), target.unit, own, self.context.dictionary.units)
                cells[target.column] = number_text(value)
            except (ValueError, OverflowError):
                return

    def _resolve(self, record: Record, table: Table, mapping: SheetMapping, path: str, where: Place) -> None:
        """Put ids for names: codes, parks, peers, sources, choices, enterprises and projects."""
        names = {"code": self.context.indicators, "park": self.context.parks, "peer": self.context.peers}
        for one in table.fields:
            text = record.cells.get(one.name, "")
            if not text:
                continue
            mapped = record.places.get(one.name) is where and _mapped(mapping, path, text)
            if mapped and one.kind in ("code", "park", "peer"):
                text = mapped
            if one.kind == "park" and text in WHOLE:
                record.cells[one.name] = ""
            elif one.kind in names:
                bare = split_unit(text)[0]
                found = names[one.kind].get(text) or names[one.kind].get(bare)
                found = found or (parent_child(path, self.context) if one.kind == "code" else None)
                if found is None and one.name in record.places:
                    self._unknown(record.places[one.name], text, one.kind, names[one.kind].match(bare))
                record.cells[one.name] = found or text
            elif one.kind == "source":
                record.cells[one.name] = self.context.sources.get(text) or text
            elif one.kind == "choice":
                words = {undressed(word): choice for choice, word in one.choices.items()}
                record.cells[one.name] = words.get(undressed(text), text)
            elif (one.kind in ("enterprise", "project") and not one.required) or one.kind in self.things:
                record.cells[one.name] = self.things.get(one.kind, {}).get(undressed(text), text)

    def _unknown(self, place: Place, text: str, kind: str, match: Match) -> None:
        what = {"code": "an indicator of the dictionary", "park": "a park of zone.yml", "peer": "a peer of zone.yml"}
        near = f"; perhaps {' or '.join(match.candidates)}" if match.candidates else ""
        expected = f"{what[kind]}, or a row of the mapping{near}"
        self.faults.append(
            fault_at(self.book, place.sheet, place.row, place.column, text, expected, header=place.header)
        )

    def _measure(self, record: Record, table: Table, said: str, unit: str) -> None:
        """Find the unit of a figure: its cell, its header, its label, the sheet, the only one its code allows."""
        cells = record.cells
        if {"code", "unit"} <= set(table.columns):
            allowed = self.context.dictionary.allowed_units.get(cells.get("code", ""), [])
            named = split_unit(said)[1]
            only = allowed[0] if len(allowed) == 1 else ""
            choices = [cells.get("unit"), named if named in allowed else "", unit if unit in allowed else "", only]
            cells["unit"] = next(filter(None, choices), "")
        elif (
            "unit" in table.columns
            and not cells.get("unit")
            and any(
                cells.get(one.name) for one in table.fields if one.kind == "number" and not split_unit(one.name_zh)[1]
            )
        ):
            cells["unit"] = unit
        for one in table.fields:
            text = cells.get(one.name, "")
            if one.kind == "number" and text.endswith("%"):
                percent = one.name == "growth_pct" or cells.get("unit") in ("%", "个百分点")
                percent = percent or cells.get("kind") == "growth"
                cells[one.name] = text[:-1] if percent else text


def data_rows(sheet: Sheet, header: Header) -> Iterator[int]:
    """The rows below the header that hold data: not hidden, not empty, no footnote, no header once more."""
    troubles = {place[0] for place in sheet.troubles}
    again = [plain(value) for value in sheet.grid[header.last]]
    for row in range(header.last + 1, len(sheet.grid)):
        if row in sheet.hidden:
            continue
        texts = [plain(value) for value in sheet.grid[row]]
        said = [text for text in texts if text]
        troubled = row in troubles
        if (not said and not troubled) or texts == again or (said and FOOTNOTE.match(said[0])):
            continue
        yield row


def find_header(sheet: Sheet, mapping: SheetMapping, flatten) -> Header | None:
    """The header that a mapping describes: at its rows, or moved up or down; None where no row has its names."""
    first, last = mapping.header
    wanted = {name for name, target in mapping.columns.items() if target} - {BLANK}
    starts = [first - 1, *(row for row in range(min(len(sheet.grid), 60)) if row != first - 1)]
    for start in starts:
        header = flatten(sheet, start, start + last - first)
        if wanted <= set(header.names):
            return header
    return None


def parent_child(path: str, context: Context) -> str | None:
    """The code of an indented label that says only a part: 引进高层次人才 / 海外 is 引进海外高层次人才."""
    parts = path.split("/")
    if len(parts) < 2:
        return None
    return context.indicators.of_parts(split_unit(parts[-2])[0], split_unit(parts[-1])[0])


def _spots(header: Header, mapping: SheetMapping) -> dict[int, Target]:
    blank = header.names.index("") if "" in header.names else None
    spots = {}
    for name, target in mapping.columns.items():
        if target is None:
            continue
        spots[blank if name == BLANK and name not in header.names else header.names.index(name)] = target
    return {column: target for column, target in spots.items() if column is not None}


def _label_spot(spots: dict[int, Target]) -> tuple[int, str] | None:
    found = {target.column: column for column, target in sorted(spots.items(), reverse=True)}
    return next(((found[name], name) for name in LABELS if name in found), None)


def _path(sheet: Sheet, row: int, column: int, said: str, parents: list[tuple[int, str]]) -> str:
    """The label with the labels it is indented under, joined by /; ``parents`` is kept up."""
    deep = indent(sheet.at(row, column, fill=True)) + sheet.indents.get((row, column), 0)
    while parents and parents[-1][0] >= deep:
        parents.pop()
    path = "/".join([name for _, name in parents] + [said])
    parents.append((deep, said))
    return path


def _mapped(mapping: SheetMapping, path: str, said: str) -> str | None:
    return mapping.rows.get(path) or mapping.rows.get(said)


def _skipped(said: str, path: str, mapping: SheetMapping) -> bool:
    for name in (path, said):
        if name in mapping.rows:
            return mapping.rows[name] is None
    return undressed(said) in TOTALS


def _reports(cells: dict[str, str], table: Table) -> bool:
    if "value" in table.columns:
        return any(cells.get(name) for name in FIGURES) or cells.get("qualifier", "") in ("decreased", "下降")
    return any(cells.values())
