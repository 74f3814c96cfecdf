"""The text of a PDF page by page, without its running heads and page numbers."""

import re
from collections import Counter
from pathlib import Path

from zonereport.inputs.texts.blocks import MOST_CHARACTERS, Block, refused

# a page of fewer characters holds a picture; a document of such pages is a scan
_LEAST = 20
# lines at the top and at the foot of a page that may be its running head
_EDGE = 2
_SHORT = 0.75
MOST_PAGES = 1000


def read_pdf(path: Path, content: bytes) -> list[Block]:
    """Return the paragraphs of a PDF, each with 第N页第M段.

    Raises InputError where it has a password, is a scan without text, or has too many pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refused(path, "a PDF with a password", "the same without password") from None
        raise refused(
            path, "a PDF that cannot be opened", "a sound PDF, or the document that it was made from"
        ) from None
    try:
        if len(document) > MOST_PAGES:
            raise refused(path, f"{len(document)} pages", f"at most {MOST_PAGES}")
        pages = _pages(path, document)
    finally:
        document.close()
    if sum(len("".join(page)) for page in pages) < _LEAST * max(1, len(pages)):
        raise refused(path, "pages without text: a scan", "a PDF with text, or the text itself as .docx or .txt")
    return _blocks(_without_heads(pages))


def _pages(path: Path, document) -> list[list[str]]:
    pages, characters = [], 0
    for page in document:
        text_page = page.get_textpage()
        text = text_page.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "-")
        text_page.close()
        page.close()
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise refused(path, f"more than {MOST_CHARACTERS} characters", "one text")
        pages.append([line.strip() for line in text.split("\n") if line.strip()])
    return pages


def _shape(line: str) -> str:
    """Return a line without its spaces and with its numbers alike: heads differ by the number of the page."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line))


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter()
    for page in pages:
        edges.update({_shape(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    often = max(2, round(0.6 * len(pages)))
    kept = []
    for page in pages:
        lines = []
        for place, line in enumerate(page):
            at_edge = place < _EDGE or place >= len(page) - _EDGE
            repeated = len(pages) > 1 and edges[_shape(line)] >= often
            number = re.fullmatch(r"[-—–\s第]*\d{1,4}[-—–\s页]*(?:/\s*\d+|共\d+页)?", line)
            if at_edge and (repeated or number):
                continue
            lines.append(line)
        kept.append(lines)
    return kept


def _blocks(pages: list[list[str]]) -> list[Block]:
    """Return paragraphs: lines are joined until one ends a sentence before the edge of the column."""
    lengths = sorted(len(re.sub(r"\s", "", line)) for page in pages for line in page)
    full = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    blocks: list[Block] = []
    open_paragraph = False
    for number, page in enumerate(pages, 1):
        paragraph = 0
        for line in page:
            if open_paragraph and blocks:
                last = blocks.pop()
                blocks.append(Block(last.locator, f"{last.text}\n{line}"))
            else:
                paragraph += 1
                blocks.append(Block(f"第{number}页第{paragraph}段", line))
            ended = re.search(r"[。！？；：:!?;]$", line)
            short = len(re.sub(r"\s", "", line)) < _SHORT * full
            open_paragraph = not short and not (ended and line is page[-1])
    return blocks
