"""What is forecast and what was known of it: a row a unit, code, year and month, with last year's course beside it."""

import pandas as pd

from zonereport.metrics.indicators.series import grown, series_of
from zonereport.metrics.scope import Scope

CASES = ["unit_name", "code", "year", "month", "unit", "qualifier", "known", "base", "base_year", "total", "source"]
KEYS = ["entity", "code", "year", "unit", "includes"]
# what is no figure but a bound is neither forecast nor learnt from
BOUNDS = ("lower_bound", "upper_bound")
# the zone and its parks are told from peers, whose names are others'
OWN = "own "


def cases_of(rows: pd.DataFrame, *, prefix: str = "") -> pd.DataFrame:
    """Return the cases of cumulative flows: CASES, ``total`` is NaN where the year is not over.

    ``rows`` are those of ``series`` or ``grown``: entity, code, year, month, value, unit, qualifier, nature,
    level_base, base, source. ``known`` is Y_t, ``base`` B_t, ``base_year`` B_12 = last December x B_t / level of B_t:
    last year on the comparable basis. Only figures of one unit and scope meet, all above zero; month 12 is no case.
    """
    flows = rows[(rows["nature"] == "flow_ytd") & (rows["value"] > 0) & ~rows["qualifier"].isin(BOUNDS)]
    flows = flows.assign(includes=flows["qualifier"] == "including")
    december = flows.loc[flows["month"] == 12, [*KEYS, "value"]]
    found = flows[flows["month"] < 12]
    found = found.merge(december.rename(columns={"value": "total"}), how="left", on=KEYS)
    before = december.assign(year=december["year"] + 1).rename(columns={"value": "last_year"})
    found = found.merge(before, on=KEYS)
    found = found[(found["base"] > 0) & (found["level_base"] > 0)]
    found = found.assign(
        base_year=found["last_year"] * found["base"] / found["level_base"],
        known=found["value"],
        unit_name=prefix + found["entity"],
    )
    return found[CASES].reset_index(drop=True)


def all_cases(scope: Scope) -> pd.DataFrame:
    """Return the cases of the zone, its parks and its peers up to the edition's period; made once for all topics."""

    def make() -> pd.DataFrame:
        own = cases_of(series_of(scope), prefix=OWN)
        peers = cases_of(grown(scope.peers, scope.dictionary)) if len(scope.peers) else own[:0]
        return pd.concat([own, peers], ignore_index=True) if len(peers) else own

    return scope.once("cases of forecasts", make)


def gross(cases: pd.DataFrame) -> bool:
    """Return whether the figures of one unit and code never fell within a year: such a flow is not taken back."""
    ordered = cases.sort_values(["year", "month"])
    fell = (ordered.groupby("year")["known"].diff() < 0) | (ordered["total"] < ordered["known"])
    return not fell.any()
