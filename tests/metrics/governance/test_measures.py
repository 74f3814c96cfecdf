"""Counts against last year, closing rates, and exact Poisson answers against published ones."""

import csv
import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.governance import measures as governance
from zonereport.metrics.governance.poisson import poisson_interval, same_rate_p
from zonereport.metrics.indicators.counted import against, month_number, month_text
from zonereport.metrics.indicators.derived import derived
from zonereport.metrics.indicators.levels import published
from zonereport.metrics.scope import Scope

GOLDEN = "tests/golden"
COUNTS = st.integers(0, 60)


def scope_of(zone, period, park=""):
    """The scope with what is published and derived: all that this topic builds on."""
    when, dictionary = Period.parse(period), zone.dictionary
    rows = list(published(zone.tables["indicators"], dictionary, period=when, park=park))
    values = measures_frame([row for row in rows if row["measure"] == "value"])
    return Scope(zone, when, park, measures_frame([*rows, *derived(values, dictionary)]))


def measured(scope):
    return measures_frame(governance.figures(scope)).set_index(["code", "measure"])


def test_published_intervals_of_a_count(root):
    with (root / GOLDEN / "poisson_limits.csv").open() as stream:
        for row in csv.DictReader(stream):
            low, high = poisson_interval(int(row["count"]), level=float(row["level"]))
            digits = len(row["high"].partition(".")[2])
            assert (round(low, digits), round(high, digits)) == (float(row["low"]), float(row["high"]))


def test_published_comparisons_of_two_counts(root):
    with (root / GOLDEN / "poisson_comparison.csv").open() as stream:
        rows = [row for row in csv.DictReader(stream) if row["p"]]
    assert rows
    for row in rows:
        exposures = {"exposure_now": float(row["exposure_now"]), "exposure_before": float(row["exposure_before"])}
        assert round(same_rate_p(int(row["now"]), int(row["before"]), **exposures), 5) == float(row["p"])


def test_two_counts_by_hand():
    # given 3 in all, 0 and 3 are as likely as three heads in three throws: 2 * (1/2)**3
    assert same_rate_p(0, 3, exposure_now=1, exposure_before=1) == 0.25
    assert same_rate_p(3, 0, exposure_now=1, exposure_before=1) == 0.25
    assert same_rate_p(0, 0, exposure_now=1, exposure_before=1) is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_interval(-1, level=0.95),
        lambda: poisson_interval(3, level=1.0),
        lambda: same_rate_p(1, 1.5, exposure_now=1, exposure_before=1),
        lambda: same_rate_p(1, 1, exposure_now=0, exposure_before=1),
    ],
)
def test_no_answer_to_a_wrong_question(call):
    with pytest.raises(ValueError, match=r"is no count|is no level|above zero"):
        call()


@given(COUNTS, st.floats(0.5, 0.99))
def test_an_interval_holds_its_count_and_widens_with_the_level(count, level):
    low, high = poisson_interval(count, level=level)
    assert 0 <= low <= count < high
    wider = poisson_interval(count, level=(1 + level) / 2)
    assert wider[0] <= low
    assert wider[1] >= high


@given(COUNTS, COUNTS)
def test_the_order_of_two_counts_does_not_matter(now, before):
    assume(now + before)
    made = same_rate_p(now, before, exposure_now=1, exposure_before=1)
    assert 0 < made <= 1
    assert same_rate_p(before, now, exposure_now=1, exposure_before=1) == pytest.approx(made)


def test_agrees_with_the_one_sided_binomial_tests_of_scipy():
    from scipy.stats import binomtest

    tails = [binomtest(7, 23, 1 / 3, alternative=side).pvalue for side in ("less", "greater")]
    assert same_rate_p(7, 16, exposure_now=1, exposure_before=2) == pytest.approx(2 * min(tails))


def test_months_count_from_january_of_the_year_zero():
    assert month_text(month_number("2022Q3")) == "2022-09"
    assert month_number("2022H1") == month_number("2022-06-30")
    assert math.isnan(month_number(""))


def test_a_ledger_that_does_not_reach_back_gives_its_reason():
    rows = {row["measure"]: row for row in against("pledges", 3, None, unit="件", source="s")}
    assert rows["last_year"]["reason"] == rows["change_on_year"]["reason"] == "no_base"


def test_figures_of_the_demo_zone_by_hand(demo):
    found = measured(scope_of(demo, "2022-12"))["value"]
    assert found[("safety_accidents", "last_year")] == 3
    assert found[("safety_accidents", "change_on_year")] == -1
    assert found[("safety_accidents", "poisson_p")] == 1
    assert found[("arrears_recovered", "last_year")] == 840 + 1260
    assert found[("arrears_recovered", "change_on_year")] == 915 + 1340 - 2100
    assert found[("labour_disputes_mediated", "closing_rate")] == pytest.approx(36 / 37 * 100)
    assert found[("labour_disputes_mediated", "closing_rate_change")] == pytest.approx(36 / 37 * 100 - 33 / 34 * 100)
    assert found[("inspection_cases_closed", "open_cases")] == 1


def test_the_real_zone_says_why_there_is_nothing(real):
    found = measured(scope_of(real, "2022"))["reason"]
    assert found[("safety_accidents", "change_on_year")] == "direction_only"
    assert found[("safety_accidents", "poisson_p")] == "direction_only"
    assert found[("wages_recovered", "change_on_year")] == "no_base"
    assert ("inspection_cases_closed", "closing_rate") not in found


def test_two_lower_bounds_have_no_difference(demo):
    table = demo.tables["indicators"].copy()
    table.loc[table["code"].isin(["wages_recovered", "enterprise_visits"]), "qualifier"] = "lower_bound"
    zone = dataclasses.replace(demo, tables=demo.tables | {"indicators": table})
    found = measured(scope_of(zone, "2022-12"))
    assert found.at[("enterprise_visits", "change_on_year"), "reason"] == "bounds"
    assert found.at[("arrears_recovered", "change_on_year"), "reason"] == "bounds"
    assert found.at[("enterprise_visits", "last_year"), "qualifier"] == "lower_bound"


def test_months_add_up_to_the_cumulative_count(demo):
    months = governance.details(scope_of(demo, "2022-09"))["governance_months"]
    for _, rows in months.groupby(["code", "year"]):
        assert rows["value"].cumsum().tolist() == pytest.approx(rows["cumulative"].tolist())
    assert months.loc[months["year"] == 2022, "month"].max() == 9
    visits = months[(months["code"] == "enterprise_visits") & (months["month"] == 9)].set_index("year")["value"]
    last = months[(months["code"] == "enterprise_visits") & (months["year"] == 2022)].set_index("month")["last_year"]
    assert last[9] == visits[2021]


def test_a_missing_month_comes_with_the_next_and_is_compared_with_none(demo):
    table = demo.tables["indicators"]
    gap = (table["code"] == "enterprise_visits") & (table["period"] == "2022-04")
    zone = dataclasses.replace(demo, tables=demo.tables | {"indicators": table[~gap]})
    months = governance.details(scope_of(zone, "2022-06"))["governance_months"]
    row = months[(months["code"] == "enterprise_visits") & (months["year"] == 2022) & (months["month"] == 5)].iloc[0]
    assert (row["first_month"], row["value"]) == (4, 8)
    assert math.isnan(row["last_year"])


def test_counts_of_the_parks_add_up(demo):
    counts = governance.details(scope_of(demo, "2022-12"))["governance_counts"]
    parts = counts[counts["park"] != ""].groupby("code")[["value", "last_year", "reported"]].sum()
    whole = counts[counts["park"] == ""].set_index("code")[["value", "last_year", "reported"]].fillna(0)
    pd.testing.assert_frame_equal(parts.sort_index(), whole.sort_index(), check_names=False)


@pytest.mark.parametrize("drop", ["governance", "projects", "enterprises"])
@pytest.mark.parametrize(("period", "park"), [("2022-02", ""), ("2020-01", "yunjin"), ("2022-07", "chuanhe")])
def test_a_missing_table_a_park_or_a_month_early_in_the_year(demo, drop, period, park):
    tables = {name: frame for name, frame in demo.tables.items() if name != drop}
    scope = scope_of(dataclasses.replace(demo, tables=tables), period, park)
    frame = measures_frame(governance.figures(scope))
    assert not frame.duplicated(["code", "measure"]).any()
    governance.details(scope)


def test_a_closing_rate_may_pass_a_hundred():
    assert governance.closing_rate(10, 12) == {"value": 120.0}
    assert governance.closing_rate(float("nan"), 12) == {"reason": "not_reported"}
