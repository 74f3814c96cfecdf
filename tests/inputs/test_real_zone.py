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
# what the source says in words, by the table that holds it; of numbers see the facts
NAMED = {
    "projects": "中圣重工 华奕新能源 郑煤机 中兴派能 依利安达 腾讯云 移动云机房 电信云1号机房",
    "carriers": "产业社区B组团二期 产业社区B组团三期 云谷众创空间 新能源产业园 临江重工产业园",
    "works": "国华路 科研三路南延 通扬路 国民路 盐都花苑A、B地块 十二圩路 十二圩历史文化街区 越江变 腾讯变 污水管网",
    "enterprises": "万润光电 中兴派能 道赢 金陵",
}
SAID = {
    "indicators": "每周分析 每月调度 指标推进会 形势分析会 开票 税收 固定资产投资 外资 第一方阵",
    "projects": "中圣重工 华奕新能源 2022年11月底投产 二期投产 三期厂房陆续交付 即将试生产 3万台 即将封顶 已开服",
    "enterprises": "万润光电 省级科技企业上市培育计划企业库",
    "places": "产业社区 产城融合区 云谷众创空间 新能源产业园 同步开工 临江重工产业园获批 安置房 十二圩历史文化街区启动"
    " 编制建设规划 分类调查 预征预储 微博物馆群 廉洁教育阵地 越江变 腾讯变 污水管网",
    "innovation": "一区三园改革 汽车园 大数据产业园 班子 机构和人员划转 行政审批局 综合执法局 道赢 金陵 省级研发平台"
    " 省级创新型领军企业 柴茂荣 曹柳悦 国家级人才",
    "governance": "安全生产责任制 三年行动实施意见 大检查大整治 消防 餐饮燃气 自建房 工贸企业隐患 大气监测监控"
    " 水污染专项 六个百分之百 督察整改 矛盾排查化解",
    "goals": "国创工作领导小组 数据并表 国家级经济技术开发区 国家级大数据产业园 产业发展 项目建设 科技创新 二次创业"
    " 高质量发展 贡献度",
}
# facts about a named thing: the table, the row's name, the columns of value and unit
THINGS = {
    "中圣重工": ("projects", "中圣重工公用重件码头", "capacity", "capacity_unit"),
    "腾讯云": ("projects", "腾讯云", "capacity", "capacity_unit"),
    "云谷众创空间": ("carriers", "云谷众创空间", "tenants", "unit"),
}
STATES = {
    "产业社区B组团一期": ("carriers", "in_service"),
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
                if fact["note"].startswith("handed over"):
                    row = zone.tables[table].set_index("name").loc[name]
                    assert fact["value"] in row["note"] or fact["qualifier"] in row["note"]
                    assert row["status_date"] == "2022-12"
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


def test_the_scope_of_a_fact_is_kept(zone, facts):
    notes = zone.tables["indicators"].set_index("code")["note"]
    for fact in facts:
        if fact["note"] == "全部工业":
            assert notes[code_of(zone, fact["indicator"])] == "全部工业"
    assert "2021年" in notes["safety_accidents"]


@pytest.mark.parametrize("table", NAMED)
def test_all_that_the_source_names_is_there(zone, table):
    names = "；".join(zone.tables[table]["name"])
    assert [name for name in NAMED[table].split() if name not in names] == []


@pytest.mark.parametrize("section", SAID)
def test_all_that_the_source_says_is_there(zone, section):
    rows = zone.tables["statements"]
    text = "".join(rows.loc[rows["section"] == section, "sentence"])
    assert [words for words in SAID[section].split() if words not in text] == []
    assert set(rows["section"]) == set(SAID)
    # the sentences are ours: each is whole
    assert rows["sentence"].str.endswith("。").all()


def test_the_berth_has_a_class_and_no_throughput(zone):
    wharf = zone.tables["projects"].set_index("project").loc["zhongsheng-wharf"]
    assert wharf[["capacity_item", "capacity", "capacity_unit"]].tolist() == ["泊位等级", 10000, "吨"]


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
