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
from zonereport.inputs.workbook.completing import Completer
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import MEASURES, Header
from zonereport.inputs.workbook.labels import Label, Labels, data_rows, row_is_filled
from zonereport.inputs.workbook.layout import BLANK, column_name
from zonereport.inputs.workbook.mapping import SheetMapping, Target
from zonereport.inputs.workbook.phrases import When, read_phrases
from zonereport.inputs.workbook.record import Place, Record
from zonereport.inputs.workbook.senses import without_brackets
from zonereport.inputs.workbook.spoken import Defaults, Spoken
from zonereport.inputs.workbook.witnesses import Witness
from zonereport.inputs.workbook.words import MARKS, REMOVE, TAGS
from zonereport.language import tr

# cells that a template fills in beforehand: alone they are no record
PREFILLED = {"period", "year", "unit", "source", "park", "code"}
# and in single sheets
LISTED = {"targets": {"kind"}, "enterprise_months": {"enterprise", "above_scale"}, "project_progress": {"project"}}
KINDS_OF_NUMBERS = ("number", "count")
MONTHS, GROWTHS = {"本月", "当月", "本月数", "当月数"}, set(TAGS["growth"].split()) | {"增速", "增速%"}


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
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    # titles and notes of the table that was read last: what its mapping remembers once they are confirmed
    confirmed: tuple[str, ...] = ()
    tables: list[tuple[list[Record], SheetMapping]] = field(default_factory=list)

    def __post_init__(self):
        self.completer = Completer(self.context, self.defaults, self._say, ours=self.book.ours)

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
            units = without_brackets(header.text(labelled[0]), frozenset(self.context.dictionary.units))[1].units
            spoken.label_units = tuple(units)
            labels = Labels(sheet, *labelled, mapping, self.context)
        records: list[Record] = []
        headings: list[tuple[Label, Place]] = []
        for row in data_rows(sheet, header):
            figures = []
            for column, spot in spots.items():
                if spot.target.column not in PREFILLED | set(LABELS):
                    figures.append(column)
            filled = row_is_filled(sheet, row, figures)
            filled = filled or _is_removed(sheet, row, header)
            label = Label("", "")
            if labels is not None:
                label = labels.read(row, figures=filled)
                self._against(label, Place(sheet, row, labels.column, header.text(labels.column)), filled, headings)
            # a total is computed from its parts, never read: the two could differ by rounding
            if label.left_out:
                continue
            for record in self._of_row(sheet, row, header, spots, table):
                self.completer.complete(record, table, mapping, label, spoken)
                records.append(record)
        if not self.book.ours and "value" in table.columns:
            spoken.look_below(records)
        self.faults += spoken.faults
        self.confirmed = tuple(spoken.to_remember)
        self.tables.append((records, mapping))
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
            self._say(above, heading.text, tr("a heading that the mapping has among its rows"))
        headings.clear()
        if label.question:
            self._say(place, label.text, label.question)

    def _months_down(self, sheet: Sheet, header: Header, spots: dict[int, Spot]) -> list[Witness]:
        """Return the periods of the rows, where a column holds them."""
        witnesses = []
        for row in data_rows(sheet, header):
            for column, spot in spots.items():
                if spot.target.column != "period":
                    continue
                phrases = read_phrases(typed(sheet.at(row, column, fill=True), "period"))
                for when in phrases.found:
                    witnesses.append(Witness(when, cell_name(row, column)))
        return witnesses

    def _of_row(self, sheet: Sheet, row: int, header: Header, spots: dict[int, Spot], table: Table) -> Iterator[Record]:
        # a cell that cannot be trusted is a fault where it is read, and nowhere else
        for column in spots:
            if (row, column) not in sheet.troubles:
                continue
            value, expected = sheet.troubles[row, column]
            self.faults.append(fault_at(self.book, sheet, row, column, value, expected, header=header.text(column)))
        common = (Target("").group, ())
        groups = {}
        for spot in spots.values():
            groups[(spot.target.group, spot.whens)] = None
        # a column for each period or park makes a record of its own, with the columns that all share
        groups.pop(common, None)
        for group in groups or {common: None}:
            own = {column: spot for column, spot in spots.items() if (spot.target.group, spot.whens) in (group, common)}
            record = self._of_group(sheet, row, header, own, table)
            if record is not None:
                yield record

    def _of_group(self, sheet: Sheet, row: int, header: Header, spots: dict[int, Spot], table: Table) -> Record | None:
        kinds = {}
        for one in table.fields:
            kinds[one.name] = one.kind
        record = Record(table.name, {}, {}, Place(sheet, row, 0, ""))
        record.remove = _is_removed(sheet, row, header)
        filled, prefilled = False, PREFILLED
        if self.book.ours:
            prefilled = PREFILLED | LISTED.get(table.name, set())
        for column, spot in spots.items():
            target, kind = spot.target, kinds[spot.target.column]
            place = Place(sheet, row, column, header.text(column))
            value = sheet.at(row, column, fill=kind not in KINDS_OF_NUMBERS)
            record.places[target.column] = place
            record.cells[target.column] = self._cell(value, kind, place, target, record)
            _fix(record, spot, place)
            if target.unit and record.cells[target.column]:
                self._header_unit(record, target, table, place)
            filled = filled or (bool(record.cells[target.column]) and target.column not in prefilled)
        label = next((record.places[name] for name in LABELS if name in record.places), None)
        record.label = label or next(iter(record.places.values()))
        if set(MEASURES) & set(table.columns):
            filled = _reports(record.cells, table)
        # kept for a doubt: a sum that is below its last month was swapped with it
        if "value" in record.places:
            record.month_value = self._month_value(sheet, row, header)
        if filled or record.remove:
            return record
        return None

    def _month_value(self, sheet: Sheet, row: int, header: Header) -> float | None:
        """The figure of the month alone, where a column that is left out has it."""
        for column, levels in enumerate(header.levels):
            words = set()
            for level in levels:
                words.add(undressed(split_unit(level)[0]))
            value = sheet.at(row, column)
            if words & MONTHS and not words & GROWTHS and type(value) in (int, float):
                return float(value)
        return None

    def _cell(self, value: object, kind: str, place: Place, target: Target, record: Record) -> str:
        if isinstance(value, str) and value != value.translate(TRIMMED) and plain(value):
            note = tr("a text without invisible characters; they were taken away")
            self._say(place, plain(value), note, "warning")
        if kind != "number":
            if kind not in KINDS_OF_NUMBERS and loses_digits(value):
                self._say(place, plain(value), tr("a text: a spreadsheet keeps 15 digits of a number"))
            return typed(value, kind)
        # 下降3.2% is -3.2 in a column of growth, and a fault in one of amounts
        growth = target.column == "growth_pct"
        number, unit = read_number(value, growth=growth)
        record.percent = record.percent or (growth and unit == "%")
        # 3.58亿元 typed into the cell: the number is read, its unit is a witness
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
        # columns of firms are in 万元 whatever the book is in: converted, not renamed
        own = next(split_unit(one.name_zh)[1] for one in table.fields if one.name == target.column)
        if "unit" in table.columns and not own:
            record.units.append((target.unit, tr("the header {header}", header=place.header)))
        elif own and own != target.unit:
            try:
                value = convert(float(record.cells[target.column]), target.unit, own, self.context.dictionary.units)
            except (ValueError, OverflowError):
                return
            record.cells[target.column] = number_text(value)


def _is_removed(sheet: Sheet, row: int, header: Header) -> bool:
    """Whether a row is marked 删除."""
    marks = []
    for column, name in enumerate(header.names):
        if name == MARKS:
            marks.append(column)
    return any(plain(sheet.at(row, column)) == REMOVE for column in marks)


def _fix(record: Record, spot: Spot, place: Place) -> None:
    """Put into a record what the header of a column says of its figures: their code, park, peer, period."""
    target = spot.target
    for name in ("code", "peer", "period"):
        if fixed := getattr(target, name):
            record.cells[name] = fixed
    # an empty park is the whole zone, None is no word of it
    if target.park is not None:
        record.cells["park"] = target.park
    for when in spot.whens:
        record.places.setdefault("when", place)
        record.cells["when"] = when.text


def find_spot(header: Header, name: str) -> list[int]:
    """Return the columns that a header name of a mapping stands for."""
    names = []
    for column in range(len(header.names)):
        names.append(column_name(header, column))
    if name in names:
        places = []
        for column, one in enumerate(names):
            if one == name:
                places.append(column)
        if name == BLANK:
            return places[:1]
        return places
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
    # in the order of the sheet, because a growth belongs to the figure on its left
    ordered = dict(sorted(spots.items()))
    before: tuple[When, ...] = ()
    run_goes_on = False
    for column, spot in ordered.items():
        if spot.target.column == "value":
            before = _later(before, spot.whens) if run_goes_on else spot.whens
        elif spot.target.column in ("growth_pct", "rank") and not spot.whens and not spot.target.period:
            ordered[column] = Spot(spot.target, before)
        run_goes_on = spot.target.column == "value"
    return ordered


def _later(one: tuple[When, ...], other: tuple[When, ...]) -> tuple[When, ...]:
    """Return the later of the periods of two figures side by side: a growth behind 2022 and 2021 is that of 2022."""
    if len(one) != 1 or len(other) != 1:
        return other
    years = one[0].year, other[0].year
    # without the years only the months can tell
    if None in years:
        years = 0, 0
    if (years[0], one[0].last) > (years[1], other[0].last):
        return one
    return other


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
