"""Names of indicators as offices write them, and the code that each means."""

import difflib
import re
import unicodedata
from collections.abc import Callable

from zonereport.inputs.dictionary import Dictionary

_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_LEAD = re.compile(
    r"(?:#|\*+|[-—·•◆★]+|其中:?"
    r"|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.,:]|\d+(?:\.\d+)*[、.,:)](?!\d)|[IVX]+[、.,:](?!\d))"
)
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_QUOTES = re.compile("[\"'“”‘’「」『』《》]")
# notes that leave the meaning as it is; 含留抵退税, 同比 or 当月 in brackets make it another figure
_HARMLESS = re.compile(r"(?:本年|年初)?累计(?:数|值)?|(?:\d{4}年)?(?:1-)?\d{1,2}月(?:累计)?|注?\d*")


def code_of(name: str, dictionary: Dictionary) -> str | None:
    """The code that ``name`` means: a code, its Chinese or English name, or one of its aliases; else None.

    Full-width characters, spaces, quotation marks, 其中：, #, numbering (一、 (二) 1. ①) and units in brackets make no
    difference; anything else does. A name that would mean two codes means none.
    """
    codes = _index(dictionary).get(normalise(name, dictionary), set())
    if len(codes) == 1:
        return next(iter(codes))
    return None


def closest(name: str, dictionary: Dictionary, *, most: int = 3) -> list[str]:
    """The codes whose names look most like ``name``, best first: a suggestion for a person, never an answer."""
    index, wanted = _index(dictionary), normalise(name, dictionary)
    near = difflib.get_close_matches(wanted, index, n=3 * most, cutoff=0.4)
    # a name inside a longer wording is nearer to it than the share of its letters tells
    inside = sorted((key for key in index if len(key) > 2 and key in wanted), key=len, reverse=True)
    return list(dict.fromkeys(code for key in [*inside, *near] for code in sorted(index[key])))[:most]


def normalise(name: str, dictionary: Dictionary) -> str:
    """``name`` without the dress that tables put on it, units and notes in brackets among it."""
    return undressed(name, lambda note: _is_harmless(note, dictionary))


def undressed(name: str, harmless: Callable[[str], bool] = lambda note: False) -> str:
    """``name`` as it is compared: half-width, no spaces, quotes, numbering or leading 其中, small letters.

    Notes in brackets stay, but for those that are ``harmless``.

    >>> [undressed(t) for t in ("  #其中：工业投资", "一、工业　投资", "（三）GDP", "1.工业投资", "开票销售（万元）")]
    ['工业投资', '工业投资', 'gdp', '工业投资', '开票销售(万元)']
    """
    text = unicodedata.normalize("NFKC", _ENCLOSED.sub("", str(name)))
    text = re.sub(r"^\s*\d+(?:\.\d+)+\s+", "", text)
    text = _QUOTES.sub("", re.sub(r"[\s\u200b\ufeff]+", "", text)).replace("—", "-").replace("–", "-")
    text = _BRACKETS.sub(lambda match: "" if harmless(match[1]) else f"({match[1]})", text)
    while (match := _LEAD.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text.rstrip(":*,、。").casefold()


def _is_harmless(note: str, dictionary: Dictionary) -> bool:
    known = {unicodedata.normalize("NFKC", unit) for unit in dictionary.units}
    units = re.sub("^(?:计量)?单位:?", "", note)
    return bool(_HARMLESS.fullmatch(note)) or units in known or all(u in known for u in re.split("[/、,]", units))


def _index(dictionary: Dictionary) -> dict[str, set[str]]:
    """What each normalised name means."""
    index: dict[str, set[str]] = {}
    for code, row in dictionary.indicators.iterrows():
        for name in filter(None, (code, row["name_zh"], row["name_en"], *row["aliases"].split("|"))):
            index.setdefault(normalise(name, dictionary), set()).add(str(code))
    return index
