"""The chapter on the core indicators: one number in sentence, table and chart; what is missing is a gap, not a text."""

import dataclasses

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from zonereport.present import charts, indicators
from zonereport.present.indicators.core import with_change
from zonereport.present.indicators.next_steps import weakest_park
from zonereport.present.indicators.schedule import NAMES

EVERY_COLUMN = ["actual", "linear", "mean", "low", "high", "p10", "p50", "p90"]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def rows_of(shown):
    """The printed table of an exhibit by the name of the indicator."""
    return shown.draw.data.set_index("指标")


def subjects(shown):
    return [gap.subject for gap in shown.gaps]


def without(zone, *names):
    return dataclasses.replace(zone, tables={name: frame for name, frame in zone.tables.items() if name not in names})


def test_the_verdict_has_a_line_for_each_question(year):
    shown = indicators.verdict(year)
    lines = shown.draw.splitlines()
    assert shown.kind == "verdict"
    assert [line.split("**")[1] for line in lines] == ["增速", "目标", "来源", "位次", "三类指标", "考核"]
    assert "7项主要指标均同比增长，增速最高和最低的分别是工业投资（增长9.2%）和工业入库税收（增长3.8%）" in lines[0]
    assert "5项总量目标完成1项（实际利用外资为调整后目标，年初目标2600万美元，完成90.8%），" in lines[1]
    assert "缺口最大的是工业入库税收，完成97.4%，差0.09亿元" in lines[1]
    assert "一般公共预算收入距前一位0.5个百分点" in lines[3]
    assert "一般公共预算收入由中游转为落后" in lines[4]
    assert "第2至第5位" in lines[5]


def test_a_zone_with_levels_only_says_how_large_things_are(real):
    # as the public summary of the year prints them
    assert indicators.verdict(real).draw.splitlines() == [
        "- **生产规模**：工业开票销售165亿元，规模以上工业产值135亿元。",
        "- **投资**：全社会固定资产投资75亿元，其中工业投资38亿元，占50.7%。",
        "- **财税**：工业入库税收3亿元，一般公共预算收入1.8亿元，工商税收含留抵退税为5.45亿元、扣除后为3.39亿元。",
        "- **开放**：实际利用外资2000万美元。",
    ]


def test_direction_words_agree_with_the_sign(rich):
    assert with_change(rich, "invoiced_sales") == "工业开票销售120.5亿元，同比增长8.2%"
    assert with_change(rich, "industrial_output") == "规模以上工业产值99亿元，同比下降3.1%"
    # 40 after 50, both rounded to 1: 39.5 / 50.5 to 40.5 / 49.5
    assert with_change(rich, "budget_revenue") == "一般公共预算收入40亿元，同比下降约20.0%"
    # its growth is made on a comparable basis: two levels say nothing
    assert with_change(rich, "fixed_asset_investment") == "全社会固定资产投资40亿元"
    assert with_change(rich, "industrial_investment") == "工业投资10亿元，同比持平"


def test_the_core_table_has_the_columns_that_say_something(year, real, rich):
    table = indicators.core(year).draw.data
    assert list(table) == ["指标", "数值", "同比", "增速较上月", "当月", "口径与说明"]
    assert list(indicators.core(real).draw.data) == ["指标", "数值", "口径与说明", "出处"]
    assert list(indicators.core(rich).draw.data) == ["指标", "数值", "同比", "出处"], "no scope where nothing is said"
    data = indicators.core(year).data.set_index("code")
    assert data.at["invoiced_sales", "value"] == 174.2
    assert data.at["invoiced_sales", "unit"] == "亿元"
    assert table["数值"].iloc[0] == "174.2亿元"
    assert indicators.core(year).claim.startswith("7项主要指标均同比增长")
    assert indicators.core(real).claim == "", "no growth is known"


def test_growths_that_are_missing_are_asked_of_those_who_publish_the_figures(real, year):
    (gap,) = indicators.core(real).gaps
    assert gap.subject == "同比增速：主要指标各项", "all of them in one line"
    assert gap.reason == "来源未公布增速，也无上年同期数"
    assert gap.office.split("、") == ["税务", "统计", "财政", "商务"]
    assert indicators.core(year).gaps == ()


def test_the_parts_of_investment_and_taxes(real, year):
    shown = indicators.structure(real)
    # 38 of 75, 2.06 of 5.45
    assert shown.data["share"].round(1).tolist() == [50.7, 37.8]
    assert shown.claim == "工业投资占全社会固定资产投资的50.7%，留抵退税占工商税收的37.8%"
    assert "工业投资38亿元（50.7%）" in texts(shown.draw())
    assert indicators.structure(year).kind == "gap", "a single whole, which the paragraph on taxes says as well"


def test_both_bases_of_business_taxes_and_the_ambiguity_by_name(real, year):
    text = indicators.taxes(real).draw
    # 5.45 - 2.06
    for words in ("5.45亿元", "2.06亿元", "3.39亿元", "37.8%", "口径含糊"):
        assert words in text
    assert "工业入库税收相当于工业开票销售的1.90%，同比下降0.1个百分点" in indicators.taxes(year).draw


def test_what_was_revised_and_what_never_came(year):
    shown = indicators.revisions(year)
    assert shown.draw == "2022年1—9月工业投资由首次公布的29.31亿元修订为28.84亿元。"
    (gap,) = shown.gaps
    assert (gap.subject, gap.office) == ("实际利用外资：2021年8月", "商务")


@pytest.mark.parametrize("name", ["year", "half"])
def test_completion_is_one_number_in_chart_table_and_alt(name, request):
    report = request.getfixturevalue(name)
    table, shown = rows_of(indicators.targets(report)), indicators.schedule(report)
    rows = shown.data
    assert rows["code"].nunique() == 5
    for code in rows["code"].unique():
        text = report.text(code, "completion")
        title = rows.loc[rows["code"] == code, "panel"].iloc[0]
        assert title == f"{report.label(code)}\n{text}，目标{report.text(code, 'target')}"
        assert table.at[report.label(code), "完成目标"] == text
        done = "完成调整后目标的" if code == "utilised_foreign_capital" and name == "year" else "完成全年目标"
        assert f"{report.label(code)}{done}{text}" in shown.alt
        last = rows[rows["code"] == code].dropna(subset="actual")["actual"].iloc[-1]
        assert last == pytest.approx(report.value(code, "completion"))


def test_the_table_of_targets_holds_growth_against_growth(year, half):
    shown = indicators.targets(year)
    table = rows_of(shown)
    assert list(table) == ["年度目标", "累计完成", "完成目标", "与目标之差"], (
        "a schedule that has run out is the target"
    )
    # 6.2 % where 9.0 % were wanted
    assert table.loc["规模以上工业产值"].tolist() == ["增长9.0%", "6.2%", "—", "-2.8"]
    # 174.2 of 178 is 97.9 %
    assert table.loc["工业开票销售"].tolist() == ["178亿元", "174.2亿元", "97.9%", "-2.1"]
    assert shown.claim == "7项年度目标已完成2项"
    assert indicators.targets(half).claim == "7项年度目标均尚未完成"
    assert subjects(shown) == ["目标完成率：工商税收"]


def test_the_panels_draw_what_there_is(year, half):
    ax = indicators.schedule(half).draw()
    assert len(ax.lines) >= 4, "actual, linear, history and the forecast"
    assert len({line.get_linestyle() for line in ax.lines}) > 1
    legend = [text.get_text() for axis in ax.figure.axes for text in (axis.get_legend() or ax.figure).findobj(plt.Text)]
    assert "全年预测" in legend
    assert "预测区间（80%）" in legend
    assert indicators.schedule(year).data["p50"].isna().all(), "the year is over"


def test_the_fan_is_drawn_where_there_is_an_interval():
    data = pd.DataFrame({"panel": "甲\n60.0%，目标9亿元", "month": range(1, 13)})
    for name in EVERY_COLUMN:
        data[name] = [8.0 * month for month in range(1, 13)]
    data.loc[:5, ["p10", "p50", "p90"]] = None
    ax = charts.schedule_panels(data, title="题", unit="%", names=NAMES)
    hatched = [part for part in ax.collections if part.get_hatch()]
    assert len(hatched) == 1
    assert "预测区间（80%）" in [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_the_two_schedules_are_both_said_and_not_confused(half):
    assert indicators.schedule(half).claim == "5项总量目标中4项低于序时进度，低于历史同期平均进度的有5项"
    # the key point counts the same rows
    assert "低于历史同期平均进度的有5项" in indicators.verdict(half).draw
    text = indicators.pace(half).draw
    assert "比历史同期平均进度分别低" in text
    assert half.text("industrial_investment", "gap_seasonal").removeprefix("-").removesuffix("个百分点") in text
    assert "两条进度线不一致时" in indicators.schedule(half).note


def test_the_rest_of_the_year_against_the_best_there_was(half, year):
    table = rows_of(indicators.outlook(half))
    assert table.at["工业开票销售", "全年预测"] == half.text("invoiced_sales", "forecast_p50")
    assert table.at["工业开票销售", "预测区间（80%）"] == "157.93亿元至182.48亿元"
    text = indicators.rest_of_year(half).draw
    assert f"工业开票销售（{half.text('invoiced_sales', 'forecast_p50')}）" in text
    # (178 - 78.89) / 6 is 16.52 a month
    assert table.at["工业开票销售", "后续月均需完成"] == "16.52亿元"
    assert indicators.outlook(half).claim == text
    assert table.at["实际利用外资", "全年预测"] == "—"
    assert "实际利用外资不作全年预测，按月均推算未考虑季节因素" in indicators.outlook(half).note
    assert indicators.outlook(year).kind == indicators.rest_of_year(year).kind == "gap"
    assert indicators.outlook(year).gaps == (), "nothing is missing: the year is over"


def test_a_changed_target_is_named_with_its_day(year):
    assert "于2022年7月28日由2600万美元调整为2300万美元" in indicators.pace(year).draw


def test_pulls_of_parks_are_those_of_the_detail_and_add_up(year):
    frame, shown = year.detail("parks"), indicators.pulls(year)
    budget = frame[(frame["code"] == "budget_revenue") & (frame["park"] != "")]
    drawn = shown.data[shown.data["label"].str.startswith("一般公共预算收入")]
    assert drawn["value"].tolist() == budget["pull_pp"].tolist()
    assert budget["pull_pp"].sum() == pytest.approx(year.value("budget_revenue", "growth"), abs=0.06)
    assert sorted(texts(shown.draw())) == sorted(shown.data["text"])
    # 0.67 to 0.64 of 1.82, each known to half a hundredth
    assert "星澜新材料园下拉一般公共预算收入约1.6个百分点" in shown.claim
    text = indicators.causes(year).draw
    # 0.12 more of 0.11 more: rounding alone may make it a hundred or a hundred and thirty
    assert "一般公共预算收入（" not in text
    assert "工业开票销售（56.0%）" in text
    # all publish their growth: parts and whole stand on the bases that it implies
    invested = frame[(frame["code"] == "industrial_investment") & (frame["park"] != "")]
    assert invested["pull_pp"].sum() == pytest.approx(9.2, abs=0.05)


def test_taxes_with_refunds_are_not_called_the_fastest(year):
    assert "工商税收" not in indicators.core(year).claim
    assert not indicators.pulls(year).data["label"].str.startswith("工商税收").any()
    assert "留抵退税拉动30.32个百分点，扣除后同比下降21.4%" in indicators.causes(year).draw


def test_the_table_of_parks_has_a_pair_of_columns_a_park(year, one_park):
    table = indicators.parks(year).draw.data
    assert table.shape[1] == 1 + 2 * len(year.zone.about.parks)
    assert table[("云锦智造园", "同比")].iloc[0] == "8.8%"
    own = indicators.parks(one_park)
    assert own.caption == "本园区主要指标"
    assert rows_of(own).at["工业开票销售", "拉动"] == one_park.text("invoiced_sales", "pull")
    assert indicators.pulls(one_park).claim.startswith("川禾数据园拉动全区")


def test_a_zone_without_figures_of_its_parks_is_not_divided_up(zone, report_of):
    rows = zone.tables["indicators"]
    whole = zone.tables | {"indicators": rows[rows["park"] == ""]}
    report = report_of(dataclasses.replace(zone, tables=whole), "2022-12")
    assert indicators.parks(report).kind == indicators.pulls(report).kind == "gap"
    assert subjects(indicators.pulls(report)) == ["各园区主要指标"]
    assert "从增量贡献率看" not in indicators.causes(report).draw
    assert weakest_park(report, "budget_revenue") == ""


def test_the_ladder_shows_ties_and_distances_of_the_table(year):
    shown, table = indicators.ladder(year), rows_of(indicators.ranks(year))
    rows = shown.data
    zone = rows[rows["kind"] == "zone"].set_index("code")
    assert zone.at["industrial_output", "label"] == "规模以上工业产值\n并列第7位，前移1位"
    assert zone.at["invoiced_sales", "text"] == "6.6%"
    assert table.at["一般公共预算收入", "前一位"] == "枫屿经济开发区"
    assert table.at["一般公共预算收入", "相差"] == "0.5"
    assert table.at["工业开票销售", "距第一方阵"] == "已在其中"
    assert table.at["一般公共预算收入", "较上月"] == "后移2位"
    assert len(rows[rows["kind"] == "peer"]) == 7 * 9
    assert "6.6%" in texts(shown.draw())
    assert shown.claim == "一般公共预算收入距前一位0.5个百分点，差距最小，工业开票销售领先后一位0.9个百分点，优势最小"


def test_what_moved_most_in_a_year(year, half):
    assert indicators.distances(year).draw == (
        "与上年同期相比，工业开票销售前移2位，前移最多，全社会固定资产投资后移3位，后移最多。"
        "工业开票销售在考核第一方阵之内。"
    )
    assert indicators.distances(half).draw.endswith("工业开票销售和工业入库税收均在考核第一方阵之内。")


def test_ranks_without_peers_stand_without_a_ladder(zone, report_of):
    report = report_of(without(zone, "peers"), "2022-12")
    assert "相差" not in indicators.ranks(report).draw.data
    assert subjects(indicators.ladder(report)) == ["同类开发区同期数"]


def test_the_grid_says_the_signals_with_their_evidence(year):
    shown = indicators.signals(year)
    budget = shown.data[shown.data["label"] == "一般公共预算收入"].set_index("column")
    assert budget["value"].tolist() == [-1, -1, -1, -1]
    assert budget["text"].tolist() == ["低2.5", "9/10", "低3.8", "补强落后（93%）"]
    # an arrow before the figure for those who cannot tell the colours
    drawn = [text.removeprefix("▲ ").removeprefix("▼ ") for text in texts(shown.draw())]
    assert drawn == shown.data["text"].tolist()
    assert shown.claim == "中游5项、落后2项，工业开票销售由优势转为中游，一般公共预算收入由中游转为落后"


def test_classes_that_turn_on_the_rule_are_named(year):
    text = indicators.unsure_classes(year).draw
    assert text.startswith("分类稳定度不足70%的有工业开票销售（58%）和实际利用外资（60%），")


def test_the_cheapest_next_point_gives_most_for_a_percentage_point(year, half):
    table = indicators.scores(year).draw.data
    assert table["指标"].iloc[0] == "一般公共预算收入"
    assert table["可增分"].iloc[0] == "0.50分"
    assert table["得分"].astype(float).sum() == pytest.approx(year.value("city_assessment", "score"), abs=0.05)
    step = "若当年增速再提高0.5个百分点（约合91万元），追平枫屿经济开发区，可多得0.50分"
    assert f"最省力的增分点是一般公共预算收入，{step}" in indicators.verdict(year).draw
    assert "一步增分最多的是工业投资，" in indicators.assessment(year).draw
    first = indicators.scores(half).draw.data["指标"].iloc[0]
    assert first == "全社会固定资产投资", "ten points for a target"


def test_the_index_comes_with_its_range(year):
    shown = indicators.index(year)
    own = shown.data[shown.data["own"]].iloc[0]
    assert (own["low"], own["mark"], own["high"]) == (2, 2, 5)
    assert shown.claim == "综合指数居第2位（与第3位难分先后），换用其他合理算法后九成情形在第2至第5位"
    assert texts(shown.draw()) == shown.data["text"].tolist()
    text = indicators.index_certainty(year).draw
    assert year.text("composite_index", "index_first_tier_probability") in text
    assert "现行次序可能倒置" in text, "the unit below is ahead in most draws"
    assert "总效应" not in text + shown.note, "a figure for analysts stands in the annex"
    assert any("总效应指数为0.69" in line for line in indicators.limits(year))


def test_what_to_do_next_puts_the_lagging_first_and_names_the_park(year):
    shown = indicators.next_steps(year)
    table = shown.draw.data
    lagging = (table["类别"] == "补强落后").tolist()
    assert lagging == sorted(lagging, reverse=True)
    assert rows_of(shown).at["一般公共预算收入", "增速最低的园区"] == "星澜新材料园（下降约4.5%）"
    assert (
        rows_of(shown).at["规模以上工业产值", "下一步"].startswith("增速距目标2.8个百分点；若当年增速再提高1.1个百分点")
    )
    assert table["指标"].is_unique


def test_the_limits_are_those_of_what_is_shown(year, real):
    assert indicators.limits(year)[-2].startswith("分类、得分和综合指数为本报告测算")
    assert not [line for line in indicators.limits(real) if "位次" in line or "测算" in line]


def test_nothing_to_show_is_a_gap_and_prints_nothing(real, lean, one_park):
    for report in (real, lean, one_park):
        silent = [
            indicators.schedule(report),
            indicators.pace(report),
            indicators.targets(report),
            indicators.outlook(report),
            indicators.rest_of_year(report),
            indicators.ranks(report),
            indicators.ladder(report),
            indicators.distances(report),
            indicators.signals(report),
            indicators.unsure_classes(report),
            indicators.assessment(report),
            indicators.scores(report),
            indicators.index(report),
            indicators.index_certainty(report),
            indicators.next_steps(report),
        ]
        assert {shown.kind for shown in silent} == {"gap"}
    assert indicators.causes(real).kind == indicators.taxes(lean).kind == "gap"
    assert "一般公共预算收入0.5亿元" in indicators.verdict(lean).draw
    assert subjects(indicators.scores(real)) == ["考核办法"]
    assert indicators.scores(one_park).gaps == (), "marks are given to zones"


@pytest.mark.parametrize("name", ["year", "half", "real"])
def test_no_text_leaves_the_picture(name, request):
    report = request.getfixturevalue(name)
    drawn = [
        indicators.structure(report),
        indicators.schedule(report),
        indicators.pulls(report),
        indicators.ladder(report),
        indicators.signals(report),
        indicators.index(report),
    ]
    for shown in drawn:
        if shown.kind == "gap":
            continue
        figure = shown.draw().figure
        figure.draw_without_rendering()
        artists = [text for one in figure.axes if one.axison for text in (*one.texts, *one.get_yticklabels())]
        boxes = [text.get_window_extent() for text in [*artists, figure._suptitle] if text.get_text()]
        assert all(box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1 for box in boxes)


def test_foreign_capital_is_said_in_yuan_too_with_the_rates_named(year):
    note = indicators.core(year).note
    text = year.text("utilised_foreign_capital", "value_cny")
    assert f"实际利用外资按各月平均汇率折合{text}，以人民币计同比" in note
    assert "平均汇率由欧洲中央银行参考汇率套算，不是人民币汇率中间价。" in note
    # 2360万美元 at 6.36 to 7.2 yuan
    assert 1.50 < year.value("utilised_foreign_capital", "value_cny") < 1.70
