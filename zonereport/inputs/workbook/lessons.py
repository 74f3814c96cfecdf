"""What a person changed in a review workbook: names that the zone learns, and how much was changed."""

import contextlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from zonereport.inputs.faults import Fault
from zonereport.inputs.learnt import FILE, REJECTED, LearntName, bare, names_text, read_names
from zonereport.inputs.workbook.book import LIST_SHEET, Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.pending import CODE, PENDING
from zonereport.language import tr

FIGURES, AIMS = "指标", "目标"
NAME, SUBJECT, PROPOSED = "原文名称〔自动〕", "主体〔自动〕", "建议编码〔自动〕"
# the first cell of the hidden column in which a review workbook keeps what it proposed
MARK = "〔提出〕"


@dataclass(frozen=True)
class Lessons:
    """What a review taught: the text of names.csv (empty where nothing was), faults, and counts for a person.

    ``proposed`` rows stood in their sheets, of which ``changed`` have another code now and ``deleted`` are gone;
    ``decided`` are rows of 待定 that got a code.
    """

    names: str = ""
    faults: tuple[Fault, ...] = ()
    proposed: int = 0
    changed: int = 0
    deleted: int = 0
    decided: int = 0

    @property
    def line(self) -> str:
        """The counts in words; nothing for a book that is no review."""
        if not self.proposed and not self.decided:
            return ""
        return tr(
            "review: {proposed} rows proposed, {changed} changed, {deleted} deleted; {decided} decided by hand",
            proposed=self.proposed,
            changed=self.changed,
            deleted=self.deleted,
            decided=self.decided,
        )


@dataclass(frozen=True)
class _Chosen:
    """A name with the code that somebody chose for it, and the cell."""

    name: str
    code: str
    unit: str
    period: str
    sheet: Sheet
    row: int
    column: int


def lessons_of(book: Book, context: Context, folder: Path) -> Lessons:
    """Compare a review workbook with what it proposed; anything else teaches nothing."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    if not book.ours or PENDING not in sheets:
        return Lessons()
    proposed = _proposals(book.path)
    kept = [*_rows(sheets.get(FIGURES), context), *_rows(sheets.get(AIMS), context)]
    chosen = _rows(sheets[PENDING], context)
    left = list(proposed)
    changed: list[_Chosen] = []
    for one in kept:
        if (one.name, one.code) in left:
            left.remove((one.name, one.code))
        elif same := next((pair for pair in left if pair[0] == one.name), None):
            left.remove(same)
            changed.append(one)
    names = {row.name: row for row in read_names(folder, frozenset(context.dictionary.indicators.index))}
    before = dict(names)
    faults: list[Fault] = []
    said: dict[str, _Chosen] = {}
    for one in [*changed, *chosen]:
        faults += _against(book, one, before, said, context)
        said.setdefault(one.name, one)
        if (one.name, one.code) not in proposed:
            names[one.name] = LearntName(one.name, one.code, one.unit, one.period)
    # a name that somebody deleted is asked about the next time, unless he kept another row of it
    for name, _ in left:
        if name not in {one.name for one in (*kept, *chosen)} and name:
            names[name] = LearntName(name, REJECTED)
    text = ""
    if names != before:
        text = names_text(list(names.values()))
    return Lessons(text, tuple(faults), len(proposed), len(changed), len(left), len(chosen))


def _against(
    book: Book, one: _Chosen, before: dict[str, LearntName], said: dict[str, _Chosen], context: Context
) -> list[Fault]:
    """Return a fault where a name has another code already: in names.csv, or in a row above."""
    known = before.get(one.name)
    other = said.get(one.name)
    titles = context.dictionary.indicators["name_zh"]
    if known is not None and known.code not in (one.code, REJECTED):
        row = 2 + sorted(before).index(one.name)
        expected = tr(
            "{title}, as {file} row {row} says of {name}; change that row first",
            title=titles[known.code],
            file=FILE,
            row=row,
            name=one.name,
        )
    elif other is not None and other.code != one.code:
        expected = tr(
            "{title}, as {sheet} row {row} says of {name}",
            title=titles[other.code],
            sheet=other.sheet.name,
            row=other.row + 1,
            name=one.name,
        )
    else:
        return []
    return [fault_at(book, one.sheet, one.row, one.column, titles[one.code], expected, header=CODE)]


def _rows(sheet: Sheet | None, context: Context) -> list[_Chosen]:
    """Return the rows of a sheet that have a code and are about the zone itself."""
    if sheet is None:
        return []
    headers = {plain(sheet.at(0, column)): column for column in range(sheet.width)}
    if CODE not in headers or NAME not in headers:
        return []
    found = []
    for row in range(1, len(sheet.grid)):
        code = context.indicators.get(plain(sheet.at(row, headers[CODE])))
        name = bare(plain(sheet.at(row, headers[NAME])))
        if code is None or not name or row in sheet.hidden:
            continue
        # 总投资 of one project is no name of an indicator of the zone
        if SUBJECT in headers and plain(sheet.at(row, headers[SUBJECT])) not in ("", context.about.name_zh):
            continue
        unit = plain(sheet.at(row, headers["单位"])) if "单位" in headers else ""
        period = plain(sheet.at(row, headers.get("期间", headers.get("年度", 0))))
        found.append(_Chosen(name, code, unit, period, sheet, row, headers[CODE]))
    return found


def _proposals(path: Path) -> list[tuple[str, str]]:
    """Return name and code of the rows that the workbook proposed, kept in its hidden sheet of lists."""
    pairs: list[tuple[str, str]] = []
    with contextlib.suppress(KeyError, ValueError, OSError, zipfile.BadZipFile, TypeError):
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            for column in zip(*book[LIST_SHEET].iter_rows(values_only=True), strict=False):
                if column and column[0] == MARK:
                    pairs = [tuple(str(cell).split("\t", 1)) for cell in column[1:] if cell and "\t" in str(cell)]
        finally:
            book.close()
    return pairs
