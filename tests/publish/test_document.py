import pytest
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


@EXPORTERS
def test_a_character_without_glyph_is_named_with_its_place(exporter, sample):
    with pytest.raises(
        PublishError, match=r"^no glyph for '😀' \(U\+1F600, GRINNING FACE\) .* chapter 一、章: «增长😀很快»$"
    ):
        export(exporter, sample.code(sample.words("prose", "增长😀很快")), sample=sample)


@EXPORTERS
def test_a_chart_is_searched_for_missing_glyphs_too(exporter, sample):
    with pytest.warns(UserWarning, match="missing from font"):
        figure = sample.figure(draw=lambda axes: axes.set_title("好😀"))
    with pytest.raises(PublishError, match=r"no glyph for '😀'.*图 1"):
        export(exporter, sample.code(figure), sample=sample)


@EXPORTERS
def test_a_skipped_heading_level_is_named(exporter, sample):
    with pytest.raises(PublishError, match="heading '深' is of level 3"):
        export(exporter, new_markdown_cell("### 深\n\n一句。"), sample=sample)


@EXPORTERS
def test_a_picture_in_markdown_is_refused(exporter, sample):
    with pytest.raises(PublishError, match="<img>"):
        export(exporter, new_markdown_cell("![x](http://x.example/a.png)"), sample=sample)


@EXPORTERS
def test_a_script_in_a_table_is_refused(exporter, sample):
    html = "<table><tr><td><script>x</script></td></tr></table>"
    with pytest.raises(PublishError, match="<script>"):
        export(exporter, sample.code(sample.table(html, "表")), sample=sample)


@EXPORTERS
def test_what_says_nothing_of_itself_is_not_published(exporter, sample):
    stray = new_output("display_data", data={"text/html": "<script>alert(1)</script>", "text/plain": "😀"})
    failed = new_output("error", ename="E", evalue="😀", traceback=["😀"])
    assert export(exporter, sample.code(stray, failed), sample=sample)


@EXPORTERS
def test_an_empty_chapter_is_published(exporter, sample):
    assert export(exporter, sample=sample)


def test_a_long_book_has_the_leading_points_of_each_chapter_after_the_first(sample):
    from bs4 import BeautifulSoup

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
    assert points(5) == ["甲0", "乙0", "丙0", "甲1", "乙1", "甲2", "乙2", "甲3", "乙3", "甲4", "乙4"]
