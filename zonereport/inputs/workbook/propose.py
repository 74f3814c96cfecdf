"""A first mapping of a workbook: the best match of its sheets, headers and labels with what we know."""

from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.model import Zone
from zonereport.inputs.workbook.book import Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import plain, split_unit
from zonereport.inputs.workbook.context import Context, of_zone
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.layout import BLANK, FIGURES, Layout, best_layouts, title_period
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping
from zonereport.inputs.workbook.records import _label_spot, _path, _skipped, _spots, data_rows, parent_child
from zonereport.inputs.workbook.words import TOTALS, WHOLE

COVER = "填报说明"


@dataclass(frozen=True)
class Proposal:
    """A mapping, what stands against using it, and what somebody should look at."""

    mapping: Mapping
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def propose_mapping(book: Book, zone: Zone) -> Mapping:
    """Match sheets, headers and row labels of ``book`` with tables, columns and codes of ``zone``.

    A name is matched exactly after normalising, else by likeness (difflib ratio of names.ALIKE or more).
    Raises InputError with every match that is ambiguous, naming the candidates.
    """
    proposal = propose(book, of_zone(zone))
    if proposal.faults:
        raise InputError(proposal.faults)
    return proposal.mapping


def propose(book: Book, context: Context, default_period: str = "") -> Proposal:
    """As propose_mapping, with the faults beside the mapping; warnings say what was likened or left out."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    sheets, skip = [], []
    for sheet in book.sheets:
        if sheet.name == COVER:
            continue
        period = title_period(sheet, 6) or default_period
        found = best_layouts(sheet, context, int(period[:4]) if period else None)
        if len(found) == 1:
            sheets.append(_sheet(book, sheet, found[0], context, faults, warnings))
        elif found:
            names = [f"{layout.table} ({context.schemas[layout.table].name_zh})" for layout in found]
            expected = f"columns of one table; perhaps {' or '.join(names)}: name the sheet so"
            faults.append(_of_sheet(book, sheet, "columns of several tables", expected))
        else:
            _nothing(book, sheet, context, faults, warnings)
            skip.append(sheet.name)
    if not sheets and not faults:
        expected = "a sheet with a header row: 指标 and 数值, or the columns of a table of data/README.md"
        faults.append(Fault(book.path.name, None, None, f"{len(book.sheets)} visible sheets", expected))
    return Proposal(Mapping(tuple(sheets), tuple(skip)), tuple(faults), tuple(warnings))


def _nothing(book: Book, sheet: Sheet, context: Context, faults: list[Fault], warnings: list[Fault]) -> None:
    """Say of a sheet without a known header that it was left out, or why that is wrong."""
    ours = [t for t in context.schemas.values() if undressed(sheet.name) in (undressed(t.name), undressed(t.name_zh))]
    filled = any(plain(value) for row in sheet.grid for value in row)
    if ours and filled:
        keys = [one.name_zh for one in ours[0].fields if one.key and one.required]
        expected = f"a header row with {'、'.join(keys)} and at least one more column of {ours[0].name_zh}"
        faults.append(_of_sheet(book, sheet, None, expected))
    elif filled:
        warnings.append(_of_sheet(book, sheet, "no known header", "a header row; the sheet was left out", "warning"))


def _sheet(
    book: Book, sheet: Sheet, layout: Layout, context: Context, faults: list[Fault], warnings: list[Fault]
) -> SheetMapping:
    header, columns = layout.header, {}
    for column, name in enumerate(header.names):
        key = name or BLANK
        if key not in layout.columns or key in columns:
            continue
        target, match = layout.columns[key]
        columns[key] = target
        if match is None or match.exact:
            continue
        data = [row for row in range(header.last + 1, len(sheet.grid)) if plain(sheet.at(row, column))]
        if target is not None:
            said = f"{target.column} {target.code}".rstrip()
            note = f"a name of the dictionary; matched by likeness with {said} ({match.candidates[0]})"
            warnings.append(fault_at(book, sheet, header.last, column, name, note, header=name, severity="warning"))
        elif match.candidates and data:
            expected = f"a column of {layout.table}; perhaps {' or '.join(match.candidates)}"
            faults.append(fault_at(book, sheet, header.last, column, name, expected, header=name))
        elif data:
            note = f"a column of {layout.table}; it was left out"
            warnings.append(fault_at(book, sheet, header.last, column, name, note, header=name, severity="warning"))
    entry = SheetMapping(sheet.name, layout.table, (header.first + 1, header.last + 1), columns)
    rows = {} if book.ours else _labels(book, sheet, header, entry, context, faults, warnings)
    return SheetMapping(entry.sheet, entry.table, entry.header, columns, rows)


def _labels(
    book: Book, sheet: Sheet, header: Header, entry: SheetMapping, context: Context,
    faults: list[Fault], warnings: list[Fault],
) -> dict[str, str | None]:  # fmt: skip
    """The row labels of a sheet of figures with their codes; None for what no name of the dictionary is near to."""
    spots = _spots(header, entry)
    label = _label_spot(spots)
    if label is None or label[1] not in ("code", "park", "peer"):
        return {}
    names = {"code": context.indicators, "park": context.parks, "peer": context.peers}[label[1]]
    rows: dict[str, str | None] = {}
    parents: list[tuple[int, str]] = []
    for row in data_rows(sheet, header):
        said = plain(sheet.at(row, label[0], fill=True))
        if not said:
            continue
        path = _path(sheet, row, label[0], said, parents)
        places = [column for column, target in spots.items() if target.column in FIGURES]
        figures = [c for c in places if plain(sheet.at(row, c)) or (row, c) in sheet.troubles]
        if _skipped(said, path, entry) or (not figures and set(FIGURES) & {t.column for t in spots.values()}):
            continue
        bare = split_unit(said)[0]
        if label[1] == "park" and said in WHOLE | TOTALS:
            continue
        found = names.get(said) or names.get(bare) or (parent_child(path, context) if label[1] == "code" else None)
        match = None if found else names.match(bare)
        place = {"header": header.names[label[0]]}
        if found or match.meaning:
            rows[path] = found or match.meaning
        if match and match.meaning:
            note = f"a name of the dictionary; matched by likeness with {match.meaning} ({match.candidates[0]})"
            warnings.append(fault_at(book, sheet, row, label[0], said, note, severity="warning", **place))
        elif match and match.candidates:
            expected = f"one name of the dictionary; perhaps {' or '.join(match.candidates)}"
            faults.append(fault_at(book, sheet, row, label[0], said, expected, **place))
        elif match:
            rows[path] = None
            note = "a name of the dictionary; the row was left out"
            warnings.append(fault_at(book, sheet, row, label[0], said, note, severity="warning", **place))
    return rows


def _of_sheet(book: Book, sheet: Sheet, value: str | None, expected: str, severity: str = "error") -> Fault:
    return Fault(f"{book.path.name}[{sheet.name}]", None, None, value, expected, severity=severity)
