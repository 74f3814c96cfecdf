import pypdfium2
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_output

from zonereport.publish import PublishError, ReportHTMLExporter, ReportPDFExporter

EXPORTERS = pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])


def export(exporter, *cells, sample):
    return exporter().from_notebook_node(sample.chapter(new_markdown_cell("# 章"), *cells))[0]


@EXPORTERS
def test_a_figure_without_alternative_text_is_named(exporter, sample):
    with pytest.raises(PublishError, match=r"^图 2 \(无说明的图\) has no alternative text$"):
        export(exporter, sample.code(sample.figure(), sample.figure("无说明的图", alt=" ")), sample=sample)


@EXPORTERS
def test_a_table_without_caption_is_named(exporter, sample):
    with pytest.raises(PublishError, match=r"^表 1 has no caption$"):
        export(exporter, sample.code(sample.table("<table><tr><td>1</td></tr></table>", "")), sample=sample)


def text_of(content):
    """What can be read in a page or in a PDF."""
    if isinstance(content, str):
        page = BeautifulSoup(content, "lxml")
        for rules in page.find_all("style"):
            rules.decompose()
        return page.get_text()
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join(leaf.get_textpage().get_text_bounded() for leaf in pdf)


@EXPORTERS
def test_a_character_without_glyph_costs_itself_and_is_named(exporter, sample):
    """In words, a table and a chart; what has no shape goes without a word."""
    table = sample.table("<table><tr><td>甲\U00030edd\u200b乙</td></tr></table>", "表")
    with pytest.warns(UserWarning, match="missing from font"):
        figure = sample.figure(draw=lambda axes: axes.set_title("好😀"))
    content = export(exporter, sample.code(sample.words("prose", "增长\u202e😀很快"), table, figure), sample=sample)
    text = text_of(content)
    for found in ("增长〓很快", "甲〓乙", "好〓", "以下字符不在本报告的字库中", "U+1F600、U+30EDD"):
        assert found in text.replace("\n", "")


@EXPORTERS
def test_a_chart_may_hold_what_no_xml_may(exporter, sample):
    figure = sample.figure()
    figure.data["text/html"] = figure.data["text/html"].replace("</text>", "\x01\uffff</text>", 1)
    assert export(exporter, sample.code(figure), sample=sample)


@EXPORTERS
def test_a_skipped_heading_level_is_named(exporter, sample):
    with pytest.raises(PublishError, match="heading '深' is of level 3"):
        export(exporter, new_markdown_cell("### 深\n\n一句。"), sample=sample)


@EXPORTERS
def test_what_may_not_stand_in_a_page_is_text_in_it(exporter, sample):
    html = "<table><tr><td><script>x()</script>甲<!-- b --></td></tr></table>"
    picture = new_markdown_cell("![x](http://x.example/a.png)")
    text = text_of(export(exporter, picture, sample.code(sample.table(html, "表")), sample=sample))
    for found in ("<script>x()</script>甲", 'src="http://x.example/a.png"'):
        assert found in " ".join(text.split())
    assert " b " not in text


@EXPORTERS
def test_what_says_nothing_of_itself_is_not_published(exporter, sample):
    stray = new_output("display_data", data={"text/html": "<script>alert(1)</script>", "text/plain": "😀"})
    failed = new_output("error", ename="E", evalue="😀", traceback=["😀"])
    assert export(exporter, sample.code(stray, failed), sample=sample)


@EXPORTERS
def test_an_empty_chapter_is_published(exporter, sample):
    assert export(exporter, sample=sample)


def test_a_long_book_has_the_leading_point_of_each_chapter_after_the_first(sample):
    from zonereport.publish import assemble

    def points(chapters):
        verdicts = [
            sample.chapter(
                new_markdown_cell(f"# 第{n}章"), sample.code(sample.words("verdict", f"- 甲{n}\n- 乙{n}\n- 丙{n}"))
            )
            for n in range(chapters)
        ]
        page = BeautifulSoup(ReportHTMLExporter().from_notebook_node(assemble(verdicts))[0], "html.parser")
        return [item.get_text() for item in page.find("section", class_="key-points").find_all("li")]

    assert points(2) == ["甲0", "乙0", "丙0", "甲1", "乙1", "丙1"]
    assert points(5) == ["甲0", "乙0", "丙0", "甲1", "甲2", "甲3", "甲4"]
