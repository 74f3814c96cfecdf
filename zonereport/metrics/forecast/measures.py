"""Where the year will end, how sure that is, and how likely the target is met."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.forecast.models import Prediction, merged_months, predict
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.distance_to_target import comparable_bases
from zonereport.metrics.indicators.schedule import WINDOW, seasonal_shares
from zonereport.metrics.indicators.series import matrices, series_of
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

LEVELS = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
NAN = float("nan")


def figures(scope: Scope) -> Iterator[Row]:
    """Yield forecast_p10, forecast_p50, forecast_p90, forecast_growth, target_probability and run_rate.

    Of the cumulative main indicators (group S2) and those with a target of the year. ``basis`` of forecast_p50 names
    the method, followed by ``carry_outside`` where the carry lies outside the interval of the share. With fewer than
    two full years there is only run_rate, Y_t x 12 / t; in December nothing, because the year is known. Reasons:
    too_few, bounds. Source: methods notes of the project, section 3.5.
    """
    for case in _cases(scope):
        rows = _no_forecast(case, scope.period.last)
        if case.head is not None:
            rows = _forecast(case)
        for row in rows:
            yield row | {"code": case.code, "source": case.source}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames forecast and forecast_path of the edition.

    ``forecast``, a row a code and method: known is Y_t, p10, p50 and p90 the year's total (NaN without an interval),
    target the level of the year's end (NaN without one). ``forecast_path``, a row a code and month ahead: cumulative,
    the rest spread over the months as in the full years before; the row of the period itself is the known figure.
    """
    rows, paths = [], []
    for case in _cases(scope):
        if case.head is not None:
            rows += [_method(case, one) for one in case.predictions]
            paths.append(_path(case, scope))
    return {
        "forecast": tidy("forecast", rows),
        "forecast_path": tidy("forecast_path", pd.concat(paths) if paths else []),
    }


class Case:
    """One indicator to be forecast: its history as a table of years by months, its target, what the methods say."""

    def __init__(self, code: str, table: pd.DataFrame, row: pd.Series, scope: Scope, *, money: bool):
        self.code, self.table, self.unit = code, table, row["unit"]
        self.known, self.source = float(row["value"]), row["source"]
        # last year's total on the basis of this year's growth, and the target as a level; NaN where there is none
        self.base_year, self.target, self.kind = NAN, NAN, ""
        self.head, self.methods, self.reason = None, [], "too_few"
        if row["qualifier"] == "lower_bound":
            self.reason = "bounds"
            return
        # as far as the edition knows them
        figures = table.to_numpy(float)
        flows = merged_months(figures)
        # a flow that never fell is one that cannot be taken back
        gross = not (flows[np.isfinite(flows)] < 0).any()
        self.head, self.methods = predict(
            figures, month=scope.period.last, gross=gross, with_sarima=money, sarima_coverage_pct=None
        )

    @property
    def predictions(self) -> list[Prediction]:
        """What the methods say, and the headline where it is none of them but their median."""
        if self.head in self.methods:
            return self.methods
        return [*self.methods, self.head]

    @property
    def carry_outside(self) -> bool:
        """Whether the carry lies outside the interval of the headline."""
        return any(one.method == "carry" and self.outside(one) for one in self.methods)

    def outside(self, one: Prediction) -> bool:
        """Return whether a method's median lies outside the interval of the headline."""
        low, high, median = self.head.quantile(0.1), self.head.quantile(0.9), one.quantile(0.5)
        return bool(median < low or median > high)

    def probability(self, one: Prediction) -> float:
        """Return P(the target is met) in %: at least it, or at most it for a ceiling."""
        if not np.isfinite(self.target):
            return NAN
        at_least = one.probability(self.target) * 100
        if self.kind == "ceiling":
            return 100 - at_least
        return at_least


def _cases(scope: Scope) -> list[Case]:
    period = scope.period
    if period.first != 1 or period.last == 12:
        return []
    rows = series_of(scope)
    rows = rows[rows["entity"] == scope.park]
    tables = matrices(rows)
    # a case needs a figure of the period to start from
    now = rows[(rows["year"] == period.year) & (rows["month"] == period.last) & rows["value"].notna()].set_index("code")
    goals = scope.measured("target").set_index("code")
    bases = comparable_bases(rows, tables, year=period.year, month=period.last)
    indicators = scope.dictionary.indicators
    main = set(indicators.index[(indicators["group"] == "S2") & (indicators["direction"] != 0)])
    # what is derived follows from its parts
    wanted = (main | set(goals.index)) & set(now.index) - set(scope.dictionary.derived.index)
    cases = []
    for code, table in tables.items():
        if code not in wanted:
            continue
        unit = scope.dictionary.units.get(now.at[code, "unit"])
        money = unit is not None and unit.dimension in ("cny", "usd")
        case = Case(code, table, now.loc[code], scope, money=money)
        if code in bases:
            case.base_year = bases[code][1]
        if code in goals.index:
            case.kind, case.target = goals.at[code, "basis"], float(goals.at[code, "value"])
        # a growth is a level of last year's total
        if case.kind == "growth":
            case.target = (1 + case.target / 100) * case.base_year
        cases.append(case)
    return cases


def _forecast(case: Case) -> Iterator[Row]:
    """The measures of a case with a forecast."""
    head = case.head
    for name, level in LEVELS.items():
        row: Row = {"measure": f"forecast_{name}", "unit": case.unit, "basis": head.method}
        if name == "p50" and case.carry_outside:
            row["basis"] = f"{head.method} carry_outside"
        yield row | known(head.quantile(level), case.reason)
    if case.base_year > 0:
        growth = (head.quantile(0.5) / case.base_year - 1) * 100
        yield {"measure": "forecast_growth", "unit": "%", "value": growth}
    if case.kind:
        row = {"measure": "target_probability", "unit": "%", "basis": case.kind}
        yield row | known(case.probability(head), case.reason)


def _no_forecast(case: Case, month: int) -> Iterator[Row]:
    """The reasons of a case without a forecast; the run rate where there are too few years for one."""
    for name in LEVELS:
        yield {"measure": f"forecast_{name}", "unit": case.unit, "reason": case.reason}
    if case.reason == "too_few":
        yield {"measure": "run_rate", "unit": case.unit, "value": case.known * 12 / month}
    if case.kind:
        yield {"measure": "target_probability", "unit": "%", "basis": case.kind, "reason": case.reason}


def _method(case: Case, one: Prediction) -> Row:
    row: Row = {
        "code": case.code,
        "method": one.method,
        "is_headline": one is case.head,
        "known": case.known,
        "unit": case.unit,
        "years": one.years,
        "is_outside": case.outside(one),
        "target": case.target,
        "target_probability_pct": case.probability(one),
    }
    for name, level in LEVELS.items():
        row[name] = one.quantile(level)
    return row


def _path(case: Case, scope: Scope) -> pd.DataFrame:
    """The months ahead of one indicator; no rows without a schedule for the months."""
    month = scope.period.last
    shares = seasonal_shares(case.table, before=scope.period.year, window=WINDOW).mean
    ahead = np.arange(month, 13)
    reported = np.flatnonzero(np.isfinite(shares))
    if month - 1 not in reported:
        return tidy("forecast_path", [])
    path = np.interp(ahead - 1, reported, shares[reported])
    # what part of the rest has come by each month; where past years were all over by now, it comes evenly
    part = (ahead - month) / (12 - month)
    if path[0] < 100:
        part = (path - path[0]) / (100 - path[0])
    target = case.target if case.target > 0 else NAN
    made = pd.DataFrame({"code": case.code, "month": ahead, "unit": case.unit})
    for name, level in LEVELS.items():
        made[name] = case.known + part * (case.head.quantile(level) - case.known)
        made[f"{name}_pct"] = made[name] / target * 100
    return made
