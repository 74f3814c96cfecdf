"""WordprocessingML element by element: what is written into one is escaped by the writer of XML, never by hand."""

import re

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# what no XML may hold
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, /, *children: etree._Element | str, **attributes: object) -> etree._Element:
    """Make an element of the namespace w with its children; a string among them is its text.

    >>> etree.tostring(element("t", "a < b"), encoding="unicode").partition(">")[2]
    'a &lt; b</w:t>'
    """
    made = etree.Element(f"{{{W}}}{name}", nsmap={"w": W})
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", clean(str(value)))
    for child in children:
        if isinstance(child, str):
            made.text = clean(child)
            made.set(_SPACE, "preserve")
        else:
            made.append(child)
    return made


def clean(text: str) -> str:
    """Return a text without the characters that no XML may hold."""
    return _NO_XML.sub("", text)


def run(text: str, *looks: etree._Element, style: str = "") -> etree._Element:
    """Make a run of text; ``looks`` are properties such as ``element("b")`` in the order of the schema.

    Quotes, dashes and dots are of two scripts: the hint takes them from the Chinese face.
    """
    return element("r", properties(*looks, style=style), element("t", text))


def properties(*looks: etree._Element, style: str = "") -> etree._Element:
    """Return the properties of a run."""
    made = element("rPr")
    if style:
        made.append(element("rStyle", val=style))
    made.append(element("rFonts", hint="eastAsia"))
    for look in looks:
        made.append(look)
    return made


def paragraph(style: str, *children: etree._Element, more: tuple[etree._Element, ...] = ()) -> etree._Element:
    """Make a paragraph of a style; ``more`` are further properties of it in the order of the schema."""
    about = element("pPr", element("pStyle", val=style), *more)
    return element("p", about, *children)
