"""Monthly figures of enterprises added up, whether they stand in memory, in a CSV or in a folder of Parquet files."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.ledgerview import (
    AMOUNTS,
    Connection,
    Part,
    Source,
    columns_of,
    known_columns,
    ledger_rows,
    memory_only,
    query,
    quoted,
    text_of,
)
from zonereport.inputs.model import Zone

__all__ = [
    "AMOUNTS",
    "Source",
    "enterprise_rows",
    "enterprise_spans",
    "enterprise_totals",
    "largest_enterprises",
    "ledger_of",
    "ledger_values",
]

# sums are made of whole millionths, so that the order in which threads meet the rows leaves no trace
PARTS = 1_000_000
LARGEST = 9e12


def ledger_of(zone: Zone) -> Source | None:
    """Where a zone's monthly figures of enterprises are: in a table, in a folder of Parquet files, both, or nowhere."""
    table = zone.tables.get("enterprise_months")
    folders = {path.parent.parent for path in zone.files if path.suffix == ".parquet"}
    folders = sorted(folder for folder in folders if folder.name == "enterprise_months")
    parts: list[Part] = [*([] if table is None else [table]), *folders]
    if len(parts) == 1:
        return parts[0]
    return parts or None


def ledger_values(source: Source, *, column: str, periods: Sequence[str] | None = None) -> list[str]:
    """What stands in a column of texts (period, source), each once and sorted, in ``periods`` or in all of them.

    Raises as in enterprise_totals.
    """
    if (frame := memory_only(source)) is not None:
        known_columns(frame, [column])
        rows = frame if periods is None else frame[frame["period"].isin(list(periods))]
        return sorted(rows[column].unique())
    with ledger_rows(source, None, [], "1GB") as connection:
        condition = "" if periods is None else _where(connection, periods, None)
        found = query(connection, f"SELECT DISTINCT {_cells(connection, [column])} FROM ledger {condition}")
    return sorted(found[column].astype("str"))


def enterprise_rows(
    source: Source,
    *,
    periods: Sequence[str],
    columns: Sequence[str],
    only: Sequence[str] | None = None,
    memory: str = "4GB",
) -> pd.DataFrame:
    """The rows of some periods: for what needs each enterprise and not a sum; name few periods, all of it is in memory.

    Columns: period, enterprise, above_scale (yes, no or empty), then ``columns``: amounts (NaN where missing) or
    source; sorted by period and enterprise. ``only`` keeps the enterprises that it names. Sources and Raises as in
    enterprise_totals.
    """
    names = ["period", "enterprise", "above_scale", *columns]
    texts = [name for name in names if name not in AMOUNTS]
    if (rows := memory_only(source)) is not None:
        known_columns(rows, list(columns))
        kept = rows["period"].isin(list(periods))
        made = rows[kept if only is None else kept & rows["enterprise"].isin(list(only))]
        made = made.reindex(columns=names).fillna(dict.fromkeys(texts, ""))
        made = made.sort_values(["period", "enterprise"], kind="stable", ignore_index=True)
    else:
        with ledger_rows(source, None, [], memory) as connection:
            rows = f"ledger {_where(connection, periods, only)}"
            made = query(
                connection, f"SELECT {_cells(connection, names)} FROM {rows} ORDER BY period, enterprise, above_scale"
            )
    return made.astype(dict.fromkeys(texts, "str"))


def enterprise_spans(
    source: Source, *, periods: Sequence[str], only: Sequence[str] | None = None, memory: str = "4GB"
) -> pd.DataFrame:
    """From when until when each enterprise is in the ledger and on the register of those above scale.

    ``periods`` are those that count, oldest first. Columns: enterprise, first, last, first_above, last_above: places
    in ``periods`` (0 is the first of them), -1 where it was never on the register; one row an enterprise, sorted.
    ``only``, Sources and Raises as in enterprise_totals and enterprise_rows.
    """
    if (rows := memory_only(source)) is not None:
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
        with ledger_rows(source, None, [], memory) as connection:
            cases = " ".join(f"WHEN {text_of(text)} THEN {n}" for n, text in enumerate(periods))
            cells = f"{_cells(connection, ['enterprise', 'above_scale'])}, CASE period {cases} END AS place"
            above = "place) FILTER (above_scale = 'yes')"
            made = query(
                connection,
                f"WITH placed AS (SELECT {cells} FROM ledger {_where(connection, periods, only)}) "
                "SELECT enterprise, min(place) AS first, max(place) AS last, "
                f"min({above} AS first_above, max({above} AS last_above FROM placed GROUP BY enterprise",
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
    periods: Sequence[str] | None = None,
    memory: str = "4GB",
) -> pd.DataFrame:
    """Add up enterprises' figures by period and whatever else ``by`` names.

    ``source`` is the typed table enterprise_months, its CSV, or a folder of Parquet files (period=2022-12/*.parquet),
    which is read out of core in ``memory`` and a temporary folder; or several of these, one below the other. ``by``
    names period and any of enterprise, above_scale, and the columns of ``enterprises`` (park, industry ...), empty for
    one that is not listed there. ``columns`` are amounts of the table; ``periods`` keeps those that it names. What
    comes back has the columns of ``by``, ``enterprises`` (how many rows), each amount (NaN where no row has it) and
    ``<amount>_missing`` (how many rows lack it), sorted by ``by``: the same frame to the last bit from each kind of
    source, exact to the sixth decimal.

    Raises Refused where ``by`` lacks period (cumulative figures of two periods are not added), on a column that is not
    there, and on a source that cannot be read.
    """
    by, columns = list(by), list(columns)
    if "period" not in by:
        raise Refused("enterprise_months: cumulative figures are not added across periods; name period in by")
    if (frame := memory_only(source)) is not None:
        frame = frame if periods is None else frame[frame["period"].isin(list(periods))]
        return _pandas_totals(_joined(frame, enterprises, by), by, columns)
    with ledger_rows(source, enterprises, by, memory) as connection:
        sums = ", ".join(
            f"sum({_parts(c)})::DOUBLE / {PARTS} AS {quoted(c)}, "
            f"count(*) - count({quoted(c)}) AS {quoted(c + '_missing')}"
            for c in columns
        )
        keys = ", ".join(map(quoted, by))
        rows = "ledger" if periods is None else f"ledger {_where(connection, periods, None)}"
        made = query(
            connection, f"SELECT {keys}, count(*) AS enterprises, {sums} FROM {rows} GROUP BY {keys} ORDER BY {keys}"
        )
    return _shaped(made, by, columns)


def largest_enterprises(source: Source, *, column: str, n: int, memory: str = "4GB") -> pd.DataFrame:
    """The ``n`` enterprises with the most ``column`` in each period, largest first, and their share of the period.

    Columns: period, place (1 to n), enterprise, the amount, share (of the sum of all that report it; NaN where that is
    not positive). Of equal amounts the enterprise that sorts first comes first. Sources and Raises as in
    enterprise_totals.
    """
    if (rows := memory_only(source)) is not None:
        known_columns(rows, [column])
        rows = rows.dropna(subset=column)[["period", "enterprise", column]]
        rows = rows.sort_values(["period", column, "enterprise"], ascending=[True, False, True], kind="stable")
        made = rows.groupby("period").head(n)
    else:
        with ledger_rows(source, None, [], memory) as connection:
            # each thread keeps n rows a period; a window function would sort them all
            best = f"min(ROW(-{quoted(column)}, enterprise), {int(n)})"
            made = query(
                connection,
                f"WITH best AS (SELECT period, {best} AS pairs FROM ledger WHERE {quoted(column)} IS NOT NULL "
                "GROUP BY period), flat AS (SELECT period, unnest(pairs) AS pair FROM best) "
                f"SELECT period, pair[2] AS enterprise, -pair[1] AS {quoted(column)} FROM flat "
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
    known_columns(rows, [*by, *columns])
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


def _joined(frame: pd.DataFrame, enterprises: pd.DataFrame | None, names: Sequence[str]) -> pd.DataFrame:
    extra = [name for name in names if name not in frame and enterprises is not None and name in enterprises]
    if not extra:
        return frame
    known = enterprises.set_index("enterprise")[extra].astype("str")
    return frame.join(known, on="enterprise").fillna(dict.fromkeys(extra, ""))


def _cells(connection: Connection, names: Sequence[str]) -> str:
    present = columns_of(connection, "ledger")
    absent = [name for name in names if name not in present and name != "above_scale"]
    if absent:
        raise Refused(f"enterprise_months: no column {', '.join(absent)}; there are {', '.join(present)}")
    return ", ".join(quoted(name) if name in present else f"'' AS {quoted(name)}" for name in names)


def _where(connection: Connection, periods: Sequence[str], only: Sequence[str] | None) -> str:
    """The condition of some periods, written out so that DuckDB opens no other folder, and of some enterprises."""
    condition = f"WHERE period IN ({', '.join(map(text_of, periods)) or 'NULL'})"
    if only is None:
        return condition
    connection.register("asked", pd.DataFrame({"enterprise": list(only)}, dtype="object"))
    return f"{condition} AND enterprise IN (SELECT enterprise FROM asked)"


def _parts(column: str) -> str:
    return f"CAST(round_even({quoted(column)} * {PARTS}, 0) AS BIGINT)"
