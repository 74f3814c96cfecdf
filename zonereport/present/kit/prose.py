"""A small format for sentences: paragraphs, points, numbered points, a head in bold before a point.

Whatever else a text holds is text: names come from data, and no mark or tag in one may act.
"""

import html
import re
from collections.abc import Iterable, Mapping

_POINT = re.compile(r"- (.*)")
_NUMBERED = re.compile(r"\d+\. (.*)")
_HEAD = re.compile(r"\*\*(.+?)\*\*(：.*)")


def bullets(items: Iterable[str]) -> str:
    """Return a list of the items that say something.

    >>> bullets(["一家", "", "两家"])
    '- 一家\\n- 两家'
    """
    return "\n".join(f"- {item}" for item in items if item)


def numbered(items: Iterable[str]) -> str:
    """Return a numbered list of the items that say something.

    >>> numbered(["一家", "", "两家"])
    '1. 一家\\n2. 两家'
    """
    filled = [item for item in items if item]
    return "\n".join(f"{place}. {item}" for place, item in enumerate(filled, 1))


def points(lines: Mapping[str, str]) -> str:
    """Return a list of what is said under each head, the head in bold; a head with nothing to say is left out.

    >>> print(points({"总量": "增长5%。", "目标": ""}))
    - **总量**：增长5%。
    """
    return bullets(f"**{head}**：{text}" for head, text in lines.items() if text)


def prose_html(text: str) -> str:
    """Return the HTML of a text in this format; every character that is no mark of it is escaped.

    >>> prose_html("共8个。\\n- **总量**：增长<5%。\\n- **甲")
    '<p>共8个。</p><ul><li><strong>总量</strong>：增长&lt;5%。</li><li>**甲</li></ul>'
    """
    pieces: list[str] = []
    opened = ""
    # a change of element closes the list before it: lists do not nest
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        element, content = _line(line)
        if element != opened:
            pieces.append(_closing(opened))
            pieces.append(_opening(element))
            opened = element
        tag = "li" if element else "p"
        pieces.append(f"<{tag}>{content}</{tag}>")
    pieces.append(_closing(opened))
    return "".join(pieces)


def _line(line: str) -> tuple[str, str]:
    """The list that a line belongs to, empty for a paragraph, and its content as HTML."""
    for element, pattern in (("ul", _POINT), ("ol", _NUMBERED)):
        found = pattern.fullmatch(line)
        if found:
            return element, _headed(found[1])
    return "", _headed(line)


def _headed(text: str) -> str:
    found = _HEAD.fullmatch(text)
    if found:
        return f"<strong>{html.escape(found[1], quote=False)}</strong>{html.escape(found[2], quote=False)}"
    return html.escape(text, quote=False)


def _opening(element: str) -> str:
    return f"<{element}>" if element else ""


def _closing(element: str) -> str:
    return f"</{element}>" if element else ""
