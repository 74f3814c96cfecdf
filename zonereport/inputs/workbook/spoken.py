"""What a table says of all its figures: option, file name, sheet name, title, and whether its columns are a series."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.book import Book, Sheet, cell_name, fault_at
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.labels import Label, notes_below
from zonereport.inputs.workbook.mapping import SheetMapping
from zonereport.inputs.workbook.phrases import When, general, read_phrases
from zonereport.inputs.workbook.record import Record
from zonereport.inputs.workbook.witnesses import (
    UNREAD,
    Conflict,
    Title,
    Witness,
    combine,
    name_witness,
    series_conflict,
    strange_units,
    title_of,
)
from zonereport.inputs.workbook.words import ESTIMATED, OTHER_FIGURES, TAGS, UNIT_ROW
from zonereport.language import tr

CUMULATIVE = tuple(TAGS["cumulative"].split())


@dataclass(frozen=True)
class Defaults:
    """What a user said of the whole book: the period and the source; ``stem`` is the name of the file."""

    period: str = ""
    source: str = ""
    stem: str = ""

    @property
    def year(self) -> int:
        """The year of the period that was asked for, or that the file name has; 0 for none."""
        for text in (self.period, self.stem):
            years = set()
            for when in read_phrases(text.replace("_", " ")).found:
                if when.year:
                    years.add(when.year)
            if len(years) == 1:
                return years.pop()
        return 0

    def witnesses(self, *, known_year: bool) -> list[Witness]:
        """Return the period that was asked for, or else those of the file name.

        Four digits alone in a file name may be anything; where the book has a year (``known_year``) they say nothing.
        """
        # who typed --period has looked at the book: the name of the file is no match for him
        if self.period:
            return name_witness(self.period, "--period")[0]
        witnesses = name_witness(self.stem, tr("the file name"))[0]
        if known_year:
            witnesses = [one for one in witnesses if one.when.precise or "年" in one.when.text]
        return witnesses


def _is_cumulative(levels: Sequence[str]) -> bool:
    """Whether a header says that its figures are sums from January on."""
    heading = "/".join(levels)
    return any(word in heading for word in CUMULATIVE)


@dataclass
class Spoken:
    """What holds for the figures of one table, and what is wrong with it."""

    book: Book
    sheet: Sheet
    context: Context
    title: Title
    base: list[Witness]
    in_title: list[Witness]
    basis: str
    header: Header
    faults: list[Fault] = field(default_factory=list)
    is_series: bool = False
    months: set[When] = field(default_factory=set)
    rows_have_periods: bool = False
    asked: bool = False
    no_year: bool = False
    no_period: bool = False
    label_units: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    # titles and notes that were asked about, or are confirmed: what a mapping remembers
    to_remember: list[str] = field(default_factory=list)
    estimated: bool = False

    @classmethod
    def of(
        cls, book: Book, sheet: Sheet, header: Header, mapping: SheetMapping, context: Context, defaults: Defaults
    ) -> "Spoken":
        """Return what option, file, sheet and title say; a period that the mapping names is the answer to them all."""
        # from the farthest to the nearest: a cell near the figure knows more of it than the name of the file
        title = title_of(sheet, header.first, context)
        of_sheet, left = name_witness(sheet.name, tr("the sheet name {sheet}", sheet=sheet.name))
        if mapping.period:
            base = name_witness(mapping.period, tr("the mapping"))[0]
            title_periods: list[Witness] = []
        else:
            base = [*of_sheet, *title.periods]
            base = [*defaults.witnesses(known_year=any(one.when.year for one in base)), *base]
            title_periods = list(title.periods)
        spoken = cls(
            book, sheet, context, title, base, title_periods, mapping.basis, header, confirmed=mapping.confirmed
        )
        if not mapping.period:
            for row, column, text, expected in title.questions:
                spoken.faults.append(fault_at(book, sheet, row, column, text, expected))
            if "value" in context.schemas[mapping.table].columns:
                for row, column, text, expected in title.changing:
                    spoken.confirm(row, column, text, expected)
            if left and not of_sheet:
                unread = tr("{unread} ({left})", unread=tr(UNREAD), left=left)
                spoken.faults.append(Fault(f"{book.path.name}[{sheet.name}]", None, None, sheet.name, unread))
        return spoken

    def confirm(self, row: int, column: int, text: str, expected: str) -> None:
        """Ask about a text that changes what the figures mean, unless the mapping says that it is right."""
        self.estimated = self.estimated or bool(ESTIMATED.search(text))
        named = general(text)
        if named not in self.to_remember:
            self.to_remember.append(named)
        if named not in self.confirmed:
            question = fault_at(
                self.book, self.sheet, row, column, text, expected, severity="question", answer=f"words:{text}"
            )
            self.faults.append(question)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the title names, and the header of the labels: 指标（亿元）."""
        return self.title.units + self.label_units

    @property
    def year(self) -> int:
        """The year that the base names; 0 for none or two."""
        years = set()
        for one in self.base:
            if one.when.year is not None:
                years.add(one.when.year)
        if len(years) == 1:
            return years.pop()
        return 0

    @property
    def code(self) -> str:
        """The one indicator that the title names, for tables whose rows and columns name none."""
        named = self._named_in([*self.title.texts, self.sheet.name])
        if len(named) == 1:
            return named.pop()
        return ""

    def _named_in(self, texts: Sequence[str]) -> set[str]:
        """Return the codes of the indicators that are named in texts."""
        found: dict[str, str] = {}
        for text in texts:
            bare = undressed(text)
            for name, code in self.context.indicators.items():
                if len(name) > 2 and name in bare:
                    found[name] = code
        # 工业投资 lies within 工业投资占比: the longest name is the one that is meant
        codes = set()
        for name, code in found.items():
            if not any(name != other and name in other for other in found):
                codes.add(code)
        return codes

    def series(self, columns: Sequence[tuple[When, ...]]) -> None:
        """Look at the periods of the columns: several are a series, of which a title names the year or the latest."""
        # in the order of the sheet: which two are named in a fault is no matter of chance
        distinct = [whens for whens in dict.fromkeys(columns) if whens]
        self.is_series = len(distinct) > 1
        if not self.is_series:
            of_columns = []
            for whens in distinct:
                for when in whens:
                    of_columns.append(Witness(when, self._header_place(whens)))
            self._check(combine([*self.base, *of_columns]))
            return
        for whens, levels in zip(self.header.whens, self.header.levels, strict=True):
            cumulative = _is_cumulative(levels)
            if whens in distinct and whens[0].kind == "month" and not cumulative:
                self.months.add(whens[0])
        own = [Witness(whens[0], tr("a header")) for whens in distinct]
        years = set()
        for one in own:
            years.add(one.when.year)
        # 2021—2022年 above columns of both years names them, and contradicts nothing
        if len({one.when.year for one in self.base}) > 1:
            self.base = [one for one in self.base if one.when.precise or one.when.year not in years]
        self._check(series_conflict(self.base, own))

    def look_below(self, records: Sequence[Record]) -> None:
        """Ask about footnotes that name another period or unit than the table does, or make others of its figures."""
        known = frozenset(self.context.dictionary.units)
        spoken = combine(self.base)
        for row, column, text in notes_below(self.sheet, self.header):
            if isinstance(spoken, Witness) and not self.is_series and not self.rows_have_periods:
                self._other_period(row, column, text, spoken)
            units = set(strange_units(UNIT_ROW.sub("", text), known)) - self._units_of(text, records)
            if units:
                named = "、".join(sorted(units))
                expected = tr(
                    "a unit beside each name that has one of its own; the note names {named}: confirm", named=named
                )
                self.confirm(row, column, text, expected)
            elif match := OTHER_FIGURES.search(read_phrases(text).rest):
                expected = tr("a note that changes no figure; {match} may: confirm, or mend it", match=match[0])
                self.confirm(row, column, text, expected)

    def _other_period(self, row: int, column: int, text: str, spoken: Witness) -> None:
        """Ask about a footnote that names another period than the table does."""
        for when in read_phrases(text).found:
            other_year = when.year is not None and spoken.when.year not in (None, when.year)
            if when.precise and (when.last != spoken.when.last or other_year):
                expected = tr(
                    "figures of one period; the note says {period}, the table {other_period}",
                    period=when.text,
                    other_period=spoken.when.text,
                )
                self.confirm(row, column, text, expected)

    def _units_of(self, note: str, records: Sequence[Record]) -> set[str]:
        """Return the units of the figures that a note is about: those of the indicators it names, else of all."""
        named = self._named_in([note])
        units = set()
        for one in records:
            if not named or one.cells.get("code") in named:
                units.add(one.cells.get("unit", ""))
        return units

    def _header_place(self, whens: tuple[When, ...]) -> str:
        return cell_name(self.header.last, self.header.whens.index(whens))

    def look_down(self, rows: Sequence[Witness]) -> None:
        """Look at the periods of the rows, where they have one: the title may name the latest of them."""
        self.rows_have_periods = bool(rows)
        distinct = set()
        for one in rows:
            distinct.add(one.when)
        typed_so = set()
        for when in distinct:
            if "月" not in when.text and self._is_ours():
                typed_so.add(when)
        if len(distinct) > 1 and not any(map(_is_cumulative, self.header.levels)):
            for when in distinct - typed_so:
                if when.kind == "month":
                    self.months.add(when)
        # the rows of our own template may be of any month: a correction of April comes in June
        if rows and not self.book.ours:
            self._check(series_conflict(self.in_title, rows))

    def _is_ours(self) -> bool:
        """Whether the rows are typed as the tables of a zone are: 期间 in a column of that name, such as 2022-11."""
        return ("期间",) in self.header.levels or ("period",) in self.header.levels

    def _check(self, outcome: Conflict | Witness | None) -> None:
        if isinstance(outcome, Conflict):
            expected = tr(
                "one period, not {outcome}; mend the book, or name the period in the mapping", outcome=outcome
            )
            file = f"{self.book.path.name}[{self.sheet.name}]"
            self.faults.append(Fault(file, None, None, outcome.other.when.text, expected))
            # one fault is enough: the rows do not repeat it
            self.base = []

    def base_for(self, own: Sequence[Witness]) -> list[Witness]:
        """Return the witnesses that a figure with periods of its own is compared with: of a series only the year."""
        # a column of a series has its own month; from the title it takes the year
        if own and (self.is_series or self.rows_have_periods):
            # a series without a year takes it from nobody else: each column must have its own
            if not self.year:
                return []
            return [Witness(When(self.year, 12, "year", str(self.year)), tr("the title"))]
        return list(self.base)

    def needs_basis(self, when: When, code: str, label: Label) -> str:
        """Return why a month of a series may be the month alone or the sum up to it; empty where somebody says it."""
        # one month alone is the sum up to it, as zones report; several in a row may be either
        if when.kind != "month" or len(self.months) < 2 or self.basis == "cumulative":
            return ""
        nature = self.context.dictionary.indicators["nature"].get(code, "")
        said = label.sense.tags
        # a title that names both says neither
        if "month" not in self.title.tags:
            said = said | self.title.tags
        if nature != "flow_ytd" or "cumulative" in said:
            return ""
        return tr(
            "figures of which something says 累计 or 当月: write it into the header, or as basis into the mapping"
        )

    def ask_basis(self, place, reason: str) -> None:
        """Ask once for a table what its months are."""
        # one question a table: the answer is the same for all of its months
        if not self.asked:
            self.asked = True
            self.faults.append(
                fault_at(self.book, place.sheet, place.row, place.column, tr("months"), reason, header=place.header)
            )

    def ask_year(self, witness: Witness) -> None:
        """Ask once for the year of a month that nothing in the book dates."""
        # one question a table here, too
        if not self.no_year:
            self.no_year = True
            expected = tr(
                "the year of {period} ({place}): name it with --period YYYY-{last:02d}",
                period=witness.when.text,
                place=witness.place,
                last=witness.when.last,
            )
            file = f"{self.book.path.name}[{self.sheet.name}]"
            self.faults.append(Fault(file, None, "period", witness.when.text, expected))

    def ask_period(self, last: int) -> None:
        """Ask once for the period of a table that nothing names; a line below it may, and is quoted."""
        if self.no_period:
            return
        self.no_period = True
        near = ""
        for row in range(last, len(self.sheet.grid)):
            for column, value in enumerate(self.sheet.grid[row]):
                if isinstance(value, str) and read_phrases(plain(value)).found:
                    near = tr("; {place} says {value}", place=cell_name(row, column), value=plain(value))
        expected = tr("a period of the table in its title or its header, or --period YYYY-MM{near}", near=near)
        self.faults.append(Fault(f"{self.book.path.name}[{self.sheet.name}]", None, "period", None, expected))
