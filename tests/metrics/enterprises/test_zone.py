"""All figures and frames of enterprises on whole zones: the synthetic one, the real one, parks, large ledgers."""

import dataclasses

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from zonereport.inputs import Period
from zonereport.metrics.enterprises import details, figures
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope

KNOWN = pd.DataFrame(
    [
        {"code": "invoiced_sales", "measure": "value", "value": 174.2, "unit": "亿元"},
        {"code": "invoiced_sales", "measure": "target", "value": 178.0, "unit": "亿元"},
    ]
)


@pytest.fixture(scope="module")
def december(demo):
    scope = Scope(demo, Period.parse("2022-12"), "", KNOWN)
    return measures_frame(figures(scope)).set_index(["code", "measure"]), details(scope)


def without(zone, *names):
    return dataclasses.replace(zone, tables={k: v for k, v in zone.tables.items() if k not in names})


def in_parquet(zone, folder):
    """The zone with its ledger as period=…/part.parquet and no table of it."""
    connection = duckdb.connect()
    for period, rows in zone.tables["enterprise_months"].groupby("period"):
        (folder / f"period={period}").mkdir(parents=True)
        texts = {"enterprise": "object", "above_scale": "object", "source": "object"}
        connection.register("rows", rows.drop(columns="period").astype(texts))
        connection.execute(f"COPY (SELECT * FROM rows) TO '{folder}/period={period}/part.parquet' (FORMAT parquet)")
    connection.close()
    return dataclasses.replace(
        without(zone, "enterprise_months"), files=(*zone.files, *sorted(folder.rglob("*.parquet")))
    )


def test_the_ledger_of_the_synthetic_zone_agrees_with_what_it_publishes(december, demo):
    measures, _ = december
    published = demo.tables["indicators"]
    published = published[(published["period"] == "2022-12") & (published["park"] == "")]
    published = published.sort_values("vintage").drop_duplicates("code", keep="last").set_index("code")["value"]
    value = measures["value"]
    flows = december[1]["enterprise_flows"].set_index(["code", "group"])["now_10k_yuan"]
    assert flows["invoiced_sales"].sum() / 10_000 == pytest.approx(published["invoiced_sales"], abs=0.005)
    # what zone.yml says was planted
    assert value["above_scale_industry", "waiting_count"] == 4
    assert 20 < value["invoiced_sales", "top1_share"] < 25


def test_measures_and_frames_tell_the_same(december):
    measures, frames = december
    value = measures["value"]
    for name in ("near_threshold", "fallers"):
        industrial = frames[f"enterprise_{name}"]["class"] == "above_scale_industry"
        assert value["above_scale_industry", f"{name}_count"] == industrial.sum()
    flows = frames["enterprise_flows"]
    sales = flows[flows["code"] == "invoiced_sales"].set_index("group")["contribution_pp"]
    trend = frames["enterprise_concentration"].set_index(["code", "period"])
    now = trend.loc[("invoiced_sales", "2022-12")]
    assert sales.sum() == pytest.approx(now["growth_pct"])
    parts = ("entering_contribution", "continuing_contribution", "leaving_contribution")
    assert sum(value["invoiced_sales", part] for part in parts) == pytest.approx(now["growth_pct"])
    assert now["hhi"] == value["invoiced_sales", "hhi"]
    assert frames["enterprise_sizes"]["share_pct"].sum() == pytest.approx(100)
    held = frames["enterprise_recognitions"].groupby("code")["in_force"].sum()
    assert all(value[code, "in_force"] == count for code, count in held.items())


def test_completion_without_the_largest(december):
    measures, frames = december
    made = measures.at[("invoiced_sales", "completion_without_largest"), "value"]
    # its own amount, taken from the zone's 174.2: no share of a ledger that may hold a part of the zone
    top = frames["enterprise_top"]
    largest = top.loc[top["code"] == "invoiced_sales", "amount_10k_yuan"].max() / 10_000
    assert made == pytest.approx((174.2 - largest) / 178 * 100)
    assert measures.at[("treasury_tax", "completion_without_largest"), "reason"] == "no_target"


def test_every_figure_has_its_place_once(december):
    measures, frames = december
    assert not measures.index.duplicated().any()
    assert (measures["source"] != "").all()
    assert set(frames) == {
        "enterprise_near_threshold",
        "enterprise_on_pace",
        "enterprise_fallers",
        "enterprise_clocks",
        "enterprise_transitions",
        "enterprise_sizes",
        "enterprise_survival",
        "enterprise_concentration",
        "enterprise_flows",
        "enterprise_top",
        "enterprise_recognitions",
        "enterprise_titles",
        "enterprise_renewals",
        "enterprise_ladder",
    }


def test_parks_add_up_to_the_zone(demo, december):
    measures, _frames = december
    parks = [Scope(demo, Period.parse("2022-12"), park.id) for park in demo.about.parks]
    made = [measures_frame(figures(scope)).set_index(["code", "measure"])["value"] for scope in parks]
    key = ("above_scale_industry", "near_threshold_count")
    assert sum(values[key] for values in made) == measures.at[key, "value"]
    for code in ("hightech_recognised", "tech_smes_evaluated"):
        assert sum(values.get((code, "in_force"), 0) for values in made) == measures.at[(code, "in_force"), "value"]
    assert all(("invoiced_sales", "completion_without_largest") not in values for values in made)


@pytest.mark.parametrize("park", ["", "chuanhe"])
def test_a_ledger_in_parquet_gives_the_same(demo, tmp_path, park):
    large = in_parquet(demo, tmp_path / "enterprise_months")
    scopes = [Scope(zone, Period.parse("2022-06"), park, KNOWN) for zone in (demo, large)]
    assert_frame_equal(*(measures_frame(figures(scope)) for scope in scopes))
    small, big = (details(scope) for scope in scopes)
    assert set(small) == set(big)
    for name in small:
        assert_frame_equal(small[name], big[name])


@pytest.mark.parametrize("period", ["2020-02", "2020-12", "2021-06", "2022-02", "2022", "2022Q3"])
def test_every_period_gives_a_sound_frame(demo, period):
    park = "xinglan" if period == "2022-02" else ""
    scope = Scope(demo, Period.parse(period), park)
    made = measures_frame(figures(scope))
    assert not made.duplicated(["code", "measure"]).any()
    for frame in details(scope).values():
        assert not frame.isin([float("inf"), float("-inf")]).any(axis=None)


def test_in_the_first_year_what_needs_a_year_before_says_so(demo):
    made = measures_frame(figures(Scope(demo, Period.parse("2020-06")))).set_index(["code", "measure"])
    for key in [
        ("invoiced_sales", "growth_without_largest"),
        ("invoiced_sales", "entering_contribution"),
        ("above_scale_industry", "near_threshold_count"),
        ("enterprise_ledger", "exit_rate"),
    ]:
        assert made.at[key, "reason"] == "no_base"


def test_a_month_that_the_ledger_lacks(demo):
    late = demo.tables["enterprise_months"]
    zone = dataclasses.replace(demo, tables=demo.tables | {"enterprise_months": late[late["period"] < "2022-12"]})
    scope = Scope(without(zone, "recognitions"), Period.parse("2022-12"))
    assert list(figures(scope)) == []
    assert details(scope) == {}


def test_a_published_total_beyond_the_ledger_opens_the_index(demo):
    table = demo.tables["enterprise_months"]
    small = table[~table["enterprise"].isin(sorted(set(table["enterprise"]))[:200])]
    zone = dataclasses.replace(demo, tables=demo.tables | {"enterprise_months": small})
    scope = Scope(zone, Period.parse("2022-12"))
    made = measures_frame(figures(scope)).set_index(["code", "measure"])
    assert made.at[("invoiced_sales", "hhi"), "reason"] == "bounds"
    frames = details(scope)
    now = frames["enterprise_concentration"].query("code == 'invoiced_sales' and period == '2022-12'").iloc[0]
    assert now["hhi_low"] < now["hhi_high"]
    flows = frames["enterprise_flows"]
    assert (flows.loc[flows["group"] == "unlisted", "now_10k_yuan"] > 0).all()


def test_the_real_zone_has_titles_only(real):
    scope = Scope(real, Period.parse("2022"))
    made = measures_frame(figures(scope))
    assert made[["code", "measure", "value", "qualifier"]].values.tolist() == [
        ["little_giants_new", "in_force", 1, "lower_bound"],
        ["listing_pipeline_new", "in_force", 1, "lower_bound"],
        ["innovation_leaders_provincial", "in_force", 1, "lower_bound"],
    ]
    assert [name for name, frame in details(scope).items() if len(frame)] == ["enterprise_recognitions"]


@pytest.mark.parametrize(
    "names", [["enterprise_months"], ["recognitions"], ["enterprises", "enterprise_months"], ["targets"]]
)
def test_any_table_may_be_missing(demo, names):
    scope = Scope(without(demo, *names), Period.parse("2022-12"))
    made, frames = measures_frame(figures(scope)), details(scope)
    ledger = "enterprise_months" not in names
    assert ("hhi" in set(made["measure"])) == ledger
    assert ("enterprise_top" in frames) == ledger
    assert ("in_force" in set(made["measure"])) == ("recognitions" not in names)
