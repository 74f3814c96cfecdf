"""What is in force while a text is read from left to right: subject, period, the figures that words refer back to."""

import re
from dataclasses import dataclass, field

from zonereport.inputs.texts.codes import Codes
from zonereport.inputs.texts.model import LEVEL, MASKED, TIME, Fact, Token
from zonereport.inputs.texts.times import compares


@dataclass
class Scene:
    """The state of reading. ``period`` reigns over a paragraph, ``now`` over what follows in a sentence."""

    text: str
    year: str
    document_period: str
    codes: Codes
    facts: list[Fact] = field(default_factory=list)
    period: str = ""
    now: str = ""
    subject: str = ""
    topic: str = ""
    expected: bool = False
    aim: str = ""
    # level facts of the sentence, for growths, shares and lists to come
    levels: list[Fact] = field(default_factory=list)
    sentence_start: int = 0
    name: str = ""
    whole: str = ""
    place_name: str = ""
    # 规模以上工业企业 reigns over 完成工业增加值 further on in its sentence
    owner: str = ""
    # a project whose own name holds figures: up to where, and its name
    inside: tuple[int, str] = (0, "")

    def add(self, fact: Fact) -> Fact:
        """Take a fact in; what comes later may refer to it."""
        if not fact.subject:
            fact.subject = self.subject
        self.facts.append(fact)
        return fact

    def level(self, fact: Fact) -> Fact:
        """Take a fact in that growths, shares and completion rates of the sentence may be about."""
        self.levels.append(fact)
        self.name = fact.name
        return self.add(fact)

    @property
    def of_sentence(self) -> list[Fact]:
        """The facts of the sentence so far."""
        return [fact for fact in self.facts if fact.a >= self.sentence_start]


@dataclass
class Spot:
    """A token and the words around it: ``head`` is the clause before it, ``pieces`` all clauses since the last figure.

    ``raw`` is the head with its basis of comparison; ``tail`` are the words behind up to the next sign or figure.
    """

    token: Token
    head: str
    raw: str
    pieces: list[str]
    tail: str
    lead: str
    start: int
    sentence: str
    following: Token | None
    before: str
    qualifiers: list[str] = field(default_factory=list)

    @property
    def earlier(self) -> str:
        """The clause before the head."""
        return self.pieces[-2] if len(self.pieces) > 1 else ""


_BREAK = re.compile(r"[，：:；]|（(?=其中|含)")
_STOP = re.compile(r"[，；。、\n（）：]")


def spot_of(scene: Scene, token: Token, tokens: list[Token], start: int, end: int, consumed: int) -> Spot:
    """Return a token of the sentence from ``start`` to ``end`` with the words around it."""
    text = scene.text
    before = [one.b for one in tokens if one.b <= token.a and one.kind not in (TIME, MASKED)]
    previous = min(token.a, max([start, consumed, *before]))
    raw = _without_times(text, previous, token.a, tokens)
    pieces = _BREAK.split(raw)
    following = next((one for one in tokens if one.a >= token.b and one.kind not in (TIME, MASKED)), None)
    tail = _STOP.split(text[token.b : end])[0]
    if following is not None:
        tail = tail[: max(0, following.a - token.b)]
    return Spot(
        token, pieces[-1], pieces[-1], pieces, tail, raw, previous, text[start:end], following, text[start : token.a]
    )


def _without_times(text: str, a: int, b: int, tokens: list[Token]) -> str:
    """Return the words from ``a`` to ``b`` without the times that say when; those compared with stay."""
    words, place = [], a
    for token in tokens:
        if token.kind == TIME and a <= token.a and token.b <= b and not compares(text, token):
            words.append(text[place : token.a])
            place = token.b
    words.append(text[place:b])
    return "".join(words)


def is_level(fact: Fact) -> bool:
    """Whether a fact is an amount or a count of its own."""
    return fact.kind == LEVEL and bool(fact.value)
