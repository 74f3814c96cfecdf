"""The rows of a ledger of enterprises as one table, wherever they stand: a frame, a CSV, a folder of Parquet files."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period

Part = pd.DataFrame | Path
# duckdb.DuckDBPyConnection: importing DuckDB takes 60 ms, and only large ledgers need it
Connection = Any
Source = Part | Sequence[Part]
AMOUNTS = ("invoiced_sales_10k_yuan", "output_10k_yuan", "tax_10k_yuan", "rd_10k_yuan", "employees")


def memory_only(source: Source) -> pd.DataFrame | None:
    """The one frame of a source that is all in memory, else None."""
    if isinstance(source, pd.DataFrame):
        return source
    parts = [] if isinstance(source, Path) else list(source)
    if parts and all(isinstance(part, pd.DataFrame) for part in parts):
        return pd.concat(parts)
    return None


def known_columns(rows: pd.DataFrame, names: list[str]) -> None:
    """Raises Refused where ``rows`` lack one of the columns ``names``."""
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise Refused(f"enterprise_months: no column {', '.join(unknown)}; there are {', '.join(rows)}")


@contextmanager
def ledger_rows(
    source: Source, enterprises: pd.DataFrame | None, names: Sequence[str], memory: str
) -> Iterator[Connection]:
    """A connection with the view ``ledger``: the rows of ``source`` as the typed table has them, joined."""
    import duckdb  # 60 ms, and only large ledgers need it

    with tempfile.TemporaryDirectory(prefix="zonereport-") as scratch:
        connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": scratch,
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        try:
            parts = [source] if isinstance(source, pd.DataFrame | Path) else list(source)
            _view(connection, parts, enterprises, names)
            yield connection
        except duckdb.Error as error:
            raise Refused(f"enterprise_months: {str(error).splitlines()[0]}") from None
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
    periods = [row[0] for row in connection.execute("SELECT DISTINCT period FROM typed").fetchall()]
    other = {text: str(Period.parse(text)) for text in periods if text != str(Period.parse(text))}
    cases = " ".join(f"WHEN {text_of(text)} THEN {text_of(name)}" for text, name in other.items())
    period = ""
    if other:
        period = f"REPLACE (CASE period {cases} ELSE period END AS period)"
    columns = columns_of(connection, "typed")
    extra = [n for n in dict.fromkeys(names) if n not in columns and enterprises is not None and n in enterprises]
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
    """The query of one part of a source, typed as the table in memory: empty texts, missing numbers."""
    if isinstance(part, pd.DataFrame):
        connection.register(f"part{place}", part.astype({c: "object" for c in part if c not in AMOUNTS}))
        read = f"part{place}"
    elif part.is_dir():
        if not any(part.rglob("*.parquet")):
            raise Refused(f"{part.name}: no Parquet file in this folder; expected period=2022-12/*.parquet")
        options = "hive_partitioning = true, hive_types_autocast = false, union_by_name = true"
        read = f"read_parquet({text_of(part / '**' / '*.parquet')}, {options})"
    else:
        read = f"read_csv({text_of(part)}, header = true, all_varchar = true, delim = ',', quote = '\"')"
    cells = []
    for name in (present := columns_of(connection, read)):
        cell = f"{quoted(name)}::VARCHAR"
        is_text = isinstance(part, Path) and not part.is_dir()
        number = f"nullif({cell}, '')::DOUBLE" if is_text else f"nullif({quoted(name)}::DOUBLE, 'NaN')"
        cells.append((number if name in AMOUNTS else f"coalesce({cell}, '')") + f" AS {quoted(name)}")
    cells += [f"NULL::DOUBLE AS {quoted(name)}" for name in AMOUNTS if name not in present]
    return f"SELECT {', '.join(cells)} FROM {read}"


def columns_of(connection: Connection, relation: str) -> list[str]:
    """The columns of a table, view or table function."""
    return [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]


def query(connection: Connection, sql: str) -> pd.DataFrame:
    """What a query gives, as a frame."""
    return connection.execute(sql).df()


def quoted(text: str) -> str:
    """A column name as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


def text_of(text: object) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"
