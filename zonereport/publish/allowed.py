"""What may stand in a page: an allow-list of elements and attributes, asked before anything is published.

Text is escaped where it is written, so that what arrives here is plain: tags of the list, attributes in double quotes,
no comment, and no ``<`` but in a tag. Of such a page every parser sees the same tags, and it passes as it is. Any other
goes through an HTML5 parser, as browsers have one: comments go, elements and attributes that are not on the list go or
become the text that they are, and what comes out has to be plain.
"""

import re

from zonereport.publish.errors import PublishError

_TEXT = r'[^"<>]*'
_NAMES = r"[\w -]*"
_LINK = r"(?:https?://|mailto:|#)" + _TEXT
_CELL = {"id": _NAMES, "class": _NAMES, "style": _TEXT, "scope": r"\w+", "colspan": r"\d{1,4}", "rowspan": r"\d{1,4}"}
# by element its attributes, and what each may hold
ELEMENTS: dict[str, dict[str, str]] = {
    "a": {"href": _LINK},
    "aside": {"class": "notice", "aria-label": _TEXT},
    "blockquote": {},
    "br": {},
    "code": {},
    "del": {},
    "div": {"class": "highlight|words"},
    "em": {},
    "figcaption": {},
    "figure": {
        "class": "chart|table",
        "data-chart": r"\d+",
        "data-alt": _TEXT,
        "data-sources": _TEXT,
        "data-values": _TEXT,
    },
    "h1": {"id": _TEXT},
    "h2": {"id": _TEXT},
    "h3": {"id": _TEXT},
    "h4": {"id": _TEXT},
    "h5": {"id": _TEXT},
    "h6": {"id": _TEXT},
    "hr": {},
    "li": {},
    "ol": {"start": r"\d+"},
    "p": {"class": "note"},
    "pre": {},
    "section": {"class": "verdict|small-print", "aria-label": _TEXT},
    "small": {},
    # besides notes, what a listing is coloured by
    "span": {"class": r"footnote|\w{1,3}", "data-key": _NAMES},
    "strong": {},
    "sub": {},
    "sup": {},
    "table": {"id": _NAMES, "class": _NAMES, "border": r"\d+"},
    "tbody": {},
    "td": _CELL,
    "th": _CELL,
    "thead": {},
    "tr": {"style": r"text-align: \w+;?"},
    "ul": {},
}
# the rules of a table, as pandas' Styler writes them; ``styler`` reads them and takes the element out
_STYLE = r'<style type="text/css">[^<]*</style>'


def _plain_page() -> re.Pattern:
    """Return the pattern of a page that needs no parser."""
    # one alternative an element: an attribute is allowed for that element only
    kinds = []
    for name, attributes in ELEMENTS.items():
        known = "|".join(f'{key}="(?:{value})"' for key, value in attributes.items())
        inside = rf"(?:\s+(?:{known}))*+" if known else ""
        kinds.append(rf"{name}{inside}\s*/?")
    closing = "|".join(ELEMENTS)
    tag = rf"<(?:/(?:{closing})\s*|{'|'.join(kinds)})>"
    # nothing is tried twice: a page of megabytes is looked at once
    return re.compile(rf"(?>[^<]++|{_STYLE}|{tag})*+")


_PLAIN = _plain_page()
_STYLES = re.compile(_STYLE)


def clean(html: str) -> str:
    """Return a body with nothing in it but what may stand there; a plain one comes back as it is.

    >>> clean('<p>a &lt; b</p>')
    '<p>a &lt; b</p>'
    >>> clean('<p>甲<!--><meta http-equiv=refresh content="0;url=//x">--><img src=x onerror=f()>乙</p>')
    '<p>甲&lt;meta http-equiv=refresh content="0;url=//x"&gt;--&gt;&lt;img src=x onerror=f()&gt;乙</p>'

    Raises:
        PublishError: what the parser made of it is not plain.
    """
    if is_plain(html):
        return html
    # slow, and needed for pages that somebody has written by hand only
    from bleach.sanitizer import Cleaner

    cleaner = Cleaner(
        tags=ELEMENTS.keys(),
        attributes=_may_have,
        protocols=("http", "https", "mailto"),
        strip_comments=True,
        css_sanitizer=_AsItIs(),
    )
    # it knows no rules of tables; where they stand does not matter to whom they are for
    page = "".join([*_STYLES.findall(html), cleaner.clean(_STYLES.sub("", html))])
    if not is_plain(page):
        raise PublishError("the report's text holds HTML that may not be published")
    return page


def is_plain(html: str) -> bool:
    """Tell whether a page holds what is allowed only, written so that no two parsers differ about it.

    >>> is_plain('<td class="data row0">a</td>'), is_plain("<td onclick='f()'>"), is_plain("a<b"), is_plain("<!-- -->")
    (True, False, False, False)
    """
    return _PLAIN.fullmatch(html) is not None


def _may_have(element: str, name: str, value: str) -> bool:
    pattern = ELEMENTS.get(element, {}).get(name)
    return pattern is not None and re.fullmatch(pattern, value) is not None


class _AsItIs:
    """Leaves a style attribute alone: ``styler`` keeps four of its properties, and of those what it understands."""

    def sanitize_css(self, style: str) -> str:
        """Return the declarations."""
        return style
