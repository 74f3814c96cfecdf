"""A record completed by all that speaks of it: what its label means, its period, its unit, its source."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import rows_text
from zonereport.inputs.schemas import Field, Table
from zonereport.inputs.workbook.book import cell_name
from zonereport.inputs.workbook.cells import split_unit
from zonereport.inputs.workbook.context import Context, firm_key, source_for
from zonereport.inputs.workbook.labels import Label
from zonereport.inputs.workbook.mapping import SheetMapping
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.phrases import read_phrases
from zonereport.inputs.workbook.record import Place, Record
from zonereport.inputs.workbook.spoken import Defaults, Spoken
from zonereport.inputs.workbook.witnesses import Conflict, Witness, combine
from zonereport.inputs.workbook.words import WHOLE
from zonereport.language import tr

# a witness that is a cell; all others are named in words
CELL = re.compile(r"[A-Z]{1,3}\d+")


def _choice(field: Field, text: str) -> str:
    """Return the choice that a word stands for; a word that is none stays for validation to refuse."""
    for choice, word in field.choices.items():
        if undressed(word) == undressed(text):
            return choice
    return text


@dataclass
class Completer:
    """Completes records; ``say`` takes the place, the value and what was expected of a fault.

    ``things`` are the ids of enterprises and projects by name; ``ids`` those that lists without ids were given.
    ``ours`` says that the book is a template of ours.
    """

    context: Context
    defaults: Defaults
    say: Callable[..., None]
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    ours: bool = False

    def complete(self, record: Record, table: Table, mapping: SheetMapping, label: Label, spoken: Spoken) -> None:
        self._resolve(record, table, label)
        # regions × years: the title says which indicator the whole table is of
        if "code" in table.columns and not record.cells.get("code"):
            record.cells["code"] = mapping.code or spoken.code or record.cells.get("code", "")
        # a list of firms by name gets ids, which the mapping keeps for the next list
        if table.name == "enterprises" and "enterprise" not in record.places:
            self._identify(record, mapping)
        if "period" in table.columns:
            self._date(record, label, spoken)
        elif "year" in table.columns and not record.cells.get("year") and spoken.year:
            record.cells["year"] = str(spoken.year)
        self._narrow(record, label)
        self._measure(record, table, label, spoken, mapping)
        # 预计 in a title that somebody has confirmed: the figures are estimates, and printed as such
        if spoken.estimated and "qualifier" in table.columns and record.cells.get("value"):
            record.cells["qualifier"] = record.cells.get("qualifier") or "estimate"
        record.cells.pop("when", None)

    def _date(self, record: Record, label: Label, spoken: Spoken) -> None:
        """Find the period of a record; what contradicts it is a fault at its cell."""
        if record.cells.get("period") and "period" not in record.places:
            return
        place = record.places.get("period") or record.places.get("when") or record.label
        own = self._own_periods(record, label, spoken, place)
        # what is no period is left as it stands: validation names the cell
        if own is None:
            return
        base = spoken.base_for(own)
        # every row of our own template has its period; last year's rows stand below those of this month
        if self.ours and own:
            base = []
        outcome = combine([*base, *own])
        if outcome is None and "period" not in record.places and not spoken.faults:
            spoken.ask_period(record.label.row)
        if isinstance(outcome, Conflict):
            self.say(place, own[-1].when.text, tr("one period, not {outcome}", outcome=outcome))
        elif outcome is not None:
            if reason := spoken.needs_basis(outcome.when, record.cells.get("code", ""), label):
                spoken.ask_basis(place, reason)
            if outcome.when.year is None:
                spoken.ask_year(outcome)
            elif outcome.when.period is not None:
                record.cells["period"] = str(outcome.when.period)

    def _own_periods(self, record: Record, label: Label, spoken: Spoken, place: Place) -> list[Witness] | None:
        """Return what row and column of a record say of its period; None where its cell holds something else."""
        own = []
        for when in label.sense.whens:
            own.append(Witness(when, rows_text([record.label.row + 1])))
        text = record.cells.get("period") or ""
        if "period" in record.places and text:
            phrases = read_phrases(text)
            if phrases.left or len(phrases.found) != 1 or phrases.rest:
                return None
            own.append(Witness(phrases.found[0], cell_name(place.row, place.column)))
        elif "when" in record.cells:
            for when in read_phrases(record.cells["when"]).found:
                own.append(Witness(when, cell_name(spoken.header.last, place.column)))
        return own

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
                record.cells[one.name] = _choice(one, text)
            elif (one.kind in ("enterprise", "project") and not one.required) or one.kind in self.things:
                record.cells[one.name] = self.things.get(one.kind, {}).get(undressed(text), text)

    def _unknown(self, place: Place, text: str, kind: str, match: Match) -> None:
        what = {
            "code": tr("an indicator of the dictionary"),
            "park": tr("a park of zone.yml"),
            "peer": tr("a peer of zone.yml"),
        }
        near = ""
        if match.candidates:
            near = tr("; perhaps {candidate}", candidate=tr(" or ").join(match.candidates))
        self.say(place, text, tr("{what}, or a row of the mapping{near}", what=what[kind], near=near))

    def _identify(self, record: Record, mapping: SheetMapping) -> None:
        """Give a firm that is listed by name the id that the mapping or the zone has for it, or a new one."""
        name, code = record.cells.get("name", ""), record.cells.get("uscc", "")
        known = self.context.firm_ids
        found = mapping.ids.get(name) or known.get(firm_key(name)) or (known.get(code) if code else None)
        if found is None:
            taken = {*known.values(), *self.ids.values()}
            # ids go on from those that are taken: an id of a firm that left is not given again
            number = 1 + len(taken)
            while f"firm-{number:04d}" in taken:
                number += 1
            found = f"firm-{number:04d}"
            # 有限公司 and 有限责任公司 may be one firm or two: only a person knows
            if near := self.context.firms_like(name):
                expected = tr("an id of its own in ids of the mapping, or that of {near}", near=tr(" or ").join(near))
                self.say(record.places["name"], name, expected, "question")
        self.ids[name] = found
        record.cells["enterprise"] = found

    def _narrow(self, record: Record, label: Label) -> None:
        """Move a figure to the column that the words of its label name (工业投资_累计增长)."""
        cells = record.cells
        for tag, column in (("growth", "growth_pct"), ("rank", "rank")):
            if tag not in label.sense.tags or not cells.get("value") or not label.meaning:
                continue
            units = {unit for unit, _ in record.units} | {cells.get("unit", "")}
            place, value = record.places["value"], cells["value"]
            if cells.get(column):
                self.say(
                    place,
                    value,
                    tr(
                        "no figure beside that of {column}, as {label} is one",
                        column=column,
                        label=label.text,
                    ),
                )
            elif tag == "growth" and units & set(self.context.dictionary.allowed_units.get(label.meaning, [])):
                self.say(
                    place,
                    value,
                    tr("a growth in %, as {label} is one; its unit is another", label=label.text),
                )
            else:
                cells[column] = cells.pop("value").removesuffix("%")
                record.places[column] = record.places.pop("value")
                # the % of a growth is no unit of the figure that it is a growth of
                record.units = []
                if cells.get("unit") == "%":
                    cells["unit"] = self.context.dictionary.indicators["unit"].get(label.meaning, "")

    def _measure(self, record: Record, table: Table, label: Label, spoken: Spoken, mapping: SheetMapping) -> None:
        """Find the unit of a figure: its cell, row, label and header must agree, the sheet says it for all others."""
        cells = record.cells
        if {"code", "unit"} <= set(table.columns):
            cells["unit"] = self._unit_of_figure(record, label, spoken, mapping)
        elif "unit" in table.columns and not cells.get("unit"):
            # a column with a unit in its own name needs none from the title
            bare = [one.name for one in table.fields if one.kind == "number" and not split_unit(one.name_zh)[1]]
            units = [mapping.unit, *[unit for unit, _ in record.units], *spoken.units]
            if any(cells.get(name) for name in bare):
                cells["unit"] = next(filter(None, units), "")
        for one in table.fields:
            text = cells.get(one.name, "")
            if one.kind == "number" and text.endswith("%"):
                percent = one.name == "growth_pct" or cells.get("unit") in ("%", "个百分点")
                if percent or cells.get("kind") == "growth":
                    cells[one.name] = text[:-1]

    def _unit_of_figure(self, record: Record, label: Label, spoken: Spoken, mapping: SheetMapping) -> str:
        """Return the unit of a figure of an indicator; empty where nobody says it and several are allowed."""
        cells = record.cells
        allowed = self.context.dictionary.allowed_units.get(cells.get("code", ""), [])
        said = list(record.units)
        if cells.get("unit"):
            # a column of units may list those of figure and growth: 亿元、%
            listed = [unit for unit in re.split("[、,/]", cells["unit"]) if unit in allowed]
            unit = cells["unit"] if len(listed) != 1 else listed[0]
            place = record.places.get("unit")
            said.append((unit, cell_name(place.row, place.column) if place else tr("the mapping")))
        for unit in label.sense.units:
            if unit in allowed or not said:
                said.append((unit, tr("the label {label}", label=label.text)))
        # cell, row, label and header know the figure; nobody of them is right against another
        self._agree(record, said)
        self._against_title(record, said, spoken)
        # only where none of them speaks the title speaks for all
        if said:
            return said[0][0]
        # the title speaks for all rows; a unit that an indicator cannot have was not meant for it
        general = {unit for unit in [mapping.unit, *spoken.units] if unit in allowed}
        if len(general) == 1:
            return general.pop()
        # where only one unit is possible nobody has to say it
        if len(allowed) == 1:
            return allowed[0]
        return ""

    def _against_title(self, record: Record, said: list[tuple[str, str]], spoken: Spoken) -> None:
        """Ask where a header or a label has another unit of one dimension than the only one of the title."""
        units = self.context.dictionary.units
        of_title = [unit for unit in spoken.title.units if unit != "%"]
        written = [(unit, place) for unit, place in said if unit in units and not CELL.fullmatch(place)]
        if len(of_title) != 1 or not written:
            return
        unit, place = written[0]
        if unit != of_title[0] and units[unit].dimension == units[of_title[0]].dimension:
            where = record.places.get("value", record.label)
            expected = tr(
                "{unit}, as {place} says, and not {of_title} of the title ({unit_place})",
                unit=unit,
                place=place,
                of_title=of_title[0],
                unit_place=spoken.title.unit_place,
            )
            self.say(where, record.cells.get("value", ""), expected, "question")

    def _agree(self, record: Record, said: list[tuple[str, str]]) -> None:
        """Units that differ are a fault that names both places; nobody is right because he stands nearer."""
        for unit, place in said[1:]:
            if unit != said[0][0]:
                where = record.places.get("value", record.label)
                expected = tr(
                    "one unit, not {one} ({one_place}) and {unit} ({place})",
                    one=said[0][0],
                    one_place=said[0][1],
                    unit=unit,
                    place=place,
                )
                self.say(where, record.cells.get("value", ""), expected)
                return

    def sources(self, tables: list[tuple[list[Record], SheetMapping]]) -> None:
        """Name the source of every record: a document of this year prints figures of the years before, too."""
        latest = 0
        for records, _ in tables:
            for record in records:
                year = (record.cells.get("period") or record.cells.get("year") or "")[:4]
                if year.isdigit():
                    latest = max(latest, int(year))
        latest = latest or self.defaults.year
        covering = ""
        if latest:
            covering = source_for(self.context.about, latest)
        elif len(self.context.about.sources) == 1:
            # a list without a period: there is only one document that it can come from
            covering = self.context.about.sources[0].id
        for records, mapping in tables:
            for record in records:
                named = record.cells.get("source") or mapping.source or self.defaults.source
                record.cells["source"] = named or covering
