"""Where each indicator stands against its target: gaps to schedules, lag, and what the rest of the year asks for."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.schedule import (
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
from zonereport.metrics.scope import Scope

Row = dict[str, object]
PP = "个百分点"


def standing(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """The measures gap_linear, gap_seasonal, lag_months, required_rate, best_rate, required_growth and target_gap.

    ``of`` are the rows of ``series`` of the scope's entity, ``now`` those of the period, indexed by code. gap_linear
    carries the reason of the completion where there is none; the others appear where a target is in force.
    target_gap, above zero on the good side: of a growth target g_t - g_T in percentage points, of a ceiling T - Y_t,
    of a level at or below zero Y_t - T. Targets are the whole zone's: nothing comes for a park. Source: methods notes
    of the project, section 3.3.
    """
    if scope.park:
        return
    known = scope.known[scope.known["measure"].isin(["completion", "target"])]
    completions = known[known["measure"] == "completion"].set_index("code")
    goals = known[known["measure"] == "target"].set_index("code")
    tables = matrices(of)
    bases = comparable_bases(of, tables, year=scope.period.year, month=scope.period.last)
    two_years = by_code(of, year=scope.period.year)
    for code, done in completions.iterrows():
        goal = goals.loc[code] if code in goals.index else None
        if done["reason"]:
            yield {"code": code, "measure": "gap_linear", "unit": PP, "reason": done["reason"]}
        if goal is None or code not in now.index:
            continue
        row, base = now.loc[code], bases.get(code)
        if goal["basis"] in ("growth", "ceiling") or goal["value"] <= 0:
            yield from _beside(scope, row, goal, base)
        elif not done["reason"]:
            actual = flow_from_start(two_years[code], goal["basis"], year=scope.period.year)
            yield from _against(scope, row, goal, done, tables.get(code), actual, base)


def _beside(scope: Scope, row: pd.Series, goal: pd.Series, base: tuple[float, float] | None) -> Iterator[Row]:
    """A growth, a ceiling, a level that is not above zero: a difference, no completion."""
    code, kind, month = row["code"], goal["basis"], scope.period.last
    if kind == "growth":
        gap, unit, reason = row["growth"] - goal["value"], PP, row["growth_reason"] or "no_base"
    else:
        gap = goal["value"] - row["value"] if kind == "ceiling" else row["value"] - goal["value"]
        unit, reason = row["unit"], "not_reported"
    yield _row(code, "target_gap", round(gap, 9), unit, basis=kind, reason=reason)
    if kind == "growth" and row["nature"] == "flow_ytd":
        target = (1 + goal["value"] / 100) * base[1] if base else float("nan")
        yield from _growth_needed(row, target, base, month)


def _against(
    scope: Scope,
    row: pd.Series,
    goal: pd.Series,
    done: pd.Series,
    table: pd.DataFrame | None,
    actual: pd.Series | None,
    base: tuple[float, float] | None,
) -> Iterator[Row]:
    """A target with a completion: gaps to both schedules, the lag, the rate and the growth of what is left."""
    code, month, year = row["code"], scope.period.last, scope.period.year
    completed, target = float(done["value"]), float(goal["value"])
    linear = linear_shares()
    empty = pd.DataFrame(columns=range(1, 13), dtype=float)
    shares = seasonal_shares(empty if table is None else table, before=year, window=WINDOW)
    seasonal = shares.mean[month - 1]
    qualifier = done["qualifier"]
    yield _row(code, "gap_linear", completed - linear[month - 1], PP, basis="linear", qualifier=qualifier)
    basis = f"seasonal {shares.years[month - 1]}"
    yield _row(code, "gap_seasonal", completed - seasonal, PP, basis=basis, qualifier=qualifier, reason="too_few")
    path, name = (shares.mean, "seasonal") if np.isfinite(seasonal) else (linear, "linear")
    yield _row(code, "lag_months", lag_months(completed, path, month=month), "个月", basis=name)
    if done["basis"] == "reduction" or actual is None:
        return
    unit, value = row["unit"], float(actual[month])
    if month == 12:
        yield _row(code, "required_rate", None, unit, reason="year_over")
        yield _row(code, "required_growth", None, "%", reason="year_over")
        return
    basis = "met" if value >= target else ""
    yield _row(code, "required_rate", required_rate(target, value, month=month), unit, basis=basis)
    if table is None:
        return
    best = best_rate(table, before=year, month=month, window=WINDOW)
    yield _row(code, "best_rate", best, unit, reason="no_history")
    if value >= target:
        yield _row(code, "required_growth", None, "%", reason="target_met")
    else:
        yield from _growth_needed(row, target, base, month)


def _growth_needed(row: pd.Series, target: float, base: tuple[float, float] | None, month: int) -> Iterator[Row]:
    code = row["code"]
    if month == 12:
        yield _row(code, "required_growth", None, "%", reason="year_over")
    elif pd.isna(row["value"]):
        yield _row(code, "required_growth", None, "%", reason="not_reported")
    elif base is None:
        yield _row(code, "required_growth", None, "%", reason="no_base")
    elif base[1] <= base[0]:
        yield _row(code, "required_growth", None, "%", reason="zero_base")
    else:
        needed = required_growth(target, row["value"], base=base[0], base_year=base[1])
        basis = "comparable" if row["basis_changed"] else "level"
        yield _row(code, "required_growth", needed, "%", basis=basis)


def comparable_bases(
    of: pd.DataFrame, tables: dict[str, pd.DataFrame], *, year: int, month: int
) -> dict[str, tuple[float, float]]:
    """Last year's figure of the month and of the year, B_t and B_12, on the basis of this year's growth, by code.

    ``of`` are the rows of ``series`` of one entity, ``tables`` its ``matrices``. Codes without one of the two are
    left out.
    """
    now = of[(of["year"] == year) & (of["month"] == month) & of["level_base"].notna()].set_index("code")
    found = {}
    for code, row in now.iterrows():
        table = tables.get(code)
        total = table.at[year - 1, 12] if table is not None and year - 1 in table.index else float("nan")
        whole = comparable_year(total, row["level_base"], row["base"])
        if np.isfinite(whole):
            found[code] = (float(row["base"]), float(whole))
    return found


def by_code(of: pd.DataFrame, *, year: int) -> dict[str, pd.DataFrame]:
    """Year, month, value and nature of the rows of ``series`` of this year and the last, by code."""
    rows = of.loc[of["year"].isin([year - 1, year]), ["code", "year", "month", "value", "nature"]]
    return {code: rows.iloc[places] for code, places in rows.groupby("code", sort=False).indices.items()}


def flow_from_start(rows: pd.DataFrame, kind: str, *, year: int) -> pd.Series | None:
    """This year's figures of a code by month 1 to 12 (NaN unknown); of a net increase of a stock, from its opening.

    ``rows`` are those of the code this year and last year. None where there is none this year, or no opening.
    """
    years, months, values = (rows[name].to_numpy() for name in ("year", "month", "value"))
    path, this = np.full(12, np.nan), years == year
    path[months[this].astype(int) - 1] = values[this]
    if np.isnan(path).all():
        return None
    if kind == "net_increase" and rows["nature"].iloc[0] != "flow_ytd":
        start = values[(years == year - 1) & (months == 12)]
        if not len(start):
            return None
        path -= start[0]
    return pd.Series(path, range(1, 13))


def _row(
    code: str, measure: str, value: float | None, unit: str, *, basis: str = "", qualifier: str = "", reason: str = ""
) -> Row:
    row = {"code": code, "measure": measure, "unit": unit, "basis": basis}
    if value is None or not np.isfinite(value):
        return {**row, "reason": reason}
    return {**row, "value": float(value), "qualifier": qualifier}
