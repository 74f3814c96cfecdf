"""The brief: one sentence, one table, three and three, and what is to be done by whom."""

from importlib import import_module

from zonereport.present import brief
from zonereport.present.charts.contrast import LEAST, contrast
from zonereport.present.theme import YELLOW

# the exhibit has the name of its module
core = import_module("zonereport.present.brief.core")


def test_the_judgement_of_a_year_counts_what_the_chapters_list(year):
    text = brief.judgement(year).claim
    # demo 2022-12: eight core indicators with a direction, of which the taxes grow by the refunds inside them
    assert "7项主要指标全部增长（3.8%至9.2%）" in text
    assert "工商税收同比增长11.5%，扣除留抵退税后同比下降21.4%" in text
    assert "可计算完成率的17项目标完成11项（实际利用外资为年中调整后的目标），6项没有完成" in text
    assert "全市位次3项前移、4项后移" in text
    assert "最需要关注的是一般公共预算收入" in text


def test_the_judgement_of_a_zone_without_comparisons_says_how_large_things_are(only_year):
    text = brief.judgement(only_year).claim
    assert text.startswith("2022年，工业开票销售165亿元，规模以上工业产值135亿元")
    assert text.count("。") == 1


def test_the_core_table_has_one_light_a_row_and_no_empty_column(year, only_year):
    frame = brief.core(year).data
    assert frame.set_index("name").at["一般公共预算收入", "light"] == "■"
    assert list(brief.core(only_year).data) == ["name", "text"]


def test_strengths_and_worries_are_three_each_with_number_and_cause(year):
    good, bad = brief.strengths(year).claim, brief.worries(year).claim
    assert good.count("\n") == bad.count("\n") == 2
    assert "实际利用外资**：2360万美元，同比增长8.3%" in good
    # data/demo: of the parks Xinglan's budget revenue fell from 0.67 to 0.64, -4.5 %
    assert "星澜新材料园下降约4.5%" in bad
    assert "19个未投产项目中9个亮红灯" in bad


def test_what_is_behind_its_schedule_does_not_go_well(half):
    late = half.detail("progress").query("behind")["code"]
    for code in late:
        assert f"**{half.label(code)}**" not in brief.strengths(half).claim


def test_next_steps_name_who_and_until_when(year, only_year):
    steps = brief.next_steps(year)
    assert (steps.data["owner"] != "").all()
    assert list(steps.data["state"])[:2] == ["已逾期", "已逾期"]
    assert brief.next_steps(only_year).kind == "gap"


def test_a_count_is_compared_by_its_difference_as_its_chapter_compares_it(year):
    # data/demo: 14 enterprises in 2022, 12 in 2021
    assert "新增规模以上工业企业**：14家，比上年同期增加2家，完成全年目标107.7%" in brief.strengths(year).claim


def test_a_yellow_light_is_yellow_and_its_shape_can_be_read(year):
    """As text a yellow that can be read is brown: the colour is the ground of the cell."""
    table = brief.core(year).draw.to_html()
    assert f"background-color: {YELLOW}" in table
    for ground in core.GROUNDS.values():
        assert contrast(ground, core.ink_on(ground)) >= LEAST
