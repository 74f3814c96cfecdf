import re
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_notebook

from zonereport import publish
from zonereport.publish import ReportHTMLExporter, ReportPDFExporter, assemble, exporters, page, warm, webfonts
from zonereport.publish.errors import PublishError


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


def test_the_same_notebook_gives_the_same_bytes(book, html):
    assert ReportHTMLExporter().from_notebook_node(book)[0] == html


def test_lxml_is_not_needed_since_nothing_of_ours_requires_it(book, html, tmp_path):
    """It came along with a test tool, and on a machine without that no page could be written."""
    nbformat.write(book, tmp_path / "book.ipynb")
    code = (
        "import sys; sys.modules['lxml'] = None\n"
        "import nbformat; from zonereport.publish import ReportHTMLExporter, ReportPDFExporter\n"
        "book = nbformat.read('book.ipynb', as_version=4)\n"
        "open('page.html', 'w', encoding='utf-8').write(ReportHTMLExporter().from_notebook_node(book)[0])\n"
        "assert ReportPDFExporter().from_notebook_node(book)[0].startswith(b'%PDF')"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html


def test_nothing_is_loaded_from_outside(html, soup):
    for element in soup.find_all(True):
        for name in ("src", "srcset", "data", "poster", "action", "background"):
            assert not element.get(name), element.name
        if element.name != "a":
            for name in ("href", "xlink:href"):
                assert element.get(name, "#").startswith(("#", "data:")), element
    assert not re.findall(r"url\((?!data:font/woff|#)", html)
    assert "@import" not in html
    assert not soup.find_all(["iframe", "object", "embed"])


def test_one_script_runs_and_the_policy_names_it_by_its_hash(soup):
    (script,) = soup.find_all("script")
    assert script.attrs == {}
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"script-src '{page.source_hash(script.string)}';" in policy
    assert "unsafe-eval" not in policy
    # text only: nothing of a report becomes a tag, an address or a program
    assert not re.search(r"innerHTML|insertAdjacent|document\.write|eval\(|fetch\(|XMLHttp|import\(", script.string)


def test_the_page_says_what_it_is(soup, sample):
    assert soup.html["lang"] == "zh-CN"
    assert soup.title.get_text() == sample.FRONT["title"] == soup.h1.get_text()
    assert len(soup.find_all("h1")) == 1
    assert soup.find("meta", attrs={"name": "author"})["content"] == sample.FRONT["organisation"]
    assert soup.find("meta", attrs={"name": "viewport"})


def test_ids_are_unique_and_every_link_inside_finds_one(soup):
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    inside = {a["href"][1:] for a in soup.find_all("a", href=re.compile("^#"))}
    named = {name for e in soup.find_all(attrs={"aria-labelledby": True}) for name in e["aria-labelledby"].split()}
    assert inside | named <= set(ids)


def test_headings_are_numbered_and_no_level_is_skipped(soup):
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    titles = [h.get_text() for h in soup.main.find_all(id=re.compile("^sec-"))]
    assert titles == [
        "一、经济运行", "（一）总量与增速", "1. 生产总值", "2. 主要指标", "（二）需要关注的问题",
        "二、产业结构", "（一）园区分布", "（二）小结", "附录 企业名录",
    ]  # fmt: skip


def test_the_contents_list_chapters_and_sections(soup):
    for nav in soup.find_all("nav"):
        assert [a.get_text() for a in nav.find_all("a")] == [
            "要点", "一、经济运行", "（一）总量与增速", "（二）需要关注的问题",
            "二、产业结构", "（一）园区分布", "（二）小结", "附录 企业名录",
        ]  # fmt: skip


def test_figures_and_tables_are_numbered_in_order(soup):
    captions = [f.figcaption.get_text(" ") for f in soup.find_all("figure")]
    assert [c.split(" ")[0:2] for c in captions if c.startswith("图")] == [["图", str(i)] for i in (1, 2, 3)]
    assert [c.split(" ")[0:2] for c in captions if c.startswith("表")] == [["表", str(i)] for i in range(1, 6)]


def test_charts_are_named_pictures_with_text_in_them(html, soup):
    charts = soup.select("figure.chart svg")
    assert len(charts) == 3
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert "生产总值六年增长七成" in charts[0].get_text()
    assert html.count("viewBox=") == 3
    assert "<clipPath" in html


def test_tables_have_scopes_and_scroll_in_a_box_of_their_own(soup):
    assert len(soup.find_all("table")) == 6
    for table in soup.find_all("table"):
        assert table.parent["class"] == ["scroll"]
        assert all(th.get("scope") for th in table.find_all("th"))
        assert all(row.find("th", scope=True) for row in table.tbody.find_all("tr"))
    # what no screen cuts is no stop on the keyboard's way: 事项 and 家数 fit, twelve months and firms' names do not
    stops = {table.th.get_text(strip=True): table.parent.get("tabindex") for table in soup.find_all("table")}
    assert stops["事项"] is None
    assert stops["序号"] == "0"
    assert soup.find("th", string="12月").find_parent("div")["tabindex"] == "0"


def test_each_landmark_has_a_name_of_its_own(soup):
    names = [element["aria-label"] for element in soup.select("main [aria-label]:is(section, aside, [role=region])")]
    assert names == ["一、经济运行：本章要点", "一、经济运行：提示", "二、产业结构：本章要点"]
    assert soup.find(class_="mark").name == "aside"


def test_code_and_stray_output_stay_out(html):
    for stray in ("secret_code", "stray warning", "stray value", "应被删除的段落", "parameters = 1", "NotebookNode"):
        assert stray not in html


def test_nasty_characters_come_out_as_they_went_in(soup, sample):
    paragraph = soup.find("p", string=re.compile("^字符：")) or next(
        p for p in soup.find_all("p") if p.get_text().startswith("字符：")
    )
    assert paragraph.get_text() == f"字符：{sample.NASTY}。"


def test_verdicts_are_gathered_under_their_chapters(soup):
    points = soup.find(class_="key-points")
    assert [h.get_text() for h in points.find_all("h3")] == ["一、经济运行", "二、产业结构"]
    assert "165亿元" in points.get_text()
    assert not points.find_all("sup")


def test_footnotes_are_numbered_over_the_page(soup):
    calls = [a.get_text() for a in soup.select("sup.call a")]
    assert calls == ["1", "2", "2", "2"]
    assert [li.get_text().split(" ")[0] for li in soup.select(".notes li")] == [
        "按可比价格计算。",
        "全社会口径，来源《统计月报》。",
    ]


def test_the_mark_and_the_sources_are_on_the_page(soup, sample):
    assert soup.find(class_="mark").get_text() == sample.FRONT["mark"]
    for text in (sample.FRONT["mark"], *sample.FRONT["sources"]):
        assert text in soup.footer.get_text()


def test_a_chapter_by_itself_takes_its_title_from_its_heading(sample):
    annex = sample.sample_chapters()[2]
    soup = BeautifulSoup(ReportHTMLExporter().from_notebook_node(annex)[0], "html.parser")
    assert soup.title.get_text() == "附录 企业名录"
    assert soup.find(class_="mark") is None


def test_the_embedded_faces_have_every_character():
    import io

    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(webfonts.subset(400, "一二三abc")))
    assert set("一二三abc") <= {chr(code) for code in font.getBestCmap()}
    assert not {"GSUB", "GPOS"} & set(font.keys())


def test_the_page_has_every_character_of_its_text_in_the_faces_and_none_of_its_tags(sample, monkeypatch):
    asked = []
    monkeypatch.setattr(webfonts, "font_faces", lambda text: asked.append(text) or "")
    cells = [sample.code(sample.words("prose", "甲 \\< 乙 & 丙")), sample.code(sample.figure("图 > 题"))]
    ReportHTMLExporter().from_notebook_node(sample.chapter(new_markdown_cell("# 章"), *cells))
    assert set("章甲<乙&丙>题亿元") <= set(asked[0])
    # words of the tags, of the style sheet and of the document type
    assert not any(word in asked[0] for word in ("figcaption", "font-family", "DOCTYPE"))


def test_a_warm_process_has_its_templates_compiled():
    warm()
    assert {ReportHTMLExporter().environment.bytecode_cache, ReportPDFExporter().environment.bytecode_cache} == {
        exporters._COMPILED
    }
    before = dict(exporters._COMPILED.code)
    ReportHTMLExporter(embed_fonts=False).from_notebook_node(
        assemble([new_notebook(cells=[new_markdown_cell("# 章")])])
    )
    assert exporters._COMPILED.code == before != {}


def test_white_space_around_what_was_taken_out_is_squeezed():
    body = BeautifulSoup("<div>\n<i>x</i>\n <i>x</i> <p>a</p></div><pre>\n<i>x</i>\n</pre>", "html.parser")
    for element in body.find_all("i"):
        element.decompose()
    page._squeeze_space(body)
    assert str(body) == "<div>\n<p>a</p></div><pre>\n\n</pre>"


@pytest.mark.parametrize("exporter", [getattr(publish, name) for name in publish.__all__ if name.endswith("Exporter")])
def test_a_notebook_that_was_not_executed_is_refused(root, exporter):
    with pytest.raises(PublishError, match=r"cell 3 of the notebook was not executed: run it first, with papermill"):
        exporter().from_filename(str(root / "notebooks" / "90_data.ipynb"))


def test_headings_figures_and_tables_have_links_to_themselves_off_the_keyboards_way(soup):
    for element in soup.main.find_all(id=re.compile("^(sec|chart|table)-[0-9-]+$")):
        link = element.find("a", href=f"#{element['id']}")
        assert link["tabindex"] == "-1"
    assert soup.find(id="sec-1").get_text() == "一、经济运行"


def test_a_table_that_a_text_names_is_a_link_to_it(sample):
    text = sample.words("prose", "见表1和图 9，表2022年另列，详见附表1。")
    cells = [sample.code(text), sample.code(sample.table(sample.indicators(), "主要指标", ""))]
    notebook = sample.chapter(new_markdown_cell("# 章"), *cells)
    found = BeautifulSoup(ReportHTMLExporter(embed_fonts=False).from_notebook_node(notebook)[0], "html.parser")
    links = found.main.find("p").find_all("a")
    assert [(link.get_text(), link["href"]) for link in links] == [("表1", "#table-1")]


def test_a_page_leads_to_the_other_files_of_its_edition(sample):
    notebook = sample.chapter(new_markdown_cell("# 章"), sample.code(sample.words("prose", "一句。")))
    notebook.metadata["zonereport_files"] = {"own": "report.html", "all": ["brief.pdf", "report.html", "x.csv"]}
    found = BeautifulSoup(ReportHTMLExporter(embed_fonts=False).from_notebook_node(notebook)[0], "html.parser")
    links = found.find("nav", attrs={"aria-label": "本期其他文件"}).find_all("a")
    assert [(link.get_text(), link["href"]) for link in links] == [("简报（PDF）", "brief.pdf"), ("x（CSV）", "x.csv")]


def test_rows_and_charts_say_which_source_their_figures_are_of(sample):
    table, chart = sample.table(sample.indicators(), "主要指标", ""), sample.figure()
    for shown in (table, chart):
        shown.metadata["zonereport"]["sources"] = {"地区生产总值": '月报"<b>，表1'}
    notebook = sample.chapter(new_markdown_cell("# 章"), sample.code(table), sample.code(chart))
    found = BeautifulSoup(ReportHTMLExporter(embed_fonts=False).from_notebook_node(notebook)[0], "html.parser")
    assert [row["data-source"] for row in found.find_all("tr", attrs={"data-source": True})] == ['月报"<b>，表1']
    values = found.find("details", class_="values")
    assert values.find("li").get_text() == '地区生产总值：月报"<b>，表1'
    assert values.find("p").get_text() == found.find("svg")["aria-label"]
    assert not found.find_all(attrs={"data-sources": True})


def test_the_values_of_a_chart_can_be_unfolded(sample):
    chart = sample.figure()
    columns = [("label", "项目", ["甲\n乙", '丙"<']), ("value", "数值", [165.0, None])]
    chart.metadata["zonereport"]["data"] = [{"name": n, "head": h, "values": v} for n, h, v in columns]
    notebook = sample.chapter(new_markdown_cell("# 章"), sample.code(chart))
    found = BeautifulSoup(ReportHTMLExporter(embed_fonts=False).from_notebook_node(notebook)[0], "html.parser")
    rows = found.select("details.values tr")
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows] == [
        ["项目", "数值"],
        ["甲乙", "165"],
        ['丙"<', "—"],
    ]


def test_an_analysts_words_stand_behind_their_exhibit_in_both_formats(sample):
    from pypdfium2 import PdfDocument

    shown = sample.table(sample.indicators(), "主要指标", "注")
    shown.metadata["zonereport"]["words"] = "<p><strong>原因分析</strong>：雨季。</p>"
    notebook = sample.chapter(
        new_markdown_cell("# 章"), sample.code(shown), sample.code(sample.words("prose", "后文。"))
    )
    found = BeautifulSoup(ReportHTMLExporter(embed_fonts=False).from_notebook_node(notebook)[0], "html.parser")
    words = found.find("div", class_="words")
    assert words.get_text() == "原因分析：雨季。"
    assert words.find_previous_sibling().name == "figure"
    text = "".join(leaf.get_textpage().get_text_range() for leaf in PdfDocument(_pdf_of(notebook)))
    assert text.index("原因分析：雨季。") < text.index("后文。")


def _pdf_of(notebook) -> bytes:
    return ReportPDFExporter().from_notebook_node(notebook)[0]


def test_every_colour_of_a_page_has_a_counterpart_in_the_dark(html):
    styles = re.findall(r' style="([^"]*)"', html)
    assert not [style for style in styles if re.search("#[0-9a-f]{6}", style)]
    used = set(re.findall(r"var\((--k\d+)\)", "".join(styles)))
    light, dark = re.findall(r":root\{(--k1:[^}]*)\}", html)
    for rules in (light, dark):
        assert {rule.partition(":")[0] for rule in rules.split(";")} == used
