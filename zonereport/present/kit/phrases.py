"""How Chinese prose joins words, clauses, dates and points."""

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """Join words as Chinese prose does.

    >>> listed(["工业投资", "留抵退税", "研发投入"])
    '工业投资、留抵退税和研发投入'
    """
    *rest, last = words
    return f"{'、'.join(rest)}和{last}" if rest else last


def sentence(*clauses: str) -> str:
    """Join the clauses that say something into one sentence; nothing where none does.

    >>> sentence("新增规上工业企业12家", "", "新增规上服务业企业3家")
    '新增规上工业企业12家，新增规上服务业企业3家。'
    """
    said = [clause for clause in clauses if clause]
    return "，".join(said) + "。" if said else ""


def stop(text: str) -> str:
    """Return a text with a full stop, if it says anything.

    >>> stop("新增亿元企业3家"), stop("")
    ('新增亿元企业3家。', '')
    """
    return f"{text}。" if text else ""


def day(date: str) -> str:
    """Return a date of a table as prose prints it, to the day, the month or the year that it names.

    >>> day("2023-01-18"), day("2023-01"), day("2023"), day("")
    ('2023年1月18日', '2023年1月', '2023年', '')
    """
    text = ""
    for part, name in zip(date.split("-"), "年月日", strict=False):
        # a year is written as it is, a month without its leading zero
        text += f"{part.lstrip('0')}{name}" if part else ""
    return text


def part_alt(data) -> str:
    """The text instead of a part-of-whole chart: every whole with its part and the rest."""
    wholes = data["whole"].str.replace("\n", "") + "中，" + data["part_text"] + "、" + data["rest_text"]
    return f"占比条图。{'；'.join(wholes)}。"
