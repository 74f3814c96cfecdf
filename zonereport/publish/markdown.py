"""Markdown to HTML, once for both formats, with nbconvert's own renderer."""

import re
from re import Match

import mistune
from bs4 import BeautifulSoup
from mistune.inline_parser import InlineParser, InlineState
from nbconvert.filters.markdown_mistune import IPythonRenderer

# CommonMark lets ** neither open nor close between a Chinese character and punctuation (约**36%**的), so
# plain pairs are read before its own rule sees them.
_STRONG = r"\*\*(?=[^\s*])(?P<strong_text>[^*\n]*[^\s*\\])\*\*(?!\*)"
_URL = r"https?://[!-;=?-~]*[\w/#=&-](?<![^!-~])"
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")


def _parse_strong(inline: InlineParser, match: Match[str], state: InlineState) -> int:
    inner = state.copy()
    inner.src = match["strong_text"]
    state.append_token({"type": "strong", "children": inline.render(inner)})
    return match.end()


def _parse_url(inline: InlineParser, match: Match[str], state: InlineState) -> int:
    state.append_token({"type": "link", "children": [{"type": "text", "raw": match[0]}], "attrs": {"url": match[0]}})
    return match.end()


def _ascii_url(markdown: mistune.Markdown) -> None:
    """Mistune plugin: an address that stands by itself, up to the first character that is not of one (等, 。)."""
    markdown.inline.register("ascii_url", _URL, _parse_url)


def _chinese_strong(markdown: mistune.Markdown) -> None:
    """Mistune plugin: bold pairs beside Chinese text and punctuation."""
    markdown.inline.register("chinese_strong", _STRONG, _parse_strong, before="emphasis")


def render(source: str) -> str:
    """Turn Markdown into HTML; raw HTML in it is text, formulas are not read.

    A line break between Chinese characters is no space. A footnote stands where it is called, as
    ``<span class="footnote">``, empty where the same is called again: each format moves it to its own place.

    >>> render("约**36%**的[^a]\\n\\n[^a]: 说明")
    '<p>约<strong>36%</strong>的<span class="footnote" data-key="fn-1">说明</span></p>'
    """
    # The renderer is made anew each time: it and the parser keep state between calls.
    parser = mistune.Markdown(
        renderer=IPythonRenderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True),
        inline=InlineParser(hard_wrap=False),
        plugins=[*map(mistune.import_plugin, ("strikethrough", "table", "footnotes")), _ascii_url, _chinese_strong],
    )
    # authors break lines where they like; Chinese has no space there
    html = _WIDE_BREAK.sub("", str(parser(source))).strip()
    return _footnotes_in_place(html) if "footnote-ref" in html else html


def _footnotes_in_place(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    section = soup.find("section", class_="footnotes")
    notes = {}
    for item in section.find_all("li", id=True):
        for back in item.find_all("a", class_="footnote"):
            back.decompose()
        notes[item["id"]] = [child for paragraph in item.find_all("p") for child in paragraph.contents]
    section.extract()
    for call in soup.find_all("sup", class_="footnote-ref"):
        key = call.a["href"].lstrip("#")
        note = soup.new_tag("span", attrs={"class": "footnote", "data-key": key})
        note.extend(notes.pop(key, []))
        call.replace_with(note)
    return str(soup).strip()
