"""The topic as a whole: every measure of an edition has a value or a reason, on every zone, period and park."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from zonereport import metrics
from zonereport.inputs import Period
from zonereport.metrics import forecast
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.indicators import measures as indicators
from zonereport.metrics.indicators.availability import availability, revisions
from zonereport.metrics.scope import Scope

TABLES = {"series", "parks", "contribution", "schedule", "targets", "availability", "revisions"}


@pytest.fixture(scope="module", autouse=True)
def bare():
    """Only what a source publishes is measured before the topic itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "TOPICS", ())
        yield


@pytest.fixture(scope="module")
def zones(demo, real):
    return {"demo": demo, "yizheng": real}


def edition(zone, period, park=""):
    known = metrics.measure(zone, period=period, park=park)
    scope = Scope(zone, Period.parse(period), park, known)
    return measures_frame(indicators.figures(scope)).set_index(["code", "measure"]), indicators.details(scope)


@pytest.fixture(scope="module")
def september(zones):
    return edition(zones["demo"], "2022-09")


def with_figures(zone, frame):
    return dataclasses.replace(zone, tables=zone.tables | {"indicators": frame})


EDITIONS = [
    ("demo", "2020-01", ""),
    ("demo", "2022-01", ""),
    ("demo", "2022-02", ""),
    ("demo", "2022-12", ""),
    ("demo", "2022-09", "chuanhe"),
    ("demo", "2022-01", "yunjin"),
    ("yizheng", "2022", ""),
]


@pytest.mark.parametrize(("name", "period", "park"), EDITIONS)
def test_every_edition_survives(zones, name, period, park):
    zone = zones[name]
    rows, frames = edition(zone, period, park)
    assert not rows.index.duplicated().any()
    # on top of what was measured before nothing is measured twice
    known = metrics.measure(zone, period=period, park=park).set_index(["code", "measure"])
    twice = rows.index.intersection(known.index)
    # but the growth of two levels, which this topic knows to be unsure
    assert set(twice.get_level_values("measure")) <= {"growth"}
    assert not np.isinf(rows["value"]).any()
    assert (rows["source"] != "").all()
    assert set(frames) <= TABLES
    for frame in frames.values():
        numbers = frame.select_dtypes("number").to_numpy(dtype=float)
        assert not np.isinf(numbers).any()


@pytest.mark.parametrize("period", ["2022-06", "2022"])
def test_a_zone_of_one_figure(zones, period):
    table = zones["yizheng"].tables["indicators"].head(1).assign(period=period)
    lone = with_figures(zones["yizheng"], table)
    lone = dataclasses.replace(lone, tables={"indicators": table})
    rows, frames = edition(lone, period)
    assert set(rows.index.get_level_values("code")) == {table["code"].iloc[0]}
    assert rows["value"].isna().all() or period == "2022-06"
    assert {"series", "availability"} <= set(frames)


def test_a_quarter_alone_has_no_cumulative_measures(zones):
    table = zones["yizheng"].tables["indicators"].assign(period="2022Q3")
    rows, _ = edition(with_figures(zones["yizheng"], table), "2022Q3")
    assert rows.empty


def test_the_month_of_the_demo(september):
    rows, _frames = september
    assert rows.at[("invoiced_sales", "month"), "value"] == pytest.approx(15.81)
    assert rows.at[("invoiced_sales", "month"), "basis"] == "09"


def test_growth_of_the_demo(september):
    rows, frames = september
    value = rows["value"]
    assert value[("invoiced_sales", "growth_change")] == pytest.approx(
        5.5 - growth_of(frames, "invoiced_sales", 2022, 8)
    )
    assert value[("invoiced_sales", "change")] == pytest.approx(123.46 - 117.02)
    assert value[("tax_per_sales", "growth")] == pytest.approx(237 / 123.46 - 231 / 117.02)
    assert rows.at[("tax_per_sales", "growth"), "unit"] == "个百分点"
    effects = [value[("tax_per_sales", name)] for name in ("numerator_effect", "denominator_effect")]
    assert sum(effects) == pytest.approx(value[("tax_per_sales", "growth")])


def growth_of(frames, code, year, month):
    rows = frames["series"].query("code == @code and entity == '' and year == @year and month == @month")
    return rows["growth_pct"].iloc[0]


def test_a_break_of_the_basis_is_marked_in_the_series(september):
    series = september[1]["series"]
    assert series.query("code == 'industrial_output' and year == 2022 and month == 9 and entity == ''")[
        "is_break"
    ].all()
    assert not series.query("code == 'invoiced_sales'")["is_break"].any()


def test_a_loss_says_so(zones):
    demo = zones["demo"]
    table = demo.tables["indicators"].copy()
    loss = (table["code"] == "wages_recovered") & (table["park"] == "")
    table.loc[loss & (table["period"] == "2021-09"), "value"] = -100.0
    table.loc[loss & (table["period"] == "2022-09"), "value"] = -40.0
    rows, _ = edition(with_figures(demo, table), "2022-09")
    assert rows.at[("wages_recovered", "change"), "basis"] == "loss_narrowed"


def test_shares_of_a_park_are_of_the_zone_and_those_of_the_zone_of_its_wholes(zones, september):
    rows = september[0]
    assert rows.at[("vat_credit_refund", "share"), "basis"] == "business_taxes"
    assert ("invoiced_sales", "share") not in rows.index
    parks = {park: edition(zones["demo"], "2022-09", park)[0] for park in ("yunjin", "xinglan", "chuanhe")}
    for measure, total in {"share": 100, "pull": 6.44 / 117.02 * 100, "contribution": 100}.items():
        made = [rows.at[("invoiced_sales", measure), "value"] for rows in parks.values()]
        assert sum(made) == pytest.approx(total)
    assert parks["yunjin"].at[("invoiced_sales", "share"), "basis"] == "zone"


def test_a_revised_figure_says_by_how_much(september, zones):
    made = september[1]["revisions"].query("park == ''").iloc[0]
    assert (made["period"], made["code"]) == ("2022-09", "industrial_investment")
    assert made["change"] == pytest.approx(made["latest"] - made["first"])
    assert made["vintages"] == 2
    assert revisions(zones["yizheng"].tables["indicators"], zones["yizheng"].dictionary, until=Period(2022)).empty


def test_availability_of_the_demo_is_what_was_planted(zones):
    demo = zones["demo"]
    made = availability(demo.tables["indicators"], demo.dictionary, until=Period.parse("2022-12"), park="")
    status = made.set_index(["code", "year", "month"])["status"]
    assert status[("invoiced_sales", 2022, 9)] == "reported"
    assert status[("utilised_foreign_capital", 2021, 8)] == "missing"
    assert (made["status"] == "missing").sum() == 1
    assert status[("industrial_output", 2022, 1)] == "not_due"
    assert set(status["rd_spend"].xs(6, level="month")) == {"not_due"}
    # always a month late, and that of December has not come yet
    assert set(status["technical_upgrades_completed"]) == {"late"}
    assert made.query("code == 'technical_upgrades_completed' and year == 2022 and month == 12")[
        "received"
    ].tolist() == [""]


def test_a_yearly_summary_misses_no_months(zones):
    zone = zones["yizheng"]
    made = availability(zone.tables["indicators"], zone.dictionary, until=Period(2022), park="")
    assert set(made["month"]) == {12}
    assert set(made["status"]) == {"reported"}


def test_every_measure_has_its_row_in_the_dictionary(zones):
    named = zones["demo"].dictionary.measures
    if "gap_linear" not in named.index:
        pytest.skip("measures.csv has no rows of this topic yet")
    made = set()
    for topic in (indicators, forecast):
        for name, period, park in EDITIONS:
            known = metrics.measure(zones[name], period=period, park=park)
            rows = topic.figures(Scope(zones[name], Period.parse(period), park, known))
            made |= set(pd.DataFrame(list(rows), columns=["measure"])["measure"])
    assert made <= set(named.index)
