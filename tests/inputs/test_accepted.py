"""A warning that was accepted is silent until its figure changes; a ledger known to be partial is not warned of."""

import shutil

import pytest

from zonereport.inputs import Period, Refused, load_zone
from zonereport.inputs.accepted import accept, read_accepted, seen
from zonereport.metrics import _bounded, measure
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope

ZONE = """\
name_zh: 示例开发区
name_en: Example Zone
place_zh: 某省某市
origin: synthetic
sources:
  - {id: monthly, title: 月报, publisher: 统计, place: 某市, covers: '2022'}
"""
FIGURES = """\
period,code,park,value,unit,source
2022-10,invoiced_sales,,110,亿元,monthly
2022-11,invoiced_sales,,120,亿元,monthly
"""
MONTHS = """\
period,enterprise,invoiced_sales_10k_yuan,tax_10k_yuan,above_scale,source
2022-10,alpha,500000,10000,yes,monthly
2022-11,alpha,560000,11000,yes,monthly
"""
FIRMS = "enterprise,name,industry,source\nalpha,甲公司,C3971,monthly\n"


@pytest.fixture
def place(root, tmp_path):
    """A zone whose ledger has one firm with half of all sales: a warning a month."""
    shutil.copytree(root / "data/dictionary", tmp_path / "data/dictionary")
    folder = tmp_path / "data/demo"
    folder.mkdir()
    tables = {"zone.yml": ZONE, "indicators.csv": FIGURES, "enterprise_months.csv": MONTHS, "enterprises.csv": FIRMS}
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(place, name, old, new):
    path = place / "data/demo" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def taken(place, reason="台账只含规上企业"):
    zone = load_zone("demo", place)
    return accept("demo", place, [seen(one, zone.tables, zone.schemas, reason) for one in zone.warnings])


def test_an_accepted_warning_is_silent_until_a_figure_of_it_changes(place, monkeypatch):
    assert len(load_zone("demo", place).warnings) == 2
    assert taken(place) == 2
    zone = load_zone("demo", place)
    assert (len(zone.warnings), len(zone.silent)) == (0, 2)
    assert {one.reason for one in read_accepted(place / "data/demo")} == {"台账只含规上企业"}
    # nor does it come back in another language, or where rows have moved
    monkeypatch.setenv("ZONEREPORT_LANG", "zh")
    change(place, "indicators.csv", "2022-10,inv", "2021-10,invoiced_sales,,90,亿元,monthly\n2022-10,inv")
    assert load_zone("demo", place).warnings == ()
    # the figure itself, and what it is held against
    change(place, "indicators.csv", ",120,", ",121,")
    assert [one.value for one in load_zone("demo", place).warnings] == ["121"]
    change(place, "indicators.csv", ",121,", ",120,")
    change(place, "enterprise_months.csv", "560000", "570000")
    assert len(load_zone("demo", place).warnings) == 1
    # accepting twice writes nothing twice
    assert (taken(place), taken(place)) == (1, 0)


def test_nothing_is_accepted_without_a_reason(place):
    with pytest.raises(Refused, match="--reason"):
        taken(place, reason=" ")
    assert read_accepted(place / "data/demo") == []


def test_a_partial_ledger_is_not_warned_of_and_its_counts_are_lower_bounds(place):
    change(place, "zone.yml", "origin: synthetic", "origin: synthetic\nledger: partial")
    zone = load_zone("demo", place)
    assert zone.warnings == ()
    rows = measure(zone, period="2022-11").set_index(["code", "measure"])
    # a share is of the ledger, and no bound
    assert rows.at[("invoiced_sales", "top1_share"), "qualifier"] == ""
    counted = measures_frame(
        {"code": code, "measure": name, "value": 3.0, "unit": "家", "basis": "ledger", "qualifier": ""}
        for code, name in (("above_scale_industry", "value"), ("firms_over_100m", "near_threshold_count"))
    )
    assert set(_bounded(counted, Scope(zone, Period.parse("2022-11")))["qualifier"]) == {"lower_bound"}
    # what it has beyond the published figure is a fault still
    change(place, "enterprise_months.csv", "560000", "5600000")
    with pytest.raises(Refused):
        load_zone("demo", place)


def test_the_annex_says_nothing_of_warnings(place):
    from zonereport.metrics import measures_and_details
    from zonereport.present.annex import figures
    from zonereport.present.report import Report

    zone = load_zone("demo", place)
    report = Report(zone, *measures_and_details(zone, period="2022-11", park=""))
    assert "提示" not in figures(report).note
