"""Whoever interrupts a command is heard, even where Python drops the exception.

A KeyboardInterrupt that is raised within a finaliser or a callback is only printed; the command would go on waiting
for its jobs. So the signal is put down, and who waits looks at it.
"""

import signal
import threading
from types import FrameType

_HEARD = threading.Event()
# how long a lost interruption may take until it is seen, in seconds
LOOK = 0.5


def listen() -> None:
    """Let SIGINT, and where they are not ignored SIGTERM and SIGHUP, be heard and raise KeyboardInterrupt."""
    # the end of a terminal is no kill: what is half done is cleared away
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # nohup has chosen otherwise
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _hear)


def look() -> None:
    """Raise KeyboardInterrupt if the command was interrupted."""
    if _HEARD.is_set():
        raise KeyboardInterrupt


def _hear(number: int, frame: FrameType | None) -> None:
    _HEARD.set()
    raise KeyboardInterrupt
