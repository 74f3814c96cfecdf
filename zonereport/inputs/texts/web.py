"""The text of a web page, and of a plain text file."""

import re
from pathlib import Path

from zonereport.inputs.texts.blocks import Block, refused, table_blocks

_DROPPED = "//script|//style|//nav|//footer|//header|//noscript|//template|//svg|//form|//iframe|//comment()"
_OWN_LINE = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "div",
        "section",
        "article",
        "blockquote",
        "dd",
        "dt",
        "td",
        "th",
        "caption",
        "center",
        "pre",
    ]
)
_SECTION = re.compile(r"^\s*(?:([A-H])(?=[\s、.．：:]|[\u4e00-\u9fff])|([一二三四五六七八九十]{1,3})、)")


def decoded(path: Path, content: bytes) -> str:
    """Return a file as text: UTF-8, UTF-16 with its mark, else GB 18030.

    Raises InputError where it is none of them.
    """
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # other files decode as GB 18030, too: control characters give them away
        strange = sum(1 for character in text if ord(character) < 32 and character not in "\n\r\t\f\v")
        if strange * 200 <= len(text) and "\x00" not in text:
            return text
    raise refused(path, "bytes that are no text", "a text in UTF-8 or GB 18030, a .docx, .pdf or .html")


def is_markup(text: str) -> bool:
    """Whether a text is a web page."""
    head = text[:3000].lstrip().lower()
    if head.startswith(
        ("<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<article", "<meta", "<table")
    ):
        return True
    return "<html" in head or "</p>" in head


def read_html(path: Path, text: str) -> list[Block]:
    """Return the paragraphs (第N段) and tables (表N) of a web page; scripts, styles and navigation are dropped."""
    from lxml import etree, html

    if "<!entity" in text.lower():
        raise refused(path, "markup with entities of its own", "a web page as browsers save it")
    # a declaration of an encoding that the text no longer has is an error for lxml
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise refused(path, "an empty web page", "a web page with text") from None
    for element in root.xpath(_DROPPED):
        if element.getparent() is not None:
            element.drop_tree()
    page = _Page()
    page.walk(root, 0)
    page.flush()
    return page.blocks


class _Page:
    """Gathers the paragraphs and tables of a web page."""

    def __init__(self):
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.paragraphs = 0
        self.tables = 0

    def flush(self) -> None:
        """End a paragraph."""
        text = re.sub(r"[ \t\r\f\v\u00a0\u3000]+", " ", "".join(self.words)).strip()
        self.words = []
        for line in text.split("\n"):
            if line.strip():
                self.paragraphs += 1
                self.blocks.append(Block(f"第{self.paragraphs}段", line.strip()))

    def walk(self, element, depth: int) -> None:
        """Take in an element and what is below it."""
        if depth > 200 or not isinstance(element.tag, str):
            return
        if element.tag == "table" and not element.xpath(".//table"):
            self._table(element)
            return
        own = element.tag in _OWN_LINE
        if own:
            self.flush()
        self.words.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            if child.tag == "br":
                self.words.append("\n")
            else:
                self.walk(child, depth + 1)
            self.words.append(re.sub(r"\s+", " ", child.tail or ""))
        if own:
            self.flush()

    def _table(self, element) -> None:
        self.flush()
        self.tables += 1
        grid = []
        for row in element.xpath(".//tr"):
            grid.append([re.sub(r"\s+", " ", cell.text_content()).strip() for cell in row.xpath("./td|./th")])
        self.blocks += table_blocks([row for row in grid if row], self.tables)


def read_txt(text: str) -> list[Block]:
    """Return the lines of a text: 栏目A under headings A … or 一、 …, else 第N段."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    sections = [_SECTION.match(line) for line in lines]
    marks = [match[1] or match[2] for match in sections if match]
    sectioned = len(marks) > 1 and marks[0] in ("A", "一")
    blocks, section, paragraph = [], "", 0
    for line, match in zip(lines, sections, strict=True):
        if match and sectioned:
            section = match[1] or match[2]
        if not line.strip():
            blocks.append(Block("", ""))
            continue
        paragraph += 1
        locator = f"栏目{section}" if section else f"第{paragraph}段"
        blocks.append(Block(locator, line))
    return blocks
