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
    written = "十"
    # 十一, not 一十一; 二十, not 二十零
    if tens > 1:
        written = _DIGITS[tens] + written
    if ones:
        written += _DIGITS[ones]
    return written


def label(level: int, number: int) -> str:
    """Return what stands before the title of the ``number``-th heading of a level; deeper than four, nothing.

    >>> [label(level, 2) for level in (1, 2, 3, 4, 5)]
    ['二、', '（二）', '2. ', '（2）', '']
    """
    if level == 1:
        return f"{chinese(number)}、"
    if level == 2:
        return f"（{chinese(number)}）"
    if level == 3:
        return f"{number}. "
    if level == 4:
        return f"（{number}）"
    return ""


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
        if level > len(counts):
            counts.append(0)
        # a heading ends what was counted below the one before it
        del counts[level:]
        counts[-1] += 1
        anchor = "sec-" + "-".join(map(str, counts))
        if level > 1:
            result.append((label(level, counts[-1]), anchor))
        elif title.startswith(UNNUMBERED):
            # annexes have anchors as chapters do, and no number
            result.append(("", anchor))
        else:
            chapters += 1
            result.append((label(level, chapters), anchor))
    return result
