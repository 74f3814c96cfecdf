"""R&D by named denominator, patents with their intervals, and the ledgers of platforms, talents and pledges."""

import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.governance.poisson import poisson_interval
from zonereport.metrics.innovation import measures as innovation
from zonereport.metrics.innovation.ledgers import pledged
from zonereport.metrics.innovation.patents import Amount, density
from zonereport.metrics.innovation.research import intensities, ratio_and_median
from zonereport.metrics.scope import Scope

NAN = float("nan")
AMOUNTS = st.floats(0.1, 1e6)


def scope_of(zone, period, park=""):
    return Scope(zone, Period.parse(period), park)


def measured(scope):
    return measures_frame(innovation.figures(scope)).set_index(["code", "measure"])


@pytest.fixture(scope="module")
def found(demo):
    return measured(scope_of(demo, "2022-12"))


def with_table(zone, name, frame):
    return dataclasses.replace(zone, tables=zone.tables | {name: frame})


def test_intensity_by_named_denominator(demo, found):
    assert found.at[("rd_per_sales", "annual"), "value"] == pytest.approx(4.13 / 174.20 * 100)
    assert found.at[("rd_per_sales", "annual"), "qualifier"] == "estimate"
    assert found.at[("rd_per_sales", "annual_change"), "value"] == pytest.approx((4.13 / 174.20 - 3.74 / 163.41) * 100)
    frame = intensities(scope_of(demo, "2022-12"))
    assert frame.groupby("code")["year"].apply(list).to_dict() == {
        "rd_per_output": [2020, 2021, 2022],
        "rd_per_sales": [2020, 2021, 2022],
    }


def test_a_month_repeats_the_latest_full_year(demo):
    early = measured(scope_of(demo, "2022-06"))
    row = early.loc[("rd_per_sales", "annual")]
    assert (row["basis"], row["value"]) == ("annual 2021", pytest.approx(3.74 / 163.41 * 100))
    assert early.at[("rd_firms", "value"), "basis"] == "annual 2021"
    assert measured(scope_of(demo, "2020-06")).at[("rd_firms", "value"), "reason"] == "no_history"


def test_ratio_of_sums_and_median_by_hand():
    made = ratio_and_median(pd.Series([1.0, 5.0, 2.0, NAN]), pd.Series([100.0, 100.0, NAN, 50.0]))
    assert made == {"firms": 2, "ratio_of_sums": 3.0, "median": 3.0}
    # one giant moves the ratio and not the median
    made = ratio_and_median(pd.Series([1.0, 1.0, 900.0]), pd.Series([100.0, 100.0, 9000.0]))
    assert (made["median"], round(made["ratio_of_sums"], 2)) == (1, 9.8)
    assert math.isnan(ratio_and_median(pd.Series([1.0]), pd.Series([0.0]))["median"])


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=20))
def test_both_lie_between_the_least_and_the_most_intense_firm(rows):
    above, below = (pd.Series(part) for part in zip(*rows, strict=True))
    made, own = ratio_and_median(above, below), above / below * 100
    for value in (made["ratio_of_sums"], made["median"]):
        assert own.min() * (1 - 1e-9) <= value <= own.max() * (1 + 1e-9)


def test_firms_with_research_against_the_ledger(demo, found):
    ledger = demo.tables["enterprise_months"]
    now, before = (ledger[(ledger["period"] == p) & (ledger["rd_10k_yuan"] > 0)] for p in ("2022-12", "2021-12"))
    rows = found["value"]
    assert rows[("rd_firms", "value")] == len(now)
    assert rows[("rd_firms", "rd_firms_new")] == len(set(now["enterprise"]) - set(before["enterprise"]))
    assert rows[("rd_firms", "rd_firms_share")] == pytest.approx(len(now) / (ledger["period"] == "2022-12").sum() * 100)
    ratio = now["rd_10k_yuan"].sum() / now["invoiced_sales_10k_yuan"].sum() * 100
    assert rows[("rd_firms_intensity", "ratio_of_sums")] == pytest.approx(ratio)
    # new less stopped is the change
    change = rows[("rd_firms", "rd_firms_new")] - rows[("rd_firms", "rd_firms_stopped")]
    assert change == rows[("rd_firms", "change_on_year")]


def test_patents_per_output_sales_employee_and_research(demo, found):
    rows = found["value"]
    assert rows[("patents_in_force", "patents_per_output")] == pytest.approx(482 / 148.44)
    assert rows[("patents_granted", "patents_per_sales")] == pytest.approx(34 / 174.20)
    assert rows[("patents_in_force", "patents_per_1000_employees")] == pytest.approx(482 / 16.955)
    assert rows[("patents_granted", "patents_per_rd_1")] == pytest.approx(34 / 3.74)
    # 34 and 482 are no small counts, and a net increase is no count of events
    assert not found.index.get_level_values(1).str.endswith("_low").any()


def test_a_stock_in_june_is_held_against_twelve_months(demo):
    table = demo.tables["indicators"]

    def of(code, period):
        return float(
            table.loc[(table["code"] == code) & (table["period"] == period) & (table["park"] == ""), "value"].iloc[0]
        )

    output = (
        of("industrial_output", "2022-06") + of("industrial_output", "2021-12") - of("industrial_output", "2021-06")
    )
    early = measured(scope_of(demo, "2022-06"))
    assert early.at[("patents_in_force", "patents_per_output"), "value"] == pytest.approx(472 / output)
    row = early.loc[("patents_granted", "patents_per_output")]
    assert row["value"] == pytest.approx(18 / of("industrial_output", "2022-06"))
    # 18 is a small count
    low, high = poisson_interval(18, level=0.95)
    assert early.at[("patents_granted", "patents_per_output_low"), "value"] == pytest.approx(row["value"] * low / 18)
    assert early.at[("patents_granted", "patents_per_output_high"), "value"] == pytest.approx(row["value"] * high / 18)


def test_no_density_without_a_denominator_or_of_two_bounds():
    def rows_of(count, below):
        return list(density("patents_granted", "m", "件/亿元", count, below, is_count=True))

    exact, bound = Amount(4, "", "a"), Amount(4, "lower_bound", "a")
    assert [row["reason"] for row in rows_of(exact, None)] == ["not_reported"]
    assert [row["reason"] for row in rows_of(exact, Amount(0, "", "b"))] == ["zero_base"]
    assert [row["reason"] for row in rows_of(bound, Amount(2, "lower_bound", "b"))] == ["bounds"]
    # a bound is no exact count: a ratio and no interval
    rows = rows_of(bound, Amount(2, "", "b"))
    assert [(row["value"], row["qualifier"], row["source"]) for row in rows] == [(2, "lower_bound", "a;b")]


def test_ledgers_against_last_year(demo, found):
    rows, pledges = found["value"], demo.tables["ip_pledges"]
    this, last = (pledges[pledges["period"].str.startswith(year)] for year in ("2022", "2021"))
    assert rows[("pledges", "change_on_year")] == len(this) - len(last)
    assert rows[("pledge_amount", "last_year")] == last["amount"].sum()
    assert rows[("pledge_firms", "value")] == this["enterprise"].nunique()
    assert rows[("pledge_largest_bank_share", "value")] == pytest.approx(
        this.groupby("bank")["amount"].sum().max() / this["amount"].sum() * 100
    )
    assert rows[("platforms_provincial", "value")] == 3


def test_only_the_same_months_of_last_year_count(demo):
    early = measured(scope_of(demo, "2022-05"))["value"]
    assert (early[("pledges", "value")], early[("pledges", "last_year")]) == (4, 4)


def test_a_pledge_in_another_unit_and_in_another_currency(demo):
    rows = pd.DataFrame({"amount": [0.07, 5.0], "unit": ["亿元", "万美元"]})
    amounts = pledged(rows, units=demo.dictionary.units)["amount_10k_yuan"]
    assert amounts.iloc[0] == 700
    assert math.isnan(amounts.iloc[1])


def test_kinds_of_talents_say_what_they_are_part_of(demo):
    frame = innovation.details(scope_of(demo, "2022-12"))["innovation_talents"]
    whole = frame[frame["park"] == ""].set_index("code")
    assert whole["part_of"].to_dict() == {
        "talents_recruited": "",
        "talents_overseas": "talents_recruited",
        "talents_national": "unknown",
    }
    assert whole["value"].to_dict() == {"talents_recruited": 21, "talents_overseas": 12, "talents_national": 3}
    parks = frame[frame["park"] != ""].groupby("code")["value"].sum()
    assert parks.to_dict() == whole["value"].to_dict()


def test_firms_platforms_and_parks(demo):
    frames = innovation.details(scope_of(demo, "2022-12"))
    firms = frames["innovation_firms"]
    for _, rows in firms.groupby("list"):
        assert rows["place"].tolist() == list(range(1, 11))
    assert firms.loc[firms["list"] == "rd", "rd_10k_yuan"].is_monotonic_decreasing
    assert firms.loc[firms["list"] == "patents", "patents_in_force"].is_monotonic_decreasing
    assert (frames["innovation_platforms"]["new_this_year"] == "yes").sum() == 3
    parks = frames["innovation_parks"]
    assert parks["patents_in_force"].sum() == 482
    assert parks["rd_firms"].sum() == 126
    assert parks["pledge_10k_yuan"].sum() == 9140
    pledges = frames["innovation_pledges"]
    assert pledges.groupby("by")["amount_10k_yuan"].sum().to_dict() == {"bank": 9140, "enterprise": 9140}
    assert pledges.groupby("by")["share_pct"].sum().to_dict() == pytest.approx({"bank": 100, "enterprise": 100})


def test_patents_of_the_ledger_where_none_are_published(demo):
    table = demo.tables["indicators"]
    zone = with_table(demo, "indicators", table[table["code"] != "patents_in_force"])
    value = measured(scope_of(zone, "2022-12")).at[("patents_in_force", "patents_per_sales"), "value"]
    assert value == pytest.approx(482 / 174.20)


def test_the_real_zone(real):
    found = measured(scope_of(real, "2022"))
    assert found.at[("rd_per_sales", "annual"), "value"] == pytest.approx(3.8 / 165 * 100)
    assert found.at[("rd_per_output", "annual"), "value"] == pytest.approx(3.8 / 135 * 100)
    assert found.at[("rd_per_sales", "annual_change"), "reason"] == "no_base"
    assert found.at[("platforms_provincial", "change_on_year"), "reason"] == "no_base"
    codes = set(found.index.get_level_values(0))
    assert not codes & {"rd_firms", "pledges", "patents_in_force"}


TABLES = ["enterprise_months", "enterprises", "patents", "platforms", "talents", "ip_pledges"]


@pytest.mark.parametrize("drop", TABLES)
@pytest.mark.parametrize(("period", "park"), [("2022-02", ""), ("2020-01", "yunjin"), ("2022-12", "chuanhe")])
def test_a_missing_table_a_park_or_a_month_early_in_the_year(demo, drop, period, park):
    tables = {name: frame for name, frame in demo.tables.items() if name != drop}
    scope = scope_of(dataclasses.replace(demo, tables=tables), period, park)
    assert not measures_frame(innovation.figures(scope)).duplicated(["code", "measure"]).any()
    innovation.details(scope)


def test_one_indicator_and_one_period(demo):
    table = demo.tables["indicators"]
    one = table[(table["code"] == "tech_smes_evaluated") & (table["period"] == "2022-12") & (table["park"] == "")]
    zone = dataclasses.replace(demo, tables={"indicators": one})
    assert list(innovation.figures(scope_of(zone, "2022-12"))) == []
    assert all(
        frame.empty or name == "innovation_parks"
        for name, frame in innovation.details(scope_of(zone, "2022-12")).items()
    )
