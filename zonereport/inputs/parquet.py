"""Whether a folder of Parquet files is a sound ledger: its periods, columns, keys and enterprises."""

import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.ledgerview import AMOUNTS, Connection
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.language import tr

SHOWN = 20
READ = "read_parquet($paths, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
# DuckDB's names and those of its Python types; DECIMAL comes with its digits behind it
NUMERIC = re.compile(r"(DOUBLE|FLOAT|DECIMAL|NUMBER|HUGEINT|U?(TINY|SMALL|BIG)INT|U?INTEGER)(\(|$)", re.IGNORECASE)


def parquet_faults(folder: Path, table: Table, enterprises: Collection[str]) -> list[Fault]:
    """Return what is wrong with data/<zone>/enterprise_months/period=2022-12/*.parquet, a line for each kind of fault.

    ``table`` is enterprise_months of tables.csv, ``enterprises`` are the ids of enterprises.csv. Amounts must be
    numbers, neither NaN nor infinite; a choice is one of its texts (yes, not true); an enterprise has one row a period.
    Of unknown enterprises and choices and of repeated keys the first twenty are named. A cell has no row number in
    Parquet: faults name the file or the key.
    """
    # 60 ms, and only a zone with Parquet files needs it
    import duckdb

    name, faults = f"{folder.name}/", []
    paths = sorted(folder.rglob("*.parquet"))
    with duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": "false"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        for path in paths:
            place = path.relative_to(folder)
            period = place.parts[0].removeprefix("period=")
            if len(place.parts) != 2 or not period or place.parts[0] != f"period={_canonical(period)}":
                faults.append(
                    Fault(f"{name}{place}", None, None, place.parts[0], tr("a folder such as period=2022-12"))
                )
                continue
            try:
                types = _types(connection, str(path), "read_parquet($paths)")
            except duckdb.Error as error:
                faults.append(Fault(f"{name}{place}", None, None, str(error).splitlines()[0], tr("a Parquet file")))
                continue
            faults += _column_faults(f"{name}{place}", types, table)
        # a query over all files needs each of them to be sound
        if paths and not faults:
            faults += _row_faults(connection, name, list(map(str, paths)), table, enterprises)
    if not paths:
        faults.append(Fault(name, None, None, None, tr("Parquet files such as period=2022-12/part.parquet")))
    return faults


def doubled_faults(folder: Path, rows: pd.DataFrame) -> list[Fault]:
    """Return the rows of enterprise_months.csv that the Parquet files beside it have too: each would count twice.

    ``rows`` is the table as text, indexed by row of the file; ``folder`` is sound (parquet_faults found nothing).
    """
    import duckdb

    periods = rows["period"].map(_canonical)
    folders = set("period=" + periods)
    # only the folders of the CSV's periods are read: those of a large ledger are many
    paths = []
    for path in sorted(folder.rglob("*.parquet")):
        if path.parent.name in folders:
            paths.append(str(path))
    if not paths:
        return []
    with duckdb.connect() as connection:
        keys = connection.execute(f"SELECT DISTINCT period, enterprise FROM {READ}", {"paths": paths}).fetchall()
    keys, faults = set(keys), []
    for row, period, enterprise in zip(rows.index, periods, rows["enterprise"], strict=True):
        if (period, enterprise) in keys:
            expected = tr("no row: {folder}/ has {period} too", folder=folder.name, period=period)
            faults.append(Fault("enterprise_months.csv", row, "enterprise", enterprise, expected))
    return faults[:SHOWN]


def _column_faults(file: str, types: dict[str, str], table: Table) -> list[Fault]:
    """Return the columns that one file lacks, has without a meaning, or has as something that cannot be added up."""
    faults = []
    for column in table.required:
        # the period is the name of the folder
        if column not in types and column != "period":
            faults.append(Fault(file, None, column, None, tr("this column")))
    for column, kind in types.items():
        if column not in table.columns:
            faults.append(Fault(file, None, column, column, tr("one of {choices}", choices=", ".join(table.columns))))
        elif column in AMOUNTS and not NUMERIC.match(kind):
            faults.append(Fault(file, None, column, kind, tr("numbers")))
    return faults


def _row_faults(
    connection: Connection, name: str, paths: list[str], table: Table, enterprises: Collection[str]
) -> list[Fault]:
    def ask(sql: str) -> list[tuple]:
        return connection.execute(sql, {"paths": paths}).fetchall()

    present, faults = _types(connection, paths, READ), []
    for column in filter(present.__contains__, AMOUNTS):
        [(count,)] = ask(f"SELECT count(*) FILTER (NOT isfinite({column}::DOUBLE)) FROM {READ}")
        if count:
            expected = tr("finite numbers; what is not known is null")
            faults.append(Fault(name, None, column, tr("{count} cells", count=count), expected))
    for field in table.fields:
        if field.kind == "choice" and field.name in present:
            texts = ask(f"SELECT DISTINCT coalesce({field.name}::VARCHAR, '') AS text FROM {READ} ORDER BY text")
            expected = tr("empty, or one of {choices}", choices=", ".join(field.choices))
            faults += _unknown_faults(name, field.name, texts, {"", *field.choices}, expected)
    repeated = ask(f"SELECT period, enterprise FROM {READ} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT {SHOWN}")
    for key in repeated:
        text = " ".join(map(str, key))
        faults.append(Fault(name, None, "period+enterprise", text, tr("one row a period and enterprise")))
    listed = ask(f"SELECT DISTINCT enterprise FROM {READ} ORDER BY ALL")
    return faults + _unknown_faults(name, "enterprise", listed, enterprises, tr("an enterprise of enterprises.csv"))


def _unknown_faults(name: str, column: str, cells: list[tuple], allowed: Collection[str], expected: str) -> list[Fault]:
    """Return a fault for each of the first ``cells`` (rows of one) that are not ``allowed``."""
    faults = []
    for (cell,) in cells:
        if cell not in allowed:
            # an id stored as a number is no text, whatever it looks like
            text = None if cell is None else str(cell)
            faults.append(Fault(name, None, column, text, expected))
    return faults[:SHOWN]


def _types(connection: Connection, paths: str | list[str], read: str) -> dict[str, str]:
    """Return the columns of Parquet files and their types."""
    description = connection.execute(f"SELECT * FROM {read} LIMIT 0", {"paths": paths}).description
    return {row[0]: str(row[1]) for row in description}


def _canonical(text: str) -> str:
    """Return the period as folders name it; empty where the text is none."""
    try:
        return str(Period.parse(text))
    except Refused:
        return ""
