"""Names and what they stand for: exact after normalising, then by likeness, never a guess between two."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.workbook.words import CHANGING

# one character inserted into a name of five passes (0.909); 非工业投资 for 工业投资 (0.889) must not
ALIKE = 0.9
# a second name this near to the best one makes the match ambiguous
MARGIN = 0.04
# names this near are worth showing to somebody who has to choose
NEAR = 0.6
SHOWN = 3


@dataclass(frozen=True)
class Match:
    """What a name was matched to: ``meaning`` or None, ``exact`` or by likeness, else the names to choose from."""

    meaning: str | None
    exact: bool = False
    candidates: tuple[str, ...] = ()


class Names:
    """An index of names: pairs of a name and its meaning; several names may have one meaning.

    >>> names = Names([("工业投资", "a"), ("工业固定资产投资", "a"), ("一般公共预算收入", "b"), ("工业税收", "c")])
    >>> names.match("工业　投资"), names.match("一般公共预算收入额")
    (Match(meaning='a', exact=True, candidates=()), Match(meaning='b', exact=False, candidates=('一般公共预算收入',)))
    >>> names.match("一般公共预算总收入").meaning is None
    True
    >>> names.match("非工业投资").meaning, names.match("非工业投资").candidates
    (None, ('工业投资', '工业固定资产投资'))
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]):
        self._names = {}
        self._meanings = {}
        for name, meaning in pairs:
            self._names.setdefault(undressed(name), name)
            self._meanings.setdefault(undressed(name), meaning)
        self._seen: dict[str, Match] = {}

    def items(self) -> Iterable[tuple[str, str]]:
        """The names, as they are compared, with their meanings."""
        return self._meanings.items()

    def get(self, text: str) -> str | None:
        """The meaning of a name that is known exactly."""
        if text:
            return self._meanings.get(undressed(text))
        return None

    def of_parts(self, *parts: str) -> str | None:
        """The meaning of the one name that has just the characters of ``parts``, in any order.

        >>> Names([("引进海外高层次人才", "a")]).of_parts("引进高层次人才", "海外")
        'a'
        """
        wanted = sorted("".join(map(undressed, parts)))
        found = set()
        for name in self._meanings:
            if sorted(name) == wanted:
                found.add(self._meanings[name])
        if len(found) == 1:
            return found.pop()
        return None

    def match(self, text: str) -> Match:
        """The best match of a name."""
        key = undressed(text)
        if key in self._meanings:
            return Match(self._meanings[key], True)
        if key not in self._seen:
            self._seen[key] = self._alike(key)
        return self._seen[key]

    def _alike(self, key: str) -> Match:
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        found = []
        for name in self._meanings:
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
                found.append((-matcher.ratio(), name))
        found.sort()
        candidates = tuple(self._names[name] for _, name in found[:SHOWN])
        if not found or -found[0][0] < ALIKE:
            return Match(None, False, candidates)
        if _differing(found[0][1], key) & CHANGING:
            return Match(None, False, candidates)
        best = self._meanings[found[0][1]]
        rivals = {self._meanings[name] for ratio, name in found if ratio <= found[0][0] + MARGIN}
        if rivals == {best}:
            return Match(best, False, candidates[:1])
        return Match(None, False, candidates)


def _differing(one: str, other: str) -> set[str]:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    characters: set[str] = set()
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            characters |= set(one[i:j] + other[k:m])
    return characters
