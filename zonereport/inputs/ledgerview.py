"""The rows of a ledger of enterprises as one table, wherever they stand: a frame, a CSV, a folder of Parquet files."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period
from zonereport.language import tr

Part = pd.DataFrame | Path
# duckdb.DuckDBPyConnection: importing DuckDB takes 60 ms, and only large ledgers need it
Connection = Any
Source = Part | Sequence[Part]
AMOUNTS = ("invoiced_sales_10k_yuan", "output_10k_yuan", "tax_10k_yuan", "rd_10k_yuan", "employees")


def memory_only(source: Source) -> pd.DataFrame | None:
    """Return the one frame of a source that is all in memory, else None."""
    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, Path) or set(map(type, source)) != {pd.DataFrame}:
        return None
    return pd.concat(source)


def require_columns(names: Sequence[str], present: Collection[str]) -> None:
    """Raise Refused where one of ``names`` is not among the columns that are there."""
    absent = []
    for name in names:
        if name not in present:
            absent.append(name)
    if absent:
        raise Refused(
            tr(
                "enterprise_months: no column {absent}; there are {present}",
                absent=", ".join(absent),
                present=", ".join(present),
            )
        )


def described(names: Sequence[str], present: Collection[str], enterprises: pd.DataFrame | None) -> list[str]:
    """Return those of ``names`` that the ledger lacks and the table of enterprises has."""
    if enterprises is None:
        return []
    return [name for name in dict.fromkeys(names) if name in enterprises and name not in present]


@contextmanager
def ledger_rows(
    source: Source, enterprises: pd.DataFrame | None, names: Sequence[str], memory: str
) -> Iterator[Connection]:
    """Yield a connection with the view ``ledger``: the rows of ``source`` as the typed table has them, joined."""
    # 60 ms, and only large ledgers need it
    import duckdb

    with tempfile.TemporaryDirectory(prefix="zonereport-") as scratch:
        config = {
            "memory_limit": memory,
            "temp_directory": scratch,
            "preserve_insertion_order": "false",
            # a report is made without a network
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        connection = duckdb.connect(config=config)
        try:
            parts = [source] if isinstance(source, pd.DataFrame | Path) else list(source)
            _view(connection, parts, enterprises, names)
            yield connection
        except duckdb.Error as error:
            raise Refused(tr("enterprise_months: {reason}", reason=str(error).splitlines()[0])) from None
        finally:
            connection.close()


def _view(
    connection: Connection,
    parts: Sequence[Part],
    enterprises: pd.DataFrame | None,
    names: Sequence[str],
) -> None:
    connection.execute("SET enable_progress_bar = false")
    union = " UNION ALL BY NAME ".join(_select(connection, part, place) for place, part in enumerate(parts))
    connection.execute(f"CREATE VIEW typed AS {union}")
    # 2022年1-11月 is 2022-11, as in the typed table; where all are, DuckDB opens only the folders that are asked for
    cases = ""
    for (text,) in connection.execute("SELECT DISTINCT period FROM typed").fetchall():
        name = str(Period.parse(text))
        if name != text:
            cases += f" WHEN {text_of(text)} THEN {text_of(name)}"
    period = f"REPLACE (CASE period{cases} ELSE period END AS period)" if cases else ""
    extra = described(names, columns_of(connection, "typed"), enterprises)
    if not extra:
        connection.execute(f"CREATE VIEW ledger AS SELECT * {period} FROM typed")
        return
    connection.register("listed", enterprises[["enterprise", *extra]].astype("object"))
    texts = ", ".join(f"coalesce(listed.{quoted(c)}::VARCHAR, '') AS {quoted(c)}" for c in extra)
    connection.execute(
        f"CREATE VIEW ledger AS SELECT typed.* {period}, {texts} FROM typed "
        "LEFT JOIN listed ON typed.enterprise = listed.enterprise::VARCHAR"
    )


def _select(connection: Connection, part: Part, place: int) -> str:
    """Return the query of one part of a source, typed as the table in memory: empty texts, missing numbers."""
    number = "nullif({0}::DOUBLE, 'NaN')"
    if isinstance(part, pd.DataFrame):
        # DuckDB takes pandas' texts only as objects
        connection.register(f"part{place}", part.astype({c: "object" for c in part if c not in AMOUNTS}))
        read = f"part{place}"
    elif part.is_dir():
        if not any(part.rglob("*.parquet")):
            raise Refused(
                tr(
                    "{folder}: no Parquet file in this folder; expected period=2022-12/*.parquet",
                    folder=part.name,
                )
            )
        options = "hive_partitioning = true, hive_types_autocast = false, union_by_name = true"
        read = f"read_parquet({text_of(part / '**' / '*.parquet')}, {options})"
    else:
        read = f"read_csv({text_of(part)}, header = true, all_varchar = true, delim = ',', quote = '\"')"
        number = "nullif({0}::VARCHAR, '')::DOUBLE"
    present = columns_of(connection, read)
    cells = []
    # every amount is there in every part, so that parts of other columns stand below each other
    for name in dict.fromkeys([*present, *AMOUNTS]):
        cell = f"coalesce({quoted(name)}::VARCHAR, '')"
        if name not in present:
            cell = "NULL::DOUBLE"
        elif name in AMOUNTS:
            cell = number.format(quoted(name))
        cells.append(f"{cell} AS {quoted(name)}")
    return f"SELECT {', '.join(cells)} FROM {read}"


def columns_of(connection: Connection, relation: str) -> list[str]:
    """Return the columns of a table, view or table function."""
    return query(connection, f"DESCRIBE SELECT * FROM {relation}")["column_name"].tolist()


def query(connection: Connection, sql: str) -> pd.DataFrame:
    """Return what a query gives, as a frame."""
    return connection.execute(sql).df()


def quoted(text: str) -> str:
    """Return a column name as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


def text_of(text: object) -> str:
    """Return a text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"
