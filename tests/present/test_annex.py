"""The annex: what is missing is asked for once, every published figure stands with its scope and its place."""

import pytest

from zonereport.present import Exhibit, Gap, annex, goals, indicators
from zonereport.present.annex.missing import asked_for
from zonereport.present.exhibit import EXHIBITS, exhibit
from zonereport.present.kit.naming import carrier_rows, work_rows


@pytest.fixture(scope="module")
def lacking(only_year):
    return annex.missing(only_year)


def test_what_one_office_can_send_is_one_row():
    gaps = [
        Gap("同比增速：甲、乙", "无上年数", "上年同期数", "税务"),
        Gap("任务清单", "未取得", "任务和时限", "督查"),
        Gap("同比增速：乙、丙", "无上年数", "上年同期数", "税务"),
        Gap("丁", "来源未公布", "本期的累计数", "税务"),
        Gap("预测", "年度已结束", "", "统计"),
        Gap("载体台账", "未取得", "载体名称"),
    ]
    assert asked_for(gaps).to_numpy().tolist() == [
        ["税务", "同比增速：甲、乙、丙", "无上年数", "上年同期数"],
        ["税务", "丁", "来源未公布", "本期的累计数"],
        ["督查", "任务清单", "未取得", "任务和时限"],
        ["开发区", "载体台账", "未取得", "载体名称"],
    ]


def test_a_measure_is_asked_for_in_one_row_and_targets_as_a_list():
    growth = [
        Gap(f"同比增速：{name}", "无上年数", "上年同期数", office) for name, office in (("甲", "税务"), ("乙", "统计"))
    ]
    assert asked_for(growth).to_numpy().tolist() == [["税务、统计", "同比增速：甲、乙", "无上年数", "上年同期数"]]
    one = Gap("目标完成率：甲", "未取得年度目标", "年度目标", "目标考核")
    whole = Gap("年度目标", "未取得", "各项指标的年度目标值", "目标考核")
    assert asked_for([one])["subject"].tolist() == ["目标完成率：甲"]
    assert asked_for([one, whole])["subject"].tolist() == ["年度目标"]


def test_a_long_row_counts_what_it_does_not_name():
    names = "、".join("一二三四五六七")
    assert asked_for([Gap(f"位次：{names}", "来源未公布", "位次", "统计")])["subject"][0] == "位次：一、二、三等7项"


def test_the_real_zone_asks_for_its_lists(lacking):
    rows = lacking.data.set_index("subject")
    assert rows.loc["年度目标；考核办法", "remedy"] == "各项指标的年度目标值；当年考核办法的指标、权重和计分规则"
    assert rows.loc["任务清单"].tolist() == ["督查", "未取得", "任务、责任单位和完成时限"]
    assert rows.loc["安全生产责任事故", "reason"] == "来源只公布下降，未公布数值"
    assert (rows["remedy"] != "").all()
    assert "任务清单（未取得）" in list(lacking.draw.data["缺什么（原因）"])
    # what one office is asked for stands together
    offices = lacking.data["office"]
    assert (offices != offices.shift()).sum() == offices.nunique()


def test_an_exhibit_that_fails_costs_the_annex_nothing(only_year, lacking, monkeypatch):
    def broken(report):
        return Exhibit(draw=1 / 0)

    # set first, so that what the decorator registers goes with the test
    monkeypatch.setitem(EXHIBITS, "goals.broken", broken)
    broken.__module__ = "zonereport.present.goals.broken"
    exhibit(broken)
    assert annex.missing(only_year).data.equals(lacking.data)


def test_a_chapter_whose_limits_fail_has_none(year, monkeypatch):
    def broken(report):
        raise ZeroDivisionError

    assert "- **国创与展望**：国家级目标的数值条件只作方向参考" in annex.limits(year).draw
    monkeypatch.setattr(goals, "limits", broken)
    assert "国创与展望" not in annex.limits(year).draw


def test_every_published_figure_stands_with_scope_and_place(only_year):
    shown = annex.figures(only_year)
    rows = shown.draw.data.set_index("指标")
    assert rows.loc["研发投入"].tolist() == ["预计3.8亿元", "预计数；企业范围未说明", "栏目D"]
    assert rows.loc["安全生产责任事故"].tolist() == ["—", "较2021年下降，未公布起数", "栏目E"]
    # 75 by 8
    assert rows.loc["新签约项目平均投资", "数值"] == "9.38亿元/个"
    assert rows.loc["新签约项目平均投资", "口径与说明"].startswith("推算：新签约落户项目总投资÷项目个数")
    published = only_year.zone.tables["indicators"]
    assert len(shown.data[shown.data["group"] != "推算数"]) == published["code"].nunique() == 40
    assert "录入数据已通过格式、单位、勾稽和前后一致性校验。" in shown.note


def test_what_a_chapter_prints_in_full_is_not_printed_again(only_year):
    annexed = set(annex.figures(only_year).draw.data["指标"])
    main = indicators.core(only_year).draw.data
    assert {"口径与说明", "出处"} <= set(main)
    assert not annexed & set(main["指标"])
    # the chapter on innovation does not say where the source prints it
    assert "研发投入" in annexed
    assert "另有14项公布数连同口径列在各章的指标表中，不再重列。" in annex.figures(only_year).note


def test_the_only_figure_of_a_zone_stands_in_its_chapter(lean):
    assert annex.figures(lean).data["text"].tolist() == ["0.5亿元"]
    assert annex.figures(lean).kind == "gap"
    assert indicators.core(lean).draw.data["数值"].tolist() == ["0.5亿元"]
    assert annex.named(lean).kind == "gap"


def test_what_the_chapters_name_is_not_listed_again(only_year, year):
    # the real zone's projects, carriers and works all stand in their chapters
    assert annex.named(only_year).kind == "gap"
    shown = annex.named(year)
    assert shown.caption == "来源点名的项目"
    assert len(shown.data) == len(year.table("projects"))
    assert shown.note.startswith("资料来源：重大项目与工程台账（模拟）。阶段和状态按来源的表述归类")


def test_what_is_named_stands_as_it_did_at_the_end_of_the_period(half):
    shown = annex.named(half)
    assert shown.caption == "来源点名的项目"
    rows = shown.data.set_index("name")
    # in production since October: in June it was topped out, and signed in December it was nowhere
    assert rows.loc["朔霖驱动电机项目", "state"] != "已投产"
    assert "珞启线控底盘项目" not in rows.index
    works = work_rows(half).set_index("name")
    # main line completed in December, in service since November 2021
    assert "云锦三路" not in works.index
    assert works.loc["云锦大道北延", ["state", "date"]].tolist() == ["已投用", "2021年11月"]
    carriers = carrier_rows(half).set_index("name")
    # topped out in November, in service since June
    assert "云锦产业社区三期" not in carriers.index
    assert carriers.loc["云锦产业社区二期", ["state", "date"]].tolist() == ["已投用", "2022年6月"]


def test_sources_are_cited_in_full(rich, only_year):
    assert annex.sources(rich).draw == ("- 测试开发区：《测试月报》（某省某市，所属期2022年，2022年12月5日发布）。")
    assert annex.sources(only_year).draw.endswith("；题名为描述性题名，原件印发题名未取得。")
