"""The chapter on the core indicators: one number in sentence, table and chart; nothing to say is said in words."""

import dataclasses

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from zonereport.present import charts, tables
from zonereport.present.words import assessment, contribution, indicators, progress, standing

EVERY_COLUMN = ["actual", "linear", "mean", "low", "high", "p10", "p50", "p90"]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def panels(report):
    said = progress.schedule(report)
    return charts.schedule_panels(progress.panel_rows(report), title=said.finding, unit="%", names=progress.NAMES)


def test_the_verdict_has_a_line_for_each_question(year):
    lines = indicators.verdict(year).splitlines()
    heads = [line.split("**")[1] for line in lines]
    assert heads == ["增速", "目标", "来源", "位次", "三类指标", "考核"]
    assert "5项总量目标完成1项，缺口最大的是工业入库税收，差2.6个百分点" in lines[1]
    assert "一般公共预算收入距前一位0.5个百分点" in lines[3]
    assert "一般公共预算收入由中游转为落后" in lines[4]
    assert "第2至第5位" in lines[5]


def test_a_zone_with_levels_only_says_how_large_things_are(real):
    heads = [line.split("**")[1] for line in indicators.verdict(real).splitlines()]
    assert heads == ["生产规模", "投资", "财税", "开放", "判断边界"]


@pytest.mark.parametrize("name", ["year", "half"])
def test_completion_is_one_number_in_chart_table_and_alt(name, request):
    report = request.getfixturevalue(name)
    table = tables.year_targets(report).data.set_index("指标")
    rows, said = progress.panel_rows(report), progress.schedule(report)
    assert rows["code"].nunique() == 5
    for code in rows["code"].unique():
        text = report.text(code, "completion")
        title = rows.loc[rows["code"] == code, "panel"].iloc[0]
        assert title == f"{report.label(code)}\n{text}，目标{report.text(code, 'target')}"
        assert table.at[report.label(code), "完成目标"] == text
        assert f"{report.label(code)}完成全年目标{text}" in said.alt
        last = rows[rows["code"] == code].dropna(subset="actual")["actual"].iloc[-1]
        assert last == pytest.approx(report.value(code, "completion"))


def test_the_panels_draw_what_there_is(year, half):
    ax = panels(half)
    drawn = {line.get_linestyle() for line in ax.lines}
    assert len(ax.lines) >= 4, "actual, linear, history and the forecast"
    assert len(drawn) > 1
    legend = [text.get_text() for axis in ax.figure.axes for text in (axis.get_legend() or ax.figure).findobj(plt.Text)]
    assert "全年预测中值" in legend
    assert "预测区间（80%）" not in legend, "two years have no interval"
    assert progress.panel_rows(year)["p50"].isna().all(), "the year is over"


def test_the_fan_is_drawn_where_there_is_an_interval():
    data = pd.DataFrame({"panel": "甲\n60.0%，目标9亿元", "month": range(1, 13)})
    data = data.assign(**{name: [8.0 * month for month in range(1, 13)] for name in EVERY_COLUMN})
    data.loc[:5, ["p10", "p50", "p90"]] = None
    ax = charts.schedule_panels(data, title="题", unit="%", names=progress.NAMES)
    hatched = [part for part in ax.collections if part.get_hatch()]
    assert len(hatched) == 1
    assert "预测区间（80%）" in [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_the_two_schedules_are_both_said_and_not_confused(half):
    assert progress.finding(half) == "5项总量目标中4项低于序时进度，也都低于历史同期"
    text = progress.evidence(half)
    assert "比历史同期平均进度分别低" in text
    assert half.text("industrial_investment", "gap_seasonal").removeprefix("-").removesuffix("个百分点") in text
    table = tables.rest_of_year(half).data.set_index("指标")
    assert table.at["工业开票销售", "全年预测"] == half.text("invoiced_sales", "forecast_p50")
    assert "预测区间（80%）" not in table
    assert f"工业开票销售（{half.text('invoiced_sales', 'forecast_p50')}）" in progress.ahead_of_year(half)


def test_a_changed_target_is_named_with_its_day(year):
    assert "于2022年7月28日由2600万美元调整为2300万美元" in progress.adjusted(year)
    assert tables.rest_of_year(year) is None
    assert "全年数已知" in progress.outlook(year).missing


def test_pulls_of_parks_are_those_of_the_detail_and_add_up(year):
    frame, bars = year.detail("parks"), contribution.pulls(year)
    budget = frame[(frame["code"] == "budget_revenue") & (frame["park"] != "")]
    drawn = bars[bars["label"].str.startswith("一般公共预算收入")]
    assert drawn["value"].tolist() == budget["pull_pp"].tolist()
    assert budget["pull_pp"].sum() == pytest.approx(year.value("budget_revenue", "growth"), abs=0.06)
    said = contribution.pull_chart(year)
    ax = charts.grouped(bars, title=said.finding, unit="个百分点")
    assert sorted(texts(ax)) == sorted(bars["text"])
    assert "星澜新材料园下拉一般公共预算收入1.65个百分点" in said.finding
    assert "一般公共预算收入（109.1%）" in contribution.by_park(year)
    assert "贡献率超过100%" in contribution.by_park(year)


def test_taxes_with_refunds_are_not_called_the_fastest(year):
    assert "business_taxes" not in contribution.grown_codes(year)
    assert "留抵退税拉动30.32个百分点，扣除后同比下降21.4%" in contribution.refunds(year)


def test_the_table_of_parks_has_a_pair_of_columns_a_park(year, one_park):
    table = tables.park_figures(year).data
    assert table.shape[1] == 1 + 2 * len(year.zone.about.parks)
    assert table[("云锦智造园", "同比")].iloc[0] == "8.8%"
    own = tables.park_figures(one_park).data.set_index("指标")
    assert own.at["工业开票销售", "拉动"] == one_park.text("invoiced_sales", "pull")
    assert contribution.finding(one_park).startswith("川禾数据园拉动全区")


def test_the_ladder_shows_ties_and_distances_of_the_table(year):
    rows, table = standing.placed(year), tables.peer_ranks(year).data.set_index("指标")
    zone = rows[rows["kind"] == "zone"].set_index("code")
    assert zone.at["industrial_output", "label"] == "规模以上工业产值\n并列第7位，前移1位"
    assert zone.at["invoiced_sales", "text"] == "6.6%"
    assert table.at["一般公共预算收入", "前一位"] == "枫屿经济开发区"
    assert table.at["一般公共预算收入", "相差"] == "0.5"
    assert table.at["工业开票销售", "距第一方阵"] == "已在其中"
    assert len(rows[rows["kind"] == "peer"]) == 7 * 9
    ax = charts.ladder(rows, title="题", unit="%", names=standing.KINDS)
    assert "6.6%" in texts(ax)


def test_the_grid_says_the_signals_with_their_evidence(year):
    cells = standing.signals(year)
    budget = cells[cells["label"] == "一般公共预算收入"].set_index("column")
    assert budget["value"].tolist() == [-1, -1, -1, -1]
    assert budget["text"].tolist() == ["低2.5", "9/10", "低3.8", "补强落后（93%）"]
    ax = charts.signals(cells, title=standing.grid(year).finding)
    assert texts(ax) == cells["text"].tolist()
    assert "工业开票销售（58%）" in standing.classes(year)
    assert standing.apart(0.04) == "持平"


def test_the_cheapest_next_point_gives_most_for_a_percentage_point(year, half):
    assert assessment.cheapest(year)["code"].iloc[0] == "budget_revenue"
    table = tables.assessment_scores(year).data
    assert table["指标"].iloc[0] == "一般公共预算收入"
    assert table["可增分"].iloc[0] == "0.50分"
    assert "增速再提高0.5个百分点（约合0.01亿元），追平枫屿经济开发区，可增0.50分" in assessment.shorthand(year)
    assert "工业投资" in assessment.standing(year), "the largest single step"
    assert assessment.cheapest(half)["code"].iloc[0] == "fixed_asset_investment", "ten points for a target"
    assert table["得分"].astype(float).sum() == pytest.approx(year.value("city_assessment", "score"), abs=0.05)


def test_the_index_comes_with_its_range(year):
    rows, said = assessment.places(year), assessment.index_chart(year)
    own = rows[rows["own"]].iloc[0]
    assert (own["low"], own["mark"], own["high"]) == (2, 2, 5)
    assert "综合指数居第2位" in said.finding
    assert "第2至第5位" in said.finding
    ax = charts.ranges(rows, title=said.finding, unit="位次", names=assessment.RANGES)
    assert texts(ax) == rows["text"].tolist()
    text = assessment.sureness(year)
    assert year.text("composite_index", "index_first_tier_probability") in text
    assert "现行次序可能倒置" in text, "the unit below is ahead in most draws"


def test_what_to_do_next_puts_the_lagging_first_and_names_the_park(year):
    table = tables.next_steps(year).data
    lagging = (table["类别"] == "补强落后").tolist()
    assert lagging == sorted(lagging, reverse=True)
    assert table.set_index("指标").at["一般公共预算收入", "增速最低的园区"] == "星澜新材料园（下降4.5%）"


def test_what_came_late_and_what_was_revised(year):
    text = indicators.received(year)
    assert "实际利用外资2021年8月" in text
    assert "2022年1—9月工业投资由首次公布的29.31亿元修订为28.84亿元" in text


def test_the_core_table_of_the_chapter(year, real):
    table = tables.core(year, year.codes("S2"), indicators.SHOWN).data
    assert list(table) == ["指标", "数值", "同比", "增速较上月", "当月", "口径与说明"]
    assert "完成目标" not in tables.core(year, year.codes("S2"), indicators.SHOWN).data
    assert list(tables.core(real, real.codes("S2"), indicators.SHOWN).data) == ["指标", "数值", "口径与说明", "出处"]


def test_nothing_to_show_is_one_sentence_or_none(real, lean, one_park):
    for report in (real, lean, one_park):
        captions = [
            progress.schedule(report),
            standing.ladder(report),
            standing.grid(report),
            indicators.actions(report),
        ]
        assert all(said.missing.startswith("（") for said in captions)
        assert [tables.year_targets(report), tables.peer_ranks(report), tables.assessment_scores(report)] == [None] * 3
        assert progress.targets(report).missing is standing.ranks(report).missing is None, "the chart has said so"
        assert panels(report) is None
        assert not any([progress.evidence(report), standing.distances(report), standing.classes(report)])
        assert not any([assessment.standing(report), assessment.sureness(report), assessment.shorthand(report)])
    assert contribution.reasons(real) == ""


def test_a_zone_without_figures_of_its_parks_is_not_divided_up(zone, report_of):
    rows = zone.tables["indicators"]
    whole = zone.tables | {"indicators": rows[rows["park"] == ""]}
    report = report_of(dataclasses.replace(zone, tables=whole), "2022-12")
    assert contribution.park_rows(report).empty
    assert "不分解增长来源" in contribution.pull_chart(report).missing
    assert indicators.weakest(report, "budget_revenue") == ""


@pytest.mark.parametrize("name", ["year", "half"])
def test_no_text_leaves_the_picture(name, request):
    report = request.getfixturevalue(name)
    drawn = [
        panels(report),
        charts.grouped(contribution.pulls(report), title=contribution.finding(report), unit="个百分点"),
        charts.ladder(standing.placed(report), title=standing.ladder(report).finding, unit="%", names=standing.KINDS),
        charts.signals(standing.signals(report), title=standing.grid(report).finding),
        charts.ranges(assessment.places(report), title="题", unit="位次", names=assessment.RANGES),
    ]
    for ax in drawn:
        figure = ax.figure
        figure.draw_without_rendering()
        artists = [text for one in figure.axes if one.axison for text in (*one.texts, *one.get_yticklabels())]
        boxes = [text.get_window_extent() for text in [*artists, figure._suptitle] if text.get_text()]
        assert all(box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1 for box in boxes)
