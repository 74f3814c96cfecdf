"""Measures by hand in the simplest case, and as properties."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period, Refused
from zonereport.metrics import COLUMNS, details, measure, measures_and_details
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.indicators.derived import combined_qualifier, derived
from zonereport.metrics.indicators.levels import growth

NAN = float("nan")


@pytest.fixture(scope="module")
def zone(real):
    return real


@pytest.fixture(scope="module")
def measures(zone):
    return measure(zone, period="2022").set_index(["code", "measure"])


def with_rows(zone, **columns):
    """The zone with the columns of one indicator row changed or a row added."""
    table = zone.tables["indicators"]
    row = table[table["code"] == columns["code"]].iloc[0].to_dict() | columns
    rest = table[(table["code"] != row["code"]) | (table["period"] != row["period"])]
    frame = pd.concat([rest, pd.DataFrame([row])], ignore_index=True).astype(table.dtypes.to_dict())
    return dataclasses.replace(zone, tables=zone.tables | {"indicators": frame})


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("industrial_investment_share", 38 / 75 * 100),
        ("other_investment", 75 - 38),
        ("tax_per_sales", 3 / 165 * 100),
        ("business_taxes_without_refund", 3.39),
        ("refund_share", 2.06 / 5.45 * 100),
        ("investment_per_signed_project", 75 / 8),
        ("rd_per_sales", 3.8 / 165 * 100),
        ("rd_per_output", 3.8 / 135 * 100),
        ("talents_overseas_share", 11 / 18 * 100),
        ("talents_domestic", 7),
        ("arrears_recovered", 2000),
    ],
)
def test_derived_figures_by_hand(measures, code, value):
    assert measures.at[(code, "value"), "value"] == pytest.approx(value, rel=1e-12)


def test_qualifiers_travel_into_what_is_made_of_them(measures):
    qualifiers = measures["qualifier"]
    assert qualifiers[("rd_per_sales", "value")] == "estimate"
    assert qualifiers[("arrears_recovered", "value")] == "lower_bound"
    assert measures.at[("tax_per_land_renewed", "value"), "reason"] == "bounds"


def test_what_the_source_does_not_give_has_a_reason(measures):
    assert measures.at[("safety_accidents", "value"), "reason"] == "direction_only"
    growths = measures.xs("growth", level="measure")
    assert growths["value"].isna().all()
    assert set(growths["reason"]) == {"no_base", "not_reported"}
    assert set(measures.xs("rank", level="measure")["reason"]) == {"not_reported"}
    assert set(measures.xs("completion", level="measure")["reason"]) == {"no_target"}


def test_the_frame_has_one_row_a_figure(zone):
    frame = measure(zone, period="2022")
    assert list(frame) == COLUMNS
    assert not frame.duplicated(["zone", "period", "park", "code", "measure"]).any()
    assert (frame["value"].isna() == (frame["reason"] != "")).all()


def test_growth_and_rank_come_through_when_a_source_gives_them(zone):
    richer = with_rows(zone, code="invoiced_sales", growth_pct=12.5, growth_basis="comparable", rank=3.0, rank_of=9.0)
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("invoiced_sales", "growth"), "value"] == 12.5
    assert frame.at[("invoiced_sales", "growth"), "basis"] == "published comparable"
    assert frame.at[("invoiced_sales", "rank"), "value"] == 3


def test_growth_from_last_years_level_in_another_unit(zone):
    # 1.8 after 1.5, each known to a tenth, may be anything from 12 to 28 %
    coarse = with_rows(zone, code="budget_revenue", period="2021", value=15000.0, unit="万元")
    frame = measure(coarse, period="2022").set_index(["code", "measure"])
    assert frame.at[("budget_revenue", "growth"), "reason"] == "imprecise"
    # digits that are published are believed
    richer = with_rows(zone, code="budget_revenue", period="2021", value=15001.0, unit="万元")
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("budget_revenue", "growth"), "value"] == pytest.approx((1.8 / 1.5001 - 1) * 100)
    assert frame.at[("budget_revenue", "growth"), "basis"] == "level"


def test_growth_that_must_not_be_made_of_two_levels(zone):
    richer = with_rows(zone, code="industrial_output", period="2021", value=120.0)
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("industrial_output", "growth"), "reason"] == "published_only"


def test_growth_across_two_bases_is_not_made(zone):
    richer = with_rows(zone, code="business_taxes", period="2021", value=4.0, qualifier="")
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("business_taxes", "growth"), "reason"] == "basis_changed"


def test_growth_keeps_the_qualifier_and_two_bounds_have_none(zone):
    richer = with_rows(zone, code="rd_spend", period="2021", value=3.0, qualifier="")
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("rd_spend", "growth"), "qualifier"] == "estimate"
    richer = with_rows(zone, code="land_renewed", period="2021", value=800.0)
    frame = measure(richer, period="2022").set_index(["code", "measure"])
    assert frame.at[("land_renewed", "growth"), "reason"] == "bounds"


def test_the_latest_vintage_counts(zone):
    table = zone.tables["indicators"]
    later = table[table["code"] == "rd_spend"].assign(value=3.9, vintage="2023-09-01")
    frame = pd.concat([later, table], ignore_index=True)
    revised = dataclasses.replace(zone, tables=zone.tables | {"indicators": frame})
    assert measure(revised, period="2022").set_index(["code", "measure"]).at[("rd_spend", "value"), "value"] == 3.9


@pytest.mark.parametrize(
    ("published", "value", "base", "is_rate", "expected"),
    [
        (NAN, 110.0, 100.0, False, {"value": 10.0}),
        (NAN, 0.0, 100.0, False, {"value": -100.0}),
        (NAN, 110.0, None, False, {"reason": "no_base"}),
        (NAN, 110.0, 0.0, False, {"reason": "zero_base"}),
        (NAN, 5.0, -10.0, False, {"reason": "negative_base"}),
        (NAN, None, 100.0, False, {"reason": "not_reported"}),
        (NAN, 2.75, 2.5, True, {"value": 0.25, "unit": "个百分点"}),
        # published wins: industrial profit of January to May 2018 was +16.5 % on a comparable basis, although the
        # two published levels give -6.0 % (National Bureau of Statistics of China)
        (16.5, 27298.3, 29047.6, False, {"value": 16.5, "basis": "published comparable"}),
    ],
)
def test_growth(published, value, base, is_rate, expected):
    basis = "comparable" if published == published else ""
    assert expected.items() <= growth(published, basis, value, base, is_rate).items()


@given(st.floats(0.01, 1e6), st.floats(-90, 500))
def test_growth_and_base_invert(base, pct):
    value = base * (1 + pct / 100)
    assert growth(NAN, "", value, base, False)["value"] == pytest.approx(pct, abs=1e-6)


@given(st.sampled_from(["ratio", "difference", "sum"]), st.data())
def test_two_exact_figures_make_an_exact_one_and_a_bound_never_vanishes(operation, data):
    bounds = st.sampled_from(["", "estimate", "lower_bound", "subset", "cumulative"])
    left, right = data.draw(bounds), data.draw(bounds)
    made = combined_qualifier(operation, left, right)
    if "lower_bound" in (left, right):
        assert made in {"lower_bound", "upper_bound", "bounds"}
    elif "estimate" in (left, right):
        assert made == "estimate"
    else:
        assert made == ""


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_part_and_rest_add_up_to_the_whole(zone, whole, part):
    rows = [
        {"code": "fixed_asset_investment", "measure": "value", "value": float(whole), "unit": "亿元"},
        {"code": "industrial_investment", "measure": "value", "value": float(part), "unit": "亿元"},
    ]
    made = {row["code"]: row for row in derived(measures_frame(rows), zone.dictionary)}
    assert made["other_investment"]["value"] == float(whole - part)
    if whole == 0:
        assert made["industrial_investment_share"]["reason"] == "zero_base"


@pytest.mark.parametrize(
    ("kind", "target", "unit", "set_on", "expected"),
    [
        ("level", 200.0, "亿元", "2022-01-10", {"value": 82.5}),
        ("level", 1500000.0, "万元", "", {"value": 110.0}),
        ("growth", 8.0, "%", "", {"reason": "other_target"}),
        ("level", 0.0, "亿元", "", {"reason": "other_target"}),
        ("level", 200.0, "亿元", "2023-01-10", {"reason": "no_target"}),
    ],
)
def test_completion(zone, kind, target, unit, set_on, expected):
    row = {"year": "2022", "code": "invoiced_sales", "target": target, "unit": unit, "kind": kind}
    targets = pd.DataFrame([row | {"set_on": set_on, "source": "summary-2022"}])
    aimed = dataclasses.replace(zone, tables=zone.tables | {"targets": targets})
    made = measure(aimed, period="2022").set_index(["code", "measure"]).loc[("invoiced_sales", "completion")]
    assert expected.items() <= {"value": round(made["value"], 9), "reason": made["reason"]}.items()


def test_a_measure_without_value_and_without_reason_is_a_bug():
    with pytest.raises(ValueError, match="tax growth: a measure has a value or a reason"):
        measures_frame([{"code": "tax", "measure": "growth"}])


def test_a_period_or_park_without_figures(zone):
    with pytest.raises(Refused, match="yizheng has no figures for 2021; it has 2022"):
        measure(zone, period="2021")
    with pytest.raises(Refused, match='yizheng has no park "a"; it has none'):
        measure(zone, period="2022", park="a")
    assert zone.periods == (Period(2022),)


@pytest.mark.parametrize(("period", "park"), [("2022-12", ""), ("2022-06", "yunjin")])
def test_measures_and_details_are_the_same_made_together_or_one_after_the_other(demo, period, park):
    measures, frames = measures_and_details(demo, period=period, park=park)
    alone = measure(demo, period=period, park=park)
    pd.testing.assert_frame_equal(measures, alone, check_exact=True)
    behind = details(demo, alone)
    assert list(frames) == list(behind)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, behind[name], check_exact=True)
