"""What speaks of a period or a unit, and where it stands; the most precise wins, two that differ are a fault."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from zonereport.inputs.workbook.book import Sheet, cell_name
from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.phrases import When, read_phrases
from zonereport.inputs.workbook.words import FOOTNOTE, OTHER_FIGURES, TITLE_TAGS, UNIT_ROW, WORD_TAGS
from zonereport.language import noted, tr

# the longest first: 本月止累计 is no month alone
WORDS_OF_TITLES = sorted((word for word, tag in WORD_TAGS.items() if tag in TITLE_TAGS), key=len, reverse=True)


@dataclass(frozen=True)
class Witness:
    """A period, and in words what says it: ``--period``, the name of the file or the sheet, a cell."""

    when: When
    place: str


@dataclass(frozen=True)
class Conflict:
    """Two witnesses that cannot both be right."""

    one: Witness
    other: Witness

    def __str__(self) -> str:
        return tr(
            "{period} ({place}) and {other_period} ({other_place})",
            period=self.one.when.text,
            place=self.one.place,
            other_period=self.other.when.text,
            other_place=self.other.place,
        )


@dataclass(frozen=True)
class Title:
    """What the rows above a header say: periods, units, tags of all figures, and what of it is a question.

    ``questions`` are row, column, text and what was expected; ``changing`` the same of words that make other figures of
    all below them, which matters to tables of figures only.
    """

    periods: tuple[Witness, ...]
    units: tuple[str, ...]
    unit_place: str
    tags: frozenset[str]
    questions: tuple[tuple[int, int, str, str], ...] = ()
    texts: tuple[str, ...] = ()
    changing: tuple[tuple[int, int, str, str], ...] = ()


UNREAD = noted("a period that is read as a whole, such as 2022年1-11月; type it so, or name it with --period")


def title_of(sheet: Sheet, first: int, context: Context) -> Title:
    """Read the rows above the header in row ``first``: every phrase that looks like a period is one, or a question."""
    reader = _TitleReader(frozenset(context.dictionary.units))
    for row, values in enumerate(sheet.grid[:first]):
        for column, value in enumerate(values):
            if text := _title_text(value):
                reader.read(row, column, text)
    return reader.title()


class _TitleReader:
    """Collects what the cells above a header say."""

    def __init__(self, known: frozenset[str]):
        self.known = known
        self.periods, self.questions, self.texts, self.changing = [], [], [], []
        self.units: list[str] = []
        self.unit_place, self.tags = "", set()

    def read(self, row: int, column: int, text: str) -> None:
        """Read one cell."""
        place = cell_name(row, column)
        self.texts.append(text)
        self._units(row, column, text, place)
        phrases = read_phrases(UNIT_ROW.sub("", text))
        footnote = FOOTNOTE.match(text) is not None
        # half a period is no period: 2022年1-13月 must not become 2022
        if phrases.left:
            self.questions.append((row, column, text, tr("{unread} ({left})", unread=tr(UNREAD), left=phrases.left)))
        else:
            for when in phrases.found:
                self.periods.append(Witness(when, place))
        self.tags |= _title_tags(phrases.rest)
        # a note below the title may explain growth with 上年 and change nothing
        if not footnote and (match := OTHER_FIGURES.search(phrases.rest)):
            expected = tr(
                "a title of this year's figures; {match} makes others of them: confirm, or mend it", match=match[0]
            )
            self.changing.append((row, column, text, expected))

    def _units(self, row: int, column: int, text: str, place: str) -> None:
        # 单位：亿元、% names the unit of the figures and that of growth
        for match in UNIT_ROW.finditer(text):
            self.unit_place = place
            for unit in filter(None, re.split(r"[、,，;；/]", match[1])):
                if unit in self.known:
                    self.units.append(unit)
                else:
                    self.questions.append(
                        (row, column, text, tr("a unit of data/dictionary/units.csv for {unit}", unit=unit))
                    )
        # （亿元） alone in a cell above the table
        if (alone := text.strip("()[]【】 ")) in self.known:
            if not self.unit_place:
                self.units.append(alone)
                self.unit_place = place
            return
        others = set(strange_units(UNIT_ROW.sub("", text), self.known)) - set(self.units)
        # 亿元（财政收入为万元）: which rows have which is not read out of a sentence
        if others and UNIT_ROW.search(text):
            expected = tr(
                "one unit; type that of {others} behind the names of its rows, or in a column 单位",
                others="、".join(sorted(others)),
            )
            self.questions.append((row, column, text, expected))

    def title(self) -> Title:
        """Return all of it."""
        return Title(
            periods=tuple(self.periods),
            units=tuple(dict.fromkeys(self.units)),
            unit_place=self.unit_place,
            tags=frozenset(self.tags),
            questions=tuple(self.questions),
            texts=tuple(self.texts),
            changing=tuple(self.changing),
        )


def _title_tags(text: str) -> set[str]:
    """Return whether a title speaks of months alone, of sums, or of both; the 本月 of 本月止累计 is a sum."""
    found = set()
    for word in WORDS_OF_TITLES:
        if word in text:
            found.add(WORD_TAGS[word])
            text = text.replace(word, " ")
    return found


def strange_units(text: str, known: frozenset[str]) -> list[str]:
    """Return the units that a title or a note names outside 单位：…, where they are no part of a figure or a word.

    >>> units = frozenset(["亿元", "万元", "家"])
    >>> strange_units("（财政收入为万元）", units), strange_units("新增亿元企业，基数为150亿元", units)
    (['万元'], [])
    """
    found = []
    for unit in known:
        # one character, 家 or 个, is in too many words
        if len(unit) > 1 and re.search(rf"(?<![\d.亿万]){re.escape(unit)}(?![企以项工户产大楼])", text):
            found.append(unit)
    # 亿美元 holds no 美元
    return sorted(unit for unit in found if not any(unit != other and unit in other for other in found))


def _title_text(value: object) -> str:
    """The text of a cell above the header; a number counts where it is a year or month, a date where it shows one."""
    # a title typed as 2022年10月 is stored as a day
    if isinstance(value, datetime.date) and value.day == 1:
        return f"{value.year}年{value.month}月"
    if (
        isinstance(value, str)
        or (type(value) in (int, float) and 1949 <= value <= 2100)
        or _YEAR_MONTH.fullmatch(plain(value))
    ):
        return plain(value)
    return ""


_YEAR_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")


def name_witness(text: str, place: str) -> tuple[list[Witness], str]:
    """Return the periods that the name of a file or a sheet says, and what of one is left unread."""
    phrases = read_phrases(text.replace("_", " "))
    return [Witness(when, place) for when in phrases.found], phrases.left


def combine(witnesses: Sequence[Witness]) -> Witness | Conflict | None:
    """Return the most precise of witnesses, ordered from the farthest to the nearest, or two that contradict.

    A year contains its months, and a witness without a year has that of the others. Of two spans that end in one month
    the nearer one may be the part (第三季度 below 前三季度), never the farther one.

    >>> year, month = Witness(When(2022, 12, "year", "2022年"), "A1"), Witness(When(None, 10, "month", "10月"), "sheet")
    >>> combine([month, year]).when.period, combine([year]).when.period
    (Period(2022-10), Period(2022))
    >>> nine, ten = Witness(When(2022, 9, "ytd", "2022年1-9月"), "A1"), Witness(When(None, 10, "ytd", "1-10月"), "C2")
    >>> str(combine([nine, ten]))
    '2022年1-9月 (A1) and 1-10月 (C2)'
    """
    # two years never fit, whatever else is said
    years = [one for one in witnesses if one.when.year is not None]
    # said before anything about months: nothing of another year can be more precise
    for one in years[1:]:
        if one.when.year != years[0].when.year:
            return Conflict(years[0], one)
    best: Witness | None = None
    for one in witnesses:
        if best is None or (not best.when.precise and one.when.precise):
            best = one
        elif one.when.precise and not _contains(best.when, one.when):
            return Conflict(best, one)
        elif one.when.precise:
            best = one
    if best is None:
        return None
    if best.when.year is None and years:
        when = best.when
        return Witness(When(years[0].when.year, when.last, when.kind, when.text), best.place)
    return best


def _contains(far: When, near: When) -> bool:
    """Whether the nearer of two spans may be the one that is meant within the farther one."""
    # 前三季度 and 第三季度 end alike; the nearer one may be the part
    if far.last != near.last:
        # a half contains its quarters and months, and nothing else is a part of another month's end
        return far.kind == "half" and near.kind in ("quarter", "ytd", "month") and near.last < far.last
    if far.kind == "quarter" and near.kind in ("ytd", "half"):
        return False
    return not (far.kind == "half" and far.last == 12 and near.kind == "ytd")


def series_conflict(base: Sequence[Witness], columns: Sequence[Witness]) -> Conflict | None:
    """Return what contradicts in a title above several periods: it must be their year, or the latest of them."""
    spoken = combine(base)
    if isinstance(spoken, Conflict) or spoken is None or not columns:
        return spoken
    # a title above several months names the last of them, or their year
    latest = max(columns, key=lambda one: (one.when.year or spoken.when.year or 0, one.when.last))
    if spoken.when.year is not None and latest.when.year not in (None, spoken.when.year):
        return Conflict(spoken, latest)
    if spoken.when.precise and spoken.when.last != latest.when.last:
        return Conflict(spoken, latest)
    return None
