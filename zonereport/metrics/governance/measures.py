"""Cases, visits, disputes, accidents: counts against last year, closing rates, and what chance alone would do."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from zonereport.metrics.frame import Row, known
from zonereport.metrics.governance.poisson import SMALL, poisson_interval, same_rate_p
from zonereport.metrics.indicators.counted import end_of, month_numbers, published_against, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

LEVEL = 0.95
GROUP = "S10"
# a total of two published figures has no row of its own in the history
RECOVERED = "arrears_recovered"
SUM_OF = ("wages_recovered", "project_payments_recovered")
# events that come one by one; visits and money do not
EVENTS = ("safety_accidents",)


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of the governance codes: last_year, change_on_year, closing rates, and Poisson of accidents.

    Source: methods notes of the project, sections 3.2 and 3.11; domain notes, section 1 (S10).
    """
    # the accidents are held against the same rows
    rows = list(published_against(scope.history, _codes(scope), period=scope.period, park=scope.park))
    yield from rows
    yield from _recovered(rows, scope)
    yield from _closing(scope)
    for code in EVENTS:
        yield from accidents(rows, _now(scope, code), code)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames governance_counts (a row a code and park) and governance_months (a row a code and month).

    governance_counts: value and last_year are cumulative and of the indicator, reported, closed and open_cases of the
    ledger; reason says why there is no change. governance_months: see ``months``.
    """
    return {"governance_counts": _counts(scope), "governance_months": months(scope.history, _codes(scope), scope=scope)}


def closing_rate(reported: float, closed: float) -> Row:
    """Return cases settled per case taken up, in %: closed / reported × 100.

    Both are cumulative in the year and of the same kind. Reasons: ``not_reported``; ``zero_base`` where none was
    taken up. A rate above 100 means that cases of the year before were settled, and stays.

    >>> closing_rate(13, 12)["value"] > 92, closing_rate(0, 0)
    (True, {'reason': 'zero_base'})
    """
    if pd.isna(reported) or pd.isna(closed):
        return {"reason": "not_reported"}
    if reported <= 0:
        return {"reason": "zero_base"}
    return {"value": closed / reported * 100}


def accidents(rows: list[Row], now: Row, code: str) -> Iterator[Row]:
    """Yield the Poisson measures of a count of accidents: its interval, and the p value against last year's.

    ``rows`` hold the measure last_year of ``code``, ``now`` its value or reason. The exposures are the same months of
    two years and taken as equal. Measures: poisson_low, poisson_high (counts below 30), poisson_p. Reasons:
    ``zero_base`` (none in both years: nothing to compare), ``no_base``, ``bounds``, and that of the value.
    Source: methods notes of the project, section 3.11; poisson.same_rate_p.
    """
    before = _last_year(rows, code)
    if before is None:
        return
    common: Row = {"code": code, "source": before["source"]}
    # only a count that the source gives as such is one
    if not now.get("reason") and now.get("qualifier", "") == "" and now["value"] < SMALL:
        low, high = poisson_interval(int(now["value"]), level=LEVEL)
        interval = common | {"unit": before["unit"], "basis": "exact interval"}
        yield interval | {"measure": "poisson_low", "value": low}
        yield interval | {"measure": "poisson_high", "value": high}
    comparison = common | {"measure": "poisson_p", "unit": "", "basis": "exact conditional test"}
    reason = now.get("reason") or before.get("reason")
    if "lower_bound" in (now.get("qualifier"), before.get("qualifier")):
        reason = "bounds"
    if reason:
        yield comparison | {"reason": reason}
        return
    p = same_rate_p(int(now["value"]), int(before["value"]), exposure_now=1, exposure_before=1)
    yield comparison | known(p, "zero_base")


def _last_year(rows: list[Row], code: str) -> Row | None:
    for row in rows:
        if row["code"] == code and row["measure"] == "last_year":
            return row
    return None


def months(history: pd.DataFrame, codes: list[str], *, scope: Scope) -> pd.DataFrame:
    """Return cumulative counts as counts of their months, this year and last: the frame governance_months.

    m_t = Y_t − Y_s with s the month reported before t in the same year; what lies between comes together (first_month
    before month). No month is interpolated, a year's difference never crosses into another. last_year is NaN where the
    same months were not reported alike. ``history`` is that of the scope. Source: methods notes of the project,
    section 3.1.
    """
    rows = history[history["code"].isin(codes) & (history["entity"] == scope.park) & history["value"].notna()]
    # a bound less a bound is no count
    rows = rows[~rows["qualifier"].isin(["lower_bound", "decreased"])]
    before = rows.groupby(["code", "year"])
    rows = rows.assign(
        cumulative=rows["value"],
        first_month=before["month"].shift().fillna(0).astype("int64") + 1,
        value=(rows["value"] - before["value"].shift().fillna(0.0)).round(9),
    )
    # the same months must have come together last year
    keys = ["code", "year", "month", "first_month"]
    last = rows[[*keys, "value"]].assign(year=rows["year"] + 1).rename(columns={"value": "last_year"})
    rows = rows[rows["year"] >= scope.period.year - 1].merge(last, on=keys, how="left")
    rows = rows.sort_values(["code", "year", "month"], kind="stable")
    # one figure for the whole year is no series of months
    return tidy("governance_months", rows[rows["code"].map(rows.groupby("code")["month"].nunique()) > 1])


def _codes(scope: Scope) -> list[str]:
    indicators = scope.dictionary.indicators
    return list(indicators.index[(indicators["group"] == GROUP) & (indicators["nature"] == "flow_ytd")])


def _now(scope: Scope, code: str) -> Row:
    rows = scope.known
    if len(rows):
        rows = rows[(rows["code"] == code) & (rows["measure"] == "value")]
    if rows.empty:
        return {"reason": "not_reported"}
    row = rows.iloc[0]
    return known(row["value"], row["reason"], qualifier=row["qualifier"])


def _recovered(rows: list[Row], scope: Scope) -> Iterator[Row]:
    """Wages and project payments recovered together, against last year."""
    parts = [row for row in rows if row["code"] in SUM_OF and row["measure"] == "last_year"]
    if len(parts) < len(SUM_OF):
        return
    now = _now(scope, RECOVERED)
    common: Row = {"code": RECOVERED, "unit": scope.dictionary.indicators.at[RECOVERED, "unit"], "basis": "sum"}
    common["source"] = ";".join(dict.fromkeys(str(row["source"]) for row in parts))
    last, change = common | {"measure": "last_year"}, common | {"measure": "change_on_year"}
    wages, payments = parts
    reason = wages.get("reason") or payments.get("reason")
    if reason:
        yield last | {"reason": reason}
        yield change | {"reason": reason}
        return
    qualifier = combined_qualifier("sum", wages.get("qualifier", ""), payments.get("qualifier", ""))
    before = round(float(wages["value"]) + float(payments["value"]), 9)
    yield last | {"value": before, "qualifier": qualifier}
    if now.get("reason"):
        yield change | {"reason": now["reason"]}
        return
    both = combined_qualifier("difference", now["qualifier"], qualifier)
    if both == "bounds":
        yield change | {"reason": "bounds"}
    else:
        yield change | {"value": round(now["value"] - before, 9), "qualifier": both}


def _ledger(scope: Scope) -> pd.DataFrame:
    """The governance ledger at the end of the period and a year before, by code, park and years back."""
    rows = scope.table("governance")
    back = (end_of(scope.period) - month_numbers(rows["period"])) / 12
    # a quarter's cases are not those of the year so far
    quarters = rows["period"].astype("str").str.contains("Q|H")
    rows = rows.assign(back=back)[back.isin([0, 1]) & ~quarters]
    if scope.period.first != 1:
        return rows[:0]
    return rows.drop_duplicates(["code", "park", "back"], keep="last")


def _closing(scope: Scope) -> Iterator[Row]:
    ledger = _ledger(scope)
    ledger = ledger[ledger["park"] == scope.park]
    for code, rows in ledger.groupby("code", sort=False):
        pair = {int(row.back): row for row in rows.itertuples(index=False)}
        if 0 not in pair:
            continue
        now = pair[0]
        common: Row = {"code": code, "source": sources(rows), "basis": "ledger"}
        cases = common | {"unit": scope.dictionary.indicators.at[code, "unit"]}
        yield cases | {"measure": "reported"} | known(now.reported, "not_reported")
        yield cases | {"measure": "closed"} | known(now.closed, "not_reported")
        yield cases | {"measure": "open_cases"} | known(now.reported - now.closed, "not_reported")
        rate, before = closing_rate(now.reported, now.closed), {"reason": "no_base"}
        yield common | {"measure": "closing_rate", "unit": "%"} | rate
        if 1 in pair:
            before = closing_rate(pair[1].reported, pair[1].closed)
        change = common | {"measure": "closing_rate_change", "unit": "个百分点"}
        reason = rate.get("reason") or before.get("reason")
        if reason:
            yield change | {"reason": reason}
        else:
            yield change | {"value": rate["value"] - before["value"]}


def _counts(scope: Scope) -> pd.DataFrame:
    """Counts by code and park: the indicator and the ledger side by side."""
    codes, ledger = _codes(scope), _ledger(scope)
    cases = {(row.code, row.park, int(row.back)): row for row in ledger.itertuples(index=False)}
    parks = [scope.park]
    if not scope.park:
        parks += [park.id for park in scope.zone.about.parks]
    made = []
    for park in parks:
        changes, values = _changes(scope, codes, park), _values(scope, park)
        for code in codes:
            if code not in changes and (code, park, 0) not in cases:
                continue
            value, qualifier = values.get(code, (float("nan"), ""))
            row = {"code": code, "park": park, "unit": scope.dictionary.indicators.at[code, "unit"]}
            row |= changes.get(code, {}) | {"value": value, "qualifier": qualifier}
            made.append(row | _case_columns(cases.get((code, park, 0)), cases.get((code, park, 1))))
    return tidy("governance_counts", made)


def _changes(scope: Scope, codes: list[str], park: str) -> dict[str, Row]:
    """Last year's figure and the change of each code, or why there is none."""
    rows: dict[str, Row] = {}
    for row in published_against(scope.history, codes, period=scope.period, park=park):
        kept = rows.setdefault(str(row["code"]), {"unit": row["unit"], "reason": ""})
        value = row.get("value", float("nan"))
        if row["measure"] == "last_year":
            kept["last_year"] = value
        else:
            kept |= {"change": value, "reason": row.get("reason", "")}
    return rows


def _values(scope: Scope, park: str) -> dict[str, tuple[float, str]]:
    rows = scope.history
    here = (rows["entity"] == park) & (rows["year"] == scope.period.year) & (rows["month"] == scope.period.last)
    return {row.code: (row.value, row.qualifier) for row in rows[here].itertuples(index=False)}


def _case_columns(now: Any, before: Any) -> Row:
    if now is None:
        return {}
    rate, old = closing_rate(now.reported, now.closed).get("value", float("nan")), float("nan")
    if before is not None:
        old = closing_rate(before.reported, before.closed).get("value", float("nan"))
    return {
        "reported": now.reported,
        "closed": now.closed,
        "open_cases": now.reported - now.closed,
        "closing_rate_pct": rate,
        "closing_rate_last_year_pct": old,
        "closing_rate_change_points": rate - old,
    }
