"""The lists and series behind the measures of enterprises."""

import pandas as pd

from zonereport.metrics.enterprises.clocks import told
from zonereport.metrics.enterprises.concentration import concentration, largest, trend
from zonereport.metrics.enterprises.flows import decomposition, ends
from zonereport.metrics.enterprises.ledger import described
from zonereport.metrics.enterprises.near_threshold import lists
from zonereport.metrics.enterprises.recognitions import held_by, in_force_counts, renewals
from zonereport.metrics.enterprises.subject import (
    CLASSES,
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
from zonereport.metrics.enterprises.transition import sizes, transitions
from zonereport.metrics.scope import Scope

LARGEST = 20
# where the distribution of sizes is cut, in 10 000 yuan
SIZES = (500.0, 2_000.0, 5_000.0, 10_000.0, 50_000.0, 200_000.0)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames enterprise_near_threshold, _on_pace, _fallers, _clocks, _transitions, _sizes, _survival,
    _concentration, _flows, _top, _recognitions, _titles, _renewals and _ladder;
    those without rows are left out."""
    subject = open_subject(scope)
    found = {}
    if subject is not None and subject.ledger.month in subject.ledger.months:
        found |= _of_ledger(scope, subject)
    found |= _of_titles(scope)
    return {f"enterprise_{name}": frame for name, frame in found.items() if len(frame)}


def _of_ledger(scope: Scope, subject: Subject) -> dict[str, pd.DataFrame]:
    ledger = subject.ledger
    found = dict(lists(ledger, subject.rows, subject.season))
    found["clocks"] = told(ledger, subject.clocks)
    if subject.bounds:
        asked = {"bounds": subject.bounds, "names": list(CLASSES), "among": subject.among}
        found["transitions"] = transitions(ledger, **asked, fewest=FEWEST)
    names = [f"from_{bound:.0f}" for bound in (0.0, *SIZES)]
    found["sizes"] = sizes(ledger, bounds=list(SIZES), names=names, among=subject.among)
    found["survival"] = subject.survival
    parts = {"concentration": _concentration, "flows": _flows, "top": _top}
    for name, make in parts.items():
        frames = {code: make(scope, subject, code) for code in CODES}
        frames = [frame.assign(code=code) for code, frame in frames.items() if len(frame)]
        if frames:
            made = pd.concat(frames, ignore_index=True)
            found[name] = made[["code", *(column for column in made if column != "code")]]
    return found


def _concentration(scope: Scope, subject: Subject, code: str) -> pd.DataFrame:
    """The figures of dependence at the edition's month of every year."""
    ledger, rows = subject.ledger, []
    for month in [n for n in ledger.amounts[CODES[code]] if (ledger.month - n) % 12 == 0]:
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
    return made if base.notna().any() else made[:0]


def _top(scope: Scope, subject: Subject, code: str) -> pd.DataFrame:
    now, base = pair(subject.ledger, CODES[code], subject.ledger.month)
    made = largest(now[now > 0], base, n=LARGEST)
    who = described(subject.ledger, pd.Index(made["enterprise"])).drop(columns="enterprise")
    return pd.concat([made[["place", "enterprise"]], who, made.drop(columns=["place", "enterprise"])], axis=1)


def _of_titles(scope: Scope) -> dict[str, pd.DataFrame]:
    if scope.table("recognitions").empty:
        return {}
    day, rows = last_day(scope), titles_of(scope)
    return {
        "recognitions": in_force_counts(rows, day=day),
        "titles": held_by(rows, day=day),
        "renewals": renewals(rows, day=day),
        "ladder": ladder_of(scope),
    }
