"""What a clerk would ask about figures that are sound one by one: each doubt has a name, and is accepted by it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.book import Book, fault_at
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.outcome import Merged
from zonereport.inputs.workbook.record import Place, Record
from zonereport.language import tr

FILE = "accepted.csv"
COLUMNS = ("kind", "code", "entity", "period", "value")
# a month that adds more than this many times the mean of its year's earlier months is asked about
JUMP = 3
# a cumulative figure that falls below this share of the last one looks like a month's figure
FALL = 0.5
# growth is printed in %: a whole column below this looks like shares of one (0.032 for 3.2 %)
SMALL_GROWTH = 0.5
# where no format can be read, 1.5 may be shown as 150%
UNSEEN_GROWTH = 2
# and a column that lies between these throughout looks like an index
INDEX = (85, 130)
ENTITY = {"indicators": "park", "peers": "peer"}


@dataclass(frozen=True)
class Doubt:
    """One doubt about one figure: its kind, what it is about, and the fault that asks."""

    kind: str
    code: str
    entity: str
    period: str
    value: str
    fault: Fault

    @property
    def key(self) -> tuple[str, ...]:
        """What an answer is remembered by: another value is another doubt."""
        return self.kind, self.code, self.entity, self.period, self.value


class Doubts:
    """Finds the doubts about the records of one book, merged into the tables that stand."""

    def __init__(self, book: Book, merged: Merged, dictionary: Dictionary):
        self.book, self.merged, self.dictionary = book, merged, dictionary

    def all(self, records: Iterable[Record]) -> list[Doubt]:
        """Return every doubt, in the order of the book."""
        doubts = list(self._growth(records))
        for table, entity in ENTITY.items():
            if table in self.merged.origins:
                figures = self._figures(table, entity)
                for place, record in sorted(self.merged.origins[table].items()):
                    doubts += self._of_row(table, self.merged.rows[table][place], record, entity, figures)
                doubts += self._missing(table, entity, figures)
        return doubts

    def _doubt(self, kind: str, row: dict[str, str], entity: str, place: Place, value: str, expected: str) -> Doubt:
        code = row.get("code", "")
        named = tr("{expected}; if it is so: --accept {kind}:{code}", expected=expected, kind=kind, code=code)
        fault = fault_at(
            self.book, place.sheet, place.row, place.column, value, named, header=place.header, severity="question",
            answer=f"{kind}:{code}",
        )  # fmt: skip
        return Doubt(kind, code, row.get(entity, ""), row.get("period", ""), value, fault)

    def _growth(self, records: Iterable[Record]) -> Iterator[Doubt]:
        """Ask about columns of growth that look like shares or indices, where no cell has a percent sign."""
        columns: dict[tuple[str, int], list[Record]] = {}
        for record in records:
            place = record.places.get("growth_pct")
            if place is not None and _number(record.cells.get("growth_pct", "")) is not None:
                columns.setdefault((place.sheet.name, place.column), []).append(record)
        for group in columns.values():
            growths = [_number(record.cells["growth_pct"]) or 0.0 for record in group]
            kind, expected = _odd_growth(growths, group[0].places["growth_pct"].sheet.formats_known)
            # a percent sign in the cell settles it: 0.5% is half a percent
            if kind and not any(record.percent for record in group):
                place, growth = group[0].places["growth_pct"], group[0].cells["growth_pct"]
                yield self._doubt(kind, group[0].cells, "park", place, growth, expected)

    def _figures(self, table: str, entity: str) -> dict[tuple[str, str], dict[Period, float]]:
        """Return the figures of a table in the unit of the dictionary, by code and entity, the last received."""
        figures: dict[tuple[str, str], dict[Period, float]] = {}
        # revisions stand behind what they revise: the last received counts
        for row in sorted(self.merged.rows[table], key=lambda row: row.get("vintage", "")):
            value, when = self._own(row), _period(row["period"])
            if value is not None and when is not None:
                figures.setdefault((row["code"], row[entity]), {})[when] = value
        return figures

    def _own(self, row: dict[str, str]) -> float | None:
        value = _number(row.get("value", ""))
        if value is None:
            return None
        try:
            return self.dictionary.to_own_unit(row["code"], value, row["unit"])
        except (KeyError, ValueError, OverflowError):
            return None

    def _of_row(self, table: str, row: dict[str, str], record: Record, entity: str, figures: dict) -> Iterator[Doubt]:
        value, when = self._own(row), _period(row["period"])
        place = record.places.get("value")
        # a growth or a rank alone has no size
        if value is None or when is None or place is None:
            return
        code, unit = row["code"], self.dictionary.indicators.at[row["code"], "unit"]
        most = self.dictionary.most(code)
        # a hundred times too large is 万元 read as 亿元 more often than anything else
        if most is not None and abs(value) > most:
            expected = tr(
                "a figure of a zone, at most {most} {unit}; is it in another unit?", most=number_text(most), unit=unit
            )
            yield self._doubt("size", row, entity, place, row["value"], expected)
        if record.month_value is not None and record.month_value > abs(_number(row["value"]) or 0.0) and when.last > 1:
            expected = tr(
                "a cumulative figure of at least that of the month, {value}",
                value=number_text(record.month_value),
            )
            yield self._doubt("swapped", row, entity, place, row["value"], expected)
        series = figures.get((code, row[entity]), {})
        yield from self._against_last(row, entity, place, value, when, series)

    def _against_last(
        self, row, entity: str, place: Place, value: float, when: Period, series: dict
    ) -> Iterator[Doubt]:
        """Compare a cumulative figure with the last one of its year."""
        indicator = self.dictionary.indicators.loc[row["code"]]
        earlier = []
        for one in series:
            if one.year == when.year and one.kind == when.kind == "month" and one < when:
                earlier.append(one)
        if indicator["nature"] != "flow_ytd" or not earlier:
            return
        last = max(earlier)
        before, unit = series[last], indicator["unit"]
        # counts of a few projects jump and stand still: only amounts are compared
        if before <= 0 or indicator["decimals"] == 0:
            return
        # one of the four at most: the first that fits says what is odd
        known = tr("{before} {unit} at {last}", before=number_text(before), unit=unit, last=last)
        if value == before:
            yield self._doubt(
                "same",
                row,
                entity,
                place,
                row["value"],
                tr("another figure than that of the month before, {known}", known=known),
            )
        elif value < FALL * before:
            yield self._doubt(
                "fall",
                row,
                entity,
                place,
                row["value"],
                tr("a cumulative figure, not that of a month: {known}", known=known),
            )
        elif (value - before) / (when.last - last.last) > JUMP * before / last.last:
            expected = tr(
                "a month that adds at most {times} times the mean of its year: {known}", times=JUMP, known=known
            )
            yield self._doubt("jump", row, entity, place, row["value"], expected)

    def _missing(self, table: str, entity: str, figures: dict) -> Iterator[Doubt]:
        """Ask about peers and parks that had a figure the month before and have none, while others have."""
        asked: set[tuple[str, str]] = set()
        for _, record in sorted(self.merged.origins[table].items()):
            code, when = record.cells.get("code", ""), _period(record.cells.get("period", ""))
            if when is None or not record.cells.get(entity):
                continue
            for (other_code, other), series in figures.items():
                # only where others have reported: nobody is late who has no month yet
                gone = other and other_code == code and when.previous in series and when not in series
                if gone and (other, str(when)) not in asked:
                    asked.add((other, str(when)))
                    expected = tr(
                        "a figure of {other}, which has one of {before} and none of {period}",
                        other=other,
                        before=when.previous,
                        period=when,
                    )
                    row = {"code": code, entity: other, "period": str(when)}
                    yield self._doubt("missing", row, entity, record.label, other, expected)


def _odd_growth(growths: list[float], formats_known: bool) -> tuple[str, str]:
    """Return the kind of doubt about a column of growth, and what was expected; two empty texts for none."""
    if all(INDEX[0] <= growth <= INDEX[1] for growth in growths):
        return "growth-index", tr("growth in %, such as 3.2; a column around 100 throughout may be an index (上年=100)")
    if not any(growths):
        return "", ""
    if all(abs(growth) < SMALL_GROWTH for growth in growths):
        return "growth-small", tr("growth in %, such as 3.2; a column below 0.5 throughout may be shares of one")
    if not formats_known and all(abs(growth) < UNSEEN_GROWTH for growth in growths):
        return (
            "growth-format",
            tr("growth in %, such as 3.2; no format of this file can be read: 0.032 may show as 3.2%"),
        )
    return "", ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except Refused:
        return None


def unanswered(doubts: list[Doubt], accepted: Iterable[str], folder: Path) -> tuple[list[Fault], str]:
    """Return the faults of doubts that nobody has answered, and the text of the file of all answers, if it is new.

    ``accepted`` are kinds (jump) or kinds with a code (jump:invoiced_sales); what was accepted before is in ``folder``.
    """
    path = folder / FILE
    remembered: list[tuple[str, ...]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            remembered = []
            for row in csv.DictReader(stream):
                remembered.append(tuple(row.get(name) or "" for name in COLUMNS))
    answers = set(accepted)
    faults, fresh = [], []
    # the answer was for this value of this month: another value is asked again
    for doubt in doubts:
        if doubt.key in remembered:
            continue
        if doubt.fault.answered_by(answers):
            fresh.append(doubt.key)
        else:
            faults.append(doubt.fault)
    if not fresh:
        return faults, ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *remembered, *fresh])
    return faults, text.getvalue()
