"""What a text is read into: tokens of its numerals, facts, and numbers that are none."""

from dataclasses import dataclass, field

# kinds of tokens
TIME, LEVEL, PERCENT, TIMES, POINTS, PLACE, RUN, MASKED, DOUBLED, UNCHANGED = (
    "time",
    "level",
    "percent",
    "times",
    "points",
    "place",
    "run",
    "masked",
    "doubled",
    "unchanged",
)
# how far a fact may be trusted
HIGH, MIDDLE, LOW = "高", "中", "低"


@dataclass(eq=False)
class Token:
    """A numeral of the text: what it is, from ``a`` to ``b``, its value and unit; ``reason`` why it is no figure."""

    kind: str
    a: int
    b: int
    text: str
    value: str = ""
    unit: str = ""
    qualifiers: list[str] = field(default_factory=list)
    reason: str = ""


@dataclass(eq=False)
class Fact:
    """One figure that a text states of a subject; an empty ``subject`` is the zone that the text is about.

    ``value`` is as written, in ``unit``; a growth alone has no value. ``a`` and ``b`` bound the words it was read from;
    ``tokens`` are the numerals it uses up; ``hints`` is what a person should look at.
    """

    name: str
    value: str
    unit: str
    period: str
    a: int
    b: int
    qualifiers: list[str] = field(default_factory=list)
    growth: str = ""
    rank: str = ""
    rank_of: str = ""
    subject: str = ""
    code: str = ""
    confidence: str = MIDDLE
    tokens: list[Token] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    kind: str = LEVEL

    def qualify(self, *words: str) -> None:
        """Add qualifiers that the fact does not have yet."""
        for word in words:
            if word and word not in self.qualifiers:
                self.qualifiers.append(word)


@dataclass(frozen=True)
class Left:
    """A number of the text that became no fact, and why."""

    a: int
    b: int
    text: str
    reason: str
