"""Monthly figures of enterprises added up, whether they stand in memory, in a CSV or in a folder of Parquet files."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period

if TYPE_CHECKING:
    import duckdb

    from zonereport.inputs.zone import Zone

Part = pd.DataFrame | Path
Source = Part | Sequence[Part]
AMOUNTS = ("invoiced_sales_10k_yuan", "output_10k_yuan", "tax_10k_yuan", "rd_10k_yuan", "employees")
# sums are made of whole millionths, so that the order in which threads meet the rows leaves no trace
PARTS = 1_000_000
LARGEST = 9e12


def ledger_of(zone: "Zone") -> Source | None:
    """Where the monthly figures of a zone's enterprises are: its table, its folder of Parquet files, both, or nowhere."""
    table = zone.tables.get("enterprise_months")
    folders = sorted({path.parent.parent for path in zone.files if path.suffix == ".parquet"})
    parts: list[Part] = [*([] if table is None else [table]), *folders]
    return parts[0] if len(parts) == 1 else parts or None


def ledger_periods(source: Source) -> list[str]:
    """The periods that a source has rows for, sorted as texts; Raises as in enterprise_totals."""
    if (frame := _memory_only(source)) is not None:
        return sorted(frame["period"].unique())
    with _rows(source, None, [], "1GB") as connection:
        return sorted(row[0] for row in connection.execute("SELECT DISTINCT period FROM ledger").fetchall())


def enterprise_rows(
    source: Source,
    *,
    periods: Sequence[str],
    columns: Sequence[str],
    only: Sequence[str] | None = None,
    memory: str = "4GB",
) -> pd.DataFrame:
    """The rows of some periods: for what needs each enterprise and not a sum; name few periods, all of it is in memory.

    Columns: period, enterprise, above_scale (yes, no or empty), then the amounts ``columns`` (NaN where missing),
    sorted by period and enterprise. ``only`` keeps the enterprises that it names. Sources and Raises as in
    enterprise_totals.
    """
    names = ["period", "enterprise", "above_scale", *columns]
    if (rows := _memory_only(source)) is not None:
        _known(rows, list(columns))
        kept = rows["period"].isin(list(periods))
        made = rows[kept if only is None else kept & rows["enterprise"].isin(list(only))]
        made = made.reindex(columns=names)
    else:
        with _rows(source, None, [], memory) as connection:
            made = _query(
                connection, f"SELECT {_cells(connection, names)} FROM ledger {_where(connection, periods, only)}"
            )
    texts = made[names[:3]].astype("object").fillna("").astype("str")
    return made.assign(**texts).sort_values(["period", "enterprise"], kind="stable", ignore_index=True)


def enterprise_spans(
    source: Source, *, periods: Sequence[str], only: Sequence[str] | None = None, memory: str = "4GB"
) -> pd.DataFrame:
    """From when until when each enterprise is in the ledger and on the register of those above scale.

    ``periods`` are those that count, oldest first. Columns: enterprise, first, last, first_above, last_above: places
    in ``periods`` (0 is the first of them), -1 where it was never on the register; one row an enterprise, sorted.
    ``only``, Sources and Raises as in enterprise_totals and enterprise_rows.
    """
    if (rows := _memory_only(source)) is not None:
        rows = rows[rows["period"].isin(list(periods))]
        rows = rows if only is None else rows[rows["enterprise"].isin(list(only))]
        place = rows["period"].map({text: n for n, text in enumerate(periods)}).astype("int64")
        above = place.where(rows["above_scale"] == "yes") if "above_scale" in rows else place.where(False)
        ends = pd.DataFrame({"first": place, "last": place, "first_above": above, "last_above": above})
        made = ends.groupby(rows["enterprise"]).agg(
            {"first": "min", "last": "max", "first_above": "min", "last_above": "max"}
        )
        made = made.rename_axis("enterprise").reset_index()
    else:
        with _rows(source, None, [], memory) as connection:
            cases = " ".join(f"WHEN {_text(text)} THEN {n}" for n, text in enumerate(periods))
            above = "CASE WHEN above_scale = 'yes' THEN place END"
            made = _query(
                connection,
                f"WITH placed AS (SELECT {_cells(connection, ['enterprise', 'above_scale'])}, CASE period {cases} END AS place "
                f"FROM ledger {_where(connection, periods, only)}) SELECT enterprise, min(place) AS first, "
                f"max(place) AS last, min({above}) AS first_above, max({above}) AS last_above FROM placed GROUP BY enterprise",
            )
    numbers = {name: made[name].fillna(-1).astype("int64") for name in ("first", "last", "first_above", "last_above")}
    made = made.assign(enterprise=made["enterprise"].astype("str"), **numbers)
    return made.sort_values("enterprise", kind="stable", ignore_index=True)


def enterprise_totals(
    source: Source,
    *,
    by: Sequence[str],
    columns: Sequence[str],
    enterprises: pd.DataFrame | None = None,
    memory: str = "4GB",
) -> pd.DataFrame:
    """Add up enterprises' figures by period and whatever else ``by`` names.

    ``source`` is the typed table enterprise_months, its CSV, or a folder of Parquet files (period=2022-12/*.parquet),
    which is read out of core in ``memory`` and a temporary folder; or several of these, one below the other. ``by``
    names period and any of enterprise, above_scale, and the columns of ``enterprises`` (park, industry ...), empty for
    one that is not listed there. ``columns`` are amounts of the table. What comes back has the columns of ``by``,
    ``enterprises`` (how many rows), each amount (NaN where no row has it) and ``<amount>_missing`` (how many rows lack
    it), sorted by ``by``: the same frame to the last bit from each kind of source, exact to the sixth decimal.

    Raises Refused where ``by`` lacks period (cumulative figures of two periods are not added), on a column that is not
    there, and on a source that cannot be read.
    """
    by, columns = list(by), list(columns)
    if "period" not in by:
        raise Refused("enterprise_months: cumulative figures are not added across periods; name period in by")
    if (frame := _memory_only(source)) is not None:
        return _pandas_totals(_joined(frame, enterprises, by), by, columns)
    with _rows(source, enterprises, by, memory) as connection:
        sums = ", ".join(
            f"sum({_parts(c)})::DOUBLE / {PARTS} AS {_name(c)}, count(*) - count({_name(c)}) AS {_name(c + '_missing')}"
            for c in columns
        )
        keys = ", ".join(map(_name, by))
        made = _query(
            connection, f"SELECT {keys}, count(*) AS enterprises, {sums} FROM ledger GROUP BY {keys} ORDER BY {keys}"
        )
    return _shaped(made, by, columns)


def largest_enterprises(source: Source, *, column: str, n: int, memory: str = "4GB") -> pd.DataFrame:
    """The ``n`` enterprises with the most ``column`` in each period, largest first, and their share of the period.

    Columns: period, place (1 to n), enterprise, the amount, share (of the sum of all that report it; NaN where that is
    not positive). Of equal amounts the enterprise that sorts first comes first. Sources and Raises as in
    enterprise_totals.
    """
    if (rows := _memory_only(source)) is not None:
        _known(rows, [column])
        rows = rows.dropna(subset=column)[["period", "enterprise", column]]
        rows = rows.sort_values(["period", column, "enterprise"], ascending=[True, False, True], kind="stable")
        made = rows.groupby("period").head(n)
    else:
        with _rows(source, None, [], memory) as connection:
            # each thread keeps n rows a period; a window function would sort them all
            best = f"min(ROW(-{_name(column)}, enterprise), {int(n)})"
            made = _query(
                connection,
                f"WITH best AS (SELECT period, {best} AS pairs FROM ledger WHERE {_name(column)} IS NOT NULL "
                "GROUP BY period), flat AS (SELECT period, unnest(pairs) AS pair FROM best) "
                f"SELECT period, pair[2] AS enterprise, -pair[1] AS {_name(column)} FROM flat "
                "ORDER BY period, pair[1], pair[2]",
            )
    totals = enterprise_totals(source, by=["period"], columns=[column], memory=memory)
    whole = made["period"].map(totals.set_index("period")[column])
    return pd.DataFrame(
        {
            "period": made["period"].astype("str"),
            "place": made.groupby("period").cumcount() + 1,
            "enterprise": made["enterprise"].astype("str"),
            column: made[column].astype("float64"),
            "share": (made[column] / whole).where(whole > 0).astype("float64"),
        }
    ).reset_index(drop=True)


def _pandas_totals(rows: pd.DataFrame, by: list[str], columns: list[str]) -> pd.DataFrame:
    _known(rows, [*by, *columns])
    if (rows[columns].abs() > LARGEST).any(axis=None):
        raise Refused(f"enterprise_months: an amount above {LARGEST:g} cannot be added up")
    groups = [rows[key] for key in by]
    made = {"enterprises": rows.groupby(groups).size()}
    for c in columns:
        parts = np.rint(rows[c].fillna(0.0) * PARTS).astype("int64").groupby(groups).sum()
        missing = rows[c].isna().groupby(groups).sum()
        made |= {c: (parts / PARTS).where(missing < made["enterprises"]), f"{c}_missing": missing}
    return _shaped(pd.DataFrame(made).reset_index(names=by), by, columns)


def _shaped(made: pd.DataFrame, by: list[str], columns: list[str]) -> pd.DataFrame:
    counts = ["enterprises", *(f"{c}_missing" for c in columns)]
    types = dict.fromkeys(by, "str") | dict.fromkeys(counts, "int64") | dict.fromkeys(columns, "float64")
    ordered = [*by, "enterprises", *(name for c in columns for name in (c, f"{c}_missing"))]
    return made[ordered].astype(types).sort_values(by, kind="stable", ignore_index=True)


def _memory_only(source: Source) -> pd.DataFrame | None:
    """The one frame of a source that is all in memory, else None."""
    if isinstance(source, pd.DataFrame):
        return source
    parts = [] if isinstance(source, Path) else list(source)
    return pd.concat(parts) if parts and all(isinstance(part, pd.DataFrame) for part in parts) else None


def _joined(frame: pd.DataFrame, enterprises: pd.DataFrame | None, names: Sequence[str]) -> pd.DataFrame:
    extra = [name for name in names if name not in frame and enterprises is not None and name in enterprises]
    if not extra:
        return frame
    known = enterprises.set_index("enterprise")[extra].astype("str")
    return frame.join(known, on="enterprise").fillna(dict.fromkeys(extra, ""))


def _known(rows: pd.DataFrame, names: list[str]) -> None:
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise Refused(f"enterprise_months: no column {', '.join(unknown)}; there are {', '.join(rows)}")


@contextmanager
def _rows(
    source: Source, enterprises: pd.DataFrame | None, names: Sequence[str], memory: str
) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection with the view ``ledger``: the rows of ``source`` as the typed table has them, joined."""
    import duckdb  # 60 ms, and only large ledgers need it

    with tempfile.TemporaryDirectory(prefix="zonereport-") as scratch:
        connection = duckdb.connect(
            config={
                **{"memory_limit": memory, "temp_directory": scratch, "preserve_insertion_order": "false"},
                **{"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
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
    connection: "duckdb.DuckDBPyConnection",
    parts: Sequence[Part],
    enterprises: pd.DataFrame | None,
    names: Sequence[str],
) -> None:
    connection.execute("SET enable_progress_bar = false")
    union = " UNION ALL BY NAME ".join(_select(connection, part, place) for place, part in enumerate(parts))
    connection.execute(f"CREATE VIEW typed AS {union}")
    periods = [row[0] for row in connection.execute("SELECT DISTINCT period FROM typed").fetchall()]
    other = {text: str(Period.parse(text)) for text in periods if text != str(Period.parse(text))}
    cases = " ".join(f"WHEN {_text(text)} THEN {_text(name)}" for text, name in other.items())
    period = f"REPLACE (CASE period {cases} ELSE period END AS period)" if other else ""
    columns = _columns(connection, "typed")
    extra = [n for n in dict.fromkeys(names) if n not in columns and enterprises is not None and n in enterprises]
    if not extra:
        connection.execute(f"CREATE VIEW ledger AS SELECT * {period} FROM typed")
        return
    connection.register("listed", enterprises[["enterprise", *extra]].astype("object"))
    texts = ", ".join(f"coalesce(listed.{_name(c)}::VARCHAR, '') AS {_name(c)}" for c in extra)
    connection.execute(
        f"CREATE VIEW ledger AS SELECT typed.* {period}, {texts} FROM typed "
        "LEFT JOIN listed ON typed.enterprise = listed.enterprise::VARCHAR"
    )


def _select(connection: "duckdb.DuckDBPyConnection", part: Part, place: int) -> str:
    """The query of one part of a source, typed as the table in memory: empty texts, missing numbers."""
    if isinstance(part, pd.DataFrame):
        connection.register(f"part{place}", part.astype({c: "object" for c in part if c not in AMOUNTS}))
        read = f"part{place}"
    elif part.is_dir():
        if not any(part.rglob("*.parquet")):
            raise Refused(f"{part.name}: no Parquet file in this folder; expected period=2022-12/*.parquet")
        options = "hive_partitioning = true, hive_types_autocast = false, union_by_name = true"
        read = f"read_parquet({_text(part / '**' / '*.parquet')}, {options})"
    else:
        read = f"read_csv({_text(part)}, header = true, all_varchar = true, delim = ',', quote = '\"')"
    cells = []
    for name in (present := _columns(connection, read)):
        cell = f"{_name(name)}::VARCHAR"
        is_text = isinstance(part, Path) and not part.is_dir()
        number = f"nullif({cell}, '')::DOUBLE" if is_text else f"nullif({_name(name)}::DOUBLE, 'NaN')"
        cells.append((number if name in AMOUNTS else f"coalesce({cell}, '')") + f" AS {_name(name)}")
    cells += [f"NULL::DOUBLE AS {_name(name)}" for name in AMOUNTS if name not in present]
    return f"SELECT {', '.join(cells)} FROM {read}"


def _columns(connection: "duckdb.DuckDBPyConnection", relation: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]


def _cells(connection: "duckdb.DuckDBPyConnection", names: Sequence[str]) -> str:
    present = _columns(connection, "ledger")
    absent = [name for name in names if name not in present and name != "above_scale"]
    if absent:
        raise Refused(f"enterprise_months: no column {', '.join(absent)}; there are {', '.join(present)}")
    return ", ".join(_name(name) if name in present else f"'' AS {_name(name)}" for name in names)


def _where(connection: "duckdb.DuckDBPyConnection", periods: Sequence[str], only: Sequence[str] | None) -> str:
    """The condition of some periods, written out so that DuckDB opens no other folder, and of some enterprises."""
    condition = f"WHERE period IN ({', '.join(map(_text, periods)) or 'NULL'})"
    if only is None:
        return condition
    connection.register("asked", pd.DataFrame({"enterprise": list(only)}, dtype="object"))
    return f"{condition} AND enterprise IN (SELECT enterprise FROM asked)"


def _query(connection: "duckdb.DuckDBPyConnection", sql: str) -> pd.DataFrame:
    return connection.execute(sql).df()


def _parts(column: str) -> str:
    return f"CAST(round_even({_name(column)} * {PARTS}, 0) AS BIGINT)"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
