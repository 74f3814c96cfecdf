"""Where editions stand: drafts in ``reports/<zone>/<name>``, issued ones in ``reports/<zone>/editions/<name>/<n>``.

``checked`` beside the numbers is the candidate that was checked and has not been issued. Nothing here imports pandas.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zonereport.publish.stamp import Stamp
from zonereport.run import manifest

EDITIONS, CHECKED = "editions", "checked"
# the tables, the dictionary, the catalogue and the chapters that an edition was made of
INPUTS = "inputs.zip"
# of an issued edition, what the next draft is compared with
BASIS = ("measures.csv", INPUTS, manifest.NAME)
_NUMBER = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True)
class Kept:
    """An edition as it stands in its folder: the draft of a period, a checked candidate, or an issued one."""

    zone: str
    name: str
    folder: Path
    manifest: dict

    @property
    def stamp(self) -> Stamp:
        """Which edition it says it is; a report of a version that knew no editions is the draft of the first."""
        return Stamp.of(self.manifest.get("edition")) or Stamp()

    @property
    def label(self) -> str:
        """How a command names it: demo/2022-12, demo/2022-12/1.

        >>> Kept("demo", "2022-12", Path("reports/demo/editions/2022-12/1"), {}).label
        'demo/2022-12/1'
        """
        place = f"{self.zone}/{self.name}"
        if self.folder.name != self.name:
            place = f"{place}/{self.folder.name}"
        return place


def issued(reports: Path, zone: str, name: str) -> list[Kept]:
    """Return the issued editions of a period, the first one first."""
    folders = [folder for folder in _place(reports, zone, name).glob("*") if _NUMBER.fullmatch(folder.name)]
    found = []
    for folder in sorted(folders, key=lambda folder: int(folder.name)):
        found += _kept(zone, name, folder)
    return found


def checked(reports: Path, zone: str, name: str) -> Kept | None:
    """Return the candidate of a period that was checked and not issued yet."""
    found = _kept(zone, name, _place(reports, zone, name) / CHECKED)
    return found[0] if found else None


def draft(reports: Path, zone: str, name: str) -> Kept | None:
    """Return the report that the last run left."""
    found = _kept(zone, name, reports / zone / name)
    return found[0] if found else None


def next_number(reports: Path, zone: str, name: str) -> int:
    """Return the number that the next issued edition of a period will have."""
    return max((edition.stamp.number for edition in issued(reports, zone, name)), default=0) + 1


def basis(reports: Path, zone: str, name: str) -> tuple[Path, ...]:
    """Return the files of the edition issued last that a new draft is compared with; none before the first."""
    earlier = issued(reports, zone, name)
    if not earlier:
        return ()
    return tuple(earlier[-1].folder / file for file in BASIS)


def every(reports: Path) -> Iterator[Kept]:
    """Yield all editions of all zones: by zone and period, the draft, the candidate, then the issued ones."""
    for zone in sorted(path.name for path in reports.glob("*") if path.is_dir() and not path.name.startswith(".")):
        yield from of_zone(reports, zone)


def of_zone(reports: Path, zone: str) -> Iterator[Kept]:
    """Yield all editions of a zone: by period, the draft, the candidate, then the issued ones."""
    folders = [*(reports / zone).glob("*"), *(reports / zone / EDITIONS).glob("*")]
    for name in sorted({folder.name for folder in folders if folder.is_dir() and folder.name != EDITIONS}):
        for edition in (draft(reports, zone, name), checked(reports, zone, name)):
            if edition:
                yield edition
        yield from issued(reports, zone, name)


def place_of(reports: Path, zone: str, name: str, number: int | str) -> Path:
    """Return the folder of an issued edition, or of the candidate."""
    return _place(reports, zone, name) / str(number)


def _place(reports: Path, zone: str, name: str) -> Path:
    return reports / zone / EDITIONS / name


def _kept(zone: str, name: str, folder: Path) -> list[Kept]:
    content = manifest.read(folder)
    # a folder without a manifest is nobody's edition
    return [Kept(zone, name, folder, content)] if content else []
