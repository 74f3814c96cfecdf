"""The year's end: the rule by hand, what chooses λ, intervals, what has no forecast, scores."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport import metrics
from zonereport.inputs import Period
from zonereport.inputs.forecast_rules import ForecastRules, Kind
from zonereport.metrics.forecast import measures as forecast
from zonereport.metrics.forecast.cases import CASES
from zonereport.metrics.forecast.models import chosen, expected, half_width, log_errors, predict
from zonereport.metrics.forecast.scores import pinball, scores, stored_forecasts
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope

FISCAL = Kind("fiscal", True, 0.25)
SHIPPED = ForecastRules(half_widths={("fiscal", 6): 10.0})


@pytest.fixture(scope="module", autouse=True)
def bare():
    """Only what a source publishes is measured before the topic itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "TOPICS", ())
        yield


def cases(*rows, unit_name="own ", month=6):
    """Cases from (year, known, base, base_year, total)."""
    frame = pd.DataFrame(rows, columns=["year", "known", "base", "base_year", "total"]).astype(float)
    frame = frame.assign(year=frame["year"].astype(int), unit_name=unit_name, month=month, code="a", unit="亿元")
    return frame.reindex(columns=CASES)


def test_the_rule_by_hand():
    """55 after 50 is 10 % more: last year's rest of 50 keeps a quarter of it, or all; 30 % more counts as 20 %."""
    one = cases((2022, 55, 50, 100, math.nan), (2022, 65, 50, 100, math.nan), (2022, 30, 50, 100, math.nan))
    assert expected(one, carried=0.25).tolist() == pytest.approx([55 + 51.25, 65 + 52.5, 30 + 47.5])
    assert expected(one, carried=1.0).tolist() == pytest.approx([110, 125, 70])
    assert expected(one, carried=0.0).tolist() == [105, 115, 80]


def test_a_zone_prefers_another_part_only_after_three_years_that_all_erred_less():
    # each year's rest grew as its first half had
    steady = cases(*((year, 55, 50, 100, 110) for year in (2019, 2020, 2021)))
    assert chosen(steady[:2], default=0.25) == 0.25
    assert chosen(steady, default=0.25) == 1.0
    against = pd.concat([steady, cases((2018, 55, 50, 100, 104))])
    assert chosen(against, default=0.25) == 0.25


def test_months_before_march_choose_nothing():
    early = cases(*((year, 55, 50, 100, 110) for year in (2019, 2020, 2021)), month=2)
    assert chosen(early, default=0.25) == 0.25


def test_the_interval_is_the_shipped_one_until_four_errors_make_their_own():
    now = cases((2022, 50, 50, 100, math.nan)).iloc[0]
    peers = [cases((2021, 50, 50, 100, total), unit_name=str(total)) for total in (90, 95, 102, 120)]
    few = predict(now, pd.concat(peers[:3]), kind=FISCAL, rules=SHIPPED, gross=False)
    assert (few.interval, few.errors) == ("shipped", ())
    assert (few.low, few.high) == pytest.approx((100 * math.exp(-0.1), 100 * math.exp(0.1)))
    made = predict(now, pd.concat(peers), kind=FISCAL, rules=SHIPPED, gross=False)
    # the fourth of four: 20 % too low
    assert (made.interval, len(made.errors)) == ("conformal", 4)
    assert (made.low, made.high) == pytest.approx((100 / 1.2, 120))
    none = predict(now, pd.concat(peers[:3]), kind=Kind("other", True, 0.0), rules=SHIPPED, gross=False)
    assert none.interval == ""
    assert math.isnan(none.low)
    assert math.isnan(none.high)


def test_only_errors_of_the_same_month_make_the_interval():
    now = cases((2022, 50, 50, 100, math.nan)).iloc[0]
    others = [cases((2021, 50, 50, 100, 150), unit_name=str(n), month=9) for n in range(9)]
    assert predict(now, pd.concat(others), kind=FISCAL, rules=SHIPPED, gross=False).interval == "shipped"


def test_what_has_been_reached_is_not_taken_back():
    now = cases((2022, 98, 98, 100, math.nan)).iloc[0]
    past = cases((2021, 50, 50, 100, 100))
    made = predict(now, past, kind=FISCAL, rules=SHIPPED, gross=True)
    assert made.low == 98
    assert predict(now, past, kind=FISCAL, rules=SHIPPED, gross=False).low < 98


def test_a_chance_takes_twenty_errors():
    now = cases((2022, 50, 50, 100, math.nan)).iloc[0]
    totals = np.linspace(91, 110, 20)
    past = pd.concat([cases((2021, 50, 50, 100, total), unit_name=str(total)) for total in totals])
    made = predict(now, past, kind=FISCAL, rules=SHIPPED, gross=False)
    # five of the twenty years reached 106
    assert made.probability(105.5) == pytest.approx((5 + 0.5) / 21)
    assert made.probability(1.0) == pytest.approx((20 + 0.5) / 21)
    assert math.isnan(predict(now, past[:19], kind=FISCAL, rules=SHIPPED, gross=False).probability(105.5))


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=60))
def test_at_least_four_fifths_of_the_errors_lie_inside_their_own_interval(errors):
    errors = pd.Series(errors)
    assert (errors.abs() <= half_width(errors)).mean() >= 0.8


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0, 1e4), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_the_forecast_lies_within_a_fifth_of_last_years_rest(known, base, rest, carried):
    one = cases((2022, known, base, base + rest, math.nan))
    made, naive = expected(one, carried=carried)[0], expected(one, carried=0.0)[0]
    assert abs(made - naive) <= 0.2 * carried * rest + 1e-6
    # it moves as the year has moved so far
    assert (made - naive) * (known - base) >= -1e-6


def edition(zone, period, park=""):
    known = metrics.measure(zone, period=period, park=park)
    scope = Scope(zone, Period.parse(period), park, known)
    return measures_frame(forecast.figures(scope)).set_index(["code", "measure"]), forecast.details(scope)


def test_the_synthetic_zone_by_hand(demo):
    rows, frames = edition(demo, "2022-09")
    of = demo.tables["indicators"].query("code == 'budget_revenue' and park == ''").set_index("period")["value"]
    growth = of["2022-09"] / of["2021-09"] - 1
    by_hand = of["2022-09"] + (of["2021-12"] - of["2021-09"]) * (1 + 0.25 * growth)
    assert rows.at[("budget_revenue", "forecast_p50"), "value"] == pytest.approx(by_hand)
    naive = of["2022-09"] + of["2021-12"] - of["2021-09"]
    assert rows.at[("budget_revenue", "forecast_naive"), "value"] == pytest.approx(naive)
    # nine peers, three parks and the zone had one year before
    assert rows.at[("budget_revenue", "forecast_p10"), "basis"] == "conformal 13"
    assert rows.at[("budget_revenue", "forecast_p50"), "basis"] == "carried 0.25"
    path = frames["forecast_path"].query("code == 'invoiced_sales'").set_index("month")["p50"]
    assert path[9] == 123.46
    assert path[12] == pytest.approx(rows.at[("invoiced_sales", "forecast_p50"), "value"])
    assert path.is_monotonic_increasing


def test_a_published_basis_moves_last_year_too(demo):
    """Output is compared on the same firms: base and year are those that the published growth implies."""
    frames = edition(demo, "2022-09")[1]
    row = frames["forecast"].set_index("code").loc["industrial_output"]
    assert row["carried"] == 1
    assert row["p50"] > row["naive"]


def test_foreign_capital_counts_and_early_months_have_no_forecast(demo):
    rows, _ = edition(demo, "2022-06")
    assert rows.at[("utilised_foreign_capital", "forecast_p50"), "reason"] == "unsteady"
    assert rows.at[("utilised_foreign_capital", "run_rate"), "value"] > 0
    assert rows.at[("projects_signed", "forecast_p50"), "reason"] == "unproven"
    assert ("projects_signed", "run_rate") not in rows.index
    assert ("vat_credit_refund", "forecast_p50") not in rows.index
    early, frames = edition(demo, "2022-02")
    assert early.at[("invoiced_sales", "forecast_p50"), "reason"] == "too_early"
    assert early.at[("invoiced_sales", "run_rate"), "value"] > 0
    assert all(frame.empty for frame in frames.values())


def test_a_first_year_has_the_average_pace_only(demo):
    rows, frames = edition(demo, "2020-03")
    assert rows.at[("invoiced_sales", "forecast_p50"), "reason"] == "no_history"
    value = metrics.measure(demo, period="2020-03").set_index(["code", "measure"])
    assert rows.at[("invoiced_sales", "run_rate"), "value"] == pytest.approx(
        value.at[("invoiced_sales", "value"), "value"] * 4
    )
    assert all(frame.empty for frame in frames.values())


def test_at_the_years_end_there_is_nothing_to_forecast(demo, real):
    for zone, period in ((demo, "2022-12"), (real, "2022")):
        rows, frames = edition(zone, period)
        assert rows.empty
        assert all(frame.empty for frame in frames.values())


def test_a_bound_is_not_forecast(demo):
    table = demo.tables["indicators"]
    here = (table["code"] == "invoiced_sales") & (table["period"] == "2022-06") & (table["park"] == "")
    bound = table.assign(qualifier=table["qualifier"].mask(here, "lower_bound"))
    rows, _ = edition(dataclasses.replace(demo, tables=demo.tables | {"indicators": bound}), "2022-06")
    assert rows.at[("invoiced_sales", "forecast_p50"), "reason"] == "bounds"


def test_a_park_has_forecasts_and_no_targets(demo):
    rows, _ = edition(demo, "2022-09", "yunjin")
    assert pd.notna(rows.at[("invoiced_sales", "forecast_p50"), "value"])
    assert "target_probability" not in set(rows.index.get_level_values("measure"))


def test_what_came_later_changes_no_forecast(demo):
    """December of the edition's own year may be three times what it was: June's forecast is the same."""
    table = demo.tables["indicators"]
    later = table["period"].isin(["2022-09", "2022-12"])
    changed = table.assign(value=table["value"].where(~later, table["value"] * 3))
    rows, _ = edition(demo, "2022-06")
    again, _ = edition(dataclasses.replace(demo, tables=demo.tables | {"indicators": changed}), "2022-06")
    pd.testing.assert_frame_equal(rows, again)


def test_stored_forecasts_are_scored_when_the_year_has_come(demo):
    """What the editions of 2022 said, out of their measures, against December."""
    editions = []
    for period in ("2022-06", "2022-09"):
        rows, _ = edition(demo, period)
        editions.append(rows.reset_index().assign(zone="demo", period=period, park=""))
    stored = stored_forecasts(editions)
    assert set(stored["month"]) == {6, 9}
    assert stored["naive"].notna().all()
    december = Scope(demo, Period.parse("2022-12")).history.query("year == 2022 and month == 12 and entity == ''")
    actuals = december.assign(park="")[["code", "park", "year", "value"]]
    made = scores(stored, actuals).set_index("month")
    assert list(made.index) == [6, 9, 0]
    assert made.at[0, "forecasts"] == made.at[6, "forecasts"] + made.at[9, "forecasts"] == 12
    assert made["coverage_pct"].between(0, 100).all()
    assert scores(stored, actuals.iloc[:0]).empty
    assert stored_forecasts([]).empty


def test_scores_by_hand():
    names = ["code", "park", "year", "month", "p10", "p50", "p90", "naive"]
    rows = [
        ("a", "", 2020, 3, 90, 100, 110, 90),
        ("a", "", 2021, 3, 90, 100, 105, 125),
        ("b", "", 2021, 3, np.nan, 100, np.nan, 55),
    ]
    actuals = pd.DataFrame(
        [("a", "", 2020, 100), ("a", "", 2021, 125), ("b", "", 2021, 50)], columns=["code", "park", "year", "value"]
    )
    made = scores(pd.DataFrame(rows, columns=names), actuals).iloc[0]
    assert made["mape_pct"] == pytest.approx((0 + 20 + 100) / 3)
    assert made["naive_mape_pct"] == pytest.approx((10 + 0 + 10) / 3)
    assert made["coverage_pct"] == 50
    assert made["with_interval"] == 2
    first = (1 + 0 + 1) / 3 / 100
    second = (3.5 + 12.5 + 18) / 3 / 125
    assert made["pinball_pct"] == pytest.approx((first + second) / 2 * 100)
    # an edition of old had no naive forecast to compare with
    rows[0] = (*rows[0][:7], np.nan)
    assert math.isnan(scores(pd.DataFrame(rows, columns=names), actuals).iloc[0]["naive_mape_pct"])


@given(st.floats(1, 100), st.floats(1, 100), st.sampled_from([0.1, 0.5, 0.9]))
def test_pinball_loss_is_never_below_zero(actual, quantile, level):
    assert pinball(actual, quantile, level=level) >= 0
    assert pinball(actual, actual, level=level) == 0


def test_an_error_is_that_of_the_logarithm():
    past = cases((2021, 50, 50, 100, 110), (2021, 50, 50, 100, math.nan))
    assert log_errors(past, carried=0.25).tolist() == pytest.approx([math.log(1.1)])
