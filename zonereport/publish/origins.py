"""Where a page says which source each figure is of: a row of a table, a mark of a chart, the values under a chart."""

import json
from collections.abc import Mapping, Sequence
from html import escape

from bs4 import BeautifulSoup, Tag

from zonereport.publish.document import of_class

KEY, VALUES = "data-sources", "data-values"
# marks of a chart that somebody reads one by one
MOST = 60
# the titles of columns, each with the texts of its cells
Columns = Sequence


def attribute(sources: Mapping[str, str] | None) -> str:
    """Return sources by the names of what they are of, as the value of an attribute.

    >>> attribute({"税收": "月报，表1"})
    '{&quot;税收&quot;: &quot;月报，表1&quot;}'
    """
    if not sources:
        return ""
    return escape(json.dumps(dict(sources), ensure_ascii=False), quote=True)


def taken(figure: Tag, key: str = KEY):
    """Take the sources, or the values, off a figure; an empty dict where it has none."""
    text = figure.attrs.pop(key, "")
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


def disclosure(body: BeautifulSoup, alt: str, sources: Mapping[str, str], columns: Columns) -> Tag:
    """Return what lies folded under a chart: its values, in words where they make no table, and their sources."""
    details = body.new_tag("details", attrs={"class": "values"})
    summary = body.new_tag("summary")
    summary.string = "数值与出处"
    details.append(summary)
    if columns:
        details.append(_table(body, columns))
    else:
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


def values_of(columns: Columns | None) -> str:
    """Return the columns of a chart as the value of an attribute; empty for those too long to be read through.

    >>> values_of([{"name": "value", "head": "数值", "values": [165.0, None]}])
    '[[&quot;数值&quot;, [&quot;165&quot;, &quot;—&quot;]]]'
    """
    if not columns or not 0 < len(columns[0]["values"]) <= MOST:
        return ""
    written = [[column["head"], [_written(value) for value in column["values"]]] for column in columns]
    return escape(json.dumps(written, ensure_ascii=False), quote=True)


def _written(value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, float):
        # as figures are printed: no zeros behind the point that say nothing
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _table(body: BeautifulSoup, columns: Columns) -> Tag:
    """The values as a table, a row a mark; what names a mark stands first and is its header."""
    table = body.new_tag("table")
    head, rows = body.new_tag("thead"), body.new_tag("tbody")
    titles = body.new_tag("tr")
    for title, _ in columns:
        cell = body.new_tag("th", attrs={"scope": "col"})
        cell.string = title
        titles.append(cell)
    head.append(titles)
    for place in range(len(columns[0][1])):
        row = body.new_tag("tr")
        for number, (_, values) in enumerate(columns):
            cell = body.new_tag("td") if number else body.new_tag("th", attrs={"scope": "row"})
            # a label is broken into lines where it is drawn
            cell.string = values[place].replace("\n", "")
            row.append(cell)
        rows.append(row)
    table.extend([head, rows])
    box = body.new_tag("div", attrs={"class": "scroll"})
    box.append(table)
    return box
