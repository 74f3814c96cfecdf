"""Several files of one folder replaced at one moment: what is to come is written down first, then done.

Beside the folder of a zone, ``.import-<zone>`` holds what is being made. As soon as ``journal.json`` stands in it, the
change counts as done: who finds the journal (after a kill, a power cut) carries it out to the end. Without a journal
nothing has happened, and the folder goes.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from zonereport.disk import whole
from zonereport.disk.locks import Busy, locked

JOURNAL = "journal.json"
# the zones that this process holds, with its own id: what a fork inherits is its parent's
_held: list[tuple[int, Path]] = []


class Unsettled(Exception):
    """An earlier change stopped half-way, and this user may not carry it out."""


class Changed(Exception):
    """Somebody has changed a file that was to be replaced."""


def lock_of(root: Path, zone: str) -> Path:
    """Return the lock of a zone: held alone by what changes data/``zone``, shared by what reads it."""
    return root / "data" / f".{zone}.lock"


def staging_of(root: Path, zone: str) -> Path:
    """Return the folder in which a change of data/``zone`` is made."""
    return root / "data" / f".import-{zone}"


@contextlib.contextmanager
def writing(root: Path, zone: str, *, patience: float = 0.0) -> Iterator[Path]:
    """Hold a zone alone and hand over an empty folder to make its change in, which is gone afterwards.

    What an earlier change left is carried out, or cleared away, first. Raises Busy where the zone is held by others.
    """
    with locked(lock_of(root, zone), patience=patience), _holding(root, zone):
        settle(root, zone)
        staging = staging_of(root, zone)
        staging.mkdir()
        try:
            yield staging
        finally:
            settle(root, zone)


@contextlib.contextmanager
def reading(root: Path, zone: str, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a zone together with others that read it: nobody changes it meanwhile, and no change is half done.

    Who may not write beside the zone reads without a lock: nobody who may is kept waiting for him. Raises Busy, and
    Unsettled where a change is half done and this user may not carry it out.
    """
    lock = lock_of(root, zone)
    if not os.access(lock.parent, os.W_OK):
        if (staging_of(root, zone) / JOURNAL).exists():
            raise Unsettled(
                f"{zone}: an import stopped half-way; import or check the zone as a user who may write data/"
            )
        yield
        return
    while True:
        # readers cannot carry it out together: one of them does, alone
        if staging_of(root, zone).exists():
            with contextlib.suppress(Busy), locked(lock):
                settle(root, zone)
        with locked(lock, shared=True, patience=patience):
            # whoever held it alone may have been killed since the look above
            if (staging_of(root, zone) / JOURNAL).exists():
                continue
            with _holding(root, zone):
                yield
            return


@contextlib.contextmanager
def undisturbed(root: Path, zone: str, *, patience: float = 0.0) -> Iterator[None]:
    """As ``reading``; within ``reading`` or ``writing`` of this process nothing more is to be done."""
    if (os.getpid(), lock_of(root, zone)) in _held:
        yield
        return
    with reading(root, zone, patience=patience):
        yield


@contextlib.contextmanager
def _holding(root: Path, zone: str) -> Iterator[None]:
    held = os.getpid(), lock_of(root, zone)
    _held.append(held)
    try:
        yield
    finally:
        _held.remove(held)


def fingerprint(path: Path) -> str | None:
    """Return the sha256 of a file's content; None where there is no file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def commit(
    root: Path, zone: str, made: Path, before: Mapping[str, str | None], gone: Mapping[str, str | None] | None = None
) -> None:
    """Replace files of data/``zone`` by those of the same name below ``made``, all at one moment.

    Files named in ``gone`` are taken away at the same moment; they have their fingerprints, too.

    ``made`` lies in the staging folder of the zone. ``before`` has the fingerprint of each file as it was when the
    change was made. Raises Changed, with the zone as it is, where one is another by now.
    """
    folder, staging, gone = root / "data" / zone, staging_of(root, zone), dict(gone or {})
    for name, known in (dict(before) | gone).items():
        # an editor knows no lock
        if fingerprint(folder / name) != known:
            raise Changed(f"{zone}/{name} was changed by somebody else while it was being imported; import again")
    for name, known in before.items():
        if known:
            whole.copy_rights(folder / name, made / name)
        whole.sync(made / name)
    note = {"made": made.relative_to(staging).as_posix(), "before": dict(before), "gone": gone}
    whole.write(staging / "journal.new", json.dumps(note).encode())
    # everything that the journal speaks of is on the disk before it is
    whole.sync(made)
    os.replace(staging / "journal.new", staging / JOURNAL)
    whole.sync(staging)
    settle(root, zone)


def settle(root: Path, zone: str) -> list[str]:
    """Carry out what a journal says, clear the staging folder away, and return the names of the files replaced.

    Whoever calls it holds the zone alone. A file that somebody has edited after the change had stopped half-way is
    kept beside the new one, as ``<name>.edited``.
    """
    staging, folder, done = staging_of(root, zone), root / "data" / zone, []
    if not staging.exists():
        return done
    if (staging / JOURNAL).exists():
        note = json.loads((staging / JOURNAL).read_text(encoding="utf-8"))
        for name, known in note["before"].items():
            if _replace(staging / note["made"] / name, folder / name, known):
                done.append(name)
        # a journal of an earlier version takes nothing away
        gone = note.get("gone", {})
        for name, known in gone.items():
            if _take_away(folder / name, known):
                done.append(name)
        # and what it says is done before it goes
        for place in {(folder / name).parent for name in (*note["before"], *gone)}:
            whole.sync(place)
        (staging / JOURNAL).unlink()
    shutil.rmtree(staging)
    return done


def _replace(made: Path, target: Path, known: str | None) -> bool:
    # what is not there any more has been put in its place already
    if not made.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if fingerprint(target) not in (None, known):
        os.replace(target, target.with_name(f"{target.name}.edited"))
    os.replace(made, target)
    return True


def _take_away(target: Path, known: str | None) -> bool:
    found = fingerprint(target)
    if found is None:
        return False
    if found == known:
        target.unlink()
    else:
        # what somebody has edited since is kept, and is no table any more
        os.replace(target, target.with_name(f"{target.name}.edited"))
    return True


def left_behind(root: Path) -> list[str]:
    """Return the zones that somebody holds or changes now, or did when he was killed."""
    data, prefix = root / "data", staging_of(root, "").name
    zones = {path.name.removeprefix(prefix) for path in data.glob(f"{prefix}*")}
    zones |= {path.name.removeprefix(".").removesuffix(".lock") for path in data.glob(".*.lock")}
    return sorted(zones)
