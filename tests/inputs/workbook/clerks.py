"""More books as clerks make them: written before it was read how they are handled, and kept because they are theirs.

They are of the kinds that cases.py has, in other clothes: other titles, units in other places, half-years, quarters
that add up, columns of last year, headers merged over blanks, footnotes, two tables beside one another.
"""

import openpyxl.styles

HEAD = ["指标", "单位", "累计", "同比增长（%）"]
SALES = ["工业开票销售", "亿元", 165, 3.2]
REVENUE = ["一般公共预算收入", "亿元", 1.8, -4.5]
BOTH = {"invoiced_sales": (165, 3.2), "budget_revenue": (1.8, -4.5)}
# one confirmation is what these need: something of them is left out, or must be typed
MAY_BE_ASKED = {
    "counties with rank and total",
    "target, progress, remark",
    "last year as a row below",
    "the period in the last line",
    "brackets for a fall",
    "amount and growth below one label",
}
TITLE = ["2022年1-10月主要经济指标"]


def _hide_second(book) -> None:
    book.worksheets[1].sheet_state = "hidden"


def _hide_fourth_row(book) -> None:
    book.worksheets[0].row_dimensions[4].hidden = True


def _struck(book) -> None:
    book.worksheets[0]["A4"].font = openpyxl.styles.Font(strike=True)


def clerks_cases(cases) -> list:
    """Return the books; ``cases`` is the module that says what a case is."""
    Case, figures = cases.Case, cases.figures
    good = figures("2022-10", BOTH)
    return [
        Case(
            "half-year, last year beside it",
            {
                "上半年": [
                    ["关于2022年上半年主要经济指标完成情况的通报"],
                    ["指标名称", "计量单位", "上半年累计", "去年同期", "增长%"],
                    ["工业开票销售", "亿元", 165, 159.9, 3.2],
                    ["一般公共预算收入", "亿元", 1.8, 1.88, -4.5],
                ]
            },
            figures("2022H1", BOTH) | figures("2021H1", {"invoiced_sales": (159.9,), "budget_revenue": (1.88,)}),
            kind="B",
        ),
        Case(
            "quarters that add up",
            {
                "GDP": [
                    ["2022年地区生产总值季度累计", "", "", "单位：亿元"],
                    ["指标", "1季度", "1-2季度", "1-3季度", "1-4季度"],
                    ["地区生产总值", 9, 20, 31, 44],
                ]
            },
            {
                ("2022Q1", "gross_domestic_product", "", "value"): 9,
                ("2022-06", "gross_domestic_product", "", "value"): 20,
                ("2022-09", "gross_domestic_product", "", "value"): 31,
                ("2022-12", "gross_domestic_product", "", "value"): 44,
            },
            kind="A",
        ),
        Case(
            "a period merged over four columns",
            {
                "指标": [
                    ["主要经济指标"],
                    ["指标", "单位", "2022年1-10月", "", "", ""],
                    ["", "", "本期累计", "上年同期", "增减额", "增减%"],
                    ["工业开票销售", "亿元", 165, 159.9, 5.1, 3.2],
                    ["一般公共预算收入", "亿元", 1.8, 1.88, -0.08, -4.5],
                ]
            },
            good | figures("2021-10", {"invoiced_sales": (159.9,), "budget_revenue": (1.88,)}),
            kind="E",
            merged={"指标": ["A2:A3", "B2:B3", "C2:F2"]},
        ),
        Case(
            "a unit in the corner, headers merged down",
            {
                "报表": [
                    ["2022年10月份经济运行月报", "", ""],
                    ["填报单位：某局", "", "单位：万元"],
                    ["项目", "1-10月", ""],
                    ["", "累计完成", "同比增长（%）"],
                    ["工业开票销售", 1650000, 3.2],
                    ["一般公共预算收入", 18000, -4.5],
                ]
            },
            figures("2022-10", {"invoiced_sales": (1650000, 3.2), "budget_revenue": (18000, -4.5)}),
            kind="B",
            merged={"报表": ["A1:C1", "A3:A4", "B3:C3"]},
            units={
                ("2022-10", "invoiced_sales", ""): "万元",
                ("2022-10", "budget_revenue", ""): "万元",
            },
        ),
        Case(
            "another unit in a bracket of the unit",
            {
                "指标": [
                    TITLE,
                    ["单位：亿元（财政收入为万元）"],
                    ["指标", "累计", "同比增长（%）"],
                    ["工业开票销售", 165, 3.2],
                    ["一般公共预算收入", 18000, -4.5],
                ]
            },
            kind="B",
            asks="万元",
        ),
        Case(
            "another unit in a footnote",
            {
                "指标": [
                    [*TITLE, "", "单位：亿元"],
                    ["指标", "累计", "同比增长（%）"],
                    ["工业开票销售", 165, 3.2],
                    ["一般公共预算收入", 18000, -4.5],
                    ["注：一般公共预算收入单位为万元。"],
                ]
            },
            kind="B",
            asks="万元",
        ),
        Case(
            "unit in the head of the labels, another in a label",
            {
                "指标": [
                    TITLE,
                    ["指标（亿元）", "累计", "同比增长（%）"],
                    ["工业开票销售", 165, 3.2],
                    ["一般公共预算收入（万元）", 18000, -4.5],
                    ["实际利用外资（万美元）", 3000, 8],
                ]
            },
            figures(
                "2022-10",
                {
                    "invoiced_sales": (165, 3.2),
                    "budget_revenue": (18000, -4.5),
                    "utilised_foreign_capital": (3000, 8),
                },
            ),
            kind="B",
            units={
                ("2022-10", "invoiced_sales", ""): "亿元",
                ("2022-10", "budget_revenue", ""): "万元",
                ("2022-10", "utilised_foreign_capital", ""): "万美元",
            },
        ),
        Case(
            "percent as typed text",
            {"指标": [TITLE, [*HEAD[:3], "同比"], [*SALES[:3], "+3.2%"], [*REVENUE[:3], "-4.5%"]]},
            good,
            kind="D",
        ),
        Case(
            "plus-minus in the header",
            {"指标": [TITLE, ["指标名称", "计量单位", "累计完成", "同比±%"], SALES, REVENUE]},
            good,
            kind="C",
        ),
        Case(
            "two months beside one another",
            {
                "指标": [
                    ["2022年1-9月", "", "", "", "2022年1-10月", "", ""],
                    ["指标", "累计（亿元）", "同比（%）", "", "指标", "累计（亿元）", "同比（%）"],
                    ["工业开票销售", 150, 2.9, "", "工业开票销售", 165, 3.2],
                    ["一般公共预算收入", 1.6, -5, "", "一般公共预算收入", 1.8, -4.5],
                ]
            },
            good | figures("2022-09", {"invoiced_sales": (150, 2.9), "budget_revenue": (1.6, -5)}),
            kind="E",
        ),
        Case(
            "last month on a hidden sheet",
            {
                "10月": [TITLE, HEAD, SALES, REVENUE],
                "9月": [["2022年1-9月主要经济指标"], HEAD, ["工业开票销售", "亿元", 150, 2.9]],
            },
            good,
            kind="D",
            shape=_hide_second,
        ),
        Case(
            "a hidden row",
            {"指标": [TITLE, HEAD, SALES, ["一般公共预算收入", "亿元", 99, 9], REVENUE]},
            good,
            kind="D",
            shape=_hide_fourth_row,
        ),
        Case(
            "counties with rank and total",
            {
                "县区": [
                    ["2022年1-10月各县区工业开票销售完成情况"],
                    ["县区", "累计（亿元）", "增幅（%）", "排名"],
                    ["全市", 600, 5, "-"],
                    ["甲县", 200, 6.1, 1],
                    ["乙县", 150, 3.3, 2],
                ]
            },
            figures("2022-10", {"invoiced_sales": (200, 6.1)}, "甲县")
            | figures("2022-10", {"invoiced_sales": (150, 3.3)}, "乙县"),
            kind="layout",
        ),
        Case(
            "month and total, each with its growth",
            {
                "指标": [
                    ["2022年10月主要经济指标"],
                    ["指标", "单位", "当月", "当月同比%", "累计", "累计同比%"],
                    ["工业开票销售", "亿元", 15, 1.1, 165, 3.2],
                    ["一般公共预算收入", "亿元", 0.2, 7, 1.8, -4.5],
                ]
            },
            good,
            kind="C",
        ),
        Case(
            "units typed behind the figures",
            {"指标": [TITLE, ["指标", "累计", "同比"], ["工业开票销售", "165亿元", "3.2%"]]},
            figures("2022-10", {"invoiced_sales": (165, 3.2)}),
            kind="G",
            units={("2022-10", "invoiced_sales", ""): "亿元"},
        ),
        Case(
            "numbered labels of every style",
            {
                "指标": [
                    TITLE,
                    HEAD,
                    ["1.工业开票销售", "亿元", 165, 3.2],
                    ["（二）一般公共预算收入", "亿元", 1.8, -4.5],
                    ["③工业投资", "亿元", 38, 1],
                    ["四、实际利用外资", "万美元", 3000, 8],
                    ["⑤工业入库税收", "亿元", 4, 2],
                ]
            },
            good
            | figures(
                "2022-10",
                {
                    "industrial_investment": (38, 1),
                    "utilised_foreign_capital": (3000, 8),
                    "treasury_tax": (4, 2),
                },
            ),
            kind="C",
        ),
        Case(
            "target, progress, remark",
            {
                "指标": [
                    TITLE,
                    ["指标", "单位", "年度目标", "1-10月完成", "完成进度%", "同比%", "备注"],
                    ["工业开票销售", "亿元", 200, 165, 82.5, 3.2, "快报数"],
                    ["一般公共预算收入", "亿元", 2.4, 1.8, 75, -4.5, ""],
                ]
            },
            good,
            kind="C",
        ),
        Case(
            "this year, last year, growth",
            {
                "指标": [
                    ["主要经济指标对比表"],
                    ["指标", "单位", "2022年1-10月", "2021年1-10月", "同比增长%"],
                    ["工业开票销售", "亿元", 165, 159.9, 3.2],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165, 3.2)}) | figures("2021-10", {"invoiced_sales": (159.9,)}),
            kind="B",
        ),
        Case(
            "months down, indicators across in two levels",
            {
                "分月": [
                    ["2022年分月累计情况"],
                    ["月份", "工业开票销售", "", "一般公共预算收入", ""],
                    ["", "总量（亿元）", "增幅（%）", "总量（亿元）", "增幅（%）"],
                    ["1-2月", 30, 5, 0.4, 1],
                    ["1-10月", 165, 3.2, 1.8, -4.5],
                ]
            },
            good | figures("2022-02", {"invoiced_sales": (30, 5), "budget_revenue": (0.4, 1)}),
            kind="layout",
            merged={"分月": ["A2:A3", "B2:C2", "D2:E2"]},
        ),
        Case(
            "last year as a row below",
            {
                "指标": [
                    TITLE,
                    ["指标", "单位", "累计"],
                    ["工业开票销售", "亿元", 165],
                    ["  上年同期", "亿元", 159.9],
                    ["一般公共预算收入", "亿元", 1.8],
                    ["  上年同期", "亿元", 1.88],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165,), "budget_revenue": (1.8,)}),
            kind="C",
        ),
        Case(
            "two growths",
            {
                "指标": [
                    TITLE,
                    ["指标", "单位", "累计", "自然口径增长%", "同口径增长%"],
                    ["一般公共预算收入", "亿元", 1.8, -4.5, 3.1],
                ]
            },
            kind="C",
            asks="口径",
        ),
        Case(
            "one indicator twice",
            {"指标": [TITLE, HEAD, SALES, REVENUE, ["工业开票销售", "亿元", 156, 2.3]]},
            kind="C",
            asks="or one row only",
        ),
        Case(
            "expected figures",
            {"指标": [["2022年1-10月主要指标（预计）"], HEAD, SALES, REVENUE]},
            kind="C",
            asks="预计",
        ),
        Case(
            "the period in the last line",
            {"Sheet1": [["主要经济指标"], HEAD, SALES, REVENUE, ["数据截至2022年10月31日"]]},
            good,
            kind="A",
        ),
        Case(
            "figures as text with commas",
            {
                "指标": [
                    TITLE,
                    ["指标", "单位", "累计", "同比增长（%）"],
                    ["工业开票销售", "万元", "1,650,000", "3.2"],
                    ["一般公共预算收入", "万元", "18，000", "-4.5"],
                ]
            },
            figures("2022-10", {"invoiced_sales": (1650000, 3.2), "budget_revenue": (18000, -4.5)}),
            kind="G",
        ),
        Case(
            "a period that was shortened",
            {"指标": [["主要经济指标"], ["指标", "单位", 2022.1, "同比（%）"], SALES, REVENUE]},
            kind="A",
            asks="period",
        ),
        Case(
            "parks and the whole",
            {
                "园区": [
                    ["2022年1-10月各园区工业开票销售"],
                    ["园区", "累计（亿元）", "增幅（%）"],
                    ["全区", 60, 3.2],
                    ["北园", 60, 8.8],
                ]
            },
            figures("2022-10", {"invoiced_sales": (60, 3.2)})
            | figures("2022-10", {"invoiced_sales": (60, 8.8)}, "north"),
            kind="layout",
        ),
        Case(
            "brackets for a fall",
            {"指标": [TITLE, HEAD, SALES, [*REVENUE[:3], "(4.5)"]]},
            good,
            kind="G",
        ),
        Case(
            "amount and growth below one label",
            {
                "指标": [
                    ["2022年1-10月"],
                    ["指标", "项目", "数值"],
                    ["工业开票销售", "总量（亿元）", 165],
                    ["", "增幅（%）", 3.2],
                    ["一般公共预算收入", "总量（亿元）", 1.8],
                    ["", "增幅（%）", -4.5],
                ]
            },
            good,
            kind="layout",
            merged={"指标": ["A3:A4", "A5:A6"]},
        ),
        Case(
            "growth of points",
            {
                "指标": [
                    TITLE,
                    ["指标", "单位", "累计", "同比增减（个百分点）"],
                    ["工业开票销售", "亿元", 165, 3.2],
                ]
            },
            kind="C",
            asks="百分点",
        ),
        Case(
            "a figure that is struck through",
            {"指标": [TITLE, HEAD, SALES, REVENUE]},
            good,
            kind="D",
            shape=_struck,
        ),
        Case(
            "two tables below one another, other periods",
            {
                "指标": [
                    ["一、2022年1-10月"],
                    HEAD,
                    SALES,
                    ["二、2021年1-10月"],
                    HEAD,
                    ["工业开票销售", "亿元", 159.9, 7],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165, 3.2)}) | figures("2021-10", {"invoiced_sales": (159.9, 7)}),
            kind="E",
        ),
        Case(
            "excluding something",
            {"指标": [TITLE, HEAD, SALES, ["一般公共预算收入（扣除留抵退税）", "亿元", 2.1, 3.3]]},
            kind="C",
            asks="扣除",
        ),
        Case(
            "a month and a total in one title",
            {"指标": [["2022年10月当月及1-10月累计指标"], ["指标", "单位", "完成数", "同比增长（%）"], SALES, REVENUE]},
            kind="C",
            asks="the month alone",
        ),
        Case(
            "growth in the label, money in the unit",
            {"指标": [TITLE, HEAD, SALES, ["工业投资（同比）", "亿元", 38, ""]]},
            kind="C",
            asks="a growth in %",
        ),
        Case(
            "growth in the label beside a growth",
            {"指标": [TITLE, HEAD, SALES, ["工业投资（同比）", "%", 3.2, 1]]},
            kind="C",
            asks="beside that of growth_pct",
        ),
        Case(
            "growth in the label",
            {"指标": [TITLE, HEAD[:3], SALES[:3], ["工业投资（同比）", "%", 3.2]]},
            figures("2022-10", {"invoiced_sales": (165,), "industrial_investment": (None, 3.2)}),
            kind="C",
        ),
    ]
