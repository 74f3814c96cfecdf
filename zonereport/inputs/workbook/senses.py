"""What a heading or a row label says, word by word: nothing of it is dropped on the way to a match."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from zonereport.inputs.workbook.cells import plain
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.phrases import When, read_phrases
from zonereport.inputs.workbook.words import FREQUENCIES, WORD_TAGS

# brackets of every width; what stands in them may change the meaning of what stands before
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# punctuation between words: it separates, and says nothing
_NOTHING = re.compile(r"[\s:,;、/.。·_\-*#'\"“”‘’()\[\]\0]+")
_UNIT_WORD = re.compile(r"(?:计量)?单位:?")


@dataclass
class Sense:
    """What was understood of a text: tags of words.TAGS, units, periods, and the words that nobody knows.

    ``bracketed`` are the tags that stand in brackets or behind a name, where an exact heading has none.
    """

    tags: set[str] = field(default_factory=set)
    bracketed: set[str] = field(default_factory=set)
    units: list[str] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, other: "Sense", *, bracketed: bool = False) -> None:
        """Take over what another part of the same heading says."""
        self.tags |= other.tags
        self.bracketed |= other.bracketed
        if bracketed:
            self.bracketed |= other.tags
        self.units += other.units
        self.whens += other.whens
        self.unknown += other.unknown


def words_of(text: str, units: frozenset[str]) -> Sense:
    """Return the sense of words without a name in them: every one is a tag, a unit, a period, or unknown.

    >>> sense = words_of("本月止累计（亿元）", frozenset(["亿元"]))
    >>> sense.tags, sense.units, sense.unknown
    ({'cumulative'}, ['亿元'], [])
    >>> words_of("增速（同口径）", frozenset()).unknown
    ['同口径']
    """
    tags, found_units, whens, unknown = _words(plain(text), units)
    return Sense(set(tags), set(), list(found_units), list(whens), list(unknown))


@lru_cache(maxsize=20_000)
def _words(text: str, units: frozenset[str]) -> tuple[tuple, tuple, tuple, tuple]:
    phrases = read_phrases(text)
    tags, found_units, unknown = [], [], []
    # a piece of a period that was not read is a strange word, too
    if phrases.left:
        unknown.append(phrases.left)
    rest = _UNIT_WORD.sub("", phrases.rest)
    for piece in filter(None, _NOTHING.split(rest)):
        # 频度 of a database: how often, not what
        if piece in FREQUENCIES:
            continue
        for word, known in _longest(piece, units):
            if not known:
                unknown.append(word)
            elif word in units:
                found_units.append(word)
            else:
                tags.append(WORD_TAGS[word])
    return tuple(tags), tuple(found_units), phrases.found, tuple(unknown)


def _longest(piece: str, units: frozenset[str]) -> list[tuple[str, bool]]:
    """Cut a piece into known words, the longest first, and what lies between them."""
    found, position, strange = [], 0, ""
    while position < len(piece):
        word = _known_at(piece, position, units)
        if not word:
            strange += piece[position]
            position += 1
            continue
        if strange:
            found.append((strange, False))
        found.append((word, True))
        strange = ""
        position += len(word)
    if strange:
        found.append((strange, False))
    # one character of a strange word may look like a word of ours: it is not taken for one
    if any(not known for _, known in found) and sum(len(word) for word, known in found if known) < len(piece) / 2:
        return [(piece, False)]
    return found


def _known_at(piece: str, position: int, units: frozenset[str]) -> str:
    # the longest first: 同比增长 before 同比, or 增长 would stay unread
    for length in range(min(8, len(piece) - position), 0, -1):
        word = piece[position : position + length]
        if word in WORD_TAGS or word in units:
            return word
    return ""


def named(
    text: str, lookups: list[tuple[str, Callable[[str], str | None]]], units: frozenset[str]
) -> tuple[str, str, Sense]:
    """Find the one name in a text: its kind, what it means, and the sense of every other word.

    ``lookups`` are tried in order, first on the whole text, then without brackets that are understood, then with known
    words before or behind the name. Without a name the kind is empty and the sense is that of all words.
    """
    text = plain(text)
    # a name with brackets of its own, 工商税收（含留抵退税）, comes before any bracket is taken apart
    for kind, look in lookups:
        if meaning := look(text):
            return kind, meaning, Sense()
    base, sense = without_brackets(text, units)
    phrases = read_phrases(base)
    if phrases.found and not phrases.left:
        base = phrases.rest
        sense.whens += phrases.found
    base = base.strip(" _-:,、/·")
    for kind, look in lookups:
        if base and (meaning := look(base)):
            return kind, meaning, sense
    # 工业投资增速: the longest name whose other words are all known
    for cut_base, rest in _cuts(base):
        rest_sense = words_of(rest, units)
        if rest_sense.unknown:
            continue
        for kind, look in lookups:
            if meaning := look(cut_base):
                sense.add(rest_sense, bracketed=True)
                return kind, meaning, sense
    sense.add(words_of(base, units))
    return "", "", sense


def _cuts(base: str) -> list[tuple[str, str]]:
    """Return every way to cut words off the end or the beginning of a text, the longest name first."""
    cuts = []
    for length in range(len(base) - 1, 1, -1):
        cuts.append((base[:length].rstrip(" _-:,、/·±"), base[length:]))
        cuts.append((base[-length:].lstrip(" _-:,、/·"), base[:-length]))
    return cuts


def without_brackets(text: str, units: frozenset[str]) -> tuple[str, Sense]:
    """Return a text without its brackets, and the sense of what stood in them."""
    sense = Sense()
    for note in _BRACKETS.findall(text):
        if re.fullmatch(r"[一二三四五六七八九十\d]+", note):
            continue
        sense.add(words_of(note, units), bracketed=True)
    base = _BRACKETS.sub(lambda m: m[0] if re.fullmatch(r"[一二三四五六七八九十\d]+", m[1]) else "", text)
    return base.strip(), sense


def heading_lookups(context: Context, table: str) -> list[tuple[str, Callable[[str], str | None]]]:
    """Return what a heading of a table may name: its columns, and where it has them indicators, parks, peers."""
    columns = context.columns[table]
    has = set(context.schemas[table].columns)
    lookups = [("column", columns.get)]
    if {"code", "value"} <= has:
        lookups.append(("code", context.indicators.get))
    if "park" in has and "value" in has:
        lookups.append(("park", context.parks.get))
    if "peer" in has:
        lookups.append(("peer", context.peers.get))
    return lookups
