"""A copy of a zone folder to write and to check in; the zone itself changes by ``zonereport.disk.journal``."""

import csv
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.schemas import Table

# what a zone keeps of its books is not looked at, and may be large
KEPT = ("received", "inbox")


@dataclass(frozen=True)
class Staged:
    """A staging root with the zone as it would be; ``files`` are those that were written, below the zone's folder."""

    root: Path
    zone: str
    files: tuple[str, ...]
    schemas: dict[str, Table]

    @property
    def folder(self) -> Path:
        """The zone folder in the staging root."""
        return self.root / "data" / self.zone


def stage(
    staging: Path,
    zone: str,
    root: Path,
    tables: Mapping[str, list[dict[str, str]]],
    texts: Mapping[str, str | bytes],
    schemas: dict[str, Table],
    gone: Iterable[str] = (),
) -> Staged:
    """Copy data/``zone`` and the dictionary into an empty folder beside it and write ``tables`` and ``texts`` there.

    ``texts`` are the contents of other files by name; files that are ``gone`` are left out.
    """
    target = staging / "data" / zone
    shutil.copytree(root / "data" / "dictionary", staging / "data" / "dictionary")
    files = [*(f"{name}.csv" for name in tables), *texts]
    anew = {*files, *gone, *KEPT}
    shutil.copytree(root / "data" / zone, target, ignore=lambda _, names: anew & set(names), copy_function=_linked)
    for name in gone:
        (target / name).unlink(missing_ok=True)
    for name, rows in tables.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, schemas[name].columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, text in texts.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        # what stands there is the zone's own file by another name: nothing may be written into it
        (target / name).unlink(missing_ok=True)
        if isinstance(text, str):
            text = text.encode("utf-8")
        (target / name).write_bytes(text)
    return Staged(staging, zone, tuple(files), schemas)


def _linked(source: str, target: str) -> str:
    # nothing is written into these copies, and a ledger may be large
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
