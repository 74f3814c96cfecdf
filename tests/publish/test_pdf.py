import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from zonereport.publish import PublishError, ReportHTMLExporter, ReportPDFExporter
from zonereport.publish import pdf as publish_pdf


@pytest.fixture(scope="module")
def pages(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture(scope="module")
def opened(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def outline(document):
    def walk(items):
        for item in items:
            yield str(item.title)
            yield from walk(item.children)

    with document.open_outline() as found:
        return list(walk(found.root))


def structure(document):
    """Every element of the structure tree."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            if "/K" in item:
                waiting.append(item.K)


def test_the_same_notebook_gives_the_same_bytes(book, pdf):
    assert ReportPDFExporter().from_notebook_node(book)[0] == pdf


def test_a_number_with_its_unit_is_found_by_search(pages):
    assert sum(page.count("165亿元") for page in pages) >= 3


def test_bookmarks_carry_the_numbers_of_the_page(opened, html):
    soup = BeautifulSoup(html, "html.parser")
    titles = [h.get_text() for h in soup.main.find_all(id=re.compile("^sec-"))]
    assert [title for title in outline(opened) if title != "目录"] == ["要点", *titles]


def test_captions_are_numbered_as_on_the_page(pages, html):
    soup = BeautifulSoup(html, "html.parser")
    text = "".join("".join(pages).split())
    for caption in soup.find_all("figcaption"):
        assert "".join(caption.get_text().split()) in text


def test_only_our_typeface_is_in_the_file(opened):
    fonts = {str(f.BaseFont) for page in opened.pages for f in page.resources.get("/Font", {}).values()}
    assert fonts
    assert all("NotoSansCJKsc" in name for name in fonts)


def test_the_file_says_what_it_is(opened, sample):
    xmp = opened.open_metadata()
    assert xmp["pdfuaid:part"] == "1"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
    assert xmp["dc:title"] == sample.FRONT["title"]
    assert sample.FRONT["organisation"] in str(xmp["dc:creator"])
    assert str(opened.docinfo["/Keywords"]).startswith("经济开发区")
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20221231")
    assert opened.Root.Lang in ("zh", "zh-CN")
    assert opened.Root.MarkInfo.Marked


def test_every_figure_has_its_alternative_text(opened):
    alts = [str(item.Alt) for item in structure(opened) if item.S == "/Figure"]
    assert sorted(alts) == [
        "折线图：工业增速逐月上升，投资增速逐月回落。",
        "柱形图：生产总值从96亿元升至165亿元。",
        "热力图：化工园高于汽车园。",
    ]


def test_tables_have_header_cells(opened):
    kinds = {str(item.S) for item in structure(opened)}
    assert {"/Table", "/THead", "/TH", "/TD", "/Caption", "/Title"} <= kinds


def test_rows_have_header_cells_that_their_other_cells_call_by_name(opened, html):
    elements = list(structure(opened))
    scopes = [str(item.A[0].get("/Scope")) for item in elements if item.S == "/TH"]
    soup = BeautifulSoup(html, "html.parser")
    assert scopes.count("/Row") == len(soup.select("tbody th")) > 80
    names = {str(item.ID) for item in elements if item.S == "/TH"}
    called = [[str(name) for name in item.A[0].Headers] for item in elements if item.S == "/TD" and "/A" in item]
    assert names <= set(pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree))
    assert all(set(each) <= names for each in called)
    assert sum(any(name.startswith("row") for name in each) for each in called) > 300


def test_the_paper_is_a4(opened):
    sizes = {tuple(sorted(round(float(v)) for v in page.mediabox[2:])) for page in opened.pages}
    assert sizes == {(595, 842)}


def test_only_the_wide_table_lies_on_its_side(pages, opened):
    lying = [i for i, page in enumerate(opened.pages) if page.mediabox[2] > page.mediabox[3]]
    assert len(lying) == 1
    assert "分月产值" in pages[lying[0]]


def test_no_page_is_empty_and_each_is_numbered(pages):
    assert 8 <= len(pages) <= 10
    for number, text in enumerate(pages[1:], start=2):
        assert f"第 {number} 页 共 {len(pages)} 页" in text
        # the header and the footer are two lines; a note may be all that is left of a long table
        assert len(text.strip().splitlines()) > 2, f"page {number} is empty: {text}"


def test_the_mark_is_on_every_page(pages, sample):
    assert all(sample.FRONT["mark"] in page for page in pages)


def test_the_header_of_a_long_table_is_repeated(pages):
    long = [page for page in pages if "新材料有限公司" in page]
    assert len(long) >= 2
    for page in long:
        assert "企业名称" in page
        assert "同比（%）" in page


def test_chapters_follow_each_other_and_no_heading_is_alone_at_a_foot(pages):
    for chapter in ("一、经济运行", "二、产业结构", "附录 企业名录"):
        # the contents name it once more, and so does the running header of its pages
        assert any(chapter in page for page in pages[2:]), chapter
    bodies = [page.split("第 ")[0].strip().splitlines() for page in pages[2:]]
    assert not [lines[-1] for lines in bodies if re.match("[一二三]、|（[一二三]）|附录 企业名录$", lines[-1])]


def test_contents_and_verdicts_stand_before_the_chapters(pages):
    assert "目录" in pages[1]
    verdicts = next(page for page in pages[1:] if "165亿元" in page)
    assert "要点" in verdicts
    assert "41.2%" in verdicts


def test_code_and_stray_output_stay_out(pages):
    text = "".join(pages)
    for stray in ("secret_code", "stray", "应被删除的段落"):
        assert stray not in text


def test_nasty_characters_come_out_as_they_went_in(pages, sample):
    assert "".join(sample.NASTY.split()) in "".join("".join(pages).split())


def test_a_report_without_a_title_is_named_by_its_first_chapter(sample):
    annex = sample.sample_chapters()[2]
    with pypdfium2.PdfDocument(ReportPDFExporter().from_notebook_node(annex)[0]) as document:
        assert document.get_metadata_value("Title") == "附录 企业名录"


def test_a_tall_chart_keeps_its_caption_and_note_on_its_page(sample):
    tall = sample.figure("很高的图", note="图下的注")
    tall.data["text/html"] = sample.svg(lambda axes: axes.plot([1, 2]), 6.2, 14)
    chapter = sample.chapter(new_markdown_cell("# 章"), sample.code(tall))
    with pypdfium2.PdfDocument(ReportPDFExporter().from_notebook_node(chapter)[0]) as document:
        page = document[len(document) - 1].get_textpage()
        note = page.search("图下的注").get_next()
        bottom = page.get_charbox(note[0])[1]
        assert page.search("很高的图").get_next()
    assert bottom > 2.2 / 2.54 * 72, "the note hangs into the margin"


def test_small_print_is_smaller_and_its_heading_is_not(sample):
    tagged = {"tags": ["small-print"]}
    chapter = sample.chapter(
        new_markdown_cell("# 章\n\n## 甲节\n\n正文说明。"),
        new_markdown_cell("## 乙节\n\n- 小字口径。", metadata=tagged),
        sample.code(sample.words("prose", "小字来源。")),
    )
    chapter.cells[-1].metadata = tagged
    with pypdfium2.PdfDocument(ReportPDFExporter().from_notebook_node(chapter)[0]) as document:
        page = document[len(document) - 1].get_textpage()
        sizes = {text: _size(page, text) for text in ("正文说明", "小字口径", "小字来源", "甲节", "乙节")}
    assert (
        sizes["小字口径"] == pytest.approx(sizes["小字来源"]) == pytest.approx(sizes["正文说明"] * 8.5 / 10.5, rel=0.02)
    )
    assert sizes["甲节"] == pytest.approx(sizes["乙节"])
    body = BeautifulSoup(ReportHTMLExporter().from_notebook_node(chapter)[0], "html.parser").main
    assert [section.get_text(strip=True)[-5:] for section in body.find_all(class_="small-print")] == [
        "小字口径。",
        "小字来源。",
    ]
    assert [heading.get_text() for heading in body.find_all("h3")] == ["（一）甲节", "（二）乙节"]


def _size(page, text):
    """The advance from one character of a text to the next, which are all as wide as the type is large."""
    place, _ = page.search(text).get_next()
    return page.get_charbox(place + 1, loose=True)[0] - page.get_charbox(place, loose=True)[0]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('#set document(title: "t")\n#set text(font: "Arial")\nx', "unknown font family"),
        ("x", "missing document title"),
        ('#set document(title: "t")\n#set text(font: "Noto Sans CJK SC")\n😀', "could not be displayed"),
        ('#set document(title: "t")\n#nothing', "unknown variable"),
    ],
)
def test_what_typst_warns_of_is_one_clear_line(tmp_path, source, message):
    (tmp_path / "main.typ").write_text(source, encoding="utf-8")
    with pytest.raises(PublishError, match=message) as caught:
        publish_pdf.compile_folder(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "title", ["经济运行报告", "仪征经济开发区经济运行分析报告", "A very long English title of a report", "一" * 30]
)
def test_a_title_is_broken_without_loss(title):
    lines = publish_pdf.title_lines(title)
    assert len(lines) <= 2
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(lines)
    assert all(len(a) and len(b) for a, b in pairwise(lines))
