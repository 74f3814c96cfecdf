"""Errors that a user can mend are one red line in a notebook; their traceback is there for ``%debug`` and ``%tb``."""

import sys

from zonereport.inputs import Refused
from zonereport.metrics.schemas import UnknownFrame
from zonereport.present.known import UnknownName

# what says itself what is wrong: where in our code it was found helps nobody
MENDABLE = (Refused, UnknownName, UnknownFrame)
RED, PLAIN = "\x1b[31m", "\x1b[0m"


def shorten(shell) -> None:
    """Let ``shell``, an InteractiveShell, print MENDABLE errors without their traceback."""
    shell.set_custom_exc(MENDABLE, _print)


def _print(shell, kind, error, traceback, tb_offset=None) -> list[str]:
    # what %debug looks at
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, traceback
    lines = [f"{RED}{line}{PLAIN}" for line in str(error).splitlines()]
    shell._showtraceback(kind, error, lines)
    return lines
