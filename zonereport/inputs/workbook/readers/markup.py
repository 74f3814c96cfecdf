"""Streams of XML, read with a bound and without entities: what a sheet's markup says, tag by tag."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from zonereport.language import tr

CHUNK = 1 << 16


class Doctype(ValueError):
    """Markup that defines entities of its own, which no spreadsheet program writes."""


def parse(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Feed the tags of ``stream`` to the callbacks, names without their namespace prefix.

    The prefix is dropped because transitional and strict files, Excel and WPS differ in nothing else that is read.
    Raises ValueError for markup that is none, and for a DOCTYPE.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        end(name.rpartition(":")[2])

    def refuse(*_) -> None:
        # no spreadsheet needs entities of its own; bombs do
        raise Doctype(tr("markup with entities of its own"))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(tr("broken markup: {error}", error=error)) from None


def local(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their name without prefix."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
