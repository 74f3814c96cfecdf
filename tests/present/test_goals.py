"""The national goals and the outlook: sentence, table and chart print one figure, and say no more than it holds."""

import dataclasses

import pandas as pd
import pytest

from zonereport.metrics.frame import measures_frame
from zonereport.metrics.schemas import empty
from zonereport.present import Report, goals
from zonereport.present.charts.bar import in_order
from zonereport.present.kit import tasks


def made(zone, rows, frames=None):
    """A report of nothing but these measures and details."""
    place = {"zone": "demo", "period": "2022-12", "park": "", "source": "governance"}
    return Report(zone, measures_frame([place | row for row in rows]), frames or {})


def criteria(rows):
    """The frame of criteria: each row is one criterion on taxes, met with a margin, with what is given changed."""
    common = {
        "goal": "national_zone",
        "criterion": "c",
        "name_zh": "年税收收入",
        "code": "business_taxes",
        "value": 6.0,
        "unit": "亿元",
        "qualifier": "",
        "period": "2022-12",
        "threshold": 5.0,
        "comparison": "at_least",
        "met": True,
        "gap": -1.0,
        "ratio_pct": 120.0,
        "reason": "met",
        "document": "文件甲",
        "quality": "s",
        "year": "2021",
        "note": "",
    }
    frame = pd.DataFrame([common | row for row in rows])
    return pd.concat([empty("goals"), frame]).astype(empty("goals").dtypes)


EXPORTS = {
    "name_zh": "年出口额",
    "code": "foreign_trade",
    "unit": "亿美元",
    "value": 2.0,
    "met": False,
    "gap": 3.0,
    "ratio_pct": 40.0,
    "growth_3y_pct": -2.0,
    "reason": "unreachable",
    "required_growth_pct": 35.7,
    "required_by": 2025,
    "quality": "u",
}
AREA = {"name_zh": "开发区面积", "value": None, "met": None, "gap": None, "ratio_pct": None, "reason": "not_reported"}


@pytest.fixture(scope="module")
def three(zone):
    """One criterion met, one unmet, one unknown: 6 of 5, 2 of 5, nothing."""
    measures = [{"code": "business_taxes", "measure": "value", "value": 6.0, "unit": "亿元"}]
    return made(zone, measures, {"goals": criteria([EXPORTS, {}, AREA])})


def test_criteria_stand_with_their_gap_and_the_rest_is_a_gap(three):
    shown = goals.criteria(three)
    assert shown.caption == "国家级经济技术开发区条件对照"
    table = shown.draw.data.set_index("条件（文件年份，来源）")
    assert table.loc["年出口额（2021年，未经核实）"].tolist() == ["不低于5亿美元", "2亿美元", "40.0%", "差3亿美元"]
    assert table.loc["年税收收入（2021年，转载文本）", "差距"] == "已达标，余1亿元"
    assert len(table) == 2
    assert "另有1项条件缺少数据或门槛值，没有列入，不等于未达标。依据：文件甲。" in shown.note
    assert shown.claim == "可比条件中最弱的是年出口额2亿美元，相当于门槛的40.0%（门槛未经核实）"
    (gap,) = shown.gaps
    assert (gap.subject, gap.reason, gap.office) == ("国家级经济技术开发区条件：开发区面积", "缺少数据", "商务")


def test_the_reach_of_two_criteria_is_drawn_the_weakest_first(three):
    shown = goals.reach(three)
    bars = in_order(shown.draw())
    assert [bar.get_width() for bar in bars] == [40.0, 120.0]
    assert [bar.get_hatch() for bar in bars] == ["///", None]
    assert shown.claim == "可比的2项条件中，年出口额最弱，相当于门槛的40.0%"
    assert list(shown.data["text"]) == ["40.0%（2亿美元）", "120.0%（6亿元）"]


def test_one_criterion_is_not_drawn(year):
    assert goals.reach(year).kind == "gap"
    assert len(goals.criteria(year).data) == 1


def test_the_pace_says_what_it_would_take(three, year):
    assert "近三年年均增速-2.0%，按现速不可达" in goals.pace(three).draw
    assert "年税收收入" not in goals.pace(three).draw, "what is met has no gap"
    assert "不是预测" in goals.pace(three).draw
    # met on one basis and not on the other: nobody can say how far it is
    assert goals.pace(year).kind == "gap"


def test_a_goal_of_which_nothing_is_known_is_not_in_the_verdict(year):
    text = goals.verdict(year).draw
    assert "对照2项条件，1项两种口径结论相反、1项缺少数据" in text
    assert "按工商税收（扣除留抵退税）为3.68亿元、按工商税收为5.92亿元，门槛为不低于4亿元（门槛未经核实）" in text
    assert "两种口径结论相反，不作判断" in text
    assert year.text("business_taxes_without_refund") == "3.68亿元"
    assert "大数据" not in text
    assert any(gap.subject.startswith("国家级大数据产业园") for gap in goals.criteria(year).gaps)


def test_without_the_conditions_the_source_is_quoted_and_nothing_is_judged(only_year):
    # data/yizheng has no criteria: they are the competent authority's
    (gap,) = goals.criteria(only_year).gaps
    assert (gap.subject, gap.reason) == ("国家级目标的条件", "条件由有权机关规定，其文件未取得")
    assert goals.pace(only_year).kind == goals.reach(only_year).kind == "gap"
    assert "国家级" not in goals.verdict(only_year).draw
    *source, measured, last = goals.aims(only_year).draw.splitlines()
    assert any("国家级经济技术开发区和国家级大数据产业园两大国创目标" in line for line in source)
    for code in ("business_taxes", "utilised_foreign_capital", "rd_spend"):
        assert only_year.label(code) + only_year.text(code) in measured
    assert "以有权机关的文件为准" in measured
    assert last.endswith("本报告未持有该文件，只录来源所述，不作达标判断。")


def test_the_goals_are_those_of_the_whole_zone(one_park):
    shown = goals.criteria(one_park)
    assert shown.kind == "gap"
    assert [gap.remedy for gap in shown.gaps] == [""]


def test_the_year_that_is_over_is_held_against_its_targets(year):
    assert goals.year(year).draw == "2022年已经结束，不再预测，只对照年度目标。"
    shown = goals.targets(year)
    assert shown.data["met"].tolist() == [False] * 7 + [True] * 13
    by_name = shown.draw.data.set_index("指标")
    assert by_name.loc["规模以上工业产值"].tolist() == ["增长9.0%", "同比增长6.2%", "低于目标2.8个百分点", "未完成"]
    assert by_name.loc["安全生产责任事故"].tolist() == ["不超过3起", "2起", "低于上限1起", "完成"]
    assert by_name.loc["研发投入", "判断"] == "预计未完成"
    assert shown.claim.startswith(
        "2022年有年度目标的20项指标中，13项完成（实际利用外资为调整后目标，年初目标2600万美元，完成90.8%），"
        "7项未完成：新签约落户项目总投资（完成95.8%）"
    )
    assert goals.forecasts(year).kind == "gap"


def test_completions_are_drawn_as_the_table_says_them(year):
    shown = goals.completion(year)
    assert shown.claim == "计算完成率的17项指标中，6项未完成年度目标，新签约落户项目总投资最低，为95.8%"
    table = goals.targets(year).draw.data.set_index("指标")
    assert [text.get_text() for text in shown.draw().texts] == list(shown.data["text"])
    for row in shown.data.itertuples():
        assert table.loc[row.label, "对照结果"].replace("完成", "") == row.text


def test_a_year_under_way_is_forecast(half):
    shown = goals.expected(half)
    table = goals.forecasts(half).draw.data.set_index("指标")
    lowest = shown.data.iloc[0]
    assert (lowest["label"], table.loc[lowest["label"], "预计对照目标"]) == ("工业投资", "89.7%")
    assert shown.claim == "有目标的4项主要指标预计都达不到年度目标，工业投资最低，为89.7%"
    assert table.loc["工业开票销售", "全年预测"] == half.text("invoiced_sales", "forecast_p50")
    assert table.loc["工业开票销售", "沿用上年余数"] == half.text("invoiced_sales", "forecast_naive")
    assert table.loc["工业开票销售", "预测区间"] == "157.93亿元至182.48亿元"
    assert table.loc["实际利用外资", "全年预测"] == "—"
    assert table.loc["实际利用外资", "按月均推算"] == half.text("utilised_foreign_capital", "run_rate")
    assert "实际利用外资起伏过大，不作全年预测。" in goals.forecasts(half).note
    # 178 of sales within 157.93 to 182.48, 42 of investment above 40.82
    assert goals.forecasts(half).claim.endswith(
        "一般公共预算收入和工业开票销售的目标仍在预测区间之内，不能断定完不成。"
    )
    assert "等数额较小、起伏较大，不列预测" in goals.year(half).draw
    assert goals.completion(half).kind == goals.targets(half).kind == "gap"


def test_an_interval_and_a_probability_are_printed_where_there_are(half):
    known = half.measures[half.measures["code"] == "invoiced_sales"].iloc[0].to_dict()
    figures = [
        ("forecast_p10", 160.0, "亿元"),
        ("forecast_p90", 190.0, "亿元"),
        ("target_probability", 37.0, "%"),
    ]
    more = pd.DataFrame(
        [
            known | {"measure": name, "value": value, "unit": unit, "reason": "", "basis": ""}
            for name, value, unit in figures
        ]
    )
    replaced = (half.measures["code"] == "invoiced_sales") & half.measures["measure"].isin(list(more["measure"]))
    wide = dataclasses.replace(half, measures=pd.concat([half.measures[~replaced], more], ignore_index=True))
    row = goals.forecasts(wide).draw.data.set_index("指标").loc["工业开票销售"]
    assert row["预测区间"] == "160亿元至190亿元"
    assert row["完成可能性"] == "37%"


def test_too_short_a_history_has_only_an_average(zone, report_of):
    report = report_of(zone, "2020-03")
    shown = goals.forecasts(report)
    assert "按月均推算" in shown.draw.data
    assert "不作全年预测" in shown.note
    assert shown.gaps[0].subject == "全年预测"
    assert goals.year(report).kind == "gap"


def test_the_review_says_where_the_simple_way_was_better(year, half):
    text = goals.review(year).draw
    assert "三月末、六月末和九月末比简单办法准。18次预测有区间，16次落在百分之八十区间之内。" in text
    assert "不是当时发布的预测" in text
    shown = goals.misses(year)
    assert shown.claim == "2022年全年预测的回算：三月末平均误差3.4%，六月末平均误差4.7%，九月末平均误差2.4%"
    drawn = [x for dots in shown.draw().collections for x in dots.get_offsets()[:, 0].tolist()]
    assert sorted(drawn) == pytest.approx(sorted(shown.data["value"]))
    assert goals.review(half).data["year"].unique().tolist() == [2021]


def test_tasks_stand_as_they_do_at_the_end_of_the_period(year, half):
    rows = goals.tasks(year).data
    assert list(rows["state"][:2]) == [tasks.OVERDUE] * 2
    assert list(rows["state"][-6:]) == [tasks.DONE] * 6
    assert {"title", "owner", "due"} <= set(rows)
    table = goals.tasks(year).draw.data
    assert len(table) == 10
    assert "已完成的6项不列。" in goals.tasks(year).note
    # in June two tasks were done, one was late by a week, and ten stood on no list yet
    assert goals.tasks(half).data.set_index("title")["state"].to_dict() == {
        "上半年固定资产投资项目调度": tasks.OVERDUE,
        "下半年外资到账项目逐个对接": tasks.LATER,
        "川禾220千伏变电站送电": tasks.LATER,
        "2022年重大项目清单编报": tasks.DONE,
        "一季度工业投资入统核对": tasks.DONE,
    }
    assert table.iloc[0].tolist()[:4] == ["逾期未开工项目重排计划", "招商局（虚构）", "2022年11月30日", "已逾期"]
    assert "任务清单共16项，已逾期2项，下期到期1项，以后到期7项，已完成6项" in goals.verdict(year).draw


def test_matters_follow_from_the_data_and_know_the_list(year):
    rows = goals.matters(year).draw.data.set_index("事项")["相关任务、责任单位与时限"]
    assert rows["核实已达标未入库的4家工业企业"] == "已达标未入库企业逐户核实（经济发展局（虚构），2023年2月28日）"
    assert rows["逐个协调进度滞后的4个项目"] == "清单未列，待明确"
    evidence = goals.matters(year).data.set_index("matter")["evidence"]
    assert evidence["办结环保督察信访件1件和劳资欠薪矛盾1起"].endswith("未办结的在云锦智造园1起")


def test_without_a_list_of_tasks_matters_stand_as_points(only_year):
    assert goals.matters(only_year).kind == "gap"
    measures = [{"code": "business_taxes", "measure": "value", "value": 6.0, "unit": "亿元"}]
    shown = goals.matters(made(only_year.zone, measures, {"goals": criteria([EXPORTS])}))
    assert shown.draw == "- **逐年测算年出口额达标路径**：现为2亿美元，相当于门槛的40.0%，差3亿美元。"
    assert goals.tasks(only_year).gaps[0].office == "督查"


def test_limits_concern_what_is_shown(year, half, one_park):
    assert "国家级目标的数值条件只作方向参考，未经核实的不作申报依据。" in goals.limits(year)
    assert not any("全年预测" in sentence for sentence in goals.limits(year))
    assert any("全年预测" in sentence for sentence in goals.limits(half))
    assert not any("国家级" in sentence for sentence in goals.limits(one_park))
