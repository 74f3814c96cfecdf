"""Locks that stand beside what they guard, so that everybody who shares the folder meets the same one.

A lock is a file that is locked by the operating system (flock): it opens by itself when its holder ends, however that
happens. Between machines it holds where the storage passes such locks on; docs/security.md says which does. The file
has the group and the rights of its folder, so that whoever may write there may lock; it is taken away by whoever leaves
last.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:
    # Windows: there a lock that readers share is as exclusive as any
    fcntl = None

# seconds between two looks at a lock that somebody holds
PAUSE = 0.05
_READ_AND_WRITE_BITS = 0o666


class Busy(Exception):
    """Somebody else holds the lock."""


@contextlib.contextmanager
def locked(path: Path, *, shared: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock of a file, alone or with others that share it; wait for it ``patience`` seconds.

    Raises Busy where it is still held then, and OSError where the file cannot be made.
    """
    handle = _acquired(path, shared, time.monotonic() + patience)
    try:
        yield
    finally:
        _release(handle, path)


def _acquired(path: Path, shared: bool, end: float) -> int:
    while True:
        handle = _opened(path)
        try:
            _take(handle, shared)
        except BlockingIOError:
            os.close(handle)
            if time.monotonic() >= end:
                raise Busy(path.name) from None
            time.sleep(PAUSE)
            continue
        except BaseException:
            os.close(handle)
            raise
        if _is_at(handle, path):
            return handle
        # the one before took the file away while this one waited: it guards nothing any more
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _READ_AND_WRITE_BITS)
    except FileExistsError:
        return _existing(path)
    with contextlib.suppress(OSError, AttributeError):
        folder = path.parent.stat()
        os.fchmod(handle, folder.st_mode & _READ_AND_WRITE_BITS)
        # only root may give the file to the folder's owner; its group is enough for the others
        with contextlib.suppress(PermissionError):
            os.fchown(handle, -1, folder.st_gid)
        with contextlib.suppress(PermissionError):
            os.fchown(handle, folder.st_uid, -1)
    return handle


def _existing(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR)
    except PermissionError:
        # on local file systems a lock asks for no right to write
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return _opened(path)


def _take(handle: int, shared: bool) -> None:
    if fcntl:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
        return
    import msvcrt

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        raise BlockingIOError from error


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _release(handle: int, path: Path) -> None:
    try:
        # alone with it: nobody else shares it; who waits for it finds it gone and makes a new one
        with contextlib.suppress(OSError):
            _take(handle, shared=False)
            if _is_at(handle, path):
                path.unlink()
    finally:
        os.close(handle)
