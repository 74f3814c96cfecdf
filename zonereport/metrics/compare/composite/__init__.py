"""The composite index of the zone among its peers, with all that its rank hangs on."""

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.bounds import EVEN_PCT
from zonereport.metrics.compare.composite.aggregate import competition_rank
from zonereport.metrics.compare.composite.scheme import Scheme, scheme_of
from zonereport.metrics.compare.composite.sensitivity import (
    ahead_probability,
    rank_ranges,
    rank_shift,
    ranks,
    simulate,
    sobol_shares,
)
from zonereport.metrics.compare.composite.weights import shares
from zonereport.metrics.scope import Scope

__all__ = ["details", "figures"]

Row = dict[str, object]

CODE = "composite_index"
DRAWS, SOBOL_DRAWS, SEED = 2000, 4096, 20220101
# what the shares of variance are of: the zone's own rank, and how far all units move
OUTPUTS = ("zone_rank", "rank_shift")
UNITS = {"index": "分", "index_first_tier_probability": "%", "index_ahead_probability": "%"}
MEASURES = (
    *("index", "index_rank", "index_rank_of", "index_rank_p05", "index_rank_p50", "index_rank_p95"),
    *("index_rank_shift", "index_first_tier_probability", "index_ahead_probability"),
)


def figures(scope: Scope) -> Iterator[Row]:
    """The index of the zone: its value, rank among the peers, range of ranks, and two probabilities.

    Measures of the code ``composite_index``: index (分, 0 ... 100), index_rank and index_rank_of (位), index_rank_p05,
    _p50, _p95 (位, over the draws), index_rank_shift (位, mean over units and draws), index_first_tier_probability
    (%, rank <= first_tier of the scheme), index_ahead_probability (%, ahead of the next unit below, named in basis).
    No rows for a park, or where the zone has no assessment table. Reasons: those of ``scheme_of``; ``low_coverage``
    (too little of the zone itself is reported), ``no_first_tier``, ``last_place`` (none below).
    Source: methods notes of the project, section 3.7.
    """
    if scope.park or scope.table("assessment").empty:
        return
    scheme = scheme_of(scope)
    reason = scheme if isinstance(scheme, str) else "" if "" in scheme.values.index else "low_coverage"
    if reason:
        for measure in MEASURES:
            yield {"code": CODE, "measure": measure, "unit": UNITS.get(measure, "位"), "reason": reason}
        return
    table, shift = scope.once(("index", scheme), lambda: _ranked(scheme))
    zone = table[table["entity"] == ""].iloc[0]
    found = {
        **{"index": zone["index"], "index_rank": zone["rank"], "index_rank_of": len(scheme.values)},
        **{f"index_{name}": zone[name] for name in ("rank_p05", "rank_p50", "rank_p95")},
        "index_rank_shift": shift,
        "index_first_tier_probability": zone["first_tier_probability_pct"],
        "index_ahead_probability": zone["ahead_of_next_pct"],
    }
    missing = {"index_first_tier_probability": "no_first_tier", "index_ahead_probability": "last_place"}
    basis = {"index": "goalpost arithmetic", "index_ahead_probability": zone["next"]}
    used = ";".join(dict.fromkeys(_sources(scope)))
    for measure in MEASURES:
        value = float(found[measure])
        row = {"code": CODE, "measure": measure, "unit": UNITS.get(measure, "位"), "source": used}
        row["qualifier"] = scheme.qualifier
        known = value == value
        yield row | ({"value": value, "basis": basis.get(measure, "")} if known else {"reason": missing[measure]})


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The index of every unit, the weights at work, and the choices it hangs on.

    - ``index``: entity ('' is the zone), index, rank, rank_p05, rank_p50, rank_p95, first_tier_probability_pct,
      ahead_of_next_pct (ahead of the unit one row below, ``next``), weight_present_pct, reason (low_coverage where
      there is no index).
    - ``index_weights``: code, pillar, measured_on, weight_pct (as given), effective_pct (after drops, down the tree),
      correlation (Pearson, of the score with the index), goalposts (fixed, observed), clipped (units beyond one of
      them, where the index no longer tells units apart), treatment (winsorised, or too_few units to treat an outlier),
      reason (why it dropped out: low_coverage, constant, equal_goalposts, zero_weight).
    - ``index_sensitivity``: choice, first, total (shares of variance, 0 ... 1), output (zone_rank, rank_shift).
    Nothing where there is no index of anyone. Source: methods notes of the project, section 3.7.
    """
    if scope.park or scope.table("assessment").empty:
        return {}
    scheme = scheme_of(scope)
    if isinstance(scheme, str):
        return {}
    table, _ = scope.once(("index", scheme), lambda: _ranked(scheme))
    rest = pd.DataFrame({"entity": list(scheme.left_out), "next": "", "lead": "", "reason": "low_coverage"})
    return {
        "index": pd.concat([table.assign(reason=""), rest], ignore_index=True)
        if len(rest)
        else table.assign(reason=""),
        "index_weights": _weights(scheme),
        "index_sensitivity": _sensitivity(scheme),
    }


def _ranked(scheme: Scheme) -> tuple[pd.DataFrame, float]:
    """Units from the first rank down with what the draws say of them; and the mean shift of ranks."""
    index = scheme.index(scheme.scores["goalpost"])
    rank = competition_rank(index)
    drawn = simulate(scheme.model(), draws=DRAWS, seed=SEED)
    places = ranks(drawn)
    table = pd.DataFrame({"entity": scheme.values.index, "index": index.to_numpy(), "rank": rank.to_numpy()})
    table = pd.concat([table, rank_ranges(places, first_tier=scheme.first_tier)], axis=1)
    here = shares(scheme.used["weight"])
    table["weight_present_pct"] = 100 * (scheme.values.notna().astype("float64") @ here).to_numpy()
    # the zone stands first among equals only by being named first; the table says that the rank is shared
    order = table.sort_values("rank", kind="stable").index
    table = table.loc[order]
    ahead = [ahead_probability(drawn[:, a], drawn[:, b]) for a, b in itertools.pairwise(order)]
    table.insert(7, "ahead_of_next_pct", [*ahead, np.nan])
    table.insert(8, "next", [*table["entity"].iloc[1:], ""])
    share = table["ahead_of_next_pct"]
    cases = [share < EVEN_PCT[0], share <= EVEN_PCT[1], share > EVEN_PCT[1]]
    table["lead"] = np.select(cases, ["reversible", "undecided", "firm"], "")
    return table.reset_index(drop=True), float(rank_shift(places, rank.to_numpy()).mean())


def _weights(scheme: Scheme) -> pd.DataFrame:
    scores = scheme.scores["goalpost"]
    index = scheme.index(scores)
    effective = 100 * shares(scheme.used["weight"])
    # a score that is clipped to one end for all has no correlation
    varies = scores.columns[scores.round(9).nunique() > 1]
    correlation = scores[varies].corrwith(index) if index.round(9).nunique() > 1 else pd.Series(dtype="float64")
    span = scheme.used[["worst", "best"]]
    clipped = ((scheme.values < span.min(axis=1)) | (scheme.values > span.max(axis=1))).sum()
    codes = scheme.codes
    table = pd.DataFrame({"code": codes.index, "pillar": codes["pillar"].to_numpy()})
    return table.assign(
        measured_on=codes["measured_on"].to_numpy(),
        weight_pct=codes["weight"].to_numpy(),
        effective_pct=effective.reindex(codes.index, fill_value=0).to_numpy(),
        correlation=correlation.reindex(codes.index).to_numpy(),
        goalposts=codes["goalposts"].to_numpy(),
        clipped=clipped.reindex(codes.index, fill_value=0).to_numpy(),
        treatment=codes["treatment"].to_numpy(),
        reason=codes["reason"].to_numpy(),
    )


def _sensitivity(scheme: Scheme) -> pd.DataFrame:
    reference = competition_rank(scheme.index(scheme.scores["goalpost"])).to_numpy()
    zone = list(scheme.values.index).index("") if "" in scheme.values.index else None

    def output(drawn: np.ndarray) -> np.ndarray:
        shift = rank_shift(drawn, reference)
        return np.array([shift if zone is None else np.nan_to_num(drawn[:, zone]), shift])

    table = sobol_shares(scheme.model(), output, draws=SOBOL_DRAWS, seed=SEED)
    table = table.assign(output=[OUTPUTS[number] for number in table["output"]])
    table = table[["choice", "first", "total", "output"]]
    return table[table["output"] != "zone_rank"].reset_index(drop=True) if zone is None else table


def _sources(scope: Scope) -> list[str]:
    table = scope.table("assessment")
    codes = table.loc[table["year"] == str(scope.period.year)]
    own = scope.history
    own = own[(own["entity"] == "") & (own["year"] == scope.period.year) & (own["month"] == scope.period.last)]
    return [*codes["source"], *own.loc[own["code"].isin(codes["code"]), "source"]]
