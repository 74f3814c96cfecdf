"""The main job, end to end, on the real figures of 2022: every file opened and read back."""

import json
import re

import nbformat
import pandas as pd
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup

# in the order in which the command names them
DOCUMENTS = [f"{name}.{form}" for name in ("brief", "summary", "report") for form in ("html", "pdf", "docx")]
DOCUMENTS += ["annex.xlsx", "slides.pptx"]
FILES = {*DOCUMENTS, "measures.csv", "manifest.json", "notebooks"}


@pytest.fixture(scope="module")
def pdf_text(edition):
    document = pypdfium2.PdfDocument(edition.folder / "report.pdf")
    return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def html(edition):
    return BeautifulSoup((edition.folder / "report.html").read_text(encoding="utf-8"), "html.parser")


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_everything_is_there_and_the_paths_are_printed_last(edition):
    assert {path.name for path in edition.folder.iterdir()} == FILES
    lines = edition.output.splitlines()
    assert lines[-len(DOCUMENTS) :] == [f"reports/yizheng/2022/{name}" for name in DOCUMENTS]
    # a step a chapter and a file
    steps = len(list((edition.folder / "notebooks").glob("*.ipynb"))) + len(DOCUMENTS)
    assert sum(bool(re.match(rf"\[\d+/{steps}\] ", line)) for line in lines) == steps


def test_a_thin_zone_gets_a_thin_report(edition):
    with pikepdf.open(edition.folder / "report.pdf") as pdf:
        assert len(pdf.pages) <= 12
    with pikepdf.open(edition.folder / "brief.pdf") as pdf:
        assert len(pdf.pages) <= 2


def test_search_finds_the_figures_in_the_pdf(pdf_text):
    document = "".join(pdf_text)
    for figure in ("165亿元", "135亿元", "预计3.8亿元", "8250万元", "2000万美元", "50.7%", "3.39亿元"):
        assert figure in document


def test_the_pdf_is_a_document(edition, pdf_text):
    with pikepdf.open(edition.folder / "report.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("zh")
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "仪征经济开发区经济运行分析报告"
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
        boxes = {tuple(round(float(side)) for side in page.MediaBox) for page in pdf.pages}
    chapters = "一、总览 二、主要指标 三、产业项目 四、企业培育 五、改革创新 六、功能提升 七、综合治理 八、国创与展望"
    assert titles == ["要点", *chapters.split(), "附录 数据与出处"]
    assert all("NotoSansCJK" in font for font in fonts)
    assert boxes == {(0, 0, 595, 842)}
    assert all(len(text.strip()) > 60 for text in pdf_text), "no page is empty"
    assert "￾" not in "".join(pdf_text)


def test_a_number_is_the_same_in_sentence_table_and_chart(html):
    verdicts = flat(html.find(id="content").get_text())
    cells = {flat(cell.get_text()) for cell in html.select("td")}
    charts = {flat(text.get_text()) for text in html.select("svg text")}
    for figure in ("75亿元", "38亿元", "46家", "12家"):
        assert figure in verdicts
        assert figure in cells
        assert any(figure in text for text in charts), figure


def test_the_web_page_stands_alone(edition, html):
    text = (edition.folder / "report.html").read_text(encoding="utf-8")
    assert not html.find_all(["iframe", "img"])
    assert len(html.find_all("script")) == 1
    assert all(link["href"].startswith("data:") for link in html.find_all("link"))
    others = [link["href"] for link in html.find("nav", class_="files").find_all("a")]
    assert set(others) == {name for name in FILES if "." in name} - {"report.html", "manifest.json"}
    assert not re.search(r"(?:src|href)=\"https?:|url\((?!['\"]?(?:data:|#))|@import", text)
    assert html.html["lang"].startswith("zh")
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(svg.get("aria-label") or svg.get("aria-labelledby") for svg in html.select("svg[role=img]"))


def test_both_formats_number_alike(html, pdf_text):
    document = flat("".join(pdf_text))
    captions = [flat(caption.get_text()) for caption in html.find_all("figcaption")]
    figures, tables = ([c for c in captions if c.startswith(kind)] for kind in "图表")
    assert len(figures) == len(html.select("figure svg[role=img]")) >= 3
    assert len(tables) == len(html.select("figure.table table")) >= 8
    assert all(caption in document for caption in captions)


def test_what_is_missing_is_asked_for_once_with_its_reason_and_the_office(pdf_text):
    document = flat("".join(pdf_text))
    assert document.count("缺什么、找谁要") >= 1
    assert "来源未公布增速，也无上年同期数" in document
    assert "来源只公布下降" in document or "只公布同比下降，未公布起数" in document


def test_no_section_is_printed_without_a_figure_a_name_or_a_statement(html):
    headings = html.select("main h2, main h3, main h4")
    for place, heading in enumerate(headings):
        below = []
        for element in heading.find_all_next():
            if element in headings:
                break
            below.append(element)
        following = headings[place + 1] if place + 1 < len(headings) else None
        has_subsection = following is not None and following.name > heading.name
        assert below or has_subsection, heading.get_text()
        text = flat("".join(element.get_text() for element in below))
        # a figure, or a sentence that says something
        assert has_subsection or re.search(r"\d|[。：]", text), heading.get_text()


def test_the_files_are_dated_by_their_data(edition):
    with pikepdf.open(edition.folder / "report.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20221231")


def test_measures_are_saved_as_read(edition):
    frame = pd.read_csv(edition.folder / "measures.csv", encoding="utf-8-sig")
    value = frame[(frame["code"] == "invoiced_sales") & (frame["measure"] == "value")].iloc[0]
    assert (value["value"], value["unit"], value["source"], value["locator"]) == (165, "亿元", "summary-2022", "A")
    assert (frame["value"].isna() == frame["reason"].notna()).all()
    assert (edition.folder / "measures.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "Excel reads the Chinese"


def test_the_manifest_certifies_inputs_and_outputs(edition):
    manifest = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "complete"
    assert {entry["path"] for entry in manifest["inputs"]} >= {
        "data/yizheng/indicators.csv",
        "data/yizheng/zone.yml",
        "data/dictionary/indicators.csv",
        "data/dictionary/derived.csv",
    }
    assert {entry["path"] for entry in manifest["outputs"]} >= {"report.html", "report.pdf", "measures.csv"}


def test_the_executed_notebooks_are_whole(edition):
    for path in sorted((edition.folder / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        streams = [out for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type == "stream"]
        assert streams == []
        assert str(edition.root) not in path.read_text(encoding="utf-8")


def test_nothing_invented_no_growth_is_claimed(html):
    text = flat(html.find(id="content").get_text())
    assert not re.search(r"同比(增长|下降)\d", text)
    assert not re.search(r"(全市|排名)第", text)


def test_an_exhibit_that_fails_costs_itself(project, call):
    path = project / "notebooks" / "00_overview.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells[3].source += "\nfrom zonereport.present.exhibit import exhibit"
    # int(report) raises TypeError
    book.cells.append(nbformat.v4.new_code_cell("exhibit(int)(report)", id="broken"))
    nbformat.write(book, path)
    catalogue = "books:\n  annual:\n    documents: {report: [00_overview]}\n    formats: [html]\n"
    (project / "reports.yml").write_text(catalogue, encoding="utf-8")
    done = call("run", "yizheng", "--period", "2022", cwd=project)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "degraded: 00_overview: builtins.int: TypeError" in done.stderr
    page = (project / "reports/yizheng/2022/report.html").read_text(encoding="utf-8")
    # the chapter stands, the note is in the exhibit's place, and leaders read no word of Python
    assert "工业开票销售" in page
    assert "本项未生成，原因已记入日志。" in page
    assert "TypeError" not in page
    log = (project / "logs/yizheng/2022/00_overview.ipynb").read_text(encoding="utf-8")
    assert "Traceback" in log
    # the next run tries again instead of reusing what failed
    again = call("run", "yizheng", "--period", "2022", cwd=project)
    assert again.returncode == 2
