"""The chapter on innovation: denominators are named, patents are never added, small counts carry an interval."""

import dataclasses
import re

import pytest

from zonereport.present import charts, tables
from zonereport.present.charts.bar import in_order
from zonereport.present.words import innovation
from zonereport.present.words import innovation_firms as firms

REPORTS = ["year", "half", "one_park", "only_year"]


@pytest.mark.parametrize("which", REPORTS)
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    report = request.getfixturevalue(which)
    made = [
        charts.beside(innovation.intensities(report), title=innovation.intensity(report).finding, unit="%"),
        charts.columns(innovation.years(report, innovation.PATENTS), title=innovation.patents(report).finding),
        charts.columns(innovation.years(report, innovation.EFFORTS), title=innovation.efforts(report).finding),
        charts.beside(firms.banks(report), title=firms.pledges(report).finding, unit="万元"),
    ]
    for ax in (ax for ax in made if ax is not None):
        ax.figure.draw_without_rendering()
        names = [side.title for side in ax.figure.axes]
        artists = [*(text for side in ax.figure.axes for text in side.texts), *names, ax.figure._suptitle]
        boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
        page = ax.figure.bbox
        assert all(box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1 for box in boxes)
        for n, box in enumerate(boxes):
            assert not any(box.shrunk(0.96, 0.8).overlaps(other.shrunk(0.96, 0.8)) for other in boxes[n + 1 :])


def test_each_intensity_names_its_denominator_and_is_the_measure(year):
    rows = innovation.intensities(year)
    assert rows["text"].tolist() == ["预计2.37%（上年2.29%）", "预计2.78%（上年2.73%）"]
    assert year.text("rd_per_sales", "annual") == "预计2.37%"
    finding = innovation.intensity(year).finding
    assert finding == "研发投入占工业开票销售2.37%、规模以上工业产值2.78%（预计）"
    assert "工业开票销售的2.37%、规模以上工业产值的2.78%" in innovation.verdict(year)
    ax = charts.beside(rows, title="t", unit="%")
    assert [bar.get_hatch() for bar in in_order(ax)] == ["///", "///"]


def test_a_month_repeats_the_intensity_of_the_latest_year_and_says_which(half):
    assert innovation.intensity(half).finding.startswith("2021年研发投入占工业开票销售2.29%")
    assert "2021年（最近整年）研发投入相当于" in innovation.verdict(half)
    assert "资料来源：税务月报" in innovation.intensity(half).note
    assert tables.research(half).data.columns[0] == "企业"
    assert firms.research_table(half).caption.startswith("2021年")


def test_the_change_of_the_ratio_taken_apart(year):
    assert "比上年提高0.08个百分点，按算术分解，研发投入变动拉高0.23个百分点、开票销售变动拉低0.15个百分点" in (
        innovation.spend(year)
    )


def test_patents_stand_side_by_side_and_are_not_added(year):
    rows = innovation.years(year, innovation.PATENTS)
    assert rows.groupby("panel", sort=False)["text"].last().tolist() == ["482", "34", "26"]
    assert "三者不相加" in innovation.patents(year).note
    ax = charts.columns(rows, title="t")
    assert len(ax.figure.axes) == 3


def test_a_small_count_carries_its_interval_and_a_difference_does_not(year, one_park):
    table = tables.density(one_park).data.set_index("指标")
    assert re.fullmatch(r"[\d.]+件（[\d.]+—[\d.]+）", table.at["发明专利授权", "每亿元产值"])
    assert "（" not in table.at["有效发明专利净增", "每亿元产值"]
    assert "泊松区间" in innovation.density(one_park).note
    whole = tables.density(year).data
    assert not whole.apply(lambda column: column.str.contains("（")).any().any()
    assert "泊松区间" not in innovation.density(year).note


def test_a_net_increase_alone_has_no_density(only_year):
    assert tables.density(only_year) is None
    assert "不是当年授权量" in innovation.property_rights(only_year)


def test_the_table_compares_where_it_can_and_else_says_the_scope(year, only_year):
    assert list(tables.innovation(year, year.codes("S8")).data) == [
        "指标",
        "本期",
        "上年同期",
        "比上年增减",
        "完成目标",
    ]
    assert list(tables.innovation(only_year, only_year.codes("S8")).data) == ["指标", "本期", "口径与说明"]


def test_one_year_makes_no_columns(only_year):
    assert charts.columns(innovation.years(only_year, innovation.PATENTS), title="t") is None
    assert "只有一期数据" in innovation.patents(only_year).missing


def test_talents_are_a_part_of_a_whole_and_nothing_is_added(year):
    assert "引进高层次人才21人，比上年同期增加4人，完成全年目标105.0%，其中海外12人，占57.1%" in innovation.verdict(
        year
    )
    assert "不相加" in innovation.talents(year).note


def test_banks_and_the_firms_behind_the_loans(year):
    said = firms.pledges(year)
    assert said.finding == "12家企业取得质押融资13笔，最大一家银行占52.8%"
    assert "余9户从略" in said.note
    assert firms.banks(year)["text"].iloc[0] == "4830万元，7笔（上年1530万元）"


def test_the_first_of_a_table_is_the_first_of_the_verdict(year):
    row = tables.research(year).data.iloc[0]
    assert f"研发投入最大一户{row['企业']}（{row['园区']}）占台账企业的{row['占比']}" in innovation.verdict(year)


def test_parks_side_by_side(year, one_park):
    assert len(tables.innovation_parks(year).data) == 3
    assert "云锦智造园研发强度3.56%居各园区首位" in firms.parks_note(year)
    assert tables.innovation_parks(one_park) is None
    assert firms.parks_table(one_park).missing is None


def test_next_steps_come_from_the_data(year, only_year):
    heads = re.findall(r"\*\*(.+?)\*\*", firms.next_steps(year))
    assert heads == ["研发归集", "专利布局", "平台申报", "融资拓展", "称号续认"]
    assert "菘弦合金、朔穗汽车部件在专利台账没有有效发明专利" in firms.next_steps(year)
    assert re.findall(r"\*\*(.+?)\*\*", firms.next_steps(only_year)) == ["补齐数据"]


def test_peers_are_named_only_where_there_is_a_rank(year, only_year):
    assert innovation.peers(year) == "同类开发区数据中没有创新指标，本章不作横向比较。"
    assert innovation.peers(only_year) == "未取得同类开发区数据，本章不作横向比较。"
    rows = year.measures
    mine = (rows["code"] == "patents_granted") & (rows["measure"] == "rank")
    ranked = rows.assign(value=rows["value"].mask(mine, 2.0), reason=rows["reason"].mask(mine, ""))
    made = innovation.peers(dataclasses.replace(year, measures=ranked))
    assert made == "发明专利授权居同类开发区第2位。"
