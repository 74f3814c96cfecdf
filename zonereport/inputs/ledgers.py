"""Monthly figures of enterprises added up, whether they stand in memory, in a CSV or in a folder of Parquet files."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pandas as pd

from zonereport.inputs.faults import Refused
from zonereport.inputs.ledgerview import (
    AMOUNTS,
    Connection,
    Part,
    Source,
    columns_of,
    described,
    ledger_rows,
    memory_only,
    query,
    quoted,
    require_columns,
    text_of,
)
from zonereport.inputs.model import Zone

__all__ = [
    "AMOUNTS",
    "Source",
    "enterprise_rows",
    "enterprise_spans",
    "enterprise_totals",
    "ledger_of",
    "ledger_values",
]

# sums are made of whole millionths, so that the order in which threads meet the rows leaves no trace
PARTS = 1_000_000
LARGEST = 9e12


def ledger_of(zone: Zone) -> Source | None:
    """Return where a zone's monthly figures of enterprises are: a table, a folder of Parquet files, both, or None."""
    parts: list[Part] = []
    if "enterprise_months" in zone.tables:
        parts.append(zone.tables["enterprise_months"])
    folders = set()
    for path in zone.files:
        if path.match("enterprise_months/*/*.parquet"):
            folders.add(path.parent.parent)
    parts += sorted(folders)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else parts


def ledger_values(source: Source, *, column: str, periods: Sequence[str] | None = None) -> list[str]:
    """Return what a column of texts (period, source) holds, each once and sorted, in ``periods`` or in all of them.

    Raises as in enterprise_totals.
    """
    if (frame := memory_only(source)) is not None:
        require_columns([column], frame)
        return sorted(_kept(frame, periods)[column].unique())
    with ledger_rows(source, None, [], "1GB") as connection:
        rows = f"ledger {_where(connection, periods)}"
        values = query(connection, f"SELECT DISTINCT {_cells(connection, [column])} FROM {rows}")
    return sorted(values[column].astype("str"))


def enterprise_rows(
    source: Source,
    *,
    periods: Sequence[str],
    columns: Sequence[str],
    only: Sequence[str] | None = None,
    memory: str = "4GB",
) -> pd.DataFrame:
    """Return the rows of some periods, for what needs each enterprise and not a sum; all that is named is in memory.

    Columns: period, enterprise, above_scale (yes, no or empty), then ``columns``: amounts (NaN where missing) or
    source; sorted by period and enterprise. ``only`` keeps the enterprises that it names. Sources and Raises as in
    enterprise_totals.
    """
    names = ["period", "enterprise", "above_scale", *columns]
    texts = []
    for name in names:
        if name not in AMOUNTS:
            texts.append(name)
    if (rows := memory_only(source)) is not None:
        require_columns(columns, rows)
        # above_scale may be left out of a file, and is then empty
        rows = _kept(rows, periods, only).reindex(columns=names).fillna(dict.fromkeys(texts, ""))
        rows = rows.sort_values(["period", "enterprise"], kind="stable", ignore_index=True)
    else:
        with ledger_rows(source, None, [], memory) as connection:
            kept = f"ledger {_where(connection, periods, only)}"
            rows = query(
                connection, f"SELECT {_cells(connection, names)} FROM {kept} ORDER BY period, enterprise, above_scale"
            )
    return rows.astype(dict.fromkeys(texts, "str"))


def enterprise_spans(
    source: Source, *, periods: Sequence[str], only: Sequence[str] | None = None, memory: str = "4GB"
) -> pd.DataFrame:
    """Return from when until when each enterprise is in the ledger and on the register of those above scale.

    ``periods`` are those that count, oldest first. Columns: enterprise, first, last, first_above, last_above: places
    in ``periods`` (0 is the first of them), -1 where it was never on the register; one row an enterprise, sorted.
    ``only``, Sources and Raises as in enterprise_totals and enterprise_rows.
    """
    if (rows := memory_only(source)) is not None:
        rows = _kept(rows, periods, only)
        # places, not periods: the texts of months and quarters do not sort by time
        place = rows["period"].map({text: n for n, text in enumerate(periods)}).astype("int64")
        is_above = rows["above_scale"] == "yes" if "above_scale" in rows else False
        ends = pd.DataFrame({"enterprise": rows["enterprise"], "place": place, "above": place.where(is_above)})
        spans = ends.groupby("enterprise").agg(
            first=("place", "min"), last=("place", "max"), first_above=("above", "min"), last_above=("above", "max")
        )
        spans = spans.reset_index()
    else:
        with ledger_rows(source, None, [], memory) as connection:
            cases = " ".join(f"WHEN {text_of(text)} THEN {n}" for n, text in enumerate(periods))
            cells = f"{_cells(connection, ['enterprise', 'above_scale'])}, CASE period {cases} END AS place"
            above = "place) FILTER (above_scale = 'yes')"
            spans = query(
                connection,
                f"WITH placed AS (SELECT {cells} FROM ledger {_where(connection, periods, only)}) "
                "SELECT enterprise, min(place) AS first, max(place) AS last, "
                f"min({above} AS first_above, max({above} AS last_above FROM placed GROUP BY enterprise",
            )
    places = ["first", "last", "first_above", "last_above"]
    spans = spans.fillna(dict.fromkeys(places, -1)).astype(dict.fromkeys(places, "int64") | {"enterprise": "str"})
    return spans.sort_values("enterprise", kind="stable", ignore_index=True)


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
    # a cumulative figure holds those of the months before
    if "period" not in by:
        raise Refused("enterprise_months: cumulative figures are not added across periods; name period in by")
    if (frame := memory_only(source)) is not None:
        return _pandas_totals(_joined(_kept(frame, periods), enterprises, by), by, columns)
    with ledger_rows(source, enterprises, by, memory) as connection:
        sums, keys = ", ".join(map(_sum, columns)), ", ".join(map(quoted, by))
        rows = f"ledger {_where(connection, periods)}"
        totals = query(
            connection, f"SELECT {keys}, count(*) AS enterprises, {sums} FROM {rows} GROUP BY {keys} ORDER BY {keys}"
        )
    return _shaped(totals, by, columns)


def _pandas_totals(rows: pd.DataFrame, by: list[str], columns: list[str]) -> pd.DataFrame:
    require_columns([*by, *columns], rows)
    # the sum of a million of them still fits into the 64 bits that millionths are added in
    if (rows[columns].abs() > LARGEST).any(axis=None):
        raise Refused(f"enterprise_months: an amount above {LARGEST:g} cannot be added up")
    groups = []
    for key in by:
        groups.append(rows[key])
    totals = rows.groupby(groups).size().to_frame("enterprises")
    for c in columns:
        millionths = np.rint(rows[c].fillna(0.0) * PARTS).astype("int64")
        totals[c] = millionths.groupby(groups).sum() / PARTS
        totals[f"{c}_missing"] = rows[c].isna().groupby(groups).sum()
        # what nobody reports is not known, and not 0
        totals[c] = totals[c].where(totals[f"{c}_missing"] < totals["enterprises"])
    return _shaped(totals.reset_index(), by, columns)


def _shaped(totals: pd.DataFrame, by: list[str], columns: list[str]) -> pd.DataFrame:
    missing = []
    for c in columns:
        missing.append(f"{c}_missing")
    types = dict.fromkeys(by, "str") | dict.fromkeys(missing, "int64") | dict.fromkeys(columns, "float64")
    types["enterprises"] = "int64"
    ordered = [*by, "enterprises", *chain(*zip(columns, missing, strict=True))]
    return totals[ordered].astype(types).sort_values(by, kind="stable", ignore_index=True)


def _joined(frame: pd.DataFrame, enterprises: pd.DataFrame | None, names: Sequence[str]) -> pd.DataFrame:
    extra = described(names, frame, enterprises)
    if not extra:
        return frame
    descriptions = enterprises.set_index("enterprise")[extra].astype("str")
    return frame.join(descriptions, on="enterprise").fillna(dict.fromkeys(extra, ""))


def _kept(rows: pd.DataFrame, periods: Sequence[str] | None = None, only: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of some periods and of some enterprises; None keeps all of them."""
    if periods is not None:
        rows = rows[rows["period"].isin(list(periods))]
    if only is not None:
        rows = rows[rows["enterprise"].isin(list(only))]
    return rows


def _cells(connection: Connection, names: Sequence[str]) -> str:
    present = columns_of(connection, "ledger")
    require_columns([name for name in names if name != "above_scale"], present)
    cells = ", ".join(map(quoted, names))
    # a ledger need not say who is above scale: empty, as in the typed table
    return cells if "above_scale" in present else cells.replace('"above_scale"', "'' AS \"above_scale\"")


def _where(connection: Connection, periods: Sequence[str] | None, only: Sequence[str] | None = None) -> str:
    """Return the condition of _kept, its periods written out so that DuckDB opens no other folder."""
    if periods is None:
        return ""
    condition = f"WHERE period IN ({', '.join(map(text_of, periods)) or 'NULL'})"
    if only is None:
        return condition
    # a table, not a list: a park may have a hundred thousand enterprises
    connection.register("asked", pd.DataFrame({"enterprise": list(only)}, dtype="object"))
    return f"{condition} AND enterprise IN (SELECT enterprise FROM asked)"


def _sum(column: str) -> str:
    """Return the SQL of an amount's sum and of how many rows lack it."""
    millionths = f"CAST(round_even({quoted(column)} * {PARTS}, 0) AS BIGINT)"
    missing = f"count(*) - count({quoted(column)}) AS {quoted(column + '_missing')}"
    return f"sum({millionths})::DOUBLE / {PARTS} AS {quoted(column)}, {missing}"
