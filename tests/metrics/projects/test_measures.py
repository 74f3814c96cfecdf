"""Projects: states, lights, slippage, durations and conversion, by hand on a ledger of a few rows."""

import dataclasses
import json
import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.indicators.counted import month_number
from zonereport.metrics.projects import measures as projects
from zonereport.metrics.projects.lights import light, lights, schedule_pct, stalled
from zonereport.metrics.projects.state import as_of, ledger
from zonereport.metrics.projects.timing import conversion, durations, incidence, quantile_month, slip_quantile, slips
from zonereport.metrics.scope import Scope

NAN = float("nan")


def scope_of(zone, period, park=""):
    return Scope(zone, Period.parse(period), park)


def measured(scope):
    return measures_frame(projects.figures(scope)).set_index(["code", "measure"])


def book(demo, rows, *, period="2022-12", heads=None, begins="2020-01"):
    """A ledger of rows: project, period, stage, planned start, planned production, invested (亿元)."""
    progress = pd.DataFrame(
        rows, columns=["project", "period", "stage", "planned_start", "planned_production", "invested"]
    ).assign(unit="亿元", source="s", note="")
    heads = heads or {name: {} for name in dict.fromkeys(progress["project"])}
    empty = {name: NAN if name in ("investment", "capacity") else "" for name in demo.tables["projects"].columns}
    listed = [
        empty | {"project": name, "investment": 10.0, "unit": "亿元", "source": "s"} | head
        for name, head in heads.items()
    ]
    return as_of(
        pd.DataFrame(listed), progress, period=Period.parse(period), begins=month_number(begins),
        units=demo.dictionary.units,
    )  # fmt: skip


COURSE = [
    ("a", "2021-01", "signed", "2021-04", "2022-06", 0.0),
    ("a", "2021-03", "permitting", "2021-04", "2022-06", 0.0),
    ("a", "2021-04", "permitting", "2021-06", "2022-08", 0.0),
    ("a", "2021-06", "construction", "2021-06", "2022-08", 1.0),
    ("a", "2022-08", "construction", "2021-06", "2022-10", 6.0),
    ("a", "2022-10", "in_production", "2021-06", "2022-10", 8.0),
]


def test_a_project_at_the_end_of_three_periods(demo):
    row = book(demo, COURSE).state.iloc[0]
    assert (row["stage"], row["plan_moves"], bool(row["plan_seen"])) == ("in_production", 3, True)
    dates = ["signed", "start", "production", "first_start", "first_production", "stage_since"]
    expected = ["2021-01", "2021-06", "2022-10", "2021-04", "2022-06", "2022-10"]
    assert [row[name] for name in dates] == [month_number(text) for text in expected]
    row = book(demo, COURSE, period="2021-05").state.iloc[0]
    assert (row["stage"], row["invested"]) == ("permitting", 0)
    assert math.isnan(row["start"])
    assert book(demo, COURSE, period="2020-12").state.empty


def test_what_stood_before_the_ledger_began_is_not_dated(demo):
    rows = [(n, *row) for n, *row in COURSE if row[0] >= "2021-06"]
    row = book(demo, rows, begins="2021-06").state.iloc[0]
    assert math.isnan(row["signed"])
    assert math.isnan(row["start"])
    assert not row["plan_seen"]
    assert row["production"] == month_number("2022-10")


def test_the_list_alone_and_a_later_stage_of_it(demo):
    heads = {
        "b": {"stage": "construction", "stage_date": "2022-03"},
        "c": {"stage": "in_service", "stage_date": "2023-01"},
    }
    state = book(demo, [], heads=heads).state
    assert state["project"].tolist() == ["b"]
    assert state["start"].tolist() == [month_number("2022-03")]
    newer = {"a": {"stage": "in_service", "stage_date": "2022-12"}}
    assert book(demo, COURSE[:4], heads=newer).state["stage"].tolist() == ["in_service"]
    assert book(demo, COURSE[:4], heads=newer, period="2022-11").state["stage"].tolist() == ["construction"]


OVERDUE = [
    ("a", "2021-02", "construction", "2021-01", "2021-05", 1.0),
    ("a", "2021-06", "construction", "2021-01", "2021-05", 2.0),
]


def test_another_currency_is_not_converted(demo):
    state = book(demo, COURSE, heads={"a": {"investment": 3000.0, "unit": "万美元"}}).state
    assert math.isnan(state["investment"].iloc[0])
    assert book(demo, COURSE, heads={"a": {"investment": 30000.0, "unit": "万元"}}).state["investment"].iloc[0] == 3


# the rule as printed: in the planned month yellow, three months red; 10 to 30 points yellow, more red
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        *[(9, ("green", "not_due")), (10, ("yellow", "start_missed")), (11, ("yellow", "start_missed"))],
        *[(12, ("red", "start_missed_three_months")), (20, ("red", "start_missed_three_months"))],
    ],
)
def test_the_light_of_a_project_that_has_not_started(now, expected):
    assert light(started=False, first_start=10, expected_pct=NAN, actual_pct=0, now=now) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        *[(55, ("green", "on_schedule")), (50, ("green", "on_schedule")), (40.1, ("green", "slightly_behind"))],
        *[(40, ("yellow", "investment_behind")), (20, ("yellow", "investment_behind"))],
        *[(19.9, ("red", "investment_behind")), (NAN, ("not_judged", "no_investment_figure"))],
    ],
)
def test_the_light_of_a_project_under_construction(actual, expected):
    assert light(started=True, first_start=0, expected_pct=50, actual_pct=actual, now=9) == expected


def test_no_light_without_a_plan():
    assert light(started=False, first_start=NAN, expected_pct=NAN, actual_pct=0, now=9) == ("not_judged", "no_plan")
    assert light(started=True, first_start=NAN, expected_pct=NAN, actual_pct=5, now=9) == ("not_judged", "no_plan")


def test_the_schedule_of_a_plan_by_hand():
    # 2021-04 to 2022-06 are 15 months, by 2021-06 three of them have passed
    start, end = np.array([month_number("2021-04")]), np.array([month_number("2022-06")])
    assert schedule_pct(start, end, month_number("2021-06")).tolist() == [20.0]
    assert schedule_pct(start, end, month_number("2023-01")).tolist() == [100.0]
    assert np.isnan(schedule_pct(end, start, month_number("2021-06"))).all()


def test_lights_of_a_ledger_by_hand(demo):
    lit = lights(book(demo, COURSE, period="2021-06")).iloc[0]
    # 20 % of the first plan, 1 of 10 invested
    assert (lit["expected_pct"], lit["actual_pct"], lit["light"]) == (20.0, 10.0, "yellow")
    assert (lit["first_planned_start"], lit["planned_start"], lit["actual_start"]) == ("2021-04", "2021-06", "2021-06")
    assert lit["slip_months"] == 2
    assert lights(book(demo, COURSE, period="2021-04")).iloc[0][["light", "reason"]].tolist() == [
        "yellow",
        "start_missed",
    ]
    assert lights(book(demo, COURSE)).iloc[0]["light"] == "done"


def test_the_own_history_needs_five_finished_projects(demo):
    finished = [(f"{n}{row[0]}", *row[1:]) for n in range(5) for row in COURSE]
    open_ = [("z", *row[1:]) for row in COURSE[:4]]
    lit = lights(book(demo, finished + open_, period="2022-12")).set_index("project").loc["z"]
    # by the first plan all of the time is over: then the finished ones had put in 8 of 10
    assert (lit["expected_pct"], lit["expected_history_pct"], lit["history_projects"]) == (100, 80, 5)
    assert lights(book(demo, finished[6:] + open_)).set_index("project").at["z", "light_history"] == "not_judged"


@pytest.mark.parametrize(
    ("rows", "period", "reason"),
    [
        (COURSE[:3], "2021-06", "start_missed_three_months"),
        ([*COURSE[:4], ("a", "2021-10", "construction", "2021-06", "2022-08", 1.0)], "2021-10", "no_investment"),
        (OVERDUE, "2021-06", "overdue_without_date"),
        ([*COURSE[:4], ("b", "2021-11", "signed", "2022-08", "2023-08", 0.0)], "2021-11", "no_report"),
        (COURSE[:5], "2022-08", "slipped"),
    ],
)  # fmt: skip
def test_why_a_project_stands_still(demo, rows, period, reason):
    found = book(demo, rows, period=period)
    table = stalled(found, lights(found)).set_index("project")
    assert table.at["a", "reason"] == reason
    assert table.at["a", "months"] >= 0


def test_a_project_on_its_way_is_not_stalled(demo):
    found = book(demo, COURSE[:4], period="2021-07")
    assert stalled(found, lights(found)).empty


def test_slips_against_the_first_plan(demo):
    table = slips(book(demo, COURSE)).set_index("milestone")
    assert table.at["start", "slip_months"] == 2
    assert table.at["production", "slip_months"] == 4
    assert set(table["basis"]) == {"actual"}
    table = slips(book(demo, COURSE[:4], period="2022-09")).set_index("milestone")
    # planned for August, September has come, no new date: three months behind June so far
    row = table.loc["production"]
    assert (row["basis"], row["slip_months"], row["qualifier"], row["date"]) == ("overdue", 3, "lower_bound", "2022-08")
    gone = [*COURSE[:3], ("a", "2021-09", "withdrawn", "2021-06", "2022-08", 0.0)]
    assert slips(book(demo, gone)).empty


def test_a_quantile_is_a_bound_where_an_open_slip_may_raise_it():
    slip = pd.Series([0.0, 1, 2, 3, 4])
    assert slip_quantile(slip, slip == 4, 0.5) == (2, "")
    assert slip_quantile(slip, slip == 1, 0.5) == (2, "lower_bound")
    assert slip_quantile(slip, slip == 4, 0.8) == (pytest.approx(3.2), "lower_bound")


def test_published_survival_of_6mp(root):
    golden = json.loads((root / "tests/golden/remission_6mp.json").read_text())
    curve = incidence(np.array(golden["time"]), np.array(golden["event"]))
    share = curve.set_index("month")["reached_share"]
    assert {month: round(1 - share[int(month)], 4) for month in golden["survival"]} == golden["survival"]
    assert quantile_month(curve, 0.5) == golden["median"]


def test_competing_events_as_in_statsmodels():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight
    rng = np.random.default_rng(7)
    months, outcome = rng.integers(1, 20, 80), rng.integers(0, 3, 80)
    curve = incidence(months, outcome).set_index("month")
    theirs = CumIncidenceRight(months, outcome)
    mine = curve.loc[theirs.times.astype(int)]
    assert mine["reached_share"].to_numpy() == pytest.approx(theirs.cinc[0])
    assert mine["withdrawn_share"].to_numpy() == pytest.approx(theirs.cinc[1])
    # without a competing event the error is Greenwood's
    plain = incidence(months, outcome == 1).set_index("month")
    km = SurvfuncRight(months, outcome == 1)
    assert plain.loc[km.surv_times.astype(int), "se"].to_numpy() == pytest.approx(km.surv_prob_se)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=40))
def test_incidence_only_rises_and_shares_stay_below_one(rows):
    months, outcome = np.array(rows).T
    curve = incidence(months, outcome)
    assert (np.diff(curve["reached_share"]) >= -1e-12).all()
    assert (curve["reached_share"] + curve["withdrawn_share"] <= 1 + 1e-9).all()
    assert curve[["reached", "withdrawn", "still_open"]].to_numpy().sum() == len(rows)
    assert np.isfinite(curve["se"]).all()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 2)), min_size=1, max_size=40))
def test_without_open_ones_incidence_is_a_share(rows):
    months, outcome = np.array(rows).T
    assert incidence(months, outcome)["reached_share"].iloc[-1] == pytest.approx((outcome == 1).mean())


def cohort(count, *, signed=2021, started=6):
    """``count`` projects signed in January, of which some start half a year later and one is withdrawn."""
    rows = []
    for n in range(count):
        rows.append((f"p{n:02d}", f"{signed}-01", "signed", f"{signed}-07", f"{signed + 1}-07", 0.0))
        if n < started:
            rows.append((f"p{n:02d}", f"{signed}-07", "construction", f"{signed}-07", f"{signed + 1}-07", 4.0))
        elif n == count - 1:
            rows.append((f"p{n:02d}", f"{signed}-09", "withdrawn", f"{signed}-07", f"{signed + 1}-07", 0.0))
    return rows


def test_conversion_of_a_cohort_by_hand(demo):
    heads = {f"p{n:02d}": {"investment": 20.0 if n == 0 else 10.0} for n in range(12)}
    rows = conversion(book(demo, cohort(12), heads=heads, period="2022-01")).set_index(["cohort", "age_months"])
    row = rows.loc[("2021", 12)]
    assert (row["projects"], row["started"], row["withdrawn"], row["complete"]) == (12, 6, 1, "yes")
    assert row["started_pct"] == 50
    assert row["started_value_pct"] == pytest.approx(70 / 130 * 100)
    assert row["invested_pct"] == pytest.approx(24 / 130 * 100)
    assert rows.at[("2021", 24), "reason"] == "too_young"


def test_the_young_are_not_held_against_the_old(demo):
    # half of the cohort is signed a year later: at the end of 2021 it is too young and left out
    rows = cohort(12) + [(f"q{row[0]}", *row[1:]) for row in cohort(4, signed=2022)]
    found = conversion(book(demo, rows, period="2022-06")).set_index(["cohort", "age_months"])
    assert found.at[("all", 12), "projects"] == 12
    assert found.at[("all", 12), "signed_projects"] == 16
    assert found.at[("all", 12), "complete"] == "no"
    assert found.at[("2022", 12), "reason"] == "too_young"


def test_of_few_there_is_a_list_and_no_rate(demo):
    few = book(demo, cohort(9), period="2022-01")
    assert conversion(few).set_index(["cohort", "age_months"]).loc[("2021", 12), ["reason"]].tolist() == ["too_few"]
    spans, curve = durations(few)
    assert spans.set_index("step").at["signing_to_start", "reason"] == "too_few"
    assert curve.empty


def test_durations_by_hand(demo):
    spans, curve = durations(book(demo, cohort(12), period="2022-01"))
    row = spans.set_index("step").loc["signing_to_start"]
    assert (row["projects"], row["reached"], row["withdrawn"], row["still_open"]) == (12, 6, 1, 5)
    # all six of twelve start in the seventh month, before anybody is censored
    assert row["median_months"] == 6
    assert math.isnan(row["p75_months"])
    assert row["within_6_months_pct"] == 50
    assert curve.loc[curve["step"] == "signing_to_start", "reached_pct"].max() == pytest.approx(50)


def test_figures_of_the_demo_zone(demo):
    found = measured(scope_of(demo, "2022-12"))
    heads = demo.tables["projects"]
    live = heads[heads["stage"] != "withdrawn"]
    assert found.at[("project_ledger", "value"), "value"] == len(live)
    assert found.at[("project_ledger", "project_investment"), "value"] == pytest.approx(live["investment"].sum())
    assert found.at[("project_stage_withdrawn", "value"), "value"] == (heads["stage"] == "withdrawn").sum()
    assert found.at[("technical_upgrades_completed", "change_on_year"), "reason"] == "not_reported"
    assert found.at[("technical_upgrades_completed", "last_year"), "value"] == 9
    lit = sum(
        found.at[(f"project_light_{word}", "value"), "value"] for word in ("green", "yellow", "red", "not_judged")
    )
    assert lit == (~heads["stage"].isin(["withdrawn", "in_production"])).sum()


def test_stages_and_slips_of_the_demo_zone_are_those_that_were_planted(demo):
    frames = projects.details(scope_of(demo, "2022-12"))
    assert frames["project_lights"].set_index("project").at["x2020-02", "slip_months"] == 2
    pipeline = frames["project_pipeline"]
    whole, parts = pipeline[pipeline["tier"] == "all"], pipeline[pipeline["tier"] != "all"]
    assert whole["order"].is_monotonic_increasing
    assert whole["projects"].sum() == parts["projects"].sum() == len(demo.tables["projects"])
    assert parts["investment_100m_yuan"].sum() == pytest.approx(demo.tables["projects"]["investment"].sum())
    gantt = frames["project_gantt"]
    assert (gantt["from_month"] <= gantt["to_month"]).all()
    assert not (frames["project_parks"][["green", "yellow", "red"]].sum() == 0).all()


def test_an_earlier_edition_sees_nothing_of_what_came_later(demo):
    early = ledger(scope_of(demo, "2021-06"))
    assert (early.state[["start", "production", "withdrawn", "last_seen"]].max() <= month_number("2021-06")).all()
    table = demo.tables["project_progress"]
    cut = dataclasses.replace(
        demo,
        tables=demo.tables | {"project_progress": table[table["period"].map(month_number) <= month_number("2021-06")]},
    )
    known = set(cut.tables["project_progress"]["project"])
    same = ledger(scope_of(cut, "2021-06")).state
    pd.testing.assert_frame_equal(
        early.state, same[same["project"].isin(known)].reset_index(drop=True), check_dtype=False
    )


def test_the_real_zone_has_a_list_and_no_dates(real):
    scope = scope_of(real, "2022")
    found = measured(scope)
    assert found.at[("project_ledger", "value"), "value"] == 8
    assert found.at[("project_ledger", "investment_completion"), "reason"] == "not_reported"
    assert not found.index.get_level_values(0).str.startswith("project_light").any()
    frames = projects.details(scope)
    assert set(frames["project_lights"]["light"]) == {"done", "not_judged"}
    assert frames["project_upgrades"]["value"].tolist() == [8]
    assert "project_slippage" not in frames


@pytest.mark.parametrize("drop", ["projects", "project_progress"])
@pytest.mark.parametrize(("period", "park"), [("2022-02", ""), ("2020-01", "yunjin"), ("2021-08", "xinglan")])
def test_a_missing_table_a_park_or_a_month_early_in_the_year(demo, drop, period, park):
    tables = {name: frame for name, frame in demo.tables.items() if name != drop}
    scope = scope_of(dataclasses.replace(demo, tables=tables), period, park)
    assert not measures_frame(projects.figures(scope)).duplicated(["code", "measure"]).any()
    projects.details(scope)


def test_a_ledger_of_one_period_gives_no_rates(demo):
    table = demo.tables["project_progress"]
    zone = dataclasses.replace(demo, tables=demo.tables | {"project_progress": table[table["period"] == "2022-12"]})
    found = measured(scope_of(zone, "2022-12"))
    assert found.at[("project_slip_production", "slip_median"), "reason"] == "too_few"
    # the one that was signed in it, by the published count, is not a year old
    assert found.at[("project_conversion_12", "value"), "value"] == 0
