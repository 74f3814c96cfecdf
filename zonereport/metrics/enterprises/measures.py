"""The measures of enterprises: one row a figure, with its reason where there is none."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.inputs.units import convert
from zonereport.metrics.enterprises.clocks import register_lag
from zonereport.metrics.enterprises.concentration import concentration, growth_without, top_share
from zonereport.metrics.enterprises.flows import decomposition, ends
from zonereport.metrics.enterprises.near_threshold import FALLING, NEAR, fallers, near_threshold
from zonereport.metrics.enterprises.recognitions import covered, in_force
from zonereport.metrics.enterprises.subject import (
    CODES,
    FEWEST,
    Subject,
    last_day,
    open_subject,
    pair,
    titles_of,
    unlisted,
    unlisted_ends,
)
from zonereport.metrics.enterprises.survival import median_stay
from zonereport.metrics.enterprises.transition import exit_rate, jeffreys
from zonereport.metrics.frame import Row, known
from zonereport.metrics.scope import Scope

LEDGER, REGISTER = "enterprise_ledger", "above_scale_industry"
FIRMS, PCT, POINTS, MONTHS = "家", "%", "个百分点", "个月"
BASIS = "invoiced sales of twelve months"


def figures(scope: Scope) -> Iterator[Row]:
    """Yield every measure of enterprises that the zone's ledger and its list of titles allow.

    Nothing of the ledger where it does not reach the edition's month.
    """
    subject = open_subject(scope)
    if subject is not None and subject.ledger.month in subject.ledger.months:
        for code in CODES:
            yield from _dependence(scope, subject, code)
        for name, rows in subject.rows.groupby("class", sort=False):
            yield from _class(subject, name, rows)
        yield from _stay(subject)
    yield from _titles(scope)


def _dependence(scope: Scope, subject: Subject, code: str) -> Iterator[Row]:
    """hhi and its bounds, the equivalent number, shares of the largest, growth without it, who came and went."""
    ledger = subject.ledger
    now, base = pair(ledger, CODES[code], ledger.month)
    common: Row = {"code": code, "source": subject.source, "basis": "ledger"}
    if not (now > 0).any():
        yield common | {"measure": "hhi", "reason": "not_reported"}
        return
    # what the published total has beyond the ledger may be one enterprise or many
    rest = unlisted(scope, subject, code, ledger.month, float(now.sum()))
    made = concentration(now, base, rest=rest)
    # the point is what it is only where nothing is missing
    if rest == 0:
        yield common | {"measure": "hhi", "value": made["hhi"]}
    else:
        yield common | {"measure": "hhi", "reason": "bounds"}
    yield common | {"measure": "hhi_low", "value": made["hhi_low"]}
    yield common | {"measure": "hhi_high", "value": made["hhi_high"]}
    yield common | {"measure": "equivalent_number", "unit": FIRMS, "value": made["equivalent_number"]}
    for n in (1, 10):
        yield common | {"measure": f"top{n}_share", "unit": PCT, "value": top_share(now.to_numpy(), n)}
    growth, reason = growth_without(now, base, n=1)
    yield common | {"measure": "growth_without_largest", "unit": PCT} | known(growth, reason)
    if not scope.park:
        yield common | {"measure": "completion_without_largest", "unit": PCT} | _without(scope, code, now)
    yield from _flows(scope, subject, code, common)


def _without(scope: Scope, code: str, now: pd.Series) -> Row:
    """Completion of the year's target had the largest enterprise made nothing."""
    value, target = scope.value(code), scope.value(code, "target")
    if not target > 0:
        return {"reason": "no_target"}
    rows = scope.known[(scope.known["code"] == code) & (scope.known["measure"] == "value")]
    # its own amount: a share of a ledger that may hold a part of the zone is no share of the zone's figure
    largest = convert(float(now.max()), "万元", rows["unit"].iloc[-1], scope.dictionary.units)
    return known((value - largest) / target * 100, "not_reported")


def _flows(scope: Scope, subject: Subject, code: str, common: Row) -> Iterator[Row]:
    now, base = pair(subject.ledger, CODES[code], subject.ledger.month)
    there, was_there = ends(subject.ledger)
    rest = unlisted_ends(scope, subject, code)
    made = decomposition(now, base, there=there, was_there=was_there, rest=rest).set_index("group")
    # in percentage points of the whole growth
    points = made["contribution_pp"]
    sums = {
        "entering_contribution": points["entering"],
        "continuing_contribution": points[["continuing_up", "continuing_down"]].sum(skipna=False),
        "leaving_contribution": points["leaving"],
    }
    reason = "zero_base" if base.notna().any() else "no_base"
    for measure, value in sums.items():
        yield common | {"measure": measure, "unit": POINTS} | known(value, reason)


def _class(subject: Subject, name: str, rows: pd.DataFrame) -> Iterator[Row]:
    """Enterprises near a class; of the industrial register also those falling, waiting above it, and the lag."""
    common: Row = {"code": name, "unit": FIRMS, "source": subject.source, "basis": BASIS}
    given = rows["ratio"].notna()
    counts = {"near_threshold_count": len(near_threshold(rows, low=NEAR, high=1.0))}
    if name == REGISTER:
        counts["fallers_count"] = len(fallers(rows, below=FALLING))
        counts["waiting_count"] = int((rows["above"] & ~rows["registered"]).sum())
    if not given.any():
        missing = "no_base" if rows["ytd_10k_yuan"].notna().any() else "not_reported"
        for measure in counts:
            yield common | {"measure": measure, "reason": missing}
        return
    # those without figures might be above, or near it, too
    bound = "lower_bound" if (~given & ~rows["above"]).any() else ""
    for measure, count in counts.items():
        yield common | {"measure": measure, "value": float(count), "qualifier": bound}
    if name == REGISTER:
        clocks = subject.clocks
        lag = register_lag(clocks[clocks["class"] == name], month=subject.ledger.month, fewest=FEWEST)
        yield common | {"measure": "register_lag_months", "unit": MONTHS} | lag


def _stay(subject: Subject) -> Iterator[Row]:
    """What share of last year's enterprises left the ledger, and how long half of them stay."""
    ledger = subject.ledger
    common: Row = {"code": LEDGER, "source": subject.source, "basis": "ledger"}
    gone, of = exit_rate(ledger, among=ledger.there.index)
    # few leave in a year: the share is shown with its interval
    low, high = jeffreys(np.array([gone]), np.array([of]), level=0.95)
    for measure, share in (("exit_rate", gone / max(of, 1)), ("exit_rate_low", low[0]), ("exit_rate_high", high[0])):
        row = common | {"measure": measure, "unit": PCT}
        if of == 0:
            yield row | {"reason": "no_base"}
        elif of < FEWEST:
            yield row | {"reason": "too_few"}
        else:
            yield row | {"value": float(share) * 100}
    yield common | {"measure": "median_stay", "unit": MONTHS} | median_stay(subject.survival)


def _titles(scope: Scope) -> Iterator[Row]:
    """Titles in force by code."""
    recognitions = scope.table("recognitions")
    day, rows = last_day(scope), titles_of(scope)
    holds = in_force(rows, day=day)
    won = set(rows["code"])
    for code in scope.dictionary.indicators.index[scope.dictionary.indicators.index.isin(won)]:
        mine = rows["code"] == code
        row: Row = {"code": code, "measure": "in_force", "unit": FIRMS, "basis": "list of titles"}
        row |= {"source": ";".join(sorted(rows.loc[mine, "source"].unique())), "value": float((mine & holds).sum())}
        # a list that began too late may miss titles that still hold
        yield row | {"qualifier": "" if covered(recognitions, code, day=day) else "lower_bound"}
