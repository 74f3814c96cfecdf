"""The whole printed text of six editions, line by line, against tests/golden/text: a change of text is meant.

``make golden`` writes the files anew; read their diff before you commit it.
"""

import difflib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, NavigableString, Tag

GOLDEN = Path(__file__).parent / "golden" / "text"
# zones and the folders of their editions
EDITIONS = {
    "demo": ["2022-12", "2022-06", "2022-02", "2021-12", "2022-09_park-chuanhe"],
    "yizheng": ["2022"],
}
BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "figcaption", "tr", "svg"}
# the contents say the headings a second and a third time, what is folded under a chart says its other text again
REPEATED = {"nav", "style", "title", "script", "details"}


def printed_lines(page: str) -> list[str]:
    """Return what a page prints: a line a paragraph, a heading, a row of a table, a chart.

    >>> printed_lines("<h1>一</h1><table><tr><th>项</th><td>1</td></tr></table><p>完 成</p>")
    ['一', '项 | 1', '完 成']
    """
    lines: list[str] = []
    _collect(BeautifulSoup(page, "html.parser"), lines)
    return lines


def _collect(element: Tag, lines: list[str]) -> None:
    for child in element.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            text = _plain(str(child))
            # the doctype and what stands between blocks
            if text and element.name not in ("[document]", "html"):
                lines.append(text)
        elif child.name in REPEATED:
            continue
        elif child.name == "tr":
            lines.append(" | ".join(_plain(cell.get_text()) for cell in child.find_all(["th", "td"])))
        elif child.name == "svg":
            lines.append("[图] " + " | ".join(_plain(text.get_text()) for text in child.find_all("text")))
            lines.append("[替代文字] " + child.get("aria-label", ""))
        elif child.name in BLOCKS and not child.find(BLOCKS):
            text = _plain(child.get_text())
            if text:
                lines.append(text)
        else:
            _collect(child, lines)


# made of all that goes in, the code included: every change of a line of it would be one of the text
RUN = re.compile(r"运行号[0-9a-f]{12}")


def _plain(text: str) -> str:
    return RUN.sub("运行号…", " ".join(text.split()))


@pytest.fixture(scope="session", params=EDITIONS)
def pages(request) -> dict[str, str]:
    """The HTML documents of a zone, by zone, edition and file."""
    zone = request.param
    reports = (
        request.getfixturevalue("demo_reports") if zone == "demo" else request.getfixturevalue("edition").folder.parent
    )
    found = {}
    for folder in EDITIONS[zone]:
        for path in sorted((reports / folder).glob("*.html")):
            found[f"{zone}_{folder}_{path.stem}.txt"] = path.read_text(encoding="utf-8")
    return found


# what is no leader's word: names of files and columns, commands, Python
INSIDE = re.compile(r"\.(csv|yml|xlsx|ipynb|py)\b|\b[a-z]+_[a-z_]+\b|zonereport|\b(None|nan|True|False)\b|Error\b")


def test_no_name_of_a_file_a_column_or_a_command_is_printed(pages):
    found = []
    for name, page in pages.items():
        found += [f"{name}: {line}" for line in printed_lines(page) if INSIDE.search(line)]
    assert found == []


def test_the_printed_text_is_the_golden_text(pages, request):
    rewrite = request.config.getoption("--rewrite-golden")
    changes = []
    for name, page in pages.items():
        text = "\n".join(printed_lines(page)) + "\n"
        path = GOLDEN / name
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        golden = path.read_text(encoding="utf-8") if path.is_file() else ""
        changes += difflib.unified_diff(
            golden.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="", n=1
        )
    assert not changes, "the printed text has changed; if it was meant: make golden\n" + "\n".join(changes)
