"""What stands in a line: text with its emphasis, links, notes, references."""

from dataclasses import dataclass, field

from bs4 import Comment, NavigableString, Tag
from lxml import etree

from zonereport.publish.docx.xml import element, paragraph, properties, run

_SPACES = " \t\n\r\f"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Look:
    """How text looks: each name is a property of a run."""

    bold: bool = False
    emphasis: bool = False
    strike: bool = False
    colour: str = ""
    size: int = 0
    raised: str = ""
    style: str = ""

    def properties(self) -> list[etree._Element]:
        """Return the properties in the order of the schema."""
        made = []
        if self.bold:
            made += [element("b"), element("bCs")]
        if self.strike:
            made.append(element("strike"))
        if self.colour:
            made.append(element("color", val=self.colour.lstrip("#").upper()))
        if self.size:
            made += [element("sz", val=self.size), element("szCs", val=self.size)]
        if self.raised:
            made.append(element("vertAlign", val=self.raised))
        if self.emphasis:
            # Chinese has no italics: a dot under each character
            made.append(element("em", val="dot"))
        return made


PLAIN = Look()
_CHANGES = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "em": {"emphasis": True},
    "i": {"emphasis": True},
    "del": {"strike": True},
    "s": {"strike": True},
    "sup": {"raised": "superscript"},
    "sub": {"raised": "subscript"},
}


@dataclass
class Links:
    """What the lines of a file refer to: ``relate`` makes a relationship of an address; ``anchors`` are bookmarks."""

    relate: object
    anchors: dict[str, str] = field(default_factory=dict)
    notes: list[etree._Element] = field(default_factory=list)


def text(value: str, look: Look = PLAIN) -> etree._Element:
    """Return a run; runs of white space become one space, as in HTML."""
    return run(squeezed(value), *look.properties(), style=look.style)


def squeezed(value: str) -> str:
    """Return a text with one space for each run of white space.

    >>> squeezed("a  \\n b")
    'a b'
    """
    written = " ".join(part for part in value.translate(str.maketrans(_SPACES, "     ")).split(" ") if part)
    if not written:
        return " " if value else ""
    before = " " if value[0] in _SPACES else ""
    after = " " if value[-1] in _SPACES else ""
    return before + written + after


def runs(parent: Tag, links: Links, look: Look = PLAIN) -> list[etree._Element]:
    """Convert the text of an element and what is inside it."""
    made = []
    for child in parent.children:
        made += convert(child, links, look)
    return made


def convert(node: Tag | NavigableString, links: Links, look: Look = PLAIN) -> list[etree._Element]:
    """Convert one piece of a line."""
    if isinstance(node, Comment):
        return []
    if isinstance(node, NavigableString):
        return [text(str(node), look)]
    if node.name == "br":
        return [element("r", element("br"))]
    if "footnote" in node.get("class", ()):
        return _note(node, links)
    if node.name == "a":
        return _link(node, links, look)
    if node.name in _CHANGES:
        return runs(node, links, Look(**(vars(look) | _CHANGES[node.name])))
    return runs(node, links, look)


def _link(node: Tag, links: Links, look: Look) -> list[etree._Element]:
    inside = runs(node, links, Look(**(vars(look) | {"style": "Hyperlink"})))
    target = str(node.get("href", ""))
    if target.startswith("#"):
        name = links.anchors.get(target[1:])
        if name is None:
            return runs(node, links, look)
        return [element("hyperlink", *inside, anchor=name, history="1")]
    made = element("hyperlink", *inside, history="1")
    made.set(f"{{{R}}}id", links.relate(target))
    return [made]


def _note(node: Tag, links: Links) -> list[etree._Element]:
    """A footnote of Word's own; the number of one that is called again is a raised figure."""
    if not node.contents:
        return [run(str(node["data-number"]), element("vertAlign", val="superscript"))]
    number = len(links.notes) + 1
    mark = element("r", properties(style="FootnoteReference"), element("footnoteRef"))
    inside = paragraph("FootnoteText", mark, run(" "), *runs(node, links))
    links.notes.append(element("footnote", inside, id=number))
    return [element("r", properties(style="FootnoteReference"), element("footnoteReference", id=number))]
