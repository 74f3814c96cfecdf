"""A template comes back filled in and loads; what is in it helps to fill it."""

import openpyxl
import pytest

from zonereport.inputs import Period, load_zone
from zonereport.inputs.workbook import read_book, write_template

PERIOD = Period.parse("2022-11")


@pytest.fixture
def template(place, tmp_path):
    path = tmp_path / "demo-2022-11.xlsx"
    write_template(load_zone("demo", place), PERIOD, path)
    return path


def header(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def fill(sheet, row: int, **cells) -> None:
    columns = header(sheet)
    for name, value in cells.items():
        sheet.cell(row, columns[name], value)


def test_a_sheet_for_every_table_after_the_instructions(template, place):
    book = openpyxl.load_workbook(template)
    tables = load_zone("demo", place).schemas.values()
    assert book.sheetnames == ["填报说明", *(table.name_zh for table in tables if table.name != "views"), "_列表"]
    assert book["_列表"].sheet_state == "hidden"
    for table in tables:
        # no office reports what an analyst wants to see
        if table.name == "views":
            continue
        names = [cell.value for cell in book[table.name_zh][1]]
        assert names[: len(table.fields)] == [field.name_zh for field in table.fields]
        assert book[table.name_zh].freeze_panes
    assert "2022年1—11月" in book["填报说明"]["A2"].value


def test_required_columns_have_their_colour_and_every_header_a_comment(template):
    sheet = openpyxl.load_workbook(template)["指标"]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert colours["期间"] == colours["来源"] != colours["说明"]
    assert "必填" in sheet["A1"].comment.text
    assert "2022-11" in sheet["A1"].comment.text


def test_drop_downs_speak_chinese(template):
    book = openpyxl.load_workbook(template)
    lists = book["_列表"]
    found = {}
    for rule in book["企业月度"].data_validations.dataValidation:
        column = next(iter(rule.sqref.ranges)).min_col
        area = lists[rule.formula1.split("!")[1].replace("$", "")]
        cells = area if isinstance(area, tuple) else ((area,),)
        found[book["企业月度"].cell(1, column).value] = [row[0].value for row in cells]
    assert found["企业编号"] == ["甲公司", "乙公司"]
    assert found["在规上库"] == ["是", "否"]
    assert found["来源"] == ["monthly"]


def test_indicators_used_before_stand_there_with_unit_last_figure_and_last_year(template):
    sheet = openpyxl.load_workbook(template)["指标"]
    rows = [[sheet.cell(row, column).value for column in range(1, 6)] for row in range(2, 5)]
    assert rows == [
        ["2022-11", "工业开票销售", None, None, "亿元"],
        ["2022-11", "工业开票销售", "东园", None, "亿元"],
        ["2022-11", "一般公共预算收入", None, None, "亿元"],
    ]
    assert "110亿元，同比10.5%" in sheet["D2"].comment.text
    columns = header(sheet)
    assert sheet.cell(2, columns["上年同期〔自动〕"]).value == 100
    assert sheet.cell(2, columns["同比推算（%）〔自动〕"]).value.startswith("=IF(")
    assert sheet.cell(2, columns["各园区之和〔自动〕"]).value.startswith("=SUMIFS(")


def test_computed_cells_are_locked_and_input_cells_are_not(template):
    sheet = openpyxl.load_workbook(template)["指标"]
    columns = header(sheet)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.cell(2, columns["数值"]).protection.locked
    assert sheet.cell(2, columns["同比推算（%）〔自动〕"]).protection.locked
    assert not sheet.column_dimensions["D"].protection.locked


def test_the_same_inputs_give_the_same_bytes(template, place, tmp_path):
    again = tmp_path / "again.xlsx"
    write_template(load_zone("demo", place), PERIOD, again)
    assert again.read_bytes() == template.read_bytes()


def test_a_zone_without_figures_gets_every_indicator_that_is_not_derived(place, tmp_path):
    zone = load_zone("demo", place)
    zone.tables["indicators"] = zone.tables["indicators"].iloc[:0]
    write_template(zone, PERIOD, tmp_path / "empty.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "empty.xlsx")["指标"]
    expected = len(zone.dictionary.indicators) - len(zone.dictionary.derived)
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)]
    assert sum(row[0] == "2022-11" and bool(row[1]) and not row[2] for row in rows) == expected
    # the main amounts by park, and last year's rows to be filled once
    assert ["2022-11", "工业开票销售", "东园"] in rows
    assert ["2021-11", "工业开票销售", None] in rows


def test_round_trip_template_filled_imported_loaded(template, take, place, figures):
    book = openpyxl.load_workbook(template)
    fill(book["指标"], 2, 数值=121.5, **{"同比（%）": 10.9, "限定": "预计", "位次": 3, "参评数": 9})
    fill(book["指标"], 3, 数值="70")
    fill(book["企业"], 2, 企业编号="gamma", 企业名称="丙公司", 园区="东园", 来源="monthly", 成立="2022-06")
    fill(book["企业月度"], 2, 企业编号="丙公司", 在规上库="是", 期末人数=35, **{"累计产值（万元）": 1234.5})
    fill(book["企业月度"], 3, 企业编号="甲公司", 期末人数=12)
    fill(book["称号"], 2, 企业编号="alpha", 指标编码="高新技术企业认定", 级别="省级")
    fill(book["目标"], 2, 指标编码="工业开票销售", 目标值=180, 单位="亿元", 目标类型="总量")
    fill(book["项目进度"], 2, 项目编号="一号厂房", 阶段="已封顶")
    fill(book["同类开发区"], 2, 开发区="甲开发区", 指标编码="工业开票销售", 数值=88, 单位="亿元")
    book.save(template)
    result = take(template)
    assert result.faults == ()
    assert result.added == {
        **{"indicators": 2, "targets": 1, "peers": 1, "project_progress": 1, "enterprises": 1},
        **{"enterprise_months": 2, "recognitions": 1},
    }
    zone = load_zone("demo", place)
    assert figures()["2022-11", "invoiced_sales", ""][:3] == (121.5, "亿元", 10.9)
    assert figures()["2022-11", "invoiced_sales", "east"][0] == 70
    months = zone.tables["enterprise_months"].fillna(0)
    assert months[["enterprise", "output_10k_yuan", "above_scale", "employees"]].values.tolist() == [
        ["gamma", 1234.5, "yes", 35],
        ["alpha", 0, "", 12],
    ]
    assert zone.tables["project_progress"]["project"].tolist() == ["plant-1"]
    assert zone.tables["targets"]["year"].tolist() == ["2022"]
    assert not (place / "data/demo/mappings").exists()
    again = take(template)
    assert (again.written, again.revisions, again.unchanged) == ((), (), 9)


def test_a_blank_template_is_refused_in_one_line(template, take):
    assert [str(fault) for fault in take(template).faults] == [
        'demo-2022-11.xlsx: "no figure"; expected at least one row with a figure'
    ]


def test_the_hidden_lists_are_no_notice(template):
    assert read_book(template).notices == ()
    assert read_book(template).ours


def test_january_leaves_out_what_has_no_january_and_growth_is_computed_only_from_levels(place, tmp_path):
    zone = load_zone("demo", place)
    zone.tables["indicators"] = zone.tables["indicators"].iloc[:0]
    found = {}
    for period in ("2022-01", "2022-02"):
        write_template(zone, Period.parse(period), tmp_path / f"{period}.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / f"{period}.xlsx")["指标"]
        growth = header(sheet)["同比推算（%）〔自动〕"]
        found[period] = {sheet.cell(row, 2).value: sheet.cell(row, growth).value for row in range(2, sheet.max_row + 1)}
    assert "规模以上工业产值" not in found["2022-01"]
    assert found["2022-02"]["规模以上工业产值"] is None
    assert found["2022-02"]["工业开票销售"]


ACTING = ("=1+1", "+A1", "-cmd|' /C calc'!A0", "@SUM(1)", '=HYPERLINK("http://x","y")', "#N/A")


def formulas(path) -> set[str]:
    """What acts in a workbook, but for the cells that the template computes by itself."""
    found = set()
    for sheet in openpyxl.load_workbook(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type in "fe" and not sheet.cell(1, cell.column).value.endswith("〔自动〕"):
                found.add(f"{sheet.title}!{cell.coordinate} {cell.value}")
    return found


def test_no_text_of_the_data_acts_in_a_template(place, tmp_path):
    folder = place / "data" / "demo"
    for number, text in enumerate(ACTING):
        quoted = text.replace('"', '""')
        with (folder / "enterprises.csv").open("a", encoding="utf-8") as stream:
            stream.write(f'firm-{number},"{quoted}",east,monthly\n')
        with (folder / "projects.csv").open("a", encoding="utf-8") as stream:
            stream.write(f'plant-x{number},"{quoted}",construction,monthly\n')
    about = folder / "zone.yml"
    about.write_text(
        about.read_text(encoding="utf-8").replace("示例开发区", "'=1+2'").replace("东园", "'=1+3'"), "utf-8"
    )
    path = tmp_path / "t.xlsx"
    write_template(load_zone("demo", place), PERIOD, path)
    assert formulas(path) == set()
    listed = [cell.value for row in openpyxl.load_workbook(path)["_列表"].iter_rows() for cell in row]
    assert set(ACTING) <= set(listed)
    assert "=1+3" in listed
