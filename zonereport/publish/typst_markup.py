"""The smallest pieces of Typst: text as text, whatever is in it, and lengths and colours."""

import re

# a no-break space is none of them
_SPACE = re.compile("[ \t\n\r\f]+")


def string(text: str) -> str:
    r"""Write a Typst string literal.

    >>> print(string('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    # nothing else acts within quotes
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


def array(values) -> str:
    """Write a Typst array of pieces of code; one element needs its comma too.

    >>> array(["1fr"]), array([])
    ('(1fr,)', '()')
    """
    inside = ", ".join(values)
    # without a comma one value in brackets is no array
    return f"({inside},)" if inside else "()"


def colour(hexadecimal: str) -> str:
    """Write a colour given as ``#rrggbb``, or ``transparent``, which on paper is white.

    >>> colour("#1f4e79")
    'rgb("#1f4e79")'
    """
    if hexadecimal == "transparent":
        return "white"
    return f'rgb("{hexadecimal}")'
