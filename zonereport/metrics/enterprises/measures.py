"""The measures of enterprises: one row a figure, with its reason where there is none."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.enterprises.clocks import register_lag
from zonereport.metrics.enterprises.concentration import TOPS, WITHOUT, concentration, growth_without
from zonereport.metrics.enterprises.flows import decomposition, ends
from zonereport.metrics.enterprises.ledger import listed
from zonereport.metrics.enterprises.near_threshold import (
    FALLING,
    NEAR,
    fallers,
    near_threshold,
    on_pace,
    register_moves,
)
from zonereport.metrics.enterprises.recognitions import covered, in_force, renewals
from zonereport.metrics.enterprises.subject import (
    CODES,
    FEWEST,
    Subject,
    ladder_of,
    last_day,
    open_subject,
    pair,
    titles_of,
    unlisted,
    unlisted_ends,
)
from zonereport.metrics.enterprises.survival import median_stay
from zonereport.metrics.enterprises.thresholds import REGISTERED
from zonereport.metrics.enterprises.transition import exit_rate, jeffreys
from zonereport.metrics.scope import Scope

Row = dict[str, object]
LEDGER = "enterprise_ledger"
HORIZON = 12
FIRMS, PCT, POINTS = "家", "%", "个百分点"
BASIS = "invoiced sales of twelve months"


def figures(scope: Scope) -> Iterator[Row]:
    """Every measure of enterprises that the zone's ledger and its list of titles allow."""
    subject = open_subject(scope)
    if subject is not None:
        if subject.ledger.month in subject.ledger.months:
            for code in CODES:
                yield from _dependence(scope, subject, code)
            yield from _classes(subject)
            yield from _stay(subject)
        else:
            yield {"code": LEDGER, "measure": "listed_count", "unit": FIRMS, "reason": "not_reported"}
    yield from _titles(scope)


def _dependence(scope: Scope, subject: Subject, code: str) -> Iterator[Row]:
    """hhi, its bounds, shares of the largest, growth without them, and who came and went."""
    ledger = subject.ledger
    now, base = pair(ledger, CODES[code], ledger.month)
    common = {"code": code, "source": subject.source, "basis": "ledger"}
    if not (now > 0).any():
        yield {**common, "measure": "hhi", "reason": "not_reported"}
        return
    rest = unlisted(scope, subject, code, ledger.month, float(now.sum()))
    made = concentration(now, base, rest=rest)
    # the point is what it is only where nothing is missing
    if rest == 0:
        yield {**common, "measure": "hhi", "value": made["hhi"]}
    else:
        yield {**common, "measure": "hhi", "reason": "bounds"}
    yield {**common, "measure": "hhi_low", "value": made["hhi_low"]}
    yield {**common, "measure": "hhi_high", "value": made["hhi_high"]}
    yield {**common, "measure": "equivalent_number", "unit": FIRMS, "value": made["equivalent_number"]}
    for n in TOPS:
        yield {**common, "measure": f"top{n}_share", "unit": PCT, "value": made[f"top{n}_share_pct"]}
    names = {1: "growth_without_largest"} | {n: f"growth_without_top{n}" for n in WITHOUT if n > 1}
    for n, name in names.items():
        yield {**common, "measure": name, "unit": PCT, **_said(growth_without(now, base, n=n))}
    if not scope.park:
        yield {**common, "measure": "completion_without_largest", "unit": PCT, **_without(scope, code, now)}
    yield from _flows(scope, subject, code, common)


def _without(scope: Scope, code: str, now: pd.Series) -> Row:
    """Completion of the year's target had the largest enterprise made nothing."""
    value, target = scope.value(code), scope.value(code, "target")
    if not target > 0:
        return {"reason": "no_target"}
    if value != value:
        return {"reason": "not_reported"}
    # the largest one's share of the ledger, of the published figure
    return {"value": value * (1 - now.max() / now[now > 0].sum()) / target * 100}


def _flows(scope: Scope, subject: Subject, code: str, common: Row) -> Iterator[Row]:
    now, base = pair(subject.ledger, CODES[code], subject.ledger.month)
    there, was_there = ends(subject.ledger)
    rest = unlisted_ends(scope, subject, code)
    made = decomposition(now, base, there=there, was_there=was_there, rest=rest).set_index("group")
    points = made["contribution_pp"]
    sums = {
        "entering_contribution": points["entering"],
        "continuing_contribution": points[["continuing_up", "continuing_down"]].sum(skipna=False),
        "leaving_contribution": points["leaving"],
    }
    reason = "zero_base" if base.notna().any() else "no_base"
    for measure, value in sums.items():
        yield {**common, "measure": measure, "unit": POINTS, **_said(reason if value != value else float(value))}


def _classes(subject: Subject) -> Iterator[Row]:
    """Counts by class of the dictionary: above, near, on pace, falling, registered, waiting, and the lag."""
    moves = register_moves(subject.ledger, subject.sizes).set_index("class")
    every = subject.clocks
    for name, rows in subject.rows.groupby("class", sort=False):
        common = {"code": name, "unit": FIRMS, "source": subject.source, "basis": BASIS}
        known = rows["ratio"].notna()
        # those without figures might be above, or near it, too
        bound = {"qualifier": "lower_bound" if (~known & ~rows["above"]).any() else ""}
        missing = "no_base" if rows["ytd_10k_yuan"].notna().any() else "not_reported"
        counts = {
            "above_threshold_count": rows["above"],
            "near_threshold_count": near_threshold(rows, low=NEAR, high=1.0),
            "on_pace_count": on_pace(rows, share=subject.season[0]),
        }
        if name.startswith(REGISTERED):
            counts["fallers_count"] = fallers(rows, below=FALLING)
            counts["waiting_count"] = rows["above"] & ~rows["registered"]
        for measure, kept in counts.items():
            count = len(kept) if isinstance(kept, pd.DataFrame) else int(kept.sum())
            if not known.any():
                yield {**common, "measure": measure, "reason": missing}
            else:
                yield {**common, "measure": measure, "value": float(count), **bound}
        if name.startswith(REGISTERED):
            registry = common | {"basis": "register"}
            for measure, column in REGISTER_COUNTS.items():
                value = moves.at[name, column]
                yield {**registry, "measure": measure, **_said("no_base" if value != value else float(value))}
            if known.any():
                lag = register_lag(every[every["class"] == name], month=subject.ledger.month, fewest=FEWEST)
                yield {**common, "measure": "register_lag_months", "unit": "个月", **lag}


REGISTER_COUNTS = {"register_count": "on_register", "register_entered": "entered", "register_left": "left"}


def _stay(subject: Subject) -> Iterator[Row]:
    """How many enterprises the ledger lists, what share of last year's left it, and how long half of them stay."""
    ledger = subject.ledger
    common = {"code": LEDGER, "source": subject.source, "basis": "ledger"}
    yield {**common, "measure": "listed_count", "unit": FIRMS, "value": float(listed(ledger, ledger.month).sum())}
    gone, of = exit_rate(ledger, among=ledger.there.index)
    reason = "no_base" if of == 0 else "too_few" if of < FEWEST else ""
    low, high = jeffreys(np.array([gone]), np.array([of]), level=0.95)
    for measure, share in (("exit_rate", gone / max(of, 1)), ("exit_rate_low", low[0]), ("exit_rate_high", high[0])):
        yield {**common, "measure": measure, "unit": PCT, **_said(reason or float(share) * 100)}
    yield {**common, "measure": "median_stay", "unit": "个月", **median_stay(subject.survival)}


def _titles(scope: Scope) -> Iterator[Row]:
    """Titles in force, due for renewal and lapsed, by code; and how many went up a step."""
    recognitions = scope.table("recognitions")
    if recognitions.empty:
        return
    day, rows = last_day(scope), titles_of(scope)
    holds, ending = in_force(rows, day=day), renewals(rows, day=day)
    for code in [c for c in scope.dictionary.indicators.index if (rows["code"] == c).any()]:
        mine = rows["code"] == code
        sources = ";".join(sorted(rows.loc[mine, "source"].unique()))
        common = {"code": code, "unit": FIRMS, "source": sources, "basis": "list of titles"}
        bound = "" if covered(recognitions, code, day=day) else "lower_bound"
        yield {**common, "measure": "in_force", "value": float((mine & holds).sum()), "qualifier": bound}
        if rows.loc[mine, "until"].notna().any():
            for measure, status in (("renewals_due", "due"), ("lapsed", "lapsed")):
                count = ((ending["code"] == code) & (ending["status"] == status)).sum()
                yield {**common, "measure": measure, "value": float(count)}
    steps = ladder_of(scope)
    if len(steps):
        steps = steps[(steps["cohort"] == "all") & (steps["horizon_months"] == HORIZON)]
    for step in steps.itertuples():
        common = {"code": step.next_step, "unit": PCT, "basis": step.step}
        common["source"] = ";".join(sorted(recognitions["source"].unique()))
        for measure, value in (
            ("conversion_12_months", step.share_pct),
            ("conversion_12_months_low", step.low_pct),
            ("conversion_12_months_high", step.high_pct),
        ):
            yield {**common, "measure": measure, **_said(step.reason or float(value))}


def _said(made: float | str) -> Row:
    return {"reason": made} if isinstance(made, str) else {"value": made}
