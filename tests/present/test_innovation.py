"""The chapter on innovation: denominators are named, patents are never added, small counts carry an interval."""

import dataclasses
import re

import pandas as pd
import pytest

from zonereport.metrics import details, measure
from zonereport.metrics.schemas import empty
from zonereport.present import Report, innovation
from zonereport.present.charts.bar import in_order

REPORTS = ["year", "half", "one_park", "only_year"]
CHARTS = (innovation.intensity, innovation.patents, innovation.efforts, innovation.pledges)


def replaced(report, name, **columns):
    """The report with columns of a detail replaced."""
    return dataclasses.replace(report, details={**report.details, name: report.detail(name).assign(**columns)})


def without_details(report, *names):
    """The report with some details without rows."""
    return dataclasses.replace(report, details={**report.details, **{name: empty(name) for name in names}})


def without_tables(zone, *names):
    """The report of the whole year of a zone without some tables."""
    kept = {name: frame for name, frame in zone.tables.items() if name not in names}
    cut = dataclasses.replace(zone, tables=kept)
    measures = measure(cut, period="2022-12")
    return Report(cut, measures, details(cut, measures))


def cells(exhibit):
    return exhibit.draw.data.set_index(exhibit.draw.data.columns[0])


@pytest.mark.parametrize("which", REPORTS)
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    report = request.getfixturevalue(which)
    shown = [exhibit(report) for exhibit in CHARTS]
    for ax in [exhibit.draw() for exhibit in shown if exhibit.kind == "figure"]:
        ax.figure.draw_without_rendering()
        names = [side.title for side in ax.figure.axes]
        artists = [*(text for side in ax.figure.axes for text in side.texts), *names, ax.figure._suptitle]
        boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
        page = ax.figure.bbox
        assert all(box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1 for box in boxes)
        for n, box in enumerate(boxes):
            assert not any(box.shrunk(0.96, 0.8).overlaps(other.shrunk(0.96, 0.8)) for other in boxes[n + 1 :])


def test_each_intensity_names_its_denominator_and_is_the_measure(year):
    shown = innovation.intensity(year)
    # 4.13 / 174.2 and 4.13 / 148.4 亿元 of 2022, 3.74 / 163.4 and 3.74 / 137.1 of 2021
    assert shown.data["text"].tolist() == ["预计2.37%（上年2.29%）", "预计2.78%（上年2.73%）"]
    assert year.text("rd_per_sales", "annual") == "预计2.37%"
    assert shown.claim == "研发投入占工业开票销售2.37%、规模以上工业产值2.78%（预计）"
    assert "不能与国家、省、市公布的研发投入强度直接比较" in shown.note
    assert "工业开票销售的2.37%、规模以上工业产值的2.78%" in innovation.verdict(year).draw
    assert [bar.get_hatch() for bar in in_order(shown.draw())] == ["///", "///"]


def test_an_estimate_stays_an_estimate(only_year):
    assert "研发投入预计3.8亿元" in innovation.verdict(only_year).draw
    assert innovation.limits(only_year) == ["研发投入为预计数的，次年核定后修订。"]


def test_a_month_repeats_the_intensity_of_the_latest_year_and_says_which(half):
    shown = innovation.intensity(half)
    assert shown.claim.startswith("2021年研发投入占工业开票销售2.29%")
    assert "2021年（最近整年）研发投入相当于" in innovation.verdict(half).draw
    assert "资料来源：税务月报" in shown.note
    firms = innovation.research_firms(half)
    assert firms.caption == "2021年研发投入前6户"
    assert firms.claim.startswith("2021年研发投入最大一户")
    assert "研发投入是年度指标，月度报告沿用最近整年的强度。" in innovation.limits(half)


def test_without_a_denominator_there_is_no_intensity(lean):
    shown = innovation.intensity(lean)
    assert shown.kind == "gap"
    assert shown.gaps[0].subject == "研发投入强度"
    assert shown.gaps[0].office == "统计、科技"


def test_the_change_of_the_ratio_taken_apart(year):
    text = innovation.spend(year).draw
    assert "比上年提高0.08个百分点，按算术分解，研发投入变动拉高0.23个百分点、开票销售变动拉低0.15个百分点" in text
    assert "企业台账中有研发活动的企业126家，占30.7%，比上年新增1家、停止0家。" in text
    assert "占其开票销售的3.20%，企业中位数为2.93%。" in text


def test_patents_stand_side_by_side_and_are_not_added(year):
    shown = innovation.patents(year)
    assert shown.data.groupby("panel", sort=False)["text"].last().tolist() == ["482", "34", "26"]
    assert shown.claim == "有效发明专利比上年同期增加26件；发明专利授权比上年同期增加7件"
    assert "三者不相加" in shown.note
    assert len(shown.draw().figure.axes) == 3


def test_a_year_without_anything_is_no_column(zone, report_of):
    # in January and February nobody has come yet: columns of zeros are left out, the loans stay
    shown = innovation.efforts(report_of(zone, "2022-02"))
    assert shown.data["code"].unique().tolist() == ["ip_pledge_finance"]
    assert shown.claim == "知识产权质押融资比上年同期减少610万元"


def test_where_nothing_can_be_compared_the_latest_figures_are_the_claim(year):
    rows = year.measures
    changes = rows["code"].isin(["patents_in_force", "patents_granted"]) & (rows["measure"] == "change_on_year")
    known = rows.assign(value=rows["value"].mask(changes), reason=rows["reason"].mask(changes, "no_base"))
    rows = known[~((known["code"] == "patents_in_force_net") & (known["measure"] == "change_on_year"))]
    shown = innovation.patents(dataclasses.replace(year, measures=rows))
    assert shown.claim == "有效发明专利2022年482件；发明专利授权2022年34件"


def test_a_small_count_carries_its_interval_and_a_difference_does_not(year, one_park):
    shown = innovation.density(one_park)
    table = cells(shown)
    assert re.fullmatch(r"[\d.]+件（[\d.]+—[\d.]+）", table.at["发明专利授权", "每亿元产值"])
    assert "（" not in table.at["有效发明专利净增", "每亿元产值"]
    assert "泊松区间" in shown.note
    whole = innovation.density(year)
    assert not whole.data.apply(lambda column: column.str.contains("（")).any().any()
    assert "泊松区间" not in whole.note


def test_a_net_increase_alone_has_no_density_and_no_section(only_year):
    assert innovation.density(only_year).kind == "gap"
    assert innovation.patents(only_year).kind == "gap"
    assert [gap.subject for gap in innovation.patents(only_year).gaps] == ["有效发明专利", "发明专利授权"]
    assert "不是当年授权量" in innovation.figures(only_year).note


def test_the_table_compares_where_it_can_and_else_says_the_scope(year, only_year):
    assert list(innovation.figures(year).draw.data) == ["指标", "本期", "上年同期", "比上年增减", "完成目标"]
    assert list(innovation.figures(only_year).draw.data) == ["指标", "本期", "口径与说明"]
    assert cells(innovation.figures(year)).loc["有效发明专利"].tolist() == ["482件", "456件", "26件", "—"]
    # what no indicator has is one gap a measure; a target that some have is none
    assert [gap.subject for gap in innovation.figures(year).gaps] == ["位次：改革创新各项"]
    subjects = [gap.subject for gap in innovation.figures(only_year).gaps]
    assert subjects == [f"{name}：改革创新各项" for name in ("同比增速", "目标完成率", "位次")]


def test_a_park_lacks_no_target_and_no_rank(one_park):
    assert innovation.figures(one_park).gaps == ()


def test_talents_are_a_part_of_a_whole_and_nothing_is_added(year, only_year):
    assert "引进高层次人才21人，比上年同期增加4人，完成全年目标105.0%，其中海外12人，占57.1%" in (
        innovation.verdict(year).draw
    )
    shown = innovation.talents(year)
    assert shown.claim == "引进高层次人才21人中，海外人才12人，占57.1%，海外以外9人。"
    assert shown.draw.endswith("引进高层次人才的企业10家。国家级人才与引进人才是否重叠未说明，不相加。")
    assert "引进高层次人才累计18人，其中海外11人，占61.1%" in innovation.verdict(only_year).draw


def test_the_firms_of_the_years_titles(year):
    assert innovation.named(year).draw == (
        "本年名单中，省级创新型领军企业有槿阡汽车部件；新设省级研发平台有梣阡高分子材料、湛霖汽车部件、珞峦精密制造。"
    )


def test_firms_that_stand_beside_the_figure_are_not_named_again(only_year):
    assert innovation.named(only_year).kind == "gap"


def test_banks_and_the_firms_behind_the_loans(year):
    shown = innovation.pledges(year)
    assert shown.claim == "12家企业取得质押融资13笔，最大一家银行占52.8%"
    assert "余9户从略" in shown.note
    assert shown.data["text"].iloc[0] == "4830万元，7笔（上年1530万元）"


def test_a_list_of_loans_that_begins_this_year_says_nothing_of_the_last(zone):
    pledges = zone.tables["ip_pledges"]
    since = {**zone.tables, "ip_pledges": pledges[pledges["period"] >= "2022"]}
    young = dataclasses.replace(zone, tables=since)
    measures = measure(young, period="2022-12")
    shown = innovation.pledges(Report(young, measures, details(young, measures)))
    assert shown.data["text"].iloc[0] == "4830万元，7笔"
    assert shown.data["base"].isna().all()
    assert "菱形" not in shown.note


def test_a_list_that_is_not_there_is_asked_for(zone):
    report = without_tables(zone, "ip_pledges", "patents")
    assert innovation.pledges(report).gaps[0].subject == "知识产权质押明细"
    assert innovation.holders(report).gaps[0].subject == "专利台账"
    table = innovation.parks(report).draw.data
    assert "质押融资" not in table
    assert "有效专利" not in table


def test_the_first_of_a_table_is_the_first_of_the_verdict(year):
    shown = innovation.research_firms(year)
    row = shown.draw.data.iloc[0]
    assert f"研发投入最大一户{row['企业']}（{row['园区']}）占台账企业的{row['占比']}" in innovation.verdict(year).draw
    assert len(shown.data) == 6


def test_holders_of_patents_are_named_with_their_park(year, one_park):
    assert innovation.holders(year).draw.startswith("有效发明专利较多的企业有湛珂光电（川禾数据园）22件、")
    assert innovation.holders(one_park).draw.startswith("有效发明专利较多的企业有湛珂光电22件、")


def test_parks_side_by_side(year, one_park):
    assert len(innovation.parks(year).draw.data) == 3
    assert innovation.leading_parks(year).draw == (
        "云锦智造园研发强度3.56%居各园区首位；星澜新材料园有效发明专利193件、引进高层次人才11人均居各园区首位。"
    )
    assert innovation.parks(one_park).kind == "gap"
    assert innovation.leading_parks(one_park).kind == "gap"


def test_two_parks_that_are_level_lead_in_nothing(year):
    level = replaced(year, "innovation_parks", patents_in_force=100.0, talents_recruited=0.0)
    assert innovation.leading_parks(level).draw == "云锦智造园研发强度3.56%居各园区首位。"


def test_next_steps_come_from_the_data(year, only_year):
    text = innovation.next_steps(year).draw
    assert re.findall(r"\*\*(.+?)\*\*", text) == ["研发归集", "专利布局", "平台申报", "融资拓展", "称号续认"]
    assert "研发投入预计完成全年目标98.3%，对研发投入前10户中比上年减少的" in text
    assert "菘弦合金、朔穗汽车部件在专利台账没有有效发明专利" in text
    assert "川禾数据园本年没有新设研发平台，可优先辅导梣汀光伏设备申报。" in text
    assert innovation.next_steps(only_year).kind == "gap"


def test_a_target_that_is_met_is_no_reason(year):
    met = replaced(year, "progress", met=pd.array([True] * len(year.detail("progress")), dtype="boolean"))
    assert innovation.next_steps(met).draw.startswith("- **研发归集**：对研发投入前10户中")


def test_a_bank_that_does_not_decide_is_not_a_step(year):
    spread = replaced(year, "innovation_pledges", is_dominant=False)
    assert "融资拓展" not in innovation.next_steps(spread).draw


def test_no_ledger_no_firms(year, zone):
    report = without_details(year, "innovation_firms", "innovation_parks")
    assert innovation.research_firms(report).gaps[0].reason == "企业逐月数据没有完整年度的研发投入"
    assert innovation.next_steps(report).draw.startswith("- **融资拓展**")
    assert innovation.research_firms(without_tables(zone, "enterprise_months")).gaps[0].reason == "未取得"


def test_peers_are_named_only_where_there_is_a_rank(year):
    assert "同类位次" not in innovation.verdict(year).draw
    rows = year.measures
    mine = (rows["code"] == "patents_granted") & (rows["measure"] == "rank")
    ranked = rows.assign(value=rows["value"].mask(mine, 2.0), reason=rows["reason"].mask(mine, ""))
    text = innovation.verdict(dataclasses.replace(year, measures=ranked)).draw
    assert text.endswith("- **同类位次**：发明专利授权居同类开发区第2位。")


def test_nothing_to_say_is_a_gap_never_a_traceback(lean):
    shown = [getattr(innovation, name)(lean) for name in innovation.__all__ if name != "limits"]
    assert {exhibit.kind for exhibit in shown} == {"gap"}
    assert innovation.limits(lean) == []
    # one gap for the chapter, not one for each of its figures
    assert [gap.subject for gap in innovation.figures(lean).gaps] == ["改革创新主要指标"]
    assert innovation.patents(lean).gaps == ()
