"""Characters that no report can print: found at their cell, before anything is built."""

import re
import unicodedata
from functools import cache

# what every Chinese typeface has: texts of these alone are not looked at closer
_SURE = re.compile(
    r"[ -~\u4e00-\u9fa5\uff01-\uff5e\u3000-\u3002\u3008-\u3011\u2014\u2018\u2019\u201c\u201d\u2026\u00b7]*"
)
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def unprintable(text: str) -> str:
    """Return the first character of a text that cannot be printed, or an empty text.

    Control, direction, zero-width and private characters, marks that stand on no letter, and what the typeface lacks. A
    rare ideograph is a name's own and no fault: publishing has a stand-in for it.

    >>> unprintable("南京（仪征）①ＡＢＣ㎡公司"), unprintable("甲\\u200b公司")
    ('', '\\u200b')
    >>> unprintable("乙\\u202e"), unprintable("\\u0301甲")
    ('\\u202e', '\\u0301')
    """
    if _SURE.fullmatch(text):
        return ""
    for place, character in enumerate(text):
        if _SURE.fullmatch(character) or _IDEOGRAPH.fullmatch(character):
            continue
        category = unicodedata.category(character)
        if category[0] == "C" or category in ("Zl", "Zp"):
            return character
        lone = category[0] == "M" and (place == 0 or unicodedata.category(text[place - 1])[0] not in "LM")
        if lone or ord(character) not in _covered():
            return character
    return ""


def described(character: str) -> str:
    """Return the code point and the name of a character.

    >>> described("\\u200b")
    'U+200B ZERO WIDTH SPACE'
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def visible(text: str) -> str:
    """Return a text with its invisible characters written out, for somebody who has to find them.

    >>> visible("甲\\u200b公司")
    '甲<U+200B>公司'
    """
    shown = []
    for character in text:
        invisible = unicodedata.category(character)[0] == "C" or unicodedata.category(character) in ("Zl", "Zp")
        shown.append(f"<U+{ord(character):04X}>" if invisible else character)
    return "".join(shown)


@cache
def _covered() -> frozenset[int]:
    """The code points that every face of the report's typeface can show."""
    # 0.2 s, and only texts with unusual characters need it
    from fontTools.ttLib import TTFont

    from zonereport import fonts

    tables = []
    for file in fonts.faces().values():
        with TTFont(file, lazy=True) as font:
            tables.append(frozenset(font["cmap"].getBestCmap()))
    return frozenset.intersection(*tables)
