"""Records of a workbook into the tables that stand: new rows, revisions as new vintages, changes by key."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.inputs.units import Unit, convert
from zonereport.inputs.workbook.book import Book, fault_at
from zonereport.inputs.workbook.record import Place, Record
from zonereport.language import tr

# cells that belong together: a new first one brings the others, empty or not
BUNDLES = (("value", "unit", "qualifier"), ("growth_pct",), ("rank", "rank_of"))
WORDS = ("growth_basis", "locator", "note")


@dataclass(frozen=True)
class Revision:
    """A figure that a period already had, received again with another content: kept, and followed by a new row."""

    code: str
    period: str
    park: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """A cell of another table that was changed."""

    table: str
    key: str
    column: str
    old: str
    new: str


@dataclass
class Merged:
    """Tables after the merge: ``rows`` of those that changed, and which record a row came from (by position)."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    origins: dict[str, dict[int, Record]] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


def merge(
    records: list[Record], frames: Mapping, schemas: dict[str, Table], units: dict[str, Unit], book: Book, received: str
) -> Merged:
    """Merge ``records`` into ``frames`` (text tables by name); ``received`` is the day, the vintage of new figures.

    Two records of one key in the book are one if they do not contradict each other, else a fault.
    """
    merged = Merged()
    by_table: dict[str, list[Record]] = {}
    for record in records:
        by_table.setdefault(record.table, []).append(record)
    for name, table in schemas.items():
        if name not in by_table:
            continue
        rows = []
        if name in frames:
            rows = frames[name].to_dict("records")
        before = len(merged.revisions) + len(merged.changes)
        combined = _combined(by_table[name], table, units, book, merged)
        work = _upsert
        if name == "indicators":
            work = _figures
        origins, added = work(combined, rows, table, units, received, merged, book)
        if added or len(merged.revisions) + len(merged.changes) > before:
            merged.rows[name], merged.origins[name] = _sorted(rows, origins, table)
            merged.added |= {name: added} if added else {}
        else:
            merged.rows[name], merged.origins[name] = rows, origins
    return merged


def _combined(records: list[Record], table: Table, units, book: Book, merged: Merged) -> list[Record]:
    found: dict[tuple, Record] = {}
    for record in records:
        key = tuple(_canonical(record.cells.get(name, ""), name) for name in table.key)
        first = found.setdefault(key, record)
        if first is record:
            continue
        clash = [
            name
            for name in table.columns
            if name not in ("source", "locator", "note", "unit", *table.key)
            and record.cells.get(name)
            and first.cells.get(name)
            and not _same(record.cells, first.cells, name, units)
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
            merged.faults.append(_fault(book, place, record.cells[clash[0]], expected))
            continue
        for bundle in BUNDLES:
            if not first.cells.get(bundle[0]) and record.cells.get(bundle[0]):
                first.cells |= {name: record.cells.get(name, "") for name in bundle}
        first.cells |= {name: text for name, text in record.cells.items() if text and not first.cells.get(name)}
        first.places = record.places | first.places
    return list(found.values())


def _figures(records, rows, table: Table, units, received: str, merged: Merged, book: Book):
    """Indicators: the row received last, up to that day, is what a record is compared with."""
    known: dict[tuple, list[int]] = {}
    for place, row in enumerate(rows):
        known.setdefault(_figure_key(row), []).append(place)
    origins: dict[int, Record] = {}
    added = 0
    for record in records:
        key = _figure_key(record.cells)
        vintage = record.cells.get("vintage") or received
        places = known.get(key, [])
        earlier = [place for place in places if rows[place]["vintage"] <= vintage]
        last = max(earlier, key=lambda place: rows[place]["vintage"], default=None)
        old = dict.fromkeys(table.columns, "") if last is None else rows[last]
        new = _overlaid(old, record.cells)
        if last is not None and _same_figure(old, new, units):
            origins[last] = record
            changed = [n for n in WORDS if record.cells.get(n) and record.cells[n] != old[n]]
            for name in changed:
                merged.changes.append(Change(table.name, " ".join(filter(None, key)), name, old[name], new[name]))
                old[name] = record.cells[name]
            merged.unchanged += not changed
            continue
        if last is not None and old["vintage"] == vintage:
            place = next(
                (record.places[n] for n in ("value", "growth_pct", "rank") if n in record.places), record.label
            )
            expected = tr(
                "{old}, received on {vintage} already; a revision needs a later day received",
                old=_said(old),
                vintage=vintage,
            )
            merged.faults.append(_fault(book, place, _said(new), expected))
            continue
        new["vintage"] = vintage
        if places:
            merged.revisions.append(Revision(key[1], key[0], key[2], *_difference(old, new, units)))
        else:
            added += 1
        origins[len(rows)] = record
        known.setdefault(key, []).append(len(rows))
        rows.append(new)
    return origins, added


def _upsert(records, rows, table: Table, units, received: str, merged: Merged, book: Book):
    """Any other table: cells that are said replace those that stand, by key."""
    known = {tuple(_canonical(row[name], name) for name in table.key): place for place, row in enumerate(rows)}
    origins: dict[int, Record] = {}
    added = 0
    for record in records:
        key = tuple(_canonical(record.cells.get(name, ""), name) for name in table.key)
        if key not in known:
            known[key] = len(rows)
            rows.append({name: record.cells.get(name, "") for name in table.columns})
            added += 1
        else:
            old = rows[known[key]]
            said = [name for name in table.columns if name not in table.key and record.cells.get(name)]
            kinds = {field.name: field.kind for field in table.fields}
            changed = [name for name in said if not _alike(record.cells[name], old[name], kinds[name])]
            for name in changed:
                change = Change(table.name, " ".join(filter(None, key)), name, old[name], record.cells[name])
                merged.changes.append(change)
                old[name] = record.cells[name]
            merged.unchanged += not changed
        origins[known[key]] = record
    return origins, added


def _figure_key(cells: Mapping[str, str]) -> tuple[str, str, str]:
    return _canonical(cells.get("period", ""), "period"), cells.get("code", ""), cells.get("park", "")


def _canonical(text: str, column: str) -> str:
    try:
        if column == "period":
            return str(Period.parse(text))
        return text
    except Refused:
        return text


def _overlaid(old: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """The row that stands, with what the record says: an empty cell takes nothing away."""
    new = dict(old)
    for bundle in BUNDLES:
        if cells.get(bundle[0]):
            new |= {name: cells.get(name, "") for name in bundle}
    if cells.get("qualifier"):
        new["qualifier"] = cells["qualifier"]
    new |= {name: text for name, text in cells.items() if name in old and text and name not in sum(BUNDLES, ())}
    new["unit"] = new["unit"] or cells.get("unit", "")
    new["park"] = cells.get("park", "")
    return new


def _same_figure(old: Mapping[str, str], new: Mapping[str, str], units) -> bool:
    return all(_same(old, new, name, units) for name in ("value", "growth_pct", "rank", "rank_of", "qualifier"))


def _same(one: Mapping[str, str], other: Mapping[str, str], name: str, units: dict[str, Unit]) -> bool:
    a, b = one.get(name, ""), other.get(name, "")
    if _same_text(a, b) and (name != "value" or not a or one.get("unit") == other.get("unit")):
        return True
    if name != "value" or not one.get("unit") or not other.get("unit"):
        return False
    try:
        return convert(float(b), other["unit"], one["unit"], units) == float(a)
    except (ValueError, OverflowError):
        return False


def _alike(new: str, old: str, kind: str) -> bool:
    """Whether a cell says what stands: a name typed with brackets of another width is no change of the name."""
    if kind in ("number", "count"):
        return _same_text(new, old)
    if kind in ("name", "text") and old:
        return unicodedata.normalize("NFKC", new) == unicodedata.normalize("NFKC", old)
    return new == old


def _same_text(a: str, b: str) -> bool:
    if a == b:
        return True
    try:
        return bool(a and b) and Decimal(a) == Decimal(b)
    except InvalidOperation:
        return False


def _said(row: Mapping[str, str]) -> str:
    words = ""
    if row.get("value"):
        words = f"{row.get('value', '')} {row.get('unit', '')}"
    more = [f"{name} {row[name]}" for name in ("growth_pct", "rank", "qualifier") if row.get(name)]
    return ", ".join(filter(None, [words, *more]))


def _difference(old: Mapping[str, str], new: Mapping[str, str], units) -> tuple[str, str]:
    names = [n for n in ("value", "growth_pct", "rank", "rank_of", "qualifier") if not _same(old, new, n, units)]
    keep = {*names, "unit"}
    texts = [_said({name: row[name] for name in keep}) for row in (old, new)]
    return texts[0], texts[1]


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


def _fault(book: Book, place: Place, value: str, expected: str) -> Fault:
    return fault_at(book, place.sheet, place.row, place.column, value, expected, header=place.header)
