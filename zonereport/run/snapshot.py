"""What an edition is made of, copied once: what is read, what is hashed and what is certified are the same bytes."""

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zonereport.disk.journal import Unsettled, reading
from zonereport.disk.locks import Busy
from zonereport.run import manifest
from zonereport.run.errors import BuildError, EditionBusy

# what a zone keeps of its books and of how they came: no edition is made of it
BESIDE = frozenset({"received", "inbox", "imports.csv"})
# seconds to wait for an import that is changing the zone; it takes some ten at most
PATIENCE = 60


@dataclass(frozen=True)
class Snapshot:
    """Copies of files below ``root``, each where it is below the project's folder, and their fingerprints.

    ``data`` is what the chapters are about, ``notebooks`` are the chapters themselves.
    """

    root: Path
    data: list[dict]
    notebooks: list[dict]
    chapters: tuple[Path, ...]

    @property
    def prints(self) -> list[dict]:
        """The fingerprints of all of it, as they stand in the manifest."""
        return [*self.data, *self.notebooks]


def expanded(inputs: Iterable[Path], root: Path) -> list[Path]:
    """Return the files that inputs name: a folder stands for all files in it, but for hidden ones and those beside."""
    found = []
    for path in inputs:
        if path.is_dir():
            inner = (file for file in sorted(path.rglob("*")) if file.is_file())
            found += [file for file in inner if not _is_beside(file.relative_to(path))]
        else:
            found.append(path)
    return found


def take(inputs: Iterable[Path], chapters: Iterable[Path], root: Path, folder: Path, zone: str) -> Snapshot:
    """Copy the inputs and chapters of an edition into a folder, while nobody imports into the zone.

    Raises EditionBusy while somebody does, and OSError for what is not there.
    """
    # a moment only: what is read later on is the copy, and an import need not wait for a report
    with quiet_zone(root, zone):
        data = [_copied(path, root, folder) for path in expanded(inputs, root)]
        notebooks = [_copied(path, root, folder) for path in chapters]
    prints = manifest.fingerprints(data, folder)
    return Snapshot(folder, prints, manifest.fingerprints(notebooks, folder), tuple(notebooks))


def now(inputs: Iterable[Path], chapters: Iterable[Path], root: Path, zone: str) -> list[dict]:
    """Return the fingerprints that a snapshot would have now; empty where a file is missing."""
    with quiet_zone(root, zone):
        try:
            data = manifest.fingerprints(expanded(inputs, root), root)
            return [*data, *manifest.fingerprints(chapters, root)]
        except FileNotFoundError:
            # no edition is made of nothing: it differs from whatever there was
            return []


@contextlib.contextmanager
def quiet_zone(root: Path, zone: str) -> Iterator[None]:
    """Keep imports out of a zone for as long as its files are read."""
    stack = contextlib.ExitStack()
    with stack:
        try:
            stack.enter_context(reading(root, zone, patience=PATIENCE))
        except Busy:
            raise EditionBusy(f"{zone}: an import is under way") from None
        except Unsettled as error:
            raise BuildError(str(error)) from None
        yield


def _is_beside(path: Path) -> bool:
    return path.parts[0] in BESIDE or any(part.startswith(".") for part in path.parts)


def _copied(path: Path, root: Path, folder: Path) -> Path:
    # what lies outside the project keeps its name only, as in the manifest
    inside = Path(path.name)
    if path.is_relative_to(root):
        inside = path.relative_to(root)
    target = folder / inside
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
    return target
