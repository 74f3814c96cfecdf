"""What chapters may call behind, met, large, leading or trailing: judged once, of the figures as they are printed."""

import numpy as np
import pandas as pd

from zonereport.inputs.units import convert
from zonereport.metrics.bounds import BOUNDS, CHANCE_P, EDGE_PLACES, LARGE_100M_YUAN
from zonereport.metrics.indicators.targets import set_in_time
from zonereport.metrics.rounding import as_printed
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

FULL_PCT = 100.0
# percentages and percentage points are printed with one decimal
PERCENT_DECIMALS = 1
# a tax per mu, in 万元
PER_MU_DECIMALS = 2
PERCENTS = ("%", "个百分点")


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames progress, places, growths, scale, chance, below and bounds, in the order of the dictionary.

    ``progress``: a row an indicator with a target. ``behind``: completion less than the year's schedule, the
    indicator's own of past years (pace seasonal) where there is one, else the linear one; at the end of the year less
    than 100 %. ``priority``: 1 is the furthest behind of those behind, at the end of the year the lowest completion.
    ``first_target``: what was set before the target in force. ``shortfall``: the amount that is missing to it.
    ``falls_short``: the forecast misses the target. ``places``: a row an indicator with a rank. ``growths``: a row an
    indicator with a growth. ``scale``: the amounts in 亿元. ``chance``: whether a change of a small count is within
    what chance alone brings. ``below``: the carriers that are less full, and the plots that bring less, than all of
    them together, the least first.
    ``bounds``: the bounds of all judgements.
    """
    known = scope.known[scope.known["reason"] == ""]
    return {
        "bounds": tidy("bounds", [bound._asdict() | {"name": name} for name, bound in BOUNDS.items()]),
        "progress": progress(known, scope),
        "places": places(known),
        "growths": growths(known),
        "scale": scale(known),
        "chance": chance(known),
        "below": below(scope),
    }


def progress(known: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the row of ``progress`` of every indicator with a target; ``known`` are the measures that have a value."""
    # a target that is not in force has no row
    goals = known[known["measure"] == "target"].set_index("code")
    wide = _wide(known, goals.index)
    completion = _printed(wide["completion"])
    seasonal, linear = _printed(wide["gap_seasonal"]), _printed(wide["gap_linear"])
    # the indicator's own schedule counts before the calendar
    gap = seasonal.fillna(linear)
    behind = gap < 0
    if scope.period.last == 12:
        # the year is over: what is left is no schedule but a distance to the target
        behind = completion < FULL_PCT
    decimals = scope.dictionary.indicators["decimals"].reindex(goals.index).fillna(0).astype("int64")
    # a count that comes at the end of each year is not late in June because it is small: the schedule decides
    order = gap if scope.period.last < 12 else completion
    changed = _changed(scope, goals)
    # two rates that print alike are alike
    required = _printed(wide["required_rate"], decimals)
    return pd.DataFrame(
        {
            "code": goals.index,
            "kind": goals["basis"],
            "target": goals["value"],
            "unit": goals["unit"],
            "completion_pct": wide["completion"],
            "target_gap": wide["target_gap"],
            "first_target": changed["target"],
            "first_completion_pct": wide["completion"] * goals["value"] / changed["target"],
            "shortfall": goals["value"] * (FULL_PCT - wide["completion"]) / FULL_PCT,
            "changed_on": changed["set_on"].fillna(""),
            "met": _met(completion, wide["target_gap"], known, decimals),
            "pace": np.select([seasonal.notna(), linear.notna()], ["seasonal", "linear"], ""),
            "gap_pp": wide["gap_seasonal"].fillna(wide["gap_linear"]),
            "behind": behind,
            "behind_linear": linear < 0,
            "behind_seasonal": seasonal < 0,
            # late by the calendar alone may be nothing but an uneven year
            "behind_both": (linear < 0) & ((seasonal < 0) | seasonal.isna()),
            "priority": order.where(behind).rank(method="first"),
            "required_rate": wide["required_rate"],
            "best_rate": wide["best_rate"],
            "beyond_best": required > _printed(wide["best_rate"], decimals),
            "forecast_completion_pct": wide["forecast_completion"],
            "falls_short": _printed(wide["forecast_completion"]) < FULL_PCT,
        }
    )


def _changed(scope: Scope, goals: pd.DataFrame) -> pd.DataFrame:
    """Return the first target of the year and the day of the one in force, of amounts that were set anew; by code."""
    nothing = pd.DataFrame({"target": float("nan"), "set_on": None}, index=goals.index)
    rows = scope.table("targets")
    if scope.park or rows.empty or goals.empty:
        return nothing
    rows = set_in_time(rows, scope.period)
    # a growth that became an amount is another target, not a changed one
    kinds = goals["basis"].reindex(rows["code"]).to_numpy()
    rows = rows[(rows["kind"] == kinds) & rows["kind"].isin(["level", "net_increase"])]
    first, last = rows.drop_duplicates("code"), rows.drop_duplicates("code", keep="last")
    now = last.set_index("code")[["target", "set_on"]].rename(columns={"target": "target_now"})
    both = first.set_index("code")[["target", "unit"]].join(now)
    both = both[both["target"] != both["target_now"]]
    own = [
        convert(row.target, row.unit, goals.at[row.Index, "unit"], scope.dictionary.units) for row in both.itertuples()
    ]
    changed = pd.DataFrame({"target": own, "set_on": both["set_on"]}, index=both.index)
    return changed.reindex(goals.index) if len(changed) else nothing


def _met(completion: pd.Series, gap: pd.Series, known: pd.DataFrame, decimals: pd.Series) -> pd.Series:
    """Return whether each target is met; missing where neither a completion nor a gap says so."""
    units = known[known["measure"] == "target_gap"].set_index("code")["unit"].reindex(gap.index)
    digits = decimals.mask(units.isin(PERCENTS), PERCENT_DECIMALS)
    gap = _printed(gap, digits)
    met = (completion >= FULL_PCT).astype("boolean").mask(completion.isna(), (gap >= 0).astype("boolean"))
    return met.mask(completion.isna() & gap.isna())


def places(known: pd.DataFrame) -> pd.DataFrame:
    """Return the row of ``places`` of every ranked indicator: among the first or last three, in the first tier."""
    ranked = known[known["measure"] == "rank"].set_index("code")["value"]
    wide = _wide(known, ranked.index)
    # of four or five units the last three would be nearly all: the first three are not also the last
    last_from = np.maximum(wide["rank_of"] - EDGE_PLACES, EDGE_PLACES)
    # who share a rank share the places behind it
    until = ranked + wide["rank_tied"].fillna(1).clip(lower=1) - 1
    return pd.DataFrame(
        {
            "code": ranked.index,
            "rank": ranked,
            "rank_of": wide["rank_of"],
            "tied": wide["rank_tied"],
            "in_first_three": ranked <= EDGE_PLACES,
            "in_last_three": until > last_from,
            "in_first_tier": (wide["tier_places"] == 0).astype("boolean").mask(wide["tier_places"].isna()),
            "rank_change": wide["rank_change"],
            "rank_change_year": wide["rank_change_year"],
        }
    )


def growths(known: pd.DataFrame) -> pd.DataFrame:
    """Return the row of ``growths`` of every indicator with a growth: up or down, above or below the peers' median."""
    rows = known[known["measure"] == "growth"].set_index("code")
    against = _wide(known, rows.index)["growth_against_peers"]
    # what is printed as nothing has not moved
    growth, lead = _printed(rows["value"]), _printed(against)
    return pd.DataFrame(
        {
            "code": rows.index,
            "growth": rows["value"],
            "unit": rows["unit"],
            "grew": growth > 0,
            "fell": growth < 0,
            "against_peers_pp": against,
            "above_peers": lead > 0,
            "below_peers": lead < 0,
        }
    )


def scale(known: pd.DataFrame) -> pd.DataFrame:
    """Return the amounts of the edition in 亿元 and whether they are large."""
    rows = known[(known["measure"] == "value") & (known["unit"] == BOUNDS["large"].unit)]
    rows = rows.assign(is_large=rows["value"] >= LARGE_100M_YUAN)
    return rows[["code", "value", "unit", "is_large"]]


def chance(known: pd.DataFrame) -> pd.DataFrame:
    """Return the p value of each small count against last year's, and whether chance alone is explanation enough."""
    rows = known[known["measure"] == "poisson_p"]
    rows = rows.assign(p=rows["value"], is_chance=rows["value"] >= CHANCE_P)
    return rows[["code", "p", "is_chance"]]


def below(scope: Scope) -> pd.DataFrame:
    """Return the carriers in service and the plots of the year that lie below the figure of all of them together.

    Held as they are printed: nobody is called low whose figure reads like that of the whole.
    """
    carriers = scope.frames.get("place_carriers", tidy("place_carriers", []))
    plots = scope.frames.get("place_land", tidy("place_land", []))
    plots = plots[plots["year"] == scope.period.year]
    parts = [
        _below(carriers, "carriers", "occupancy_pct", scope.value("carriers_occupancy"), "%", PERCENT_DECIMALS),
        _below(plots, "land", "tax_per_mu_10k_yuan", scope.value("land_tax_per_mu"), "万元/亩", PER_MU_DECIMALS),
    ]
    return tidy("below", pd.concat(parts))


def _below(rows: pd.DataFrame, table: str, column: str, whole: float, unit: str, decimals: int) -> pd.DataFrame:
    values = rows[column].map(lambda value: as_printed(value, decimals)).astype("float64")
    # a comparison with NaN, where there is no figure of the whole, leaves nothing
    low = rows[values < as_printed(whole, decimals)].sort_values(column, kind="stable")
    return pd.DataFrame({"table": table, "name": low["name"], "value": low[column], "unit": unit})


def _wide(known: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    """Return a row a code and a column a measure, NaN where there is no figure."""
    rows = known[known["code"].isin(codes) & known["measure"].isin(MEASURES)]
    table = rows.pivot(index="code", columns="measure", values="value")
    return table.reindex(index=codes, columns=MEASURES).astype("float64")


MEASURES = [
    "completion",
    "target_gap",
    "gap_linear",
    "gap_seasonal",
    "required_rate",
    "best_rate",
    "forecast_completion",
    "rank_of",
    "rank_tied",
    "rank_change",
    "rank_change_year",
    "tier_places",
    "growth_against_peers",
]


def _printed(values: pd.Series, decimals: pd.Series | None = None) -> pd.Series:
    """Return figures as they are printed: with the ``decimals`` of each, percentages with one."""
    digits = [PERCENT_DECIMALS] * len(values) if decimals is None else decimals
    rounded = [as_printed(value, digit) for value, digit in zip(values, digits, strict=True)]
    return pd.Series(rounded, values.index, dtype="float64")
