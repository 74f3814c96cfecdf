"""The page over all reports: what it shows, that nothing in a name acts, that it is the same bytes."""

import re

import pytest
from bs4 import BeautifulSoup

from zonereport.publish import webfonts
from zonereport.publish.site import page

LINE = page.Line("工业开票销售累计同比增速", "%", ["2021-12", "2022-11", "2022-12"], [13.2, -1.0, 6.6])
ROW = page.Row(
    period="2022年1—12月",
    edition="第1版，2023年1月12日印发",
    status="issued",
    verdict="8项指标增长。",
    line=LINE,
    files=[("简报", "网页", "demo/2022-12/brief.html"), ("简报", "PDF", "demo/2022-12/brief.pdf")],
)
BAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def no_typeface(monkeypatch):
    monkeypatch.setattr(webfonts, "font_faces", lambda text: "")


def test_what_a_row_shows():
    soup = BeautifulSoup(page.render([page.Block("demo", "云川经济开发区", [ROW])]), "html.parser")
    row = soup.select_one("tr[data-text]")
    assert row.select_one(".status").get_text() == ROW.edition
    assert [link["href"] for link in row.select("a")] == [address for _, _, address in ROW.files]
    assert [group.get_text() for group in row.select(".group")] == ["简报 网页 PDF"]
    picture = row.select_one("svg")
    assert picture["aria-label"] == "工业开票销售累计同比增速：2021-12为13.2%，2022-12为6.6%"
    assert len(picture.polyline["points"].split()) == 3
    # zero lies between the lowest and the highest value
    assert 4 < float(picture.line["y1"]) < 30


def test_names_and_verdicts_are_text():
    row = page.Row(period=BAD, edition=BAD, status="draft", verdict=BAD, people=BAD, files=[(BAD, BAD, BAD)])
    league = page.League(BAD, [BAD], [(BAD, [BAD])])
    soup = BeautifulSoup(page.render([page.Block(BAD, BAD, [row])], league), "html.parser")
    assert len(soup.find_all("script")) == 1
    assert soup.find_all("img") == []
    assert not any(name.startswith("on") for element in soup.find_all(True) for name in element.attrs)


def test_the_policy_allows_its_own_script_and_style_alone():
    text = page.render([page.Block("demo", "云川", [ROW])])
    soup = BeautifulSoup(text, "html.parser")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        inside = re.search(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)[1]
        assert f"{kind}-src '{page.source_hash(inside)}'" in policy
    assert soup.find_all(style=True) == []
    assert "http://" not in text.replace("http-equiv", "")


def test_the_same_editions_are_the_same_bytes_and_cut_no_typeface_twice(monkeypatch):
    blocks = [page.Block("demo", "云川", [ROW])]
    once = page.render(blocks)
    assert page.render(blocks) == once

    def fail(text):
        raise AssertionError("cut again")

    monkeypatch.setattr(webfonts, "font_faces", fail)
    assert page.render(blocks, earlier=once) == once


def test_a_page_without_any_report_says_so():
    assert "还没有报告。" in page.render([])
