"""Records of a workbook into the tables that stand: new rows, revisions, corrections, removals, changes by key."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonereport.inputs.faults import Refused
from zonereport.inputs.history.log import ARROW
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.inputs.units import Unit
from zonereport.inputs.workbook.book import Book, fault_at
from zonereport.inputs.workbook.context import FORMER
from zonereport.inputs.workbook.offices import NEW, OLD, OPEN, SAME, Offices
from zonereport.inputs.workbook.outcome import Change, Merged, Removal, Revision
from zonereport.inputs.workbook.record import Place, Record
from zonereport.inputs.workbook.rows import (
    BUNDLES,
    WORDS,
    alike,
    canonical,
    difference,
    figure_key,
    in_words,
    overlaid,
    same,
    same_figure,
    same_text,
)
from zonereport.language import tr


@dataclass(frozen=True)
class Terms:
    """On which terms records are merged: the day received, whether they correct, who answers for a figure.

    ``accepted`` are answers (office, or office:budget_revenue): a figure is taken though nobody knows who answers.
    """

    received: str
    offices: Offices
    correct: bool = False
    accepted: frozenset[str] = frozenset()

    def judge(self, row: Mapping[str, str], cells: Mapping[str, str]) -> str:
        """Say whose figure of one key stands; who corrects, or was asked, has decided."""
        if self.correct:
            return SAME
        verdict = self.offices.judge(row, cells)
        if verdict in (OPEN, OLD) and self.accepted & {"all", "office", f"office:{cells.get('code', '')}"}:
            return NEW
        return verdict


@dataclass
class Merger:
    """Merges the records of one book; what becomes of them is gathered in ``merged``."""

    book: Book
    units: dict[str, Unit]
    terms: Terms
    merged: Merged

    def table(self, records: list[Record], rows: list[dict[str, str]], table: Table) -> None:
        """Merge the records of one table into its rows."""
        merged, before = self.merged, self.merged.steps
        rows = self._without_removed([one for one in records if one.remove], rows, table)
        combined = self._combined([one for one in records if not one.remove], table)
        work = self._upsert
        if table.name == "indicators":
            work = self._figures
        origins, added = work(combined, rows, table)
        if added or merged.steps > before:
            merged.rows[table.name], merged.origins[table.name] = _sorted(rows, origins, table)
            merged.added |= {table.name: added} if added else {}
        else:
            merged.rows[table.name], merged.origins[table.name] = rows, origins

    def _without_removed(self, records: list[Record], rows: list[dict[str, str]], table: Table) -> list[dict[str, str]]:
        """Return the rows without those that records are marked to take away; a mark on nothing is a fault."""
        for record in records:
            # without a day all that was received for a figure goes
            names = [name for name in table.key if name != "vintage" or record.cells.get("vintage")]
            key = [canonical(record.cells.get(name, ""), name) for name in names]
            found = [row for row in rows if [canonical(row[name], name) for name in names] == key]
            words = " ".join(filter(None, key))
            if not found:
                expected = tr("a row of {table} that is there, to be taken away", table=table.name_zh)
                self._fault(record.label, words, expected)
            self.merged.removed += [Removal(table.name, words, in_words(row)) for row in found]
            rows = [row for row in rows if row not in found]
        return rows

    def _combined(self, records: list[Record], table: Table) -> list[Record]:
        """Return the records of a table, those of one key joined; where they contradict each other it is a fault."""
        found: dict[tuple, Record] = {}
        for record in records:
            key = tuple(canonical(record.cells.get(name, ""), name) for name in table.key)
            first = found.setdefault(key, record)
            if first is record:
                continue
            clash = [
                name
                for name in table.columns
                if name not in ("source", "locator", "note", "unit", *table.key)
                and record.cells.get(name)
                and first.cells.get(name)
                and not same(record.cells, first.cells, name, self.units)
            ]
            if clash:
                where = tr("{sheet} row {row}", sheet=first.label.sheet.name, row=first.label.row + 1)
                place = record.places.get(clash[0], record.label)
                expected = tr(
                    "{value}, as {where} says of {key}; or one row only",
                    value=first.cells[clash[0]],
                    where=where,
                    key=" ".join(filter(None, key)),
                )
                self._fault(place, record.cells[clash[0]], expected)
                continue
            for bundle in BUNDLES:
                if not first.cells.get(bundle[0]) and record.cells.get(bundle[0]):
                    first.cells |= {name: record.cells.get(name, "") for name in bundle}
            first.cells |= {name: text for name, text in record.cells.items() if text and not first.cells.get(name)}
            first.places = record.places | first.places
        return list(found.values())

    def _figures(self, records: list[Record], rows: list[dict[str, str]], table: Table):
        """Indicators: the row received last, up to that day, is what a record is compared with."""
        merged = self.merged
        known: dict[tuple, list[int]] = {}
        for place, row in enumerate(rows):
            known.setdefault(figure_key(row), []).append(place)
        origins: dict[int, Record] = {}
        added = 0
        for record in records:
            key = figure_key(record.cells)
            vintage = record.cells.get("vintage") or self.terms.received
            places = known.get(key, [])
            earlier = [place for place in places if rows[place]["vintage"] <= vintage]
            last = max(earlier, key=lambda place: rows[place]["vintage"], default=None)
            old = dict.fromkeys(table.columns, "") if last is None else rows[last]
            new = overlaid(old, record.cells)
            if last is not None and same_figure(old, new, self.units):
                origins[last] = record
                self._more_words(record, old, table, " ".join(filter(None, key)))
                continue
            new["locator"] = self._locator(record)
            verdict = SAME if last is None else self.terms.judge(old, record.cells)
            if last is not None and (self.terms.correct or verdict == NEW):
                self._correct(rows, last, new, key)
                origins[last] = record
                continue
            if verdict in (OLD, OPEN) or (last is not None and old["vintage"] == vintage):
                self._refuse(record, old, new, verdict)
                continue
            new["vintage"] = vintage
            if places:
                merged.revisions.append(Revision(key[1], key[0], key[2], *difference(old, new, self.units)))
            else:
                added += 1
            origins[len(rows)] = record
            known.setdefault(key, []).append(len(rows))
            rows.append(new)
        return origins, added

    def _more_words(self, record: Record, old: dict[str, str], table: Table, key: str) -> None:
        """Put down what a book says beside a figure that is known."""
        changed = [n for n in WORDS if record.cells.get(n) and record.cells[n] != old[n]]
        for name in changed:
            self.merged.changes.append(Change(table.name, key, name, old[name], record.cells[name]))
            old[name] = record.cells[name]
        self.merged.unchanged += not changed

    def _correct(self, rows: list[dict[str, str]], last: int, new: dict[str, str], key: tuple[str, str, str]) -> None:
        """Put a figure in the place of one that was wrong from the start: no revision, and its day stays."""
        old, why = rows[last], ""
        if not self.terms.correct:
            why = self.terms.offices.of_record(new)
        texts = difference(old, new, self.units)
        self.merged.corrections.append(Revision(key[1], key[0], key[2], *texts, why))
        rows[last] = new | {"vintage": old["vintage"]}

    def _refuse(self, record: Record, old: Mapping[str, str], new: Mapping[str, str], verdict: str) -> None:
        """Say why a figure is not taken: received that day already, or another office answers for it."""
        offices, code = self.terms.offices, record.cells.get("code", "")
        who, sender = offices.of_row(old), offices.of_record(record.cells)
        if verdict == SAME:
            expected = tr(
                "{figure}, received on {day} already; --correct if it was typed wrong, a revision needs a later day",
                figure=in_words(old),
                day=old["vintage"],
            )
            self._fault(record.place, in_words(new), expected)
        elif verdict == OLD:
            expected = tr(
                "{figure} of {office}, which answers for it ({answering}); not taken from {sender}: "
                "--accept office:{code} takes it",
                figure=in_words(old), office=who, answering=offices.answering(code), sender=sender, code=code,
            )  # fmt: skip
            self._fault(record.place, in_words(new), expected, "warning")
        else:
            expected = tr(
                "{figure}, as {office} has sent; {sender} sends another, and {answering} answers for it: "
                "--accept office:{code} takes the new one",
                figure=in_words(old), office=who, answering=offices.answering(code), sender=sender, code=code,
            )  # fmt: skip
            self._fault(record.place, in_words(new), expected, "question")

    def _upsert(self, records: list[Record], rows: list[dict[str, str]], table: Table):
        """Any other table: cells that are said replace those that stand, by key."""
        known = {tuple(canonical(row[name], name) for name in table.key): place for place, row in enumerate(rows)}
        origins: dict[int, Record] = {}
        added = 0
        kinds = {field.name: field.kind for field in table.fields}
        for record in records:
            key = tuple(canonical(record.cells.get(name, ""), name) for name in table.key)
            if key not in known and self._has_no_day(record, table, rows):
                continue
            if key not in known:
                known[key] = len(rows)
                row = {name: record.cells.get(name, "") for name in table.columns}
                rows.append(row | self._located(record, table))
                added += 1
                origins[known[key]] = record
                continue
            old = rows[known[key]]
            said = [name for name in table.columns if name not in table.key and record.cells.get(name)]
            changed = [name for name in said if not alike(record.cells[name], old[name], kinds[name])]
            # of peers, too, two offices may send different figures
            verdict = SAME
            if {"value", "growth_pct", "rank"} & set(changed) and {"code", "source"} <= set(table.columns):
                verdict = self.terms.judge(old, record.cells)
            origins[known[key]] = record
            if verdict in (OLD, OPEN):
                self._refuse(record, old, record.cells, verdict)
                continue
            if "name" in changed and FORMER in old:
                # a book of last year may still call it so
                former = dict.fromkeys([*filter(None, old[FORMER].split("|")), old["name"]])
                old[FORMER] = "|".join(one for one in former if one != record.cells["name"])
            for name in changed:
                words = " ".join(filter(None, key))
                self.merged.changes.append(Change(table.name, words, name, old[name], record.cells[name]))
                old[name] = record.cells[name]
            if changed:
                old |= self._located(record, table)
            self.merged.unchanged += not changed
        return origins, added

    def _has_no_day(self, record: Record, table: Table, rows: list[dict[str, str]]) -> bool:
        """Whether a target comes without its day though there is one of that year: nobody knows which is in force."""
        if table.name != "targets" or record.cells.get("set_on"):
            return False
        names = ("year", "code", "kind")
        same = [row for row in rows if all(row[name] == record.cells.get(name, "") for name in names)]
        last = max(same, key=lambda row: row["set_on"], default=None)
        if last is None:
            return False
        if same_text(last["target"], record.cells.get("target", "")) and last["unit"] == record.cells.get("unit"):
            self.merged.unchanged += 1
            return True
        expected = tr(
            "the day on which it was set (下达日): {target} {unit} of {day} stands",
            target=last["target"],
            unit=last["unit"],
            day=last["set_on"] or "—",
        )
        self._fault(record.place, record.cells.get("target", ""), expected)
        return True

    def _located(self, record: Record, table: Table) -> dict[str, str]:
        """Return the locator of a row, where its table has one."""
        if "locator" in table.columns:
            return {"locator": self._locator(record)}
        return {}

    def _locator(self, record: Record) -> str:
        """Return where a row comes from: what the book says itself, else the book with sheet and cell."""
        return record.cells.get("locator") or f"{self.book.path.name}{ARROW}{record.cell}"

    def _fault(self, place: Place, value: str, expected: str, severity: str = "error") -> None:
        fault = fault_at(
            self.book, place.sheet, place.row, place.column, value, expected, header=place.header, severity=severity
        )
        if severity == "warning":
            self.merged.warnings.append(fault)
        else:
            self.merged.faults.append(fault)


def merge(
    records: list[Record], frames: Mapping, schemas: dict[str, Table], units: dict[str, Unit], book: Book, terms: Terms
) -> Merged:
    """Merge ``records`` into ``frames`` (text tables by name); the day received is the vintage of new figures.

    Two records of one key in the book are one if they do not contradict each other, else a fault. A record that is
    marked takes away what stands for its key. Every row that is written names the cell that it comes from.
    """
    merger = Merger(book, units, terms, Merged())
    by_table: dict[str, list[Record]] = {}
    for record in records:
        by_table.setdefault(record.table, []).append(record)
    for name, table in schemas.items():
        if name not in by_table:
            continue
        rows = []
        if name in frames:
            rows = frames[name].to_dict("records")
        merger.table(by_table[name], rows, table)
    return merger.merged


def _sorted(rows, origins: dict[int, Record], table: Table):
    """Rows by period where they stood by period before; else as they stand, the new ones at the end."""
    order = list(range(len(rows)))
    if "period" in table.columns:
        try:
            periods = [Period.parse(row["period"]) for row in rows]
        except Refused:
            return rows, origins
        old = [periods[n] for n in order if n not in origins]
        if old == sorted(old):
            order.sort(key=lambda n: periods[n])
    moved = {was: now for now, was in enumerate(order)}
    return [rows[n] for n in order], {moved[n]: record for n, record in origins.items()}
