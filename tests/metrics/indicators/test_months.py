"""Cumulative figures as months, and as series with their growth, on small hand-made zones."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonereport import metrics
from zonereport.inputs import Period
from zonereport.metrics.indicators.months import months
from zonereport.metrics.indicators.series import matrices, series
from zonereport.metrics.scope import Scope


@pytest.fixture(scope="module")
def zone(real):
    return real


@pytest.fixture(scope="module", autouse=True)
def bare():
    """Only what a source publishes is measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "TOPICS", ())
        yield


def filled(zone, rows):
    """The zone with these rows (dicts of period, code, value and more) as its only figures."""
    table = zone.tables["indicators"]
    empty = {"park": "", "qualifier": "", "growth_basis": "", "vintage": "", "locator": "", "note": ""}
    base = {"unit": "亿元", "growth_pct": np.nan, "rank": np.nan, "rank_of": np.nan, "source": "summary-2022"}
    frame = pd.DataFrame([empty | base | row for row in rows])[table.columns].astype(table.dtypes.to_dict())
    return dataclasses.replace(zone, tables=zone.tables | {"indicators": frame})


def series_of(zone, rows, until="2022-12"):
    made = filled(zone, rows)
    return series(Scope(made, Period.parse(until)).history, made.dictionary)


def cumulative(code, year, values, **more):
    """One row a month of a year; None where a month is missing."""
    return [
        {"period": f"{year}-{month:02d}", "code": code, "value": value, **more}
        for month, value in enumerate(values, start=1)
        if value is not None
    ]


def steps(zone, rows):
    return months(series_of(zone, rows)).set_index("label")


def test_january_and_february_stay_one_period_where_january_is_not_reported(zone):
    made = steps(zone, cumulative("industrial_output", 2022, [None, 20.0, 32.0]))
    assert made["value"].to_dict() == {"01-02": 20.0, "03": 12.0}
    assert (made["flags"] == "").all()
    assert made.loc["01-02", ["first_month", "month"]].tolist() == [1, 2]


def test_where_january_is_reported_both_months_are_there(zone):
    made = steps(zone, cumulative("invoiced_sales", 2022, [9.0, 20.0, 32.0]))
    assert made["value"].to_dict() == {"01": 9.0, "02": 11.0, "03": 12.0}
    assert (made["flags"] == "").all()


def test_a_missing_month_makes_a_period_of_two_and_is_not_filled(zone):
    last = cumulative("invoiced_sales", 2021, [8.0, 16.0, 24.0, 32.0, 40.0])
    made = steps(zone, [*last, *cumulative("invoiced_sales", 2022, [9.0, 18.0, 27.0, None, 47.0])])
    now = made[made["year"] == 2022]
    assert now.loc["04-05", "value"] == 20.0
    assert now.loc["04-05", "flags"] == "merged"


def test_a_fall_is_kept_and_flagged(zone):
    made = steps(zone, cumulative("budget_revenue", 2022, [1.0, 2.0, 1.8]))
    assert made.loc["03", "value"] == -0.2
    assert made.loc["03", "flags"] == "fall"


def test_bounds_and_other_units_are_not_taken_from_one_another(zone):
    rows = cumulative("land_renewed", 2022, [100.0, 200.0, 300.0], unit="亩")
    rows[1]["qualifier"] = "lower_bound"
    made = steps(zone, rows)
    assert made["value"].to_dict() == {"01": 100.0, "02": 100.0}
    assert made["flags"].to_dict() == {"01": "", "02": "bound"}
    trade = cumulative("foreign_trade", 2022, [10.0, 20.0], unit="万美元")
    trade[1]["unit"] = "万元"
    assert list(steps(zone, trade).index) == ["01"]


def test_published_growth_of_matched_firms_is_never_replaced_by_levels(zone):
    last = cumulative("industrial_output", 2021, [None, 100.0, 150.0])
    now = cumulative("industrial_output", 2022, [None, 102.0, 160.0])
    now[0]["growth_pct"], now[1]["growth_pct"] = 9.2, 8.6
    made = series_of(zone, [*last, *now]).query("year == 2022").set_index("month")
    assert made["growth"].tolist() == [9.2, 8.6]
    assert made["basis_changed"].all()
    assert made.at[2, "base"] == pytest.approx(102 / 1.092)
    without = series_of(zone, [*last, *cumulative("industrial_output", 2022, [None, 102.0])])
    assert without.iloc[-1]["growth_reason"] == "published_only"


def test_stocks_are_not_differenced(zone):
    assert months(series_of(zone, cumulative("patents_in_force", 2022, [10.0, 12.0], unit="件"))).empty


def test_series_and_measure_agree_on_growth(demo):
    """Two ways to the same growth: the measures of one period, and the whole series at once."""
    for period in ("2022-09", "2022-02", "2020-03"):
        known = metrics.measure(demo, period=period).set_index(["code", "measure"])["value"].unstack()["growth"]
        when = Period.parse(period)
        rows = series(Scope(demo, when).history, demo.dictionary)
        now = rows.query("entity == '' and year == @when.year and month == @when.last").set_index("code")["growth"]
        # two small counts and two figures rounded to nothing have no growth worth a figure
        kept = rows.query("entity == '' and year == @when.year and month == @when.last").set_index("code")
        kept = kept.index[~kept["growth_reason"].isin(["few", "imprecise"])]
        published = [code for code in known.index if code not in demo.dictionary.derived.index and code in kept]
        pd.testing.assert_series_equal(
            known.loc[published].sort_index(), now.loc[published].sort_index(), check_names=False
        )


def test_derived_series_agree_with_the_measures(demo):
    known = metrics.measure(demo, period="2022-09").set_index(["code", "measure"])["value"].unstack()["value"]
    rows = series(Scope(demo, Period.parse("2022-09")).history, demo.dictionary)
    now = rows.query("entity == '' and year == 2022 and month == 9").set_index("code")["value"]
    derived = [code for code in demo.dictionary.derived.index if code in known.index]
    assert len(derived) > 8
    pd.testing.assert_series_equal(known.loc[derived], now.loc[derived], check_names=False)


def test_months_of_the_demo_add_up_to_the_cumulative_figure(demo):
    rows = series(Scope(demo, Period.parse("2022-12")).history, demo.dictionary)
    parts = months(rows)
    sums = parts.groupby(["code", "entity", "year"])["value"].sum()
    last = rows[(rows["nature"] == "flow_ytd") & rows["value"].notna()]
    last = last.groupby(["code", "entity", "year"])["value"].last()
    pd.testing.assert_series_equal(sums, last, check_names=False, rtol=0, atol=1e-6)
    fdi = parts.query("code == 'utilised_foreign_capital' and entity == '' and year == 2021")
    assert "08-09" in set(fdi["label"])


@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=12, max_size=12).filter(any))
@settings(max_examples=15)
def test_parts_of_a_year_add_up_whatever_is_missing(zone, monthly):
    total, values = 0, []
    for value in monthly:
        total += value or 0
        values.append(None if value is None else float(total))
    parts = months(series_of(zone, cumulative("projects_signed", 2022, values, unit="个")))
    assert parts["value"].sum() == [value for value in values if value is not None][-1]
    # the parts cover every month once, up to the last one reported
    covered = [
        m for first, last in zip(parts["first_month"], parts["month"], strict=True) for m in range(first, last + 1)
    ]
    assert covered == list(range(1, covered[-1] + 1))


def test_matrices_hold_only_years_that_are_alike(zone):
    rows = [
        *cumulative("foreign_trade", 2021, [1.0, 2.0], unit="万美元"),
        *cumulative("foreign_trade", 2022, [7.0, 9.0]),
    ]
    table = matrices(series_of(zone, rows))["foreign_trade"]
    assert list(table.index) == [2022]
    assert table.loc[2022, [1, 2]].tolist() == [7.0, 9.0]
