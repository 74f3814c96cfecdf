"""No character without a glyph: the gate both formats pass before anything is written."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from zonereport import fonts
from zonereport.publish.errors import PublishError

_INVISIBLE = set("\n\r\t ")


@cache
def covered() -> frozenset[int]:
    """Return the code points that every weight of the typeface can show."""
    from fontTools.ttLib import TTFont

    tables = []
    for file in fonts.faces().values():
        with TTFont(file, lazy=True) as font:
            # only code points are wanted: with any names at hand the outlines are not read for the glyphs' own
            font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
            tables.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*tables)


def check(pieces: Iterable[tuple[str, str]]) -> None:
    """Look at (where, text) pairs for characters the typeface cannot show.

    Raises:
        PublishError: there is one; the message has the character, its code point, its name and the text.
    """
    known = covered()
    for where, text in pieces:
        for place, character in enumerate(text):
            if ord(character) not in known and character not in _INVISIBLE:
                around = " ".join(text[max(0, place - 12) : place + 12].split())
                name = unicodedata.name(character, "no name")
                raise PublishError(
                    f"no glyph for {character!r} (U+{ord(character):04X}, {name}) in {fonts.FAMILY}, "
                    f"wanted in {where}: «{around}»"
                )
