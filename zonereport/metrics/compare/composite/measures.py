"""The index of every unit with what its rank hangs on, as measures of the zone and as frames."""

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
from zonereport.metrics.frame import Row, known
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

CODE = "composite_index"
DRAWS, SOBOL_DRAWS, SEED = 2000, 4096, 20220101
# what the shares of variance are of: the zone's own rank, and how far all units move
OUTPUTS = ("zone_rank", "rank_shift")
PLACES, PCT = "位", "%"
UNITS = {
    "index": "分",
    "index_rank": PLACES,
    "index_rank_of": PLACES,
    "index_rank_p05": PLACES,
    "index_rank_p95": PLACES,
    "index_first_tier_probability": PCT,
    "index_ahead_probability": PCT,
}


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the index of the zone: its value, rank among the peers, range of ranks, and two probabilities.

    Measures of the code ``composite_index``: index (分, 0 ... 100), index_rank and index_rank_of (位), index_rank_p05,
    _p95 (位, over the draws), index_first_tier_probability (%, rank <= first_tier of the scheme),
    index_ahead_probability (%, ahead of the next unit below, named in basis).
    No rows for a park, or where the zone has no assessment table. Reasons: those of ``scheme_of``; ``low_coverage``
    (too little of the zone itself is reported), ``no_first_tier``, ``last_place`` (none below).
    Source: methods notes of the project, section 3.7.
    """
    if scope.park or scope.table("assessment").empty:
        return
    scheme = scheme_of(scope)
    if isinstance(scheme, str) or "" not in scheme.values.index:
        reason = scheme if isinstance(scheme, str) else "low_coverage"
        for measure, unit in UNITS.items():
            yield {"code": CODE, "measure": measure, "unit": unit, "reason": reason}
        return
    table = _ranked_once(scope, scheme)
    zone = table[table["entity"] == ""].iloc[0]
    values = {
        "index": zone["index"],
        "index_rank": zone["rank"],
        "index_rank_of": len(scheme.values),
        "index_rank_p05": zone["rank_p05"],
        "index_rank_p95": zone["rank_p95"],
        "index_first_tier_probability": zone["first_tier_probability_pct"],
        "index_ahead_probability": zone["ahead_of_next_pct"],
    }
    missing = {"index_first_tier_probability": "no_first_tier", "index_ahead_probability": "last_place"}
    basis = {"index": "goalpost arithmetic", "index_ahead_probability": zone["next"]}
    source = _sources(scope)
    for measure, value in values.items():
        row: Row = {"code": CODE, "measure": measure, "unit": UNITS[measure], "source": source}
        row |= {"qualifier": scheme.qualifier} | known(value, missing.get(measure, ""), qualifier=scheme.qualifier)
        if "value" in row:
            row["basis"] = basis.get(measure, "")
        yield row


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the index of every unit, the weights at work, and the choices it hangs on.

    - ``index``: entity ('' is the zone); is_even with the zone; ahead_of_next_pct: ahead of the unit one row below,
      ``next``; reason (low_coverage where there is no index).
    - ``index_weights``: weight_pct (as given), effective_pct (after drops, down the tree), correlation (Pearson, of
      the score with the index), goalposts (fixed, observed), clipped (units beyond one of them, where the index no
      longer tells units apart), treatment (winsorised, or too_few units to treat an outlier), reason (why it dropped
      out: low_coverage, constant, equal_goalposts, zero_weight).
    - ``index_sensitivity``: first, total (shares of variance, 0 ... 1), output (zone_rank, rank_shift).
    Nothing where there is no index of anyone. Source: methods notes of the project, section 3.7.
    """
    if scope.park or scope.table("assessment").empty:
        return {}
    scheme = scheme_of(scope)
    if isinstance(scheme, str):
        return {}
    table = _ranked_once(scope, scheme)
    rest = pd.DataFrame({"entity": list(scheme.left_out), "reason": "low_coverage", "is_even": False})
    # an empty frame would give its types to the other one
    if len(rest):
        table = pd.concat([table, rest], ignore_index=True)
    return {
        "index": tidy("index", table),
        "index_weights": _weights(scheme),
        "index_sensitivity": _sensitivity(scheme),
    }


def _ranked_once(scope: Scope, scheme: Scheme) -> pd.DataFrame:
    # a scheme is equal to itself alone
    return scope.once(("index", scheme), lambda: _ranked(scheme))


def _ranked(scheme: Scheme) -> pd.DataFrame:
    """Units from the first rank down with what the draws say of them."""
    index = scheme.index(scheme.scores["goalpost"])
    rank = competition_rank(index)
    drawn = simulate(scheme.model(), draws=DRAWS, seed=SEED)
    table = pd.DataFrame({"entity": scheme.values.index, "index": index.to_numpy(), "rank": rank.to_numpy()})
    table = pd.concat([table, rank_ranges(ranks(drawn), first_tier=scheme.first_tier)], axis=1)
    here = shares(scheme.used["weight"])
    table["weight_present_pct"] = 100 * (scheme.values.notna().astype("float64") @ here).to_numpy()
    # the zone stands first among equals only by being named first; the table says that the rank is shared
    order = table.sort_values("rank", kind="stable").index
    ahead = [ahead_probability(drawn[:, a], drawn[:, b]) for a, b in itertools.pairwise(order)]
    table = table.assign(is_even=_even_with_zone(table, drawn)).loc[order].reset_index(drop=True)
    share = pd.Series([*ahead, np.nan])
    cases = [share < EVEN_PCT[0], share <= EVEN_PCT[1], share > EVEN_PCT[1]]
    return table.assign(
        ahead_of_next_pct=share,
        next=[*table["entity"].iloc[1:], ""],
        lead=np.select(cases, ["reversible", "undecided", "firm"], ""),
    )


def _even_with_zone(table: pd.DataFrame, drawn: np.ndarray) -> list[bool]:
    """Whether the draws turn the order of each unit and the zone so often that neither is ahead of the other."""
    own = table.index[table["entity"] == ""]
    if not len(own) or np.isnan(table.at[own[0], "rank"]):
        return [False] * len(table)
    zone, even = own[0], []
    for place, rank in table["rank"].items():
        if place == zone or np.isnan(rank):
            even.append(False)
            continue
        share = ahead_probability(drawn[:, zone], drawn[:, place])
        # how often the unit that stands above is really above
        if rank < table.at[zone, "rank"]:
            share = 100 - share
        even.append(share <= EVEN_PCT[1])
    return even


def _weights(scheme: Scheme) -> pd.DataFrame:
    scores, codes = scheme.scores["goalpost"], scheme.codes
    index = scheme.index(scores)
    correlation = pd.Series(dtype="float64")
    # a score that is clipped to one end for all has no correlation, nor has an index that is the same for all
    if index.round(9).nunique() > 1:
        correlation = scores.loc[:, scores.round(9).nunique() > 1].corrwith(index)
    span = scheme.used[["worst", "best"]]
    clipped = ((scheme.values < span.min(axis=1)) | (scheme.values > span.max(axis=1))).sum()
    table = codes.assign(
        weight_pct=codes["weight"],
        effective_pct=(100 * shares(scheme.used["weight"])).reindex(codes.index, fill_value=0),
        correlation=correlation.reindex(codes.index),
        clipped=clipped.reindex(codes.index, fill_value=0),
    )
    return tidy("index_weights", table.rename_axis("code").reset_index())


def _sensitivity(scheme: Scheme) -> pd.DataFrame:
    reference = competition_rank(scheme.index(scheme.scores["goalpost"])).to_numpy()
    units = list(scheme.values.index)

    def output(drawn: np.ndarray) -> np.ndarray:
        shift = rank_shift(drawn, reference)
        if "" not in units:
            return np.array([shift, shift])
        return np.array([np.nan_to_num(drawn[:, units.index("")]), shift])

    table = sobol_shares(scheme.model(), output, draws=SOBOL_DRAWS, seed=SEED)
    table = table.assign(output=table["output"].map(dict(enumerate(OUTPUTS))))
    # a zone without an index has no rank to vary
    if "" not in units:
        table = table[table["output"] != "zone_rank"]
    return tidy("index_sensitivity", table)


def _sources(scope: Scope) -> str:
    """The sources of the scheme and of the zone's figures, each once."""
    table = scope.table("assessment")
    rules = table.loc[table["year"] == str(scope.period.year)]
    own = scope.history
    own = own[(own["entity"] == "") & (own["year"] == scope.period.year) & (own["month"] == scope.period.last)]
    return ";".join(dict.fromkeys([*rules["source"], *own.loc[own["code"].isin(rules["code"]), "source"]]))
