"""The Word file, opened and read back: styles, fields, tables, pictures, and the text of the PDF edition."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import mammoth
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from lxml import etree
from nbformat.v4 import new_markdown_cell
from PIL import Image

from zonereport import fonts
from zonereport.publish import ReportWordExporter, assemble

# children that the schema of WordprocessingML wants in this order, as far as we write them
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs autoSpaceDE autoSpaceDN "
    "snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs strike color kern sz szCs vertAlign em lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders tblLayout tblCellMar",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
}


@pytest.fixture(scope="module")
def content(book) -> bytes:
    """The sample as a Word file."""
    return ReportWordExporter().from_notebook_node(book)[0]


@pytest.fixture(scope="module")
def word(content):
    """The sample, opened."""
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def parts(content) -> dict[str, bytes]:
    """All parts of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def of_style(word, name):
    return [paragraph for paragraph in word.paragraphs if paragraph.style.style_id == name]


def instructions(element) -> list[str]:
    return [found.text.strip() for found in element.iter(qn("w:instrText"))]


def test_headings_have_their_levels_and_word_counts_them(word):
    assert [heading.text for heading in of_style(word, "Heading1")] == ["经济运行", "产业结构", "附录 企业名录"]
    assert [heading.text for heading in of_style(word, "Heading2")][:2] == ["总量与增速", "需要关注的问题"]
    levels = word.part.numbering_part.element.findall(qn("w:abstractNum"))[0].findall(qn("w:lvl"))
    written = [
        (level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val"))) for level in levels
    ]
    assert written[:3] == [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3. ")]
    # an annex has no number
    numbers = [heading._p.pPr.numPr for heading in of_style(word, "Heading1")]
    assert [one is not None and one.numId.val == 0 for one in numbers] == [False, False, True]


def test_captions_and_contents_are_fields(word):
    captions = of_style(word, "Caption")
    assert [caption.text for caption in captions][:2] == ["图 1　地区生产总值及增速", "图 2　工业与投资分月增速"]
    assert instructions(captions[0]._p) == ["SEQ 图 \\* ARABIC"]
    assert any(one.startswith("TOC ") for one in instructions(word.element.body))
    entries = [p for p in word.element.body.iter(qn("w:p")) if p.style in ("TOC1", "TOC2")]
    assert "".join(entries[0].itertext()).endswith("一、经济运行")
    # every entry leads somewhere
    marks = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))} - {None} <= marks


def test_tables_are_native_and_their_heads_repeat(word):
    tables = word.tables
    assert len(tables) == 6
    for table in tables:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    roster = tables[-1]
    assert [cell.text for cell in roster.rows[1].cells] == ["1", "仪征示范1号新材料有限公司", "新材料", "90.0", "12.0"]
    crossed = next(table for table in tables if "企业数（家）" in [cell.text for cell in table.rows[0].cells])
    # a title over two columns, a name over two rows
    assert [cell.text for cell in crossed.rows[0].cells][2:4] == ["企业数（家）", "企业数（家）"]
    assert crossed.cell(2, 0).text == crossed.cell(3, 0).text == "汽车园"


def test_charts_are_pictures_of_300_dots_an_inch_with_alternative_text(word):
    pictures = list(word.element.body.iter(qn("wp:inline")))
    assert [one.docPr.get("descr") for one in pictures] == [
        "柱形图：生产总值从96亿元升至165亿元。",
        "折线图：工业增速逐月上升，投资增速逐月回落。",
        "热力图：化工园高于汽车园。",
    ]
    for one in pictures:
        blob = word.part.related_parts[one.graphic.graphicData.pic.blipFill.blip.embed].blob
        with Image.open(io.BytesIO(blob)) as image:
            # 914400 units an inch
            assert image.width / (one.extent.cx / 914400) >= 299


def test_no_theme_wins_over_a_name_and_quotes_are_chinese(parts):
    assert not [name for name in parts if "theme" in name]
    for name in ("word/styles.xml", "word/document.xml"):
        assert b"asciiTheme" not in parts[name]
        assert b"eastAsiaTheme" not in parts[name]
    styles = parts["word/styles.xml"].decode()
    for face in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"):
        assert f'w:eastAsia="{face}"' in styles
    names = parts["word/fontTable.xml"].decode()
    assert re.search('w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>', names)
    runs = re.findall(r"<w:r>(.*?)</w:r>", parts["word/document.xml"].decode(), re.DOTALL)
    quoted = [one for one in runs if "“" in one]
    assert quoted
    assert all('w:hint="eastAsia"' in one for one in quoted)


def test_exact_lines_burst_neither_tables_nor_pictures(word):
    styles = {style.style_id: style for style in word.styles}
    assert styles["Normal"].paragraph_format.line_spacing.pt == 28
    for name in ("TableText", "Picture", "Caption", "Note"):
        assert styles[name]._element.pPr.spacing.get(qn("w:lineRule")) == "auto"
    within = {cell.paragraphs[0].style.style_id for table in word.tables for row in table.rows for cell in row.cells}
    assert within <= {"TableText", "TableSmall"}
    assert {p.style.style_id for p in word.paragraphs if p._p.findall(".//" + qn("w:drawing"))} == {"Picture"}


def test_the_page_is_that_of_the_standard(word):
    section = word.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin)] == [37, 35]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [28, 26]
    assert [round(section.page_width.mm), round(section.page_height.mm)] == [210, 297]
    assert word.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert instructions(odd._p) == instructions(even._p) == ["PAGE"]
    assert [one._p.pPr.jc.get(qn("w:val")) for one in (odd, even)] == ["right", "left"]


def test_made_up_data_is_marked_on_every_page(word):
    section = word.sections[0]
    for head in (section.header, section.even_page_header, section.first_page_header):
        assert head.paragraphs[0].text.startswith("模拟数据，不反映任何真实开发区")


def test_a_table_too_wide_for_the_page_turns_it_and_every_page_has_its_marks(sample):
    names = [f"很长的列名称第{number}项（亿元）" for number in range(9)]
    rows = "".join(f"<td>{1234567.25 * number:,.2f}亿元</td>" for number, _ in enumerate(names, start=1))
    heads = "".join(f"<th>{name}</th>" for name in names)
    wide = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{rows}</tr></tbody></table>"
    first = sample.sample_chapters()[0]
    last = sample.chapter(
        new_markdown_cell("# 宽表"), sample.code(sample.table(wide, "宽表")), new_markdown_cell("正文。")
    )
    word = docx.Document(io.BytesIO(ReportWordExporter().from_notebook_node(assemble([first, last]))[0]))
    assert [one.page_width.mm > one.page_height.mm for one in word.sections] == [False, True, False]
    # the others take them over
    assert [one.header.is_linked_to_previous for one in word.sections] == [False, True, True]
    assert [one.different_first_page_header_footer for one in word.sections] == [True, False, False]
    assert "模拟数据" in word.sections[0].header.paragraphs[0].text


def test_notes_are_words_own(word, parts):
    notes = BeautifulSoup(parts["word/footnotes.xml"], "xml")
    said = [note.get_text().strip() for note in notes.find_all("footnote")]
    assert said[2:] == ["按可比价格计算。", "全社会口径，来源《统计月报》。"]
    assert len(list(word.element.body.iter(qn("w:footnoteReference")))) == 2


def test_children_stand_in_the_order_of_the_schema(parts):
    for name, content in parts.items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for kind, order in ORDER.items():
            places = {child: place for place, child in enumerate(order.split())}
            for element in etree.fromstring(content).iter(qn(f"w:{kind}")):
                found = [places[etree.QName(child).localname] for child in element]
                assert all(one <= other for one, other in pairwise(found)), (name, etree.tostring(element)[:300])


def test_a_second_reader_finds_no_fault_and_all_words(content, html):
    read = mammoth.convert_to_html(io.BytesIO(content))
    assert [one for one in read.messages if one.type == "error"] == []
    found = BeautifulSoup(read.value, "html.parser")
    for call in found.find_all("sup"):
        call.decompose()
    text = squeezed(found.get_text())
    page = BeautifulSoup(html, "html.parser").main
    for note in page.select("sup, svg, section.notes, details"):
        note.decompose()
    assert missing(page, text) == []


def test_the_same_notebook_gives_the_same_bytes(book, content):
    assert ReportWordExporter().from_notebook_node(book)[0] == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2022, 12, 31, 0, 0, 0)}
    about = docx.Document(io.BytesIO(content)).core_properties
    assert (about.created.date().isoformat(), about.title) == ("2022-12-31", "仪征经济开发区经济运行分析报告")


PAPER = {
    "title": "示例开发区管理委员会文件",
    "number": "示开发〔2023〕1号",
    "secrecy": "内部资料",
    "signer": "甲某某",
    "copies_to": ["乙局", "丙局"],
    "printer": "示例开发区办公室",
    "printed": "2023年1月20日",
}


@pytest.mark.parametrize(("paper", "printed"), [(PAPER, True), ({}, False)])
def test_a_letterhead_is_printed_where_there_is_one(sample, paper, printed):
    chapter = sample.sample_chapters()[0]
    for cell in chapter.cells:
        for output in cell.get("outputs", ()):
            about = output.get("metadata", {}).get("zonereport", {})
            if about.get("role") == "front":
                about |= {"kind": "brief", "letterhead": paper}
    word = docx.Document(io.BytesIO(ReportWordExporter().from_notebook_node(assemble([chapter]))[0]))
    first = [paragraph.text for paragraph in word.paragraphs[:3]]
    last = [] if not word.tables else [row.cells[0].text for row in word.tables[-1].rows]
    if printed:
        assert first == ["内部资料", "示例开发区管理委员会文件", "示开发〔2023〕1号\t签发人：甲某某"]
        assert last == ["抄送：乙局，丙局。", "示例开发区办公室\t2023年1月20日印发"]
    else:
        assert first[0] == "仪征经济开发区经济运行分析报告"
        assert "抄送" not in "".join(last)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def missing(page, text: str) -> list[str]:
    """The sentences, cells, captions and headings of a page that cannot be found in a text."""
    said = [squeezed(one.get_text()) for one in page.find_all(["p", "li", "td", "th", "figcaption", "h2", "h3", "h4"])]
    # Word counts headings itself, and a reader of its XML does not
    said = [re.sub("^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[1-9]\.)", "", one) for one in said]
    return [one for one in said if one not in text]


@pytest.fixture(scope="module")
def converted(edition, tmp_path_factory) -> str:
    """The text of report.docx as LibreOffice prints it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    folder = tmp_path_factory.mktemp("office")
    # without a Chinese typeface nothing could be read back
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{fonts.folder()}</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(edition.folder / "report.docx")]
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    made = folder / "report.pdf"
    if not made.exists():
        pytest.skip(f"this LibreOffice has no Writer: {done.stderr.strip()}")
    return text_of(made)


def text_of(file: Path) -> str:
    """The text of a PDF without what stands at the head and the foot of its pages."""
    with pypdfium2.PdfDocument(file) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    kept = []
    for page in pages:
        lines = [line for line in page.splitlines() if not re.fullmatch(r"—\d+—|第\d+版.*未印发", squeezed(line))]
        kept.append("".join(lines))
    return squeezed("".join(kept)).replace("\ufffe", "").replace("\u00ad", "")


def test_libreoffice_prints_every_sentence_and_figure_of_the_pdf_edition(edition, converted):
    page = BeautifulSoup((edition.folder / "report.html").read_text(encoding="utf-8"), "html.parser").main
    for drawn in page.select("svg, sup, section.notes, details"):
        drawn.decompose()
    assert missing(page, converted) == []
    # and the headings with the numbers that LibreOffice has counted itself
    for heading in page.find_all(["h2", "h3"]):
        assert squeezed(heading.get_text()) in converted
