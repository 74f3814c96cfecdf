"""How far each indicator is from its target: gaps to schedules, lag, and what the rest of the year asks for."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from zonereport.metrics.frame import Row, figure
from zonereport.metrics.indicators.schedule import (
    NO_MONTHS,
    WINDOW,
    best_rate,
    comparable_year,
    lag_months,
    linear_shares,
    required_growth,
    required_rate,
    seasonal_shares,
)
from zonereport.metrics.indicators.series import matrices
from zonereport.metrics.rounding import up
from zonereport.metrics.scope import Scope

PP = "个百分点"
# last year's figure of the month and of the year, on the basis of this year's growth
Base = tuple[float, float]


def distances(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """Yield gap_linear, gap_seasonal, lag_months, required_rate, best_rate, required_growth and target_gap.

    ``of`` are the rows of ``series`` of the scope's entity, ``now`` those of the period, indexed by code. gap_linear
    carries the reason of the completion where there is none; the others appear where a target is in force.
    target_gap, above zero on the good side: of a growth target g_t - g_T in percentage points, of a ceiling T - Y_t,
    of a level at or below zero Y_t - T. Targets are the whole zone's: nothing comes for a park. Source: methods notes
    of the project, section 3.3.
    """
    if scope.park:
        return
    # what was measured of the targets before is taken, not made again
    completions = scope.known[scope.known["measure"] == "completion"].set_index("code")
    goals = scope.known[scope.known["measure"] == "target"].set_index("code")
    tables = matrices(of)
    bases = comparable_bases(of, tables, year=scope.period.year, month=scope.period.last)
    two_years = by_code(of, year=scope.period.year)
    for code, done in completions.iterrows():
        if done["reason"]:
            yield figure(code, "gap_linear", None, PP, reason=done["reason"])
        if code not in goals.index or code not in now.index:
            continue
        goal, row, base = goals.loc[code], now.loc[code], bases.get(code)
        if goal["basis"] in ("growth", "ceiling") or goal["value"] <= 0:
            yield from _beside(row, goal, base, scope.period.last)
        elif not done["reason"]:
            yield from _gaps(scope, row, done, tables.get(code, NO_MONTHS))
            actual = flow_from_start(two_years[code], goal["basis"], year=scope.period.year)
            # a quantity that is to fall has no rate of what is left
            if done["basis"] != "reduction" and actual is not None:
                yield from _left(scope, row, float(goal["value"]), actual, tables.get(code), base)


def _beside(row: pd.Series, goal: pd.Series, base: Base | None, month: int) -> Iterator[Row]:
    """A growth, a ceiling, a level that is not above zero: a difference, no completion."""
    code, kind = row["code"], goal["basis"]
    if kind == "growth":
        gap = round(row["growth"] - goal["value"], 9)
        yield figure(code, "target_gap", gap, PP, basis=kind, reason=row["growth_reason"] or "no_base")
        if row["nature"] == "flow_ytd":
            target = float("nan")
            if base:
                target = (1 + goal["value"] / 100) * base[1]
            yield _growth_needed(row, target, base, month)
        return
    gap = row["value"] - goal["value"]
    if kind == "ceiling":
        gap = -gap
    yield figure(code, "target_gap", round(gap, 9), row["unit"], basis=kind, reason="not_reported")


def _gaps(scope: Scope, row: pd.Series, done: pd.Series, table: pd.DataFrame) -> Iterator[Row]:
    """The gaps of a completion to both schedules, and its lag in months."""
    code, month = row["code"], scope.period.last
    completed, qualifier = float(done["value"]), done["qualifier"]
    linear = linear_shares()
    shares = seasonal_shares(table, before=scope.period.year, window=WINDOW)
    seasonal = shares.mean[month - 1]
    if row["nature"] == "flow_ytd" or month == 12:
        yield figure(code, "gap_linear", completed - linear[month - 1], PP, basis="linear", qualifier=qualifier)
    else:
        # what a list holds is not filled by twelfths
        yield figure(code, "gap_linear", None, PP, reason="stock")
    basis = f"seasonal {shares.years[month - 1]}"
    gap = completed - seasonal
    yield figure(code, "gap_seasonal", gap, PP, basis=basis, qualifier=qualifier, reason="too_few")
    # much of a year comes in at its end: its own course says more than the calendar
    path, name = linear, "linear"
    if np.isfinite(seasonal):
        path, name = shares.mean, "seasonal"
    yield figure(code, "lag_months", lag_months(completed, path, month=month), "个月", basis=name)


def _left(
    scope: Scope, row: pd.Series, target: float, actual: pd.Series, table: pd.DataFrame | None, base: Base | None
) -> Iterator[Row]:
    """The rate and the growth that the rest of the year has to bring, beside the best rate that there was."""
    code, unit, month, year = row["code"], row["unit"], scope.period.last, scope.period.year
    if month == 12:
        yield figure(code, "required_rate", None, unit, reason="year_over")
        yield figure(code, "required_growth", None, "%", reason="year_over")
        return
    value = float(actual[month])
    met = value >= target
    # what is left, spread over the months that are left, and never less than that
    rate = up(required_rate(target, value, month=month), int(scope.dictionary.indicators.at[code, "decimals"]))
    yield figure(code, "required_rate", rate, unit, basis="met" if met else "")
    if table is None:
        return
    best = best_rate(table, before=year, month=month, window=WINDOW)
    yield figure(code, "best_rate", best, unit, reason="no_history")
    if met:
        yield figure(code, "required_growth", None, "%", reason="target_met")
    else:
        yield _growth_needed(row, target, base, month)


def _growth_needed(row: pd.Series, target: float, base: Base | None, month: int) -> Row:
    """The growth that the rest of the year takes, or the reason why it cannot be said."""
    reason, needed = "no_base", None
    if month == 12:
        reason = "year_over"
    elif pd.isna(row["value"]):
        reason = "not_reported"
    elif base is not None and base[1] <= base[0]:
        reason = "zero_base"
    elif base is not None:
        needed = required_growth(target, row["value"], base=base[0], base_year=base[1])
    if needed is None:
        return figure(row["code"], "required_growth", None, "%", reason=reason)
    basis = "comparable" if row["basis_changed"] else "level"
    # out of an infinite growth nobody can make a figure
    return figure(row["code"], "required_growth", needed, "%", basis=basis, reason="")


def comparable_bases(of: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, year: int, month: int) -> dict[str, Base]:
    """Return last year's figures of month and year, B_t and B_12, on the basis of this year's growth, by code.

    ``of`` are the rows of ``series`` of one entity, ``tables`` its ``matrices``. Codes without one of the two are
    left out.
    """
    now = of[(of["year"] == year) & (of["month"] == month) & of["level_base"].notna()].set_index("code")
    found = {}
    for code, row in now.iterrows():
        table = tables.get(code, NO_MONTHS)
        if year - 1 not in table.index:
            continue
        whole = comparable_year(table.at[year - 1, 12], row["level_base"], row["base"])
        if np.isfinite(whole):
            found[code] = (float(row["base"]), float(whole))
    return found


def by_code(of: pd.DataFrame, *, year: int) -> dict[str, pd.DataFrame]:
    """Return year, month, value and nature of the rows of ``series`` of this year and the last, by code."""
    rows = of.loc[of["year"].isin([year - 1, year]), ["code", "year", "month", "value", "nature"]]
    return {code: rows.iloc[places] for code, places in rows.groupby("code", sort=False).indices.items()}


def flow_from_start(rows: pd.DataFrame, kind: str, *, year: int) -> pd.Series | None:
    """Return this year's figures of a code by month 1 to 12 (NaN unknown); of a net increase, from its opening.

    ``rows`` are those of the code this year and last year. None where there is none this year, or no opening.
    """
    years, months, values = (rows[name].to_numpy() for name in ("year", "month", "value"))
    path, this = np.full(12, np.nan), years == year
    path[months[this].astype(int) - 1] = values[this]
    if np.isnan(path).all():
        return None
    # a flow starts from nothing, a stock from where it stood at the end of last year
    if kind == "net_increase" and rows["nature"].iloc[0] != "flow_ytd":
        start = values[(years == year - 1) & (months == 12)]
        if not len(start):
            return None
        path -= start[0]
    return pd.Series(path, range(1, 13))
