"""CSV files as text, every row with the line it stands on; nothing is converted, nothing is mended."""

import csv
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from zonereport.inputs.faults import Fault, InputError
from zonereport.language import tr


def read_text_table(path: Path, columns: list[str], *, required: list[str] | None = None) -> pd.DataFrame:
    """Read a UTF-8 CSV with exactly the named columns into strings, indexed by spreadsheet row.

    ``required`` columns must be there (all of ``columns`` where it is None), the others may be left out and
    come back empty. Empty cells are empty strings.
    Raises InputError for a missing file, another encoding, a wrong header, and rows of another length.
    """
    if required is None:
        required = columns
    name = path.name
    try:
        # Excel writes a mark in front of UTF-8; without this it would be a part of the first name
        with path.open(encoding="utf-8-sig", newline="") as stream:
            # strict: a quotation mark that is never closed would swallow the rest of the file
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            body = []
            for row in reader:
                if any(row):
                    body.append((reader.line_num, row))
    except FileNotFoundError:
        raise InputError([Fault(name, None, None, None, tr("a file in {folder}/", folder=path.parent.name))]) from None
    except UnicodeDecodeError as error:
        value = f"byte 0x{error.object[error.start]:02x}"
        raise InputError([Fault(name, None, None, value, tr("a CSV file saved as UTF-8"))]) from None
    except csv.Error as error:
        raise InputError([Fault(name, reader.line_num, None, str(error), tr("comma-separated values"))]) from None
    faults = _header_faults(name, header, columns, required)
    for line, row in body:
        if len(row) != len(header):
            there, expected = tr("{count} cells", count=len(row)), tr("{count} as in the header", count=len(header))
            faults.append(Fault(name, line, None, there, expected))
    if faults:
        raise InputError(faults)
    frame = pd.DataFrame([row for _, row in body], columns=header, index=[line for line, _ in body], dtype="str")
    frame.index.name = "row"
    return frame.reindex(columns=columns, fill_value="").astype("str")


def _header_faults(name: str, header: list[str], columns: list[str], required: list[str]) -> list[Fault]:
    """Return a fault for every column that is missing, unknown, or there twice."""
    # a file of 40,000 columns is looked through once, not once for each of them
    there, known = Counter(header), set(columns)
    faults = []
    for column in required:
        if column not in there:
            faults.append(Fault(name, 1, column, None, tr("this column")))
    expected = tr("one of {choices}", choices=", ".join(columns))
    for column in header:
        if column not in known:
            faults.append(Fault(name, 1, None, column, expected))
    for column, times in there.items():
        if times > 1:
            faults.append(Fault(name, 1, None, column, tr("each column once")))
    return faults


def column(check: Callable[[str], bool], expected: str, *, required: bool = False) -> pa.Column:
    """A pandera column of text whose cells pass ``check``; an empty cell passes unless ``required``.

    ``expected`` completes "expected …" of the fault.
    """

    def passes(cells: pd.Series) -> pd.Series:
        # the cells of a column repeat each other: each text is looked at once
        texts = cells.tolist()
        found = {}
        for text in dict.fromkeys(texts):
            found[text] = check(text) if text else not required
        return pd.Series([found[text] for text in texts], cells.index, dtype=bool)

    # every cell is a text: asking pandera for that, too, takes as long as all checks
    return pa.Column(None, pa.Check(passes, error=expected), nullable=True)


def validate(frame: pd.DataFrame, columns: dict[str, pa.Column], file: str) -> list[Fault]:
    """Every cell of ``frame`` that its column refuses, in the order of the file."""
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.sort_values(["index", "column"])
        faults = []
        for case in cases.itertuples(index=False):
            faults.append(Fault(file, int(case.index), case.column, str(case.failure_case), str(case.check)))
        return faults
    return []


def is_number(text: str) -> bool:
    """Whether ``text`` is one plain decimal number: digits, at most one sign and one point, no more than a float holds.

    >>> [is_number(t) for t in ("165", "-3.1", "1,200", "1,20o", "inf", "１６５", "9" * 400)]
    [True, True, False, False, False, False, False]
    """
    body = text.removeprefix("-")
    whole, _, part = body.partition(".")
    plain = text.isascii() and whole.isdigit() and (part.isdigit() or "." not in body)
    return plain and len(whole) <= sys.float_info.dig
