"""The report between the notebook and the two formats: one tree of HTML, numbered, checked and tidy."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

from zonereport.publish import glyphs, styler, svg, tables
from zonereport.publish.errors import PublishError
from zonereport.publish.numbering import number_headings

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LABELS = {"chart": "图", "table": "表"}
_UNSAFE = ("script", "iframe", "object", "embed", "link", "meta", "base", "form", "input", "img", "svg", "video")


# a book of more chapters than these has its key points cut to the leading ones of each chapter
FEW_CHAPTERS, LEADING = 4, 1


@dataclass(frozen=True)
class Front:
    """What stands on the cover and in the document's properties."""

    title: str
    subtitle: str = ""
    # report has a cover, contents and chapters; brief has a head and sections
    kind: str = "report"
    organisation: str = ""
    place: str = ""
    date: str = ""
    # the last day that the document speaks of, YYYY-MM-DD: the date of its file
    day: str = ""
    keywords: tuple[str, ...] = ()
    mark: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading of the body; ``text`` is the label and the title as they are printed."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class KeyPoints:
    """The verdicts of one chapter, as HTML."""

    chapter: Heading | None
    html: str


@dataclass(frozen=True)
class Document:
    """A report ready to be written in either format."""

    front: Front
    body: BeautifulSoup
    headings: tuple[Heading, ...]
    key_points: tuple[KeyPoints, ...]
    charts: tuple[str, ...] = field(repr=False)
    chart_texts: tuple[tuple[str, ...], ...] = field(repr=False)


def role(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an output says of itself; empty for one that is not to be published."""
    return output.get("metadata", {}).get("zonereport", {})


def of_class(body: Tag, name: str, kind: str) -> list[Tag]:
    """Return the elements of a name that have a class; Beautiful Soup's own search by class takes twice as long.

    >>> of_class(BeautifulSoup("<p class='note small'>a</p><p>b</p>", "html.parser"), "p", "note")
    [<p class="note small">a</p>]
    """
    return [element for element in body.find_all(name) if kind in element.get("class", ())]


def front(notebook: Mapping[str, Any]) -> Front | None:
    """Return the first front matter among the outputs of the notebook."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            found = role(output)
            if found.get("role") == "front":
                lists = {name: tuple(found.get(name) or ()) for name in ("keywords", "sources")}
                names = ("title", "subtitle", "organisation", "place", "date", "day", "mark")
                texts = {name: str(found.get(name) or "") for name in names}
                return Front(kind=found.get("kind", "report"), **texts, **lists)
    return None


def build(html: str, charts: Sequence[str], matter: Front | None) -> Document:
    """Make the document of a rendered body; ``charts`` are the SVGs its figures refer to by number.

    Raises:
        PublishError: a heading level is skipped, a caption or an alternative text is missing, a chart is not
            complete in itself, something would be loaded from outside, or a character has no glyph.
    """
    body = BeautifulSoup(html, "html.parser")
    _refuse_unsafe(body)
    styler.inline(body)
    for table in body.find_all("table"):
        tables.tidy(table)
    brief = matter is not None and matter.kind == "brief"
    if brief:
        _raise_sections(body)
    headings = _number_headings(body)
    _number_captions(body)
    _number_footnotes(body)
    pictures = tuple(
        svg.clean(source, prefix=f"f{number}-", name=f"图 {number}") for number, source in enumerate(charts, 1)
    )
    title = matter.title if matter and matter.title else next((_title(h) for h in body.find_all("h1")), "报告")
    front_matter = Front(**{**vars(matter or Front("")), "title": title})
    written = tuple(tuple(svg.texts(picture)) for picture in pictures)
    # a brief is short enough to be its own key points
    key_points = () if brief else _key_points(body, headings)
    document = Document(front_matter, body, headings, key_points, pictures, written)
    glyphs.check(_pieces(document))
    return document


def _raise_sections(body: BeautifulSoup) -> None:
    """Make sections of a brief what chapters are in a report: its head says what the heading of its chapter says."""
    for element in body.find_all(HEADINGS):
        if element.name == "h1":
            element.decompose()
        else:
            element.name = f"h{int(element.name[1]) - 1}"


def _refuse_unsafe(body: BeautifulSoup) -> None:
    elements = body.find_all(True)
    for element in elements:
        if element.name in _UNSAFE:
            raise PublishError(
                f"<{element.name}> in the report's text: pictures are published as figures, nothing is loaded"
            )
    for element in elements:
        element.attrs = {k: v for k, v in element.attrs.items() if not k.startswith("on") and k != "src"}
        href = element.get("href")
        if href and not re.match(r"(https?://|mailto:|#)", href):
            del element["href"]


def _title(heading: Tag) -> str:
    if heading.find(class_="footnote"):
        raise PublishError(f"heading {heading.get_text()!r} has a footnote: put it into the text")
    return " ".join(heading.get_text().split())


def _number_headings(body: BeautifulSoup) -> tuple[Heading, ...]:
    elements = [element for element in body.find_all(True) if element.name in HEADINGS]
    titles = [(int(element.name[1]), _title(element)) for element in elements]
    headings = []
    for element, (level, title), (label, anchor) in zip(elements, titles, number_headings(titles), strict=True):
        element["id"] = anchor
        if label:
            element.insert(0, label)
        headings.append(Heading(level, label + title, anchor))
    return tuple(headings)


def _number_captions(body: BeautifulSoup) -> None:
    for kind, word in LABELS.items():
        for number, figure in enumerate(of_class(body, "figure", kind), start=1):
            name = f"{word} {number}"
            caption = figure.figcaption.get_text(strip=True)
            if not caption:
                raise PublishError(f"{name} has no caption")
            if kind == "chart" and not str(figure["data-alt"]).strip():
                raise PublishError(f"{name} ({caption}) has no alternative text")
            if kind == "table" and figure.table is None:
                raise PublishError(f"{name} ({caption}) has no table in it")
            figure["id"] = f"{kind}-{number}"
            label = body.new_tag("span", attrs={"class": "label"})
            label.string = name
            figure.figcaption.insert(0, label)


def _number_footnotes(body: BeautifulSoup) -> None:
    """Count the notes over the whole report; one that is called again in its cell keeps its number."""
    count = 0
    latest: dict[str, int] = {}
    for note in of_class(body, "span", "footnote"):
        key = str(note["data-key"])
        if note.contents:
            count += 1
            latest[key] = count
        note["data-number"] = str(latest[key])


def _key_points(body: BeautifulSoup, headings: Sequence[Heading]) -> tuple[KeyPoints, ...]:
    by_anchor = {heading.anchor: heading for heading in headings}
    gathered: dict[str, str] = {}
    for box in of_class(body, "section", "verdict"):
        chapter = box.find_previous("h1")
        box = copy(box)
        for note in box.find_all(class_="footnote"):
            note.decompose()
        anchor = str(chapter["id"]) if chapter else ""
        gathered[anchor] = gathered.get(anchor, "") + box.decode_contents().strip()
    if len(gathered) > FEW_CHAPTERS:
        # the first chapter of a long book is its overview; of the others the page has what they say first
        first, *rest = gathered
        gathered = {first: gathered[first]} | {anchor: _leading(gathered[anchor]) for anchor in rest}
    return tuple(KeyPoints(by_anchor.get(anchor), html) for anchor, html in gathered.items())


def _leading(html: str) -> str:
    """The first LEADING points of a verdict; all of one that is no list."""
    box = BeautifulSoup(html, "html.parser")
    for point in box.find_all("li")[LEADING:]:
        point.decompose()
    return str(box)


def _pieces(document: Document) -> list[tuple[str, str]]:
    """Everything that is printed, with the place it stands in, for the glyph check."""
    front_texts = [(name, value) for name, value in vars(document.front).items() if isinstance(value, str)]
    front_texts += [("keywords and sources", t) for t in document.front.keywords + document.front.sources]
    pieces = [(f"the front matter ({name})", text) for name, text in front_texts]
    chapter = "the text"
    captions: dict[int, str] = {}
    for string in document.body.descendants:
        if not isinstance(string, NavigableString):
            continue
        if string.parent.name == "h1":
            chapter = f"chapter {string.parent.get_text()}"
        figure = next((parent for parent in string.parents if parent.name == "figure"), None)
        if figure is not None and id(figure) not in captions:
            captions[id(figure)] = " ".join(figure.figcaption.get_text(" ").split())
        pieces.append((chapter if figure is None else captions[id(figure)], str(string)))
    for number, texts in enumerate(document.chart_texts, start=1):
        pieces += [(f"图 {number}", text) for text in texts]
    return pieces
