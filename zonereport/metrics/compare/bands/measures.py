"""The class of every indicator with the evidence that it rests on."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from zonereport.metrics.bounds import SHAKY_PCT
from zonereport.metrics.compare.bands.classes import NUMBERS, SIGNALS, class_of, classify, position
from zonereport.metrics.compare.bands.signals import FEWEST_PEERS, cumulative_tables, past_shares, signals
from zonereport.metrics.compare.bands.stability import RUNS, SEED, Evidence, stability
from zonereport.metrics.compare.ranking.measures import ALL, standings_of, table_of
from zonereport.metrics.compare.ranking.peer_rank import Standing
from zonereport.metrics.rounding import as_printed
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

NO_SHARES = np.array([])
# the gaps to a schedule as measured before: the indicator's own schedule wins over the calendar
MEASURED_GAPS = {"gap_linear": "linear", "gap_seasonal": "seasonal"}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frame ``bands``: a row an indicator with a direction, a figure in the period and a signal.

    The whole zone only. band, raw and previous are advantaged, mid, lagging or insufficient (fewer than two signals);
    previous is the class held the month before, empty at the start. Gaps are in percentage points, above zero is
    better. Reasons of a missing signal: no_target, other_target, no_peers, too_few (fewer than three peers), and those
    of a growth. Source: methods notes of the project, section 3.8.
    """
    if scope.park or scope.period.first != 1:
        return {}
    gaps, reasons = _measured_gaps(scope), _reasons(scope)
    table, targets = table_of(scope, {}, years=ALL), scope.table("targets")
    # every month so far: the class of this one depends on the memory
    found = signals(scope.history, table, targets, scope.dictionary, period=scope.period, known=gaps)
    if found.empty:
        return {}
    months = classify(found)
    now = months[(months["year"] == scope.period.year) & (months["month"] == scope.period.last)]
    order = scope.dictionary.indicators.index
    now = now.sort_values("code", key=order.get_indexer, kind="stable", ignore_index=True)
    now = _with_evidence(now, scope, reasons)
    # from nothing, or to nothing, is no change of class
    both = now["previous"].isin(list(NUMBERS)) & now["band"].isin(list(NUMBERS))
    return {
        "bands": tidy(
            "bands",
            now.assign(
                source=_sources(now["code"], scope),
                by_tie=_by_tie(now),
                is_shaky=now["stability_pct"].map(lambda share: as_printed(share, 0)) < SHAKY_PCT,
                has_changed=both & (now["previous"] != now["band"]),
            ),
        )
    }


def _by_tie(now: pd.DataFrame) -> list[bool]:
    """Whether a class is that of its signals only because a rank is shared: alone at its rank it would be another."""
    turned = []
    for row in now.itertuples():
        alone = [row.progress, position(row.rank, 1, row.rank_of), row.momentum]
        shared = [getattr(row, name) for name in SIGNALS]
        is_tie = row.tied > 1 and row.band == row.raw
        turned.append(bool(is_tie and class_of(alone) != class_of(shared)))
    return turned


def _measured_gaps(scope: Scope) -> dict[str, tuple[float, str]]:
    """The gap to the schedule as measured before, seasonal before linear, with its basis."""
    gaps: dict[str, tuple[float, str]] = {}
    for measure, basis in MEASURED_GAPS.items():
        rows = scope.measured(measure)
        rows = rows[rows["value"].notna()]
        for code, value in zip(rows["code"], rows["value"], strict=True):
            gaps[code] = (float(value), basis)
    return gaps


def _reasons(scope: Scope) -> dict[str, str]:
    """Why a code has no completion: the reason as measured before."""
    rows = scope.measured("completion")
    rows = rows[rows["reason"] != ""]
    return dict(zip(rows["code"], rows["reason"], strict=True))


def _with_evidence(now: pd.DataFrame, scope: Scope, reasons: Mapping[str, str]) -> pd.DataFrame:
    """The classes with how sure they are, and why a signal is missing."""
    standings = standings_of(scope, {}, years=ALL)
    directions = scope.dictionary.indicators["direction"]
    tables = cumulative_tables(scope.history[scope.history["code"].isin(now["code"])])
    sure, slow = [], []
    for row in now.itertuples():
        one = standings.get(row.code)
        shares = NO_SHARES
        if row.progress_basis == "seasonal":
            shares = past_shares(tables[row.code], year=row.year, month=row.month)
        evidence = _evidence(row, one, shares, int(directions[row.code]))
        sure.append(stability(row.code, row.band, evidence, runs=RUNS, seed=SEED))
        slow.append(_no_momentum(one))
    # a code without a reason was never held against a target
    progress = now["code"].map(reasons).fillna("no_target")
    return now.assign(
        stability_pct=sure,
        progress_reason=progress.where(now["progress"].isna(), ""),
        position_reason=np.where(now["position"].isna(), "no_peers", ""),
        momentum_reason=pd.Series(slow, now.index, dtype="str").where(now["momentum"].isna(), ""),
    )


def _evidence(row: tuple, one: Standing | None, shares: np.ndarray, direction: int) -> Evidence:
    evidence = Evidence(
        progress_gap=row.progress_gap_pp,
        progress_tolerance=row.progress_tolerance_pp,
        shares=shares,
        position=row.position,
        direction=direction,
    )
    # a growth that could not be judged is no evidence
    if not np.isnan(row.momentum):
        evidence = evidence._replace(growth=row.growth_pct)
    if one is None:
        return evidence
    # peers without a figure of the zone's own place nobody
    if not np.isnan(one.own):
        evidence = evidence._replace(own=one.own, others=one.others.to_numpy(float))
    return evidence._replace(growths=one.growths)


def _no_momentum(one: Standing | None) -> str:
    """Why the growth cannot be held against the peers'."""
    if one is None:
        return "no_peers"
    if one.row["growth_reason"]:
        return one.row["growth_reason"]
    if 0 < len(one.growths) < FEWEST_PEERS:
        return "too_few"
    return "no_peers"


def _sources(codes: pd.Series, scope: Scope) -> pd.Series:
    """Where the figures of each code come from: those of the peers and the zone, else the first that is measured."""
    first = scope.known.drop_duplicates("code")
    sources = pd.Series(first["source"].to_numpy(), first["code"].to_numpy())
    for code, one in standings_of(scope, {}, years=ALL).items():
        sources[code] = one.source
    return codes.map(sources)
