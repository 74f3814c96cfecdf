"""What the zone and its peers are compared on, month by month: growth or level, as printed."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from zonereport.inputs import Dictionary
from zonereport.metrics.indicators.levels import RATES
from zonereport.metrics.indicators.series import grown
from zonereport.metrics.rounding import half_up

MONTH = ["code", "year", "month"]
GROWTH_DECIMALS = 1
SOFT = ("estimate", "approximate")
COLUMNS = [
    "code",
    "entity",
    "period",
    "year",
    "month",
    "on",
    "value",
    "printed",
    "better",
    "unit",
    "qualifier",
    "reason",
    "growth_pct",
    "growth_reason",
    "level",
    "base",
    "level_unit",
    "rank",
    "rank_of",
    "source",
]


def compared(
    history: pd.DataFrame, peers: pd.DataFrame, dictionary: Dictionary, *, on: Mapping[str, str]
) -> pd.DataFrame:
    """Return the figure that each entity is ranked on, by code and month; a row also where there is none.

    ``history`` and ``peers`` are those of a scope; parks are left out, and codes that are neither ranked nor reported
    by a peer, and those of direction 0. ``on`` says ``growth`` or ``level`` by code; others follow ``ranked_on`` of
    the dictionary, and a published rank counts only there.

    Returns COLUMNS: entity '' is the zone; value in unit (% or 个百分点 for growth, else the unit of the level);
    printed = value rounded half up to one decimal for growth, to the dictionary's decimals for a level; better =
    printed x direction, greater is better; growth_pct (%, percentage points of a
    rate; or growth_reason) and the level with the base that the growth is measured against (in level_unit; NaN for
    rates), whatever the code is ranked on; rank and rank_of as published.
    A value that is missing has a reason; that of a level in another currency than the zone's is ``basis_changed``.
    Source: methods notes of the project, section 3.6.
    """
    codes = dictionary.indicators
    zone = history[history["entity"] == ""]
    # what is neither ranked by a source nor reported by a peer has no table
    ranked = {*zone.loc[zone["rank"].notna(), "code"], *peers["code"]}
    ranked = ranked.intersection(codes.index[codes["direction"] != 0])
    # an empty frame would give its types to the other one
    rows = pd.concat([zone, peers]) if len(zone) and len(peers) else max(zone, peers, key=len)
    rows = rows[rows["code"].isin(ranked)].reset_index(drop=True)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    # of all rows, also of those ranked by their level: the chapters print it
    growth = grown(rows, dictionary)
    kinds = codes.loc[rows["code"], ["nature", "direction", "ranked_on", "decimals"]].reset_index(drop=True)
    here = rows[rows["entity"] == ""].set_index(MONTH)["unit"].rename("here")
    # a level in another currency than the zone's is not compared
    other = rows.join(here, on=MONTH)["here"].fillna(rows["unit"]) != rows["unit"]
    chosen = rows["code"].map(on).astype("object").fillna(kinds["ranked_on"]).astype("str")
    by_growth, official = chosen == "growth", chosen == kinds["ranked_on"]
    level = rows["value"].mask(other)
    value = level.mask(by_growth, growth["growth"])
    digits = kinds["decimals"].mask(by_growth, GROWTH_DECIMALS)
    printed = np.array([half_up(figure, places) for figure, places in zip(value, digits, strict=True)])
    rates = pd.Series(np.where(kinds["nature"].isin(RATES), "个百分点", "%"))
    # a published growth is exact whatever the level is
    made = rows["qualifier"].where(~by_growth | ((growth["growth_from"] == "level") & rows["qualifier"].isin(SOFT)), "")
    reason = pd.Series(np.where(other, "basis_changed", "not_reported")).mask(by_growth, growth["growth_reason"])
    return rows.assign(
        level=level,
        base=growth["base"].where(rates == "%"),
        level_unit=rows["unit"],
        on=chosen,
        value=value,
        printed=printed,
        better=printed * kinds["direction"].to_numpy(),
        unit=rows["unit"].mask(by_growth, rates),
        qualifier=made,
        reason=reason.where(value.isna(), ""),
        growth_pct=growth["growth"],
        growth_reason=growth["growth_reason"],
        rank=rows["rank"].where(official),
        rank_of=rows["rank_of"].where(official),
    )[COLUMNS]
