"""What is wrong with an input, said so that a colleague can find and mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


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
    severity: str = "error"

    def __str__(self) -> str:
        row = "" if self.row is None else f" row {self.row}"
        column = "" if self.column is None else f", {self.column}"
        value = "missing" if self.value is None else "empty" if self.value == "" else f'"{self.value}"'
        where = ""
        if self.where:
            where = f" ({self.where})"
        return f"{self.file}{row}{column}: {value}; expected {self.expected}{where}"


class Refused(ValueError):
    """What a user asked for or handed in cannot be used; ``str()`` says why, a line each."""


class InputError(Refused):
    """Inputs that cannot be used; ``faults`` holds every fault found, ``str()`` one line each.

    >>> error = InputError([Fault("zone.yml", None, None, None, "a file")])
    >>> str(error)
    'zone.yml: missing; expected a file'
    """

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
