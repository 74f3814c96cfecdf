"""Topic: what the forecast means for the year's target, and what the method would have said of a year that is over."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from zonereport.metrics.forecast.models import merged_months
from zonereport.metrics.forecast.scores import backtest, scores
from zonereport.metrics.frame import Row
from zonereport.metrics.indicators.series import matrices
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

# the ends of the first three quarters: when a year's outcome is asked for
MONTHS = (3, 6, 9)
METHODS = {"headline": "p50", "naive": "naive"}
MAIN, OTHER = "main", "other"


def figures(scope: Scope) -> Iterator[Row]:
    """Yield forecast_completion and forecast_gap of every indicator with a forecast and a target.

    forecast_completion = p50 / T x 100 in % of a level, or of the net increase that a flow is itself. forecast_gap,
    above zero on the good side: of a level or net increase the completion less 100, of a growth target the forecast's
    growth less the target, both in percentage points, of a ceiling T - p50 in the unit of the code. Nothing without a
    median, nothing for a park: targets are the whole zone's.
    """
    if scope.park:
        return
    known = scope.known[scope.known["reason"] == ""].set_index(["code", "measure"])
    natures = scope.dictionary.indicators["nature"]
    for code, measure in known.index:
        if measure != "forecast_p50" or (code, "target") not in known.index:
            continue
        median, target = known.loc[(code, measure)], known.loc[(code, "target")]
        common = {"code": code, "source": median["source"], "basis": target["basis"]}
        gap = common | {"measure": "forecast_gap", "unit": "个百分点"}
        if target["basis"] == "growth":
            if (code, "forecast_growth") in known.index:
                yield gap | {"value": known.at[(code, "forecast_growth"), "value"] - target["value"]}
        elif target["basis"] == "ceiling":
            yield gap | {"unit": median["unit"], "value": target["value"] - median["value"]}
        elif target["value"] <= 0:
            yield gap | {"unit": median["unit"], "value": median["value"] - target["value"]}
        elif natures[code] == "flow_ytd":
            share = median["value"] / target["value"] * 100
            yield common | {"measure": "forecast_completion", "unit": "%", "value": share}
            yield gap | {"value": share - 100}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames forecast_review and forecast_review_scores: the forecast made again of the last year that is over.

    ``forecast_review``, a row a code and month 3, 6 and 9: p50 is what the seasonal share says of the year from
    what was known by the month and from the years before, naive what last year's rest carried forward says, value what
    came, errors (p50 / value - 1) x 100. Only the codes that the edition would forecast (main indicators and those
    with a target) and figures as known today, later revisions included. kind is main (group S2) or other: mostly small
    counts, whose errors are of another order. ``forecast_review_scores``, a row a kind and month: the mean of
    the errors without their sign; a case without a naive forecast is left out of both means.
    Source: methods notes of the project, section 3.5.
    """
    period = scope.period
    if period.first != 1:
        return {}
    # the last year that is over
    year = period.year
    if period.last < 12:
        year -= 1
    history, indicators = scope.history, scope.dictionary.indicators
    rows = history[(history["entity"] == scope.park) & (history["year"] <= year) & history["code"].isin(_wanted(scope))]
    both = _again(matrices(rows.assign(nature=rows["code"].map(indicators["nature"]))), year)
    if both.empty:
        return {}
    # in the unit of the latest figure
    units = rows.drop_duplicates("code", keep="last").set_index("code")["unit"]
    main = both["code"].map(indicators["group"]) == "S2"
    review = tidy("forecast_review", both.assign(unit=both["code"].map(units), kind=np.where(main, MAIN, OTHER)))
    return {"forecast_review": review, "forecast_review_scores": _scored(review, year)}


def _wanted(scope: Scope) -> set[str]:
    """The codes that an edition would forecast, as zonereport.metrics.forecast.measures chooses."""
    indicators = scope.dictionary.indicators
    targets = scope.known[(scope.known["measure"] == "target") & (scope.known["reason"] == "")]
    main = indicators.index[(indicators["group"] == "S2") & (indicators["direction"] != 0)]
    return {*main, *targets["code"]} - {*scope.dictionary.derived.index}


def _again(tables: Mapping[str, pd.DataFrame], year: int) -> pd.DataFrame:
    """The forecasts of one year's end, a row a code and month."""
    found = []
    for code, table in tables.items():
        flows = merged_months(table.to_numpy(float))
        gross = not (flows[np.isfinite(flows)] < 0).any()
        found.append(backtest({code: table}, months=MONTHS, years=[year], gross=gross, with_sarima=False))
    # an empty frame would give its types to the others
    found = list(filter(len, found))
    if not found:
        return pd.DataFrame()
    made = pd.concat(found, ignore_index=True)
    made = made[made["method"].isin(METHODS)]
    wide = made.pivot(index=["code", "year", "month", "value"], columns="method", values="p50").reset_index()
    wide = wide.rename(columns=METHODS).rename_axis(columns=None).astype({"p50": "float64", "naive": "float64"})
    wide = wide.sort_values("code", key=pd.Index(list(tables)).get_indexer, kind="stable", ignore_index=True)
    return wide.assign(
        error_pct=(wide["p50"] / wide["value"] - 1) * 100, naive_error_pct=(wide["naive"] / wide["value"] - 1) * 100
    )


def _scored(review: pd.DataFrame, year: int) -> pd.DataFrame:
    # a forecast without a naive one beside it proves nothing
    both = review[review["naive"].notna()].assign(park="", p10=np.nan, p90=np.nan)
    found = []
    for kind, rows in both.groupby("kind"):
        actuals = rows[["code", "park", "year", "value"]].drop_duplicates()
        forecasts = rows.drop(columns="value")
        plain = scores(forecasts.assign(p50=forecasts["naive"]), actuals)
        made = scores(forecasts, actuals).assign(naive_mape_pct=plain["mape_pct"], year=year, kind=kind)
        found.append(made[made["month"] > 0])
    return tidy("forecast_review_scores", pd.concat(found) if found else [])
