"""Topic: which indicators improved and which worry, counted on a few comparisons; and what is new since last month."""

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.scope import Scope

# how many of each side are named, and how many of the comparisons must agree, less those that do not
NAMED, AGREEING = 3, 2
# percentage points below which a growth has not changed
STEADY_PP = 1.0
EVIDENCE = ["rank_change_year", "growth_change_year_pp", "growth_pct", "progress_gap_pp", "growth_against_peers_pp"]
COLUMNS = ["side", "place", "code", "score", *EVIDENCE]
CHANGES = ["code", "kind", "before", "now", "unit", "period"]


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """``highlights``: COLUMNS, side improved or worry; ``changes``: CHANGES, see ``changes``. The whole zone only."""
    if scope.park or scope.period.first != 1 or scope.known.empty:
        return {}
    return {"highlights": highlights(comparisons(scope)), "changes": changes(scope)}


def comparisons(scope: Scope) -> pd.DataFrame:
    """The comparisons of every indicator with a direction, a row a code, NaN where one cannot be made.

    rank_change_year: places gained on the same month of last year; growth_change_year_pp: growth less that of the
    same months of last year; progress_gap_pp: completion less the year's own schedule, the linear one where there is
    no history; growth_against_peers_pp: growth less the peers' median. All are turned so that more is better.
    """
    directions = scope.dictionary.indicators["direction"]
    rows = scope.known[scope.known["reason"] == ""]
    table = rows.drop_duplicates(["code", "measure"]).pivot(index="code", columns="measure", values="value")
    table = table[table.index.isin(directions.index[directions != 0])]
    signs = directions.reindex(table.index).astype("float64")
    series = scope.frames.get("series", pd.DataFrame(columns=["code", "entity", "year", "month", "growth_pct"]))
    last = series[(series["entity"] == "") & (series["year"] == scope.period.year - 1)]
    last = last[last["month"] == scope.period.last].set_index("code")["growth_pct"]

    def column(name: str) -> pd.Series:
        return table[name] if name in table else pd.Series(np.nan, index=table.index)

    by_growth = scope.dictionary.indicators["ranked_on"].reindex(table.index) == "growth"
    return pd.DataFrame(
        {
            "rank_change_year": column("rank_change_year"),
            "growth_change_year_pp": ((column("growth") - last.reindex(table.index)) * signs).where(by_growth),
            "growth_pct": (column("growth") * signs).where(~by_growth),
            "progress_gap_pp": column("gap_seasonal").fillna(column("gap_linear")),
            "growth_against_peers_pp": column("growth_against_peers"),
        }
    )


def highlights(table: pd.DataFrame) -> pd.DataFrame:
    """The indicators for which most comparisons point one way, the clearest first, at most NAMED a side.

    score = comparisons that are better - comparisons that are worse; a growth that moved by less than STEADY_PP is
    neither. Named are those with |score| >= AGREEING. Among equal scores more places of the rank go first, then the
    wider move of the growth.

    >>> made = highlights(pd.DataFrame({"rank_change_year": [2.0, -1.0], "growth_change_year_pp": [3.0, -2.0],
    ...     "growth_pct": np.nan, "progress_gap_pp": [1.0, np.nan], "growth_against_peers_pp": [np.nan, -4.0]},
    ...     index=["a", "b"]))
    >>> made[["side", "place", "code", "score"]].values.tolist()
    [['improved', 1, 'a', 3], ['worry', 1, 'b', -3]]
    """
    signs = np.sign(table.where(table.ne(0)))
    signs["growth_change_year_pp"] = signs["growth_change_year_pp"].where(
        table["growth_change_year_pp"].abs() >= STEADY_PP
    )
    made = table.assign(score=signs.sum(axis=1).astype("int64")).rename_axis("code").reset_index()
    found = []
    for side, sign in (("improved", 1), ("worry", -1)):
        rows = made[made["score"] * sign >= AGREEING]
        order = pd.DataFrame({name: (rows[name] * sign).fillna(0) for name in ["score", *EVIDENCE[:2]]})
        rows = rows.loc[order.sort_values(list(order), ascending=False, kind="stable").index].head(NAMED)
        found.append(rows.assign(side=side, place=range(1, len(rows) + 1)))
    return pd.concat(found, ignore_index=True)[COLUMNS]


def changes(scope: Scope) -> pd.DataFrame:
    """What is not as it was in the edition of the month before, a row a change, in the order of the dictionary.

    kind ``band``: another class (before and now are advantaged, mid or lagging); ``rank``: places then and now;
    ``target``: the year's target was set anew in the month (values then and now, in ``unit``); ``revision``: a figure
    of an earlier ``period`` was received anew after the month before. before and now are texts or numbers as text.
    """
    rows: list[dict[str, object]] = []
    period, month = scope.period, f"{scope.period.year}-{scope.period.last:02d}"
    bands = scope.frames.get("bands", pd.DataFrame())
    for row in bands[bands["previous"] != ""].itertuples() if len(bands) else ():
        if "insufficient" not in (row.previous, row.band) and row.previous != row.band:
            rows.append({"code": row.code, "kind": "band", "before": row.previous, "now": row.band})
    ranks = scope.frames.get("rank_history", pd.DataFrame())
    if len(ranks):
        ranks = ranks[ranks["year"] == period.year]
        now = ranks[ranks["month"] == period.last].set_index("code")["rank"]
        before = ranks[ranks["month"] == period.last - 1].set_index("code")["rank"]
        rows += [
            {"code": code, "kind": "rank", "before": f"{before[code]:.0f}", "now": f"{now[code]:.0f}", "unit": "位"}
            for code in now.index.intersection(before.index)
            if now[code] != before[code] and pd.notna(now[code]) and pd.notna(before[code])
        ]
    targets = scope.table("targets")
    for _, group in targets[targets["year"] == str(period.year)].groupby("code", sort=False):
        last = group.sort_values("set_on", kind="stable").tail(2)
        if len(last) == 2 and last["set_on"].iloc[1].startswith(month):
            before, now = (f"{value:g}" for value in last["target"])
            rows.append(
                {"code": last["code"].iloc[0], "kind": "target", "before": before, "now": now}
                | {"unit": last["unit"].iloc[1]}
            )
    revised = scope.frames.get("revisions", pd.DataFrame())
    for row in revised[revised["park"] == ""].itertuples() if len(revised) else ():
        # received in the month or later, when the edition before was out
        if row.vintage >= month and Period.parse(row.period) < period:
            rows.append(
                {"code": row.code, "kind": "revision", "before": f"{row.first:g}", "now": f"{row.latest:g}"}
                | {"unit": row.unit, "period": row.period}
            )
    frame = pd.DataFrame([dict.fromkeys(CHANGES, "") | row for row in rows], columns=CHANGES)
    order = {code: place for place, code in enumerate(scope.dictionary.indicators.index)}
    return frame.sort_values("code", key=lambda codes: codes.map(order), kind="stable", ignore_index=True)
