"""A word for whoever waits: what takes over two seconds says what it is doing."""

import contextlib
import sys
import threading
from collections.abc import Iterator

import click

# seconds of silence that nobody minds
SILENCE = 2.0


@contextlib.contextmanager
def waiting(text: str) -> Iterator[None]:
    """Print ``text`` to standard error where the block takes over two seconds and somebody sits at the terminal."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(SILENCE, click.echo, [f"{text} …"], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
