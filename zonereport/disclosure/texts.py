"""The text of every kind of file that an edition has, as whoever opens it, or looks into it, could read it."""

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

TAG = re.compile(r"<[^>]*>")
# pictures and fonts inside a page: letters by chance, no text
DATA = re.compile(r"data:[\w/+.;-]+;base64,[A-Za-z0-9+/=\s]+")
SPACE = re.compile(r"\s+")
# parts of an office file that are no text
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".ttf", ".odttf", ".bin")


class UnreadableFile(Exception):
    """A file of a kind that nobody knows how to read, or that cannot be read; its words say which."""


def text_of(path: Path) -> str:
    """Return all text of a file: what is printed, what is hidden in it, its metadata.

    Raises UnreadableFile: what cannot be read cannot be found clean.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"{path.name}: no reader for files of this kind")
    try:
        return reader(path)
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(f"{path.name}: {type(error).__name__}: {error}") from error


def squeezed(text: str) -> str:
    """Return a text as it is compared: without white space and invisible characters, full-width letters as plain ones.

    >>> squeezed("皓珂 汽车\\n部件（ＡＢ）")
    '皓珂汽车部件(AB)'
    """
    plain = unicodedata.normalize("NFKC", text)
    # a soft hyphen or a zero-width space inside a name hides nothing from a reader
    return "".join(letter for letter in SPACE.sub("", plain) if unicodedata.category(letter) != "Cf")


def _page(path: Path) -> str:
    """A page twice: as it stands, with its attributes and scripts, and without tags, where a name may run over some."""
    source = DATA.sub("", path.read_text(encoding="utf-8"))
    return html.unescape(source) + "\n" + html.unescape(TAG.sub("", source))


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _json(path: Path) -> str:
    """JSON with its escapes undone, texts one by one, and those of them that are pages without their tags."""
    parts: list[str] = []
    _collect(json.loads(path.read_text(encoding="utf-8")), parts)
    whole = DATA.sub("", "\n".join(parts))
    return whole + "\n" + html.unescape(TAG.sub("", whole))


def _collect(value: object, parts: list[str]) -> None:
    if isinstance(value, dict):
        for name, content in value.items():
            parts.append(str(name))
            _collect(content, parts)
    elif isinstance(value, list):
        # a notebook keeps a text line by line
        if value and all(isinstance(one, str) for one in value):
            parts.append("".join(value))
        for one in value:
            _collect(one, parts)
    else:
        parts.append(str(value))


def _pdf(path: Path) -> str:
    """The pages of a PDF, its properties, bookmarks, alternative texts and tags."""
    import pikepdf
    import pypdfium2

    parts = []
    # both have C libraries behind them, which want to be closed
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            textpage = page.get_textpage()
            parts.append(textpage.get_text_bounded())
            textpage.close()
            page.close()
    with pikepdf.open(path) as document:
        parts.append(str(document.docinfo))
        for thing in document.objects:
            _strings(thing, parts)
        if "/Metadata" in document.Root:
            parts.append(document.Root.Metadata.read_bytes().decode("utf-8", "replace"))
    return "\n".join(parts)


def _strings(thing: object, parts: list[str]) -> None:
    """The strings of a PDF object: titles of bookmarks, /Alt and /ActualText among them."""
    import pikepdf

    if isinstance(thing, pikepdf.Dictionary):
        for value in thing.values():
            _strings_below(value, parts)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            _strings_below(value, parts)
    else:
        _strings_below(thing, parts)


def _strings_below(value: object, parts: list[str]) -> None:
    import pikepdf

    # what is referred to is an object of its own, and comes by itself
    if isinstance(value, pikepdf.String):
        parts.append(str(value))
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        _strings(value, parts)


def _office(source: Path | io.BytesIO) -> str:
    """Every part of a Word, Excel or PowerPoint file, properties and comments included; files inside files, too."""
    parts = []
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            parts.append(name)
            content = archive.read(name)
            if name.lower().endswith((".xlsx", ".docx", ".pptx")):
                # the data behind a native chart
                parts.append(_office(io.BytesIO(content)))
            elif not name.lower().endswith(PICTURES):
                page = content.decode("utf-8", "replace")
                # a name may run over several tags, two numbers may not run together
                parts += map(html.unescape, (page, TAG.sub("", page), TAG.sub("|", page)))
    return "\n".join(parts)


READERS: dict[str, Callable[[Path], str]] = {
    ".html": _page,
    ".svg": _page,
    ".xml": _page,
    ".csv": _plain,
    ".txt": _plain,
    ".md": _plain,
    ".yml": _plain,
    ".css": _plain,
    ".js": _plain,
    ".json": _json,
    ".ipynb": _json,
    ".pdf": _pdf,
    ".docx": _office,
    ".xlsx": _office,
    ".pptx": _office,
}
