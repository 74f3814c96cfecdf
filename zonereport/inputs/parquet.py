"""Whether a folder of Parquet files is a sound ledger: its periods, columns, keys and enterprises."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.ledgers import AMOUNTS
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table

SHOWN = 20


def parquet_faults(folder: Path, table: Table, enterprises: Collection[str]) -> list[Fault]:
    """What is wrong with data/<zone>/enterprise_months/period=2022-12/*.parquet, each kind of fault in one line.

    ``table`` is enterprise_months of tables.csv, ``enterprises`` are the ids of enterprises.csv. Amounts must be
    numbers, neither NaN nor infinite; a choice is one of its texts (yes, not true); an enterprise has one row a period.
    Of unknown enterprises and choices and of repeated keys the first twenty are named. A cell has no row number in
    Parquet: faults name the file or the key.
    """
    import duckdb

    name, faults, sound = f"{folder.name}/", [], []
    for path in sorted(folder.rglob("*.parquet")):
        place = path.relative_to(folder)
        text = place.parts[0].removeprefix("period=")
        if len(place.parts) != 2 or place.parts[0] != f"period={text}" or not _is_canonical(text):
            faults.append(Fault(f"{name}{place}", None, None, place.parts[0], "a folder such as period=2022-12"))
            continue
        try:
            found = _types(path)
        except duckdb.Error as error:
            faults.append(Fault(f"{name}{place}", None, None, str(error).splitlines()[0], "a Parquet file"))
            continue
        wrong = [
            *(
                Fault(f"{name}{place}", None, c, None, "this column")
                for c in table.required
                if c not in {*found, "period"}
            ),
            *(
                Fault(f"{name}{place}", None, c, c, "one of " + ", ".join(table.columns))
                for c in found
                if c not in table.columns
            ),
            *(
                Fault(f"{name}{place}", None, c, t, "numbers")
                for c, t in found.items()
                if c in AMOUNTS and not _is_number(t)
            ),
        ]
        faults += wrong
        sound += [] if wrong else [str(path)]
    if sound and not faults:
        faults += _row_faults(name, sound, table, enterprises)
    if not sound and not faults:
        faults.append(Fault(name, None, None, None, "Parquet files such as period=2022-12/part.parquet"))
    return faults


def doubled_faults(folder: Path, rows: pd.DataFrame) -> list[Fault]:
    """The rows of enterprise_months.csv that the Parquet files beside it have too: each would count twice.

    ``rows`` is the table as text, indexed by row of the file; ``folder`` is sound (parquet_faults found nothing).
    """
    import duckdb

    periods = rows["period"].map({text: _canonical(text) for text in rows["period"].unique()})
    names = {f"period={period}" for period in periods}
    both = [path for path in sorted(folder.rglob("*.parquet")) if path.parent.name in names]
    if not both:
        return []
    with duckdb.connect() as connection:
        read = "read_parquet($paths, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
        sql = f"SELECT DISTINCT period, enterprise FROM {read}"
        found = set(connection.execute(sql, {"paths": list(map(str, both))}).fetchall())
    keys = zip(rows.index, periods, rows["enterprise"], strict=True)
    return [
        Fault("enterprise_months.csv", row, "enterprise", enterprise, f"no row: {folder.name}/ has {period} too")
        for row, period, enterprise in keys
        if (period, enterprise) in found
    ][:SHOWN]


def _row_faults(name: str, paths: list[str], table: Table, enterprises: Collection[str]) -> list[Fault]:
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": "false"})
    connection.execute("SET enable_progress_bar = false")
    read = "read_parquet($paths, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
    try:
        present = _types(paths, read.replace("$paths", "?"))
        counts = [f"count(*) FILTER (NOT isfinite({c}::DOUBLE))" for c in AMOUNTS if c in present]
        bad = ()
        if counts:
            bad = connection.execute(f"SELECT {', '.join(counts)} FROM {read}", {"paths": paths}).fetchone()
        named = [c for c in AMOUNTS if c in present]
        faults = [
            Fault(name, None, c, f"{n} cells", "finite numbers; what is not known is null")
            for c, n in zip(named, bad, strict=True)
            if n
        ]
        for field in [field for field in table.fields if field.kind == "choice" and field.name in present]:
            texts = f"SELECT DISTINCT coalesce({field.name}::VARCHAR, '') AS text FROM {read}"
            found = connection.execute(f"{texts} ORDER BY text", {"paths": paths}).fetchall()
            unknown = [text for (text,) in found if text and text not in field.choices]
            expected = f"empty, or one of {', '.join(field.choices)}"
            faults += [Fault(name, None, field.name, text, expected) for text in unknown[:SHOWN]]
        repeated = connection.execute(
            f"SELECT period, enterprise FROM {read} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT {SHOWN}",
            {"paths": paths},
        ).fetchall()
        faults += [
            Fault(name, None, "period+enterprise", " ".join(map(str, key)), "one row a period and enterprise")
            for key in repeated
        ]
        listed = connection.execute(f"SELECT DISTINCT enterprise FROM {read} ORDER BY ALL", {"paths": paths}).fetchall()
        unknown = [row[0] for row in listed if row[0] not in enterprises]
        faults += [
            Fault(name, None, "enterprise", None if one is None else str(one), "an enterprise of enterprises.csv")
            for one in unknown[:SHOWN]
        ]
    finally:
        connection.close()
    return faults


def _types(paths: Path | list[str], read: str = "read_parquet(?)") -> dict[str, str]:
    """The columns of Parquet files and their types."""
    import duckdb

    given = paths
    if isinstance(paths, Path):
        given = str(paths)
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT * FROM {read} LIMIT 0", [given]).description
    return {row[0]: str(row[1]) for row in rows}


def _is_number(kind: str) -> bool:
    return kind.split("(")[0].upper() in {
        "DOUBLE",
        "FLOAT",
        "DECIMAL",
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
        "NUMBER",
    }


def _is_canonical(text: str) -> bool:
    return _canonical(text) == text


def _canonical(text: str) -> str:
    """The period as folders name it; empty where the text is none."""
    try:
        return str(Period.parse(text))
    except Refused:
        return ""
