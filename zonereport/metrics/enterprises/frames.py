"""The lists and series behind the measures of enterprises."""

import pandas as pd

from zonereport.metrics.enterprises.clocks import described_clocks
from zonereport.metrics.enterprises.concentration import concentration, largest, trend
from zonereport.metrics.enterprises.flows import decomposition, ends
from zonereport.metrics.enterprises.ledger import described
from zonereport.metrics.enterprises.near_threshold import lists
from zonereport.metrics.enterprises.recognitions import held_by, in_force_counts, ladder, renewals
from zonereport.metrics.enterprises.subject import (
    CLASSES,
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
from zonereport.metrics.enterprises.transition import sizes, transitions
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

LARGEST = 20
# where the distribution of sizes is cut, in 10 000 yuan
SIZES = (500.0, 2_000.0, 5_000.0, 10_000.0, 50_000.0, 200_000.0)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames enterprise_near_threshold, _on_pace, _fallers, _clocks, _transitions, _sizes, _survival,
    _concentration, _flows, _top, _recognitions, _titles, _renewals and _ladder; what cannot be made is left out."""
    subject = open_subject(scope)
    found = _of_titles(scope)
    if subject is not None and subject.ledger.month in subject.ledger.months:
        found |= _of_ledger(scope, subject)
    return found


def _of_ledger(scope: Scope, subject: Subject) -> dict[str, pd.DataFrame]:
    ledger = subject.ledger
    found = lists(ledger, subject.rows, subject.season)
    found["enterprise_clocks"] = described_clocks(ledger, subject.clocks)
    if subject.bounds:
        found["enterprise_transitions"] = transitions(
            ledger, bounds=subject.bounds, names=list(CLASSES), among=subject.among, fewest=FEWEST
        )
    names = [f"from_{bound:.0f}" for bound in (0.0, *SIZES)]
    found["enterprise_sizes"] = sizes(ledger, bounds=list(SIZES), names=names, among=subject.among)
    found["enterprise_survival"] = subject.survival
    for name, make in (("concentration", _concentration), ("flows", _flows), ("top", _top)):
        frames = [make(scope, subject, code).assign(code=code) for code in CODES]
        # an empty frame would give its columns to the other one
        made = list(filter(len, frames))
        found[f"enterprise_{name}"] = tidy(f"enterprise_{name}", pd.concat(made) if made else [])
    return found


def _concentration(scope: Scope, subject: Subject, code: str) -> pd.DataFrame:
    """The figures of dependence at the edition's month of every year."""
    ledger, rows = subject.ledger, []
    # the same month of every year: what is cumulative cannot be compared otherwise
    for month in ledger.amounts[CODES[code]]:
        if (ledger.month - month) % 12:
            continue
        now, base = pair(ledger, CODES[code], month)
        if (now > 0).any():
            rest = unlisted(scope, subject, code, month, float(now.sum()))
            rows.append((ledger.months[month], concentration(now, base, rest=rest)))
    return trend(rows)


def _flows(scope: Scope, subject: Subject, code: str) -> pd.DataFrame:
    now, base = pair(subject.ledger, CODES[code], subject.ledger.month)
    there, was_there = ends(subject.ledger)
    rest = unlisted_ends(scope, subject, code)
    made = decomposition(now, base, there=there, was_there=was_there, rest=rest)
    # without last year everything would be new
    if not base.notna().any():
        return made[:0]
    return made


def _top(scope: Scope, subject: Subject, code: str) -> pd.DataFrame:
    now, base = pair(subject.ledger, CODES[code], subject.ledger.month)
    # refunds make nobody one of the largest
    made = largest(now[now > 0], base, n=LARGEST)
    who = described(subject.ledger, pd.Index(made["enterprise"])).drop(columns="enterprise")
    return pd.concat([made, who], axis=1)


def _of_titles(scope: Scope) -> dict[str, pd.DataFrame]:
    recognitions, firms = scope.table("recognitions"), scope.table("enterprises")
    if recognitions.empty:
        return {}
    day, rows = last_day(scope), titles_of(scope)
    if scope.park:
        firms = firms[firms["park"] == scope.park]
    among = pd.Index(firms["enterprise"])
    return {
        "enterprise_recognitions": in_force_counts(rows, day=day),
        "enterprise_titles": held_by(rows, day=day),
        "enterprise_renewals": renewals(rows, day=day),
        "enterprise_ladder": ladder(recognitions, day=day, among=among, fewest=FEWEST),
    }
