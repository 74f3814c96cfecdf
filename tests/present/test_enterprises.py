"""The chapter on enterprises: each exhibit's claim and frame, lists that name and count, gaps that ask for data."""

import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest

from zonereport.inputs import load_zone
from zonereport.metrics import schemas
from zonereport.present import enterprises
from zonereport.present.charts.bar import in_order
from zonereport.present.enterprises.register import AT_RISK, BARS
from zonereport.present.kit.bounds import bound
from zonereport.present.kit.firms import MOST, amounts, ledger_gaps, money, park

REPORTS = ["year", "half", "one_park", "only_year", "rich"]
FIGURES = ["ladder", "conversion", "sizes", "growth_sources", "survival", "clocks"]


def with_frames(report, **frames):
    """The report with some of its details put in place of those that it has, typed as their schemas say."""
    typed = {}
    for name, rows in frames.items():
        filled = [{column.name: MISSING[column.dtype] for column in schemas.require(name)} | row for row in rows]
        typed[name] = schemas.typed(name, pd.DataFrame(filled))
    return dataclasses.replace(report, details={**report.details, **typed})


MISSING = {"str": "", "float64": float("nan"), "int64": 0, "bool": False, "boolean": pd.NA}


def without_tables(report, *names):
    """The report on a zone that lacks some tables."""
    tables = {name: frame for name, frame in report.zone.tables.items() if name not in names}
    return dataclasses.replace(report, zone=dataclasses.replace(report.zone, tables=tables))


@pytest.mark.parametrize("which", REPORTS)
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    report = request.getfixturevalue(which)
    for name in FIGURES:
        shown = getattr(enterprises, name)(report)
        if shown.kind != "figure":
            continue
        ax = shown.draw()
        ax.figure.draw_without_rendering()
        sides = ax.figure.axes
        low, high = sorted(ax.get_ylim())
        # matplotlib also keeps labels of ticks beyond the axis, which it does not draw
        labels = [label for label in ax.get_yticklabels() if low <= label.get_position()[1] <= high]
        artists = [*(text for side in sides for text in side.texts), *labels, ax.figure._suptitle]
        boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
        page = ax.figure.bbox
        assert all(box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1 for box in boxes), name
        for n, box in enumerate(boxes):
            assert not any(box.shrunk(0.96, 0.8).overlaps(other.shrunk(0.96, 0.8)) for other in boxes[n + 1 :]), name


def test_the_steps_show_last_year_and_the_target_beside_this_year(year):
    shown = enterprises.ladder(year)
    rows = shown.data.set_index("code")
    assert rows.at["tech_smes_evaluated", "text"] == "53家（上年45家，完成目标106.0%）"
    assert rows.at["firms_over_100m_new", "text"] == "4家（上年3家）"
    assert shown.claim == "9项培育指标与上年同期相比，7项增加、1项持平、1项减少"
    colours = [bar.get_facecolor() for bar in in_order(shown.draw())]
    assert len(set(colours[:5])) == len(set(colours[5:])) == 1
    assert colours[0] != colours[5]


def test_without_last_year_the_source_speaks_beside_the_steps(only_year):
    shown = enterprises.ladder(only_year)
    assert shown.data.set_index("code").at["hightech_recognised", "text"] == "5家（是否含重新认定未说明）"
    assert shown.claim == "创新梯队5级依次为46、8、5、1、1家，各级不是同一批企业"
    assert {gap.subject.partition("：")[0] for gap in shown.gaps} == {"同比增速", "目标完成率"}
    assert any("不以上一级除以下一级作为转化率" in text for text in enterprises.limits(only_year))


def test_bars_of_nothing_are_not_drawn(report_of, zone):
    january = report_of(zone, "2022-02")
    assert enterprises.ladder(january).kind == "gap"
    assert "新增亿元企业0家，与上年同期持平" in enterprises.verdict(january).draw


def test_conversion_is_of_cohorts_and_small_ones_have_no_share(year):
    shown = enterprises.conversion(year)
    assert shown.claim == "39家科技型中小企业中，24个月内5家进入高企培育库，占12.8%"
    assert shown.data["text"].tolist()[0] == "66家中3家，4.5%（1.3—11.6%）"
    assert (shown.data["part"] <= shown.data["whole"]).all()
    assert "高新技术企业→小巨人企业9家中0家" in shown.note


def test_cohorts_that_are_all_too_small_are_only_counted(year):
    step = {"step": "hightech_recognised", "next_step": "little_giants_new", "cohort": "all"}
    row = {**step, "horizon_months": 12, "enterprises": 9, "reached": 2, "reason": "too_few"}
    shown = enterprises.conversion(with_frames(year, enterprise_ladder=[row]))
    assert shown.claim == "各级可跟踪的同批企业均不足10家，只列家数"
    assert shown.data["text"].tolist() == ["9家中2家"]
    assert "不计算比例" not in shown.note


def test_sizes_add_up_to_the_enterprises_that_report(year):
    shown = enterprises.sizes(year)
    known = year.detail("enterprise_sizes").dropna(subset="lower_10k_yuan")
    assert shown.data["left"].sum() == known["enterprises"].sum()
    assert shown.data["label"].iloc[0] == "20亿元以上"
    assert shown.claim == "20亿元以上企业2家，占开票销售的34.0%；500至2000万元企业272家，占14.1%"


def test_the_growth_taken_apart_is_that_of_the_measures(year):
    shown = enterprises.growth_sources(year)
    assert shown.claim == "存续企业拉动6.08、新进入企业拉动0.69、退出企业下拉0.17个百分点"
    assert shown.data["text"].tolist()[-1] == "4家，-0.17个百分点"
    assert [bar.get_hatch() for bar in in_order(shown.draw())] == [None, None, "///", "///"]


def test_without_a_year_before_the_growth_is_asked_for(year):
    shown = enterprises.growth_sources(dataclasses.replace(year, details={**year.details, **nothing("flows")}))
    assert [gap.remedy for gap in shown.gaps] == ["上年同期企业每月开票销售"]


def nothing(*names):
    """Details of enterprises without rows."""
    return {f"enterprise_{name}": schemas.empty(f"enterprise_{name}") for name in names}


def test_the_largest_is_the_same_in_sentence_and_table(year):
    row = enterprises.largest(year).draw.data.iloc[0]
    sentence = enterprises.verdict(year).draw
    assert f"{row['企业']}（{row['园区']}）占{row['占比']}" in sentence
    rows = year.detail("enterprise_concentration", code="invoiced_sales")
    # the two growth rates of the frame, 5.9 and 6.6, are those of the sentence
    assert (
        f"{rows['growth_without_top1_pct'].iloc[-1]:.1f}%（全部台账企业为{rows['growth_pct'].iloc[-1]:.1f}%）"
        in sentence
    )
    assert "赫芬达尔" not in enterprises.largest(year).note
    assert any(f"赫芬达尔指数为{rows['hhi'].iloc[-1]:.0f}（上年同期" in line for line in enterprises.limits(year))


def test_concentration_is_held_against_last_year(year):
    text = enterprises.concentration(year).draw
    assert text.startswith("台账企业开票销售中，前三户占44.9%，前十户占62.5%，上年同期分别为44.1%和62.9%。")
    assert "开票销售全年目标完成97.9%，不计最大一户为76.2%。" in text


def test_who_moved_from_size_to_size(year):
    move = {"base_period": "2021-12", "period": "2022-12"}
    small = {**move, "from_class": "below_scale", "row_enterprises": 12}
    rows = [
        {**small, "to_class": "below_scale", "enterprises": 9, "share_pct": 75.0},
        {**small, "to_class": "above_scale", "enterprises": 2, "share_pct": 16.6667},
        {**small, "to_class": "not_listed", "enterprises": 1, "share_pct": 8.3333},
        {**move, "from_class": "above_scale", "to_class": "below_scale", "enterprises": 3, "row_enterprises": 3},
        {**move, "from_class": "not_listed", "to_class": "below_scale", "enterprises": 4, "row_enterprises": 9},
    ]
    shown = enterprises.transitions(with_frames(year, enterprise_transitions=rows))
    # two of twelve rose; three, too few for a share, fell; one left, and the four new ones are no move
    assert shown.claim == "与上年同期相比，2家企业升档、3家企业降档、1家企业退出台账"
    table = shown.draw.data.set_index("上年同期")
    assert table.loc["规模以下"].tolist() == ["9家（75.0%）", "2家（16.7%）", "1家（8.3%）", "12家"]
    assert table.at["规模以上", "规模以下"] == "3家"
    # five more of the nine were listed at neither end: the line adds up to those that it shows
    assert table.loc["未列入台账"].tolist() == ["4家", "—", "—", "4家"]
    assert "上年同期所在档次" in shown.note


def test_transitions_of_the_ledger_are_of_the_last_year_only(year):
    shown = enterprises.transitions(year)
    assert set(shown.data["period"]) == {"2022-12"}
    assert "background-color" in shown.draw.to_html()
    assert shown.data["enterprises"].sum() == 281 + 69 + 16 + 1 + 8


def test_the_curve_of_staying_begins_whole_and_has_no_median_yet(year):
    shown = enterprises.survival(year)
    # nine left, the last at 261 months, 21 years: 20 are the last five years that are full, S(240) = 87.43
    assert shown.claim == "成立20年后仍在台账的企业占87.4%，尚未减少到一半"
    assert shown.data["survival_pct"].is_monotonic_decreasing
    line = shown.draw().lines[0]
    assert (line.get_xdata()[0], line.get_ydata()[0]) == (0, 100)
    assert "共9家企业离开" in shown.note
    assert "上年同期在台账的企业有1.0%已不在台账。" in shown.note


def test_the_median_of_staying_is_said_where_half_are_gone(year):
    measures = year.measures.copy()
    stay = (measures["code"] == "enterprise_ledger") & (measures["measure"] == "median_stay")
    measures.loc[stay, ["value", "reason"]] = [90.0, ""]
    rows = [{"age_months": 90, "at_risk": 12, "exits": 6, "survival_pct": 50.0, "low_pct": 20.0, "high_pct": 74.0}]
    frames = with_frames(year, enterprise_survival=rows)
    assert enterprises.survival(dataclasses.replace(frames, measures=measures)).claim == (
        "按成立时间推算，半数企业在成立7.5年内离开台账"
    )


def test_a_curve_of_too_few_is_a_gap_that_nobody_can_fill(year):
    few = with_frames(year, enterprise_survival=[{"age_months": 8, "at_risk": 3, "exits": 1, "reason": "too_few"}])
    assert [(gap.reason, gap.remedy) for gap in enterprises.survival(few).gaps] == [("数量太少，不足以计算", "")]


def test_near_a_threshold_rising_and_falling_back_are_two_things(year):
    table, steps = enterprises.near_threshold(year).draw.data, enterprises.next_steps(year).draw
    assert table["标准"].value_counts().to_dict() == {"规模以上工业": 8, "亿元企业": 3, "20亿元企业": 1}
    assert len(table) <= MOST
    first = table.iloc[0]
    assert f"{first['企业']}还差{first['差额']}" in steps
    reserve = enterprises.reserve(year).draw
    assert "达到标准80%而未达标的：规模以上工业8家、亿元企业3家、20亿元企业1家。" in reserve
    for name in table.loc[table["同比"].str.startswith("-"), "企业"]:
        assert name not in steps
        assert name in reserve


def test_what_a_list_leaves_out_is_counted(half):
    shown, every = enterprises.near_threshold(half), half.detail("enterprise_near_threshold")
    assert len(shown.draw.data) == MOST
    assert f"余{len(every) - MOST}户从略。" in shown.note
    left = len(half.detail("enterprise_fallers")) - AT_RISK
    assert f"余{left}户从略。" in enterprises.at_risk(half).note


def test_on_pace_is_a_projection_of_the_middle_of_the_year_only(year, half):
    assert enterprises.on_pace(year).kind == "gap"
    assert enterprises.on_pace(year).gaps == ()
    shown = enterprises.on_pace(half)
    assert {"推算全年", "推算区间"} < set(shown.draw.data)
    assert "是推算不是预测" in shown.note


def test_nobody_on_pace_stands_in_two_tables(half):
    pace = half.detail("enterprise_on_pace")
    near = half.detail("enterprise_near_threshold").head(MOST)
    others = enterprises.on_pace(half).data
    assert set(others["enterprise"]) == set(pace["enterprise"]) - set(near["enterprise"])
    # one that is near 2 billion, beyond the twelve that are listed, is lost in neither
    assert "砚启精细化工" in set(others["name"])
    table = enterprises.near_threshold(half).draw.data.set_index("企业")
    projected = pace.set_index("name")["projected_10k_yuan"]
    assert table.at["屿迦合金", "推算全年"] == money(half, projected["屿迦合金"])
    assert table.at["楠岳泵业", "推算全年"] == "—", "near, and not on pace"


def test_what_is_short_of_a_threshold_is_not_all_of_it(half):
    nearest = enterprises.near_threshold(half).draw.data.iloc[0]
    assert nearest["差额"] == "1万元"
    assert nearest["达标程度"] not in ("100.0%", "100%")


def test_none_at_risk_is_said_where_the_register_is_known(year):
    none = dataclasses.replace(year, details={**year.details, **nothing("fallers")})
    assert enterprises.at_risk(none).draw == "在库规模以上工业企业近12个月开票销售均不低于标准的110%。"


def test_those_below_a_threshold_are_marked(year):
    shown = enterprises.at_risk(year)
    assert shown.claim == "在库预警企业19家，其中8家已低于标准"
    assert set(shown.draw.data["状态"]) == {"低于标准"}
    assert "已低于标准的8家中8家开票销售同比下降。" in shown.note


def test_two_moments(year):
    shown, every = enterprises.clocks(year), year.detail("enterprise_clocks")
    rows = shown.data
    assert rows["open"].sum() == every["waiting"].sum() == year.value("above_scale_industry", "waiting_count")
    assert rows.loc[rows["open"], "text"].iloc[0] == "25个月以上，未入库"
    assert (rows["end"] >= rows["start"]).all()
    assert shown.claim == "4家工业企业达标未入库，最长已25个月以上；达标到入库中位间隔4个月"
    assert f"余{len(rows) - BARS}户从略。" in shown.note


def test_who_reached_the_size_this_month_has_not_waited_yet(year):
    row = {"class": "above_scale_services", "enterprise": "e", "name": "甲", "crossed": "2022-12", "waiting": True}
    shown = enterprises.clocks(
        with_frames(year, enterprise_clocks=[{**row, "crossed_known": True, "waiting_months": 0}])
    )
    assert shown.data["text"].tolist() == ["当月达标，未入库"]
    assert shown.claim.startswith("1家企业当月达标、尚未入库"), "services are no industry"


def test_titles_by_park_and_industry_add_up_to_those_in_force(year):
    shown = enterprises.titles(year)
    parks = shown.data[shown.data["block"] == "park"]
    assert parks["hightech_recognised"].sum() == year.value("hightech_recognised", "in_force")
    table = shown.draw
    assert table.data.iloc[0]["高新技术企业"] == "15"
    assert table.data.iloc[0]["高企培育库"] == "22以上"
    assert "background-color" in table.to_html()
    assert shown.claim.startswith("有效高新技术企业15家，园区中星澜新材料园9家最多")
    assert shown.claim in shown.note


def test_what_is_evaluated_each_year_is_counted_not_listed(year):
    shown = enterprises.renewals(year)
    table = shown.draw.data
    assert len(table) == 7
    assert "科技型中小企业" not in set(table["称号"])
    assert "科技型中小企业53家逐年评价" in shown.note
    assert table["有效期至"].iloc[0] == "2023年8月"


def test_no_title_that_ends_is_one_sentence(half):
    text = enterprises.renewals(half).draw
    assert text.endswith("科技型中小企业36家上年有效、期末已失效。12个月内没有须重新认定的称号到期。")


def test_next_steps_name_firms_and_open_tasks(year):
    steps = enterprises.next_steps(year).draw
    heads = re.findall(r"\*\*(.+?)\*\*", steps)
    assert heads == ["入库申报", "规模以上工业培育", "20亿元企业培育", "稳规防退", "称号续认", "任务落实"]
    assert "已达标未入库企业逐户核实（经济发展局（虚构），2023年2月28日前）" in steps
    # that one is done
    assert "规模以上工业企业入库申报" not in steps


def test_without_a_ledger_its_figures_are_asked_for_and_nothing_is_printed(only_year):
    of_ledger = ["sizes", "growth_sources", "concentration", "largest", "transitions", "survival"]
    of_register = ["reserve", "near_threshold", "on_pace", "at_risk", "clocks"]
    every = [getattr(enterprises, name)(only_year) for name in of_ledger + of_register]
    assert {shown.kind for shown in every} == {"gap"}
    assert {gap for shown in every for gap in shown.gaps} == set(ledger_gaps(only_year))
    assert [gap.subject for gap in ledger_gaps(only_year)] == ["企业逐月数据"]
    assert enterprises.next_steps(only_year).kind == "gap"


def test_a_list_of_titles_without_dates_or_parks_is_asked_for_them(only_year):
    asked = [gap.remedy for name in ("titles", "renewals") for gap in getattr(enterprises, name)(only_year).gaps]
    assert asked == ["企业的园区和行业", "各项称号的有效期"]
    bare = without_tables(only_year, "recognitions")
    assert [gap.subject for gap in enterprises.renewals(bare).gaps] == ["企业称号认定名单"]


def test_the_firms_that_a_source_names_are_named_once(only_year):
    # the note on either figure names the enterprise, and the chart prints the note
    assert enterprises.honours(only_year).kind == "gap"
    assert "（万润光电）" in enterprises.ladder(only_year).alt
    assert "**重点企业**：万润光电同时列入国家级专精特新“小巨人”企业新增和省级科技企业上市培育计划入库。" in (
        enterprises.verdict(only_year).draw
    )


def test_the_firms_that_no_note_names_are_listed(root, report_of):
    zone = load_zone("yizheng", root)
    figures = zone.tables["indicators"]
    bare = dataclasses.replace(zone, tables={**zone.tables, "indicators": figures.assign(note="")})
    table = enterprises.honours(report_of(bare, "2022")).draw.data
    assert set(table["企业"]) == {"万润光电"}
    assert len(table) == 2


def test_a_park_has_its_own_firms_and_does_not_name_itself(one_park):
    assert "园区" not in enterprises.near_threshold(one_park).draw.data
    assert park(one_park, "chuanhe") == "川禾数据园"
    assert "川禾数据园" not in enterprises.verdict(one_park).draw


def test_those_that_wait_are_said_where_nobody_is_near(year):
    alone = dataclasses.replace(year, details={**year.details, **nothing("near_threshold")})
    assert "**升规后备**：4家工业企业已达标、尚未入库。" in enterprises.verdict(alone).draw
    assert enterprises.reserve(alone).draw == "没有近12个月开票销售达到标准80%而未达标的企业。"


def test_limits_are_of_what_is_shown(year, only_year, lean):
    assert any("开票销售代替" in text for text in enterprises.limits(year))
    assert not any("开票销售代替" in text for text in enterprises.limits(only_year))
    assert enterprises.limits(lean) == []


def test_a_single_figure_of_another_field_says_nothing_of_enterprises(lean):
    assert enterprises.verdict(lean).kind == "gap"
    assert enterprises.ladder(lean).kind == "gap"


def test_amounts(year):
    figures = pd.Series([1886.0, 9999.0, 10000.0, 385627.0, float("nan")])
    assert amounts(year, figures).tolist() == ["1886万元", "9999万元", "1亿元", "38.56亿元", "—"]


def test_a_bound_that_does_not_exist_is_an_error(year):
    assert bound(year, "near_threshold") == "80%"
    with pytest.raises(LookupError, match="nearly"):
        bound(year, "nearly")


def test_a_ledger_in_parquet_files_is_a_ledger(half):
    bare = without_tables(half, "enterprise_months")
    bare = dataclasses.replace(bare, details={**bare.details, **nothing("sizes")})
    assert ledger_gaps(half) == ()
    assert [gap.reason for gap in ledger_gaps(bare)] == ["未取得"]
    files = (*bare.zone.files, Path("enterprise_months/period=2022-06/0.parquet"))
    held = dataclasses.replace(bare, zone=dataclasses.replace(bare.zone, files=files))
    assert [gap.reason for gap in ledger_gaps(held)] == ["没有2022年1—6月可用于比较的数据"]


def test_the_ladder_is_not_called_a_funnel(rich):
    assert enterprises.ladder(rich).claim == "创新梯队2级依次为5、7家，各级不是同一批企业"
