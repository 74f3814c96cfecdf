"""The links of a page: to headings, figures and tables, from 见表5 to table 5, to the other files of its edition."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, NavigableString

from zonereport.publish.document import HEADINGS, of_class

# where an assembled book keeps its own file and all of its edition
KEY = "zonereport_files"
# what the files of an edition are called, by their names without an ending
NAMES = {
    "brief": "简报",
    "summary": "工作总结",
    "report": "分析报告",
    "annex": "附表",
    "slides": "演示稿",
    "measures": "全部数字",
}
KINDS = {
    "html": "网页",
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PPT",
    "csv": "CSV",
}
_TARGETS = {"表": "table", "图": "chart"}
# 附表1 is of another file, and a number that goes on, or is one of years, is none of a table
_REFERENCE = re.compile(r"(?<!附)([表图]) ?(\d{1,3})(?![\d年月.%])")


def siblings(files: Iterable[str], own: str) -> list[tuple[str, str]]:
    """Return the other files of an edition as pairs of name and address, in their order.

    >>> siblings(["brief.html", "report.html", "report.pdf", "measures.csv"], "brief.html")
    [('分析报告（网页）', 'report.html'), ('分析报告（PDF）', 'report.pdf'), ('全部数字（CSV）', 'measures.csv')]
    """
    pairs = []
    for file in files:
        stem, _, ending = file.rpartition(".")
        if file != own:
            pairs.append((f"{NAMES.get(stem, stem)}（{KINDS.get(ending, ending)}）", file))
    return pairs


def permalinks(body: BeautifulSoup) -> None:
    """Give each heading, figure and table a link to itself, off the keyboard's way: the contents have the same."""
    for heading in body.find_all(HEADINGS):
        if heading.get("id"):
            # its mark is drawn by the style sheet: who listens hears the heading only
            link = body.new_tag("a", attrs={"class": "permalink", "tabindex": "-1", "aria-hidden": "true"})
            link["href"] = f"#{heading['id']}"
            heading.append(link)
    for figure in body.find_all("figure", id=True):
        label = of_class(figure.figcaption, "span", "label")[0]
        link = body.new_tag("a", attrs={"href": f"#{figure['id']}", "tabindex": "-1"})
        link.string = label.get_text()
        label.clear()
        label.append(link)


def references(body: BeautifulSoup) -> None:
    """Make links of what paragraphs and points call 表5 and 图3, where there is such a table or figure."""
    ids = {str(figure["id"]) for figure in body.find_all("figure", id=True)}
    for element in body.find_all(["p", "li"]):
        for text in list(element.find_all(string=_REFERENCE, recursive=False)):
            pieces = _linked(body, str(text), ids)
            if len(pieces) > 1:
                text.replace_with(*pieces)


def _linked(body: BeautifulSoup, text: str, ids: set[str]) -> list:
    pieces, end = [], 0
    for found in _REFERENCE.finditer(text):
        target = f"{_TARGETS[found[1]]}-{int(found[2])}"
        if target not in ids:
            continue
        link = body.new_tag("a", href=f"#{target}")
        link.string = found[0]
        pieces += [NavigableString(text[end : found.start()]), link]
        end = found.end()
    return [*pieces, NavigableString(text[end:])]
