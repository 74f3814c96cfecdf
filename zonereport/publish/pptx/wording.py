"""The words of a slide: sentences of the brief cut where they may be, so that a title is a finding and fits."""

import re

from zonereport.publish.tables import width

_MARK = re.compile(r"\*\*([^*\n]+)\*\*")
_ITEM = re.compile(r"(?:\d+\.|-)\s+(.*)")
# in full-width characters: two lines of a title
LONGEST_TITLE = 56.0
# what a sentence that has no finding in it is cut into
_GOOD_TITLE = 34.0


def plain(text: str) -> str:
    """Return a text without the marks of emphasis.

    >>> plain("**总量**：增长")
    '总量：增长'
    """
    return _MARK.sub(r"\1", text).strip()


def items(text: str) -> list[tuple[str, str]]:
    """Return the items of a list as (head, rest); a head is what is emphasised at the beginning.

    >>> items("1. **投资**：下降。")
    [('投资', '下降。')]
    """
    found = []
    for line in text.splitlines():
        item = _ITEM.match(line.strip())
        if item is None:
            continue
        head, colon, rest = plain(item[1]).partition("：")
        if not item[1].startswith("**") or not colon:
            head, rest = "", plain(item[1])
        found.append((head, rest))
    return found


def clauses(text: str, period: str = "") -> list[str]:
    """Return what a verdict says, clause by clause; of one without semicolons as many words as make a title.

    >>> clauses("**总体判断**：2022年，7项增长；2项没有完成。", "2022年")
    ['7项增长', '2项没有完成']
    """
    said = plain(text)
    if text.strip().startswith("**"):
        said = said.partition("：")[2]
    said = said.strip().removeprefix(f"{period}，").rstrip("。")
    parts = said.split("；")
    if len(parts) > 1:
        return parts
    return packed(said.split("，"))


def packed(words: list[str], most: float = _GOOD_TITLE) -> list[str]:
    """Join words by commas into lines of at most ``most`` full-width characters.

    >>> packed(["甲甲甲", "乙乙乙", "丙丙丙"], 8)
    ['甲甲甲，乙乙乙', '丙丙丙']
    """
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]}，{word}") <= most:
            lines[-1] = f"{lines[-1]}，{word}"
        else:
            lines.append(word)
    return lines


def title(text: str) -> str:
    """Return a finding as a title: one that is longer than two lines ends behind a clause.

    >>> title("增长6.6%。"), title("甲" * 40 + "，" + "乙" * 40)
    ('增长6.6%', '甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲')
    """
    said = plain(text).rstrip("。")
    if width(said) <= LONGEST_TITLE:
        return said
    for mark in ("。", "；", "，"):
        first = said.partition(mark)[0]
        if first != said and width(first) <= LONGEST_TITLE:
            return _longest(said.split(mark), mark)
    return said


def _longest(parts: list[str], mark: str) -> str:
    """As many parts from the beginning as a title holds."""
    said = parts[0]
    for part in parts[1:]:
        if width(said + mark + part) > LONGEST_TITLE:
            break
        said += mark + part
    return said
