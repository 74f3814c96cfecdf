"""The body of the report, from HTML to Typst markup."""

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from zonereport.publish import typst_table
from zonereport.publish.document import HEADINGS
from zonereport.publish.tables import tidy
from zonereport.publish.typst_markup import string, text

_BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "hr", "table", "figure", "section", "aside", "div", *HEADINGS}
# a longer paragraph says something by itself, unless it ends by announcing what follows
LONGEST_LEAD_IN = 160
_FRAMED = ("verdict", "notice")
# about a third of a page: a longer frame may break, for what is moved whole leaves its room white
LONGEST_WHOLE_BOX = 600
_LISTS = {"ul": "list", "ol": "enum"}
_INLINE = {
    "strong": "strong", "b": "strong", "em": "emph", "i": "emph", "del": "strike", "s": "strike",
    "sup": "super", "sub": "sub",
}  # fmt: skip


def convert(html: str | Tag) -> str:
    """Turn a fragment of HTML, or a parsed one, into Typst markup for the functions of report.typ.

    >>> print(convert("<p>增长<strong>5%</strong></p>"))
    #"增长";#strong[#"5%";];
    """
    if isinstance(html, str):
        html = BeautifulSoup(f"<div>{html}</div>", "html.parser").div
    return blocks(html)


def blocks(parent: Tag) -> str:
    """Convert children that are paragraphs, lists, figures …; loose text between them is a paragraph."""
    out: list[str] = []
    loose: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag) and child.name in _BLOCKS:
            out.append(_paragraph(loose))
            loose.clear()
            out.append(_block(child))
        else:
            loose.append(_inline(child))
    out.append(_paragraph(loose))
    return "\n\n".join(filter(None, out))


def _paragraph(pieces: list[str]) -> str:
    """Loose text as a paragraph; nothing where it is white space only."""
    written = "".join(pieces).strip()
    if not written.replace('#" ";', "").strip():
        return ""
    return written


def inlines(parent: Tag) -> str:
    """Convert the text of an element and what is inside it."""
    return "".join(map(_inline, parent.children))


def _block(element: Tag) -> str:
    name = element.name
    if name == "p":
        return _text_block(element)
    if name in HEADINGS:
        return f"#heading(level: {name[1]})[{inlines(element)}]"
    if name in _LISTS:
        return _list(element)
    if name == "blockquote":
        return f"#quote(block: true)[{blocks(element)}]"
    if name == "pre":
        return f"#raw(block: true, {string(element.get_text())})"
    if name == "hr":
        return "#separator()"
    if name == "table":
        return f"#{typst_table.convert(tidy(element), inlines)}"
    if name == "figure":
        return _figure(element)
    return _grouped(element)


def _grouped(element: Tag) -> str:
    """Convert an element that holds blocks: a box, an analyst's words, or nothing but what is in it."""
    # report.typ has a function for each class of box
    if element.name in ("section", "aside"):
        return _box(element)
    if "words" in element.get("class", ()):
        return f"#words[{blocks(element)}]"
    return blocks(element)


def _text_block(paragraph: Tag) -> str:
    if _leads_in(paragraph):
        return f"#lead-in[{inlines(paragraph)}]"
    # a paragraph is what stands between empty lines
    return inlines(paragraph)


def _box(element: Tag) -> str:
    kind = element["class"][0]
    if kind in _FRAMED and len(element.get_text()) <= LONGEST_WHOLE_BOX:
        return f"#{kind}(whole: true)[{blocks(element)}]"
    return f"#{kind}[{blocks(element)}]"


def _list(element: Tag) -> str:
    items = ""
    # lists inside an item are the item's own
    for item in element.find_all("li", recursive=False):
        items += f"[{blocks(item)}]"
    if not items:
        return ""
    start = ""
    if element.get("start"):
        start = f"(start: {int(element['start'])})"
    return f"#{_LISTS[element.name]}{start}{items}"


def _leads_in(paragraph: Tag) -> bool:
    """Whether a paragraph introduces what stands right behind it, and must not be left on the page before it."""
    following = paragraph.find_next_sibling()
    if following is None or following.name not in ("figure", "ul", "ol"):
        return False
    words = paragraph.get_text().strip()
    return len(words) <= LONGEST_LEAD_IN or words.endswith("：")


def _figure(element: Tag) -> str:
    # the label (图 3) is left out: Typst counts the same figures in the same order
    caption = ""
    for child in element.figcaption.children:
        if not (isinstance(child, Tag) and "label" in child.get("class", ())):
            caption += _inline(child)
    note = element.find("p", class_="note")
    below = "none"
    if note:
        below = f"[{inlines(note)}]"
    named = f"caption: [{caption}], note: {below}"
    if "chart" in element["class"]:
        file = chart_file(int(element["data-chart"]))
        return f"#chart({string(file)}, alt: {string(element['data-alt'])}, {named})"
    grid = tidy(element.table)
    wide, long = typst_table.shape(grid)
    flags = f"wide: {str(wide).lower()}, long: {str(long).lower()}"
    return f"#table-figure({typst_table.convert(grid, inlines)}, {named}, {flags})"


def chart_file(place: int) -> str:
    """Name the file of a chart beside the Typst source."""
    return f"chart-{place + 1}.svg"


def _inline(node) -> str:
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return text(str(node))
    if node.name == "br":
        return "#linebreak();"
    if node.name == "code":
        return f"#raw({string(node.get_text())});"
    if node.name in _INLINE:
        return f"#{_INLINE[node.name]}[{inlines(node)}];"
    if "footnote" in node.get("class", ()):
        label = f"<fn-{node['data-number']}>"
        # a note that is called again is not set again
        if not node.contents:
            return f"#footnote({label});"
        return f"#footnote[{inlines(node)}]{label}"
    # a link inside the page has no target on paper: headings there have other anchors
    if node.name == "a" and node.get("href", "#")[0] != "#":
        return f"#link({string(node['href'])})[{inlines(node)}];"
    return inlines(node)
