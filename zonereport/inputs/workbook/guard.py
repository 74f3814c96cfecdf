"""A bound of time and memory around reading a file that anybody may have made."""

import contextlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zonereport.inputs.faults import Fault, InputError
from zonereport.language import tr

SECONDS = 60
# address space on top of what the process has when it starts to read
MEGABYTES = 1500
# below this size nothing can take long that the counts of the readers do not stop
SMALL = 100_000


def guarded(read: Callable[[Path], Any], path: Path) -> Any:
    """Return ``read(path)``, from a process of its own with a limit of time and memory where the file is not small.

    Raises what ``read`` raises as InputError, and InputError with one fault where a limit was met.
    """
    if path.stat().st_size < SMALL or not hasattr(os, "fork"):
        return read(path)
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(read, path, there), daemon=True)
    child.start()
    there.close()
    outcome: Any = None
    try:
        if here.poll(SECONDS):
            outcome = here.recv()
    # the process ended without a word: killed by its limit, or by a panic of a library
    except EOFError:
        outcome = None
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        child.join()
        here.close()
    if outcome is None:
        limits = tr("a book that is read within {seconds} s and {megabytes} MB", seconds=SECONDS, megabytes=MEGABYTES)
        raise InputError([Fault(path.name, None, None, tr("too large to read"), limits)])
    kind, content = outcome
    if kind == "faults":
        raise InputError(content)
    return content


def _work(read: Callable[[Path], Any], path: Path, there) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open("/proc/self/statm", encoding="ascii") as stream:
        pages = int(stream.read().split()[0])
    most = pages * resource.getpagesize() + MEGABYTES * (1 << 20)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # no traceback of a library, and no core: the parent says in one line what happened
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        there.send(("book", read(path)))
    except InputError as error:
        there.send(("faults", error.faults))
    except MemoryError:
        there.close()
    finally:
        os._exit(0)
