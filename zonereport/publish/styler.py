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

_KEPT = ("background-color", "color", "font-weight", "text-align")
_WORD = re.compile(r"[\w#.%-]+|rgba?\([\d.,% ]+\)")


def inline(soup: BeautifulSoup) -> None:
    """Move the rules of every <style> of the page into the ``style`` of the cells they speak of.

    Kept are ground, text colour, weight and alignment; colours become ``#rrggbb`` and are mended
    where the contrast would be under 4.5 to 1. Ids and the <style> elements go.
    """
    found: dict[int, list[tuple[tuple[int, int, int], int, dict[str, str]]]] = {}
    every = [element for element in soup.find_all(True) if element.name in ("th", "td")]
    by_id = {cell["id"]: cell for cell in every if cell.has_attr("id")}
    by_table: dict[str, list[Tag]] = {}
    for table in soup.find_all("table", id=True):
        by_table.setdefault(table["id"], []).append(table)
    for order, (selector, rules) in enumerate(_rules(soup)):
        plain = re.fullmatch(r"#([\w-]+)", selector)
        cells = [by_id[plain[1]]] if plain and plain[1] in by_id else _matching(soup, selector, by_table)
        weight = (1, 0, 0) if plain else _weight(selector)
        for cell in cells:
            found.setdefault(id(cell), []).append((weight, order, rules))
    for cell in every:
        merged: dict[str, str] = {}
        for _, _, rules in sorted(found.get(id(cell), []), key=lambda item: item[:2]):
            merged.update(rules)
        if cell.get("style"):
            merged.update(_declarations(cell["style"]))
        style = _mend(merged) if merged else {}
        cell.attrs = {k: v for k, v in cell.attrs.items() if k not in ("id", "style", "width", "height")}
        if style:
            write(cell, style)
    for element in soup.find_all("style"):
        element.decompose()
    for table in soup.find_all("table"):
        table.attrs = {}


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
    for element in soup.find_all("style"):
        for rule in tinycss2.parse_stylesheet(element.get_text(), skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declarations = _declarations(rule.content)
                for selector in tinycss2.serialize(rule.prelude).split(","):
                    result.append((selector.strip(), declarations))
    return result


def _declarations(source) -> dict[str, str]:
    parsed = tinycss2.parse_declaration_list(source, skip_comments=True, skip_whitespace=True)
    return {d.lower_name: tinycss2.serialize(d.value).strip() for d in parsed if d.type == "declaration"}


def _matching(soup: BeautifulSoup, selector: str, by_table: Mapping[str, list[Tag]]) -> list[Tag]:
    places: list[Tag] = [soup]
    within = re.fullmatch(r"#([\w-]+)\s+(.+)", selector)
    # a rule of one table asks its own cells only: to ask those of the whole page takes longer than all the rest
    if within and within[1] in by_table:
        places, selector = by_table[within[1]], within[2]
    try:
        found = []
        for place in places:
            found += place.select(selector)
        return [cell for cell in found if cell.name in ("th", "td")]
    except soupsieve.SelectorSyntaxError:  # a browser's own pseudo-class: nothing that stands on paper
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
    ground = colours.parse(style.get("background-color", "")) if "background-color" in style else None
    text = colours.parse(style.get("color", "")) if "color" in style else None
    ink = text or colours.INK
    readable = colours.readable_text(ink, ground or colours.WHITE)
    # plain words only: no address, no function, no other declaration
    result = {name: style[name] for name in _KEPT if _WORD.fullmatch(style.get(name, ""))}
    for name, colour in (("background-color", ground), ("color", text)):
        if colour is None:
            result.pop(name, None)
        else:
            result[name] = colours.hexadecimal(colour)
    if readable != ink:
        result["color"] = colours.hexadecimal(readable)
    return result
