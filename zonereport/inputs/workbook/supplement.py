"""What this month's book has and its kept mapping has not: proposed and asked as the first time, then remembered."""

import dataclasses

from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.blocks import cut
from zonereport.inputs.workbook.book import Book, Sheet
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.following import assigned, entry_name, table_for
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.layout import Layout
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping
from zonereport.inputs.workbook.propose import COVER, ELSE_LEFT_OUT, Drafter, Proposal, propose_table
from zonereport.inputs.workbook.verdicts import verdicts
from zonereport.inputs.workbook.witnesses import title_of
from zonereport.language import tr


def supplemented(book: Book, mapping: Mapping, context: Context, file: str) -> Proposal:
    """Return a kept mapping with the sheets, tables, columns and rows that are new in ``book``, and what is asked."""
    proposal = Proposal(skip=list(mapping.skip))
    # a mapping that is one book's may be followed by several sheets: each adds what it has
    entries = list(mapping.sheets)
    used: set[tuple[str, int]] = set()
    for sheet, entry in assigned(book, mapping):
        tables = cut(sheet, context)
        found = table_for(tables, entry)
        if found is None:
            continue
        place, header = found
        used.add((sheet.name, place))
        where = mapping.sheets.index(entry)
        drafter = Drafter(book, tables[place - 1], _layout(tables[place - 1], header, entry, context), entry.block,
                          context, proposal)  # fmt: skip
        entries[where] = drafter.extend(entries[where], file)
    proposal.sheets += entries
    for sheet in book.sheets:
        if sheet.name == COVER or sheet.name in mapping.skip:
            continue
        own_entry = entry_name(sheet.name, mapping, book)
        if not own_entry:
            _new_sheet(book, sheet, context, proposal, file)
        elif any(name == sheet.name for name, _ in used):
            _new_tables(book, sheet, own_entry, used, context, proposal, file)
    return proposal


def _layout(table: Sheet, header: Header, entry: SheetMapping, context: Context) -> Layout:
    """Return what the header of a table that is mapped would mean if it were seen for the first time."""
    tags = title_of(table, header.first, context).tags
    return Layout(header, entry.table, verdicts(header, entry.table, context, tags, alike=True), 0)


def _new_sheet(book: Book, sheet: Sheet, context: Context, proposal: Proposal, file: str) -> None:
    """Propose the tables of a sheet that the mapping neither reads nor skips."""
    if sheet.is_empty:
        return
    for place, table in enumerate(cut(sheet, context), 1):
        before = len(proposal.sheets)
        propose_table(book, table, place, context, proposal)
        expected = tr("a sheet that {file} maps, or skips", file=file)
        _ask(book, sheet, context, "sheet", tr("a new sheet"), expected, proposal, before)


def _new_tables(
    book: Book,
    sheet: Sheet,
    own_entry: str,
    used: set[tuple[str, int]],
    context: Context,
    proposal: Proposal,
    file: str,
) -> None:
    """Propose the tables that came to a mapped sheet since the mapping was written."""
    for place, table in enumerate(cut(sheet, context), 1):
        # next month's sheet has another name: what is skipped is named by its entry
        if (sheet.name, place) in used or f"{own_entry}#{place}" in proposal.skip:
            continue
        if not table.has_numbers:
            continue
        before = len(proposal.sheets)
        # what could not be read is skipped by the name of the sheet: renamed below
        skipped = len(proposal.skip)
        propose_table(book, table, place, context, proposal)
        # kept under the name of the entry that next month's sheet will follow, too
        if len(proposal.sheets) > before:
            proposal.sheets[-1] = dataclasses.replace(proposal.sheets[-1], sheet=own_entry)
        proposal.skip[skipped:] = [f"{own_entry}#{place}"] * (len(proposal.skip) - skipped)
        expected = tr(
            "a table that {file} maps, or skips as {own_entry}#{place}", file=file, own_entry=own_entry, place=place
        )
        _ask(book, sheet, context, "table", tr("table {place}", place=place), expected, proposal, before)


def _ask(
    book: Book, sheet: Sheet, context: Context, kind: str, value: str, expected: str, proposal: Proposal, before: int
) -> None:
    """Ask about a new sheet or table: it is read as it is proposed, or left out."""
    outcome = tr(ELSE_LEFT_OUT)
    if len(proposal.sheets) > before:
        outcome = tr("it is proposed as {table}", table=context.table_text(proposal.sheets[-1].table))
    file = f"{book.path.name}[{sheet.name}]"
    expected = tr("{expected}; {outcome}", expected=expected, outcome=outcome)
    answer = f"{kind}:{sheet.name}"
    proposal.faults.append(Fault(file, None, None, value, expected, severity="question", answer=answer))
