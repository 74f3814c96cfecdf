"""The marked copy: bad cells coloured and commented, the list in front, the original as it was."""

import openpyxl
import pytest

from zonereport.inputs import Fault
from zonereport.inputs.workbook import mark_book

HEAD = ["指标名称", "单位", "累计"]


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    """The copy goes back to the office that sent the book."""
    monkeypatch.setenv("ZONEREPORT_LANG", "zh")


@pytest.fixture
def bad(make):
    rows = [HEAD, ["工业投资", "亿", "三"], ["工业税收", "亿元", 3]]
    return make("统计2022-11", {"表": rows}, {"表": ["A5:B5"]})


def test_bad_cells_are_coloured_and_commented(bad, take, tmp_path):
    before = bad.read_bytes()
    mark_book(bad, take(bad).faults, tmp_path / "marked.xlsx")
    assert bad.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["错误清单", "表"]
    sheet = book["表"]
    assert sheet["C2"].fill.fgColor.rgb.endswith("FF9999")
    assert sheet["C2"].comment.text == "应为：一个数，如 165 或 1.8"
    assert sheet["B2"].comment.text == "应为：data/dictionary/units.csv 里的单位"
    assert sheet["C3"].comment is None
    assert sheet["C2"].value == "三"
    rows = [[cell.value for cell in row] for row in book["错误清单"].iter_rows()]
    assert ["表", 2, "C 累计", "三", "一个数，如 165 或 1.8", "错误"] in rows


def test_faults_of_other_files_merged_cells_and_formulas_are_only_text(bad, tmp_path):
    faults = [
        Fault("indicators.csv", 3, "value", "x", "a number such as 165 or 1.8"),
        Fault("统计2022-11.xlsx[表]", 5, "B 单位", "=1+1", "a unit"),
        Fault("统计2022-11.xlsx[不在]", 5, "B 单位", "", "a unit"),
        Fault("统计2022-11.xlsx[表]", 3, None, None, "a row", severity="warning"),
    ]
    mark_book(bad, faults, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book["表"]["A5"].comment.text == "应为：a unit"
    assert book["表"]["A3"].fill.fgColor.rgb.endswith("FFE699")
    assert book["错误清单"]["D3"].data_type == "s"
    assert book["错误清单"].max_row == 5


def test_the_original_is_never_the_copy(bad):
    with pytest.raises(ValueError, match="要用别的名称"):
        mark_book(bad, [], bad)


def test_of_an_xls_the_copy_is_an_xlsx(tmp_path, take):
    xlwt = pytest.importorskip("xlwt", reason="writes .xls for this test only")
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, values in enumerate([HEAD, ["工业投资", "亿元", "三"]]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    path = tmp_path / "统计2022-11.xls"
    book.save(str(path))
    mark_book(path, take(path).faults, tmp_path / "marked.xlsx")
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx")["表"]["C2"].comment


def test_no_text_acts_in_a_copy(tmp_path):
    """Of an .xls the copy is made cell by cell; what faults quote stands in the list."""
    xlwt = pytest.importorskip("xlwt", reason="writes .xls for this test only")
    cells = ["=1+1", "+A1", "@SUM(1)", "-x", "#N/A"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, text in enumerate(cells):
        sheet.write(0, column, text)
    book.save(str(tmp_path / "a.xls"))
    faults = [Fault("a.xls[表]", 1, "A x", text, text) for text in cells]
    mark_book(tmp_path / "a.xls", faults, tmp_path / "marked.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
