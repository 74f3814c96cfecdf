"""The slides, opened again: findings as titles, charts with their data, sources in the notes."""

import io
import zipfile

import openpyxl
import pptx
import pytest
from nbformat.v4 import new_markdown_cell, new_output

from zonereport.publish import SlidesExporter, assemble
from zonereport.publish.pptx import deck, wording

CLAIM = "三项指标增长，税收最快，为9.0%"


def output(kind: str, text: str, **about):
    """An output with its text, and what it says of itself."""
    return new_output("display_data", data={"text/plain": text}, metadata={"zonereport": about | {"role": kind}})


@pytest.fixture(scope="module")
def notebook(sample):
    """A brief with a verdict, two lists, a table and two charts."""
    lines = [
        {"name": "label", "values": ["销售", "销售", "税收", "税收"]},
        {"name": "column", "values": ["1月", "2月", "1月", "2月"]},
        {"name": "value", "values": [1.0, 2.0, 3.0, 9.0]},
        {"name": "text", "values": ["1.0", "2.0", "3.0", "9.0"]},
    ]
    bars = [
        {"name": "label", "values": ["甲\n增6%", "乙"]},
        {"name": "value", "values": [53, 12]},
        {"name": "text", "values": ["53家", "12家"]},
        {"name": "base", "values": [45, None]},
    ]
    front = sample.FRONT | {"subtitle": "2022年", "origins": {"税收": "税务月报 表1"}}
    said = output("verdict", "**总体判断**：2022年，7项增长；2项没有完成；最需要关注的是税收。")
    return assemble(
        [
            sample.chapter(
                new_markdown_cell("# 简报"),
                sample.code(
                    output(
                        "front",
                        "x",
                        **front,
                    )
                ),
                sample.code(said),
                new_markdown_cell("## 主要指标"),
                sample.code(sample.table(sample.indicators(), "主要指标")),
                new_markdown_cell("## 做得好的"),
                sample.code(output("prose", "1. **外资**：增长8%。\n2. **企业**：增加2家。")),
                new_markdown_cell("## 要盯住的"),
                sample.code(output("prose", "1. **投资**：下降3%。")),
                new_markdown_cell("## 走势"),
                sample.code(
                    output(
                        "figure",
                        "x",
                        caption="走势",
                        claim=CLAIM,
                        alt="折线",
                        note="资料来源：统计月报。",
                        data=lines,
                    )
                ),
                sample.code(output("figure", "x", caption="企业", claim="甲最多", alt="横条图", note="", data=bars)),
            )
        ]
    )


@pytest.fixture(scope="module")
def content(notebook) -> bytes:
    """The slides of the brief."""
    return SlidesExporter().from_notebook_node(notebook)[0]


@pytest.fixture(scope="module")
def slides(content) -> list:
    """The slides, opened."""
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def test_each_slide_says_a_finding(slides):
    titles = [slide.shapes.title.text for slide in slides]
    assert titles == ["仪征经济开发区经济运行分析报告", "7项增长", "2项没有完成", "最需要关注的是税收", CLAIM, "甲最多"]


def test_charts_are_native_and_carry_their_data(slides):
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert [[tuple(one.values) for one in chart.plots[0].series] for chart in charts] == [
        [(1.0, 2.0), (3.0, 9.0)],
        [(53.0, 12.0), (45.0, None)],
    ]
    assert list(charts[1].plots[0].categories) == ["甲（增6%）", "乙"]
    book = openpyxl.load_workbook(io.BytesIO(charts[1].part.chart_workbook.xlsx_part.blob))
    assert [[cell.value for cell in row] for row in book["Sheet1"].iter_rows()] == [
        [None, "本期", "上年同期"],
        ["甲（增6%）", 53, 45],
        ["乙", 12, None],
    ]


def test_notes_name_sources_and_every_slide_is_marked(slides):
    for slide in slides:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "模拟数据，不反映任何真实开发区" in said
    notes = slides[4].notes_slide.notes_text_frame.text
    assert "资料来源：统计月报。" in notes
    assert "出处：税收，税务月报 表1。" in notes


def test_slides_are_wide_and_the_same_bytes(notebook, content):
    assert SlidesExporter().from_notebook_node(notebook)[0] == content
    opened = pptx.Presentation(io.BytesIO(content))
    assert opened.slide_width / opened.slide_height == pytest.approx(16 / 9, abs=0.001)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time[:3] for entry in file.infolist()} == {(2022, 12, 31)}


def test_an_edition_has_eight_to_ten_slides_whose_titles_fit(edition):
    slides = list(pptx.Presentation(edition.folder / "slides.pptx").slides)
    assert 8 <= len(slides) <= 10
    titles = [slide.shapes.title.text for slide in slides]
    assert len(set(titles)) == len(titles)
    for title in titles:
        size = deck.title_size(title)
        assert deck.width(title) * size <= 2 * deck.ACROSS.pt
        assert not title.endswith("。")
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides)


@pytest.mark.parametrize("text", ["增长" * 60, "甲，" * 50, "一" * 30 + "。" + "二" * 60])
def test_a_long_finding_ends_behind_a_clause(text):
    made = wording.title(text)
    assert text.startswith(made)
    assert len(made) < len(text) or "，" not in text
