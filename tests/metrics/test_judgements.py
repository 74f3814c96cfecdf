"""Judgements by hand: each bound is met and just missed, and figures count as they are printed."""

import pandas as pd
import pytest

from zonereport.metrics import measures_and_details
from zonereport.metrics.compare.ranking.rank_tables import with_ends
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.judgements import as_printed, details


def frames_of(scope_of, rows, period="2022-06"):
    scope = scope_of(period)
    known = measures_frame({"code": "invoiced_sales", **row} for row in rows)
    return details(type(scope)(scope.zone, scope.period, "", known))


def target(value=178.0, kind="level"):
    return {"measure": "target", "value": value, "unit": "亿元", "basis": kind}


def figure(measure, value, unit="%"):
    return {"measure": measure, "value": value, "unit": unit}


def test_behind_is_what_is_printed_below_the_schedule_that_counts(scope_of):
    rows = [target(), figure("completion", 44.0), figure("gap_linear", -6.0, "个百分点")]
    one = frames_of(scope_of, rows)["progress"].iloc[0]
    assert (one["pace"], one["behind"], one["behind_both"]) == ("linear", True, True)
    # the indicator's own course counts before the calendar, and minus 0.04 is printed as nothing
    own = frames_of(scope_of, [*rows, figure("gap_seasonal", -0.04, "个百分点")])["progress"].iloc[0]
    assert (own["pace"], own["behind"], own["behind_linear"], own["behind_both"]) == ("seasonal", False, True, False)


def test_at_the_end_of_the_year_only_the_target_counts(scope_of):
    rows = [target(), figure("gap_linear", -0.04, "个百分点")]
    short = frames_of(scope_of, [*rows, figure("completion", 99.94)], "2022-12")["progress"].iloc[0]
    done = frames_of(scope_of, [*rows, figure("completion", 99.96)], "2022-12")["progress"].iloc[0]
    assert (short["behind"], short["met"]) == (True, False)
    assert (done["behind"], done["met"]) == (False, True)


def test_a_growth_or_a_ceiling_is_met_by_its_gap_and_nothing_is_met_without_one(scope_of):
    gap = {"measure": "target_gap", "value": -0.04, "unit": "个百分点"}
    assert frames_of(scope_of, [target(9.0, "growth"), gap])["progress"]["met"].tolist() == [True]
    assert frames_of(scope_of, [target(9.0, "growth"), gap | {"value": -0.06}])["progress"]["met"].tolist() == [False]
    assert frames_of(scope_of, [target(9.0, "growth")])["progress"]["met"].isna().all()


def test_the_furthest_behind_comes_first_and_the_hardest_task_is_named(scope_of):
    rows = []
    for code, completion in (("invoiced_sales", 40.0), ("treasury_tax", 30.0), ("budget_revenue", 60.0)):
        rows += [{**target(), "code": code}, {**figure("completion", completion), "code": code}]
        rows.append({**figure("gap_linear", completion - 50, "个百分点"), "code": code})
    rows += [figure("required_rate", 17.801, "亿元"), figure("best_rate", 17.804, "亿元")]
    made = frames_of(scope_of, rows)["progress"].set_index("code")
    assert made["priority"].fillna(0).to_dict() == {"invoiced_sales": 2, "treasury_tax": 1, "budget_revenue": 0}
    assert not made.at["invoiced_sales", "beyond_best"], "both are printed as 17.8"


@pytest.mark.parametrize(
    ("rank", "of", "first", "last"),
    [(3, 10, True, False), (4, 10, False, False), (8, 10, False, True), (3, 4, True, False)],
)
def test_the_first_and_the_last_three(scope_of, rank, of, first, last):
    made = frames_of(scope_of, [figure("rank", rank, "位"), figure("rank_of", of, "位")])["places"].iloc[0]
    assert (made["in_first_three"], made["in_last_three"]) == (first, last)
    assert pd.isna(made["in_first_tier"])


def test_growth_large_and_chance(scope_of):
    made = frames_of(
        scope_of,
        [
            figure("growth", 0.04),
            figure("growth_against_peers", 0.06, "个百分点"),
            figure("value", 100.0, "亿元"),
            figure("poisson_p", 0.05, ""),
        ],
    )
    assert made["growths"][["grew", "fell", "above_peers", "below_peers"]].iloc[0].tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert made["scale"]["is_large"].tolist() == [True]
    assert made["chance"]["is_chance"].tolist() == [True]


def test_the_ends_of_a_league_share_their_places():
    league = pd.DataFrame({"rank": [1, 1, 3, 5, 5], "rank_of": 6, "tied": [2, 2, 1, 2, 2]})
    made = with_ends(league)
    assert made["in_first_three"].tolist() == [True, True, True, False, False]
    assert made["in_last_three"].tolist() == [False, False, False, True, True]
    assert made["is_first"].tolist() == [True, True, False, False, False]
    assert made["is_last"].tolist() == [False, False, False, True, True]
    assert not with_ends(pd.DataFrame({"rank": [1], "rank_of": 3, "tied": 3}))["is_first"].any(), "all are alike"


def test_the_flags_of_the_lists_say_what_their_columns_say(demo):
    frames = measures_and_details(demo, period="2022-12")[1]
    bands = frames["bands"]
    assert (bands["is_shaky"] == (bands["stability_pct"].map(lambda share: as_printed(share, 0)) < 70)).all()
    assert bands.loc[bands["has_changed"], "previous"].ne("").all()
    ahead = frames["ranks"][frames["ranks"]["is_next"]]
    tax = ahead[ahead["code"] == "treasury_tax"]["rank"].unique().tolist()
    assert tax == [4.0], "the zone is fifth"
    near, falling = frames["enterprise_near_threshold"], frames["enterprise_fallers"]
    assert (near["is_rising"] == ~(near["growth_pct"] < 0)).all()
    assert (falling["is_below"] == (falling["ratio_pct"] < 100)).all()
    renewals = frames["enterprise_renewals"]
    assert (renewals["is_yearly"] == (renewals["validity_months"] <= 12)).all()
    steps = frames["scores"].dropna(subset="gain_order").sort_values("gain_order")
    assert steps["gain_rate"].is_monotonic_decreasing
    assert (steps["unit"] == "个百分点").all()
    lead = frames["index"].set_index("lead")["ahead_of_next_pct"]
    assert (lead["firm"] > 60).all()
    assert lead[""] != lead[""]


def test_below_the_whole_is_what_is_printed_below_it(scope_of):
    # the first is printed as all of them together are, the second a tenth lower
    scope = scope_of("2022-06")
    carriers = pd.DataFrame({"name": ["甲", "乙"], "occupancy_pct": [76.62, 76.5]})
    known = measures_frame([{"code": "carriers_occupancy", "measure": "value", "value": 76.58, "unit": "%"}])
    made = details(type(scope)(scope.zone, scope.period, "", known, frames={"place_carriers": carriers}))["below"]
    assert made[["table", "name"]].values.tolist() == [["carriers", "乙"]]
