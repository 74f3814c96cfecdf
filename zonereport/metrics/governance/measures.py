"""Cases, visits, disputes, accidents: counts against last year, closing rates, and what chance alone would do."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from zonereport.metrics.governance.poisson import SMALL, compare_counts, poisson_interval
from zonereport.metrics.indicators.counted import end_of, labelled, month_numbers, published_against, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.scope import Scope

Row = dict[str, object]
LEVEL = 0.95
GROUP = "S10"
# a total of two published figures has no row of its own in the history
RECOVERED = "arrears_recovered"
SUM_OF = ("wages_recovered", "project_payments_recovered")
# events that come one by one; visits and money do not
EVENTS = ("safety_accidents",)
COUNT_COLUMNS = [
    *("code", "park", "unit", "value", "qualifier", "last_year", "change", "reported", "closed", "open_cases"),
    *("closing_rate_pct", "closing_rate_last_year_pct", "closing_rate_change_points", "reason"),
]


def figures(scope: Scope) -> Iterator[Row]:
    """Measures of the governance codes: last_year, change_on_year, the closing rate, and Poisson of the accidents.

    Source: methods notes of the project, sections 3.2 and 3.11; domain notes, section 1 (S10).
    """
    rows = list(published_against(scope.history, _codes(scope), period=scope.period, park=scope.park))
    yield from rows
    yield from _recovered(rows, scope)
    yield from _closing(scope)
    for code in EVENTS:
        yield from accidents(rows, _now(scope, code), code)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Frames governance_counts (a row a code and park) and governance_months (a row a code and month).

    governance_counts: code, park, unit, value and last_year (cumulative, of the indicator), change, reported, closed,
    open_cases (of the ledger), closing_rate_pct, closing_rate_last_year_pct, closing_rate_change_points, reason (why
    there is no change). governance_months: code, unit, year, month, first_month (before ``month`` where months came
    together), value (of these months alone), cumulative, last_year (the same months a year ago; NaN where they were
    not reported alike).
    """
    return {"governance_counts": _counts(scope), "governance_months": months(scope.history, _codes(scope), scope=scope)}


def closing_rate(reported: float, closed: float) -> Row:
    """Cases settled per case taken up, in %: closed / reported × 100.

    Both are cumulative in the year and of the same kind. Reasons: ``not_reported``; ``zero_base`` where none was
    taken up. A rate above 100 means that cases of the year before were settled, and stays.

    >>> closing_rate(13, 12)["value"] > 92, closing_rate(0, 0)
    (True, {'reason': 'zero_base'})
    """
    if pd.isna(reported) or pd.isna(closed):
        return {"reason": "not_reported"}
    return {"value": closed / reported * 100} if reported > 0 else {"reason": "zero_base"}


def accidents(rows: list[Row], now: Row, code: str) -> Iterator[Row]:
    """The Poisson measures of a count of accidents: its interval, the ratio to last year's, its interval and p.

    ``rows`` hold the measure last_year of ``code``, ``now`` its value or reason. The exposures are the same months of
    two years and taken as equal. Measures: poisson_low, poisson_high (counts below 30), rate_ratio, rate_ratio_low,
    rate_ratio_high, poisson_p. Reasons: ``zero_base`` (none last year: no ratio and no upper limit; none in both
    years: nothing to compare), ``no_base``, ``bounds``, and that of the value.
    Source: methods notes of the project, section 3.11; poisson.compare_counts.
    """
    before = next((row for row in rows if row["code"] == code and row["measure"] == "last_year"), None)
    if before is None:
        return
    common = {"code": code, "source": before["source"], "basis": "exact conditional test"}
    units = {"rate_ratio": "倍", "rate_ratio_low": "倍", "rate_ratio_high": "倍", "poisson_p": ""}
    reason = str(now.get("reason") or before.get("reason") or "")
    if "lower_bound" in (now.get("qualifier"), before.get("qualifier")):
        reason = "bounds"
    if not now.get("reason") and now.get("qualifier", "") == "" and now["value"] < SMALL:
        low, high = poisson_interval(int(now["value"]), level=LEVEL)
        for measure, limit in (("poisson_low", low), ("poisson_high", high)):
            yield {**common, "measure": measure, "value": limit, "unit": before["unit"], "basis": "exact interval"}
    made = None
    if not reason:
        made = compare_counts(
            *(int(now["value"]), int(before["value"])), exposure_now=1, exposure_before=1, level=LEVEL
        )
        reason = "zero_base"
    found = (
        {}
        if made is None
        else {
            **{"rate_ratio": made.ratio, "rate_ratio_low": made.low, "rate_ratio_high": made.high, "poisson_p": made.p}
        }
    )
    for measure, unit in units.items():
        value = found.get(measure)
        yield {
            **common,
            "measure": measure,
            "unit": unit,
            **({"reason": reason} if value is None else {"value": value}),
        }


def months(history: pd.DataFrame, codes: list[str], *, scope: Scope) -> pd.DataFrame:
    """Cumulative counts as counts of their months, this year and last.

    m_t = Y_t − Y_s with s the month reported before t in the same year; what lies between comes together. No month is
    interpolated, a year's difference never crosses into another. ``history`` is that of the scope; see details for
    the columns. Source: methods notes of the project, section 3.1.
    """
    rows = history[history["code"].isin(codes) & (history["entity"] == scope.park) & history["value"].notna()]
    rows = rows[~rows["qualifier"].isin(["lower_bound", "decreased"])]
    before = rows.groupby(["code", "year"])
    rows = rows.assign(
        cumulative=rows["value"],
        first_month=before["month"].shift().fillna(0).astype("int64") + 1,
        value=(rows["value"] - before["value"].shift().fillna(0.0)).round(9),
    )
    keys = ["code", "year", "month", "first_month"]
    last = rows[[*keys, "value"]].assign(year=rows["year"] + 1).rename(columns={"value": "last_year"})
    rows = (
        rows[rows["year"] >= scope.period.year - 1]
        .merge(last, on=keys, how="left")
        .sort_values(["code", "year", "month"], kind="stable")
    )
    columns = ["code", "unit", "year", "first_month", "month", "value", "cumulative", "last_year"]
    # one figure for the whole year is no series of months
    return labelled(rows[rows["code"].map(rows.groupby("code")["month"].nunique()) > 1], columns)


def _codes(scope: Scope) -> list[str]:
    indicators = scope.dictionary.indicators
    return list(indicators.index[(indicators["group"] == GROUP) & (indicators["nature"] == "flow_ytd")])


def _now(scope: Scope, code: str) -> Row:
    rows = scope.known
    if len(rows):
        rows = rows[(rows["code"] == code) & (rows["measure"] == "value")]
    if not len(rows):
        return {"reason": "not_reported"}
    row = rows.iloc[0]
    return {"reason": row["reason"]} if row["reason"] else {"value": row["value"], "qualifier": row["qualifier"]}


def _recovered(rows: list[Row], scope: Scope) -> Iterator[Row]:
    """Wages and project payments recovered together, against last year."""
    parts = [row for row in rows if row["code"] in SUM_OF and row["measure"] == "last_year"]
    if len(parts) < len(SUM_OF):
        return
    now = _now(scope, RECOVERED)
    common = {"code": RECOVERED, "unit": scope.dictionary.indicators.at[RECOVERED, "unit"], "basis": "sum"}
    common["source"] = ";".join(dict.fromkeys(str(row["source"]) for row in parts))
    reason = next((str(row["reason"]) for row in parts if row.get("reason")), "")
    if reason:
        yield {**common, "measure": "last_year", "reason": reason}
        yield {**common, "measure": "change_on_year", "reason": reason}
        return
    qualifier = combined_qualifier("sum", *(str(row.get("qualifier", "")) for row in parts))
    before = round(sum(float(row["value"]) for row in parts), 9)
    yield {**common, "measure": "last_year", "value": before, "qualifier": qualifier}
    if now.get("reason"):
        yield {**common, "measure": "change_on_year", "reason": now["reason"]}
        return
    both = combined_qualifier("difference", str(now["qualifier"]), qualifier)
    change = {"reason": "bounds"} if both == "bounds" else {"value": round(now["value"] - before, 9), "qualifier": both}
    yield {**common, "measure": "change_on_year", **change}


def _ledger(scope: Scope) -> pd.DataFrame:
    """The governance ledger at the end of the period and a year before, by code, park and years back."""
    rows = scope.table("governance")
    if not len(rows):
        return rows.assign(back=pd.Series(dtype="float64"))
    back = (end_of(scope.period) - month_numbers(rows["period"])) / 12
    # a quarter's cases are not those of the year so far
    rows = rows.assign(back=back, cumulative=~rows["period"].str.contains("Q|H"))
    rows = rows[rows["back"].isin([0, 1]) & rows["cumulative"]]
    return rows.drop_duplicates(["code", "park", "back"], keep="last") if scope.period.first == 1 else rows[:0]


def _closing(scope: Scope) -> Iterator[Row]:
    ledger = _ledger(scope)
    rows = ledger[ledger["park"] == scope.park]
    for code in dict.fromkeys(rows["code"]):
        pair = {int(row.back): row for row in rows[rows["code"] == code].itertuples(index=False)}
        if 0 not in pair:
            continue
        now = pair[0]
        common = {"code": code, "source": sources(rows[rows["code"] == code]), "basis": "ledger"}
        unit = scope.dictionary.indicators.at[code, "unit"]
        open_cases = now.reported - now.closed
        for measure, value in (("reported", now.reported), ("closed", now.closed), ("open_cases", open_cases)):
            known = {"reason": "not_reported"} if pd.isna(value) else {"value": value}
            yield {**common, "measure": measure, "unit": unit, **known}
        rate = closing_rate(now.reported, now.closed)
        yield {**common, "measure": "closing_rate", "unit": "%", **rate}
        before = closing_rate(pair[1].reported, pair[1].closed) if 1 in pair else {"reason": "no_base"}
        reason = rate.get("reason") or before.get("reason")
        change = {"reason": reason} if reason else {"value": rate["value"] - before["value"]}
        yield {**common, "measure": "closing_rate_change", "unit": "个百分点", **change}


def _counts(scope: Scope) -> pd.DataFrame:
    """Counts by code and park: the indicator and the ledger side by side."""
    codes, made = _codes(scope), []
    ledger = _ledger(scope)
    cases = {(row.code, row.park, int(row.back)): row for row in ledger.itertuples(index=False)}
    parks = [scope.park] if scope.park else ["", *(park.id for park in scope.zone.about.parks)]
    for park in parks:
        rows: dict[str, dict[str, object]] = {}
        for row in published_against(scope.history, codes, period=scope.period, park=park):
            kept = rows.setdefault(str(row["code"]), {"code": row["code"], "unit": row["unit"], "reason": ""})
            if row["measure"] == "last_year":
                kept["last_year"] = row.get("value", float("nan"))
            else:
                kept |= {"change": row.get("value", float("nan")), "reason": row.get("reason", "")}
        kept_now = _values(scope, park)
        for code in codes:
            if code not in rows and (code, park, 0) not in cases:
                continue
            row = {"code": code, "park": park, "unit": scope.dictionary.indicators.at[code, "unit"]}
            value, qualifier = kept_now.get(code, (float("nan"), ""))
            row |= rows.get(code, {}) | {"value": value, "qualifier": qualifier}
            made.append(row | _case_columns(cases.get((code, park, 0)), cases.get((code, park, 1))))
    return labelled(pd.DataFrame(made, columns=COUNT_COLUMNS), COUNT_COLUMNS)


def _values(scope: Scope, park: str) -> dict[str, tuple[float, str]]:
    rows = scope.history
    here = (rows["entity"] == park) & (rows["year"] == scope.period.year) & (rows["month"] == scope.period.last)
    return {row.code: (row.value, row.qualifier) for row in rows[here].itertuples(index=False)}


def _case_columns(now: Any, before: Any) -> dict[str, object]:
    if now is None:
        return {}
    rate = closing_rate(now.reported, now.closed).get("value", float("nan"))
    old = float("nan") if before is None else closing_rate(before.reported, before.closed).get("value", float("nan"))
    return {
        **{"reported": now.reported, "closed": now.closed, "open_cases": now.reported - now.closed},
        **{"closing_rate_pct": rate, "closing_rate_last_year_pct": old, "closing_rate_change_points": rate - old},
    }
