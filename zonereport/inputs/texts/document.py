"""A document read whole: every fact as a row with its place and its doubts, every other number with its reason."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.texts.blocks import Block
from zonereport.inputs.texts.codes import Codes
from zonereport.inputs.texts.entities import Entity, find_entities
from zonereport.inputs.texts.facts import Facts, extract
from zonereport.inputs.texts.files import read_file
from zonereport.inputs.texts.model import Fact, Token
from zonereport.inputs.texts.plain import Plain, plain
from zonereport.inputs.texts.rows import Number, Row, add_doubts, row_of, row_of_table
from zonereport.inputs.texts.statements import Statement, find_statements
from zonereport.inputs.texts.tables import TableReading, read_tables_of
from zonereport.inputs.texts.times import canonical, spoken
from zonereport.inputs.workbook.context import Context, source_for


@dataclass(frozen=True)
class Placed:
    """Something with the locator of its block."""

    locator: str
    thing: Entity | Statement


@dataclass(frozen=True)
class Document:
    """What a text holds for a zone.

    ``period`` is that of the text as tables write it (empty where it cannot be said), ``said`` as the text says it;
    ``source`` the id in zone.yml, else ``new_source`` for an entry to come; ``rows`` the facts in the order of the
    text; ``numbers`` all other numbers; ``times`` counts the numerals that say when; ``subject`` is the zone that the
    text names.
    """

    path: Path
    sha256: str
    period: str
    said: str
    source: str
    new_source: str
    subject: str
    title: str
    rows: tuple[Row, ...]
    numbers: tuple[Number, ...]
    times: int
    entities: tuple[Placed, ...] = ()
    statements: tuple[Placed, ...] = ()
    questions: tuple[Fault, ...] = ()
    characters: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def ready(self) -> list[Row]:
        """The rows that stand in their sheets; all others wait for a person."""
        return [row for row in self.rows if row.table]


class Flow:
    """The paragraphs of a document as one text, which knows the block of each of its characters."""

    def __init__(self, blocks: Sequence[Block]):
        self.starts: list[int] = []
        self.locators: list[str] = []
        parts, length = [], 0
        for block in blocks:
            if block.grid:
                continue
            self.starts.append(length)
            self.locators.append(block.locator)
            parts.append(block.text)
            length += len(block.text) + 1
        self.text = "\n".join(parts)

    def locator(self, offset: int) -> str:
        """Return the place of a character of the text."""
        found = ""
        for start, locator in zip(self.starts, self.locators, strict=True):
            if start > offset:
                break
            found = locator or found
        return found


def read_document(path: Path, context: Context, root: Path, *, period: str = "", source: str = "") -> Document:
    """Read a text for a zone; ``period`` and ``source`` where the caller says them.

    Raises InputError where the file cannot be read, holds no number, or contradicts ``period`` or ``source``.
    """
    path = Path(path)
    asked = _asked_period(path, period)
    blocks = read_file(path)
    flow = Flow(blocks)
    text = plain(flow.text)
    folder = root / "data"
    codes = Codes.of(context.dictionary, folder / "dictionary", folder / context.code)
    facts = _extracted(path, text, codes, asked)
    said = facts.period
    if asked and not canonical(said):
        said = spoken(str(asked))
    of_text = canonical(said) or (str(asked) if asked else "")
    tables = read_tables_of(path, blocks, context, of_text)
    if not (facts.facts or facts.left or facts.times or tables.facts or tables.numbers):
        raise InputError([Fault(path.name, None, None, "no number", "a text with figures")])
    reader = _Rows(flow, text, facts, codes, context)
    rows = reader.rows(tables)
    add_doubts(rows, context, facts.subject)
    named = _source(path, context, of_text, source)
    title = next((block.text.strip()[:60] for block in blocks if block.text.strip()), "")
    return Document(
        path=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        period=of_text,
        said=said,
        source=named,
        new_source="" if named else _new_source(context, of_text),
        subject=facts.subject,
        title=title,
        rows=tuple(rows),
        numbers=tuple(reader.numbers(tables)),
        times=len(facts.times),
        entities=tuple(Placed(reader.locator(one.a), one) for one in find_entities(text)),
        statements=tuple(Placed(reader.locator(one.a), one) for one in find_statements(text)),
        questions=tables.questions,
        characters=len(text.text),
    )


def _asked_period(path: Path, period: str) -> Period | None:
    if not period:
        return None
    try:
        return Period.parse(period)
    except Refused as error:
        raise InputError([Fault(path.name, None, "--period", period, str(error).split("; expected ")[-1])]) from None


def _extracted(path: Path, text: Plain, codes: Codes, asked: Period | None) -> Facts:
    """Read the facts; a period that was asked for completes what the text says, and must not contradict it."""
    facts = extract(text.text, codes)
    if asked is None:
        return facts
    own = canonical(facts.period)
    if own and _contradicts(Period.parse(own), asked):
        expected = f"the period of the text, {own} ({facts.period}); leave --period out, or hand in the right text"
        raise InputError([Fault(path.name, None, "--period", str(asked), expected)])
    relative = re.search(r"(?:1-)?(\d{1,2})月", facts.period)
    if not facts.year and relative and asked.kind == "month" and int(relative[1]) != asked.last:
        expected = f"the period of the text, {facts.period}"
        raise InputError([Fault(path.name, None, "--period", str(asked), expected)])
    if facts.year:
        return facts
    return extract(text.text, codes, period=spoken(str(asked)), year=str(asked.year))


def _contradicts(own: Period, asked: Period) -> bool:
    if own.year != asked.year:
        return True
    # a text of the whole year may be read as of December, and the other way round
    if "year" in (own.kind, asked.kind):
        return False
    return own.last != asked.last


def _source(path: Path, context: Context, period: str, source: str) -> str:
    """Return the id of the source: the one that was named, else the only one that covers the year of the text."""
    sources = {one.id: one for one in context.about.sources}
    if source and source not in sources:
        expected = f"a source of {context.code}/zone.yml: {', '.join(sources) or 'none yet'}"
        raise InputError([Fault(path.name, None, "--source", source, expected)])
    if source:
        if period and not sources[source].is_of(Period.parse(period).year):
            expected = f"a source that covers {period}; {source} covers {sources[source].covers}"
            raise InputError([Fault(path.name, None, "--source", source, expected)])
        return source
    if not period:
        return ""
    return source_for(context.about, Period.parse(period).year)


def _new_source(context: Context, period: str) -> str:
    """Return an id for a source that zone.yml does not have yet."""
    taken = {source.id for source in context.about.sources}
    name = base = f"text-{period.lower() or 'new'}"
    number = 2
    while name in taken:
        name = f"{base}-{number}"
        number += 1
    return name


class _Rows:
    """Makes rows of facts: their words and their places in the original."""

    def __init__(self, flow: Flow, text: Plain, facts: Facts, codes: Codes, context: Context):
        self.flow, self.text, self.facts = flow, text, facts
        self.codes, self.context = codes, context

    def locator(self, offset: int) -> str:
        """Return the block of a character of the plain text."""
        return self.flow.locator(self.text.place(offset))

    def rows(self, tables: TableReading) -> list[Row]:
        """Return a row for each fact, of the text first, then of its tables."""
        rows = []
        for fact in self.facts.facts:
            rows.append(row_of(fact, self.locator(_spot(fact).a), *self.quote(fact), self.codes))
        for fact in tables.facts:
            rows.append(row_of_table(fact, self.context))
        return rows

    def numbers(self, tables: TableReading) -> list[Number]:
        """Return every number that is no fact and says no time."""
        numbers = []
        for one in self.facts.left:
            quote, _ = self._clause(one.a, one.b)
            numbers.append(Number(one.text, self.locator(one.a), one.reason, quote))
        for one in tables.numbers:
            numbers.append(Number(one.text, one.locator, one.reason, one.quote))
        return numbers

    def quote(self, fact: Fact) -> tuple[str, tuple[int, int]]:
        """Return the words of a fact in the original, and where its number stands in them."""
        token = _spot(fact)
        a, b = fact.a, max(fact.b, token.b)
        clause, start = self._clause(min(a, token.a), b)
        first = self.text.place(token.a) - start
        last = self.text.place(token.b - 1) + 1 - start
        return clause, (max(0, first), max(0, last))

    def _clause(self, a: int, b: int) -> tuple[str, int]:
        """Return the clause around a stretch of the plain text as the original has it, and where it begins there."""
        words = self.text.text
        while a < b and words[a] in "，。；;、\n ":
            a += 1
        while a > 0 and words[a - 1] not in "，。；\n":
            a -= 1
        while b < len(words) and words[b] not in "，。；、\n）":
            b += 1
        start, end = self.text.place(a), self.text.place(max(a, b - 1)) + 1
        original = self.flow.text[start:end]
        return original, start


def _spot(fact: Fact) -> Token:
    return fact.tokens[0]


__all__ = ["Document", "Flow", "Placed", "read_document"]
