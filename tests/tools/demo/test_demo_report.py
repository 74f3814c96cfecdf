"""The report of the synthetic zone, built as a user builds it: marked on every page, of one piece."""

import re

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from zonereport.metrics import measure
from zonereport.present import Report

MARK = "模拟数据"


@pytest.fixture(scope="module")
def folder(demo_reports):
    return demo_reports / "2022-12"


@pytest.fixture(scope="module")
def html(folder):
    return BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")


def flat(tag) -> str:
    return re.sub(r"\s", "", tag.get_text())


def test_every_page_says_that_the_figures_are_made_up(folder, html):
    document = pypdfium2.PdfDocument(folder / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 30
    assert [number for number, text in enumerate(pages, 1) if MARK not in text] == []
    assert html.get_text().count(MARK) >= 2


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("invoiced_sales", "growth"),
        ("treasury_tax", "completion"),
        ("utilised_foreign_capital", "completion"),
        ("land_renewed", "value"),
        ("tech_smes_evaluated", "value"),
    ],
)
def test_a_number_is_the_same_in_sentence_table_and_chart(html, demo_zone, code, name):
    figure = Report(demo_zone, measure(demo_zone, period="2022-12")).text(code, name)
    content = html.find(id="content")
    assert any(figure in flat(tag) for tag in content.select("p, li")), "in no sentence"
    assert any(flat(tag) == figure for tag in content.select("td")), "in no table"
    assert any(figure in flat(tag) for tag in content.select("svg text")), "in no chart"
