"""Rows of sheets as records of tables: each cell as text, with the place it came from and all that speaks of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.schemas import Table
from zonereport.inputs.units import convert
from zonereport.inputs.workbook.blocks import LABELS
from zonereport.inputs.workbook.book import Book, Sheet, cell_name, fault_at
from zonereport.inputs.workbook.cells import (
    TRIMMED,
    loses_digits,
    number_hint,
    number_text,
    plain,
    read_number,
    split_unit,
    typed,
)
from zonereport.inputs.workbook.context import Context, source_for
from zonereport.inputs.workbook.headers import MEASURES, Header
from zonereport.inputs.workbook.labels import Label, Labels, data_rows, is_plain_heading
from zonereport.inputs.workbook.layout import BLANK, column_name
from zonereport.inputs.workbook.mapping import SheetMapping, Target
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.phrases import When, read_phrases
from zonereport.inputs.workbook.spoken import Defaults, Spoken
from zonereport.inputs.workbook.witnesses import Conflict, Witness, combine
from zonereport.inputs.workbook.words import WHOLE

# cells that a template fills in beforehand: alone they are no record
PREFILLED = {"period", "year", "unit", "source", "park", "code"}
KINDS_OF_NUMBERS = ("number", "count")


@dataclass(frozen=True)
class Place:
    """A cell of a sheet: row and column from 0, and the header of the column."""

    sheet: Sheet
    row: int
    column: int
    header: str


@dataclass
class Record:
    """One row of a table to be: its cells, the places they came from, and the label's place for all others.

    ``units`` are the units that its figure's cell, its row and its header name, with where they stand.
    """

    table: str
    cells: dict[str, str]
    places: dict[str, Place]
    label: Place
    units: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """A column that is read: where it goes, and the periods that its header names."""

    target: Target
    whens: tuple[When, ...]


@dataclass
class Reader:
    """Reads the tables of a book with their mapping; collects faults, questions and warnings."""

    book: Book
    context: Context
    defaults: Defaults
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def read(self, sheet: Sheet, header: Header, mapping: SheetMapping) -> list[Record]:
        """Return the records of one table."""
        table = self.context.schemas[mapping.table]
        spots = spots_of(header, mapping)
        labelled = label_spot(spots)
        spoken = Spoken.of(self.book, sheet, header, mapping, self.context, self.defaults)
        spoken.series([one.whens for one in spots.values() if one.target.column in ("value", "growth_pct")])
        spoken.look_down(self._months_down(sheet, header, spots))
        labels = None
        if labelled:
            labels = Labels(sheet, *labelled, mapping, self.context)
        records: list[Record] = []
        headings: list[tuple[Label, Place]] = []
        for row in data_rows(sheet, header):
            figures = [column for column, spot in spots.items() if spot.target.column not in PREFILLED | set(LABELS)]
            filled = any(plain(sheet.at(row, column)) or (row, column) in sheet.troubles for column in figures)
            label = Label("", "")
            if labels is not None:
                label = labels.read(row, figures=filled)
                self._against(label, Place(sheet, row, labels.column, header.names[labels.column]), filled, headings)
            if label.left_out:
                continue
            for record in self._of_row(sheet, row, header, spots, table):
                self._complete(record, table, mapping, label, spoken)
                records.append(record)
        self.faults += spoken.faults
        self._sources(records, mapping)
        return records

    def _against(self, label: Label, place: Place, filled: bool, headings: list[tuple[Label, Place]]) -> None:
        """Say what is new about a label that the mapping does not have: a word, a parent, a heading above figures."""
        if not label.text or self.book.ours:
            return
        if not filled:
            if label.strange_heading and not label.left_out and label.match is not None:
                headings.append((label, place))
            return
        for heading, above in headings:
            self._say(above, heading.text, "a heading that the mapping has among its rows")
        headings.clear()
        if label.question:
            self._say(place, label.text, label.question)

    def _months_down(self, sheet: Sheet, header: Header, spots: dict[int, Spot]) -> list[Witness]:
        """Return the periods of the rows, where a column holds them."""
        columns = [column for column, spot in spots.items() if spot.target.column == "period"]
        witnesses = []
        for row in data_rows(sheet, header):
            for column in columns:
                phrases = read_phrases(typed(sheet.at(row, column, fill=True), "period"))
                witnesses += [Witness(when, cell_name(row, column)) for when in phrases.found]
        return witnesses

    def _of_row(self, sheet: Sheet, row: int, header: Header, spots: dict[int, Spot], table: Table) -> Iterator[Record]:
        for column in [column for column in spots if (row, column) in sheet.troubles]:
            value, expected = sheet.troubles[row, column]
            self.faults.append(fault_at(self.book, sheet, row, column, value, expected, header=header.names[column]))
        common = (Target("").group, ())
        groups = {(spot.target.group, spot.whens): None for spot in spots.values()}
        groups.pop(common, None)
        for group in groups or {common: None}:
            own = {column: spot for column, spot in spots.items() if (spot.target.group, spot.whens) in (group, common)}
            record = self._of_group(sheet, row, header, own, table)
            if record is not None:
                yield record

    def _of_group(self, sheet: Sheet, row: int, header: Header, spots: dict[int, Spot], table: Table) -> Record | None:
        kinds = {one.name: one.kind for one in table.fields}
        record = Record(table.name, {}, {}, Place(sheet, row, 0, ""))
        filled = False
        for column, spot in spots.items():
            target, kind = spot.target, kinds[spot.target.column]
            place = Place(sheet, row, column, header.names[column])
            value = sheet.at(row, column, fill=kind not in KINDS_OF_NUMBERS)
            record.places[target.column] = place
            record.cells[target.column] = self._cell(value, kind, place, target, record)
            for name in ("code", "peer", "period"):
                if fixed := getattr(target, name):
                    record.cells[name] = fixed
            if target.park is not None:
                record.cells["park"] = target.park
            for when in spot.whens:
                record.places.setdefault("when", place)
                record.cells["when"] = when.text
            if target.unit and record.cells[target.column]:
                self._header_unit(record, target, table, place)
            filled = filled or (bool(record.cells[target.column]) and target.column not in PREFILLED)
        label = next((record.places[name] for name in LABELS if name in record.places), None)
        record.label = label or next(iter(record.places.values()))
        if set(MEASURES) & set(table.columns):
            filled = _reports(record.cells, table)
        return record if filled else None

    def _cell(self, value: object, kind: str, place: Place, target: Target, record: Record) -> str:
        if isinstance(value, str) and value != value.translate(TRIMMED) and plain(value):
            note = "a text without invisible characters; they were taken away"
            self._say(place, plain(value), note, "warning")
        if kind != "number":
            if kind not in KINDS_OF_NUMBERS and loses_digits(value):
                self._say(place, plain(value), "a text: a spreadsheet keeps 15 digits of a number")
            return typed(value, kind)
        growth = target.column == "growth_pct"
        number, unit = read_number(value, growth=growth)
        if unit in self.context.dictionary.units and unit != "%":
            if growth:
                if unit != "个百分点":
                    return number + unit
                return number
            record.units.append((unit, cell_name(place.row, place.column)))
            return number
        if unit or not re.fullmatch(r"-?[\d.]*", number):
            hint = number_hint(number + unit, growth=growth)
            if hint:
                self._say(place, plain(value), hint)
        return number + unit

    def _say(self, place: Place, value: str, expected: str, severity: str = "error") -> None:
        fault = fault_at(
            self.book, place.sheet, place.row, place.column, value, expected, header=place.header, severity=severity
        )
        (self.warnings if severity == "warning" else self.faults).append(fault)

    def _header_unit(self, record: Record, target: Target, table: Table, place: Place) -> None:
        """Note the unit that a header names, or convert to the one that the column of the table is in."""
        own = next(split_unit(one.name_zh)[1] for one in table.fields if one.name == target.column)
        if "unit" in table.columns and not own:
            record.units.append((target.unit, f"the header {place.header}"))
        elif own and own != target.unit:
            try:
                value = convert(float(record.cells[target.column]), target.unit, own, self.context.dictionary.units)
            except (ValueError, OverflowError):
                return
            record.cells[target.column] = number_text(value)

    def _complete(self, record: Record, table: Table, mapping: SheetMapping, label: Label, spoken: Spoken) -> None:
        self._resolve(record, table, label)
        if "code" in table.columns and not record.cells.get("code"):
            record.cells["code"] = mapping.code or spoken.code or record.cells.get("code", "")
        if table.name == "enterprises" and "enterprise" not in record.places:
            self._identify(record, mapping)
        if "period" in table.columns:
            self._date(record, label, spoken)
        elif "year" in table.columns and not record.cells.get("year") and spoken.year:
            record.cells["year"] = str(spoken.year)
        self._narrow(record, label)
        self._measure(record, table, label, spoken, mapping)
        record.cells.pop("when", None)

    def _date(self, record: Record, label: Label, spoken: Spoken) -> None:
        """Find the period of a record; what contradicts it is a fault at its cell."""
        if record.cells.get("period") and "period" not in record.places:
            return
        place = record.places.get("period") or record.places.get("when") or record.label
        text = record.cells.get("period") or ""
        own = [Witness(when, f"row {record.label.row + 1}") for when in label.sense.whens]
        if "period" in record.places and text:
            phrases = read_phrases(text)
            if phrases.left or len(phrases.found) != 1 or phrases.rest:
                return
            own.append(Witness(phrases.found[0], cell_name(place.row, place.column)))
        elif "when" in record.cells:
            phrases = read_phrases(record.cells["when"])
            own += [Witness(when, cell_name(spoken.header.last, place.column)) for when in phrases.found]
        outcome = combine([*spoken.base_for(own), *own])
        if isinstance(outcome, Conflict):
            self._say(place, own[-1].when.text, f"one period, not {outcome}")
        elif outcome is not None:
            if reason := spoken.needs_basis(outcome.when, record.cells.get("code", ""), label):
                spoken.ask_basis(place, reason)
            if outcome.when.year is None:
                spoken.ask_year(outcome)
            elif outcome.when.period is not None:
                record.cells["period"] = str(outcome.when.period)

    def _resolve(self, record: Record, table: Table, label: Label) -> None:
        """Put ids for names: codes, parks, peers, sources, choices, enterprises and projects."""
        names = {"code": self.context.indicators, "park": self.context.parks, "peer": self.context.peers}
        for one in table.fields:
            text = record.cells.get(one.name, "")
            if not text:
                continue
            place = record.places.get(one.name)
            of_label = place is not None and place is record.label
            if one.kind in names and of_label and label.text:
                text = label.meaning or text
            if one.kind == "park" and text in WHOLE:
                record.cells[one.name] = ""
            elif one.kind in names:
                meaning = names[one.kind].get(text)
                if meaning is None and place is not None:
                    self._unknown(place, text, one.kind, names[one.kind].match(split_unit(text)[0]))
                record.cells[one.name] = meaning or text
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
        self._say(place, text, f"{what[kind]}, or a row of the mapping{near}")

    def _identify(self, record: Record, mapping: SheetMapping) -> None:
        """Give a firm that is listed by name the id that the mapping or the zone has for it, or a new one."""
        name, code = record.cells.get("name", ""), record.cells.get("uscc", "")
        known = self.context.firm_ids
        found = mapping.ids.get(name) or known.get(undressed(name)) or (known.get(code) if code else None)
        if found is None:
            number = 1 + len(known) + len(self.ids)
            while f"firm-{number:04d}" in known.values():
                number += 1
            found = f"firm-{number:04d}"
            if near := self.context.firms_like(name):
                expected = f"an id of its own in ids of the mapping, or that of {' or '.join(near)}"
                self._say(record.places["name"], name, expected, "question")
        self.ids[name] = found
        record.cells["enterprise"] = found

    def _narrow(self, record: Record, label: Label) -> None:
        """Move a figure to the column that the words of its label name (工业投资_累计增长)."""
        cells = record.cells
        for tag, column in (("growth", "growth_pct"), ("rank", "rank")):
            if tag in label.sense.tags and column not in cells and cells.get("value") and label.meaning:
                cells[column] = cells.pop("value").removesuffix("%")
                record.places[column] = record.places.pop("value")
                record.units = []

    def _measure(self, record: Record, table: Table, label: Label, spoken: Spoken, mapping: SheetMapping) -> None:
        """Find the unit of a figure: its cell, row, label and header must agree, the sheet says it for all others."""
        cells = record.cells
        if {"code", "unit"} <= set(table.columns):
            allowed = self.context.dictionary.allowed_units.get(cells.get("code", ""), [])
            said = list(record.units)
            if cells.get("unit"):
                listed = [unit for unit in re.split("[、,/]", cells["unit"]) if unit in allowed]
                cells["unit"] = listed[0] if len(listed) == 1 else cells["unit"]
                place = record.places.get("unit")
                said.append((cells["unit"], cell_name(place.row, place.column) if place else "the mapping"))
            for unit in label.sense.units:
                if unit in allowed or not said:
                    said.append((unit, f"the label {label.text}"))
            self._agree(record, said)
            first = said[0][0] if said else ""
            general = [unit for unit in [mapping.unit, *spoken.units] if unit in allowed]
            if not first and len(set(general)) == 1:
                first = general[0]
            if not first and len(allowed) == 1:
                first = allowed[0]
            cells["unit"] = first
        elif "unit" in table.columns and not cells.get("unit"):
            if any(
                cells.get(one.name) for one in table.fields if one.kind == "number" and not split_unit(one.name_zh)[1]
            ):
                units = [mapping.unit, *[unit for unit, _ in record.units], *spoken.units]
                cells["unit"] = next(filter(None, units), "")
        for one in table.fields:
            text = cells.get(one.name, "")
            if one.kind == "number" and text.endswith("%"):
                percent = one.name == "growth_pct" or cells.get("unit") in ("%", "个百分点")
                if percent or cells.get("kind") == "growth":
                    cells[one.name] = text[:-1]

    def _agree(self, record: Record, said: list[tuple[str, str]]) -> None:
        """Units that differ are a fault that names both places; nobody is right because he stands nearer."""
        for unit, place in said[1:]:
            if unit != said[0][0]:
                where = record.places.get("value", record.label)
                expected = f"one unit, not {said[0][0]} ({said[0][1]}) and {unit} ({place})"
                self._say(where, record.cells.get("value", ""), expected)
                return

    def _sources(self, records: list[Record], mapping: SheetMapping) -> None:
        """Name the source of every record: a document of this year prints figures of the years before, too."""
        years = [text[:4] for record in records if (text := record.cells.get("period") or record.cells.get("year"))]
        latest = max((int(year) for year in years if year.isdigit()), default=0)
        if not latest and self.defaults.year:
            latest = self.defaults.year
        default = mapping.source or self.defaults.source
        if not default and latest:
            default = source_for(self.context.about, latest)
        elif not default and len(self.context.about.sources) == 1:
            # a list without a period: there is only one document that it can come from
            default = self.context.about.sources[0].id
        for record in records:
            record.cells["source"] = record.cells.get("source") or default


def find_spot(header: Header, name: str) -> list[int]:
    """Return the columns that a header name of a mapping stands for."""
    names = [column_name(header, column) for column in range(len(header.names))]
    if name in names:
        places = [column for column, one in enumerate(names) if one == name]
        return places[:1] if name == BLANK else places
    # mappings of earlier versions do not tell 2022年10月 and 10月 apart
    return [column for column, one in enumerate(names) if one.replace("N年", "") == name]


def spots_of(header: Header, mapping: SheetMapping) -> dict[int, Spot]:
    """Return the columns of a header that the mapping reads; a growth has the period of the figure before it."""
    spots: dict[int, Spot] = {}
    for name, target in mapping.columns.items():
        if target is not None:
            for column in find_spot(header, name):
                whens = () if target.period else header.whens[column]
                spots[column] = Spot(target, whens)
    ordered = dict(sorted(spots.items()))
    before: tuple[When, ...] = ()
    for column, spot in ordered.items():
        if spot.target.column == "value":
            before = spot.whens
        elif spot.target.column in ("growth_pct", "rank") and not spot.whens and not spot.target.period:
            ordered[column] = Spot(spot.target, before)
    return ordered


def label_spot(spots: dict[int, Spot]) -> tuple[int, str] | None:
    """Return the column that says what a row is about, and its kind."""
    for name in LABELS:
        for column, spot in spots.items():
            if spot.target.column == name:
                return column, name
    return None


def _reports(cells: dict[str, str], table: Table) -> bool:
    if "value" in table.columns:
        return any(cells.get(name) for name in MEASURES) or cells.get("qualifier", "") in ("decreased", "下降")
    return any(text for name, text in cells.items() if name != "when")


__all__ = ["Defaults", "Label", "Place", "Reader", "Record", "data_rows", "is_plain_heading", "label_spot", "spots_of"]
