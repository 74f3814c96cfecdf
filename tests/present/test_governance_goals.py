"""The national goals and the year's targets: sentence, table and chart print one figure, and say no more."""

import dataclasses

import pandas as pd
import pytest

from zonereport.metrics.frame import measures_frame
from zonereport.present import Report, charts, tables
from zonereport.present.charts.bar import in_order
from zonereport.present.kit import tasks
from zonereport.present.words import forecast_review as review
from zonereport.present.words import goals, outlook, proposals


def made(zone, rows, frames=None):
    """A report of nothing but these measures and details."""
    place = {"zone": "demo", "period": "2022-12", "park": "", "source": "governance"}
    return Report(zone, measures_frame([place | row for row in rows]), frames or {})


def test_each_criterion_has_year_document_and_quality(year):
    for goal in goals.GOALS:
        table = tables.goal_criteria(year, goal).data
        assert set(table["来源质量"]) <= set(goals.QUALITY.values())
        assert table["条件（文件年份）"].str.contains("年）").all()
        assert set(table["依据"]) <= set(tables.goal_documents(year).data["编号"])
    first = tables.goal_criteria(year, goals.GOALS[0]).data.iloc[0]
    assert (first["现状"], first["达标程度"], first["差距或原因"]) == ("3.68亿元", "73.6%", "差1.32亿元")
    for text in ("3.68亿元", "73.6%"):
        assert text in goals.verdict(year)
    assert year.text("business_taxes_without_refund") == "3.68亿元"
    assert "年均须增长10.8%" in goals.pace(year)
    assert "不是预测" in goals.pace(year)


def test_what_cannot_be_judged_is_not_called_unmet(year):
    assert "对照4项条件，都缺少据以判断的数据或门槛值，不作判断" in goals.verdict(year)
    assert "不等于未达标" in goals.unknown(year)
    assert "安全生产责任事故起数不分等级" in goals.unknown(year)


def criteria(**columns):
    row = {
        **{"goal": "national_zone", "criterion": "c", "name_zh": "年税收收入", "code": "business_taxes", "value": 6.0},
        **{"unit": "亿元", "qualifier": "", "period": "2022-12", "threshold": 5.0, "comparison": "at_least"},
        **{"met": True, "gap": -1.0, "ratio_pct": 120.0, "growth_3y_pct": float("nan"), "years": float("nan")},
        **{"required_growth_pct": float("nan"), "required_by": pd.NA, "reason": "met", "document": "d"},
        **{"quality": "s", "year": "2021", "note": ""},
    }
    return row | columns


def test_met_unmet_and_unreachable_criteria(zone):
    rows = pd.DataFrame(
        [
            criteria(
                **{"name_zh": "年出口额", "code": "foreign_trade", "unit": "亿美元", "value": 2.0, "met": False},
                **{"gap": 3.0, "ratio_pct": 40.0, "growth_3y_pct": -2.0, "reason": "unreachable"},
                **{"required_growth_pct": 35.7, "required_by": 2025},
            ),
            criteria(),
        ]
    ).astype({"met": "boolean"})
    report = made(zone, [{"code": "business_taxes", "measure": "value", "value": 6.0, "unit": "亿元"}], {"goals": rows})
    assert goals.judged(report, rows.iloc[1]) == "已达标，余1亿元"
    assert "近三年年均增速-2.0%，按现速不可达" in goals.pace(report)
    data, said = goals.comparable(report), goals.comparison(report)
    ax = charts.reach(data, title=said.finding, unit=goals.SHARE, line=goals.LINE)
    assert [bar.get_width() for bar in in_order(ax)] == [40.0, 120.0]
    assert [bar.get_hatch() for bar in in_order(ax)] == ["///", None]
    assert said.finding == "可比的2项条件中，年出口额最弱，相当于门槛的40.0%"


def test_the_year_that_is_over_is_not_forecast(year):
    rows = outlook.targets(year)
    assert list(rows["met"][:7]) == [False] * 7
    assert rows["met"][7:].all()
    assert "不再预测" in outlook.year(year)
    table = tables.year_end(year).data
    assert list(table.columns) == ["指标", "年度目标", "实绩", "对照结果", "判断"]
    by_name = table.set_index("指标")
    assert by_name.loc["规模以上工业产值"].tolist() == ["增长9.0%", "同比增长6.2%", "低于目标2.8个百分点", "未完成"]
    assert by_name.loc["安全生产责任事故"].tolist() == ["不超过3起", "2起", "低于上限1起", "完成"]
    assert by_name.loc["研发投入", "判断"] == "预计未完成"
    data, said = outlook.chart_data(year), outlook.chart(year)
    assert "17项指标中，6项未完成" in said.finding
    ax = charts.diverging(data, title=said.finding, unit=outlook.UNIT)
    assert [text.get_text() for text in ax.texts] == list(data["text"])
    assert f"完成{data['text'].iloc[0]}" == by_name.loc[data["label"].iloc[0], "对照结果"]


def test_the_forecast_of_a_year_under_way(half):
    assert "只作参考" in outlook.heading(half)
    table = tables.year_end(half).data.set_index("指标")
    lowest = outlook.expected(half).iloc[0]
    assert table.loc[lowest["label"], "预计对照目标"] in outlook.heading(half)
    assert table.loc[lowest["label"], "全年预测"] == half.text(lowest["code"], "forecast_p50")
    assert "预测区间" not in table, "two years have no interval"
    assert review.paragraph(half) == ""
    assert review.chart(half).missing


def test_an_interval_and_a_probability_are_printed_where_there_are(half):
    more = pd.DataFrame(
        [
            half.measures[half.measures["code"] == "invoiced_sales"].iloc[0].to_dict()
            | {"measure": name, "value": value, "unit": unit, "reason": "", "basis": ""}
            for name, value, unit in (
                ("forecast_p10", 160.0, "亿元"),
                ("forecast_p90", 190.0, "亿元"),
                ("target_probability", 37.0, "%"),
            )
        ]
    )
    rest = half.measures[
        (half.measures["code"] != "invoiced_sales") | ~half.measures["measure"].isin(list(more["measure"]))
    ]
    wide = dataclasses.replace(half, measures=pd.concat([rest, more], ignore_index=True))
    row = tables.year_end(wide).data.set_index("指标").loc["工业开票销售"]
    assert row["预测区间"] == "160亿元至190亿元"
    assert row["完成可能性"] == "37%"


def test_too_short_a_history_has_only_an_average(zone, report_of):
    report = report_of(zone, "2020-03")
    assert "按月均推算" in tables.year_end(report).data
    assert "不作全年预测" in outlook.year(report)
    assert outlook.heading(report) == ""


def test_the_review_says_where_the_simple_way_was_better(year):
    text = review.paragraph(year)
    assert "三月末不比简单办法准" in text
    assert "不是当时发布的预测" in text
    scores = review.scored(year, "main")
    assert all(review.percent(row["mape_pct"]) in review.chart(year).finding for row in scores.values())
    data = review.data(year)
    ax = charts.misses(data, title="t", unit="%")
    drawn = [x for dots in ax.collections for x in dots.get_offsets()[:, 0].tolist()]
    assert sorted(drawn) == pytest.approx(sorted(data["value"]))


def test_tasks_stand_as_they_do_at_the_end_of_the_period(year, half):
    rows = tasks.tasks(year)
    assert list(rows["state"][:2]) == [tasks.OVERDUE] * 2
    assert list(rows["state"][-2:]) == [tasks.DONE] * 2
    assert tasks.OVERDUE not in set(tasks.tasks(half)["state"]), "what is due in November is not overdue in June"
    assert tasks.state(year, "open", "2022-12-31") == tasks.UNREPORTED
    assert tasks.state(year, "open", "2023-01") == tasks.NEXT
    assert tasks.state(year, "open", "2023") == tasks.LATER
    table = tables.task_list(year).data
    assert len(table) == 12
    assert "任务清单共12项，已逾期2项，下期到期1项，以后到期7项，已完成2项" in goals.verdict(year)


def test_matters_follow_from_the_data_and_know_the_list(year, only_year):
    rows = proposals.proposals(year).set_index("matter")
    assert (
        rows.loc["核实已达标未入库的4家工业企业", "listed"]
        == "已达标未入库企业逐户核实（经济发展局（虚构），2023年2月28日）"
    )
    assert rows.loc["逐个协调进度滞后的4个项目", "listed"] == "清单未列，待明确"
    assert set(proposals.proposals(only_year)["listed"]) == {"未取得任务清单，待明确"}
