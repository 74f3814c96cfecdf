"""Changes of files and folders that happen in one step, and that a power cut does not undo."""

import ctypes
import os
import shutil
from pathlib import Path

# RENAME_EXCHANGE of linux/fs.h
_EXCHANGE = 2
# AT_FDCWD: the paths are what they are
_HERE = -100


def sync(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folder
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Wait until a folder with all that is in it has reached the disk."""
    # a folder after what is in it: its entries count when they are written
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(place, name))
        sync(Path(place))


def write(path: Path, content: bytes) -> None:
    """Write a new file and wait until it has reached the disk."""
    path.write_bytes(content)
    sync(path)


def exchange(one: Path, other: Path) -> bool:
    """Give two folders of one file system each other's name in one step; False where the system cannot do that."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        # no Linux, or an old C library
        return False
    return swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def replace_folder(new: Path, final: Path, old: Path) -> None:
    """Put ``new`` in the place of ``final``, which then is at ``old``; neither ``final`` nor ``old`` need be there.

    Where two folders cannot be exchanged in one step, ``final`` is missing for a moment: ``restore_folder`` puts it
    back when that moment was the last one of a process.
    """
    sync_tree(new)
    final.parent.mkdir(parents=True, exist_ok=True)
    if not final.exists():
        new.rename(final)
    elif exchange(new, final):
        new.rename(old)
    else:
        final.rename(old)
        try:
            new.rename(final)
        except BaseException:
            restore_folder(final, old)
            raise
    sync(final.parent)


def restore_folder(final: Path, old: Path) -> None:
    """Put a folder back that was moved away, if nothing has taken its place."""
    if old.exists() and not final.exists():
        final.parent.mkdir(parents=True, exist_ok=True)
        old.rename(final)


def copy_rights(source: Path, target: Path) -> None:
    """Give a new file the rights and the group of the one that it replaces, as far as this user may."""
    try:
        about = source.stat()
        shutil.copymode(source, target)
        os.chown(target, -1, about.st_gid)
    except (PermissionError, AttributeError):
        return
