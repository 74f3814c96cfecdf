"""How much room texts need: that of the labels beside a chart, and that behind its bars."""

import unicodedata
from collections.abc import Iterable

from zonereport.present.theme import WIDTH_IN

# inches: the width of a Chinese character at 9 pt, what stands between things, and the least that bars get
EM, GAP, LEAST = 0.128, 0.2, 0.3


def inches(text: str) -> float:
    """The width of the longest line of a text at 9 pt.

    >>> round(inches("企业"), 3), round(inches("企业\\n1"), 3), round(inches("35"), 3)
    (0.256, 0.256, 0.151)
    """
    return EM * max(
        sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.59 for c in line) for line in text.split("\n")
    )


def reach(ends: Iterable[float], texts: Iterable[str], *, width: float) -> float:
    """Up to which value an axis of ``width`` inches must go so that each text fits behind its bar; above zero.

    >>> round(reach([10.0], ["企业企业"], width=3.0), 2)
    13.11
    """
    rest = [max(width - inches(text) - GAP, LEAST * width) for text in texts]
    return max((end * width / left for end, left in zip(ends, rest, strict=True)), default=1.0) or 1.0


def beside_labels(labels: Iterable[str]) -> float:
    """The width in inches that is left for bars beside their labels."""
    return WIDTH_IN - max(map(inches, labels)) - GAP
