"""Carriers, works and land: states at a date, occupancy, tax per mu."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.places import carriers as places
from zonereport.metrics.places.land import tax_per_mu
from zonereport.metrics.scope import Scope


def scope_of(zone, period, park=""):
    return Scope(zone, Period.parse(period), park)


def measured(scope):
    return measures_frame(places.figures(scope)).set_index(["code", "measure"])


def test_figures_of_the_demo_zone_by_hand(demo):
    found = measured(scope_of(demo, "2022-12"))["value"]
    area, used = 86_000 + 74_000 + 12_500 + 53_000 + 47_000, 81_300 + 42_800 + 11_200 + 39_600 + 33_900
    assert found[("carriers_area_in_service", "value")] == area
    assert found[("carriers_occupancy", "value")] == pytest.approx(used / area * 100)
    assert found[("carriers_tenants", "value")] == 31 + 17 + 46 + 9 + 14
    assert found[("carrier_status_in_service", "value")] == 5
    assert found[("works_new", "value")] == 2
    assert found[("land_plots", "value")] == 9
    assert found[("land_area", "value")] == 936
    assert found[("land_tax_per_mu", "value")] == pytest.approx(1045 / 936)
    assert found[("land_tax_per_mu", "change_on_year")] == pytest.approx(1045 / 936 - 860 / 785)


def test_the_ledger_of_plots_is_what_was_published(demo):
    for period in ("2021-07", "2022-05", "2022-12"):
        table = demo.tables["indicators"]
        row = (table["code"] == "land_renewed") & (table["period"] == period) & (table["park"] == "")
        found = measured(scope_of(demo, period)).at[("land_area", "value"), "value"]
        assert found == table.loc[row, "value"].iloc[0]


def test_a_status_of_later_is_not_one_of_today(demo):
    scope = scope_of(demo, "2022-06")
    found = measured(scope)["value"]
    # topped out in November, approved in October: in June nobody knows
    assert found[("carrier_status_topped_out", "value")] == 0
    assert found[("carriers_later", "value")] == 2
    frames = places.details(scope)
    assert not {"c03", "c08"} & set(frames["place_carriers"]["carrier"])
    assert len(frames["place_works"]) == 8 - 3
    # use and tenants have no day: they are those of the day on which the ledger was written
    assert found.get(("carriers_tenants", "value")) is None or pd.isna(found[("carriers_tenants", "value")])
    assert frames["place_carriers"]["occupied_square_metre"].isna().all()


def test_the_real_zone(real):
    found = measured(scope_of(real, "2022"))
    assert found.at[("carriers_tenants", "value"), "qualifier"] == "lower_bound"
    assert found.at[("carriers_occupancy", "value"), "reason"] == "not_reported"
    assert found.at[("carriers_area", "value"), "reason"] == "not_reported"
    assert found.at[("work_status_in_service", "value"), "value"] == 3
    # four works of which the source says no status: none of them has one of later
    assert found.at[("works_unstated", "value"), "value"] == 4
    assert ("works_later", "value") not in found.index
    assert found.at[("land_renewed", "change_on_year"), "reason"] == "no_base"
    assert "place_land" not in places.details(scope_of(real, "2022"))


def test_two_bounds_leave_no_tax_per_mu():
    plots = pd.DataFrame({"area_mu": [850.0], "tax_gained_10k_yuan": [900.0], "qualifier": ["lower_bound"]})
    assert tax_per_mu(plots) == {"reason": "bounds"}
    assert tax_per_mu(plots.assign(tax_gained_10k_yuan=float("nan"))) == {"reason": "not_reported"}


def test_a_hectare_is_fifteen_mu(demo):
    land = demo.tables["land"]
    in_hectares = land.assign(area=land["area"] / 15, unit="公顷")
    zone = dataclasses.replace(demo, tables=demo.tables | {"land": in_hectares})
    found = measured(scope_of(zone, "2022-12"))["value"]
    assert found[("land_area", "value")] == pytest.approx(936)


def test_the_first_year_of_a_ledger_has_no_base(demo):
    found = measured(scope_of(demo, "2020-12"))["reason"]
    assert found[("land_plots", "change_on_year")] == "no_base"
    assert found[("land_tax_per_mu", "last_year")] == "no_base"


def test_months_and_parks_of_the_plots_add_up(demo):
    frames = places.details(scope_of(demo, "2022-12"))
    months = frames["place_land_months"]
    now = months[months["year"] == 2022]
    assert len(now) == 12
    assert now["cumulative_area_mu"].iloc[-1] == now["area_mu"].sum() == 936
    parks = frames["place_land_parks"]
    assert parks["area_mu"].sum() == 936
    assert parks["last_year_plots"].sum() == 8


@given(st.lists(st.tuples(st.floats(1, 1000), st.floats(0, 1)), min_size=1, max_size=8))
def test_occupancy_lies_between_the_emptiest_and_the_fullest(rows):
    carriers = pd.DataFrame(
        {
            "status": "in_service",
            "area_square_metre": [area for area, _ in rows],
            "occupied_square_metre": [area * share for area, share in rows],
        }
    )
    value = places.occupancy(carriers)["value"]
    shares = [share * 100 for _, share in rows]
    assert min(shares) - 1e-9 <= value <= max(shares) + 1e-9


def test_a_date_that_is_missing_makes_no_count_of_the_new(demo):
    works = demo.tables["works"].assign(status_date="")
    zone = dataclasses.replace(demo, tables=demo.tables | {"works": works})
    found = measured(scope_of(zone, "2022-12"))
    assert found.at[("works_new", "value"), "reason"] == "not_reported"
    assert found.at[("work_status_in_service", "value"), "value"] == 4


@pytest.mark.parametrize("drop", ["carriers", "works", "land", "enterprises"])
@pytest.mark.parametrize(("period", "park"), [("2022-02", ""), ("2020-01", "yunjin"), ("2021-08", "xinglan")])
def test_a_missing_table_a_park_or_a_month_early_in_the_year(demo, drop, period, park):
    tables = {name: frame for name, frame in demo.tables.items() if name != drop}
    scope = scope_of(dataclasses.replace(demo, tables=tables), period, park)
    frame = measures_frame(places.figures(scope))
    assert not frame.duplicated(["code", "measure"]).any()
    assert (
        not frame["code"]
        .str.startswith({"carriers": "carrier", "works": "work", "land": "land_p"}.get(drop, "?"))
        .any()
    )
    places.details(scope)
