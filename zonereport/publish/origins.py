"""Where a page says which source each figure is of: a row of a table, a mark of a chart, the values under a chart."""

import json
from collections.abc import Mapping
from html import escape

from bs4 import BeautifulSoup, Tag

from zonereport.publish.document import of_class

KEY = "data-sources"


def attribute(sources: Mapping[str, str] | None) -> str:
    """Return sources by the names of what they are of, as the value of an attribute.

    >>> attribute({"税收": "月报，表1"})
    '{&quot;税收&quot;: &quot;月报，表1&quot;}'
    """
    if not sources:
        return ""
    return escape(json.dumps(dict(sources), ensure_ascii=False), quote=True)


def taken(figure: Tag) -> dict[str, str]:
    """Take the sources off a figure."""
    text = figure.attrs.pop(KEY, "")
    return json.loads(text) if text else {}


def on_rows(body: BeautifulSoup) -> None:
    """Write to each row of a table which source its figures are of; a script shows it, and no layout needs it."""
    for figure in of_class(body, "figure", "table"):
        sources = taken(figure)
        if not sources:
            continue
        for row in figure.find_all("tr"):
            head = row.find("th", attrs={"scope": "row"})
            source = sources.get(head.get_text(strip=True)) if head else None
            if source:
                row["data-source"] = source


def disclosure(body: BeautifulSoup, alt: str, sources: Mapping[str, str]) -> Tag:
    """Return what lies folded under a chart: its values in words, and where each figure comes from."""
    details = body.new_tag("details", attrs={"class": "values"})
    summary = body.new_tag("summary")
    summary.string = "数值与出处"
    details.append(summary)
    words = body.new_tag("p")
    words.string = alt
    details.append(words)
    if sources:
        points = body.new_tag("ul")
        for name, source in sources.items():
            point = body.new_tag("li")
            point.string = f"{name}：{source}"
            points.append(point)
        details.append(points)
    return details
