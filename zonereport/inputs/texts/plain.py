"""A text as the rules read it: simplified script, half-width figures, whole lines; every character knows its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# full-width signs that the rules know half-width; all other punctuation stays as Chinese texts have it
_FOLDED = str.maketrans("０１２３４５６７８９％．－～＋／﹪﹣−", "0123456789%.-~+/%--")
_BRACKETS = str.maketrans("();!?[]「」『』", "（）；！？（）“”“”")
_CJK = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[。！？；：:!?;）)”]$")
# what begins a new paragraph whatever stands before it: headings and numbering
_HEADING = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-Ha-h])[)）、.．](?!\d)|[A-H]\s"
    r"|第[一二三四五六七八九十]+[章节部]|[一二三四五六七八九十]是"
)
# a line that a page broke is nearly as long as the longest; a shorter one is a heading or the end of a paragraph
_FULL, _SHORTEST_FULL = 0.8, 12
_UNITS_AHEAD = re.compile(r"(?:[万亿]|元|美元|个|家|吨|%|％|人|亩|年|月|台|套|户|件|平方|公里)")
_NUMBER_BEHIND = re.compile(r"\d[万亿]?\.?$")


@dataclass(frozen=True)
class Plain:
    """A text for the rules, and for each of its characters the place in the original."""

    text: str
    spots: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Return where a character of ``text`` stands in the original; the end of the text for what lies behind it."""
        if offset < len(self.spots):
            return self.spots[offset]
        return self.spots[-1] + 1 if self.spots else 0


def plain(original: str) -> Plain:
    """Return a text as the rules read it.

    >>> plain("全區　完成產值１３５億元，增長 5.1 ％").text
    '全区完成产值135亿元，增长5.1%'
    """
    characters, spots = _squeezed(*_joined(original))
    return Plain(_folded("".join(characters)), tuple(spots))


def _joined(original: str) -> tuple[list[str], list[int]]:
    """Join the lines that a page or a browser broke inside a sentence."""
    characters: list[str] = []
    spots: list[int] = []
    line = ""
    offset = 0
    longest = max((len(one.strip()) for one in original.split("\n")), default=0)
    full = max(_SHORTEST_FULL, int(_FULL * longest))
    while offset < len(original):
        character = original[offset]
        if character != "\n":
            if character != "\r":
                characters.append(character)
                spots.append(offset)
                line += character
            offset += 1
            continue
        ahead = offset
        while ahead < len(original) and original[ahead].isspace():
            ahead += 1
        if not _is_broken(line.strip(), original[ahead : ahead + 8], full):
            characters.append("\n")
            spots.append(offset)
            line = ""
        offset = max(ahead, offset + 1)
    return characters, spots


def _is_broken(line: str, following: str, full: int) -> bool:
    if not line or not following:
        return False
    # a figure and its unit belong together however short the line
    if _NUMBER_BEHIND.search(line) and _UNITS_AHEAD.match(following):
        return True
    if re.match(r"[，。；、：）%％]", following):
        return True
    if _SENTENCE_END.search(line) or _HEADING.match(following):
        return False
    if line.endswith(("，", "、", ",")):
        return True
    return len(line) >= full and not _HEADING.match(line)


def _squeezed(characters: Sequence[str], spots: Sequence[int]) -> tuple[list[str], list[int]]:
    """Take spaces away that stand beside a Chinese character, a figure or a sign: only Latin words need them."""
    kept: list[str] = []
    places: list[int] = []
    for number, character in enumerate(characters):
        if unicodedata.category(character) in ("Cf", "Cc") and character != "\n":
            continue
        if character.isspace() and character != "\n":
            before = kept[-1] if kept else "\n"
            after = next((one for one in characters[number + 1 : number + 20] if not one.isspace()), "\n")
            latin = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
            if not latin:
                continue
            character = " "
        kept.append(character)
        places.append(spots[number])
    return kept, places


def _folded(text: str) -> str:
    """Fold a text character for character: its length stays, so that places stay."""
    text = simplified(text).translate(_FOLDED).translate(_BRACKETS)
    # a comma inside a figure parts thousands; any other is the comma of a sentence
    text = re.sub(r"(?<!\d),|,(?!\d{3}(?!\d))", "，", text)
    text = re.sub(r"(?<=\d)，(?=\d{3}(?:\.\d+)?(?:万|亿|元|人|家|个|户|吨|亩|件|台|平方))", ",", text)
    return re.sub(r"(?<!\d)[:︰]|[:︰](?!\d)", "：", text)


def simplified(text: str) -> str:
    """Return a text in simplified script, character for character: whole words could change its length.

    >>> simplified("畝均稅收2.98萬元")
    '亩均税收2.98万元'
    """
    table = {}
    for character in sorted(set(text)):
        if _CJK.match(character):
            simple = _simple(character)
            if simple != character and len(simple) == 1:
                table[ord(character)] = simple
    return text.translate(table)


@lru_cache(maxsize=20_000)
def _simple(character: str) -> str:
    return _converter().convert(character)


@lru_cache(maxsize=1)
def _converter():
    import opencc

    return opencc.OpenCC("t2s")
