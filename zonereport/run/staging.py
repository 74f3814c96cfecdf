"""A folder is replaced as a whole or not at all: lock, build beside it, exchange the two in one step.

Everything on the way lives in ``reports/.staging/<zone>/<name>/``, on the file system of the report itself:
``new`` and ``old`` (the report to come, and the earlier one on its way out), ``work`` and ``lock``.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk import whole
from zonereport.disk.locks import Busy, locked
from zonereport.run.errors import EditionBusy

STAGING = ".staging"


@dataclass(frozen=True)
class Stage:
    """Two empty folders: ``new`` becomes the report, ``work`` is thrown away."""

    new: Path
    work: Path

    @property
    def old(self) -> Path:
        """Where the earlier report goes when ``new`` takes its place."""
        return self.new.with_name("old")


@contextmanager
def staged(reports: Path, zone: str, name: str) -> Iterator[Stage]:
    """Lock an edition and build it aside: when the block ends, ``new`` becomes ``reports/zone/name``.

    When the block raises, whatever stood there stays as it was. What a killed run left is cleared first,
    and an earlier report that it had moved away is put back.
    Raises EditionBusy where another process holds the lock.
    """
    with held(reports, zone, name) as stage:
        yield stage
        whole.replace_folder(stage.new, reports / zone / name, stage.old)


@contextmanager
def held(reports: Path, zone: str, name: str) -> Iterator[Stage]:
    """Lock an edition and hand over two empty folders beside it, which are gone afterwards: nobody builds it meanwhile.

    What a killed run left is cleared first. Raises EditionBusy where another process holds the lock.
    """
    slot, final, fresh = reports / STAGING / zone / name, reports / zone / name, not reports.exists()
    stage = Stage(slot / "new", slot / "work")
    try:
        with ExitStack() as stack:
            _lock(slot, stack, f"{zone} {name}: another run is building this edition")
            _settle(slot, final)
            # whatever happens in the block, and before the lock is let go
            stack.callback(_clear, slot)
            stage.new.mkdir()
            stage.work.mkdir()
            yield stage
    finally:
        _leave(slot, reports if fresh else None)


def settle(reports: Path) -> list[str]:
    """Clear away what killed runs have left, put back what they had moved away, and return the editions."""
    done = []
    for slot in sorted((reports / STAGING).glob("*/*")):
        zone, name = slot.parent.name, slot.name
        # somebody is at work there, or this user may not write: it is left to who may
        with suppress(EditionBusy, OSError):
            with ExitStack() as stack:
                _lock(slot, stack, "")
                _settle(slot, reports / zone / name)
                done.append(f"{zone} {name}")
            _leave(slot, None)
    for folder in (*(reports / STAGING).glob("*"), reports / STAGING):
        with suppress(OSError):
            folder.rmdir()
    return done


def _lock(slot: Path, stack: ExitStack, words: str) -> None:
    """Make the folder and hold its lock; whoever has just left it may be taking it away meanwhile."""
    for _ in range(100):
        try:
            slot.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(slot / "lock"))
        except FileNotFoundError:
            # whoever has left it took the folder away between the two steps
            continue
        except Busy:
            raise EditionBusy(words) from None
        return
    raise EditionBusy(words)


def _settle(slot: Path, final: Path) -> None:
    whole.restore_folder(final, slot / "old")
    _clear(slot)


def _clear(slot: Path) -> None:
    # the lock stays: it is the last thing to go
    for name in ("new", "old", "work"):
        shutil.rmtree(slot / name, ignore_errors=True)


def _leave(slot: Path, reports: Path | None) -> None:
    folders = [slot, slot.parent, slot.parent.parent]
    if reports:
        folders.append(reports)
    with suppress(OSError):
        for folder in folders:
            # refuses, as it should, where another edition is at work
            folder.rmdir()
