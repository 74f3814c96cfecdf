"""The body of the report, from HTML to paragraphs, lists, tables and pictures of Word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bs4 import Comment, NavigableString, Tag
from lxml import etree

from zonereport.publish.document import HEADINGS, LABELS
from zonereport.publish.docx import page, table, widths
from zonereport.publish.docx.fields import bookmark
from zonereport.publish.docx.fields import field as word_field
from zonereport.publish.docx.inline import PLAIN, Links, convert, runs
from zonereport.publish.docx.numbers import POINTS, Numbers
from zonereport.publish.docx.xml import element, paragraph, run
from zonereport.publish.tables import tidy

BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "hr", "table", "figure", "section", "aside", "div", *HEADINGS}
# what stands in a box has the look of the box
BOXES = {"verdict": "Verdict", "notice": "Notice", "small-print": "SmallPrint", "words": "Words"}
_LISTS = {"ul": "ListBullet", "ol": "ListNumber"}


@dataclass
class Writer:
    """Writes blocks one after the other into ``made``; ``picture`` draws a chart, by place and alt."""

    links: Links
    labels: Mapping[str, str]
    numbers: Numbers
    picture: Callable[[int, str], etree._Element]
    made: list[etree._Element] = field(default_factory=list)
    marks: int = 0
    turned: bool = False
    # heads and feet of all pages, which the first section has and the others take over
    margins: dict[str, str] = field(default_factory=dict)
    cover: bool = False

    def blocks(self, parent: Tag, style: str = "BodyText") -> None:
        """Write the children of an element; loose text between blocks is a paragraph."""
        loose: list = []
        for child in parent.children:
            if isinstance(child, Tag) and child.name in BLOCKS:
                self._loose(loose, style)
                loose = []
                self._block(child, style)
            else:
                loose.append(child)
        self._loose(loose, style)

    def _loose(self, pieces: Sequence[Tag | NavigableString], style: str, *, more=()) -> None:
        said = "".join(piece.get_text() for piece in pieces if not isinstance(piece, Comment))
        if not said.strip():
            return
        made = []
        for piece in pieces:
            made += convert(piece, self.links, PLAIN)
        self.made.append(paragraph(style, *_trimmed(made), more=more))

    def _block(self, node: Tag, style: str) -> None:
        name = node.name
        if name == "p":
            self._loose(list(node.children), style)
        elif name in HEADINGS:
            self._heading(node)
        elif name in _LISTS:
            self._list(node, style, 0)
        elif name == "blockquote":
            self.blocks(node, "Quote")
        elif name == "pre":
            self._listing(node)
        elif name == "table":
            self._table(node)
        elif name == "figure":
            self._figure(node)
        elif name in ("section", "aside", "div"):
            self.blocks(node, BOXES.get("".join(node.get("class", ())[:1]), style))
        elif name != "hr":
            self.blocks(node, style)

    def _listing(self, node: Tag) -> None:
        # Word keeps no line breaks within a paragraph of its own accord
        for line in node.get_text().rstrip("\n").split("\n"):
            self.made.append(paragraph("Listing", run(line)))

    def _heading(self, node: Tag) -> None:
        level = int(node.name[1])
        label = self.labels.get(str(node.get("id")), "")
        title = node.get_text().removeprefix(label)
        more = ()
        if not label:
            # an annex has no number, and what stands below it counts anew
            more = (element("numPr", element("ilvl", val=0), element("numId", val=0)),)
        elif level > 1:
            more = (element("numPr", element("ilvl", val=level - 1), element("numId", val=self.numbers.headings)),)
        inside = [run(" ".join(title.split()))]
        name = self.links.anchors.get(str(node.get("id")))
        if name:
            inside = self._marked(name, inside)
        self.made.append(paragraph(f"Heading{level}", *inside, more=more))
        if level == 1 and not label:
            self.numbers.annex()

    def _marked(self, name: str, inside: Sequence[etree._Element]) -> list[etree._Element]:
        self.marks += 1
        return bookmark(name, self.marks, inside)

    def _list(self, node: Tag, style: str, depth: int) -> None:
        number = POINTS
        if node.name == "ol":
            number = self.numbers.items(int(node.get("start", 1)))
        for item in node.find_all("li", recursive=False):
            about = element("numPr", element("ilvl", val=min(depth, 3)), element("numId", val=number))
            self._item(item, style, depth, about)

    def _item(self, item: Tag, style: str, depth: int, about: etree._Element) -> None:
        kind = _LISTS[item.parent.name]
        indent: tuple = ()
        if style in BOXES.values():
            # in its box: the box's ground and edge, the list's number
            kind = style
            indent = (element("ind", left=640 + 480 * depth, hanging=356),)
        loose: list = []
        first = True
        for child in [*item.children, None]:
            block = isinstance(child, Tag) and child.name in BLOCKS
            if child is not None and not block:
                loose.append(child)
                continue
            for pieces in (loose, list(child.children) if block and child.name == "p" else []):
                before = len(self.made)
                more = (about, *indent) if first else indent
                self._loose(pieces, kind, more=more)
                first = first and len(self.made) == before
            loose = []
            if block and child.name in _LISTS:
                self._list(child, style, depth + 1)
            elif block and child.name != "p":
                self._block(child, style)

    def _table(self, node: Tag) -> None:
        grid = tidy(node)
        layout = widths.layout(grid)
        self.turn(layout.turned)
        self.made.append(table.convert(grid, layout, self.links))
        # two tables that touch would be one
        self.made.append(paragraph("Note"))
        self.turn(False)

    def _figure(self, node: Tag) -> None:
        kind = "table"
        if "chart" in node["class"]:
            kind = "chart"
        note = node.find("p", class_="note")
        if kind == "chart":
            drawing = self.picture(int(node["data-chart"]), str(node["data-alt"]))
            self.made.append(paragraph("Picture", element("r", drawing)))
            # the note stays under its picture
            self.made.append(self._caption(node, kind, stays=note is not None))
        else:
            grid = tidy(node.table)
            layout = widths.layout(grid)
            self.turn(layout.turned)
            self.made.append(self._caption(node, kind, stays=True))
            self.made.append(table.convert(grid, layout, self.links))
        inside = []
        if note is not None:
            inside = _trimmed(runs(note, self.links))
        if inside or kind == "table":
            self.made.append(paragraph("Note", *inside))
        # what comes next stands upright
        self.turn(False)

    def _caption(self, node: Tag, kind: str, *, stays: bool) -> etree._Element:
        word = LABELS[kind]
        number = str(node["id"]).rpartition("-")[2]
        shown = [run(f"{word} "), *word_field(rf"SEQ {word} \* ARABIC", number)]
        name = self.links.anchors.get(str(node["id"]))
        if name:
            shown = self._marked(name, shown)
        said = []
        for child in node.figcaption.children:
            if not (isinstance(child, Tag) and "label" in child.get("class", ())):
                said += convert(child, self.links, PLAIN)
        more = (element("keepNext"),) if stays else ()
        return paragraph("Caption", *shown, run("　"), *said, more=more)

    def turn(self, turned: bool) -> None:
        """End the pages of one direction where what follows needs the other."""
        if turned == self.turned:
            return
        self.made.append(element("p", element("pPr", element("pStyle", val="Note"), self.section())))
        self.turned = turned

    def section(self) -> etree._Element:
        """Return the end of a section."""
        made = page.section(turned=self.turned, cover=self.cover, parts=self.margins)
        self.margins, self.cover = {}, False
        return made


def _trimmed(pieces: list[etree._Element]) -> list[etree._Element]:
    """A paragraph begins and ends without a space."""
    texts = []
    for piece in pieces:
        texts += piece.iter(f"{{{piece.nsmap['w']}}}t")
    if texts:
        texts[0].text = (texts[0].text or "").lstrip(" \n")
        texts[-1].text = (texts[-1].text or "").rstrip(" \n")
    return pieces
