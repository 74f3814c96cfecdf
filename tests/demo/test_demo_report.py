"""The report of the synthetic zone, built as a user builds it: marked on every page."""

import pypdfium2
from bs4 import BeautifulSoup

MARK = "模拟数据"


def test_every_page_says_that_the_figures_are_made_up(project, call):
    done = call("run", "demo", "--period", "2022-12", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = project / "reports" / "demo" / "2022-12"
    document = pypdfium2.PdfDocument(folder / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 8
    assert [number for number, text in enumerate(pages, 1) if MARK not in text] == []
    html = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert html.get_text().count(MARK) >= 2
    assert "174.2" in html.get_text()
    assert any("同比增长" in text for text in pages)
