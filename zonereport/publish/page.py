"""The document as one HTML page."""

import base64
import hashlib
import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, NavigableString
from jinja2 import Template
from markupsafe import escape

from zonereport.publish import linking, origins, palette, tables, webfonts
from zonereport.publish.document import HEADINGS, Document, of_class

FACES = "/*font faces*/"
# in full-width characters of table type: what a screen of 320 px shows of a table
SMALL_SCREEN = 20
# of a screen's pixels to a point of a chart: its largest, and on a small screen its least, at which 8 pt are 10 px
LARGEST, LEAST = 1.25 * 96 / 72, 1.25
# what is no text in a page of ours, where no < or > stands but in tags, and all others are entities
_NO_TEXT = re.compile(r"<style>.*?</style>|<script>.*?</script>|<!--.*?-->|<[^>]*>", re.DOTALL)
# the words that the script and the style sheet write into the page
_WRITTEN = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')


@dataclass(frozen=True)
class Look:
    """What every page has: its style sheet, its script, and whether the characters that it uses are inside."""

    css: str
    script: str
    embed_fonts: bool = True


def render(report: Document, template: Template, look: Look, others: Sequence[tuple[str, str]] = ()) -> str:
    """Return the page, complete in itself. It is written into the document's own tree, which serves no other format.

    ``others`` are the other files of the edition, by name and address.
    """
    body = report.body
    _squeeze_space(body)
    notes = _move_footnotes(body)
    linking.references(body)
    linking.permalinks(body)
    origins.on_rows(body)
    # the one h1 of a page is its title: chapters are h2
    for element in body.find_all(True):
        if element.name in HEADINGS:
            element.name = f"h{min(int(element.name[1]) + 1, 6)}"
    _scroll_boxes(body)
    # charts go in last: as part of the tree each of their thousands of elements would be parsed and written again
    slots = _chart_slots(body)
    html = template.render(
        report=report,
        body=str(body),
        notes=notes,
        others=others,
        css=look.css,
        script=look.script,
        script_hash=source_hash(look.script),
    )
    faces = ""
    if look.embed_fonts:
        faces = webfonts.font_faces(_characters(html, report))
    pictures = {}
    for place, figure in enumerate(slots):
        pictures[f"<!--chart {place}-->"] = _accessible(report.charts[place], figure)
    html = re.sub("<!--chart [0-9]+-->", lambda found: pictures.get(found[0], found[0]), html)
    html, pairs = palette.named(html)
    # the first one, at the head of the rules: nobody's text may ask for fonts
    return html.replace(f"<style>\n{FACES}", f"<style>\n{faces}{palette.rules(pairs)}", 1)


def source_hash(script: str) -> str:
    """Return what a content security policy calls a script by.

    >>> source_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _squeeze_space(body: BeautifulSoup) -> None:
    """Make one line break, or one space, of the white space that meets where an element was taken out."""
    body.smooth()
    for text in list(body.descendants):
        # comments and the like are strings, too
        if type(text) is not NavigableString or len(text) == 1 or text.strip(body.ASCII_SPACES):
            continue
        # where white space is said as it is
        if text.find_parent("pre"):
            continue
        space = " "
        if "\n" in text:
            space = "\n"
        text.replace_with(space)


def _move_footnotes(body: BeautifulSoup) -> list[str]:
    """Leave a number where each footnote is called and return the notes in order."""
    notes = []
    for note in of_class(body, "span", "footnote"):
        number = note["data-number"]
        call = body.new_tag("sup", attrs={"class": "call"})
        link = body.new_tag("a", href=f"#fn-{number}", role="doc-noteref")
        link["aria-label"] = f"注释 {number}"
        link.string = number
        call.append(link)
        # a note that is called twice is written once, and its way back leads to the first call
        if note.contents:
            notes.append(note.decode_contents())
            link["id"] = f"fnref-{number}"
        note.replace_with(call)
    return notes


def _scroll_boxes(body: BeautifulSoup) -> None:
    """Put every table that a small screen may cut into a box that scrolls, and that a keyboard can reach."""
    unnamed = 0
    for table in body.find_all("table"):
        box = table.wrap(body.new_tag("div", attrs={"class": "scroll"}))
        # without a script nobody knows whether a box scrolls now: what never does is no stop on the keyboard's way
        if tables.least_width(tables.tidy(table)) <= SMALL_SCREEN:
            continue
        box["tabindex"] = "0"
        box["role"] = "region"
        figure = table.find_parent("figure")
        if figure is None:
            unnamed += 1
            box["aria-label"] = f"文中表格{unnamed}"
        else:
            figure.figcaption["id"] = f"{figure['id']}-caption"
            box["aria-labelledby"] = f"{figure['id']}-caption"


def _chart_slots(body: BeautifulSoup) -> list[dict[str, str]]:
    slots = []
    for place, figure in enumerate(of_class(body, "figure", "chart")):
        slots.append({"alt": figure["data-alt"], "id": figure["id"]})
        box = body.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group"})
        box["aria-label"] = figure.figcaption.get_text(" ", strip=True)
        box.append(Comment(f"chart {place}"))
        figure.insert(0, box)
        columns = origins.taken(figure, origins.VALUES)
        figure.append(origins.disclosure(body, str(figure["data-alt"]), origins.taken(figure), columns))
        figure.attrs = {"class": "chart", "id": figure["id"]}
    return slots


def _accessible(picture: str, figure: dict[str, str]) -> str:
    """Name the picture and let the style sheet size it: the viewBox keeps the proportions."""
    head, rest = picture.split(">", 1)
    root = {}
    for name, value in _ATTRIBUTE.findall(head):
        root[name] = entities.unescape(value)
    width = float(root.get("width", "460").removesuffix("pt"))
    # what a file of its own needs, and a picture in a page does not
    for name in ("width", "height", "id", "version"):
        root.pop(name, None)
    root["style"] = f"max-width:{width * LARGEST:.0f}px;--least:{width * LEAST:.0f}px;" + root.get("style", "")
    attributes = ""
    for name, value in root.items():
        attributes += f' {name}="{escape(value)}"'
    return f'<svg role="img" aria-label="{escape(figure["alt"])}"{attributes}>{rest}'


def _characters(html: str, report: Document) -> str:
    """Everything the page may show; both weights get it, so that no rule of the style sheet can miss one."""
    drawn = "".join(map("".join, report.chart_texts))
    written = ""
    for found in _WRITTEN.finditer(html):
        written += "".join(re.findall(r"[^\x00-\x7f]", found[2]))
    return entities.unescape(_NO_TEXT.sub("", html)) + drawn + written
