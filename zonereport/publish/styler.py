"""What pandas' Styler says in its <style> element, resolved and written to the cells themselves.

Styler names cells by random ids that may collide between chapters, and Typst reads no CSS: with the rules
resolved once, both formats read one ``style`` attribute, and no id is left.
"""

import re
from collections.abc import Mapping

import soupsieve
import tinycss2
from bs4 import BeautifulSoup, Tag

from zonereport.publish import colours

# of all properties those that a printed table has a use for
_KEPT = ("background-color", "color", "font-weight", "text-align")
_WORD = re.compile(r"[\w#.%-]+|rgba?\([\d.,% ]+\)")


def inline(soup: BeautifulSoup) -> None:
    """Move the rules of every <style> of the page into the ``style`` of the cells they speak of.

    Kept are ground, text colour, weight and alignment; colours become ``#rrggbb`` and are mended
    where the contrast would be under 4.5 to 1. Ids and the <style> elements go.
    """
    every = soup.find_all(["th", "td"])
    found = _found(soup, every)
    for cell in every:
        merged: dict[str, str] = {}
        # what is said of fewer cells wins, and of two the later one
        for _, _, rules in sorted(found.get(id(cell), []), key=lambda item: item[:2]):
            merged.update(rules)
        merged.update(_declarations(cell.get("style", "")))
        for name in ("id", "style", "width", "height"):
            del cell[name]
        style = _mend(merged)
        if style:
            write(cell, style)
    for element in soup.find_all("style"):
        element.decompose()
    for table in soup.find_all("table"):
        table.attrs = {}


def _found(soup: BeautifulSoup, every: list[Tag]) -> dict[int, list[tuple[tuple[int, int, int], int, dict[str, str]]]]:
    """Return by cell the rules that speak of it: their specificity, their place, what they declare."""
    found: dict[int, list] = {}
    by_id = {cell["id"]: cell for cell in every if cell.has_attr("id")}
    for order, (selector, rules) in enumerate(_rules(soup)):
        plain = re.fullmatch(r"#([\w-]+)", selector)
        # nearly all of them are ids: asked of a table of thousands of cells a selector takes a second
        if plain and plain[1] in by_id:
            cells, weight = [by_id[plain[1]]], (1, 0, 0)
        else:
            cells, weight = _matching(soup, selector), _weight(selector)
        for cell in cells:
            found.setdefault(id(cell), []).append((weight, order, rules))
    return found


def read(cell: Tag) -> dict[str, str]:
    """Return the declarations that ``inline`` left on a cell."""
    return dict(part.split(": ", 1) for part in cell.get("style", "").split("; ") if part)


def write(cell: Tag, style: Mapping[str, str]) -> None:
    """Write declarations to a cell the way ``read`` reads them.

    >>> cell = BeautifulSoup("<td style='color: red'></td>", "html.parser").td
    >>> write(cell, {"text-align": "right"})
    >>> read(cell)
    {'text-align': 'right'}
    """
    cell["style"] = "; ".join(f"{name}: {value}" for name, value in style.items())


def _rules(soup: BeautifulSoup) -> list[tuple[str, dict[str, str]]]:
    result = []
    # media rules and the like are none of a table
    for element in soup.find_all("style"):
        for rule in tinycss2.parse_stylesheet(element.get_text(), skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declarations = _declarations(rule.content)
                for selector in tinycss2.serialize(rule.prelude).split(","):
                    result.append((selector.strip(), declarations))
    return result


def _declarations(source) -> dict[str, str]:
    parsed = tinycss2.parse_declaration_list(source, skip_comments=True, skip_whitespace=True)
    found = {}
    for node in parsed:
        if node.type == "declaration":
            found[node.lower_name] = tinycss2.serialize(node.value).strip()
    return found


def _matching(soup: BeautifulSoup, selector: str) -> list[Tag]:
    try:
        return [cell for cell in soup.select(selector) if cell.name in ("th", "td")]
    except soupsieve.SelectorSyntaxError:
        # a browser's own pseudo-class: nothing that stands on paper
        return []


def _weight(selector: str) -> tuple[int, int, int]:
    """Specificity as CSS counts it: ids, then classes, then element names."""
    return (
        selector.count("#"),
        len(re.findall(r"[.:\[]", selector)),
        len(re.findall(r"(?:^|[\s>+~])[a-z]", selector)),
    )


def _mend(style: dict[str, str]) -> dict[str, str]:
    """Keep what both formats can show, with colours that can be read."""
    ground = colours.parse(style.get("background-color", ""))
    text = colours.parse(style.get("color", ""))
    ink = text or colours.INK
    readable = colours.readable_text(ink, ground or colours.WHITE)
    result = {}
    for name in _KEPT:
        # plain words only: no address, no function, no other declaration
        if _WORD.fullmatch(style.get(name, "")):
            result[name] = style[name]
    for name, colour in (("background-color", ground), ("color", text)):
        result.pop(name, None)
        if colour is not None:
            result[name] = colours.hexadecimal(colour)
    if readable != ink:
        result["color"] = colours.hexadecimal(readable)
    return result
