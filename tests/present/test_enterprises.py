"""The chapter on enterprises: sentences, tables and charts print one figure, lists name and count."""

import dataclasses
import re
from pathlib import Path

import pytest

from zonereport.present import charts, tables
from zonereport.present.charts.bar import in_order
from zonereport.present.kit.firms import MOST, money, no_ledger, park
from zonereport.present.words import enterprises
from zonereport.present.words.enterprises import standing, titles

REPORTS = ["year", "half", "one_park", "only_year"]


def drawn(report):
    """Every chart of the chapter that there is."""
    made = [
        charts.beside(enterprises.rungs(report), title=enterprises.ladder(report).finding, unit="家"),
        charts.overlay(enterprises.cohorts(report), title=enterprises.conversion(report).finding, unit="家"),
        charts.twin(enterprises.sizes(report), title=enterprises.size_distribution(report).finding, units=("家", "%")),
        charts.diverging(enterprises.flows(report), title=enterprises.growth_sources(report).finding, unit="百分点"),
        charts.spans(
            enterprises.clocks(report).head(enterprises.BARS),
            **{"title": enterprises.two_clocks(report).finding, "unit": "月份", "names": enterprises.CLOCKS},
        ),
    ]
    return [ax for ax in made if ax is not None]


@pytest.mark.parametrize("which", REPORTS)
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    for ax in drawn(request.getfixturevalue(which)):
        ax.figure.draw_without_rendering()
        sides = ax.figure.axes
        labels = [label for label in ax.get_yticklabels() if label.get_visible()]
        artists = [*(text for side in sides for text in side.texts), *labels, ax.figure._suptitle]
        boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
        page = ax.figure.bbox
        title = ax.figure._suptitle.get_text()
        assert all(box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1 for box in boxes), title
        for n, box in enumerate(boxes):
            assert not any(box.shrunk(0.96, 0.8).overlaps(other.shrunk(0.96, 0.8)) for other in boxes[n + 1 :]), title


def test_the_rungs_show_last_year_and_the_target_beside_this_year(year):
    rows = enterprises.rungs(year).set_index("code")
    assert rows.at["tech_smes_evaluated", "text"] == "53家（上年45家，完成目标106.0%）"
    assert rows.at["firms_over_100m_new", "text"] == "4家（上年3家）"
    assert enterprises.ladder(year).finding == "9项培育指标与上年同期相比，7项增加、1项持平、1项减少"
    ax = charts.beside(rows.reset_index(), title="t", unit="家")
    colours = [bar.get_facecolor() for bar in in_order(ax)]
    assert len(set(colours[:5])) == len(set(colours[5:])) == 1
    assert colours[0] != colours[5]


def test_without_last_year_the_source_speaks_beside_the_rungs(only_year):
    rows = enterprises.rungs(only_year).set_index("code")
    assert rows.at["hightech_recognised", "text"] == "5家（是否含重新认定未说明）"
    assert enterprises.ladder(only_year).finding == "创新梯队5级依次为46、8、5、1、1家，各级不是同一批企业"
    assert "不以上一级除以下一级作为转化率" in enterprises.conversion(only_year).missing


def test_conversion_is_of_cohorts_and_small_ones_have_no_share(year):
    rows = enterprises.cohorts(year)
    assert rows["text"].tolist()[0] == "66家中3家，4.5%（1.3—11.6%）"
    assert (rows["part"] <= rows["whole"]).all()
    assert "高新技术企业→小巨人企业9家中0家" in enterprises.conversion(year).note


def test_the_growth_taken_apart_is_that_of_the_measures(year):
    finding = enterprises.growth_sources(year).finding
    assert finding == "存续企业拉动6.08、新进入企业拉动0.69、退出企业下拉0.17个百分点"
    rows = enterprises.flows(year)
    assert rows["text"].tolist()[-1] == "4家，-0.17个百分点"
    ax = charts.diverging(rows, title="t", unit="百分点")
    assert [bar.get_hatch() for bar in in_order(ax)] == [None, None, "///", "///"]


def test_the_largest_is_the_same_in_sentence_and_table(year):
    row = tables.largest(year).data.iloc[0]
    sentence = enterprises.verdict(year)
    assert f"{row['企业']}（{row['园区']}）占{row['占比']}" in sentence
    last = tables.concentration(year).data.iloc[-1]
    assert last["最大一户"] == row["占比"]
    assert f"不含该户开票销售增长{last['不含最大一户']}（全部台账企业为{last['增速']}）" in sentence
    assert f"赫芬达尔指数为{last['赫芬达尔指数']}" in enterprises.dependence(year)


def test_near_a_threshold_rising_and_falling_back_are_two_things(year):
    table, steps = tables.near_threshold(year).data, enterprises.next_steps(year)
    assert table["标准"].value_counts().to_dict() == {"规模以上工业": 8, "亿元企业": 3, "20亿元企业": 1}
    assert len(table) <= MOST
    first = table.iloc[0]
    assert f"{first['企业']}还差{first['差额']}" in steps
    for name in table.loc[table["同比"].str.startswith("-"), "企业"]:
        assert name not in steps
        assert name in enterprises.near_note(year)


def test_what_a_list_leaves_out_is_counted(half):
    named, every = tables.near_threshold(half).data, half.detail("enterprise_near_threshold")
    assert len(named) == MOST
    assert f"余{len(every) - MOST}户从略。" in enterprises.near_table(half).note
    left = len(half.detail("enterprise_fallers")) - standing.AT_RISK
    assert f"余{left}户从略。" in enterprises.fallers_table(half).note


def test_on_pace_is_a_projection_of_the_middle_of_the_year_only(year, half):
    assert tables.on_pace(year) is None
    assert enterprises.on_pace_table(year).missing is None
    table = tables.on_pace(half).data
    assert {"推算全年", "推算区间"} < set(table)
    assert "是推算不是预测" in enterprises.on_pace_table(half).note


def test_two_clocks(year):
    rows, every = enterprises.clocks(year), year.detail("enterprise_clocks")
    assert rows["open"].sum() == every["waiting"].sum() == year.value("above_scale_industry", "waiting_count")
    assert rows.loc[rows["open"], "text"].iloc[0] == "25个月以上，未入库"
    assert (rows["end"] >= rows["start"]).all()
    finding = enterprises.two_clocks(year).finding
    assert finding == "4家工业企业达标未入库，最长已25个月以上；达标到入库中位间隔4个月"


def test_titles_by_park_and_industry_add_up_to_those_in_force(year):
    rows = titles.honoured(year)
    parks = rows[rows["block"] == "park"]
    assert parks["hightech_recognised"].sum() == year.value("hightech_recognised", "in_force")
    table = tables.titles(year)
    assert table.data.iloc[0]["高新技术企业"] == "15"
    assert table.data.iloc[0]["高企培育库"] == "22以上"
    assert "background-color" in table.to_html()
    assert enterprises.titles_note(year).startswith("有效高新技术企业15家，园区中星澜新材料园9家最多")


def test_what_is_evaluated_each_year_is_counted_not_listed(year):
    table = tables.renewals(year).data
    assert len(table) == 7
    assert "科技型中小企业" not in set(table["称号"])
    assert "科技型中小企业53家逐年评价" in enterprises.renewals_note(year)
    assert table["有效期至"].iloc[0] == "2023年8月"


def test_next_steps_name_firms_and_open_tasks(year):
    steps = enterprises.next_steps(year)
    heads = re.findall(r"\*\*(.+?)\*\*", steps)
    assert heads == ["入库申报", "规模以上工业培育", "20亿元企业培育", "稳规防退", "称号续认", "任务落实"]
    assert "已达标未入库企业逐户核实（经济发展局（虚构），2023年2月28日前）" in steps
    # that one is done
    assert "规模以上工业企业入库申报" not in steps


def test_without_a_ledger_each_section_says_why_once(only_year):
    reasons = [
        *(enterprises.size_distribution(only_year), enterprises.growth_sources(only_year)),
        *(enterprises.concentration(only_year), enterprises.top(only_year), enterprises.near_table(only_year)),
        *(
            enterprises.on_pace_table(only_year),
            enterprises.fallers_table(only_year),
            enterprises.two_clocks(only_year),
        ),
    ]
    said = [caption.missing for caption in reasons if caption.missing]
    assert len(said) == len(set(said)) == 2
    assert all(text.startswith("未取得企业月度台账") for text in said)
    assert "补齐数据" in enterprises.next_steps(only_year)


def test_the_firms_that_a_source_names(only_year):
    table = tables.honours(only_year, enterprises.few_honoured(only_year)).data
    assert set(table["企业"]) == {"万润光电"}
    assert "**重点企业**：万润光电同时列入" in enterprises.verdict(only_year)


def test_a_park_has_its_own_firms_and_does_not_name_itself(one_park):
    assert "园区" not in tables.near_threshold(one_park).data
    assert park(one_park, "chuanhe") == "川禾数据园"
    assert "川禾数据园" not in enterprises.verdict(one_park)


def test_amounts(year):
    assert [money(year, amount) for amount in (1886.0, 9999.0, 10000.0, 385627.0, float("nan"))] == [
        *("1886万元", "9999万元", "1亿元", "38.56亿元", "—")
    ]


def test_a_ledger_in_parquet_files_is_a_ledger(half):
    zone = dataclasses.replace(half.zone, tables=without(half, "enterprise_months"))
    bare = dataclasses.replace(half, zone=zone)
    assert "未取得企业月度台账" in no_ledger(bare, "规模分布")
    files = (*zone.files, Path("enterprise_months/period=2022-06/0.parquet"))
    held = dataclasses.replace(bare, zone=dataclasses.replace(zone, files=files))
    assert "没有2022年1—6月可用于比较的数据" in no_ledger(held, "规模分布")


def without(report, name):
    return {table: frame for table, frame in report.zone.tables.items() if table != name}
