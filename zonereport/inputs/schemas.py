"""The tables of a zone as data/dictionary/tables.csv writes them: their columns and what may stand in them."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pandera.pandas as pa

from zonereport.disk import names
from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.identifiers import is_industry, is_uscc
from zonereport.inputs.period import Period
from zonereport.inputs.reading import column, is_number
from zonereport.language import tr


@dataclass(frozen=True)
class Field:
    """One column: its name, its Chinese header, its kind, and the choices of a choice with their Chinese words."""

    name: str
    name_zh: str
    kind: str
    required: bool
    key: bool
    choices: dict[str, str]
    comment: str

    @property
    def is_id(self) -> bool:
        """Whether the column names the rows of its table: ids that other tables refer to."""
        return self.kind == "name" and self.key and self.name_zh.endswith("编号")


@dataclass(frozen=True)
class Table:
    """One table: its name, its Chinese name, its fields in order."""

    name: str
    name_zh: str
    fields: tuple[Field, ...]

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    @cached_property
    def required(self) -> list[str]:
        """The columns that a file must have; the others may be left out."""
        return [field.name for field in self.fields if field.required]

    @cached_property
    def numbers(self) -> list[str]:
        """The columns that hold numbers."""
        return [field.name for field in self.fields if field.kind in ("number", "count")]

    @cached_property
    def key(self) -> list[str]:
        """The columns that together name a row."""
        return [field.name for field in self.fields if field.key]

    def word(self, column_name: str, choice: str) -> str:
        """The Chinese word of a choice; the choice itself where it has none."""
        field = next(field for field in self.fields if field.name == column_name)
        return field.choices.get(choice, choice)


@dataclass(frozen=True)
class Known:
    """What cells may refer to: parks, peers and sources of zone.yml."""

    parks: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def read_tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables of the rows of tables.csv."""
    tables = {}
    for name, group in rows.groupby("table", sort=False):
        fields = tuple(map(_field, group.itertuples(index=False)))
        tables[name] = Table(name, group["table_zh"].iloc[0], fields)
    return tables


def _field(row) -> Field:
    choices = {}
    if row.values:
        # yes=是|no=否
        choices = dict(part.split("=", 1) for part in row.values.split("|"))
    return Field(row.column, row.name_zh, row.kind, row.required == "yes", row.key == "yes", choices, row.comment)


def schema(table: Table, dictionary: Dictionary, known: Known) -> dict[str, pa.Column]:
    """Return the pandera columns of a table; codes and units are the dictionary's, the rest is ``known``."""
    kinds = _kinds(dictionary, known)
    return {field.name: _column(field, kinds) for field in table.fields}


def _column(field: Field, kinds: dict[str, tuple[Callable[[str], bool], str]]) -> pa.Column:
    if field.kind == "choice":
        check, expected = field.choices.__contains__, tr("one of {choices}", choices=", ".join(field.choices))
    elif field.is_id:
        check, expected = names.is_id, tr("an id of {pattern}", pattern=tr(names.ID))
    else:
        check, expected = kinds[field.kind]
    # of these an empty cell says something: no choice, the whole zone, no day
    if not field.required and field.kind in ("choice", "park", "date"):
        expected = tr("empty, or {expected}", expected=expected)
    return column(check, expected, required=field.required)


def _kinds(dictionary: Dictionary, known: Known) -> dict[str, tuple[Callable[[str], bool], str]]:
    codes, units = set(dictionary.indicators.index), set(dictionary.units)
    return {
        "period": (_passes(Period.parse), tr("a period such as 2022 or 2022-11")),
        "date": (is_date, tr("a date such as 2022, 2022-11 or 2022-11-30")),
        "day": (_passes(datetime.date.fromisoformat), tr("a day such as 2023-01-15")),
        "year": (lambda text: bool(re.fullmatch(r"(19|20)\d\d", text)), tr("a year such as 2022")),
        "code": (codes.__contains__, tr("a code of data/dictionary/indicators.csv")),
        "unit": (units.__contains__, tr("a unit of data/dictionary/units.csv")),
        "number": (is_number, tr("a number such as 165 or 1.8")),
        "count": (
            lambda text: is_number(text) and text.isdecimal() and int(text) > 0,
            tr("a whole number of 1 or more"),
        ),
        "park": (known.parks.__contains__, tr("a park of zone.yml")),
        "peer": (known.peers.__contains__, tr("a peer of zone.yml")),
        "source": (known.sources.__contains__, tr("the id of a source in zone.yml")),
        "uscc": (is_uscc, tr("a unified social credit code: 18 characters whose last one checks the others")),
        "industry": (is_industry, tr("a GB/T 4754 industry: a letter A to T, then up to four digits")),
        # what these refer to is another table; checks.py looks there
        "enterprise": (bool, tr("an enterprise of enterprises.csv")),
        "project": (bool, tr("a project of projects.csv")),
        "name": (bool, tr("a text")),
        "text": (bool, tr("a text")),
    }


def is_date(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day.

    >>> [is_date(text) for text in ("2022", "2022-11", "2022-11-30", "2022-13", "2022-02-30", "22")]
    [True, True, True, False, False, False]
    """
    # with what it lacks of a day, a year or a month is a day
    rest = {4: "-01-01", 7: "-01", 10: ""}.get(len(text))
    return rest is not None and _passes(datetime.date.fromisoformat)(text + rest)


# ValueError is what Period.parse (Refused) and fromisoformat raise alike
def _passes(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check
