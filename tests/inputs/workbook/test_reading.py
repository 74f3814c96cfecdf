"""Every oddity of sheets made by hand, each in a book of its own."""

import datetime

import openpyxl
import pytest
from openpyxl.styles import Alignment

from zonereport.inputs import InputError
from zonereport.inputs.workbook import read_book

HEAD = ["指标名称", "单位", "累计", "同比（%）"]


def test_title_and_unit_rows_are_found(make, take, figures):
    path = make(
        "统计局", {"表1": [["2022年1-11月主要经济指标"], ["", "", "单位：万元"], ["指标", "累计"], ["工业投资", 38000]]}
    )
    assert take(path).faults == ()
    value, unit, growth, vintage = figures()["2022-11", "industrial_investment", ""]
    assert (value, unit, vintage) == (38000, "万元", "2022-12-12")
    assert growth != growth


def test_two_level_merged_headers_are_flattened(make, take, figures):
    rows = [
        ["主要指标（2022年1—11月）", "", "", ""],
        ["指标名称", "工业开票销售", "", "位次"],
        ["", "累计（亿元）", "同比（%）", ""],
        ["东园", 66, 8.1, 1],
    ]
    path = make("开票", {"表1": rows}, {"表1": ["A1:D1", "A2:A3", "B2:C2", "D2:D3"]})
    result = take(path)
    assert result.faults == ()
    assert figures()["2022-11", "invoiced_sales", "east"][:3] == (66, "亿元", 8.1)


def test_a_header_is_carried_on_only_inside_a_merged_range(make):
    rows = [["指标", "工业投资", ""], ["", "累计", "同比"], ["东园", 1, 2]]
    loose = read_book(make("loose", {"表": rows}))
    merged = read_book(make("merged", {"表": rows}, {"表": ["B1:C1"]}))
    assert [book.sheets[0].at(0, 2, fill=True) for book in (loose, merged)] == ["", "工业投资"]


def test_columns_may_be_parks_or_months(make, take, figures):
    rows = [["2022年"], ["指标", "单位", "全区", "东园", "西园"], ["工业投资", "亿元", 30, 10, 20]]
    assert take(make("园区2022-11", {"园区": rows}), period="2022-11").faults == ()
    assert [figures()["2022-11", "industrial_investment", park][0] for park in ("", "east", "west")] == [30, 10, 20]
    rows = [["指标", "单位", "1-10月", "1-11月"], ["工业税收", "亿元", 2.5, 2.8]]
    assert take(make("月份2022-11", {"表": rows})).faults == ()
    assert [figures()[f"2022-{month}", "treasury_tax", ""][0] for month in (10, 11)] == [2.5, 2.8]


def test_peers_by_row_and_indicators_by_column(make, take, place):
    rows = [
        ["2022年1-11月"],
        ["地区", "工业投资（亿元）", "一般公共预算收入（万元）"],
        ["甲开发区", 3, 100],
        ["乙开发区", 5, "…"],
    ]
    assert take(make("县区", {"分区": rows})).added == {"peers": 3}
    text = (place / "data/demo/peers.csv").read_text(encoding="utf-8")
    assert "2022-11,甲开发区,budget_revenue,100,万元" in text


def test_footnotes_signatures_and_totals_are_no_rows(make, take):
    rows = [HEAD, ["工业投资", "亿元", 3, 1], ["合计", "", 3, ""], ["注：快报数", "", 9, ""]]
    rows += [["填报人：张三", "", 1, ""], ["※以税务部门为准"], ["资料来源：统计局"]]
    result = take(make("统计2022-11", {"表": rows}))
    assert (result.faults, result.added, result.warnings) == ((), {"indicators": 1}, ())


def test_a_total_row_is_data_once_the_mapping_names_it(make, take, place, figures):
    rows = [["地区", "工业投资（亿元）"], ["东园", 3], ["西园", 4], ["合计", 7]]
    path = make("分园2022-11", {"表": rows})
    assert take(path).added == {"indicators": 2}
    file = place / "data/demo/mappings/分园.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("    西园: west", "    西园: west\n    合计: 全区"), encoding="utf-8"
    )
    assert take(path).added == {"indicators": 1}
    assert figures()["2022-11", "industrial_investment", ""][0] == 7


@pytest.mark.parametrize("child", ["  其中：海外", "　海外", "  #海外", "其中：海外"])
def test_indent_is_hierarchy(make, take, figures, child):
    rows = [HEAD, ["引进高层次人才", "人", 18, ""], [child, "人", 11, ""]]
    assert take(make("人才2022-11", {"表": rows})).faults == ()
    assert figures()["2022-11", "talents_overseas", ""][0] == 11


def test_indent_as_a_format_is_hierarchy_too(make, take, figures):
    path = make("人才2022-11", {"表": [HEAD, ["引进高层次人才", "人", 18, ""], ["海外", "人", 11, ""]]})
    book = openpyxl.load_workbook(path)
    book["表"]["A3"].alignment = Alignment(indent=1)
    book.save(path)
    assert take(path).faults == ()
    assert figures()["2022-11", "talents_overseas", ""][0] == 11


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("１２３．５", 123.5),
        ("1,234.5", 1234.5),
        ("１，２３４", 1234),
        ("38", 38),
        (" 38 ", 38),
        ("+3", 3),
        ("−3", -3),
        (0, 0),
    ],
)
def test_digits_of_every_width_with_separators_and_as_text(make, take, figures, written, read):
    assert take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", written, ""]]})).faults == ()
    assert figures()["2022-11", "industrial_investment", ""][0] == read


@pytest.mark.parametrize("mark", ["—", "——", "…", "……", "-", "", "－", "/"])
def test_marks_of_nothing_are_missing_never_zero(make, take, figures, mark):
    rows = [HEAD, ["工业投资", "亿元", mark, 5.5], ["工业税收", "亿元", mark, mark]]
    result = take(make("统计2022-11", {"表": rows}))
    assert (result.faults, result.added) == ((), {"indicators": 1})
    value, _, growth, _ = figures()["2022-11", "industrial_investment", ""]
    assert value != value
    assert growth == 5.5


def test_percent_as_text_and_as_a_format(make, take, figures):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, "12.3%"], ["工业税收", "亿元", 2, 0.071]]})
    book = openpyxl.load_workbook(path)
    book["表"]["D3"].number_format = "0.0%"
    book.save(path)
    assert take(path).faults == ()
    assert figures()["2022-11", "industrial_investment", ""][2] == 12.3
    assert figures()["2022-11", "treasury_tax", ""][2] == 7.1


def test_a_percent_in_a_column_of_money_is_a_fault(make, take):
    fault = take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", "12%", ""]]})).faults[0]
    assert str(fault) == '统计2022-11.xlsx[表] row 2, C 累计: "12%"; expected a number such as 165 or 1.8'


@pytest.mark.parametrize("written", ["2022-11", "2022年1-11月", "2022年11月", datetime.date(2022, 11, 1), "2022/11"])
def test_periods_of_rows(make, take, figures, written):
    rows = [["期间", "指标", "单位", "数值"], [written, "工业投资", "亿元", 3]]
    assert take(make("统计", {"表": rows})).faults == ()
    assert ("2022-11", "industrial_investment", "") in figures()


def test_hidden_sheets_and_rows_are_skipped_with_a_notice(make, take, figures):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""], ["工业税收", "亿元", 2, ""]], "旧": [HEAD]})
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "veryHidden"
    book["表"].row_dimensions[3].hidden = True
    book.save(path)
    result = take(path)
    assert [str(notice) for notice in result.warnings] == [
        '统计2022-11.xlsx[表] row 3: "a hidden row"; expected a visible one; it was skipped',
        '统计2022-11.xlsx[旧]: "a hidden sheet"; expected a visible one; it was skipped',
    ]
    assert result.added == {"indicators": 1}


def test_a_formula_never_calculated_names_sheet_and_cell(make, take):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", "=1+2", ""], ["工业税收", "亿元", "#DIV/0!", ""]]})
    found = read_book(path).faults
    assert [(fault.file, fault.row, fault.column, fault.value) for fault in found] == [
        ("统计2022-11.xlsx[表]", 2, "C", "=1+2"),
        ("统计2022-11.xlsx[表]", 3, "C", "#DIV/0!"),
    ]
    result = take(path)
    assert [(fault.row, fault.column) for fault in result.faults] == [(2, "C 累计"), (3, "C 累计")]
    assert "never calculated" in result.faults[0].expected


def test_units_come_from_the_cell_the_header_the_label_the_sheet_or_the_only_one(make, take, figures):
    rows = [["单位：万元"], ["指标", "计量单位", "累计"], ["工业投资", "亿元", 3], ["工业税收", "", 200]]
    rows += [["实际利用外资（亿美元）", "", 2], ["规上工业新增", "", 12]]
    assert take(make("统计2022-11", {"表": rows})).faults == ()
    assert {code: unit for (period, code, _), (_, unit, _, _) in figures().items() if period == "2022-11"} == {
        **{"industrial_investment": "亿元", "treasury_tax": "万元", "utilised_foreign_capital": "亿美元"},
        **{"above_scale_industry_new": "家"},
    }


def test_a_figure_without_a_unit_is_a_fault_not_a_guess(make, take):
    fault = take(make("统计2022-11", {"表": [["指标", "累计"], ["工业投资", 3]]})).faults[0]
    assert (fault.row, fault.column, fault.value) == (2, "A 指标", "")
    assert "单位" in fault.expected


def test_a_ledger_by_name_with_a_header_of_another_unit(make, take, place):
    rows = [
        ["2022年1-11月企业情况"],
        ["序号", "企业名称", "累计开票销售（亿元）", "期末人数"],
        [1, "甲公司", 1.25, 30],
        [2, "乙公司", "", 12],
    ]
    assert take(make("企业", {"企业月度": rows})).added == {"enterprise_months": 2}
    assert "2022-11,alpha,12500,," in (place / "data/demo/enterprise_months.csv").read_text(encoding="utf-8")


def test_an_unknown_enterprise_is_a_fault_at_its_cell(make, take):
    rows = [["企业名称", "期末人数"], ["无名公司", 30]]
    fault = take(make("企业2022-11", {"企业月度": rows})).faults[0]
    expected = '企业2022-11.xlsx[企业月度] row 2, A 企业名称: "无名公司"; expected an enterprise of enterprises.csv'
    assert str(fault) == expected


def test_an_identifier_typed_as_a_number_has_lost_digits(make, take):
    rows = [["企业编号", "企业名称", "统一社会信用代码", "来源"], ["gamma", "丙", 911010500000000001, "monthly"]]
    assert "15 digits" in take(make("企业", {"企业": rows})).faults[0].expected


def test_xls_is_read_too(tmp_path, take, figures):
    xlwt = pytest.importorskip("xlwt", reason="writes .xls for this test only")
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 3, "2022年1-11月")
    for row, values in enumerate([HEAD, ["工业投资", "亿元", "１，０００", 2.5]], 1):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(str(tmp_path / "统计.xls"))
    assert take(tmp_path / "统计.xls").faults == ()
    assert figures()["2022-11", "industrial_investment", ""][:3] == (1000, "亿元", 2.5)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"a,b\n"]
)
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".txt"])
def test_what_is_no_workbook_is_one_fault(tmp_path, content, suffix):
    (tmp_path / f"bad{suffix}").write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.\w+: .*expected an .xlsx or .xls workbook"):
        read_book(tmp_path / f"bad{suffix}")
    with pytest.raises(InputError, match="missing"):
        read_book(tmp_path / "none.xlsx")


def test_a_stray_cell_far_away_does_not_fill_the_memory(make, take):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})
    book = openpyxl.load_workbook(path)
    book["表"]["XFD1048576"] = 1
    book.save(path)
    assert "stray cell" in str(take(path).faults[0])


def test_an_xlsx_that_is_called_xls(make, take, tmp_path):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", "=1+1", ""]]}).rename(tmp_path / "统计2022-11.xls")
    assert "never calculated" in take(path).faults[0].expected
