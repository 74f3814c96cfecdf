"""Topic: what the forecast means for the year's target, and what the rule would have said of a year that is over."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.forecast.cases import OWN, all_cases, gross
from zonereport.metrics.forecast.measures import wanted
from zonereport.metrics.forecast.models import predict
from zonereport.metrics.forecast.scores import scores
from zonereport.metrics.frame import Row
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

# the ends of the first three quarters: when a year's outcome is asked for
MONTHS = (3, 6, 9)


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

    ``forecast_review``, a row a code and month 3, 6 and 9: p50 is what the rule says of the year from what was known
    by the month and from the years before, p10 and p90 its interval, naive last year's rest as it was, value what
    came, errors (p50 / value - 1) x 100. Only the codes that the edition would forecast, and figures as known today,
    later revisions included. ``forecast_review_scores``, a row a month: the means of the errors without their sign,
    and the part of the years that the intervals held.
    """
    period = scope.period
    if period.first != 1:
        return {}
    # the last year that is over
    year = period.year
    if period.last < 12:
        year -= 1
    review = tidy("forecast_review", reviewed(scope, year))
    if review.empty:
        return {}
    rows = review.assign(park="")
    actuals = rows[["code", "park", "year", "value"]].drop_duplicates()
    made = scores(rows.drop(columns="value"), actuals)
    made = made[made["month"] > 0].assign(year=year)
    return {"forecast_review": review, "forecast_review_scores": tidy("forecast_review_scores", made)}


def reviewed(scope: Scope, year: int) -> pd.DataFrame:
    """Return what the rule would have said of ``year``, a row a code and month, in the order of the dictionary."""
    cases = all_cases(scope)
    rules, asked = scope.dictionary.forecasts, wanted(scope)
    mine = cases["unit_name"] == OWN + scope.park
    rows = cases[mine & (cases["year"] == year) & cases["month"].isin(MONTHS) & cases["total"].notna()]
    made = []
    for _, case in rows.iterrows():
        code, kind = case["code"], rules.kinds.get(case["code"])
        if code not in asked or kind is None or not kind.is_forecast:
            continue
        alike = cases[(cases["code"] == code) & (cases["unit"] == case["unit"])]
        past = alike[(alike["year"] < year) & alike["total"].notna()]
        # whether a flow may be taken back was known from the years before
        is_gross = gross(past[past["unit_name"] == case["unit_name"]])
        one = predict(case, past, kind=kind, rules=rules, gross=is_gross)
        made.append(
            {
                "code": code,
                "year": year,
                "month": case["month"],
                "p10": one.low,
                "p50": one.point,
                "p90": one.high,
                "naive": one.naive,
                "value": case["total"],
                "unit": case["unit"],
                "error_pct": (one.point / case["total"] - 1) * 100,
                "naive_error_pct": (one.naive / case["total"] - 1) * 100,
                "is_inside": bool(one.low <= case["total"] <= one.high),
            }
        )
    frame = pd.DataFrame(made)
    if frame.empty:
        return frame
    order = scope.dictionary.indicators.index
    places = pd.Series(order.get_indexer(frame["code"]), frame.index)
    return frame.iloc[np.lexsort([frame["month"], places])].reset_index(drop=True)
