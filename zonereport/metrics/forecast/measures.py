"""Where the year will end, how sure that is, and how likely the target is met."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from zonereport.inputs.forecast_rules import Kind
from zonereport.metrics.forecast.cases import BOUNDS, OWN, all_cases, gross
from zonereport.metrics.forecast.models import FIRST_MONTH, Prediction, predict
from zonereport.metrics.frame import Row, figure, known
from zonereport.metrics.indicators.series import matrices, series_of
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

NAN = float("nan")


@dataclass(frozen=True)
class Case:
    """One indicator to be forecast: its figure now, its target as a level of the year's end, and what the rule says.

    ``prediction`` is None where ``reason`` says why there is none; ``target`` NaN without one, of the kind ``goal``.
    """

    code: str
    unit: str
    known: float
    source: str
    goal: str
    target: float
    base_year: float
    prediction: Prediction | None
    reason: str
    is_main: bool

    @property
    def probability(self) -> float:
        """P(the target is met) in %: at least it, or at most it for a ceiling; NaN without one."""
        if self.prediction is None or not np.isfinite(self.target):
            return NAN
        at_least = self.prediction.probability(self.target) * 100
        if self.goal == "ceiling":
            return 100 - at_least
        return at_least


def figures(scope: Scope) -> Iterator[Row]:
    """Yield forecast_p50, forecast_p10, forecast_p90, forecast_naive, forecast_growth, target_probability, run_rate.

    Of the cumulative main indicators (group S2) and those with a target of the year; in December nothing, because the
    year is known. forecast_p50 is the rule's (``basis``: carried and λ, ``own`` where the zone's past chose it),
    forecast_naive last year's rest as it was, forecast_p10 and p90 the ends of the 80 % interval (``basis``: conformal
    and how many errors are behind it, or shipped). Without a forecast there is run_rate, Y_t x 12 / t, of the main
    indicators. Reasons: too_early (before March), unsteady (a kind that is not forecast), unproven (of no kind),
    no_history, bounds, too_few. Source: README of data/, dictionary/forecasts.csv.
    """
    for case in _cases(scope):
        rows = _no_forecast(case, scope.period.last) if case.prediction is None else _forecast(case, case.prediction)
        for row in rows:
            yield row | {"code": case.code, "source": case.source}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames forecast and forecast_path of the edition.

    ``forecast``, a row a code that is forecast: known is Y_t, p50 the year's total, naive last year's rest carried
    forward, p10 and p90 the interval (NaN without one), carried λ, errors how many are behind a conformal interval.
    ``forecast_path``, a row a code and month ahead: the rest comes as it came last year; the row of the period itself
    is the known figure.
    """
    rows, paths = [], []
    tables = matrices(_own_rows(scope))
    for case in _cases(scope):
        if case.prediction is not None:
            rows.append(_row(case, case.prediction))
            paths.append(_path(case, case.prediction, tables[case.code], scope))
    return {
        "forecast": tidy("forecast", rows),
        "forecast_path": tidy("forecast_path", pd.concat(paths) if paths else []),
    }


def wanted(scope: Scope) -> set[str]:
    """Return the codes that an edition looks at: main indicators and those with a target, without derived ones."""
    targets = scope.known[(scope.known["measure"] == "target") & (scope.known["reason"] == "")]
    # what is derived follows from its parts
    return (main(scope) | set(targets["code"])) - set(scope.dictionary.derived.index)


def main(scope: Scope) -> set[str]:
    """Return the codes of the main indicators, of which more or less is better."""
    indicators = scope.dictionary.indicators
    return set(indicators.index[(indicators["group"] == "S2") & (indicators["direction"] != 0)])


def _own_rows(scope: Scope) -> pd.DataFrame:
    rows = series_of(scope)
    return rows[rows["entity"] == scope.park]


def _cases(scope: Scope) -> list[Case]:
    return scope.once_of_known("forecast", "target", lambda: _made(scope))


def _made(scope: Scope) -> list[Case]:
    period = scope.period
    if period.first != 1 or period.last == 12:
        return []
    rows = _own_rows(scope)
    rows = rows[(rows["year"] == period.year) & (rows["month"] == period.last) & rows["value"].notna()]
    rows = rows[rows["nature"] == "flow_ytd"].set_index("code")
    goals = scope.measured("target").set_index("code")
    asked, important = wanted(scope), main(scope)
    cases = all_cases(scope)
    here = (cases["year"] == period.year) & (cases["month"] == period.last) & (cases["unit_name"] == OWN + scope.park)
    now = cases[here].set_index("code", drop=False)
    found = []
    for code, row in rows.iterrows():
        if code not in asked:
            continue
        kind = scope.dictionary.forecasts.kinds.get(code)
        reason = _reason(kind, row, code in now.index, period.last)
        prediction = None
        if not reason:
            prediction = _predicted(cases[cases["code"] == code], now.loc[code], kind, scope)
        base_year = now.at[code, "base_year"] if code in now.index else NAN
        goal, target = _target(goals, code, base_year)
        found.append(
            Case(
                code=code,
                unit=row["unit"],
                known=float(row["value"]),
                source=row["source"],
                goal=goal,
                target=target,
                base_year=base_year,
                prediction=prediction,
                reason=reason,
                is_main=code in important,
            )
        )
    return found


def _reason(kind: Kind | None, row: pd.Series, has_base: bool, month: int) -> str:
    """Why an indicator is not forecast; empty where it is."""
    if kind is None:
        return "unproven"
    if not kind.is_forecast:
        return "unsteady"
    if month < FIRST_MONTH:
        return "too_early"
    if row["qualifier"] in BOUNDS:
        return "bounds"
    if not has_base:
        return "no_history"
    return ""


def _predicted(cases: pd.DataFrame, case: pd.Series, kind: Kind, scope: Scope) -> Prediction:
    past = cases[(cases["year"] < case["year"]) & (cases["unit"] == case["unit"]) & cases["total"].notna()]
    own = cases[cases["unit_name"] == case["unit_name"]]
    return predict(case, past, kind=kind, rules=scope.dictionary.forecasts, gross=gross(own))


def _target(goals: pd.DataFrame, code: str, base_year: float) -> tuple[str, float]:
    """The kind of the target and its level at the year's end; a growth is a level of last year's total."""
    if code not in goals.index:
        return "", NAN
    kind, target = goals.at[code, "basis"], float(goals.at[code, "value"])
    if kind == "growth":
        target = (1 + target / 100) * base_year
    return kind, target


def _forecast(case: Case, one: Prediction) -> Iterator[Row]:
    """The measures of a case with a forecast."""
    basis = f"carried {one.carried:g}"
    if one.is_own:
        basis += " own"
    yield {"measure": "forecast_p50", "unit": case.unit, "value": one.point, "basis": basis}
    yield {"measure": "forecast_naive", "unit": case.unit, "value": one.naive}
    basis = one.interval
    if one.errors:
        basis = f"{one.interval} {len(one.errors)}"
    for name, end in (("forecast_p10", one.low), ("forecast_p90", one.high)):
        yield figure(case.code, name, end, case.unit, basis=basis, reason="too_few")
    if case.base_year > 0:
        yield {"measure": "forecast_growth", "unit": "%", "value": (one.point / case.base_year - 1) * 100}
    if case.goal:
        row: Row = {"measure": "target_probability", "unit": "%", "basis": case.goal}
        yield row | known(case.probability, "too_few")


def _no_forecast(case: Case, month: int) -> Iterator[Row]:
    """The reason of a case without a forecast, and the run rate of a main indicator."""
    yield {"measure": "forecast_p50", "unit": case.unit, "reason": case.reason}
    if case.is_main:
        yield {"measure": "run_rate", "unit": case.unit, "value": case.known * 12 / month}


def _row(case: Case, one: Prediction) -> Row:
    return {
        "code": case.code,
        "known": case.known,
        "p10": one.low,
        "p50": one.point,
        "p90": one.high,
        "naive": one.naive,
        "unit": case.unit,
        "carried": one.carried,
        "is_own": one.is_own,
        "interval": one.interval,
        "errors": len(one.errors),
        "target": case.target,
        "target_probability_pct": case.probability,
        # a target between the ends may be met or missed
        "is_open": bool(one.low <= case.target <= one.high),
    }


def _path(case: Case, one: Prediction, table: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The months ahead of one indicator: the rest spread over them as last year's rest was."""
    month = scope.period.last
    ahead = np.arange(month, 13)
    before = table.loc[scope.period.year - 1].to_numpy(float)
    reported = np.flatnonzero(np.isfinite(before))
    path = np.interp(ahead - 1, reported, before[reported])
    # where last year was all over by now, the rest comes evenly
    part = (ahead - month) / (12 - month)
    if path[-1] != path[0]:
        part = (path - path[0]) / (path[-1] - path[0])
    target = case.target if case.target > 0 else NAN
    made = pd.DataFrame({"code": case.code, "month": ahead, "unit": case.unit})
    for name, level in (("p10", one.low), ("p50", one.point), ("p90", one.high)):
        made[name] = case.known + part * (level - case.known)
        made[f"{name}_pct"] = made[name] / target * 100
    return made
