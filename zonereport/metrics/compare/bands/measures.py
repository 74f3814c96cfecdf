"""The class of every indicator with its evidence, as measures and as a table."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from zonereport.metrics.bounds import SHAKY_PCT
from zonereport.metrics.compare.bands.classes import INSUFFICIENT, NUMBERS, SIGNALS, classify
from zonereport.metrics.compare.bands.signals import (
    FEWEST_PEERS,
    MOMENTUM,
    PLACE,
    PROGRESS,
    cumulative_tables,
    past_shares,
    signals,
)
from zonereport.metrics.compare.bands.stability import RUNS, SEED, Evidence, stability
from zonereport.metrics.compare.ranking.measures import ALL, standings_of, table_of
from zonereport.metrics.rounding import as_printed
from zonereport.metrics.scope import Scope

Row = dict[str, object]
COLUMNS = [
    *("code", *SIGNALS, "signals", "sum", "raw", "band", "previous", "held", "stability_pct"),
    *(*PROGRESS, *PLACE, *MOMENTUM, "progress_reason", "position_reason", "momentum_reason", "source"),
]


def figures(scope: Scope) -> Iterator[Row]:
    """band (1 advantaged, 0 mid, -1 lagging), band_signal_progress, _position, _momentum (-1, 0, 1), band_stability.

    Of every indicator with a direction that has a figure in the period and at least one signal; the whole zone only.
    basis of the band: advantaged, mid or lagging, with ``held`` behind it where its memory holds it against the month's
    signals; of the progress: seasonal, linear or growth_target. band_stability in %. Reasons: too_few (fewer than two
    signals, or fewer than three peers), no_target, other_target, no_peers, and those of a growth.
    Source: methods notes of the project, section 3.8.
    """
    now = _classed(scope)
    for row, source in zip(now.itertuples(), _sources(now["code"], scope), strict=True):
        common = {"code": row.code, "source": source}
        if row.band == INSUFFICIENT:
            yield common | {"measure": "band", "reason": "too_few"}
        else:
            basis = f"{row.band} held" if row.held else row.band
            yield common | {"measure": "band", "value": NUMBERS[row.band], "basis": basis}
        for name, basis in {"progress": row.progress_basis, "position": "", "momentum": "growth"}.items():
            value = getattr(row, name)
            made = {"reason": getattr(row, f"{name}_reason")} if np.isnan(value) else {"value": value, "basis": basis}
            yield common | {"measure": f"band_signal_{name}"} | made
        sure = {"reason": "too_few"} if np.isnan(row.stability_pct) else {"value": row.stability_pct}
        yield common | {"measure": "band_stability", "unit": "%"} | sure


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """``bands``: COLUMNS, a row an indicator, with the numbers behind each signal.

    band, raw and previous are advantaged, mid, lagging or insufficient; previous is the class held the month before,
    empty at the start. Gaps are in percentage points, above zero is better.
    """
    now = _classed(scope)
    sources = pd.Series(_sources(now["code"], scope), now.index, dtype="str")
    known = now["previous"].isin(list(NUMBERS)) & now["band"].isin(list(NUMBERS))
    judged = now.assign(
        source=sources,
        is_shaky=now["stability_pct"].map(lambda share: as_printed(share, 0)) < SHAKY_PCT,
        has_changed=known & (now["previous"] != now["band"]),
    )
    return {"bands": judged[[*COLUMNS, "is_shaky", "has_changed"]]}


def _classed(scope: Scope) -> pd.DataFrame:
    """The class of each code in the period; made once."""
    known, reasons = _known_gaps(scope), _reasons(scope)
    name = ("bands", frozenset(known.items()), frozenset(reasons.items()))
    return scope.once(name, lambda: _classes(scope, known, reasons))


def _classes(scope: Scope, known: Mapping[str, tuple[float, str]], reasons: Mapping[str, str]) -> pd.DataFrame:
    empty = pd.DataFrame(columns=COLUMNS)
    if scope.park or scope.period.first != 1:
        return empty
    table, targets = table_of(scope, {}, years=ALL), scope.table("targets")
    found = signals(scope.history, table, targets, scope.dictionary, period=scope.period, known=known)
    if found.empty:
        return empty
    months = classify(found)
    order = {code: place for place, code in enumerate(scope.dictionary.indicators.index)}
    months = months.sort_values("code", key=lambda codes: codes.map(order), kind="stable", ignore_index=True)
    now = months[(months["year"] == scope.period.year) & (months["month"] == scope.period.last)]
    return _with_evidence(now.reset_index(drop=True), scope, reasons)


def _known_gaps(scope: Scope) -> dict[str, tuple[float, str]]:
    """The gap to the schedule as measured before, seasonal before linear, with its basis."""
    gaps: dict[str, tuple[float, str]] = {}
    for measure, basis in (("gap_linear", "linear"), ("gap_seasonal", "seasonal")):
        rows = scope.known[scope.known["measure"] == measure] if len(scope.known) else scope.known
        for code, value in zip(rows.get("code", ()), rows.get("value", ()), strict=True):
            gaps |= {code: (float(value), basis)} if not np.isnan(value) else {}
    return gaps


def _with_evidence(now: pd.DataFrame, scope: Scope, reasons: Mapping[str, str]) -> pd.DataFrame:
    standings = standings_of(scope, {}, years=ALL)
    directions = scope.dictionary.indicators["direction"]
    tables = cumulative_tables(scope.history[scope.history["code"].isin(now["code"])])
    added = []
    for row in now.itertuples():
        one = standings.get(row.code)
        ranked = one is not None and not np.isnan(one.own)
        seasonal = row.progress_basis == "seasonal"
        shares = past_shares(tables[row.code], year=row.year, month=row.month) if seasonal else np.array([])
        evidence = Evidence(
            progress_gap=row.progress_gap_pp,
            progress_tolerance=row.progress_tolerance_pp,
            shares=shares,
            position=row.position,
            own=one.own if ranked else float("nan"),
            others=one.others.to_numpy(float) if ranked else np.array([]),
            growth=row.growth_pct if not np.isnan(row.momentum) else float("nan"),
            growths=one.growths if one is not None else np.array([]),
            direction=int(directions[row.code]),
        )
        few = one is not None and 0 < len(one.growths) < FEWEST_PEERS
        slow = "no_peers" if one is None else one.row["growth_reason"] or ("too_few" if few else "no_peers")
        target = reasons.get(row.code, "no_target")
        added.append(
            {
                "stability_pct": stability(row.code, row.band, evidence, runs=RUNS, seed=SEED),
                "progress_reason": target if np.isnan(row.progress) else "",
                "position_reason": "no_peers" if np.isnan(row.position) else "",
                "momentum_reason": slow if np.isnan(row.momentum) else "",
            }
        )
    return now.join(pd.DataFrame(added, index=now.index, columns=[*added[0]] if added else COLUMNS[-4:-1]))


def _reasons(scope: Scope) -> dict[str, str]:
    """Why a code has no completion: the reason as measured before."""
    rows = scope.known[scope.known["measure"] == "completion"] if len(scope.known) else scope.known
    return {c: reason for c, reason in zip(rows.get("code", ()), rows.get("reason", ()), strict=True) if reason}


def _sources(codes: Iterable[str], scope: Scope) -> list[str]:
    """Where the figures of each code come from: those of the peers and the zone, else the first that is measured."""
    standings = standings_of(scope, {}, years=ALL)
    rows = scope.known.drop_duplicates("code") if len(scope.known) else pd.DataFrame(columns=["code", "source"])
    known = dict(zip(rows["code"], rows["source"], strict=True))
    return [standings[code].source if code in standings else known.get(code, "") for code in codes]
