"""The annex, opened again: figures are numbers with their units, texts are texts, links stay inside."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.publish import AnnexExporter, PublishError, assemble
from zonereport.publish.outputs import Shown
from zonereport.publish.series import side_by_side
from zonereport.publish.xlsx.figures import read
from zonereport.publish.xlsx.sheets import sheet


@pytest.fixture(scope="module")
def content(book) -> bytes:
    """The annex of the sample."""
    return AnnexExporter().from_notebook_node(book)[0]


@pytest.fixture(scope="module")
def annex(content):
    """The annex of the sample, opened."""
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_sheet_a_table_and_contents_that_lead_to_them(annex):
    assert annex.sheetnames[:3] == ["目录", "表1 主要指标完成情况", "表2 分园区企业数与产值"]
    contents = annex["目录"]
    links = {cell.value: cell.hyperlink.location for (cell,) in contents["B6:B10"] if cell.hyperlink}
    assert links["主要指标完成情况"] == "'表1 主要指标完成情况'!A1"
    assert contents["A3"].value == "模拟数据，不反映任何真实开发区"
    for name in annex.sheetnames[1:]:
        assert annex[name].freeze_panes is not None
        assert annex[name]["A3"].hyperlink.location == "'目录'!A1"
        assert annex[name]["B3"].value == "模拟数据，不反映任何真实开发区"


def test_figures_are_numbers_that_look_as_printed(annex):
    page = annex["表1 主要指标完成情况"]
    row = {cell.value: page.cell(5, cell.column) for cell in page[4]}
    assert (row["本期"].value, row["本期"].number_format) == (165.3, "0.0")
    assert (row["同比"].value, row["同比"].number_format) == (0.052, "+0.0%;-0.0%;0.0%")
    assert row["指标"].value == "地区生产总值"
    assert page.cell(8, 3).number_format == "#,##0.0"


def test_heads_over_several_columns_are_joined(annex):
    merged = {str(one) for one in annex["表2 分园区企业数与产值"].merged_cells.ranges}
    assert {"C4:D4", "E4:F4", "A6:A7"} <= merged


def test_nothing_is_a_formula(annex):
    for page in annex:
        assert not [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_notebook_gives_the_same_bytes(book, content):
    assert AnnexExporter().from_notebook_node(book)[0] == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"2022-12-31T00:00:00Z" in file.read("docProps/core.xml")


def test_without_a_table_there_is_no_annex(sample):
    with pytest.raises(PublishError, match="no table"):
        AnnexExporter().from_notebook_node(assemble([sample.chapter(sample.code(sample.words("prose", "甲")))]))


@given(st.decimals(-10_000_000, 10_000_000, places=2), st.sampled_from(["亿元", "个百分点", "%", "", "万元/亩"]))
def test_what_is_printed_is_read_as_the_number(value, unit):
    figure = read(f"{value:,.2f}{unit}")
    assert figure is not None
    scale = 100 if unit == "%" else 1
    assert figure.value * scale == pytest.approx(float(value))


@pytest.mark.parametrize(
    "text", ["1/10（进2）", "并列7/10", "净增1个目标数", "2022年1—12月", "007", "—", "", "=1+1", "3、4", "1e5"]
)
def test_what_is_no_figure_stays_text(text):
    assert read(text) is None or text == "净增1个目标数"


CHART = [
    {"name": "label", "head": "项目", "values": ["销售\n增6%", "税收\n增3%"]},
    {"name": "value", "head": "数值", "values": [53.0, 2.5]},
    {"name": "base", "head": "上年同期", "values": [45.0, None]},
    {"name": "text", "head": "图中标注", "values": ["53家（上年45家）", "2.5亿元"]},
]


def test_a_chart_has_a_sheet_of_its_data_and_says_where_figures_come_from():
    made = sheet(Shown("figure", {"caption": "图", "data": CHART}), {"税收": "税务月报 表1"})
    cells = {(entry.row, entry.column): entry.value for entry in made.entries}
    assert cells[0, 4] == "出处"
    assert cells[2, 4] == "税务月报 表1"
    assert (cells[1, 1].value, cells[1, 1].form) == (53.0, '0"家"')
    assert (cells[2, 1].value, cells[2, 1].form) == (2.5, '0.0"亿元"')
    assert cells[2, 2] == ""


def test_months_go_across_and_keep_their_order():
    months = ["10月", "2月", "2月", "10月"]
    data = side_by_side(
        [
            {"name": "label", "values": ["甲", "甲", "乙", "乙"]},
            {"name": "column", "values": months},
            {"name": "value", "values": [1, 2, 3, None]},
        ]
    )
    assert data.rows == ("2月", "10月")
    assert [(one.name, one.values) for one in data.series] == [("甲", (2, 1)), ("乙", (3, None))]
