"""The three signals of every month: progress against the year's target, position and momentum among the peers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert
from zonereport.metrics.compare.bands.classes import beyond, position
from zonereport.metrics.compare.ranking.comparing import MONTH
from zonereport.metrics.compare.ranking.peer_rank import ZONE
from zonereport.metrics.compare.ranking.rank_tables import ranked_places
from zonereport.metrics.indicators.schedule import WINDOW, linear_shares, seasonal_shares

# a gap within so many percentage points says nothing
LEAST_PP = 2.0
# fewer peers have no middle half
FEWEST_PEERS = 3
PROGRESS = ["progress_gap_pp", "progress_tolerance_pp", "progress_basis", "schedule_years"]
MOMENTUM = ["growth_pct", "peer_median_pct", "momentum_gap_pp", "momentum_tolerance_pp", "peers"]
PLACE = ["rank", "rank_of", "tied"]


def signals(
    history: pd.DataFrame,
    table: pd.DataFrame,
    targets: pd.DataFrame,
    dictionary: Dictionary,
    *,
    period: Period,
    known: Mapping[str, tuple[float, str]],
) -> pd.DataFrame:
    """Return a row a code and month of the zone that has any signal: the signals with the numbers that they come from.

    ``history`` is that of a scope, ``table`` its ``compared``, ``targets`` the typed table; ``known`` gives the gap to
    the schedule (pp, value minus schedule) and its basis by code, as measured for ``period``, and wins there.
    Columns: code, period, year, month; PROGRESS, MOMENTUM and PLACE (gaps in percentage points, above zero is better);
    progress, position and momentum (-1, 0, 1, NaN missing). Source: methods notes of the project, section 3.8.
    """
    keys = [*MONTH, "period"]
    # a signal is of the whole zone: parks have no peers
    zone = history.loc[history["entity"] == ZONE, keys]
    directions = dictionary.indicators["direction"]
    rows = zone[zone["code"].isin(directions.index[directions != 0])]
    rows = rows.merge(progress_gaps(history, table, targets, dictionary), how="left", on=MONTH)
    rows = rows.merge(momentum_gaps(table, directions), how="left", on=MONTH)
    rows = rows.merge(_places(table), how="left", on=MONTH)
    rows["progress_basis"] = rows["progress_basis"].fillna("")
    rows = _with_known(rows, (rows["year"] == period.year) & (rows["month"] == period.last), known, directions)
    rows["progress"] = _beyond(rows, "progress")
    rows["momentum"] = _beyond(rows, "momentum")
    rows["position"] = [position(*place) for place in rows[["rank", "tied", "rank_of"]].to_numpy(float).tolist()]
    return rows[rows[["progress", "position", "momentum"]].notna().any(axis=1)].reset_index(drop=True)


def _with_known(
    rows: pd.DataFrame, now: pd.Series, known: Mapping[str, tuple[float, str]], directions: pd.Series
) -> pd.DataFrame:
    """The rows with the gaps that were measured before in those of ``now``."""
    here = now & rows["code"].isin(list(known))
    codes = rows.loc[here, "code"]
    measured = pd.DataFrame.from_dict(known, orient="index", columns=["gap", "basis"]).reindex(codes)
    rows = rows.copy()
    rows.loc[here, "progress_gap_pp"] = (measured["gap"] * directions.reindex(codes)).to_numpy(float)
    rows.loc[here, "progress_basis"] = measured["basis"].to_numpy()
    # a schedule without a history of its own has the least tolerance
    rows.loc[here, "progress_tolerance_pp"] = np.fmax(LEAST_PP, rows.loc[here, "progress_tolerance_pp"])
    return rows


def progress_gaps(
    history: pd.DataFrame, table: pd.DataFrame, targets: pd.DataFrame, dictionary: Dictionary
) -> pd.DataFrame:
    """Return the gap of every month to the year's schedule, in percentage points, with the tolerance of the signal.

    Of a cumulative flow with a target of kind level or net_increase: k_t - s_t, basis ``seasonal`` where two full
    earlier years give the schedule s_t, tolerance max(2, half their range); else k_t - t / 12, basis ``linear``,
    tolerance 2. Of a growth target g_t - g_T, basis ``growth_target``, tolerance 2. Times the direction: above zero is
    better. A target counts from the month in which it was set. Columns: MONTH and PROGRESS.
    Source: methods notes of the project, sections 3.3 and 3.8.
    """
    zone = history[history["entity"] == ZONE]
    growths = table.loc[table["entity"] == ZONE, [*MONTH, "growth_pct"]]
    # the growth as it is compared with the peers', not as the source prints it
    zone = zone.drop(columns="growth_pct").merge(growths, how="left", on=MONTH)
    rows = _with_targets(zone, targets)
    nothing = pd.DataFrame(columns=[*MONTH, *PROGRESS]).astype({"year": "int64", "month": "int64"})
    if rows.empty:
        return nothing
    kinds = dictionary.indicators.loc[rows["code"], ["nature", "direction"]].set_axis(rows.index)
    columns = rows[["target", "target_unit", "unit", "kind"]]
    wanted = np.array([_in_unit(*one, dictionary) for one in columns.itertuples(index=False)])
    grows = rows["kind"] == "growth"
    flows = rows["kind"].isin(["level", "net_increase"]) & (kinds["nature"] == "flow_ytd") & (wanted > 0)
    # of a target at or below zero nothing can be a part
    met = rows["value"] / np.where(wanted > 0, wanted, np.nan) * 100
    schedule = _schedules(cumulative_tables(zone[zone["code"].isin(rows["code"])]), rows)
    gap = (met - schedule["due"]).where(flows).mask(grows, rows["growth_pct"] - wanted) * kinds["direction"]
    # where past years differ much, the schedule allows as much
    half = ((schedule["high"] - schedule["low"]) / 2).where(flows & schedule["seasonal"], 0.0)
    basis = np.select([grows, schedule["seasonal"]], ["growth_target", "seasonal"], "linear")
    made = rows[MONTH].assign(
        progress_gap_pp=gap.round(9),
        progress_tolerance_pp=np.maximum(LEAST_PP, half),
        progress_basis=basis,
        schedule_years=schedule["years"].where(flows & schedule["seasonal"], 0),
    )
    return made[gap.notna()].reset_index(drop=True)


def past_shares(cumulative: pd.DataFrame, *, year: int, month: int) -> NDArray[np.float64]:
    """Return what part of the year ``month`` had reached in each of the full years before ``year``, in %, oldest first.

    ``cumulative`` is a table of years by months 1 to 12; the mean of what comes back is the seasonal schedule.

    >>> table = pd.DataFrame([[5.0] * 11 + [20.0], [6.0] * 11 + [10.0]], [2020, 2021], range(1, 13))
    >>> past_shares(table, year=2022, month=6).tolist()
    [25.0, 60.0]
    """
    rows = cumulative[cumulative.index < year].to_numpy(float)
    rows = rows[rows[:, 11] > 0][-WINDOW:]
    shares = rows[:, month - 1] / rows[:, 11] * 100
    return shares[np.isfinite(shares)]


def momentum_gaps(table: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Return growth against the peers' median, in percentage points, and the tolerance max(2, interquartile range / 4).

    The median and the quartiles are those of the peers' growth, the zone left out; fewer than three peers have none.
    Columns: MONTH and MOMENTUM. Source: methods notes of the project, section 3.8.
    """
    if table.empty:
        return pd.DataFrame(columns=[*MONTH, *MOMENTUM]).astype({"year": "int64", "month": "int64"})
    others = table[(table["entity"] != ZONE) & table["growth_pct"].notna()].groupby(MONTH)["growth_pct"]
    spread = others.quantile([0.25, 0.5, 0.75]).unstack().reindex(columns=[0.25, 0.5, 0.75])
    spread = spread.assign(peers=others.size()).astype("float64")
    zone = table.loc[table["entity"] == ZONE, [*MONTH, "growth_pct"]].join(spread, on=MONTH)
    # of one or two peers the middle says nothing
    enough = zone["peers"] >= FEWEST_PEERS
    sign = zone["code"].map(directions)
    return zone[MONTH].assign(
        growth_pct=zone["growth_pct"].astype("float64"),
        peer_median_pct=zone[0.5].where(enough),
        momentum_gap_pp=((zone["growth_pct"] - zone[0.5]) * sign).where(enough).astype("float64").round(9),
        momentum_tolerance_pp=np.maximum(LEAST_PP, (zone[0.75] - zone[0.25]) / 4).where(enough),
        peers=zone["peers"].fillna(0),
    )


def _places(table: pd.DataFrame) -> pd.DataFrame:
    """The zone's rank in each month: the published one, else the computed one; of how many; how many share it."""
    if table.empty:
        return pd.DataFrame(columns=[*MONTH, *PLACE]).astype({"year": "int64", "month": "int64"})
    made = ranked_places(table)
    zone = made["entity"] == ZONE
    return made.loc[zone, [*MONTH, *PLACE]].astype(dict.fromkeys(PLACE, "float64"))


def _with_targets(zone: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``zone`` with the target in force at the end of their month, the level first of two of one day."""
    if targets.empty:
        return zone.iloc[:0]
    # of two targets of one day the level counts
    order = targets.assign(year=targets["year"].astype("int64"), level=targets["kind"] == "level")
    order = order.sort_values(["set_on", "level"], kind="stable").rename(columns={"unit": "target_unit"})
    rows = zone.merge(order[["code", "year", "target", "target_unit", "kind", "set_on"]], on=["code", "year"])
    ends = rows["year"].astype("str") + "-" + rows["month"].map("{:02d}-31".format)
    return rows[rows["set_on"] <= ends].drop_duplicates(MONTH, keep="last").reset_index(drop=True)


def _schedules(tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> pd.DataFrame:
    """What was due of each of ``rows`` by its month: of its own history where there is one, else linear; in %."""
    months, places = rows["month"].to_numpy() - 1, np.arange(len(rows))
    found = np.column_stack([linear_shares()[months], np.full((len(rows), 2), np.nan), np.zeros(len(rows))])
    for (code, year), there in pd.Series(places).groupby([rows["code"].to_numpy(), rows["year"].to_numpy()]):
        shares = seasonal_shares(tables[code], before=year, window=WINDOW)
        made = np.column_stack([shares.mean, shares.low, shares.high, shares.years])[months[there]]
        known = np.isfinite(made[:, 0])
        found[there[known]] = made[known]
    made = pd.DataFrame(found, rows.index, columns=["due", "low", "high", "years"])
    return made.assign(seasonal=made["years"] > 0)


def cumulative_tables(history: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the zone's figures by code, years by months 1 to 12, in the unit of the latest one."""
    rows = history[history["entity"] == ZONE]
    # years in different currencies cannot be one table
    rows = rows[rows["unit"] == rows.groupby("code")["unit"].transform("last")]
    wide = rows.pivot(index=["code", "year"], columns="month", values="value").reindex(columns=range(1, 13))
    return {code: table.droplevel("code") for code, table in wide.groupby(level="code")}


def _in_unit(target: float, unit: str, own: str, kind: str, dictionary: Dictionary) -> float:
    if kind == "growth":
        return target
    try:
        return convert(target, unit, own, dictionary.units)
    except ValueError:
        return float("nan")


def _beyond(rows: pd.DataFrame, name: str) -> list[float]:
    pairs = rows[[f"{name}_gap_pp", f"{name}_tolerance_pp"]].to_numpy(float)
    return [beyond(gap, tolerance) for gap, tolerance in pairs]
