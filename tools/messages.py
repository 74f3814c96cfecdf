"""The catalogues of what the program says: collected from its calls of ``tr`` and ``noted``, merged, compiled.

``python -m tools.messages`` brings messages/zh/LC_MESSAGES/zonereport.po up to date and compiles it; ``--check`` only
says what is not. A new message stands there without a translation until somebody writes one.
"""

import argparse
import datetime
import io
import re
import string
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from zonereport.language import CHINESE, DOMAIN, FOLDER

PACKAGE = FOLDER.parent
PLACE = FOLDER / CHINESE / "LC_MESSAGES" / f"{DOMAIN}.po"
KEYWORDS = {"tr": None, "noted": None}
WIDTH = 116
# the same sources, the same bytes: a catalogue has no day
_PERSONS = "POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator"
_DAYS = re.compile(rf'^"(?:{_PERSONS}): .*\n', re.MULTILINE)
NO_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def collected() -> Catalog:
    """Return every message of the package, with the files that say it."""
    found = Catalog(locale=CHINESE, domain=DOMAIN, project=DOMAIN, fuzzy=False, charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for _, message, comments, _ in extract_from_file("python", path, keywords=KEYWORDS):
            found.add(message, locations=[(path.relative_to(PACKAGE.parent).as_posix(), 0)], auto_comments=comments)
    return found


def kept() -> Catalog:
    """Return the catalogue that stands, with its translations."""
    with PLACE.open("rb") as stream:
        return read_po(stream, locale=CHINESE, domain=DOMAIN)


def merged() -> Catalog:
    """Return the catalogue of all that is said today: translations stay, what is said no longer goes.

    Nothing is guessed from a message that resembles another one: a wrong translation is worse than none.
    """
    catalogue = collected()
    if not PLACE.exists():
        return catalogue
    before = kept()
    for message in catalogue:
        old = before.get(message.id)
        if message.id and old is not None:
            message.string = old.string
            message.user_comments = old.user_comments
    return catalogue


def po_text(catalogue: Catalog) -> str:
    """Return a catalogue as the text of its .po file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, omit_header=False)
    return _DAYS.sub("", stream.getvalue().decode("utf-8"))


def mo_bytes(text: str) -> bytes:
    """Return the .mo file of the text of a .po file."""
    catalogue = read_po(io.BytesIO(text.encode("utf-8")), locale=CHINESE, domain=DOMAIN)
    catalogue.creation_date = catalogue.revision_date = NO_DAY
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def placeholders(text: str) -> set[str]:
    """Return the names in the braces of a message.

    >>> sorted(placeholders("{count} rows of {table:>5}"))
    ['count', 'table']
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wrong(catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with translations: one that is missing, fuzzy, or has other placeholders."""
    for message in catalogue:
        if message.id:
            yield from _wrong(message)


def _wrong(message: Message) -> Iterator[str]:
    if not message.string:
        yield f"no translation: {message.id!r}"
    elif message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    elif placeholders(message.id) != placeholders(message.string):
        yield f"other placeholders: {message.id!r}, {message.string!r}"


def main() -> int:
    """Write the catalogue and its compiled form, or check both."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything is out of date")
    check = parser.parse_args().check
    catalogue = merged()
    text = po_text(catalogue)
    faults = list(wrong(catalogue))
    if not check:
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_text(text, encoding="utf-8")
        PLACE.with_suffix(".mo").write_bytes(mo_bytes(text))
    elif not PLACE.exists() or PLACE.read_text(encoding="utf-8") != text:
        faults.append(f"{PLACE.name} is not that of the program: make messages")
    print("\n".join(faults or [f"{len(catalogue)} messages, all translated"]))
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
