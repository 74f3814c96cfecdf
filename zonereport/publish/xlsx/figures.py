"""Printed figures as numbers: the value, and the format that prints it as the report does."""

import re
from dataclasses import dataclass
from decimal import Decimal

# words that the report sets before a figure, and what it sets behind it, with its unit between
_PRINTED = re.compile(
    r"(?P<before>预计|约|累计)?"
    r"(?P<sign>[+\-−])?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>%|[^\d\s%（）()，；。、/+\-−:：]{0,6}(?:/[^\d\s（）()，；。、]{1,3})?)"
)
# a spreadsheet keeps no more of a number
_DIGITS = 15


@dataclass(frozen=True)
class Figure:
    """A number and the format in which a spreadsheet shows it."""

    value: float | int
    form: str


def read(text: str) -> Figure | None:
    """Return a printed figure as a number; None for what is no figure, a place (1/10) or an id with leading zeros.

    >>> read("174.2亿元"), read("+6.6%")
    (Figure(value=174.2, form='0.0"亿元"'), Figure(value=0.066, form='+0.0%;-0.0%;0.0%'))
    >>> read("预计1,234户"), read("1/10"), read("007"), read("已完成")
    (Figure(value=1234, form='"预计"#,##0"户"'), None, None, None)
    """
    found = _PRINTED.fullmatch(text.strip())
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    whole, _, decimals = digits.partition(".")
    if (len(whole) > 1 and whole.startswith("0")) or len(whole + decimals) > _DIGITS:
        return None
    value = Decimal(digits)
    if found["sign"] in ("-", "−"):
        value = -value
    if found["unit"] == "%":
        value = value / 100
    form = _form(found, len(decimals))
    if not decimals and found["unit"] != "%":
        return Figure(int(value), form)
    return Figure(float(value), form)


def beginning(text: str) -> Figure | None:
    """Return the figure with which a text begins, as the labels of charts do: 53家（上年45家）.

    >>> beginning("53家（上年45家）")
    Figure(value=53, form='0"家"')
    """
    head = re.split("[（，；(]", text.strip(), maxsplit=1)[0]
    return read(head)


def _form(found: re.Match[str], decimals: int) -> str:
    form = "0"
    if "," in found["digits"]:
        form = "#,##0"
    if decimals:
        form += "." + "0" * decimals
    unit = found["unit"]
    if unit == "%":
        form += "%"
    elif unit:
        form += quoted(unit)
    if found["before"]:
        form = quoted(found["before"]) + form
    if found["sign"] == "+":
        return f"+{form};-{form};{form}"
    return form


def quoted(words: str) -> str:
    """Return words as a number format holds them.

    >>> quoted("亿元")
    '"亿元"'
    """
    return '"' + words.replace('"', "") + '"'
