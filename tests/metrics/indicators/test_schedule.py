"""Targets of every kind, the two schedules, the lag, and what the rest of the year asks for."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport import metrics
from zonereport.inputs import Period
from zonereport.metrics.indicators.measures import details, figures
from zonereport.metrics.indicators.schedule import (
    best_rate,
    comparable_year,
    lag_months,
    linear_shares,
    required_growth,
    required_rate,
    schedule,
    seasonal_shares,
)
from zonereport.metrics.indicators.targets import completion, in_force, met, opening
from zonereport.metrics.scope import Scope

MONTHS = range(1, 13)


@pytest.fixture(scope="module", autouse=True)
def bare():
    """Only what a source publishes is measured before the topic itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "TOPICS", ())
        yield


@pytest.fixture(scope="module")
def september(demo):
    """The measures and the frames of January to September 2022."""
    return made(demo, "2022-09")


def table(years):
    """Cumulative figures by year: a list of twelve each."""
    return pd.DataFrame(list(years.values()), index=list(years), columns=MONTHS, dtype=float)


def made(zone, period, park=""):
    """The measures of the topic for an edition, indexed by code and measure, and its details."""
    known = metrics.measure(zone, period=period, park=park)
    scope = Scope(zone, Period.parse(period), park, known)
    rows = pd.DataFrame(list(figures(scope)))
    assert not rows.duplicated(["code", "measure"]).any()
    return rows.set_index(["code", "measure"]).reindex(columns=["value", "unit", "basis", "reason"]), details(scope)


def aimed(zone, kind, target, unit, code="invoiced_sales", **more):
    """The demo zone with one target of 2022."""
    row = {"year": "2022", "code": code, "target": target, "unit": unit, "kind": kind, "set_on": "2022-01-10"}
    targets = pd.DataFrame([row | {"source": "targets"} | more])
    return dataclasses.replace(zone, tables=zone.tables | {"targets": targets})


LAST = [*np.arange(5, 60, 5), 80.0]
SLOW = table({2020: LAST, 2021: LAST})


def test_a_year_that_ends_late_is_not_behind_its_own_history():
    """October of a year like those before: 31 points below the linear schedule, on its own one."""
    shares = seasonal_shares(SLOW, before=2022, window=5)
    assert shares.mean[9] == shares.low[9] == shares.high[9] == 62.5
    assert lag_months(62.5, shares.mean, month=10) == pytest.approx(0)
    assert lag_months(62.5, linear_shares(), month=10) == pytest.approx(2.5)


def test_a_schedule_needs_two_full_years_with_the_month():
    one = seasonal_shares(SLOW.loc[[2021]], before=2022, window=5)
    assert np.isnan(one.mean).all()
    assert one.years[5] == 1
    gap = SLOW.astype(float)
    gap.loc[2020, 4] = np.nan
    shares = seasonal_shares(gap, before=2022, window=5)
    assert np.isnan(shares.mean[3])
    assert not np.isnan(shares.mean[4])


def test_only_the_last_years_count():
    years = table({2018: [100.0] * 12, **dict.fromkeys(range(2019, 2022), LAST)})
    assert seasonal_shares(years, before=2022, window=3).mean[0] == 6.25
    assert seasonal_shares(years, before=2022, window=4).mean[0] > 6.25


def test_history_of_imports_against_the_linear_schedule():
    """A mean of 64.3 % by August with a range of 60.5 to 69.4 makes 64.7 % no lag (methods notes, section 3.3)."""
    years = {2020 + n: [*[1.0] * 7, share, *[share] * 3, 100.0] for n, share in enumerate((60.5, 63.0, 69.4))}
    shares = seasonal_shares(table(years), before=2024, window=5)
    assert shares.mean[7] == pytest.approx(64.3)
    assert (shares.low[7], shares.high[7]) == (60.5, 69.4)
    assert lag_months(shares.mean[7], shares.mean, month=8) == pytest.approx(0)


@given(st.integers(1, 12), st.floats(0, 100))
def test_a_lag_on_the_linear_schedule_is_the_gap_in_months(month, completed):
    assert lag_months(completed, linear_shares(), month=month) == pytest.approx(month - completed * 12 / 100, abs=1e-6)


@given(st.lists(st.floats(0, 100), min_size=12, max_size=12), st.floats(-20, 150), st.integers(1, 12))
def test_a_lag_stays_within_the_year(shares, completed, month):
    lag = lag_months(completed, np.array([*sorted(shares)[:11], 100.0]), month=month)
    assert month - 12 <= lag <= month


def test_january_and_february_are_interpolated_as_one():
    shares = linear_shares()
    shares[0] = np.nan
    assert lag_months(100 / 12, shares, month=2) == pytest.approx(1)


def test_the_rest_of_the_year_by_hand():
    assert required_rate(120, 60, month=9) == 20
    assert required_rate(120, 130, month=9) == 0
    with pytest.raises(ValueError, match="no month is left"):
        required_rate(120, 60, month=12)
    assert best_rate(SLOW, before=2022, month=9, window=5) == pytest.approx(35 / 3)
    assert np.isnan(best_rate(SLOW, before=2020, month=9, window=5))
    assert required_growth(110, 60, base=60, base_year=100) == pytest.approx(25)
    assert np.isnan(required_growth(110, 60, base=100, base_year=100))
    assert comparable_year(120.0, 90.0, 93.0) == pytest.approx(124)
    assert np.isnan(comparable_year(120.0, 0.0, 93.0))


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(-30, 60))
def test_required_growth_brings_the_target(base, rest, pct):
    value, total = base * 1.05, (base + rest) * (1 + pct / 100)
    needed = required_growth(total, value, base=base, base_year=base + rest)
    assert value + rest * (1 + needed / 100) == pytest.approx(total)


@pytest.mark.parametrize(
    ("kind", "value", "target", "start", "falling", "expected"),
    [
        ("level", 125.0, 100.0, None, False, {"value": 125.0, "basis": "level"}),
        ("net_increase", 4.0, 2.0, 3.0, False, {"value": 50.0, "basis": "net_increase"}),
        ("net_increase", 2.0, 2.0, 3.0, False, {"value": -50.0, "basis": "net_increase"}),
        ("net_increase", 4.0, 0.0, 3.0, False, {"reason": "zero_target"}),
        ("net_increase", 4.0, 2.0, None, False, {"reason": "no_base"}),
        ("level", 0.45, 0.4, 0.5, True, {"value": 50.0, "basis": "reduction"}),
        ("level", 0.45, 0.5, 0.5, True, {"reason": "zero_target"}),
        ("level", 0.45, 0.5, None, True, {"reason": "no_base"}),
    ],
)
def test_completion_by_kind_of_target(kind, value, target, start, falling, expected):
    done = met(value, target, kind=kind, start=start, falling=falling)
    assert {key: round(x, 9) if isinstance(x, float) else x for key, x in done.items()} == expected


def test_completion_of_a_net_increase_of_a_stock_starts_at_the_end_of_last_year(demo):
    period = Period.parse("2022-09")
    start = opening(Scope(demo, period).history, year=2022, entity="")
    assert start["projects_provincial_list"] == 2
    values = [{"code": "projects_provincial_list", "value": 3.0, "unit": "个", "qualifier": "", "source": "s"}]
    rows = list(completion(values, demo.tables["targets"], demo.dictionary, period=period, opening=start))
    assert [row.get("value") for row in rows] == [1.0, 100.0]
    without = list(completion(values, demo.tables["targets"], demo.dictionary, period=period))
    assert without[-1]["reason"] == "no_base"


def test_a_quarter_alone_says_nothing_of_the_year(demo):
    values = [{"code": "invoiced_sales", "value": 40.0, "unit": "亿元", "qualifier": "", "source": "s"}]
    rows = list(completion(values, demo.tables["targets"], demo.dictionary, period=Period.parse("2022Q3")))
    assert rows[-1]["reason"] == "not_cumulative"


def test_the_target_in_force_is_the_one_set_last_before_the_period_ended(demo, september):
    targets = demo.tables["targets"]
    assert in_force(targets, Period.parse("2022-06"))["utilised_foreign_capital"]["target"] == 2600
    assert in_force(targets, Period.parse("2022-07"))["utilised_foreign_capital"]["target"] == 2300
    both = september[1]["targets"].query("code == 'utilised_foreign_capital'")
    assert both[["target", "in_force"]].to_numpy().tolist() == [[2600.0, False], [2300.0, True]]


def test_gaps_lag_and_rates_of_the_demo_by_hand(demo, september):
    rows, frames = september
    history = Scope(demo, Period.parse("2022-09")).history.query("code == 'invoiced_sales' and entity == ''")
    y = history.set_index(["year", "month"])["value"]
    share = np.mean([y[year, 9] / y[year, 12] * 100 for year in (2020, 2021)])
    done = y[2022, 9] / 178 * 100
    sales = rows.loc["invoiced_sales"]["value"]
    assert sales["gap_linear"] == pytest.approx(done - 75)
    assert sales["gap_seasonal"] == pytest.approx(done - share)
    assert sales["required_rate"] == pytest.approx((178 - y[2022, 9]) / 3)
    assert sales["best_rate"] == pytest.approx((y[2021, 12] - y[2021, 9]) / 3)
    assert sales["required_growth"] == pytest.approx(((178 - y[2022, 9]) / (y[2021, 12] - y[2021, 9]) - 1) * 100)
    path = frames["schedule"].query("code == 'invoiced_sales'").set_index("month")
    assert list(path.index) == list(MONTHS)
    assert path.at[9, "actual_pct"] == pytest.approx(done)
    assert np.isnan(path.at[10, "actual_pct"])
    assert path.at[9, "history_mean_pct"] == pytest.approx(share)
    assert path.at[12, "history_mean_pct"] == 100
    assert path.at[12, "linear_pct"] == 100
    # on the schedule of its history where the lag says so
    behind = np.interp(9 - sales["lag_months"], range(13), [0, *path["history_mean_pct"]])
    assert behind == pytest.approx(done)


def test_a_growth_target_is_met_in_percentage_points_and_not_in_percent(september):
    rows, frames = september
    output = rows.loc["industrial_output"]
    assert output.at["target_gap", "value"] == pytest.approx(5.1 - 9)
    assert output.at["target_gap", "unit"] == "个百分点"
    assert output.at["gap_linear", "reason"] == "other_target"
    assert output.at["required_growth", "basis"] == "comparable"
    assert output.at["required_growth", "value"] > 9
    assert rows.loc["fixed_asset_investment"].at["required_growth", "reason"] == "not_reported"
    assert "industrial_output" not in set(frames["schedule"]["code"])


@pytest.mark.parametrize(
    ("kind", "target", "unit", "gap"), [("ceiling", 130.0, "亿元", 6.54), ("level", -1.0, "亿元", 124.46)]
)
def test_a_ceiling_and_a_target_below_zero_are_differences(demo, kind, target, unit, gap):
    rows, _ = made(aimed(demo, kind, target, unit), "2022-09")
    assert rows.loc["invoiced_sales"].at["target_gap", "value"] == pytest.approx(gap)
    assert rows.loc["invoiced_sales"].at["gap_linear", "reason"] == "other_target"


def test_a_target_that_has_been_met_asks_for_nothing_more(demo):
    rows, _ = made(aimed(demo, "level", 100.0, "亿元"), "2022-09")
    sales = rows.loc["invoiced_sales"]
    assert (sales.at["required_rate", "value"], sales.at["required_rate", "basis"]) == (0, "met")
    assert sales.at["required_growth", "reason"] == "target_met"
    assert sales.at["lag_months", "value"] == -3


def test_in_december_nothing_is_left_to_require(demo):
    rows, _ = made(demo, "2022-12")
    assert rows.loc["invoiced_sales"].at["required_rate", "reason"] == "year_over"
    assert rows.loc["invoiced_sales"].at["gap_linear", "value"] == pytest.approx(
        metrics.measure(demo, period="2022-12")
        .set_index(["code", "measure"])
        .at[("invoiced_sales", "completion"), "value"]
        - 100
    )


def test_targets_are_the_whole_zones(demo):
    rows, frames = made(demo, "2022-09", "yunjin")
    assert not {"gap_linear", "required_rate", "target_gap"} & set(rows.index.get_level_values(1))
    assert frames["schedule"].empty


def test_a_schedule_of_a_first_year_has_a_linear_line_only():
    nothing = seasonal_shares(table({}), before=2022, window=5)
    actual = pd.Series([float(month) for month in MONTHS], MONTHS)
    made = schedule(actual, nothing, target=24.0, month=6)
    assert made["actual_pct"].dropna().tolist() == pytest.approx([m / 24 * 100 for m in range(1, 7)])
    assert made["history_mean_pct"].isna().all()
