"""The real zone's folder holds exactly the figures of its source."""

import csv

import pandas as pd
import pytest

from zonereport.inputs import load_zone

SEED = "../shared/reference/seed_facts.csv"
QUALIFIERS = {
    "": {"", "including", "subset"},
    "预计": {"estimate"},
    "累计": {"cumulative"},
    "以上": {"lower_bound"},
    "余": {"lower_bound"},
    "多": {"lower_bound"},
    "同比下降": {"decreased"},
}
# what the source prints in another wording than the dictionary and its aliases
WORDINGS = {
    "新签约落户项目数": "projects_signed",
    "列省重大项目数": "projects_provincial_list",
    "列市(扬州)重大项目数": "projects_city_list",
    "完成技改项目数": "technical_upgrades_completed",
}
# facts about a named thing: the table, the row's name, the columns of value and unit
THINGS = {
    "中圣重工": ("projects", "中圣重工公用重件码头", "capacity", "capacity_unit"),
    "腾讯云": ("projects", "腾讯云", "capacity", "capacity_unit"),
    "云谷众创空间": ("carriers", "云谷众创空间", "tenants", "unit"),
}
STATES = {
    "产业社区B组团一期": ("carriers", "topped_out"),
    "新能源产业园三期": ("carriers", "in_service"),
    "临江重工产业园": ("carriers", "approved"),
    "国华路": ("works", "in_service"),
    "科研三路南延": ("works", "in_service"),
    "通扬路": ("works", "in_service"),
    "国民路": ("works", "main_line_completed"),
}


@pytest.fixture(scope="module")
def zone(root):
    return load_zone("yizheng", root)


@pytest.fixture(scope="module")
def facts(root):
    path = root / SEED
    if not path.is_file():
        pytest.skip("the source's figures are not beside this checkout")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def code_of(zone, name: str) -> str:
    for code, row in zone.dictionary.indicators.iterrows():
        if name == row["name_zh"] or name in row["aliases"].split("|"):
            return code
    return WORDINGS[name]


def test_all_48_facts_are_there(zone, facts):
    assert len(facts) == 48
    indicators = zone.tables["indicators"].set_index("code")
    seen = set()
    for fact in facts:
        if fact["subject"] in THINGS:
            table, name, value, unit = THINGS[fact["subject"]]
            named = zone.tables[table].set_index("name").loc[name]
            row = named[["locator", "qualifier"]].to_dict() | {"value": named[value], "unit": named[unit]}
        elif fact["indicator"] == "状态":
            names = [name for name in STATES if name in fact["subject"]]
            assert names
            for name in names:
                table, status = STATES[name]
                assert zone.tables[table].set_index("name").at[name, "status"] == status
            continue
        else:
            code = code_of(zone, fact["indicator"])
            seen.add(code)
            row = indicators.loc[code]
        assert row["locator"] == fact["section"]
        assert row["unit"] == fact["unit"]
        assert row["qualifier"] in QUALIFIERS[fact["qualifier"]]
        if fact["value"]:
            assert row["value"] == float(fact["value"])
        else:
            assert pd.isna(row["value"])
    assert seen == set(indicators.index), "nothing but what the source gives"


def test_nothing_is_added_to_a_real_zone(zone):
    rows = zone.tables["indicators"]
    assert rows[["growth_pct", "rank", "rank_of"]].isna().all(axis=None)
    assert set(rows["period"]) == {"2022"}
    assert set(rows["park"]) == {""}
    assert zone.about.parks == ()


def test_every_ledger_row_agrees_with_the_published_count(zone):
    published = zone.tables["indicators"].set_index("code")["value"]
    for name in ("recognitions", "platforms"):
        for code, count in zone.tables[name]["code"].value_counts().items():
            assert count == published[code]
    assert zone.tables["talents"].set_index("code").at["talents_national", "value"] == published["talents_national"]


def test_every_code_of_the_tables_is_in_the_dictionary(zone):
    used = set(zone.tables["indicators"]["code"]) | set(zone.dictionary.derived.index)
    assert used <= set(zone.dictionary.indicators.index)
