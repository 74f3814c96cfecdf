"""Sizes that make an enterprise one above scale, each with its industries and the days that it holds."""

import datetime
import itertools
from collections.abc import Mapping

import pandas as pd

from zonereport.inputs.faults import Fault
from zonereport.inputs.identifiers import is_industry
from zonereport.inputs.reading import column, is_number, validate
from zonereport.inputs.units import Unit

FILE = "dictionary/thresholds.csv"
# how far a rule can be relied on: official text read, secondary copy of it, measured, unverified
QUALITIES = ("o", "s", "m", "u")
EARLIEST, LATEST = "0001-01-01", "9999-12-31"


def threshold_faults(rows: pd.DataFrame, units: Mapping[str, Unit]) -> list[Fault]:
    """What is wrong with thresholds.csv, read as text: cells, and sizes of one class that hold at once.

    ``industries`` are letters or longer prefixes of GB/T 4754 separated by |, empty for all; ``valid_from`` and
    ``valid_to`` are days, empty where the rule has no such end.
    """
    money = [name for name, unit in units.items() if unit.dimension == "cny"]
    text, anything = column(bool, "a text", required=True), column(lambda _: True, "")
    schema = {
        "class": column(str.isidentifier, "a name such as above_scale_industry", required=True),
        "industries": column(
            lambda cell: all(map(is_industry, cell.split("|"))), "industries of GB/T 4754, separated by |"
        ),
        "threshold": column(lambda cell: is_number(cell) and float(cell) > 0, "a number above 0", required=True),
        "unit": column(money.__contains__, "one of " + ", ".join(money), required=True),
        "valid_from": column(_is_day, "empty, or a day such as 2011-01-01"),
        "valid_to": column(_is_day, "empty, or a day such as 2010-12-31"),
        "source": text,
        "quality": column(QUALITIES.__contains__, "one of " + ", ".join(QUALITIES), required=True),
        "note": anything,
    }
    faults = validate(rows, schema, FILE)
    if faults:
        return faults
    backwards = rows[rows["valid_to"].replace("", LATEST) < rows["valid_from"]]
    faults += [
        Fault(FILE, row, "valid_to", day, "a day after valid_from") for row, day in backwards["valid_to"].items()
    ]
    for _, group in rows.groupby("class", sort=False):
        faults += [
            Fault(FILE, b.Index, "industries", b.industries, f"one threshold at a time; row {a.Index} has it too")
            for a, b in itertools.combinations(group.itertuples(), 2)
            if _meet(a.industries, b.industries) and _days(a)[0] <= _days(b)[1] and _days(b)[0] <= _days(a)[1]
        ]
    return faults


def thresholds_on(rows: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """The rows of thresholds.csv that hold on ``day``; both ends count.

    >>> table = pd.DataFrame({"threshold": ["500", "2000"], "valid_from": ["", "2011-01-01"],
    ...                       "valid_to": ["2010-12-31", ""]})
    >>> thresholds_on(table, datetime.date(2011, 1, 1))["threshold"].tolist()
    ['2000']
    """
    text = day.isoformat()
    return rows[(rows["valid_from"] <= text) & (rows["valid_to"].replace("", LATEST) >= text)]


def belongs(industry: str, industries: str) -> bool:
    """Whether an enterprise of ``industry`` is among ``industries``: any prefix fits; empty ``industries`` fit all.

    >>> belongs("C3971", "B|C|D"), belongs("K7010", "K702|K703"), belongs("", "C"), belongs("", "")
    (True, False, False, True)
    """
    return not industries or industry.startswith(tuple(industries.split("|")))


def _meet(a: str, b: str) -> bool:
    if not a or not b:
        return True
    pairs = itertools.product(a.split("|"), b.split("|"))
    return any(one.startswith(other) or other.startswith(one) for one, other in pairs)


def _days(row) -> tuple[str, str]:
    return row.valid_from or EARLIEST, row.valid_to or LATEST


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
