"""No character without a glyph: what the typeface cannot show is replaced by a mark, and the page says so."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from bs4 import BeautifulSoup, NavigableString

from zonereport import fonts

# the printers' mark for a character that the type case lacks
STAND_IN = "〓"
_WHITE = set("\n\r\t ")
# what has no shape of its own: marks of direction and width, and what ends a line elsewhere
_SHAPELESS = {"Cf": "", "Cc": "", "Zl": " ", "Zp": " ", "Mn": "", "Cn": ""}


@cache
def covered() -> frozenset[int]:
    """Return the code points that every weight of the typeface can show."""
    # slow, and a run that finds nothing to do needs none
    from fontTools.ttLib import TTFont

    tables = []
    for file in fonts.faces().values():
        with TTFont(file, lazy=True) as font:
            # only code points are wanted: with any names at hand the outlines are not read for the glyphs' own
            font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
            tables.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*tables)


def mended(text: str, lacking: set[str] | None = None) -> str:
    """Return a text that the typeface can show; what stands for another character is added to ``lacking``.

    >>> mended("月的\\u200b码头\\U00030EDD"), mended("e\\u0301"), mended("江北\\u2028新区")
    ('月的码头〓', 'é', '江北 新区')
    """
    known = covered()
    if all(ord(character) in known or character in _WHITE for character in text):
        return text
    pieces = []
    # composed first: the typeface has é, and no accent to put over an e
    for character in unicodedata.normalize("NFC", text):
        if ord(character) in known or character in _WHITE:
            pieces.append(character)
            continue
        kind = unicodedata.category(character)
        if kind not in _SHAPELESS and lacking is not None:
            lacking.add(character)
        pieces.append(_SHAPELESS.get(kind, STAND_IN))
    return "".join(pieces)


def mend(body: BeautifulSoup, *others: Iterable[str]) -> None:
    """Replace in a page what the typeface cannot show, and say at its end which characters those were.

    ``others`` are texts that are printed elsewhere: on the cover, in charts.
    """
    lacking: set[str] = set()
    for text in body.find_all(string=True):
        better = mended(text, lacking)
        if better != text:
            text.replace_with(NavigableString(better))
    for texts in others:
        for text in texts:
            mended("".join(sorted(set(text))), lacking)
    if not lacking:
        return
    note = body.new_tag("aside", attrs={"class": "notice", "aria-label": "提示"})
    paragraph = body.new_tag("p")
    names = "、".join(f"U+{ord(character):04X}" for character in sorted(lacking))
    paragraph.string = f"以下字符不在本报告的字库中，文中以“{STAND_IN}”代替：{names}。"
    note.append(paragraph)
    body.append(note)
