"""Warnings that somebody has looked at and accepted, each with a reason: silent until its figure changes."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pandas as pd

from zonereport.disk.journal import Changed, commit, fingerprint, writing
from zonereport.disk.locks import Busy
from zonereport.inputs.faults import ROWS, Fault, InputError, Refused
from zonereport.inputs.schemas import Table
from zonereport.language import tr

FILE = "accepted.csv"
PATIENCE = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Accepted:
    """One accepted warning: table, key of its row, column, its value, the figures it was held against, and why.

    What a warning says in words is not kept: it may be said in another language, or in better words, later.
    """

    file: str
    record: str
    column: str
    value: str
    against: str
    reason: str

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same warning: another figure on either side is another one."""
        return astuple(self)[:-1]


COLUMNS = tuple(field.name for field in fields(Accepted))


def read_accepted(folder: Path) -> list[Accepted]:
    """Return the accepted warnings of a zone's folder. Raises InputError where the file is none of ours."""
    path = folder / FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputError([Fault(FILE, 1, None, ",".join(reader.fieldnames or ()), ",".join(COLUMNS))])
        return [Accepted(*(row[name] or "" for name in COLUMNS)) for row in reader]


def seen(fault: Fault, frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Table], reason: str = "") -> Accepted:
    """Return a warning as it is accepted; ``frames`` are the tables in which it stands, by name."""
    name = fault.file.removesuffix(".csv")
    record = ""
    if name in frames and fault.row in frames[name].index:
        row = frames[name].loc[fault.row]
        record = " ".join(filter(None, (str(row[column]) for column in schemas[name].key)))
    numbers = _NUMBER.findall(ROWS.sub("", fault.expected))
    return Accepted(fault.file, record, fault.column or "", fault.value or "", " ".join(numbers), reason)


def split(
    warnings: Iterable[Fault], accepted: Sequence[Accepted], frames: Mapping[str, pd.DataFrame], schemas
) -> tuple[list[Fault], list[Fault]]:
    """Return the warnings that are open, and those that were accepted."""
    known = {one.key for one in accepted}
    open_ones, silent = [], []
    for fault in warnings:
        if seen(fault, frames, schemas).key in known:
            silent.append(fault)
        else:
            open_ones.append(fault)
    return open_ones, silent


def accept(zone: str, root: Path, warnings: Sequence[Accepted], *, patience: float = PATIENCE) -> int:
    """Write warnings into accepted.csv, whole or not at all; returns how many were not there yet.

    Raises Refused without a reason, and while another command changes the zone.
    """
    if not all(one.reason.strip() for one in warnings):
        raise Refused(tr("a warning is accepted with a reason: --reason TEXT"))
    folder = root / "data" / zone
    try:
        with writing(root, zone, patience=patience) as staging:
            before = {FILE: fingerprint(folder / FILE)}
            known = read_accepted(folder)
            keys = {one.key for one in known}
            fresh = [one for one in dict.fromkeys(warnings) if one.key not in keys]
            if not fresh:
                return 0
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerows([COLUMNS, *map(astuple, [*known, *fresh])])
            (staging / "made").mkdir()
            (staging / "made" / FILE).write_text(text.getvalue(), encoding="utf-8")
            commit(root, zone, staging / "made", before)
            return len(fresh)
    except Busy:
        raise Refused(tr("{zone}: another import is under way", zone=zone)) from None
    except Changed as error:
        raise Refused(str(error)) from None
