"""What corrections taught a zone: names.csv, read by ``read`` before the dictionary and by ``import``."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError
from zonereport.language import tr

FILE = "names.csv"
COLUMNS = ("name", "code", "unit", "first_seen")
# a name that somebody does not want as a figure of any code
REJECTED = "-"


@dataclass(frozen=True)
class LearntName:
    """A name as texts and sheets write it, its code (or REJECTED), the unit, and the period it was first seen in."""

    name: str
    code: str
    unit: str = ""
    first_seen: str = ""


def read_names(folder: Path, codes: frozenset[str] | None = None) -> list[LearntName]:
    """Read names.csv of a zone's folder; none where there is no file.

    Raises InputError where its columns are others, a code is unknown, or a name has two codes.
    """
    path = folder / FILE
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([Fault(FILE, None, None, tr("bytes that are no UTF-8"), tr("a CSV in UTF-8"))]) from None
    reader = csv.DictReader(io.StringIO(text))
    if not {"name", "code"} <= set(reader.fieldnames or ()) or not set(reader.fieldnames or ()) <= set(COLUMNS):
        raise InputError(
            [
                Fault(
                    FILE,
                    1,
                    None,
                    ",".join(reader.fieldnames or ()),
                    tr("the columns {columns}", columns=", ".join(COLUMNS)),
                )
            ]
        )
    rows: list[LearntName] = []
    faults: list[Fault] = []
    seen: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(reader, 2):
        name, code = (row.get("name") or "").strip(), (row.get("code") or "").strip()
        if not name:
            continue
        if codes is not None and code != REJECTED and code not in codes:
            faults.append(Fault(FILE, number, "code", code, tr("a code of the dictionary, or - for none"), name))
        if name in seen and seen[name][1] != code:
            first, other = seen[name]
            faults.append(
                Fault(
                    FILE,
                    number,
                    "code",
                    code,
                    tr("one code a name; row {first} says {other}", first=first, other=other),
                    name,
                )
            )
        seen.setdefault(name, (number, code))
        rows.append(LearntName(name, code, (row.get("unit") or "").strip(), (row.get("first_seen") or "").strip()))
    if faults:
        raise InputError(faults)
    return rows


def names_text(rows: list[LearntName]) -> str:
    """Return the text of names.csv, sorted by name."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda row: row.name):
        writer.writerow([row.name, row.code, row.unit, row.first_seen])
    return stream.getvalue()


def bare(name: str) -> str:
    """Return a name as it is compared here: without quotes and spaces."""
    return re.sub(r"[“”\"'\s]", "", name)
