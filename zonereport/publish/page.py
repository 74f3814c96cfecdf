"""The document as one HTML page."""

from bs4 import BeautifulSoup
from jinja2 import Template
from markupsafe import escape

from zonereport.publish import svg, webfonts
from zonereport.publish.document import HEADINGS, Document


def render(report: Document, template: Template, *, css: str, embed_fonts: bool = True) -> str:
    """Return the page, complete in itself."""
    body = BeautifulSoup(str(report.body), "html.parser")
    notes = _move_footnotes(body)
    for element in body.find_all(HEADINGS):
        element.name = f"h{min(int(element.name[1]) + 1, 6)}"
    _scroll_boxes(body)
    slots = _chart_slots(body)
    html = template.render(report=report, body=str(body), notes=notes, css=css)
    faces = webfonts.font_faces(_characters(html, report)) if embed_fonts else ""
    for place, figure in enumerate(slots):
        html = html.replace(f"<!--chart {place}-->", _accessible(report.charts[place], figure))
    return html.replace("/*font faces*/", faces)


def _move_footnotes(body: BeautifulSoup) -> list[str]:
    """Leave a number where each footnote is called and return the notes in order."""
    notes = []
    for note in body.find_all("span", class_="footnote"):
        number = note["data-number"]
        call = body.new_tag("sup", attrs={"class": "call"})
        link = body.new_tag("a", href=f"#fn-{number}", role="doc-noteref")
        link["aria-label"] = f"注释 {number}"
        link.string = number
        call.append(link)
        if note.contents:
            notes.append(note.decode_contents())
            link["id"] = f"fnref-{number}"
        note.replace_with(call)
    return notes


def _scroll_boxes(body: BeautifulSoup) -> None:
    """Put every table into a box of its own that scrolls, and that a keyboard can reach."""
    for table in body.find_all("table"):
        figure = table.find_parent("figure")
        box = table.wrap(body.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "region"}))
        if figure is None:
            box["aria-label"] = "表格"
        else:
            figure.figcaption["id"] = f"{figure['id']}-caption"
            box["aria-labelledby"] = f"{figure['id']}-caption"


def _chart_slots(body: BeautifulSoup) -> list[dict[str, str]]:
    slots = []
    for place, figure in enumerate(body.find_all("figure", class_="chart")):
        slots.append({"alt": figure["data-alt"], "id": figure["id"]})
        box = body.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group"})
        box["aria-label"] = figure.figcaption.get_text(" ", strip=True)
        box.append(BeautifulSoup(f"<!--chart {place}-->", "html.parser"))
        figure.insert(0, box)
        figure.attrs = {"class": "chart", "id": figure["id"]}
    return slots


def _accessible(picture: str, figure: dict[str, str]) -> str:
    """Name the picture and let the style sheet size it: the viewBox keeps the proportions."""
    head, rest = picture.split(">", 1)
    soup = BeautifulSoup(head + "></svg>", "xml")
    root = soup.svg
    width = float(str(root.get("width", "460")).removesuffix("pt"))
    for name in ("width", "height", "id", "version"):
        root.attrs.pop(name, None)
    root["style"] = f"max-width:{width * 96 / 72 * 1.25:.0f}px;" + root.get("style", "")
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in root.attrs.items())
    return f'<svg role="img" aria-label="{escape(figure["alt"])}" {attributes}>{rest}'


def _characters(html: str, report: Document) -> str:
    """Everything the page may show; both weights get it, so that no rule of the style sheet can miss one."""
    drawn = "".join(text for chart in report.charts for text in svg.texts(chart))
    return BeautifulSoup(html, "html.parser").get_text() + drawn
