"""A Word document by its markup: tracked insertions, text boxes, content controls, nested tables, footnotes."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from zonereport.inputs.texts.blocks import MOST_UNPACKED, Block, refused, table_blocks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# what was deleted or moved away, and what a reader does not see
_GONE = frozenset([f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"])
_DEEPEST = 60
_WORD = "a Word document (.docx) that opens in Word or WPS"


def read_docx(path: Path, content: bytes) -> list[Block]:
    """Return the blocks of a .docx: paragraphs 第N段, tables 表N, footnotes 脚注N.

    Raises InputError where it is no sound document, too large unpacked, or holds entities of its own.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            expected = f"at most {MOST_UNPACKED // 1_000_000} MB"
            raise refused(path, f"{unpacked // 1_000_000} MB unpacked", expected)
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            raise refused(path, "a workbook", "a text; a workbook is read by zonereport import")
        if "word/document.xml" not in names:
            raise refused(path, "a ZIP archive", _WORD)
        body = _parsed(path, archive.read("word/document.xml")).find(f"{_W}body")
        notes = None
        if "word/footnotes.xml" in names:
            notes = _parsed(path, archive.read("word/footnotes.xml"))
    if body is None:
        raise refused(path, "a document without a body", _WORD)
    walker = _Walker()
    blocks = list(walker.blocks(body, 0))
    if notes is not None:
        blocks += _footnotes(notes)
    return blocks


def _parsed(path: Path, data: bytes) -> etree._Element:
    head = data[:4000]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in data:
        raise refused(path, "markup with entities of its own", _WORD)
    data = data.replace(_STRICT.encode(), _TRANSITIONAL.encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


class _Walker:
    """Walks through a body and counts paragraphs and tables."""

    def __init__(self):
        self.paragraphs = 0
        self.tables = 0

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        """Yield the blocks below an element in the order of the page."""
        if depth > _DEEPEST:
            return
        for element in parent:
            if element.tag in _GONE or not isinstance(element.tag, str):
                continue
            if element.tag == f"{_W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element, depth)
            else:
                # content controls, insertions of whole paragraphs, custom markup
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Block]:
        self.paragraphs += 1
        text = _text(element).strip()
        if text:
            yield Block(f"第{self.paragraphs}段", text)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                yield from self.blocks(box, depth + 1)

    def _table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        self.tables += 1
        grid, nested = [], []
        for row in _below(element, f"{_W}tr"):
            cells = []
            for cell in _below(row, f"{_W}tc"):
                words = [_text(paragraph).strip() for paragraph in _below(cell, f"{_W}p")]
                cells.append("\n".join(word for word in words if word))
                nested += _below(cell, f"{_W}tbl")
            grid.append(cells)
        yield from table_blocks(grid, self.tables)
        for table in nested:
            if depth < _DEEPEST:
                yield from self._table(table, depth + 1)


def _below(element: etree._Element, tag: str) -> list[etree._Element]:
    """Return the children of a kind, also those inside content controls and insertions."""
    found = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            found += _below(child, tag)
    return found


def _text(element: etree._Element) -> str:
    """Return what a reader sees of a paragraph, text boxes apart."""
    parts: list[str] = []
    for child in element:
        if child.tag in _GONE or not isinstance(child.tag, str) or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        else:
            parts.append(_text(child))
    return "".join(parts)


def _footnotes(root: etree._Element) -> list[Block]:
    blocks = []
    for number, note in enumerate(root.iter(f"{_W}footnote"), 1):
        if note.get(f"{_W}type") in ("separator", "continuationSeparator"):
            continue
        text = "".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")).strip()
        text = re.sub(r"\s+", " ", text)
        if text:
            blocks.append(Block(f"脚注{number}", text))
    return blocks
