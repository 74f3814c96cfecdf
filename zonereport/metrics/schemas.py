"""The columns of every detail frame: name, dtype, unit and meaning, read from schemas.csv beside this module.

Chapters may rely on them: ``zonereport.metrics.details`` gives every frame of the list, typed, also where it has no
rows. The unit ``own`` says that the row names its unit in a column of its own, such as ``unit``.
"""

import csv
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd


class UnknownFrame(LookupError):
    """A name of a detail frame that there is none of; says which one may be meant."""


@dataclass(frozen=True)
class Column:
    """One column of a detail frame: ``dtype`` as pandas names it, ``unit`` as it is printed (empty for none)."""

    name: str
    dtype: str
    unit: str
    about: str


@cache
def schemas() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every detail frame by the name of the frame, in the order of the frame.

    >>> [column.name for column in schemas()["targets"]]
    ['code', 'kind', 'target', 'unit', 'set_on', 'in_force']
    """
    columns: dict[str, list[Column]] = {}
    # beside the module: the package has it wherever it is installed
    text = resources.files("zonereport.metrics").joinpath("schemas.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        column = Column(name=row["column"], dtype=row["dtype"], unit=row["unit"], about=row["about"])
        columns.setdefault(row["frame"], []).append(column)
    return {frame: tuple(listed) for frame, listed in columns.items()}


@cache
def chinese_names() -> Mapping[str, str]:
    """Return the Chinese name of every column of the detail frames, read from column_names.csv beside this module.

    >>> chinese_names()["occupancy_pct"]
    '使用率（%）'
    """
    text = resources.files("zonereport.metrics").joinpath("column_names.csv").read_text(encoding="utf-8")
    return {row["column"]: row["name_zh"] for row in csv.DictReader(text.splitlines())}


def require(name: str) -> tuple[Column, ...]:
    """Return the columns of the detail frame ``name``. Raises UnknownFrame, with a suggestion, for no such frame.

    >>> require("enterprise_survivl")
    Traceback (most recent call last):
    zonereport.metrics.schemas.UnknownFrame: no detail frame "enterprise_survivl"; did you mean "enterprise_survival"?
    """
    frames = schemas()
    if name in frames:
        return frames[name]
    # a name is mistyped more often than invented
    close = difflib.get_close_matches(name, frames, n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(sorted(frames))}"
    raise UnknownFrame(f'no detail frame "{name}"; {hint}')


def empty(name: str) -> pd.DataFrame:
    """Return the detail frame ``name`` without rows, its columns typed. Raises UnknownFrame for no such frame.

    >>> empty("targets").dtypes["target"]
    dtype('float64')
    """
    return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in require(name)})


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` as the schema of ``name`` wants it: its columns in their order and types, rows from zero on.

    A frame without rows may lack columns, one with rows may not. Raises UnknownFrame for no such frame, ValueError
    for a column that is missing, unknown or of values that the dtype cannot hold.
    """
    if frame.empty:
        return empty(name)
    wanted = names(name)
    if sorted(wanted) != sorted(frame.columns):
        strange = sorted(set(wanted) ^ set(frame.columns))
        raise ValueError(f"detail frame {name}: columns {', '.join(strange)} are not as its schema says")
    try:
        types = {column.name: column.dtype for column in require(name)}
        return frame[wanted].astype(types).reset_index(drop=True)
    except (TypeError, ValueError) as error:
        raise ValueError(f"detail frame {name}: {error}") from error


def names(name: str) -> list[str]:
    """Return the names of the columns of the detail frame ``name``. Raises UnknownFrame for no such frame."""
    return [column.name for column in require(name)]


def tidy(name: str, rows: pd.DataFrame | Iterable[object]) -> pd.DataFrame:
    """Return ``rows``, a frame or records, as the detail frame ``name``: its columns and types, missing texts empty.

    Raises UnknownFrame for no such frame, ValueError for values that a column cannot hold.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), columns=names(name))
    frame = frame.reindex(columns=names(name))
    for column in require(name):
        # a chapter prints no NaN where a text is missing
        if column.dtype == "str":
            frame[column.name] = frame[column.name].astype("object").fillna("").astype("str")
    return typed(name, frame)


def complete(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return every detail frame there is, typed: those of ``frames``, and the others without rows.

    Raises UnknownFrame and ValueError as ``typed`` does.
    """
    found = {name: empty(name) for name in schemas()}
    for name, frame in frames.items():
        found[name] = typed(name, frame)
    return found
