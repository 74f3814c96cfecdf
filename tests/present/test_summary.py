"""The public summary: every fact of the source, no figure of anybody else, no empty section, the year or its months."""

import csv
import dataclasses
import re

import pytest

from zonereport.present import summary
from zonereport.present.kit.numbers import number
from zonereport.present.summary import clauses

SECTIONS = ("indicators", "projects", "enterprises", "innovation", "places", "governance", "outlook")
SEED = "../shared/reference/seed_facts.csv"
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def text_of(report) -> str:
    """The whole summary as it is printed."""
    shown = [summary.opening(report), *(getattr(summary, name)(report) for name in SECTIONS), summary.sources(report)]
    return "\n".join(each.draw for each in shown if each.draw)


def numbers_of_data(report, names) -> set[float]:
    """Every number of the measures and of the tables and frames that were read: figures, names, notes and sentences."""
    found: set[float] = set()
    frames = [report.measures]
    for name in sorted(names):
        frames.append(report.details[name] if name in report.details else report.zone.tables.get(name))
    for frame in filter(lambda frame: frame is not None, frames):
        for column in frame:
            if frame[column].dtype.kind in "fiu":
                values = frame[column].dropna().astype(float).abs().unique()
                found |= {float(number(value, digits)) for value in values for digits in range(3)}
            else:
                texts = "\n".join(frame[column].dropna().astype(str).unique())
                found |= {float(text) for text in NUMBER.findall(texts)}
    # the dictionary names classes of enterprises by a size: 20亿元企业
    found |= {float(text) for name in report.zone.dictionary.indicators["name_zh"] for text in NUMBER.findall(name)}
    return found


@pytest.mark.parametrize("fixture", ["only_year", "year", "half", "rich", "lean", "one_park"])
def test_every_number_of_the_summary_is_a_figure_of_the_data(fixture, request):
    names: set[str] = set()
    report = dataclasses.replace(request.getfixturevalue(fixture), read=names.add)
    text = text_of(report)
    known = numbers_of_data(report, names)
    # counts that a sentence makes of frames: how many rows grew, are behind, are at a stage
    counted = {float(count) for count in range(len(report.indicators()) + 1)}
    period = {float(report.period.year), float(report.period.last)}
    strange = []
    for line in text.splitlines():
        for found in NUMBER.finditer(line):
            # areas are printed in 万平方米
            value = float(found[0])
            if line[found.end() :].startswith("万平方米"):
                value = round(value * 10_000)
            if value not in known | counted | period:
                strange.append((found[0], line))
    assert strange == []


def test_every_fact_of_the_source_stands_in_the_summary(root, only_year):
    path = root / SEED
    if not path.is_file():
        pytest.skip("the source's figures are not beside this checkout")
    text = text_of(only_year)
    # 10000吨, 3万台: a number of ten thousands may be printed either way
    numbers = {float(number) for number in NUMBER.findall(text)}
    numbers |= {float(number) * 10_000 for number in re.findall(r"(\d+(?:\.\d+)?)万", text)}
    with path.open(encoding="utf-8", newline="") as stream:
        facts = list(csv.DictReader(stream))
    assert len(facts) == 48
    missing = []
    for fact in facts:
        if fact["value"] and float(fact["value"]) not in numbers:
            missing.append(fact["indicator"])
    assert missing == []
    states = (
        "产业社区B组团一期全面封顶 交付使用 新能源产业园三期交付使用 临江重工产业园获批 通扬路竣工通车 国民路主线完成"
    )
    for words in states.split():
        assert words in text
    assert "安全生产责任事故数量同比下降" in text


def test_every_statement_and_every_name_of_the_source_stands_in_the_summary(only_year):
    text = text_of(only_year)
    for sentence in only_year.table("statements")["sentence"]:
        assert sentence in text
    for table in ("projects", "carriers", "works"):
        for name in only_year.table(table)["name"]:
            # 盐都花苑A、B地块及十二圩路等安置房 names two works at once
            assert clauses.is_said(name, text) or name.removesuffix("安置房") in text, name


def test_the_real_zone_and_the_synthetic_one_have_a_summary_of_the_length_of_its_kind(only_year, year):
    for report in (only_year, year):
        assert 1500 <= len(re.sub(r"\s", "", text_of(report))) <= 2500


def test_a_figure_is_said_in_the_common_grammar(year):
    text = summary.indicators(year).draw
    # data/demo/indicators.csv and targets.csv, 2022-12: 174.2 of 178, first of ten
    assert "工业开票销售174.2亿元（全部工业），同比增长6.6%，完成年度目标的97.9%，位居同类开发区第1位" in text
    # published as a growth alone
    assert "全社会固定资产投资同比增长8.0%，与年度目标持平" in text
    # growth target of 9.0 %
    assert "规模以上工业产值148.44亿元，同比增长6.2%，低于年度目标2.8个百分点，位居同类开发区并列第7位" in text
    assert "17项指标中，完成11项，6项未完成" in text


def test_a_month_is_summed_up_as_a_month(half, year):
    assert summary.head(half).fields["title"] == "云川经济开发区2022年1—6月工作总结"
    assert summary.indicators(half).draw.startswith("1—6月实现工业开票销售78.89亿元")
    assert "全年" not in summary.indicators(half).draw
    assert summary.head(year).fields["title"] == "云川经济开发区2022年度工作总结"


def test_a_zone_of_few_figures_has_a_shorter_summary_without_empty_sections(lean):
    kinds = {name: getattr(summary, name)(lean).kind for name in SECTIONS}
    assert kinds == {name: "prose" if name == "indicators" else "gap" for name in SECTIONS}
    assert summary.indicators(lean).draw == "财税方面，一般公共预算收入0.5亿元。"


def test_what_a_note_doubts_is_left_to_the_report_and_its_scope_is_said(only_year):
    text = text_of(only_year)
    assert "（单项固定资产投资500万元及以上）" in text
    assert not re.search("未说明|未公布|未载|是否", text)


def test_the_part_stands_behind_what_is_said_of_the_whole(year):
    text = summary.innovation(year).draw
    assert "引进高层次人才21人，比上年同期增加4人，完成年度目标的105.0%；其中海外高层次人才12人，占57.1%" in text


def test_nothing_reached_and_nothing_aimed_at_is_no_line_of_a_summary(half):
    # data/demo: in June 2022 no firm had passed two billion, and nobody had set a target for it
    assert "20亿元企业" not in summary.enterprises(half).draw
    assert "新增规模以上服务业企业0家" in summary.enterprises(half).draw


def test_the_summary_of_a_park_says_nothing_that_the_source_says_of_the_zone(only_year, one_park):
    assert "一窗受理" not in text_of(one_park)
    assert "一区三园" in text_of(only_year)


def test_projects_that_a_statement_names_are_not_named_twice(only_year):
    text = summary.projects(only_year).draw
    assert text.count("郑煤机") == 1
    assert "中圣重工公用重件码头（泊位等级10000吨）正在办理许可，计划2023年6月开工。" in text


def test_without_statements_the_list_says_what_it_has(only_year):
    tables = {name: frame for name, frame in only_year.zone.tables.items() if name != "statements"}
    silent = dataclasses.replace(only_year, zone=dataclasses.replace(only_year.zone, tables=tables))
    text = summary.projects(silent).draw
    assert "郑煤机投产，11月底投产" in text or "郑煤机投产" in text
    assert "腾讯云（上架服务器30000台）" in text
