"""Charts: matplotlib's SVG made safe to stand inside a page."""

import re
from xml.etree import ElementTree

from zonereport.fonts import FAMILY
from zonereport.publish import glyphs
from zonereport.publish.errors import PublishError

_SVG = "http://www.w3.org/2000/svg"
# the id of a mark that says what it stands for
_TIP = "tip:"
_XLINK = "http://www.w3.org/1999/xlink"
_HREFS = ("href", f"{{{_XLINK}}}href")
# what matplotlib draws with; anything else goes
_DRAWN = {
    "svg",
    "g",
    "defs",
    "path",
    "rect",
    "circle",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "use",
    "image",
    "clipPath",
    "pattern",
    "linearGradient",
    "stop",
}
# what no XML may hold; a name in a chart's label may have one
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FAMILY = re.compile(r"(?:font-family:|font:[^;]*?(?:px|pt|em)(?:/\S+)?)\s*([^;]+)")
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", _XLINK)


def clean(source: str, *, prefix: str, name: str) -> str:
    """Return the chart as one ``<svg>`` element with ids of its own, no metadata, and real text in our typeface.

    ``prefix`` goes before every id, ``name`` (图 3) stands in messages. Attributes keep their case.

    Raises:
        PublishError: it is no SVG, loads something from outside, or sets text in another typeface.
    """
    try:
        root = ElementTree.fromstring(_NO_XML.sub("", source))
    except ElementTree.ParseError as error:
        raise PublishError(f"{name} is no well-formed SVG: {error}") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise PublishError(f"{name} is no SVG: its root element is {root.tag}")
    _drop(root)
    _title_marks(root)
    # ids are those of a page, and a page has many charts
    for element in root.iter():
        _own_ids(element, prefix)
        _check_links(element, name)
        _check_typeface(element, name)
        if element.text:
            element.text = glyphs.mended(element.text)
    return ElementTree.tostring(root, encoding="unicode")


def texts(svg: str) -> list[str]:
    """Return what is written in a chart.

    >>> texts('<svg xmlns="http://www.w3.org/2000/svg"><g><text>亿元</text></g></svg>')
    ['亿元']
    """
    root = ElementTree.fromstring(svg)
    return ["".join(element.itertext()).strip() for element in root.iter(f"{{{_SVG}}}text")]


def _drop(root: ElementTree.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            local = child.tag.rpartition("}")[2]
            if local == "style":
                # matplotlib's rule for "*" would reach the whole page: said on the root it is inherited
                rule = re.fullmatch(r"\s*\*\s*\{([^}]*)\}\s*", child.text or "")
                if rule:
                    root.set("style", ";".join(filter(None, (root.get("style"), rule[1].strip()))))
                parent.remove(child)
            elif local not in _DRAWN:
                parent.remove(child)


def _title_marks(root: ElementTree.Element) -> None:
    """Make a title of what a mark says in its id."""
    for element in list(root.iter()):
        said = element.get("id", "")
        if said.startswith(_TIP):
            del element.attrib["id"]
            title = ElementTree.Element(f"{{{_SVG}}}title")
            title.text = said.removeprefix(_TIP)
            element.insert(0, title)


def _own_ids(element: ElementTree.Element, prefix: str) -> None:
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, prefix + value)
        elif key in _HREFS and value.startswith("#"):
            element.set(key, f"#{prefix}{value[1:]}")
        elif "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{prefix}"))


def _check_links(element: ElementTree.Element, name: str) -> None:
    local = element.tag.rpartition("}")[2]
    for key in _HREFS:
        target = element.get(key, "#")
        if local != "a" and not target.startswith(("#", "data:image/")):
            raise PublishError(f"{name} loads {target!r} from outside: a chart must be complete in itself")
    # matplotlib writes none: whoever has, did not mean a picture
    if any(key.startswith("on") for key in element.attrib):
        raise PublishError(f"{name} has an event handler: a chart must be a picture only")


def _check_typeface(element: ElementTree.Element, name: str) -> None:
    family = element.get("font-family") or "".join(_FAMILY.findall(element.get("style", ""))[:1])
    first = family.split(",")[0].strip(" '\"")
    if first and first != FAMILY:
        raise PublishError(f"{name} sets text in {first!r}: only {FAMILY!r} may reach a page")
