"""A ledger of enterprises in Parquet files gives every topic, innovation first, what the same ledger in a CSV gives."""

import dataclasses
import shutil

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from zonereport.inputs import Period, load_zone
from zonereport.metrics import details, measure
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.innovation import measures as innovation
from zonereport.metrics.innovation import research as innovation_research
from zonereport.metrics.innovation.research import firms_in, firms_of_year, ledger_periods
from zonereport.metrics.scope import Scope


@pytest.fixture(scope="module")
def parquet(root, tmp_path_factory):
    """The synthetic zone in a project of its own, its enterprise_months.csv turned into Parquet files by period."""
    project = tmp_path_factory.mktemp("parquet")
    for name in ("demo", "dictionary"):
        shutil.copytree(root / "data" / name, project / "data" / name)
    path = project / "data/demo/enterprise_months.csv"
    read = f"read_csv('{path}', header = true, nullstr = '', types = {{'period': 'VARCHAR', 'above_scale': 'VARCHAR'}})"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (FROM {read}) TO '{path.with_suffix('')}' (FORMAT parquet, PARTITION_BY (period), OVERWRITE)"
        )
    path.unlink()
    zone = load_zone("demo", project)
    assert "enterprise_months" not in zone.tables
    return zone


def scope_of(zone, period, park=""):
    return Scope(zone, Period.parse(period), park)


def figures_of(scope):
    return measures_frame(innovation.figures(scope)).set_index(["code", "measure"])


def without_rd_in(zone, *periods):
    """The zone with a ledger in memory that has no R&D in some periods."""
    ledger = zone.tables["enterprise_months"]
    rd = ledger["rd_10k_yuan"].mask(ledger["period"].isin(periods))
    return dataclasses.replace(zone, tables=zone.tables | {"enterprise_months": ledger.assign(rd_10k_yuan=rd)})


def test_all_topics_measure_the_same(demo_zone, parquet):
    expected, found = (measure(zone, period="2022-12") for zone in (demo_zone, parquet))
    assert_frame_equal(found, expected, check_exact=True)
    expected, found = details(demo_zone, expected), details(parquet, found)
    assert list(found) == list(expected)
    for name, frame in expected.items():
        assert_frame_equal(found[name], frame, check_exact=True, obj=name)


@pytest.mark.parametrize(("period", "park"), [("2020-06", ""), ("2022-02", ""), ("2021-12", "yunjin")])
def test_innovation_is_the_same_in_other_periods_and_parks(demo_zone, parquet, period, park):
    scopes = [scope_of(zone, period, park) for zone in (demo_zone, parquet)]
    expected, found = map(figures_of, scopes)
    assert_frame_equal(found, expected, check_exact=True)
    expected, found = map(innovation.details, scopes)
    for name, frame in expected.items():
        assert_frame_equal(found[name], frame, check_exact=True, obj=name)


def test_research_and_employees_are_found_in_parquet(parquet):
    found = figures_of(scope_of(parquet, "2022-12"))
    assert found.at[("rd_firms", "value"), "value"] == 126
    assert found.at[("patents_in_force", "patents_per_1000_employees"), "value"] == pytest.approx(482 / 16.955)


def test_a_large_ledger_is_read_two_years_at_a_time(parquet, monkeypatch):
    asked = []

    def rows(source, *, periods, **more):
        asked.append(periods)
        return enterprise_rows(source, periods=periods, **more)

    enterprise_rows = innovation_research.enterprise_rows
    monkeypatch.setattr(innovation_research, "enterprise_rows", rows)
    scope = scope_of(parquet, "2022-06")
    assert sorted(firms_of_year(scope)["year"].unique()) == [2020, 2021]
    innovation.details(scope)
    list(innovation.figures(scope))
    # two Decembers, and the month of the edition for its employees
    assert {tuple(sorted(periods)) for periods in asked} == {("2020-12", "2021-12"), ("2022-06",)}


def test_the_year_before_counts_where_the_latest_has_no_research(demo_zone):
    scope = scope_of(without_rd_in(demo_zone, "2022-12"), "2022-12")
    assert firms_of_year(scope)["year"].unique().tolist() == [2020, 2021]
    never = scope_of(without_rd_in(demo_zone, "2020-12", "2021-12", "2022-12"), "2022-12")
    assert firms_of_year(never).empty
    assert figures_of(never).at[("rd_firms", "value"), "reason"] == "no_history"


def test_a_year_is_its_december_and_a_fourth_quarter_is_no_year(demo_zone):
    ledger = demo_zone.tables["enterprise_months"]
    ends = ledger[ledger["period"].isin(["2021-12", "2022-12"])]

    def found(*frames):
        tables = demo_zone.tables | {"enterprise_months": pd.concat(frames)}
        return firms_of_year(scope_of(dataclasses.replace(demo_zone, tables=tables), "2022-12"))

    expected = found(ends)
    years, quarters = (ends.assign(period=ends["period"].str[:4] + end) for end in ("", "Q4"))
    assert_frame_equal(found(years), expected)
    # some firms report the year, others its December; of both the month counts, wherever it stands
    assert_frame_equal(found(ends[::2], years[1::2]), expected)
    assert_frame_equal(found(ends, years.assign(rd_10k_yuan=1.0)), expected)
    assert found(quarters).empty


def test_employees_of_one_month(demo_zone):
    scope = scope_of(demo_zone, "2022-06", "yunjin")
    rows = firms_in(scope, ledger_periods(scope), 2022 * 12 + 5)
    assert set(rows["park"]) == {"yunjin"}
    assert rows["enterprise"].is_unique
    assert rows["employees"].sum() > 0
    bare = scope_of(dataclasses.replace(demo_zone, tables={}), "2022-06")
    assert ledger_periods(bare) == {}
    assert firms_in(bare, {}).dtypes["employees"] == "float64"
