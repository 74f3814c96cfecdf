"""What makes a report an official paper: its red head, number, secrecy, signer, and who printed it for whom."""

from lxml import etree

from zonereport.publish.document import Letterhead
from zonereport.publish.docx.page import LEFT, RIGHT, WIDTH
from zonereport.publish.docx.widths import PORTRAIT
from zonereport.publish.docx.xml import element, paragraph, run
from zonereport.publish.tables import width

# in twentieths of a point
_TEXT = WIDTH - LEFT - RIGHT
# in half points: the largest that the standard's 22 mm allow without crowding the line
_RED = 84


def head(paper: Letterhead) -> list[etree._Element]:
    """Return the head down to the red line; of what is not given nothing is printed."""
    made = []
    if paper.secrecy:
        made.append(paragraph("Secrecy", run(paper.secrecy)))
    if paper.title:
        made.append(paragraph("RedHead", run(paper.title, *_red_size(paper.title))))
    if paper.number and paper.signer:
        # with a signer the number goes to the left, and the signer to the right
        ends = element("tabs", element("tab", val="right", pos=_TEXT - 320))
        name = run(paper.signer, element("rFonts", eastAsia="楷体_GB2312", hint="eastAsia"))
        inside = [run(paper.number), element("r", element("tab")), run("签发人：")]
        aside = (ends, element("ind", left=320, right=320), element("jc", val="left"))
        made.append(paragraph("Number", *inside, name, more=aside))
    elif paper.number or paper.signer or paper.title:
        shown = paper.number
        if paper.signer:
            shown = f"签发人：{paper.signer}"
        made.append(paragraph("Number", run(shown)))
    return made


def _red_size(title: str) -> list[etree._Element]:
    """A size, in half points, in which the red head stands on one line."""
    size = min(_RED, int(2 * PORTRAIT / max(width(title), 1)))
    return [element("sz", val=size), element("szCs", val=size)]


def imprint(paper: Letterhead) -> list[etree._Element]:
    """Return the last lines of the last page: who else gets it, who printed it and when, between two rules."""
    lines = []
    if paper.copies_to:
        lines.append(([run(f"抄送：{'，'.join(paper.copies_to)}。")], ()))
    if paper.printer or paper.printed:
        ends = element("tabs", element("tab", val="right", pos=_TEXT - 280))
        printed = f"{paper.printed}印发" if paper.printed else ""
        lines.append(([run(paper.printer), element("r", element("tab")), run(printed)], (ends,)))
    if not lines:
        return []
    borders = element("tblBorders")
    for side, weight in (("top", 8), ("bottom", 8), ("insideH", 6)):
        borders.append(element(side, val="single", sz=weight, space=0, color="000000"))
    # a table that stands at the foot of the text, wherever that ends
    foot = {"leftFromText": 0, "rightFromText": 0, "vertAnchor": "margin", "horzAnchor": "margin"}
    about = element("tblPr", element("tblpPr", **foot, tblpXSpec="left", tblpYSpec="bottom"))
    about.append(element("tblW", w=_TEXT, type="dxa"))
    about.append(borders)
    about.append(element("tblLayout", type="fixed"))
    made = element("tbl", about, element("tblGrid", element("gridCol", w=_TEXT)))
    for inside, more in lines:
        cell = element("tcPr", element("tcW", w=_TEXT, type="dxa"))
        # both lines on one page
        line = paragraph("Colophon", *inside, more=(element("keepNext"), *more))
        made.append(element("tr", element("tc", cell, line)))
    return [made]
