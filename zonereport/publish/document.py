"""The report between the notebook and the two formats: one tree of HTML, numbered, checked and tidy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from bs4 import BeautifulSoup, Tag

from zonereport.publish import allowed, glyphs, styler, svg, tables
from zonereport.publish import stamp as stamps
from zonereport.publish.errors import PublishError
from zonereport.publish.numbering import number_headings
from zonereport.publish.stamp import Stamp

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LABELS = {"chart": "图", "table": "表"}
# a book of more chapters than these has its key points cut to the leading ones of each chapter
FEW_CHAPTERS, LEADING = 4, 1
# what the front matter says in one text each
TEXTS = (
    "title",
    "subtitle",
    "organisation",
    "place",
    "date",
    "day",
    "mark",
    "number",
    "level",
    "audience",
    "contact",
)


@dataclass(frozen=True)
class Letterhead:
    """What an office puts on a paper that it sends: all of it may be left out, and then is not printed."""

    # 发文机关标志, 发文字号, 密级, 签发人, 抄送, 印发机关, 印发日期
    title: str = ""
    number: str = ""
    secrecy: str = ""
    signer: str = ""
    copies_to: tuple[str, ...] = ()
    printer: str = ""
    printed: str = ""


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
    # 期号, 密级, 报送对象, 联系人
    number: str = ""
    level: str = ""
    audience: str = ""
    contact: str = ""
    letterhead: Letterhead = Letterhead()
    # where the source has a figure, by the name under which it is printed
    origins: Mapping[str, str] = field(default_factory=dict)
    # which edition it is, who answers for it, which run made it: see ``stamp``
    edition: str = ""
    people: str = ""
    made: str = ""

    def mended(self) -> "Front":
        """Return what the typeface can show of it."""
        return replace(self, **_mended(self), letterhead=replace(self.letterhead, **_mended(self.letterhead)))


@dataclass(frozen=True)
class Heading:
    """A heading of the body; ``text`` is the label (一、) and the title as they are printed."""

    level: int
    text: str
    anchor: str
    label: str = ""


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


def _mended(matter: Front | Letterhead) -> dict[str, Any]:
    printable: dict[str, Any] = {}
    for name, value in vars(matter).items():
        if isinstance(value, str):
            printable[name] = glyphs.mended(value)
        elif isinstance(value, tuple):
            printable[name] = tuple(map(glyphs.mended, value))
    return printable


def role(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an output says of itself; empty for one that is not to be published."""
    return output.get("metadata", {}).get("zonereport", {})


def of_class(body: Tag, name: str, kind: str) -> list[Tag]:
    """Return the elements of a name that have a class; Beautiful Soup's own search by class takes twice as long.

    >>> of_class(BeautifulSoup("<p class='note small'>a</p><p>b</p>", "html.parser"), "p", "note")
    [<p class="note small">a</p>]
    """
    having = []
    for element in body.find_all(name):
        if kind in element.get("class", ()):
            having.append(element)
    return having


def front(notebook: Mapping[str, Any]) -> Front | None:
    """Return the first front matter among the outputs of the notebook, with the stamp of its edition."""
    stamp = Stamp.of(notebook.get("metadata", {}).get(stamps.KEY))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            matter = role(output)
            if matter.get("role") == "front":
                return stamped(_front(matter), stamp)
    return None


def stamped(matter: Front, stamp: Stamp | None) -> Front:
    """Return front matter that says which edition it is of; a chapter exported by itself has no stamp."""
    if stamp is None:
        return matter
    return replace(matter, edition=stamp.edition, people=stamp.people, made=stamp.made)


def _front(matter: Mapping[str, Any]) -> Front:
    fields: dict[str, Any] = {"kind": matter.get("kind", "report")}
    for name in TEXTS:
        fields[name] = str(matter.get(name) or "")
    for name in ("keywords", "sources"):
        fields[name] = tuple(matter.get(name) or ())
    fields["letterhead"] = _letterhead(matter.get("letterhead") or {})
    fields["origins"] = dict(matter.get("origins") or {})
    return Front(**fields)


def _letterhead(matter: Mapping[str, Any]) -> Letterhead:
    fields: dict[str, Any] = {"copies_to": tuple(matter.get("copies_to") or ())}
    for name in ("title", "number", "secrecy", "signer", "printer", "printed"):
        fields[name] = str(matter.get(name) or "")
    return Letterhead(**fields)


def build(html: str, charts: Sequence[str], matter: Front | None) -> Document:
    """Make the document of a rendered body; ``charts`` are the SVGs its figures refer to by number.

    Raises:
        PublishError: a heading level is skipped, a caption or an alternative text is missing, a chart is not
            complete in itself, or it would load something from outside.
    """
    # of what has passed, every parser reads the same
    body = BeautifulSoup(allowed.clean(html), "html.parser")
    styler.inline(body)
    for table in body.find_all("table"):
        tables.tidy(table)
    # a chapter may be exported by itself, and not every one has a cover
    matter = matter or Front("")
    glyphs.mend(body, charts, map(str, vars(matter).values()))
    if matter.kind == "brief":
        _raise_sections(body)
    headings = _number_headings(body)
    _number_captions(body)
    _number_footnotes(body)
    # after the headings have their numbers
    _name_landmarks(body, headings)
    pictures, written = [], []
    for number, source in enumerate(charts, start=1):
        picture = svg.clean(source, prefix=f"f{number}-", name=f"图 {number}")
        pictures.append(picture)
        written.append(tuple(svg.texts(picture)))
    front_matter = replace(matter, title=matter.title or _first_title(body)).mended()
    key_points: tuple[KeyPoints, ...] = ()
    # a brief is short enough to be its own key points
    if matter.kind != "brief":
        key_points = _key_points(body, headings)
    return Document(front_matter, body, headings, key_points, tuple(pictures), tuple(written))


def _first_title(body: BeautifulSoup) -> str:
    """The heading of the first chapter, for a report that nobody has named."""
    heading = body.find("h1")
    if heading is None:
        return "报告"
    return _title(heading)


def _raise_sections(body: BeautifulSoup) -> None:
    """Make sections of a brief what chapters are in a report: its head says what the heading of its chapter says."""
    for element in body.find_all(HEADINGS):
        if element.name == "h1":
            element.decompose()
        else:
            element.name = f"h{int(element.name[1]) - 1}"


def _title(heading: Tag) -> str:
    if heading.find(class_="footnote"):
        raise PublishError(f"heading {heading.get_text()!r} has a footnote: put it into the text")
    return " ".join(heading.get_text().split())


def _number_headings(body: BeautifulSoup) -> tuple[Heading, ...]:
    elements = body.find_all(HEADINGS)
    titles = [(int(element.name[1]), _title(element)) for element in elements]
    headings = []
    for element, (level, title), (label, anchor) in zip(elements, titles, number_headings(titles), strict=True):
        element["id"] = anchor
        if label:
            element.insert(0, label)
        headings.append(Heading(level, label + title, anchor, label))
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
        # an empty one is a second call of a note of its cell
        if note.contents:
            count += 1
            latest[key] = count
        note["data-number"] = str(latest[key])


def _name_landmarks(body: BeautifulSoup, headings: Sequence[Heading]) -> None:
    """Give each box a name of its own: who moves from landmark to landmark hears nothing but names."""
    by_anchor = {heading.anchor: heading for heading in headings}
    names: Counter[str] = Counter()
    boxes = [*of_class(body, "section", "verdict"), *of_class(body, "aside", "notice")]
    for box in boxes:
        name = str(box["aria-label"])
        chapter = box.find_previous("h1")
        if chapter is not None:
            name = f"{by_anchor[str(chapter['id'])].text}：{name}"
        names[name] += 1
        if names[name] > 1:
            name = f"{name}（{names[name]}）"
        box["aria-label"] = name


def _key_points(body: BeautifulSoup, headings: Sequence[Heading]) -> tuple[KeyPoints, ...]:
    by_anchor = {heading.anchor: heading for heading in headings}
    gathered: dict[str, str] = {}
    for box in of_class(body, "section", "verdict"):
        chapter = box.find_previous("h1")
        box = copy(box)
        # its number stands in the chapter, where the verdict is printed once more
        for note in box.find_all(class_="footnote"):
            note.decompose()
        anchor = ""
        if chapter is not None:
            anchor = str(chapter["id"])
        gathered[anchor] = gathered.get(anchor, "") + box.decode_contents().strip()
    if len(gathered) > FEW_CHAPTERS:
        # the first chapter of a long book is its overview; of the others the page has what they say first
        for anchor in list(gathered)[1:]:
            gathered[anchor] = _leading(gathered[anchor])
    points = []
    for anchor, html in gathered.items():
        points.append(KeyPoints(by_anchor.get(anchor), html))
    return tuple(points)


def _leading(html: str) -> str:
    """The first LEADING points of a verdict; all of one that is no list."""
    box = BeautifulSoup(html, "html.parser")
    for point in box.find_all("li")[LEADING:]:
        point.decompose()
    return str(box)
