"""Draft, checked, issued: freeze a draft as a candidate, and give the candidate its number for good."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from zonereport.disk import whole
from zonereport.editions import archive, store
from zonereport.editions.errors import EditionError
from zonereport.editions.store import Kept
from zonereport.publish.stamp import CHECKED, ISSUED, Stamp
from zonereport.run import manifest, remember, snapshot, staging, worker

# nobody writes into an issued edition, its owner included
READ_ONLY_FILE, READ_ONLY_FOLDER = 0o444, 0o555


def check(root: Path, reports: Path, zone: str, name: str, *, by: str, day: str) -> Kept:
    """Freeze the draft of a period as the candidate that may be issued, with the files that it was made of.

    Its documents are written anew: cover and pages say that they were checked, by whom, when. Raises EditionError for
    no draft, one that lacks a chapter or was touched, and where the data has changed since it was built.
    """
    with staging.held(reports, zone, name) as stage:
        edition = store.draft(reports, zone, name)
        if edition is None:
            raise EditionError(f"{zone} {name}: there is no draft; zonereport run {zone} --period {name}")
        _require_sound(edition)
        _require_unchanged(edition, root)
        number = store.next_number(reports, zone, name)
        stamp = replace(edition.stamp, status=CHECKED, number=number, day=day, checked_by=by, by="", reason="")
        shutil.copytree(edition.folder, stage.new, dirs_exist_ok=True)
        # beside a public edition nothing may lie that it withholds; the internal edition keeps the same files
        if not edition.manifest.get("public"):
            archive.write(stage.new / store.INPUTS, root, [entry["path"] for entry in edition.manifest["inputs"]])
            _require_kept(stage.new, edition.manifest)
        _stamped(stage.new, stage.work, edition.manifest, stamp)
        target = store.place_of(reports, zone, name, store.CHECKED)
        # the candidate before was never issued: what replaces it is what counts
        shutil.rmtree(target, ignore_errors=True)
        _moved(stage.new, target)
    return store.checked(reports, zone, name)


def issue(reports: Path, zone: str, name: str, *, by: str, reason: str, day: str, number: int | None = None) -> Kept:
    """Issue the checked candidate of a period: its documents say number and day, its files are read-only from then on.

    ``number`` is the next one, and is asked for only to be sure. The draft stays where it is. Raises EditionError for
    no candidate, another number, an empty ``by`` or ``reason``, a day before that of checking.
    """
    with staging.held(reports, zone, name) as stage:
        edition = store.checked(reports, zone, name)
        if edition is None:
            raise EditionError(
                f"{zone} {name}: nothing has been checked; zonereport issue {zone} {name} --check --by NAME"
            )
        _require_sound(edition)
        earlier = store.issued(reports, zone, name)
        if earlier and edition.stamp.number == earlier[-1].stamp.number:
            # a kill between the issue and the end left the candidate behind
            shutil.rmtree(edition.folder)
            raise EditionError(f"{zone} {name}: edition {edition.stamp.number} has been issued already")
        due = store.next_number(reports, zone, name)
        if number not in (None, due):
            raise EditionError(f"{zone} {name}: the next edition is number {due}, not {number}")
        if not by.strip() or not reason.strip():
            raise EditionError(f"{zone} {name}: an edition is issued by somebody, for a reason: --by and --reason")
        if day < edition.stamp.day:
            raise EditionError(f"{zone} {name}: it was checked on {edition.stamp.day}, after {day}")
        stamp = replace(edition.stamp, status=ISSUED, number=due, day=day, by=by.strip(), reason=reason.strip())
        shutil.copytree(edition.folder, stage.new, dirs_exist_ok=True)
        _stamped(stage.new, stage.work, edition.manifest, stamp)
        target = store.place_of(reports, zone, name, due)
        _moved(stage.new, target)
        protect(target)
        shutil.rmtree(edition.folder, ignore_errors=True)
    return store.issued(reports, zone, name)[-1]


def protect(folder: Path) -> None:
    """Take the right to write from all files of a folder, and from the folders themselves."""
    for place, _, files in os.walk(folder, topdown=False):
        for file in files:
            os.chmod(Path(place, file), READ_ONLY_FILE)
        os.chmod(place, READ_ONLY_FOLDER)


def write_documents(folder: Path, work: Path, about: dict, stamp: Stamp) -> None:
    """Write the documents of an edition anew from its executed notebooks, with a stamp."""
    # pages lead to what stands beside them, as they did when the run wrote them
    beside = [*manifest.files_of(about), *sorted(path.name for path in folder.glob("*.csv"))]
    for name, stems in manifest.files_of(about).items():
        chapters = [str(folder / "notebooks" / f"{stem}.ipynb") for stem in stems]
        form = name.rpartition(".")[2]
        task = {"file": name, "format": form, "chapters": chapters, "stamp": stamp.as_dict(), "files": beside}
        worker.export(task, work)
        os.replace(work / name, folder / name)


def _stamped(folder: Path, work: Path, about: dict, stamp: Stamp) -> None:
    write_documents(folder, work, about, stamp)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != manifest.NAME]
    outputs = manifest.fingerprints(files, folder)
    manifest.write(folder, about | {"edition": stamp.as_dict(), "outputs": outputs})


def _require_sound(edition: Kept) -> None:
    """Refuse an edition that lacks something, or whose files are not those that its run left."""
    about = edition.manifest
    if "documents" not in about:
        raise EditionError(f"{edition.label}: built by an older version; run it again")
    if about["status"] != "complete":
        raise EditionError(f"{edition.label}: a chapter or an exhibit of it failed; run it again")
    if not remember.is_current(about, about["key"], edition.folder):
        raise EditionError(f"{edition.label}: its files are not those that were built; run it again")


def _require_unchanged(edition: Kept, root: Path) -> None:
    paths = [root / entry["path"] for entry in edition.manifest["inputs"]]
    with snapshot.quiet_zone(root, edition.zone):
        try:
            same = _sorted(manifest.fingerprints(paths, root)) == _sorted(edition.manifest["inputs"])
        except OSError:
            same = False
    if not same:
        raise EditionError(f"{edition.label}: its data or chapters have changed since; run it again, then check it")


def _require_kept(folder: Path, about: dict) -> None:
    """Refuse where what was packed is not what was read: somebody may have imported in between."""
    if archive.prints(folder / store.INPUTS) != _sorted(about["inputs"]):
        raise EditionError("the data was changed while it was being kept; run the report again")


def _sorted(prints: list[dict]) -> list[dict]:
    return sorted(prints, key=lambda one: (one["path"], one["sha256"]))


def _moved(new: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.sync_tree(new)
    new.rename(target)
    whole.sync(target.parent)
