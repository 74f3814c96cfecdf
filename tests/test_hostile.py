"""What somebody may type into a cell, through every way out: nothing runs, nothing leaves, all is found as text."""

import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import openpyxl
import pandas as pd
import playwright.sync_api as playwright
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from zonereport.disk.spreadsheet import acts
from zonereport.inputs import Period, load_zone
from zonereport.inputs.workbook import write_template
from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.tables import styled
from zonereport.present.theme import use_theme
from zonereport.publish import (
    AnnexExporter,
    ReportHTMLExporter,
    ReportPDFExporter,
    ReportWordExporter,
    SlidesExporter,
    allowed,
    glyphs,
)
from zonereport.publish.page import source_hash

STRINGS = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
COVER = ["<script>window.pwned=1</script>", "/*font faces*/", "甲a<b乙", '#eval("1")', "=1+1", "{{ 7*7 }}", "&lt;"]
EVIL = "evil.example"


@pytest.fixture(scope="module")
def chapter() -> nbformat.NotebookNode:
    """A chapter whose every part is made of all strings: words, lists, a table, a chart, captions, notes, the cover."""
    use_theme()
    fields = {"title": "报告" + "".join(COVER), "subtitle": COVER[0], "organisation": COVER[2], "place": COVER[1]}
    fields |= {"date": "2022年12月", "mark": COVER[0], "keywords": COVER, "sources": STRINGS}
    frame = pd.DataFrame({"name": STRINGS, "note": STRINGS[::-1]})
    exhibits = [Exhibit(draw="封面", role="front", fields=fields)]
    exhibits.append(Exhibit(draw="\n".join(f"- 要点{text}" for text in STRINGS), role="verdict"))
    exhibits.append(Exhibit(draw="\n".join(f"段落{text}" for text in STRINGS)))
    exhibits.append(Exhibit(draw="\n".join(f"{n}. **头{n}**：{text}" for n, text in enumerate(STRINGS, 1))))
    exhibits.append(Exhibit(draw="提示" + "；".join(STRINGS), role="notice"))
    exhibits.append(
        Exhibit("表" + COVER[0], draw=styled(frame, "hostile", heads={"name": "甲", "note": "<b>乙"}), note=STRINGS[3])
    )
    bars = pd.DataFrame({"label": STRINGS, "value": range(len(STRINGS)), "text": STRINGS})
    exhibits.append(Exhibit("图" + COVER[2], data=bars, draw=chart, alt=" ".join(STRINGS), note=STRINGS[0]))
    outputs = []
    for each in exhibits:
        data, metadata = each._repr_mimebundle_()
        assert metadata["zonereport"]["role"] != "failed", data
        outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))
    v4 = nbformat.v4
    return v4.new_notebook(cells=[v4.new_markdown_cell("# 章"), v4.new_code_cell("1", outputs=outputs)])


def chart():
    axes = plt.figure(figsize=(6, 30), layout="none").subplots()
    axes.barh(range(len(STRINGS)), range(len(STRINGS)))
    axes.set_yticks(range(len(STRINGS)), STRINGS, fontsize=5)
    axes.set_title("题" + COVER[0])
    return axes


@pytest.fixture(scope="module")
def page(chapter) -> str:
    """The chapter as a page."""
    return ReportHTMLExporter(embed_fonts=False).from_notebook_node(chapter)[0]


@pytest.fixture(scope="module")
def browser():
    """A Chromium, with all addresses but files closed to it."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not executable:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def seen(browser, file: Path) -> tuple[list[str], str]:
    """Open a file; return what it did (asked for, ran, opened) and where it was in the end."""
    heard, opened = [], browser.new_page()
    opened.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    opened.on("request", lambda asked: heard.append(asked.url))
    opened.on("dialog", lambda dialog: heard.append("dialog"))
    opened.goto(file.as_uri())
    opened.mouse.move(200, 200)
    try:
        # a refresh of no seconds has come by then: two whole turns of the page's own clock
        opened.evaluate("new Promise(done => setTimeout(() => requestAnimationFrame(done), 0))")
        if opened.evaluate("window.pwned !== undefined"):
            heard.append("script")
    except playwright.Error:
        # there is nobody to ask any more
        heard.append("navigation")
    where = opened.url
    opened.close()
    return heard, where


def squeezed(text: str) -> str:
    """A text without white space, which every way out breaks and joins as it likes."""
    return re.sub(r"\s+", "", text)


def missing(text: str) -> list[str]:
    """The strings that cannot be found in a text."""
    whole = squeezed(text)
    return [string for string in STRINGS if squeezed(glyphs.mended(string)) not in whole]


def test_there_are_enough_of_them():
    assert len(STRINGS) >= 150
    assert len(set(STRINGS)) == len(STRINGS)


def test_a_page_holds_what_may_stand_there_only_and_every_string_as_text(page):
    """Read by an HTML5 parser, as a browser reads it."""
    tree = BeautifulSoup(page, "html5lib")
    ours = set(allowed.ELEMENTS) | {"html", "head", "meta", "title", "link", "style", "body", "header", "div", "nav"}
    ours |= {"main", "footer", "details", "summary", "svg", "g", "defs", "path", "rect", "text", "tspan", "use"}
    ours |= {"clippath", "clipPath", "script"}
    assert {element.name for element in tree.find_all(True)} <= ours
    for element in tree.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name in ("src", "srcset", "ping")]
        assert not re.match("(?!https?:|#|mailto:|data:,)", element.get("href", "#"))
    assert [one["http-equiv"] for one in tree.find_all("meta", attrs={"http-equiv": True})] == [
        "Content-Security-Policy"
    ]
    assert len(tree.find_all("h1")) == 1
    for rules in tree.find_all("style"):
        rules.decompose()
    for part in ("section.verdict", "figure.table tbody", "figure.chart svg", "aside.notice", "footer"):
        assert missing(" ".join(one.get_text(" ") for one in tree.select(part))) == [], part
    paragraphs = " ".join(one.get_text() for one in tree.select("main > p"))
    assert missing(paragraphs) == []
    assert [source_hash(one.string) in page for one in tree.find_all("script")] == [True]
    assert squeezed("报告" + "".join(COVER)) in squeezed(tree.title.get_text())
    assert "".join(COVER) in tree.h1.get_text()
    assert squeezed(tree.select_one("svg")["aria-label"]) == squeezed(" ".join(STRINGS)) + "。"


@pytest.mark.parametrize("evil", ["<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>"])
def test_what_is_looked_for_would_be_seen(browser, tmp_path, evil):
    (tmp_path / "a.html").write_text(f"<p>甲{evil}</p>", encoding="utf-8")
    assert "script" in seen(browser, tmp_path / "a.html")[0]


def test_a_page_that_leaves_would_be_seen(browser, tmp_path):
    leaving = f"<meta http-equiv=refresh content='0;url=http://{EVIL}/m'><img src=http://{EVIL}/i.png>"
    (tmp_path / "a.html").write_text(leaving, encoding="utf-8")
    heard, _ = seen(browser, tmp_path / "a.html")
    assert f"http://{EVIL}/m" in heard


def test_nothing_runs_and_nothing_leaves_in_a_browser(page, browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    heard, where = seen(browser, file)
    assert [one for one in heard if not one.startswith("data:")] == [file.as_uri()]
    assert where == file.as_uri()


def test_a_notebook_is_as_safe_under_plain_nbconvert(chapter, browser, tmp_path):
    nbformat.write(chapter, tmp_path / "chapter.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(tmp_path / "chapter.ipynb")]
    subprocess.run(command, check=True, capture_output=True)
    heard, where = seen(browser, tmp_path / "chapter.html")
    assert "script" not in heard
    assert not [one for one in heard if EVIL in one]
    assert where == (tmp_path / "chapter.html").as_uri()
    tree = BeautifulSoup((tmp_path / "chapter.html").read_text(encoding="utf-8"), "html5lib")
    assert missing(" ".join(one.get_text(" ") for one in tree.select("td"))) == []


def test_a_pdf_holds_every_string_as_text(chapter):
    content = ReportPDFExporter().from_notebook_node(chapter)[0]
    with pypdfium2.PdfDocument(content) as pdf:
        text = "".join(leaf.get_textpage().get_text_bounded() for leaf in pdf)
    # a line that is broken within a word gets a hyphen of its own
    whole = squeezed(text).replace("-", "").replace("\u00ad", "").replace("\u0002", "").replace("\ufffe", "")
    lost = [one for one in STRINGS if squeezed(glyphs.mended(one)).replace("-", "") not in whole]
    assert lost == []
    assert EVIL.encode() not in re.sub(rb"\(.*?\)", b"", content) or not re.findall(rb"/URI\s*\(http://evil", content)


def sinks(content: bytes) -> tuple[list[str], dict[str, bytes]]:
    """The targets that an office file refers to outside itself, and its parts."""
    outside, parts = [], {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            parts[name] = file.read(name)
            if name.endswith(".rels"):
                for one in etree.fromstring(parts[name]):
                    if one.get("TargetMode") == "External":
                        outside.append(one.get("Target"))
    return outside, parts


def formulas(content: bytes) -> list[str]:
    """The cells of a workbook that compute something."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    return [f"{cell.parent.title}!{cell.coordinate}" for cell in cells if cell.data_type in "fe"]


def test_a_word_file_holds_every_string_as_text(chapter):
    outside, parts = sinks(ReportWordExporter().from_notebook_node(chapter)[0])
    assert not [one for one in outside if not re.match("https?:|mailto:", one)]
    tree = etree.fromstring(parts["word/document.xml"])
    fields = [one.text.split()[0] for one in tree.iter("{*}instrText")]
    # of all fields that there are, those that load or run something have other names
    assert set(fields) <= {"TOC", "SEQ"}
    assert not [name for name in parts if re.search("vba|activeX|embeddings|altChunk", name)]
    # the text of a field, an address say, is none that is read
    text = "".join(one.text or "" for one in tree.iter("{*}t"))
    assert missing(text) == []
    for table in tree.iter("{*}tbl"):
        assert missing("".join(table.itertext())) == []


def test_sheets_and_slides_compute_nothing_and_hold_every_string(chapter):
    content = AnnexExporter().from_notebook_node(chapter)[0]
    outside, _ = sinks(content)
    assert outside == []
    assert formulas(content) == []
    book = openpyxl.load_workbook(io.BytesIO(content))
    for page in book.worksheets[1:]:
        cells = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row)
        # a sheet keeps the characters that a typeface may lack
        assert [one for one in STRINGS if squeezed(in_xml(one)) not in squeezed(cells)] == []
    content = SlidesExporter().from_notebook_node(chapter)[0]
    outside, parts = sinks(content)
    assert outside == []
    (data,) = [part for name, part in parts.items() if name.startswith("ppt/embeddings/")]
    assert formulas(data) == []
    charted = etree.fromstring(next(part for name, part in parts.items() if name.startswith("ppt/charts/chart")))
    said = "".join(one.text or "" for one in charted.iter("{*}v"))
    assert [one for one in STRINGS if squeezed(in_xml(one)) not in squeezed(said)] == []


def in_xml(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory, copied) -> Path:
    """The synthetic zone with every string in every column of names and texts, several to a cell where rows are few."""
    project = copied(tmp_path_factory.mktemp("hostile"))
    zone = load_zone("demo", project)
    folder = project / "data" / "demo"
    for name, table in zone.schemas.items():
        path = folder / f"{name}.csv"
        if not path.exists():
            continue
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        for column in (one.name for one in table.fields if one.kind in ("name", "text") and not one.key):
            if column in frame:
                share = -(-len(STRINGS) // len(frame))
                cells = ["｜".join(STRINGS[n : n + share]) for n in range(0, len(STRINGS), share)]
                frame.loc[: len(cells) - 1, column] = cells
        frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    about = folder / "zone.yml"
    text = about.read_text(encoding="utf-8")
    name = re.search(r"^name_zh: (.*)$", text, re.M)[1]
    about.write_text(text.replace(f"name_zh: {name}", f"name_zh: {json.dumps(''.join(COVER))}", 1), encoding="utf-8")
    return project


def test_a_report_of_such_a_zone_is_whole_and_harmless(spoilt, command, browser):
    done = command("run", "demo", "--period", "2022-12", cwd=spoilt)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = spoilt / "reports/demo/2022-12"
    for file in sorted(folder.glob("*.html")):
        heard, where = seen(browser, file)
        assert [one for one in heard if not one.startswith("data:")] == [file.as_uri()]
        assert where == file.as_uri()
        tree = BeautifulSoup(file.read_text(encoding="utf-8"), "html5lib")
        assert not tree.find_all(["iframe", "object", "embed", "form", "base", "img", "plaintext", "textarea"])
        (script,) = tree.find_all("script")
        assert source_hash(script.string) in tree.find("meta", attrs={"http-equiv": True})["content"]
        assert len(tree.find_all("h1")) == 1
    for file in folder.glob("*.csv"):
        for column, cells in pd.read_csv(file, dtype="str", keep_default_na=False).items():
            assert not [cell for cell in cells if acts(cell)], (file.name, column)


def test_a_template_of_such_a_zone_computes_nothing_of_it(spoilt, tmp_path):
    path = tmp_path / "t.xlsx"
    write_template(load_zone("demo", spoilt), Period.parse("2023-01"), path)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"):
            assert str(sheet.cell(1, cell.column).value).endswith("〔自动〕"), f"{sheet.title}!{cell.coordinate}"


def test_innocent_texts_are_printed_as_they_are(page):
    shown = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.S))
    for text in ("甲a<b乙", "x<y公司", "&lt;", "/*font faces*/", "R&D费用"):
        assert text in shown
