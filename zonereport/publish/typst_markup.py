"""The smallest pieces of Typst: text as text, whatever is in it, and lengths and colours."""

import re
from collections.abc import Iterable

_SPACE = re.compile("[ \t\n\r\f]+")


def string(text: str) -> str:
    r"""Write a Typst string literal.

    >>> print(string('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def text(value: str) -> str:
    """Write a text so that no character of it is markup: a string literal, closed by a semicolon.

    Runs of white space become one space, as in HTML.

    >>> print(text("# 1. *x* [y] $"))
    #"# 1. *x* [y] $";
    """
    if not value:
        return ""
    return f"#{string(_SPACE.sub(' ', value))};"


def array(values: Iterable[str]) -> str:
    """Write a Typst array of pieces of code; one element needs its comma too.

    >>> array(["1fr"]), array([])
    ('(1fr,)', '()')
    """
    written = ", ".join(values)
    # without its comma (1fr) would be the piece itself; an empty array may not have one
    if written:
        written += ","
    return f"({written})"


def colour(hexadecimal: str) -> str:
    """Write a colour given as ``#rrggbb``, or ``transparent``, which on paper is white.

    >>> colour("#1f4e79")
    'rgb("#1f4e79")'
    """
    if hexadecimal == "transparent":
        return "white"
    return f'rgb("{hexadecimal}")'
