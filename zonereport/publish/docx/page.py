"""The page of GB/T 9704: its margins, its number outside, the mark of made-up data on each."""

from lxml import etree

from zonereport.publish.docx.fields import field
from zonereport.publish.docx.inline import R
from zonereport.publish.docx.xml import W, element, paragraph, run

# A4 and its margins 37, 35, 28 and 26 mm, in twentieths of a point
WIDTH, HEIGHT = 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474
# the number stands 7 mm under the text
_FOOTER, _HEADER = 1304, 1020
# one character of the number's size
_ASIDE = 280
SIDES = {"default": "right", "even": "left"}


def section(*, turned: bool = False, cover: bool = False, parts: dict[str, str] | None = None) -> etree._Element:
    """Return what a section says of its pages; ``parts`` are relationships of headers and footers by kind and page.

    A section without parts has those of the one before it.
    """
    made = element("sectPr")
    for key, relation in (parts or {}).items():
        kind, which = key.split("-")
        reference = element(f"{kind}Reference", type=which)
        reference.set(f"{{{R}}}id", relation)
        made.append(reference)
    if turned:
        made.append(element("pgSz", w=HEIGHT, h=WIDTH, orient="landscape"))
        # the sheet is turned to the left: its top becomes the left margin
        margins = {"top": LEFT, "right": TOP, "bottom": RIGHT, "left": BOTTOM}
    else:
        made.append(element("pgSz", w=WIDTH, h=HEIGHT))
        margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT}
    footer = min(_FOOTER, margins["bottom"] - 500)
    about = element("pgMar", **margins, header=_HEADER, footer=footer, gutter=0)
    made.append(about)
    if cover:
        made.append(element("titlePg"))
    return made


def footer(which: str) -> etree._Element:
    """Return the number of a page, — 1 —, outside: right on odd pages, left on even ones."""
    side = SIDES[which]
    indent = element("ind")
    indent.set(f"{{{W}}}{side}", str(_ASIDE))
    number = [run("— "), *field("PAGE", "1"), run(" —")]
    return paragraph("Footer", *number, more=(indent, element("jc", val=side)))


def header(mark: str, edition: str, which: str) -> etree._Element:
    """Return the head of a page: the mark of made-up data, empty where the data is real, and which edition it is."""
    inside = []
    if mark:
        inside = [run(mark, style="Mark"), run("　")]
    if edition:
        inside.append(run(edition))
    return paragraph("Header", *inside, more=(element("jc", val=SIDES.get(which, "right")),))
