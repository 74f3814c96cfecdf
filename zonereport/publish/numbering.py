"""Chinese heading numbers: 一、 then （一） then 1. then （1）, the same in both formats."""

from collections.abc import Iterable

from zonereport.publish.errors import PublishError

_DIGITS = "零一二三四五六七八九"
UNNUMBERED = "附录"


def chinese(number: int) -> str:
    """Write 1 to 99 in Chinese.

    Raises:
        ValueError: the number is outside 1 to 99.

    >>> [chinese(n) for n in (1, 10, 11, 20, 35)]
    ['一', '十', '十一', '二十', '三十五']
    """
    if not 1 <= number <= 99:
        raise ValueError(f"no Chinese heading number for {number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def label(level: int, number: int) -> str:
    """Return what stands before the title of the ``number``-th heading of a level; deeper than four, nothing.

    >>> [label(level, 2) for level in (1, 2, 3, 4, 5)]
    ['二、', '（二）', '2. ', '（2）', '']
    """
    forms = {1: "{}、", 2: "（{}）", 3: "{}. ", 4: "（{}）"}
    return forms.get(level, "").format(chinese(number) if level < 3 else number)


def number_headings(headings: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    """Number (level, title) pairs in order and return for each its label and its anchor.

    A level-1 title that begins with 附录 has no label, and does not advance the count of chapters.

    Raises:
        PublishError: the first heading is not of level 1, or a level is skipped.

    >>> number_headings([(1, "经济"), (2, "总量"), (2, "结构"), (1, "附录 名录"), (1, "产业")])
    [('一、', 'sec-1'), ('（一）', 'sec-1-1'), ('（二）', 'sec-1-2'), ('', 'sec-2'), ('二、', 'sec-3')]
    """
    counts: list[int] = []
    chapters = 0
    result = []
    for level, title in headings:
        if level > len(counts) + 1:
            raise PublishError(
                f"heading {title!r} is of level {level}, but only level {len(counts) + 1} or higher may stand "
                "here: a chapter begins with '# ' and no level is skipped"
            )
        counts = [*counts[: level - 1], (counts[level - 1] if level <= len(counts) else 0) + 1]
        numbered = level > 1 or not title.startswith(UNNUMBERED)
        chapters += level == 1 and numbered
        number = chapters if level == 1 else counts[-1]
        result.append((label(level, number) if numbered else "", "sec-" + "-".join(map(str, counts))))
    return result
