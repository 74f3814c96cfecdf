"""What a source says in words stands in its chapter, as the source's, with its place; elsewhere it does not."""

import dataclasses

import pandas as pd
import pytest

from zonereport.present import annex, enterprises, goals, governance, indicators, innovation, places, projects
from zonereport.present.goals.statements import CONDITIONS
from zonereport.present.kit.statements import stated

# the exhibit of each chapter, and a name that only the source's own words give it (data/yizheng/statements.csv)
CHAPTERS = [
    (indicators.dispatch, "第一方阵"),
    (projects.progress, "华奕新能源"),
    (enterprises.firms, "上市培育计划企业库"),
    (innovation.reforms, "行政审批局和综合执法局"),
    (places.building, "微博物馆群、廉洁教育阵地揭牌"),
    (governance.measures, "六个百分之百"),
    (goals.aims, "国家级大数据产业园"),
]


def with_statements(report, *rows):
    """The report of a zone whose statements are ``rows``: period, section, sentence, kind, source, locator."""
    columns = ["period", "section", "sentence", "kind", "source", "locator"]
    frame = pd.DataFrame(rows, columns=columns, dtype="str").assign(subject="事项")
    zone = dataclasses.replace(report.zone, tables=report.zone.tables | {"statements": frame})
    return dataclasses.replace(report, zone=zone)


@pytest.mark.parametrize(("exhibit", "words"), CHAPTERS)
def test_each_chapter_says_what_the_source_says_of_it(exhibit, words, only_year, rich):
    shown = exhibit(only_year)
    assert words in shown.draw
    # every line is the source's, and names it
    ours = ("与目标有关", CONDITIONS)
    for line in [line for line in shown.draw.splitlines() if not line.startswith(ours)]:
        assert line.startswith("- **来源所述")
        assert "（仪征经济开发区2022年度工作公开总结" in line
    # a zone of figures only has nothing to say and is asked for nothing
    assert exhibit(rich).kind == "gap"
    assert exhibit(rich).gaps == ()


def test_what_happened_comes_before_what_is_meant_and_each_has_its_place(rich):
    report = with_statements(
        rich,
        ("2022-11", "governance", "明年再查一遍。", "plan", "s", ""),
        ("2022-11", "governance", "查了一遍。", "done", "s", "1"),
        ("2022-11", "governance", "又查了一遍。", "done", "s", "1"),
        ("2022-11", "goals", "别的一章。", "done", "s", "1"),
        ("2022-10", "governance", "上个月的话。", "done", "s", "1"),
    )
    assert stated(report, "governance").draw.splitlines() == [
        "- **来源所述进展**：查了一遍。又查了一遍。（测试月报表1）",
        "- **来源所述打算**：明年再查一遍。（测试月报）",
    ]


def test_the_report_of_a_park_does_not_repeat_what_is_said_of_the_zone(one_park):
    report = with_statements(one_park, ("2022-12", "governance", "查了一遍。", "done", "zone", ""))
    assert stated(report, "governance").kind == "gap"


def test_a_source_of_words_only_is_cited_too(rich):
    about = rich.zone.about
    other = about.sources[0].model_copy(update={"id": "t", "title": "测试总结"})
    zone = dataclasses.replace(rich.zone, about=about.model_copy(update={"sources": (*about.sources, other)}))
    silent = dataclasses.replace(rich, zone=zone)
    assert "测试总结" not in annex.sources(silent).draw
    report = with_statements(silent, ("2022-11", "goals", "有一句话。", "done", "t", ""))
    assert "《测试总结》" in annex.sources(report).draw
