"""Fields: what Word counts and gathers itself when somebody edits the file."""

from collections.abc import Iterable

from lxml import etree

from zonereport.publish.docx.xml import element, paragraph, properties, run

# the level down to which the contents go
DEPTH = 2


def field(code: str, shown: str, *looks: etree._Element, dirty: bool = False) -> list[etree._Element]:
    """Return the runs of a field whose result is ``shown`` until Word computes it anew.

    >>> len(field("PAGE", "1"))
    5
    """
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin = element("fldChar", fldCharType="begin", dirty="true")
    return [
        element("r", properties(*_copies(looks)), begin),
        element("r", properties(*_copies(looks)), element("instrText", f" {code} ")),
        element("r", properties(*_copies(looks)), element("fldChar", fldCharType="separate")),
        run(shown, *_copies(looks)),
        element("r", properties(*_copies(looks)), element("fldChar", fldCharType="end")),
    ]


def _copies(looks: Iterable[etree._Element]) -> list[etree._Element]:
    """An element has one parent only."""
    made = []
    for look in looks:
        made.append(etree.fromstring(etree.tostring(look)))
    return made


def bookmark(name: str, number: int, content: Iterable[etree._Element]) -> list[etree._Element]:
    """Put a bookmark around runs; ``number`` is its own in the file."""
    return [element("bookmarkStart", id=number, name=name), *content, element("bookmarkEnd", id=number)]


def contents(headings: Iterable[tuple[int, str, str]]) -> etree._Element:
    """Return the contents as one field: an entry for each (level, text, bookmark), its page left to Word.

    Word asks for the pages when it opens the file, since the field is marked as not up to date.
    """
    opening, _, parting, _, closing = field(rf'TOC \o "1-{DEPTH}" \h \z \u', "", dirty=True)
    code = element("r", properties(), element("instrText", rf' TOC \o "1-{DEPTH}" \h \z \u '))
    entries = []
    for level, text, name in headings:
        if level <= DEPTH:
            entries.append(paragraph(f"TOC{level}", element("hyperlink", run(text), anchor=name, history="1")))
    if not entries:
        entries = [paragraph("TOC1", run(""))]
    for place, piece in enumerate((opening, code, parting), start=1):
        entries[0].insert(place, piece)
    entries[-1].append(closing)
    gallery = element("docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique"))
    title = paragraph("TOCHeading", run("目　录"))
    return element("sdt", element("sdtPr", gallery), element("sdtContent", title, *entries))
