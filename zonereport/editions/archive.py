"""The files that an edition was made of, in one zip: same files, same bytes."""

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path

from zonereport.editions.errors import EditionError

# a zip knows no earlier day, and a day of the clock would be another every time
DAY = (1980, 1, 1, 0, 0, 0)
# rw-r--r-- of a plain file, where zip keeps it
_RIGHTS = 0o100644 << 16
# as a snapshot is unpacked only by ``verify``: nobody's archive may fill the disk
LARGEST = 4 << 30


def write(target: Path, root: Path, paths: Iterable[str]) -> None:
    """Pack files below ``root`` under their relative paths, sorted."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(set(paths)):
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _RIGHTS, 3
            archive.writestr(entry, (root / name).read_bytes())


def prints(path: Path) -> list[dict]:
    """Return path, sha256 and bytes of every file in the zip, sorted, as a manifest has them.

    Raises EditionError for what is no zip.
    """
    found = []
    with _opened(path) as archive:
        for entry in archive.infolist():
            content = archive.read(entry)
            digest = hashlib.sha256(content).hexdigest()
            found.append({"path": entry.filename, "sha256": digest, "bytes": len(content)})
    return sorted(found, key=lambda entry: (entry["path"], entry["sha256"]))


def text(path: Path, name: str) -> str | None:
    """Return one file of the zip as text; None where it has none of that name."""
    with _opened(path) as archive:
        if name not in archive.namelist():
            return None
        return archive.read(name).decode("utf-8-sig")


def unpack(path: Path, folder: Path) -> None:
    """Unpack the zip below a folder. Raises EditionError for a path that leads out of it, or far too much."""
    with _opened(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise EditionError(f"{path.name}: unpacked it would be larger than {LARGEST >> 30} GB")
        for entry in archive.infolist():
            target = (folder / entry.filename).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise EditionError(f"{path.name}: {entry.filename} leads out of the folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise EditionError(f"{path.name}: cannot be read: {error}") from None
