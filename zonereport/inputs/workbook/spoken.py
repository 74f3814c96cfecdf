"""What a table says of all its figures: option, file name, sheet name, title, and whether its columns are a series."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Fault
from zonereport.inputs.workbook.book import Book, Sheet, cell_name, fault_at
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.labels import Label, notes_below
from zonereport.inputs.workbook.mapping import SheetMapping
from zonereport.inputs.workbook.phrases import When, read_phrases
from zonereport.inputs.workbook.witnesses import (
    UNREAD,
    Conflict,
    Title,
    Witness,
    combine,
    name_witness,
    series_conflict,
    title_of,
)
from zonereport.inputs.workbook.words import TAGS

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
            years = {when.year for when in read_phrases(text.replace("_", " ")).found if when.year}
            if len(years) == 1:
                return years.pop()
        return 0

    def witnesses(self, *, known_year: bool) -> list[Witness]:
        """Return the period that was asked for, or else those of the file name.

        Four digits alone in a file name may be anything; where the book has a year (``known_year``) they say nothing.
        """
        if self.period:
            return name_witness(self.period, "--period")[0]
        witnesses = name_witness(self.stem, "the file name")[0]
        if known_year:
            witnesses = [one for one in witnesses if one.when.precise or "年" in one.when.text]
        return witnesses


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
    label_units: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, book: Book, sheet: Sheet, header: Header, mapping: SheetMapping, context: Context, defaults: Defaults
    ) -> "Spoken":
        """Return what option, file, sheet and title say; a period that the mapping names is the answer to them all."""
        # from the farthest to the nearest: a cell near the figure knows more of it than the name of the file
        title = title_of(sheet, header.first, context)
        of_sheet, left = name_witness(sheet.name, f"the sheet name {sheet.name}")
        if mapping.period:
            base = name_witness(mapping.period, "the mapping")[0]
            title_periods: list[Witness] = []
        else:
            base = [*of_sheet, *title.periods]
            base = [*defaults.witnesses(known_year=any(one.when.year for one in base)), *base]
            title_periods = list(title.periods)
        spoken = cls(book, sheet, context, title, base, title_periods, mapping.basis, header)
        if not mapping.period:
            for row, column, text, expected in title.questions:
                spoken.faults.append(fault_at(book, sheet, row, column, text, expected))
            if "value" in context.schemas[mapping.table].columns:
                for row, column, text, expected in title.changing:
                    spoken.faults.append(fault_at(book, sheet, row, column, text, expected, severity="question"))
            if left and not of_sheet:
                spoken.faults.append(
                    Fault(f"{book.path.name}[{sheet.name}]", None, None, sheet.name, f"{UNREAD} ({left})")
                )
        return spoken

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the title names, and the header of the labels: 指标（亿元）."""
        return self.title.units + self.label_units

    @property
    def year(self) -> int:
        """The year that the base names; 0 for none or two."""
        years = {one.when.year for one in self.base if one.when.year is not None}
        if len(years) == 1:
            return years.pop()
        return 0

    @property
    def code(self) -> str:
        """The one indicator that the title names, for tables whose rows and columns name none."""
        found: dict[str, str] = {}
        for text in [*self.title.texts, self.sheet.name]:
            bare = undressed(text)
            for name, code in self.context.indicators.items():
                if len(name) > 2 and name in bare:
                    found[name] = code
        # 工业投资 lies within 工业投资占比: the longest name is the one that is meant
        longest = {code for name, code in found.items() if not any(name != other and name in other for other in found)}
        if len(longest) == 1:
            return longest.pop()
        return ""

    def series(self, columns: Sequence[tuple[When, ...]]) -> None:
        """Look at the periods of the columns: several are a series, of which a title names the year or the latest."""
        distinct = set(columns) - {()}
        self.is_series = len(distinct) > 1
        if not self.is_series:
            of_columns = [Witness(when, self._header_place(whens)) for whens in distinct for when in whens]
            self._check(combine([*self.base, *of_columns]))
            return
        for whens, levels in zip(self.header.whens, self.header.levels, strict=True):
            cumulative = any(word in level for level in levels for word in CUMULATIVE)
            if whens in distinct and whens[0].kind == "month" and not cumulative:
                self.months.add(whens[0])
        own = [Witness(whens[0], "a header") for whens in distinct]
        years = {one.when.year for one in own}
        # 2021—2022年 above columns of both years names them, and contradicts nothing
        if len({one.when.year for one in self.base}) > 1:
            self.base = [one for one in self.base if one.when.precise or one.when.year not in years]
        self._check(series_conflict(self.base, own))

    def look_below(self) -> None:
        """Ask about footnotes that name another period than the table does."""
        spoken = combine(self.base)
        if not isinstance(spoken, Witness) or self.is_series or self.rows_have_periods:
            return
        for row, column, text in notes_below(self.sheet, self.header):
            for when in read_phrases(text).found:
                other_year = when.year is not None and spoken.when.year not in (None, when.year)
                if when.precise and (when.last != spoken.when.last or other_year):
                    expected = f"figures of one period; the note says {when.text}, the table {spoken.when.text}"
                    self.faults.append(
                        fault_at(self.book, self.sheet, row, column, text, expected, severity="question")
                    )

    def _header_place(self, whens: tuple[When, ...]) -> str:
        return cell_name(self.header.last, self.header.whens.index(whens))

    def look_down(self, rows: Sequence[Witness]) -> None:
        """Look at the periods of the rows, where they have one: the title may name the latest of them."""
        self.rows_have_periods = bool(rows)
        distinct = {one.when for one in rows}
        typed_so = {when for when in distinct if "月" not in when.text and self._is_ours()}
        if len(distinct) > 1:
            cumulative = any(word in level for levels in self.header.levels for level in levels for word in CUMULATIVE)
            if not cumulative:
                self.months |= {when for when in distinct - typed_so if when.kind == "month"}
        # the rows of our own template may be of any month: a correction of April comes in June
        if rows and not self.book.ours:
            self._check(series_conflict(self.in_title, rows))

    def _is_ours(self) -> bool:
        """Whether the rows are typed as the tables of a zone are: 期间 in a column of that name, such as 2022-11."""
        return ("期间",) in self.header.levels or ("period",) in self.header.levels

    def _check(self, outcome: Conflict | Witness | None) -> None:
        if isinstance(outcome, Conflict):
            expected = f"one period, not {outcome}; mend the book, or name the period in the mapping"
            file = f"{self.book.path.name}[{self.sheet.name}]"
            self.faults.append(Fault(file, None, None, outcome.other.when.text, expected))
            # one fault is enough: the rows do not repeat it
            self.base = []

    def base_for(self, own: Sequence[Witness]) -> list[Witness]:
        """Return the witnesses that a figure with periods of its own is compared with: of a series only the year."""
        # a column of a series has its own month; from the title it takes the year
        if own and (self.is_series or self.rows_have_periods):
            if not self.year:
                return []
            return [Witness(When(self.year, 12, "year", str(self.year)), "the title")]
        return list(self.base)

    def needs_basis(self, when: When, code: str, label: Label) -> str:
        """Return why a month of a series may be the month alone or the sum up to it; empty where somebody says it."""
        # one month alone is the sum up to it, as zones report; several in a row may be either
        if when.kind != "month" or len(self.months) < 2 or self.basis == "cumulative":
            return ""
        nature = self.context.dictionary.indicators["nature"].get(code, "")
        said = label.sense.tags | self.title.tags
        if nature != "flow_ytd" or "cumulative" in said:
            return ""
        return "figures of which something says 累计 or 当月: write it into the header, or as basis into the mapping"

    def ask_basis(self, place, reason: str) -> None:
        """Ask once for a table what its months are."""
        if not self.asked:
            self.asked = True
            self.faults.append(
                fault_at(self.book, place.sheet, place.row, place.column, "months", reason, header=place.header)
            )

    def ask_year(self, witness: Witness) -> None:
        """Ask once for the year of a month that nothing in the book dates."""
        if not self.no_year:
            self.no_year = True
            expected = (
                f"the year of {witness.when.text} ({witness.place}): name it with --period YYYY-{witness.when.last:02d}"
            )
            file = f"{self.book.path.name}[{self.sheet.name}]"
            self.faults.append(Fault(file, None, "period", witness.when.text, expected))
