import pytest
from bs4 import BeautifulSoup

from zonereport.publish.markdown import render


@pytest.mark.parametrize(
    ("source", "bold"),
    [
        ("约**36%**的", ["36%"]),
        ("**“专精特新”**企业**（省级）**共", ["“专精特新”", "（省级）"]),
        ("达**5.2%**，比**6%**低", ["5.2%", "6%"]),
        ("plain **bold** text", ["bold"]),
        (r"\*\*不是\*\*粗体", []),
        ("`**代码**`", []),
        ("3 ** 4 ** 5", []),
    ],
)
def test_bold_stands_beside_chinese_and_punctuation(source, bold):
    soup = BeautifulSoup(render(source), "html.parser")
    assert [strong.get_text() for strong in soup.find_all("strong")] == bold
    assert "**" not in "".join(t for t in soup.find_all(string=True) if bold)


def test_a_line_break_between_chinese_characters_is_no_space():
    assert render("第一行，\n第二行 end\nof line") == "<p>第一行，第二行 end\nof line</p>"


def test_raw_html_is_text():
    assert render("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert "<script" not in render("<script>alert(1)</script>")


def test_dollars_are_no_formula():
    assert render(r"从 $5 到 $6，*强调*") == "<p>从 $5 到 $6，<em>强调</em></p>"


def test_a_harmful_link_leads_nowhere():
    assert "javascript:" not in render("[x](javascript:alert(1))")


def test_footnotes_stand_where_they_are_called():
    soup = BeautifulSoup(render("甲[^a]乙[^b]丙[^a]\n\n[^a]: 一\n[^b]: **二**"), "html.parser")
    notes = soup.find_all(class_="footnote")
    assert [note.get_text() for note in notes] == ["一", "二", ""]
    assert notes[0]["data-key"] == notes[2]["data-key"]
    assert soup.find("section") is None
