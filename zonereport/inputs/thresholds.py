"""Sizes that make an enterprise one above scale, each with its industries and the days that it holds."""

import datetime
import itertools
from collections.abc import Mapping

import pandas as pd

from zonereport.inputs.faults import Fault, cell_faults
from zonereport.inputs.identifiers import is_industry
from zonereport.inputs.reading import column, is_number, validate
from zonereport.inputs.units import Unit
from zonereport.language import tr

FILE = "dictionary/thresholds.csv"
# how far a rule can be relied on: official text read, secondary copy of it, measured, unverified
QUALITIES = ("o", "s", "m", "u")
LATEST = "9999-12-31"


def threshold_faults(rows: pd.DataFrame, units: Mapping[str, Unit]) -> list[Fault]:
    """Return what is wrong with thresholds.csv, read as text: cells, and sizes of one class that hold at once.

    ``industries`` are letters or longer prefixes of GB/T 4754 separated by |, empty for all; ``valid_from`` and
    ``valid_to`` are days, empty where the rule has no such end.
    """
    money = []
    for name, unit in units.items():
        if unit.dimension == "cny":
            money.append(name)
    text, anything = column(bool, tr("a text"), required=True), column(lambda _: True, "")

    def are_industries(cell: str) -> bool:
        return all(map(is_industry, cell.split("|")))

    schema = {
        "class": column(str.isidentifier, tr("a name such as above_scale_industry"), required=True),
        "industries": column(are_industries, tr("industries of GB/T 4754, separated by |")),
        "threshold": column(lambda cell: is_number(cell) and float(cell) > 0, tr("a number above 0"), required=True),
        "unit": column(money.__contains__, tr("one of {choices}", choices=", ".join(money)), required=True),
        "valid_from": column(_is_day, tr("empty, or a day such as 2011-01-01")),
        "valid_to": column(_is_day, tr("empty, or a day such as 2010-12-31")),
        "source": text,
        "quality": column(QUALITIES.__contains__, tr("one of {choices}", choices=", ".join(QUALITIES)), required=True),
        "note": anything,
    }
    faults = validate(rows, schema, FILE)
    if faults:
        return faults
    backwards = rows[rows["valid_to"].replace("", LATEST) < rows["valid_from"]]
    faults += cell_faults(FILE, "valid_to", backwards["valid_to"].items(), tr("a day after valid_from"))
    for _, group in rows.groupby("class", sort=False):
        for a, b in itertools.combinations(group.itertuples(), 2):
            # of two rows that hold on one day for one industry nobody could say which decides
            together = a.valid_from <= (b.valid_to or LATEST) and b.valid_from <= (a.valid_to or LATEST)
            if together and _meet(a.industries, b.industries):
                expected = tr("one threshold at a time; row {row} has it too", row=a.Index)
                faults.append(Fault(FILE, b.Index, "industries", b.industries, expected))
    return faults


def thresholds_on(rows: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """Return the rows of thresholds.csv that hold on ``day``; both ends count.

    >>> table = pd.DataFrame({"threshold": ["500", "2000"], "valid_from": ["", "2011-01-01"],
    ...                       "valid_to": ["2010-12-31", ""]})
    >>> thresholds_on(table, datetime.date(2011, 1, 1))["threshold"].tolist()
    ['2000']
    """
    # ISO days sort as texts, and an empty start is before all of them
    text = day.isoformat()
    return rows[(rows["valid_from"] <= text) & (rows["valid_to"].replace("", LATEST) >= text)]


def belongs(industry: str, industries: str) -> bool:
    """Whether an enterprise of ``industry`` is among ``industries``: any prefix fits; empty ``industries`` fit all.

    >>> belongs("C3971", "B|C|D"), belongs("K7010", "K702|K703"), belongs("", "C"), belongs("", "")
    (True, False, False, True)
    """
    return not industries or industry.startswith(tuple(industries.split("|")))


def _meet(a: str, b: str) -> bool:
    """Whether two lists of prefixes share an industry; an empty one has them all."""
    return any(belongs(one, b) for one in a.split("|")) or any(belongs(other, a) for other in b.split("|"))


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
