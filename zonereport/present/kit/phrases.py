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


def month(date: str) -> str:
    """A date of a table as prose prints it.

    >>> month("2022-11"), month("2022"), month("")
    ('2022年11月', '2022年', '')
    """
    year, _, rest = date.partition("-")
    return f"{year}年" + (f"{int(rest)}月" if rest else "") if date else ""


def part_alt(data) -> str:
    """The text instead of a part-of-whole chart: every whole with its part and the rest."""
    wholes = data["whole"].str.replace("\n", "") + "中，" + data["part_text"] + "、" + data["rest_text"]
    return f"占比条图。{'；'.join(wholes)}。"
