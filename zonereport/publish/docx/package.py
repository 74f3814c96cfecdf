"""The file itself: a blank one with our styles in it, and the zip that holds it, the same on every run."""

from datetime import datetime
from functools import cache
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from lxml import etree

from zonereport.publish.document import Front
from zonereport.publish.docx.xml import clean
from zonereport.publish.zipped import FIRST_DAY

PARTS = Path(__file__).parents[1] / "templates" / "zonereport" / "office"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@cache
def _stored(name: str) -> bytes:
    return (PARTS / f"{name}.xml").read_bytes()


def blank() -> Word:
    """Return an empty file whose styles, numbers, settings and fonts are ours, and that has no theme."""
    word = docx.Document()
    for name, kind in (("styles", RT.STYLES), ("numbering", RT.NUMBERING), ("settings", RT.SETTINGS)):
        word.part.part_related_by(kind)._element = parse_xml(_stored(name))
    for key, relation in list(word.part.rels.items()):
        # fonts of a theme win over those that a style names, and older styles stand beside ours
        if relation.reltype not in (RT.STYLES, RT.NUMBERING, RT.SETTINGS):
            del word.part.rels[key]
    fonts = Part(PackURI("/word/fontTable.xml"), f"{_CONTENT}fontTable+xml", _stored("fontTable"), word.part.package)
    word.part.relate_to(fonts, RT.FONT_TABLE)
    _drop_thumbnail(word)
    body = word.element.body
    for child in list(body):
        body.remove(child)
    return word


def _drop_thumbnail(word: Word) -> None:
    for key, relation in list(word.part.package.rels.items()):
        if "thumbnail" in relation.reltype or relation.reltype == RT.EXTENDED_PROPERTIES:
            del word.part.package.rels[key]


def add_notes(word: Word, notes: list[etree._Element]) -> None:
    """Add the footnotes, beside the two lines that Word wants to have among them."""
    root = parse_xml(_stored("footnotes"))
    for note in notes:
        root.append(note)
    part = XmlPart(PackURI("/word/footnotes.xml"), f"{_CONTENT}footnotes+xml", root, word.part.package)
    word.part.relate_to(part, RT.FOOTNOTES)


def describe(word: Word, front: Front) -> None:
    """Write the properties of the file: of the period's last day, not of the clock."""
    about = word.core_properties
    day = datetime.fromisoformat(front.day or FIRST_DAY)
    about.created = about.modified = day
    about.last_printed = day
    about.title, about.subject = clean(front.title)[:255], clean(front.subtitle)[:255]
    about.author = about.last_modified_by = clean(front.organisation)[:255]
    about.keywords = clean("，".join(front.keywords))[:255]
    about.comments = clean(front.mark)[:255]
    about.language, about.revision = "zh-CN", 1
