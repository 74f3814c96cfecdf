"""Topic: where the year will end, how sure that is, and how likely the target is met."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.forecast.models import Prediction, merged_months, predict
from zonereport.metrics.indicators.distance_to_target import comparable_bases
from zonereport.metrics.indicators.schedule import WINDOW, seasonal_shares
from zonereport.metrics.indicators.series import matrices, series_of
from zonereport.metrics.scope import Scope

Row = dict[str, object]
LEVELS = {"forecast_p10": 0.1, "forecast_p50": 0.5, "forecast_p90": 0.9}
FORECAST = [
    *("code", "method", "is_headline", "known", "p10", "p50", "p90", "unit", "years", "is_outside"),
    *("target", "target_probability_pct"),
]


def figures(scope: Scope) -> Iterator[Row]:
    """The measures forecast_p10, forecast_p50, forecast_p90, forecast_growth, target_probability and run_rate.

    Of the cumulative main indicators (group S2) and those with a target of the year. ``basis`` of forecast_p50 names
    the method, followed by ``carry_outside`` where the carry lies outside the interval of the share. With fewer than
    two full years there is only run_rate, Y_t x 12 / t; in December nothing, because the year is known. Reasons:
    too_few, bounds. Source: methods notes of the project, section 3.5.
    """
    for case in _cases(scope):
        common = {"code": case.code, "source": case.source}
        head = case.head
        for measure, level in LEVELS.items():
            value = head.quantile(level) if head else np.nan
            check = "carry_outside" if measure == "forecast_p50" and case.carry_outside else ""
            basis = f"{head.method} {check}".strip() if head else ""
            yield _row(common, measure, value, case.unit, basis=basis, reason=case.reason)
        if head is None:
            if case.reason == "too_few":
                yield _row(common, "run_rate", case.known * 12 / scope.period.last, case.unit)
        elif case.base_year is not None and case.base_year > 0:
            yield _row(common, "forecast_growth", (head.quantile(0.5) / case.base_year - 1) * 100, "%")
        if case.target is not None:
            probability = case.probability(head) if head else np.nan
            yield _row(common, "target_probability", probability, "%", basis=case.kind, reason=case.reason)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames forecast and forecast_path of the edition.

    ``forecast``, a row a code and method: code, method (share, carry, sarima, median), is_headline, known (Y_t), p10,
    p50, p90 (the year's total in ``unit``, NaN without an interval), years (full years behind it), is_outside (the
    median lies outside the interval of the headline), target (level of the year's end, NaN without one),
    target_probability_pct. ``forecast_path``, a row a code and month ahead: code, month, p10, p50, p90, unit:
    cumulative, the rest spread over the months as in the full years before; the row of the period itself is the known
    figure; p10_pct, p50_pct, p90_pct: the same in % of ``target``, NaN without one above zero.
    """
    cases = _cases(scope)
    rows = [_method(case, one) for case in cases if case.head for one in _with_headline(case)]
    paths = [path for case in cases if (path := _path(case, scope)) is not None]
    found = {
        "forecast": pd.DataFrame(rows, columns=FORECAST),
        "forecast_path": pd.concat(paths, ignore_index=True) if paths else pd.DataFrame(),
    }
    return {name: frame for name, frame in found.items() if len(frame)}


class _Case:
    """One indicator to be forecast: its history as a table of years by months, its target, what the methods say."""

    def __init__(self, code: str, table: pd.DataFrame, row: pd.Series, scope: Scope, *, money: bool):
        self.code, self.table, self.unit = code, table, row["unit"]
        self.known, self.source, self.qualifier = float(row["value"]), row["source"], row["qualifier"]
        self.base_year: float | None = None
        self.target: float | None = None
        self.kind, self.head, self.methods, self.reason = "", None, [], "too_few"
        if self.qualifier == "lower_bound":
            self.reason = "bounds"
            return
        figures = table.to_numpy(float)
        flows = merged_months(figures)
        # a flow that never fell is one that cannot be taken back
        self.gross = not (flows[np.isfinite(flows)] < 0).any()
        self.head, self.methods = predict(
            figures, month=scope.period.last, gross=self.gross, with_sarima=money, sarima_coverage_pct=None
        )

    @property
    def carry_outside(self) -> bool:
        return any(one.method == "carry" and self.outside(one) for one in self.methods)

    def outside(self, one: Prediction) -> bool:
        low, high = (self.head.quantile(level) for level in (0.1, 0.9))
        return bool(one.quantile(0.5) < low or one.quantile(0.5) > high)

    def probability(self, one: Prediction) -> float:
        """P(the target is met) in %: at least it, or at most it for a ceiling."""
        if self.target is None or not np.isfinite(self.target):
            return float("nan")
        at_least = one.probability(self.target) * 100
        return 100 - at_least if self.kind == "ceiling" else at_least


def _cases(scope: Scope) -> list[_Case]:
    period = scope.period
    if period.first != 1 or period.last == 12 or scope.known.empty:
        return []
    rows = series_of(scope)
    rows = rows[rows["entity"] == scope.park]
    tables = matrices(rows)
    now = rows[(rows["year"] == period.year) & (rows["month"] == period.last) & rows["value"].notna()].set_index("code")
    goals = scope.known[scope.known["measure"] == "target"].set_index("code")
    bases = comparable_bases(rows, tables, year=period.year, month=period.last)
    indicators = scope.dictionary.indicators
    cases = []
    for code, table in tables.items():
        group, direction = indicators.loc[code, ["group", "direction"]]
        wanted = code in goals.index or (group == "S2" and direction != 0)
        if code in scope.dictionary.derived.index or code not in now.index or not wanted:
            continue
        unit = scope.dictionary.units.get(now.at[code, "unit"])
        money = unit is not None and unit.dimension in ("cny", "usd")
        case = _Case(code, table, now.loc[code], scope, money=money)
        _, case.base_year = bases.get(code, (None, None))
        if code in goals.index:
            goal = goals.loc[code]
            case.kind, case.target = goal["basis"], float(goal["value"])
            if case.kind == "growth":
                case.target = (1 + case.target / 100) * case.base_year if case.base_year else float("nan")
        cases.append(case)
    return cases


def _with_headline(case: _Case) -> list[Prediction]:
    return case.methods if case.head in case.methods else [*case.methods, case.head]


def _method(case: _Case, one: Prediction) -> dict[str, object]:
    return {
        **{"code": case.code, "method": one.method, "is_headline": one is case.head, "known": case.known},
        **{name.removeprefix("forecast_"): one.quantile(level) for name, level in LEVELS.items()},
        **{"unit": case.unit, "years": one.years, "is_outside": case.outside(one)},
        "target": np.nan if case.target is None else case.target,
        "target_probability_pct": case.probability(one),
    }


def _path(case: _Case, scope: Scope) -> pd.DataFrame | None:
    """The months ahead of one indicator; None without a forecast or without a schedule for the months."""
    month = scope.period.last
    if case.head is None:
        return None
    shares = seasonal_shares(case.table, before=scope.period.year, window=WINDOW).mean
    ahead = np.arange(month, 13)
    known = np.flatnonzero(np.isfinite(shares))
    if month - 1 not in known:
        return None
    path = np.interp(ahead - 1, known, shares[known])
    # what part of the rest has come by each month
    part = (path - path[0]) / (100 - path[0]) if path[0] < 100 else (ahead - month) / (12 - month)
    ends = {name.removeprefix("forecast_"): case.head.quantile(level) for name, level in LEVELS.items()}
    columns = {name: case.known + part * (end - case.known) for name, end in ends.items()}
    target = case.target if case.target is not None and case.target > 0 else np.nan
    shares_of = {f"{name}_pct": path / target * 100 for name, path in columns.items()}
    return pd.DataFrame({"code": case.code, "month": ahead, **columns, "unit": case.unit, **shares_of})


def _row(common: Row, measure: str, value: float, unit: str, *, basis: str = "", reason: str = "") -> Row:
    row = {**common, "measure": measure, "unit": unit, "basis": basis}
    return {**row, "value": float(value)} if np.isfinite(value) else {**row, "reason": reason or "no_base"}
