"""Books as offices make them, with what is right for each: built here, so that no file of anybody else is needed.

A case is right where every figure that was imported is the one that the book means, and where nothing was left out
without a word. Asking is always allowed; a wrong figure never is.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

Figures = dict[tuple[str, str, str, str], float]
FIGURE_COLUMNS = ("value", "growth_pct")


@dataclass(frozen=True)
class Case:
    """A book: its sheets as rows, what it means by (period, code, park or peer, column), and words of a question.

    ``asks`` are words that must stand in what is asked, where asking is the only right answer.
    """

    name: str
    sheets: dict[str, list[list]]
    means: Figures = field(default_factory=dict)
    asks: str = ""
    kind: str = ""
    merged: dict[str, list[str]] = field(default_factory=dict)
    shape: Callable | None = None
    file: str = ""
    units: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write the book into ``folder`` and return its path."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([None if value == "" else value for value in row])
            for area in self.merged.get(name, ()):
                sheet.merge_cells(area)
        if self.shape:
            self.shape(book)
        path = folder / f"{self.file or '统计表'}.xlsx"
        book.save(path)
        return path


def figures(period: str, rows: dict[str, tuple], entity: str = "") -> Figures:
    """Return figures of one period: code -> (value, growth); None for one that is not there."""
    means = {}
    for code, pair in rows.items():
        for column, value in zip(FIGURE_COLUMNS, pair, strict=False):
            if value is not None:
                means[period, code, entity, column] = value
    return means


PLAIN = [["工业开票销售", "亿元", 165, 3.2], ["一般公共预算收入", "亿元", 1.8, -4.5]]
HEAD = ["指标", "单位", "累计", "同比增长（%）"]
ROWS = {"invoiced_sales": (165, 3.2), "budget_revenue": (1.8, -4.5)}


def titled(title: str, period: str = "", *, sheet: str = "指标", head: list | None = None, asks: str = "") -> Case:
    """Return the plain form under a title; without a ``period`` it must be asked for."""
    rows = [[title], head or HEAD, *PLAIN]
    means = figures(period, ROWS) if period else {}
    return Case(title, {sheet: rows}, means, asks or ("" if period else "period"), "A period")


# every way to write the same months, and what each must give; empty: it must be asked
SPELLINGS = {
    "2022年1-10月": "2022-10",
    "2022年1—10月": "2022-10",
    "2022年1–10月": "2022-10",
    "2022年1－10月": "2022-10",
    "2022年1~10月": "2022-10",
    "2022年1～10月": "2022-10",
    "2022年1‐10月": "2022-10",
    "2022年1−10月": "2022-10",
    "2022年1一10月": "2022-10",
    "2022年1至10月": "2022-10",
    "2022年1到10月": "2022-10",
    "2022年1月-10月": "2022-10",
    "2022年1月至10月": "2022-10",
    "2022年 1 - 10 月": "2022-10",
    "2022 年 10 月": "2022-10",
    "2022年10月份": "2022-10",
    "2022年1-10月份": "2022-10",
    "２０２２年１—１０月": "2022-10",
    "二〇二二年一至十月": "2022-10",
    "二〇二二年十月": "2022-10",
    "2022年十月": "2022-10",
    "截至2022年10月底": "2022-10",
    "截至2022年10月31日": "2022-10",
    "2022年10月末": "2022-10",
    "2022年前10个月": "2022-10",
    "2022.10": "2022-10",
    "2022/10": "2022-10",
    "202210": "2022-10",
    "2022-10": "2022-10",
    "2022年1月-2022年10月": "2022-10",
    "2022年（1-10月）": "2022-10",
    "2022年度1-10月": "2022-10",
    "2022年前三季度": "2022-09",
    "2022年1-三季度": "2022-09",
    "2022年上半年": "2022H1",
    "2022年第三季度": "2022Q3",
    "2022Q3": "2022Q3",
    "2022年全年": "2022",
    "2022年度": "2022",
    "2022年": "2022",
    "2022年1-13月": "",
    "2022年2-10月": "",
    "2022年10": "",
    "2022.1": "",
    "22年1-10月": "",
    "2O22年10月": "",
    "2022年半年报": "",
    "2022年1、10月": "",
    "2021年和2022年": "",
    "2022年10月上旬": "",
}


def spelling_cases() -> list[Case]:
    """Return a case for every spelling, in the title of the plain form."""
    return [titled(f"{text}主要经济指标", period) for text, period in SPELLINGS.items()]


def office_cases() -> list[Case]:
    """Return the cases of offices' books, each of a kind of fault that was seen (A to H)."""
    good = figures("2022-10", ROWS)
    title = ["2022年1-10月主要经济指标"]
    return [
        titled("2022年前三季度主要经济指标", "2022-09"),
        titled("2022年 10月主要经济指标", "2022-10"),
        titled("2022年主要经济指标", "2022-10", sheet="10月"),
        Case(
            "day of filling in",
            {"10月": [["完成情况"], ["填报日期：2022年11月15日"], HEAD, *PLAIN]},
            asks="year",
            kind="A",
        ),
        Case(
            "title and header disagree",
            {"指标": [["2022年1-9月"], [*HEAD[:2], "1-10月", HEAD[3]], *PLAIN]},
            asks="2022年1-9月 (A1) and 1-10月 (C2)",
            kind="B",
        ),
        Case("title and sheet disagree", {"9月": [title, HEAD, *PLAIN]}, asks="the sheet name", kind="B"),
        Case(
            "single months as columns",
            {
                "指标": [
                    ["2022年分月数据（当月） 单位：亿元"],
                    ["指标", "2022年3月", "2022年4月"],
                    ["工业开票销售", 14, 15],
                ]
            },
            asks="single months",
            kind="B",
        ),
        Case(
            "months without a basis",
            {"指标": [["单位：亿元"], ["指标", "2022年3月", "2022年4月"], ["工业开票销售", 14, 15]]},
            asks="累计 or 当月",
            kind="B",
        ),
        Case(
            "date as header",
            {"指标": [["2022年主要经济指标"], ["指标", "单位", datetime.date(2022, 10, 1), "同比（%）"], *PLAIN]},
            good,
            kind="D",
        ),
        Case(
            "hidden column",
            {"指标": [["2022年主要指标"], ["指标", "单位", "1-9月", "1-10月"], ["工业开票销售", "亿元", 90, 165]]},
            figures("2022-10", {"invoiced_sales": (165,)}),
            kind="D",
            shape=_hide_c,
        ),
        Case(
            "percent as format",
            {"指标": [title, [*HEAD[:3], "同比增长"], ["工业开票销售", "亿元", 165, 0.032]]},
            figures("2022-10", {"invoiced_sales": (165, 3.2)}),
            kind="D",
            shape=_formats({"D3": "0.0%"}),
        ),
        Case(
            "percent as text of a format",
            {"指标": [title, [*HEAD[:3], "同比增长"], ["工业开票销售", "亿元", 165, 3.2]]},
            figures("2022-10", {"invoiced_sales": (165, 3.2)}),
            kind="D",
            shape=_formats({"D3": '0.0"%"'}),
        ),
        Case(
            "unit in a format that is not the row's",
            {"指标": [title, HEAD, *PLAIN]},
            asks="one unit",
            kind="D",
            shape=_formats({"C3": '0"万元"'}),
        ),
        Case(
            "a format that hides a factor",
            {"指标": [title, HEAD, *PLAIN]},
            asks="factor",
            kind="D",
            shape=_formats({"C3": "#,##0,"}),
        ),
        Case(
            "bracket in header",
            {"指标": [title, ["指标", "单位", "完成数（上年）", "增速（环比%）"], *PLAIN]},
            asks="last year",
            kind="C",
        ),
        Case(
            "difference as growth",
            {"指标": [title, [*HEAD[:3], "同比增减（亿元）"], *PLAIN]},
            asks="difference",
            kind="C",
        ),
        Case(
            "index as growth",
            {"指标": [title, [*HEAD[:3], "增长率（上年=100）"], ["工业开票销售", "亿元", 165, 103.2]]},
            asks="index",
            kind="C",
        ),
        Case(
            "part of another whole",
            {"指标": [title, HEAD, ["民间投资", "亿元", 50, 3.2], ["  其中：工业投资", "亿元", 20, 1.1]]},
            asks="民间投资",
            kind="C",
        ),
        Case(
            "rows below a strange heading",
            {"指标": [title, HEAD, ["二、民间投资", "", "", ""], ["工业投资", "亿元", 20, 1.1]]},
            asks="heading",
            kind="C",
        ),
        Case(
            "month left out with its growth",
            {
                "指标": [
                    ["2022年10月主要经济指标"],
                    ["指标", "单位", "10月", "增长（%）"],
                    ["工业开票销售", "亿元", 15, 9.9],
                ]
            },
            asks="no figure",
            kind="C",
        ),
        Case(
            "growth behind the month",
            {"指标": [title, ["指标", "单位", "累计", "本月", "同比（%）"], ["工业开票销售", "亿元", 165, 15, 9.9]]},
            asks="growth of the month",
            kind="C",
        ),
        Case(
            "a block of targets below",
            {
                "指标": [
                    title,
                    HEAD,
                    PLAIN[0],
                    [""],
                    ["指标", "单位", "全年目标", "完成率（%）"],
                    ["一般公共预算收入", "亿元", 2.4, 75],
                ]
            },
            asks="完成率",
            kind="E",
        ),
        Case(
            "numbered sheets of one name",
            {"1.指标": [title, HEAD, PLAIN[0]], "2.指标": [title, HEAD, PLAIN[1]]},
            good,
            kind="E",
        ),
        Case(
            "two header rows not merged",
            {
                "指标": [
                    title,
                    ["指标", "单位", "本月", "", "累计", ""],
                    ["", "", "总量", "增速%", "总量", "增速%"],
                    ["工业开票销售", "亿元", 15, 1.1, 165, 3.2],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165, 3.2)}),
            kind="E",
        ),
        Case(
            "side by side",
            {
                "指标": [
                    title,
                    ["指标", "累计", "同比（%）"] * 2,
                    ["工业开票销售（亿元）", 165, 3.2, "工业投资（亿元）", 38, 1],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165, 3.2), "industrial_investment": (38, 1)}),
            kind="E",
        ),
        Case(
            "years as columns",
            {"指标": [["单位：亿元"], ["指标", "2021年", "2022年"], ["工业开票销售", 150, 165]]},
            figures("2021", {"invoiced_sales": (150,)}) | figures("2022", {"invoiced_sales": (165,)}),
            kind="layout",
        ),
        Case(
            "quarters as columns",
            {"指标": [["单位：亿元"], ["指标", "2022年第二季度", "2022年第一季度"], ["地区生产总值", 20, 9]]},
            figures("2022Q1", {"gross_domestic_product": (9,)}) | figures("2022Q2", {"gross_domestic_product": (20,)}),
            kind="layout",
        ),
        Case(
            "cumulative months as columns",
            {"指标": [["2022年分月累计 单位：亿元"], ["指标", "1-3月", "1-4月"], ["工业开票销售", 40, 55]]},
            figures("2022-03", {"invoiced_sales": (40,)}) | figures("2022-04", {"invoiced_sales": (55,)}),
            kind="layout",
        ),
        Case(
            "periods down, codes across",
            {
                "数据": [
                    ["指标", "工业开票销售:累计值", "一般公共预算收入:累计值"],
                    ["地区", "全区", "全区"],
                    ["频度", "月", "月"],
                    ["单位", "亿元", "万元"],
                    [datetime.date(2022, 9, 30), 150, 16000],
                    [datetime.date(2022, 10, 31), 165, 18000],
                ]
            },
            figures("2022-09", {"invoiced_sales": (150,), "budget_revenue": (16000,)})
            | figures("2022-10", {"invoiced_sales": (165,), "budget_revenue": (18000,)}),
            kind="layout",
        ),
        Case(
            "regions × years",
            {
                "数据": [
                    ["各县区一般公共预算收入 单位：亿元"],
                    ["地区", "2021年", "2022年"],
                    ["甲县", 5, 6],
                    ["乙县", 7, 8],
                ]
            },
            figures("2021", {"budget_revenue": (5,)}, "甲县")
            | figures("2022", {"budget_revenue": (6,)}, "甲县")
            | figures("2021", {"budget_revenue": (7,)}, "乙县")
            | figures("2022", {"budget_revenue": (8,)}, "乙县"),
            kind="layout",
        ),
        Case(
            "peers × indicators",
            {"数据": [title, ["地区", "工业投资（亿元）", "一般公共预算收入（万元）"], ["甲县", 5, 600]]},
            figures("2022-10", {"industrial_investment": (5,), "budget_revenue": (600,)}, "甲县"),
            kind="layout",
        ),
        Case(
            "measure in the label",
            {
                "指标": [
                    ["单位：亿元"],
                    ["指标", "2022年10月", "2022年9月"],
                    ["工业投资_累计值", 38, 33],
                    ["工业投资_累计增长(%)", 1.5, 1.2],
                ]
            },
            figures("2022-09", {"industrial_investment": (33, 1.2)})
            | figures("2022-10", {"industrial_investment": (38, 1.5)}),
            kind="layout",
        ),
        Case(
            "two figures in a cell",
            {
                "指标": [
                    title,
                    HEAD,
                    ["工业开票销售", "亿元", "165\n38", 3.2],
                    ["一般公共预算收入", "亿元", "1 8", -4.5],
                ]
            },
            asks="one number",
            kind="G",
        ),
        Case(
            "fall in words",
            {
                "指标": [
                    title,
                    HEAD,
                    ["工业开票销售", "亿元", 165, "下降3.2%"],
                    ["一般公共预算收入", "亿元", 1.8, "持平"],
                ]
            },
            figures("2022-10", {"invoiced_sales": (165, -3.2), "budget_revenue": (1.8, 0)}),
            kind="G",
        ),
        Case("fall as a sign", {"指标": [title, HEAD, ["工业开票销售", "亿元", 165, "▼3.2"]]}, asks="-3.2", kind="G"),
        Case(
            "growth below -100 %", {"指标": [title, HEAD, ["工业开票销售", "亿元", 165, -104]]}, asks="-100", kind="F"
        ),
        Case(
            "a column of growth below one half",
            {"指标": [title, HEAD, ["工业开票销售", "亿元", 165, 0.032], ["一般公共预算收入", "亿元", 1.8, -0.045]]},
            asks="growth-small",
            kind="F",
        ),
        Case("sound", {"指标": [title, HEAD, *PLAIN]}, good),
    ]


def _hide_c(book: openpyxl.Workbook) -> None:
    book.worksheets[0].column_dimensions["C"].hidden = True


def _formats(cells: dict[str, str]) -> Callable:
    def shape(book: openpyxl.Workbook) -> None:
        for name, number_format in cells.items():
            book.worksheets[0][name].number_format = number_format

    return shape


# forms that offices fill in month by month: rows, figures by code, and where unit and header stand
def forms() -> list[tuple[str, list[list], dict]]:
    """Return the filled forms that are changed cell by cell: name, rows, and what they mean."""
    title = ["2022年1-10月主要经济指标"]
    return [
        ("units in a column", [title, HEAD, *PLAIN, ["工业投资", "亿元", 38, 1.5]],
         figures("2022-10", ROWS | {"industrial_investment": (38, 1.5)})),
        ("unit in the title", [title, ["单位：亿元"], ["指标", "1-10月累计", "上年同期", "同比（%）"],
         ["工业开票销售", 165, 160, 3.2], ["工业投资", 38, 37, 1.5]],
         figures("2022-10", {"invoiced_sales": (165, 3.2), "industrial_investment": (38, 1.5)})),
        ("unit in the label", [title, ["指标名称", "本月", "累计完成", "增速（%）"],
         ["工业开票销售（亿元）", 15, 165, 3.2], ["一般公共预算收入（亿元）", 0.2, 1.8, -4.5]],
         figures("2022-10", ROWS)),
    ]  # fmt: skip


CHANGING = [
    "上年",
    "上年同期",
    "环比",
    "目标",
    "计划",
    "预计",
    "占比",
    "不含甲园",
    "剔除价格因素",
    "当月",
    "上年=100",
    "万吨",
    "百万元",
    "完成率",
]
LABELS = [
    "民间{}",
    "{}（不含房地产）",
    "{}（上年）",
    "{}目标",
    "{}占比",
    "{}增加额",
    "{}（当月）",
    "{}（可比口径）",
    "非{}",
    "{}预计数",
    "{}环比",
]
PERIODS = [
    "2022年1-13月",
    "2022年2-10月",
    "2022年10",
    "2021年和2022年",
    "2022年10月上旬",
    "22年1-10月",
    "2022年1、10月",
    "2022年1-9、10月",
]
CELLS = [
    "165 38",
    "1 8",
    "16,5",
    "165万吨",
    "约165",
    "165以上",
    "165/38",
    "165(快报)",
    "#N/A",
    "一百六十五",
    "1.6.5",
    "165%",
    "▲165",
    "165\n3.2",
]
UNITS = ["万元", "元", "百万元", "亿", "万美元", "%", "亿元/万元"]


def mutants() -> Iterator[Case]:
    """Yield the forms with one thing changed, and what each means afterwards; what is not meant must not come in."""
    for name, rows, means in forms():
        head = next(place for place, row in enumerate(rows) if str(row[0]).startswith("指标"))
        yield from _of_headers(name, rows, means, head)
        yield from _of_labels(name, rows, means, head)
        yield from _of_periods(name, rows, means)
        yield from _of_cells(name, rows, means, head)
        yield from _of_units(name, rows, means, head)


def _changed(rows: list[list], row: int, column: int, value: object) -> list[list]:
    copy = [list(one) for one in rows]
    copy[row][column] = value
    return copy


def _without(means: Figures, column: str = "", code: str = "") -> Figures:
    return {key: value for key, value in means.items() if (column and key[3] != column) or (code and key[1] != code)}


def _of_headers(name: str, rows: list[list], means: Figures, head: int) -> Iterator[Case]:
    for column, text in enumerate(rows[head]):
        said = str(text)
        if said.startswith("指标") or said in ("单位", "上年同期", "本月"):
            continue
        kept = _without(means, "value" if "累计" in said else "growth_pct")
        for word in CHANGING:
            for new in (f"{said}（{word}）", f"{word}{said}"):
                if word == "当月" and new.startswith("当月累计"):
                    continue
                changed = _changed(rows, head, column, new)
                yield Case(f"{name}: header {new}", {"指标": changed}, kept, kind="header")


def _of_labels(name: str, rows: list[list], means: Figures, head: int) -> Iterator[Case]:
    codes = {
        "工业开票销售": "invoiced_sales",
        "一般公共预算收入": "budget_revenue",
        "工业投资": "industrial_investment",
    }
    for row in range(head + 1, len(rows)):
        label = str(rows[row][0])
        code = next(code for word, code in codes.items() if label.startswith(word))
        for pattern in LABELS:
            new = pattern.format(label)
            kept = _without(means, code=code)
            yield Case(f"{name}: label {new}", {"指标": _changed(rows, row, 0, new)}, kept, kind="label")


def _of_periods(name: str, rows: list[list], means: Figures) -> Iterator[Case]:
    for text in PERIODS:
        yield Case(f"{name}: title {text}", {"指标": _changed(rows, 0, 0, f"{text}主要经济指标")}, {}, kind="period")
    for sheet in ("9月", "1-11月", "2021年", "前三季度", "第三季度", "2022年9月"):
        yield Case(f"{name}: sheet {sheet}", {sheet: rows}, {}, kind="period")
    for text, period in (("2022年前三季度", "2022-09"), ("2022年1—9月份", "2022-09"), ("2022年9月", "2022-09")):
        # a header that says 1-10月 contradicts; the other forms follow their title
        fits = not any("1-10月" in str(cell) for cell in rows[2])
        moved = {(period, *key[1:]): value for key, value in means.items()} if fits else {}
        yield Case(f"{name}: title {text}", {"指标": _changed(rows, 0, 0, f"{text}主要经济指标")}, moved, kind="period")


def _of_cells(name: str, rows: list[list], means: Figures, head: int) -> Iterator[Case]:
    column = next(place for place, text in enumerate(rows[head]) if "累计" in str(text))
    for value in CELLS:
        kept = {key: one for key, one in means.items() if key[1] != "invoiced_sales" or key[3] != "value"}
        yield Case(f"{name}: cell {value!r}", {"指标": _changed(rows, head + 1, column, value)}, kept, kind="cell")
    for value in (170, 165.5, "１７０", "1,170", "-3"):
        new = float(str(value).replace("１７０", "170").replace(",", ""))
        moved = means | {("2022-10", "invoiced_sales", "", "value"): new}
        yield Case(f"{name}: cell {value!r}", {"指标": _changed(rows, head + 1, column, value)}, moved, kind="cell")


def _of_units(name: str, rows: list[list], means: Figures, head: int) -> Iterator[Case]:
    column = next(place for place, text in enumerate(rows[head]) if "累计" in str(text))
    for unit in UNITS:
        money = unit in ("万元", "元")
        units = {("2022-10", "invoiced_sales", ""): unit} if money else {}
        if name == "units in a column":
            kept = means if money else _without(means, code="invoiced_sales")
            yield Case(
                f"{name}: unit {unit}", {"指标": _changed(rows, head + 1, 1, unit)}, kept, kind="unit", units=units
            )
            changed = _changed(rows, head, column, f"{rows[head][column]}（{unit}）")
            yield Case(f"{name}: header ({unit})", {"指标": changed}, _without(means, "value"), kind="unit")
        elif name == "unit in the title":
            kept = means if money else _without(means, "value")
            yield Case(
                f"{name}: unit {unit}", {"指标": _changed(rows, 1, 0, f"单位：{unit}")}, kept, kind="unit", units=units
            )
        else:
            kept = means if money else _without(means, code="invoiced_sales")
            changed = _changed(rows, head + 1, 0, f"工业开票销售（{unit}）")
            yield Case(f"{name}: label ({unit})", {"指标": changed}, kept, kind="unit", units=units)
