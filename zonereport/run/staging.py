"""A folder is replaced as a whole or not at all: lock, build beside it, swap by rename.

Everything on the way lives in ``reports/.staging/<zone>/<name>/``, on the file system of the report itself:
``new`` and ``old`` (the report to come, and the earlier one for the moment of the swap), ``work`` and ``lock``.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from zonereport.run.errors import EditionBusy


@dataclass(frozen=True)
class Stage:
    """Two empty folders: ``new`` becomes the report, ``work`` is thrown away."""

    new: Path
    work: Path


@contextmanager
def staged(reports: Path, zone: str, name: str) -> Iterator[Stage]:
    """Lock an edition and build it aside: when the block ends, ``new`` becomes ``reports/zone/name``.

    When the block raises, whatever stood there stays as it was. What a killed run left is cleared first,
    and an earlier report that it had moved away is put back.
    Raises EditionBusy where another process holds the lock.
    """
    slot, final, fresh = reports / ".staging" / zone / name, reports / zone / name, not reports.exists()
    stage, old = Stage(slot / "new", slot / "work"), slot / "old"
    _make(slot)
    lock = FileLock(slot / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise EditionBusy(f"{zone} {name}: another run is building this edition") from None
    try:
        _restore(final, old)
        _clear(slot)
        stage.new.mkdir()
        stage.work.mkdir()
        yield stage
        _swap(stage.new, final, old)
    finally:
        _clear(slot)
        with suppress(OSError):
            # while it is held: who opened it meanwhile sees a deleted file and asks for a new one
            (slot / "lock").unlink()
        lock.release()
        with suppress(OSError):
            for folder in (slot, slot.parent, slot.parent.parent, *([reports] if fresh else [])):
                folder.rmdir()  # refuses, as it should, where another edition is at work


def _make(slot: Path) -> None:
    """Make a folder; another edition of the zone may just be taking the folder above it away."""
    for _ in range(100):
        with suppress(FileNotFoundError):
            return slot.mkdir(parents=True, exist_ok=True)
    slot.mkdir(parents=True, exist_ok=True)


def _swap(new: Path, final: Path, old: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        if final.exists():
            final.rename(old)
        new.rename(final)
    except BaseException:
        _restore(final, old)
        raise


def _restore(final: Path, old: Path) -> None:
    """Put the earlier report back if it was moved away and nothing has taken its place."""
    if old.exists() and not final.exists():
        final.parent.mkdir(parents=True, exist_ok=True)
        old.rename(final)


def _clear(slot: Path) -> None:
    for name in ("new", "old", "work"):
        shutil.rmtree(slot / name, ignore_errors=True)
