"""Zones to present: the real one, a rich synthetic one, and one with a single figure."""

import shutil

import matplotlib.pyplot as plt
import pytest

from zonereport.inputs import load_zone
from zonereport.metrics import details, measure
from zonereport.present import Report

HEAD = "period,code,park,value,unit,qualifier,growth_pct,growth_basis,rank,rank_of,vintage,source,locator,note\n"
ZONE = """\
name_zh: 测试开发区
name_en: Test Zone
place_zh: 某省某市
origin: synthetic
parks:
  - {id: east, name_zh: 东园}
  - {id: west, name_zh: 西园}
sources:
  - {id: s, title: 测试月报, publisher: 测试开发区, place: 某省某市, covers: "2022", published: 2022-12-05, locator: 表}
"""
RICH = """\
2022-11,invoiced_sales,,120.5,亿元,,8.2,comparable,3,9,,s,1,
2022-11,industrial_output,,99,亿元,,-3.1,comparable,,,,s,1,
2022-11,fixed_asset_investment,,40,亿元,,,,,,,s,1,
2021-11,fixed_asset_investment,,50,亿元,,,,,,,s,1,
2022-11,budget_revenue,,40,亿元,,,,,,,s,1,
2021-11,budget_revenue,,50,亿元,,,,,,,s,1,
2022-11,industrial_investment,,10,亿元,,0,,,,,s,1,
2022-11,tech_smes_evaluated,,5,家,,,,,,,s,2,
2022-11,hightech_recognised,,7,家,,,,,,,s,2,
2022-11,rd_spend,,1.2,亿元,lower_bound,,,,,,s,3,
2022-11,invoiced_sales,east,20.5,亿元,,,,,,,s,1,
"""
LEAN = "2022-02,budget_revenue,,0.5,亿元,,,,,,,s,1,\n"


def make_zone(root, folder, rows):
    """Write a synthetic zone named lab beside the real dictionary and load it."""
    shutil.copytree(root / "data/dictionary", folder / "data/dictionary")
    zone = folder / "data/lab"
    zone.mkdir(parents=True)
    (zone / "zone.yml").write_text(ZONE, encoding="utf-8")
    (zone / "indicators.csv").write_text(HEAD + rows, encoding="utf-8")
    return load_zone("lab", folder)


@pytest.fixture(scope="session")
def real(root):
    return make_report(load_zone("yizheng", root), "2022")


@pytest.fixture(scope="session")
def rich(root, tmp_path_factory):
    zone = make_zone(root, tmp_path_factory.mktemp("rich"), RICH)
    return make_report(zone, "2022-11")


@pytest.fixture(scope="session")
def lean(root, tmp_path_factory):
    zone = make_zone(root, tmp_path_factory.mktemp("lean"), LEAN)
    return make_report(zone, "2022-02")


def make_report(zone, period, park=""):
    measures = measure(zone, period=period, park=park)
    return Report(zone, measures, details(zone, measures))


@pytest.fixture(scope="session")
def report_of():
    """The report of a zone, period and park, with its details, as a chapter opens it."""
    return make_report


@pytest.fixture(autouse=True)
def closed():
    """No chart outlives its test."""
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def zone(demo_zone):
    """The synthetic zone."""
    return demo_zone


@pytest.fixture(scope="session")
def year(demo_zone):
    """The synthetic zone's whole year."""
    return make_report(demo_zone, "2022-12")


@pytest.fixture(scope="session")
def half(demo_zone):
    """The synthetic zone in the middle of the year."""
    return make_report(demo_zone, "2022-06")


@pytest.fixture(scope="session")
def one_park(demo_zone):
    """One park of the synthetic zone."""
    return make_report(demo_zone, "2022-12", "chuanhe")


@pytest.fixture(scope="session")
def only_year(root):
    """The real zone: one year and nothing to compare it with."""
    return make_report(load_zone("yizheng", root), "2022")
