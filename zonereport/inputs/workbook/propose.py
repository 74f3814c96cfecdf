"""A first mapping of a workbook: its tables, headers and labels matched with what we know, and what is a question."""

from dataclasses import dataclass, field, replace

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.model import Zone
from zonereport.inputs.workbook.blocks import cut
from zonereport.inputs.workbook.book import Book, Sheet, fault_at
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context, of_zone
from zonereport.inputs.workbook.headers import AUTOMATIC, BLANK, MEASURES, Header, plain_left_out
from zonereport.inputs.workbook.labels import Label, Labels, data_rows, holds_something, row_is_filled
from zonereport.inputs.workbook.layout import Layout, best_layouts, column_name
from zonereport.inputs.workbook.mapping import Mapping, SheetMapping, Target
from zonereport.inputs.workbook.records import find_spot, label_spot, spots_of
from zonereport.inputs.workbook.verdicts import Verdict
from zonereport.inputs.workbook.witnesses import title_of
from zonereport.language import ENGLISH, chosen, noted, tr

COVER = "填报说明"
ELSE_LEFT_OUT = noted("else it is left out")


@dataclass
class Proposal:
    """A mapping, what stands against using it, what must be confirmed, and what somebody should look at."""

    sheets: list[SheetMapping] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def mapping(self) -> Mapping:
        """The mapping as it is proposed, what is asked being left out or taken by likeness."""
        return Mapping(tuple(self.sheets), tuple(self.skip))


def propose_mapping(book: Book, zone: Zone) -> Mapping:
    """Match sheets, headers and row labels of ``book`` with tables, columns and codes of ``zone``.

    A name is matched exactly after normalising, else by likeness (difflib ratio of names.ALIKE or more).
    Raises InputError with every question, naming the candidates.
    """
    proposal = propose(book, of_zone(zone))
    if proposal.faults:
        raise InputError(proposal.faults)
    return proposal.mapping


def propose(book: Book, context: Context) -> Proposal:
    """As propose_mapping, with faults and questions beside the mapping; warnings say what was left out."""
    proposal = Proposal()
    for sheet in book.sheets:
        # the page of instructions of our own template, which offices keep in their copies
        if sheet.name == COVER:
            continue
        tables = [sheet] if book.ours else cut(sheet, context)
        for place, table in enumerate(tables, 1):
            propose_table(book, table, place, context, proposal)
    if not proposal.sheets and not proposal.faults:
        expected = tr("a sheet with a header row: 指标 and 数值, or the columns of a table of data/README.md")
        proposal.faults.append(
            Fault(book.path.name, None, None, tr("{count} visible sheets", count=len(book.sheets)), expected)
        )
    return proposal


def propose_table(book: Book, sheet: Sheet, place: int, context: Context, proposal: Proposal) -> None:
    """Add the mapping of one table of a sheet to a proposal, with what is to be asked about it."""
    found = best_layouts(sheet, context)
    # two tables that fit equally well are a question, not a choice
    if len(found) == 1:
        proposal.sheets.append(Drafter(book, sheet, found[0], place, context, proposal).draft())
    elif found:
        names = []
        for layout in found:
            names.append(f"{layout.table} ({context.schemas[layout.table].name_zh})")
        expected = tr("columns of one table; perhaps {names}: name the sheet so", names=tr(" or ").join(names))
        proposal.faults.append(_of_sheet(book, sheet, tr("columns of several tables"), expected))
    else:
        _nothing(book, sheet, place, context, proposal)


def _nothing(book: Book, sheet: Sheet, place: int, context: Context, proposal: Proposal) -> None:
    """Say of a table without a known header that it was left out, ask, or say why that is wrong."""
    proposal.skip.append(sheet.name if place == 1 else f"{sheet.name}#{place}")
    if sheet.is_empty:
        return
    # a sheet that has the name of a table was meant to be one
    names = undressed(sheet.name)
    ours = [one for one in context.schemas.values() if names in (undressed(one.name), undressed(one.name_zh))]
    if ours:
        keys = [one.name_zh for one in ours[0].fields if one.key and one.required]
        expected = tr(
            "a header row with {keys} and at least one more column of {table}",
            keys="、".join(keys),
            table=ours[0].name_zh,
        )
        proposal.faults.append(_of_sheet(book, sheet, None, expected))
    elif sheet.has_numbers:
        expected = tr("a header row of a table of data/README.md, {otherwise}", otherwise=tr(ELSE_LEFT_OUT))
        proposal.faults.append(_of_sheet(book, sheet, tr("no known header"), expected, "question"))
    else:
        note = tr("a header row; the sheet was left out")
        proposal.warnings.append(_of_sheet(book, sheet, tr("no known header"), note, "warning"))


class Drafter:
    """Drafts the mapping of one table."""

    def __init__(self, book: Book, sheet: Sheet, layout: Layout, place: int, context: Context, proposal: Proposal):
        self.book, self.sheet, self.layout, self.place = book, sheet, layout, place
        self.context, self.proposal = context, proposal
        self.header: Header = layout.header
        self.notes: dict[str, str] = {}

    def draft(self) -> SheetMapping:
        """Return the mapping of the table; questions and warnings go to the proposal."""
        columns = self._columns()
        rows = (self.header.first + 1, self.header.last + 1)
        entry = SheetMapping(self.sheet.name, self.layout.table, rows, columns, block=self.place)
        # our own template says what it is: nothing in it is proposed
        labels = {} if self.book.ours else self._labels(entry)
        basis = ""
        if title_of(self.sheet, self.header.first, self.context).tags == {"cumulative"}:
            basis = "cumulative"
        return SheetMapping(
            entry.sheet, entry.table, rows, columns, labels, block=self.place, notes=self.notes, basis=basis
        )

    def extend(self, entry: SheetMapping, file: str) -> SheetMapping:
        """Return a mapping that is kept with the columns and rows of the table that it does not have yet.

        What is known for certain is added; all else is asked, and goes to the proposal as it does the first time.
        """
        columns = dict(entry.columns)
        mapped: set[int] = set()
        for name in entry.columns:
            mapped.update(find_spot(self.header, name))
        for column, verdict in enumerate(self.layout.verdicts):
            name = column_name(self.header, column)
            known = column in mapped or (name == BLANK and BLANK in columns)
            if known or name.endswith(AUTOMATIC) or plain_left_out(self.header.levels[column]):
                continue
            if name == BLANK:
                if self._ask_blank(column):
                    columns[BLANK] = None
            elif holds_something(self.sheet, self.header, column):
                columns[name] = verdict.target
                self._new_column(column, name, verdict, file)
        with_columns = replace(entry, columns=columns)
        return replace(with_columns, rows=entry.rows | self._labels(with_columns), notes=self.notes)

    def _new_column(self, column: int, name: str, verdict: Verdict, file: str) -> None:
        """Ask about a column that a kept mapping does not have, also where its name is known: it was not there."""
        if verdict.target is not None and verdict.exact:
            taken = self._target_text(verdict.target)
            expected = tr("a column that {file} maps; it is proposed as {taken}", file=file, taken=taken)
        elif verdict.target is None and not verdict.question:
            expected = tr("a column that {file} maps; {otherwise}", file=file, otherwise=tr(ELSE_LEFT_OUT))
        else:
            self._say_of_column(column, name, verdict)
            return
        self._ask("column", self.header.last, column, "/".join(self.header.levels[column]), expected)
        self.notes[name] = "新增，待确认"

    def _columns(self) -> dict[str, Target | None]:
        columns: dict[str, Target | None] = {}
        for column, verdict in enumerate(self.layout.verdicts):
            name = column_name(self.header, column)
            if not self.header.names[column] and verdict.target is None:
                if self._ask_blank(column):
                    columns.setdefault(name, None)
                continue
            # columns of a series share a name and a meaning
            if columns.get(name) is None:
                columns[name] = verdict.target
            filled = holds_something(self.sheet, self.header, column)
            if filled and not self.header.names[column].endswith(AUTOMATIC):
                self._say_of_column(column, name, verdict)
        return columns

    def _ask_blank(self, column: int) -> bool:
        """Ask about a column that holds figures and has no header; return whether it does."""
        for row in data_rows(self.sheet, self.header):
            value = self.sheet.at(row, column)
            if type(value) in (int, float):
                expected = tr("a header above the figures of this column; {otherwise}", otherwise=tr(ELSE_LEFT_OUT))
                self._ask("column", row, column, plain(value), expected)
                return True
        return False

    def _say_of_column(self, column: int, name: str, verdict: Verdict) -> None:
        table, match = self.layout.table, verdict.match
        text = "/".join(self.header.levels[column])
        if verdict.target is not None and not verdict.exact and match is not None:
            taken = self._target_text(verdict.target)
            expected = tr(
                "a name of the dictionary; matched by likeness with {taken} ({candidate})",
                taken=taken,
                candidate=match.candidates[0],
            )
            self._ask("column", self.header.last, column, text, expected)
            self.notes[name] = f"按近似匹配 {match.candidates[0]}"
        elif verdict.target is None and verdict.question:
            near = ""
            if match is not None and match.candidates:
                near = tr("; perhaps {candidate}", candidate=tr(" or ").join(match.candidates))
            reason = "" if verdict.reason == "unknown" else tr("; this is {reason}", reason=verdict.reason)
            self._ask(
                "column",
                self.header.last,
                column,
                text,
                tr(
                    "a column of {table}{near}{reason}; {otherwise}",
                    table=self.context.table_text(table),
                    near=near,
                    reason=reason,
                    otherwise=tr(ELSE_LEFT_OUT),
                ),
            )
            self.notes[name] = "未采用，待确认"
        elif verdict.target is None and verdict.reason:
            note = tr("a column that is read; it was left out")
            self.proposal.warnings.append(
                fault_at(self.book, self.sheet, self.header.last, column, text, note, header=text, severity="warning")
            )
            self.notes[name] = "不采用"

    def _target_text(self, target: Target) -> str:
        """Return what a column is proposed as, in the language of the reader."""
        column = target.column
        if chosen() != ENGLISH:
            names = {one.name: one.name_zh for one in self.context.schemas[self.layout.table].fields}
            column = names.get(column, column)
        return f"{column} {self.context.code_text(target.code)}".rstrip()

    def _labels(self, entry: SheetMapping) -> dict[str, str | None]:
        """Return the row labels of figures with their codes; None for what is left out."""
        spots = spots_of(self.header, entry)
        spot = label_spot(spots)
        if spot is None or spot[1] not in ("code", "park", "peer"):
            return {}
        self.labels = Labels(self.sheet, *spot, entry, self.context)
        figures = [column for column, one in spots.items() if one.target.column in MEASURES]
        if not figures:
            figures = [column for column in spots if column != spot[0]]
        # in the order of the sheet: whoever edits the mapping reads it beside the book
        rows: dict[str, str | None] = {}
        waiting: list[tuple[int, Label]] = []
        for row in data_rows(self.sheet, self.header):
            filled = row_is_filled(self.sheet, row, figures)
            label = self.labels.read(row, figures=filled)
            if not label.text or label.left_out:
                continue
            if not filled:
                waiting.append((row, label))
                continue
            # what stands above figures and has none is a heading: it may change what they mean
            for above, heading in waiting:
                self._heading(above, heading, spot[0], rows)
            # a heading reigns until the next one, and is asked about once
            waiting = []
            self._row(row, label, spot, rows)
        return rows

    def _heading(self, row: int, label: Label, column: int, rows: dict[str, str | None]) -> None:
        if not label.strange_heading:
            return
        expected = tr("a heading that changes nothing of the rows below it; confirm it, or leave the rows out")
        self._ask("heading", row, column, label.text, expected)
        rows[label.path] = None
        self.notes[label.path] = "标题行，待确认"

    def _row(self, row: int, label: Label, spot: tuple[int, str], rows: dict[str, str | None]) -> None:
        match = label.match
        if label.mapped:
            return
        # left out until somebody says what it is: the safe answer to a doubt
        if label.question:
            self._ask(
                "row",
                row,
                spot[0],
                label.text,
                tr("{question}; {otherwise}", question=label.question, otherwise=tr(ELSE_LEFT_OUT)),
            )
            rows[label.path] = None
        elif label.meaning:
            if label.meaning != label.text or spot[1] == "code":
                rows[label.path] = label.meaning
            return
        elif match is not None and match.meaning:
            rows[label.path] = match.meaning
            note = tr(
                "a name of the dictionary; matched by likeness with {meaning} ({candidate})",
                meaning=self.context.code_text(match.meaning),
                candidate=match.candidates[0],
            )
            self._ask("row", row, spot[0], label.text, note)
            self.notes[label.path] = f"按近似匹配 {match.candidates[0]}"
            return
        else:
            near = ""
            if match is not None and match.candidates:
                near = tr("; perhaps {candidate}", candidate=tr(" or ").join(match.candidates))
            rows[label.path] = None
            self._ask(
                "row",
                row,
                spot[0],
                label.text,
                tr("one name of the dictionary{near}; {otherwise}", near=near, otherwise=tr(ELSE_LEFT_OUT)),
            )
        self.notes[label.path] = "未采用，待确认"

    def _ask(self, kind: str, row: int, column: int, value: str, expected: str) -> None:
        """Ask about a row, a column or a heading (``kind``): that and its text are the name of the answer."""
        header = "/".join(self.header.levels[column])
        question = fault_at(
            self.book, self.sheet, row, column, value, expected, header=header, severity="question",
            answer=f"{kind}:{value}",
        )  # fmt: skip
        self.proposal.faults.append(question)


def _of_sheet(book: Book, sheet: Sheet, value: str | None, expected: str, severity: str = "error") -> Fault:
    return Fault(f"{book.path.name}[{sheet.name}]", None, None, value, expected, severity=severity)
