"""The document as a Word file: cover or head, contents, key points, chapters, sources."""

import io
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.shared import Pt
from lxml import etree

from zonereport.publish import pictures, zipped
from zonereport.publish.document import Document, Front
from zonereport.publish.docx import letterhead, package, page
from zonereport.publish.docx.body import Writer
from zonereport.publish.docx.fields import contents
from zonereport.publish.docx.inline import Links
from zonereport.publish.docx.numbers import Numbers
from zonereport.publish.docx.widths import PORTRAIT
from zonereport.publish.docx.xml import W, clean, element, paragraph, run

# in points: a picture leaves room for its caption
_HIGHEST = 560.0
_ROOT = re.compile(r"<svg[^>]*>")
_SIDE = re.compile(r'\b(width|height)="([\d.]+)pt"')


def render(report: Document) -> bytes:
    """Return the file; the same document gives the same bytes.

    Raises:
        PublishError: a chart cannot be drawn.
    """
    word = package.blank()
    numbers = Numbers(word.part.numbering_part.element)
    links = Links(lambda address: word.part.relate_to(clean(address), RT.HYPERLINK, is_external=True), _anchors(report))
    drawn = pictures.pngs(report.charts)
    writer = Writer(links, _labels(report), numbers, lambda place, alt: _drawing(word, report, drawn, place, alt))
    writer.margins, writer.cover = _margins(word, report.front), report.front.kind == "report"
    _opening(report, writer)
    writer.blocks(report.body)
    _closing(report, writer)
    writer.made.append(writer.section())
    _place(word, writer.made)
    package.add_notes(word, links.notes)
    package.describe(word, report.front)
    out = io.BytesIO()
    word.save(out)
    return zipped.settled(out.getvalue(), report.front.day)


def _anchors(report: Document) -> dict[str, str]:
    """A bookmark for everything that a link may lead to."""
    known = [heading.anchor for heading in report.headings]
    for figure in report.body.find_all("figure"):
        known.append(str(figure.get("id", "")))
    return {anchor: "_" + re.sub(r"\W", "_", anchor) for anchor in known if anchor}


def _labels(report: Document) -> dict[str, str]:
    return {heading.anchor: heading.label for heading in report.headings}


def _drawing(word: Word, report: Document, drawn: list[bytes], place: int, alt: str) -> etree._Element:
    """The picture of a chart, as large as it was drawn or as the page is wide, with the text that stands for it."""
    sides = dict(_SIDE.findall(_ROOT.search(report.charts[place])[0]))
    width, height = float(sides["width"]), float(sides["height"])
    scale = min(1.0, PORTRAIT / width, _HIGHEST / height)
    inline = word.part.new_pic_inline(io.BytesIO(drawn[place]), Pt(width * scale), Pt(height * scale))
    inline.docPr.set("name", f"图 {place + 1}")
    inline.docPr.set("descr", clean(alt))
    # python-docx numbers pictures by looking through the whole file each time
    inline.docPr.set("id", str(place + 1))
    return element("drawing", inline)


def _opening(report: Document, writer: Writer) -> None:
    front = report.front
    writer.made += letterhead.head(front.letterhead)
    if front.kind != "report":
        _head(front, writer.made)
        return
    _cover(front, writer.made)
    writer.made.append(contents((one.level, one.text, writer.links.anchors[one.anchor]) for one in report.headings))
    if not report.key_points:
        return
    writer.made.append(paragraph("Points", run("要　点")))
    for points in report.key_points:
        if points.chapter is not None:
            writer.made.append(paragraph("PointsOf", run(points.chapter.text)))
        writer.blocks(BeautifulSoup(f"<div>{points.html}</div>", "html.parser").div)


def _head(front: Front, made: list[etree._Element]) -> None:
    """The head of a brief: title, period, who and when."""
    made.append(paragraph("Title", run(front.title)))
    if front.subtitle:
        made.append(paragraph("Subtitle", run(front.subtitle)))
    imprint = "　".join(filter(None, (front.organisation, front.place, front.date)))
    if imprint:
        made.append(paragraph("Imprint", run(imprint)))


def _cover(front: Front, made: list[etree._Element]) -> None:
    """The cover: it has no number, and the contents begin a page."""
    if front.organisation:
        made.append(paragraph("Organisation", run(front.organisation)))
    made.append(paragraph("CoverTitle", run(front.title)))
    for line in (front.subtitle, front.place, front.date, front.edition):
        if line:
            made.append(paragraph("Subtitle", run(line)))
    if front.people:
        made.append(paragraph("Subtitle", run(front.people)))
    if front.mark:
        made.append(paragraph("CoverMark", run(front.mark, style="Mark")))
    _sources(front, made)
    if front.made:
        made.append(paragraph("Note", run(front.made)))


def _sources(front: Front, made: list[etree._Element]) -> None:
    if front.sources:
        made.append(paragraph("CoverSources", run("数据来源", element("b"), element("bCs"))))
    for source in front.sources:
        made.append(paragraph("SmallPrint", run(source)))


def _ending(front: Front, made: list[etree._Element]) -> None:
    """Who answers for it, and which run made it."""
    for line in (front.people, front.made):
        if line:
            made.append(paragraph("Note", run(line)))


def _closing(report: Document, writer: Writer) -> None:
    front = report.front
    if front.kind != "report":
        _sources(front, writer.made)
        _ending(front, writer.made)
    writer.made += letterhead.imprint(front.letterhead)
    if writer.made and writer.made[-1].tag == f"{{{W}}}tbl":
        # a file does not end with a table
        writer.made.append(paragraph("Note"))


def _margins(word: Word, front: Front) -> dict[str, str]:
    """The headers and footers of odd and even pages, and the header alone of a cover."""
    made = {}
    for which in ("default", "even", "first"):
        made[f"header-{which}"] = _margin(word, "header", page.header(front.mark, front.edition, which), which)
    for which in ("default", "even"):
        made[f"footer-{which}"] = _margin(word, "footer", page.footer(which), which)
    return made


def _margin(word: Word, kind: str, content: etree._Element, which: str) -> str:
    name = {"header": "hdr", "footer": "ftr"}[kind]
    relation, content_type = (RT.HEADER, CT.WML_HEADER) if kind == "header" else (RT.FOOTER, CT.WML_FOOTER)
    root = parse_xml(etree.tostring(element(name, content)))
    part = XmlPart(PackURI(f"/word/{kind}-{which}.xml"), content_type, root, word.part.package)
    return word.part.relate_to(part, relation)


def _place(word: Word, made: Iterable[etree._Element]) -> None:
    body = word.element.body
    for piece in made:
        body.append(piece)
