"""What a clerk would ask is asked once, and its answer remembered."""

import pytest

HEAD = ["指标名称", "单位", "累计", "同比（%）"]


def doubts(result) -> list[str]:
    """The kinds and codes of the doubts of an import."""
    return [fault.expected.rpartition("--accept ")[2] for fault in result.faults]


def book(make, period, rows, head=HEAD):
    return make(f"统计{period}", {"表": [head, *rows]})


@pytest.mark.parametrize(
    ("value", "kinds"),
    [(35.8, ["jump"]), (0.62, ["fall"]), (1.5, ["same"]), (35800, ["size", "jump"]), (1.66, [])],
)
def test_a_figure_against_the_last_one_of_its_year(make, take, value, kinds):
    result = take(book(make, "2022-11", [["一般公共预算收入", "亿元", value, ""]]))
    assert [one.partition(":")[0] for one in doubts(result)] == kinds


def test_an_answer_is_remembered_for_the_value_it_was_given_for(make, take, place):
    path = book(make, "2022-11", [["一般公共预算收入", "亿元", 35.8, ""]])
    assert doubts(take(path)) == ["jump:budget_revenue"]
    assert take(path, accept=["jump:treasury_tax"]).written == ()
    assert "mappings/accepted.csv" in take(path, accept=["jump:budget_revenue"]).written
    assert take(path).faults == ()
    text = (place / "data/demo/mappings/accepted.csv").read_text(encoding="utf-8")
    assert text == "kind,code,entity,period,value\njump,budget_revenue,,2022-11,35.8\n"


def test_a_column_of_shares_and_a_column_of_indices(make, take):
    rows = [["工业投资", "亿元", 38, 0.032], ["工业税收", "亿元", 2, -0.045]]
    assert doubts(take(book(make, "2022-11", rows))) == ["growth-small:industrial_investment"]
    rows = [["工业投资", "亿元", 38, "0.3%"], ["工业税收", "亿元", 2, "-0.2%"]]
    assert take(book(make, "2022-11", rows)).faults == ()
    rows = [["工业投资", "亿元", 39, 103.2], ["工业税收", "亿元", 2.1, 98]]
    assert doubts(take(book(make, "2022-12", rows))) == ["growth-index:industrial_investment"]


def test_the_month_and_the_sum_swapped(make, take):
    path = book(make, "2022-11", [["工业投资", "亿元", 38, 3]], ["指标名称", "单位", "本月", "累计"])
    assert doubts(take(path)) == ["swapped:industrial_investment"]


def test_a_park_that_reported_and_is_missing(make, take):
    rows = [["园区", "工业开票销售（亿元）"], ["东园", 60], ["西园", 50]]
    assert take(make("园区2022-10", {"表": rows})).faults == ()
    rows = [["园区", "工业开票销售（亿元）"], ["东园", 66]]
    result = take(make("园区2022-11", {"表": rows}))
    assert doubts(result) == ["missing:invoiced_sales"]
    assert "west" in result.faults[0].expected


def test_a_growth_of_minus_100_is_a_fault_unless_the_figure_is_nothing(make, take):
    fault = take(book(make, "2022-11", [["工业投资", "亿元", 38, -104]])).faults[0]
    assert (fault.column, fault.expected) == ("D 同比(%)", "a growth above -100 %")
    assert take(book(make, "2022-11", [["安全生产责任事故", "起", 0, -100]])).faults == ()


def test_a_warning_is_said_wherever_it_stands(make, take):
    # what was received before contradicts the older figure that comes late: the warning stands in the newer row
    path = make("统计2022-09", {"表": [HEAD, ["工业开票销售", "亿元", 120, ""]]})
    assert any(fault.file == "indicators.csv" and "at least 120" in fault.expected for fault in take(path).warnings)
