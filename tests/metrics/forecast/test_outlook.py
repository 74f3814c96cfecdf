"""What a forecast means for the target, by hand, and the forecast made again of a year that is over."""

from dataclasses import replace

import pytest

from zonereport.inputs import Period
from zonereport.metrics.forecast import outlook
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope


@pytest.fixture(scope="module")
def zone(demo_zone):
    return demo_zone


def known(*rows):
    place = {"zone": "demo", "period": "2022-06", "park": "", "source": "s"}
    return measures_frame([place | row for row in rows])


def forecast(code, median, target, kind, *, unit="亿元", growth=None):
    rows = [
        {"code": code, "measure": "forecast_p50", "value": median, "unit": unit},
        {"code": code, "measure": "target", "value": target, "unit": unit, "basis": kind},
    ]
    if growth is not None:
        rows.append({"code": code, "measure": "forecast_growth", "value": growth, "unit": "%"})
    return rows


def measured(zone, *rows, park=""):
    scope = Scope(zone, Period.parse("2022-06"), park, known(*rows))
    return {(row["code"], row["measure"]): (round(row["value"], 9), row["unit"]) for row in outlook.figures(scope)}


def test_the_kinds_of_targets_by_hand(zone):
    assert measured(zone, *forecast("invoiced_sales", 150.0, 200.0, "level")) == {
        ("invoiced_sales", "forecast_completion"): (75.0, "%"),
        ("invoiced_sales", "forecast_gap"): (-25.0, "个百分点"),
    }
    growth = forecast("industrial_output", 108.0, 9.0, "growth", growth=6.5)
    assert measured(zone, *growth) == {("industrial_output", "forecast_gap"): (-2.5, "个百分点")}
    ceiling = forecast("safety_accidents", 4.0, 3.0, "ceiling", unit="起")
    assert measured(zone, *ceiling) == {("safety_accidents", "forecast_gap"): (-1.0, "起")}
    net = forecast("patents_in_force_net", 30.0, 25.0, "net_increase", unit="件")
    assert measured(zone, *net)[("patents_in_force_net", "forecast_completion")] == (120.0, "%")


def test_nothing_without_median_or_target_nor_for_a_park(zone):
    rows = forecast("invoiced_sales", 150.0, 200.0, "level")
    assert measured(zone, rows[0]) == measured(zone, rows[1]) == {}
    assert measured(zone, *rows, park="yunjin") == {}
    assert list(outlook.figures(Scope(zone, Period.parse("2022-06")))) == []


def test_the_review_uses_only_what_was_known(zone):
    """The rule by hand: what sales had grown by June of 2022 is carried on into the rest of 2021."""
    scope = Scope(zone, Period.parse("2022-12"), "", known())
    frames = outlook.details(scope)
    row = frames["forecast_review"].query("code == 'invoiced_sales' and month == 6").iloc[0]
    of = scope.history.query("code == 'invoiced_sales' and entity == ''").set_index(["year", "month"])["value"]
    rest = of[2021, 12] - of[2021, 6]
    assert row["p50"] == pytest.approx(of[2022, 6] + rest * of[2022, 6] / of[2021, 6])
    assert row["naive"] == pytest.approx(of[2022, 6] + rest)
    assert row["value"] == of[2022, 12]
    assert row["error_pct"] == pytest.approx((row["p50"] / row["value"] - 1) * 100)
    assert row["is_inside"] == (row["p10"] <= row["value"] <= row["p90"])
    june = frames["forecast_review"].query("month == 6")
    score = frames["forecast_review_scores"].query("month == 6").iloc[0]
    assert score["mape_pct"] == pytest.approx(june["error_pct"].abs().mean())
    assert score["naive_mape_pct"] == pytest.approx(june["naive_error_pct"].abs().mean())
    assert score["forecasts"] == len(june)
    assert score["coverage_pct"] == pytest.approx(june["is_inside"][june["p10"].notna()].mean() * 100)


def test_a_year_under_way_reviews_the_one_before(zone, real):
    """2021 has 2020 before it, and that is all the rule needs; 2020 has nothing before it."""
    frames = outlook.details(Scope(zone, Period.parse("2022-06"), "", known()))
    assert set(frames["forecast_review"]["year"]) == {2021}
    assert outlook.details(Scope(zone, Period.parse("2021-06"), "", known())) == {}
    assert outlook.details(Scope(real, Period.parse("2022"), "", known())) == {}
    assert outlook.details(replace(Scope(zone, Period.parse("2022-06")), period=Period.parse("2022Q3"))) == {}


def test_only_what_would_be_forecast_is_reviewed(zone):
    target = {"code": "talents_recruited", "measure": "target", "value": 20.0, "unit": "人", "basis": "level"}
    scope = Scope(zone, Period.parse("2022-12"), "", known(target))
    codes = set(outlook.details(scope)["forecast_review"]["code"])
    assert "treasury_tax" in codes
    assert not codes & {"talents_recruited", "wages_recovered", "utilised_foreign_capital"}
