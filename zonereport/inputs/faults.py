"""What is wrong with an input, said so that a colleague can find and mend it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zonereport.language import tr


@dataclass(frozen=True)
class Fault:
    """One fault of one input file.

    ``row`` counts as a spreadsheet does: the header is row 1. ``where`` names the record in words (zone, period,
    code) because a row number moves when somebody sorts the sheet.

    >>> print(Fault("indicators.csv", 14, "value", "1,20o", "a number such as 165 or 1.8", "zone demo, tax"))
    indicators.csv row 14, value: "1,20o"; expected a number such as 165 or 1.8 (zone demo, tax)
    >>> print(Fault("zone.yml", None, "origin", None, "published or synthetic"))
    zone.yml, origin: missing; expected published or synthetic
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    where: str = ""
    # a warning is printed and does not stop a report
    severity: str = "error"
    # the name by which a question is answered: --accept row:外资投资
    answer: str = ""

    def answered_by(self, accepted: Iterable[str]) -> bool:
        """Return whether names that were accepted answer this question: its own, or that of all of its kind.

        >>> asked = Fault("a.xlsx", 3, "A", "外资投资", "one name", severity="question", answer="row:外资投资")
        >>> asked.answered_by(["row"]), asked.answered_by(["row:外资投资"]), asked.answered_by(["column"])
        (True, True, False)
        """
        names = {"all", self.answer, self.answer.partition(":")[0]}
        return bool(self.answer) and not names.isdisjoint(accepted)

    def __str__(self) -> str:
        text = self.file
        if self.row is not None:
            text = tr("{file} row {row}", file=text, row=self.row)
        if self.column is not None:
            text = tr("{place}, {column}", place=text, column=self.column)
        # a cell that is not there and one that is empty are mended in different places
        if self.value is None:
            text = tr("{place}: missing; expected {expected}", place=text, expected=self.expected)
        elif self.value == "":
            text = tr("{place}: empty; expected {expected}", place=text, expected=self.expected)
        else:
            text = tr('{place}: "{value}"; expected {expected}', place=text, value=self.value, expected=self.expected)
        if self.where:
            return tr("{text} ({where})", text=text, where=self.where)
        return text


# numbers of rows among the words of a fault, in each language
ROWS = re.compile(r"\brows? (?P<en>\d+(?:, \d+)*)|第(?P<zh>\d+(?:、\d+)*)行")


def rows_text(rows: Iterable[int]) -> str:
    """Return the numbers of rows as faults say them, so that ROWS finds them again.

    >>> rows_text([12]), rows_text([12, 13]), ROWS.fullmatch("rows 12, 13") is not None
    ('row 12', 'rows 12, 13', True)
    """
    numbers = list(map(str, rows))
    if len(numbers) == 1:
        return tr("row {number}", number=numbers[0])
    return tr("rows {numbers}", numbers=tr(", ").join(numbers))


def cell_faults(file: str, column: str, cells: Iterable[tuple[int, str]], expected: str) -> list[Fault]:
    """Return the same fault for each of ``cells``: pairs of a row and its text, as Series.items() gives them.

    >>> [str(fault) for fault in cell_faults("rates.csv", "month", [(3, "2022-01")], "one rate a month")]
    ['rates.csv row 3, month: "2022-01"; expected one rate a month']
    """
    return [Fault(file, row, column, text, expected) for row, text in cells]


def without_rows(fault: Fault) -> tuple:
    """Return what a fault says but for the numbers of rows: they move when others are added.

    >>> without_rows(Fault("a.csv", 3, "value", "1", "the sum of rows 4, 5"))
    ('a.csv', 'value', '1', 'the sum of ')
    """
    return fault.file, fault.column, fault.value, ROWS.sub("", fault.expected)


class Refused(ValueError):
    """What a user asked for or handed in cannot be used; ``str()`` says why, a line each."""


class InputError(Refused):
    """Inputs that cannot be used; ``faults`` holds every fault found, ``str()`` one line each.

    >>> error = InputError([Fault("zone.yml", None, None, None, "a file")])
    >>> str(error)
    'zone.yml: missing; expected a file'
    """

    def __init__(self, faults: Sequence[Fault]):
        # whoever mends a file wants all of its faults at once
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
