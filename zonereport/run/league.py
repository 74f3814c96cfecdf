"""The first stage of a batch over all zones: what each is compared on, then one league a period, in reports/.batch.

``reports/.batch/zones/<zone>.csv`` remembers what a zone is compared on, with the key of what it was made of beside it;
``reports/.batch/<period>/league.csv`` ranks all zones, ``zones/<zone>.csv`` there are the rows of one: an input of its
edition, which is built again only where its own rows have changed. What a league says is opaque to this room.
"""

import os
import pickle
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zonereport.run import remember, snapshot
from zonereport.run.errors import described
from zonereport.run.execute import Place, single
from zonereport.run.prepared import Prepared

# hidden: it is no zone of reports/
BATCH = ".batch"
STANDING = "standing.csv"


@dataclass(frozen=True)
class League:
    """The first stage: ``make`` is called for every zone of ``zones``, then ``rank`` with the files that came of it.

    ``make(zone, periods)`` returns a Prepared with the file standing.csv, made of the data below ZONEREPORT_ROOT;
    ``rank(files, folder)`` writes below ``folder``; ``inputs`` are the files and folders that a zone's standing is made
    of, by zone.
    """

    root: Path
    reports: Path
    periods: tuple[str, ...]
    zones: tuple[str, ...]
    inputs: dict[str, tuple[Path, ...]]
    make: Callable[[str, Sequence[str]], Prepared]
    rank: Callable[[Sequence[Path], Path], Prepared]

    @property
    def folder(self) -> Path:
        """Where all of it is remembered."""
        return self.reports / BATCH


@dataclass(frozen=True)
class Comparison:
    """One zone of a league; it can be pickled."""

    zone: str
    periods: tuple[str, ...]
    inputs: tuple[Path, ...]
    root: Path
    folder: Path
    make: Callable[[str, Sequence[str]], Prepared]

    def key(self, prints: list[dict]) -> str:
        """Return the key of what comes of files with these fingerprints."""
        return remember.key(self.zone, self.periods, prints, remember.package(), remember.distributions())


def place_of(reports: Path, period: str, zone: str) -> tuple[Path, ...]:
    """Return the league file of a zone and period, if all zones have been ranked: none or one path."""
    path = reports / BATCH / period / "zones" / f"{zone}.csv"
    return (path,) if path.is_file() else ()


def make(league: League, pool, say: Callable[[str], object]) -> dict[str, dict]:
    """Make the league in a pool (see ``zonereport.run.pools``); return what went wrong, by zone, as ``described``.

    A zone that cannot be compared is left out: its editions will say why themselves. Where nothing has changed since
    the last time, nothing is done.
    """
    folder, items, keys, wrong = league.folder, [], [], {}
    # of a zone that has not changed since, nothing is made again
    for zone in league.zones:
        one = Comparison(zone, league.periods, league.inputs[zone], league.root, folder, league.make)
        keys.append(one.key(snapshot.now(one.inputs, (), league.root, zone)))
        if _key(folder, zone) != keys[-1]:
            items.append(one)
    say(f"ranking {len(league.zones)} zones: {len(league.zones) - len(items)} of them reused")
    with closing(pool.each(compare, items)) as results:
        for number, found in results:
            if "error" in found:
                wrong[items[number].zone] = found["error"]
    # a zone that cannot be compared leaves the others their ranks
    known = [folder / "zones" / f"{zone}.csv" for zone in league.zones if zone not in wrong]
    whole = remember.key(league.zones, sorted(wrong), keys)
    if known and (items or _text(folder / "league.key") != whole):
        with closing(pool.each(ranked, [(league.root, folder, partial(league.rank, known, folder), whole)])) as results:
            for _, found in results:
                if "error" in found:
                    return dict.fromkeys(league.zones, found["error"])
                say(found["summary"])
    return wrong


def compare(starter, one: Comparison, processes: int) -> dict:
    """Make the standing of one zone and put it, and its key, where ``make`` looks for them."""
    place = one.folder / "zones"
    try:
        with tempfile.TemporaryDirectory(prefix="zonereport-") as work:
            # what is read and what the key is made of are the same bytes
            taken = snapshot.take(one.inputs, (), one.root, Path(work) / "snapshot", one.zone)
            _run(partial(one.make, one.zone, one.periods), taken.root, Path(work), starter)
            content = (Path(work) / "job" / STANDING).read_bytes()
        # of a stop in between the old key must not vouch for the new file
        (place / f"{one.zone}.key").unlink(missing_ok=True)
        write(place / f"{one.zone}.csv", content)
        write(place / f"{one.zone}.key", one.key(taken.prints).encode())
    except Exception as error:
        return {"error": described(error)}
    return {}


def ranked(starter, item: tuple, processes: int) -> dict:
    """Rank all zones, and note of what."""
    root, folder, function, key = item
    try:
        (folder / "league.key").unlink(missing_ok=True)
        # written into the league's folder by the job itself, a file at a time
        with tempfile.TemporaryDirectory(prefix="zonereport-") as work:
            summary = _run(function, root, Path(work), starter)["summary"]
        write(folder / "league.key", key.encode())
    except Exception as error:
        return {"error": described(error)}
    return {"summary": summary}


def _run(function: Callable[[], Prepared], root: Path, work: Path, starter) -> dict:
    """Call a function that returns a Prepared in a process of its own; its files come into ``work``/job."""
    folder = work / "job"
    folder.mkdir()
    (folder / "prepare.pickle").write_bytes(pickle.dumps(function))
    return single(folder, {"job": "prepare"}, Place(root, work, work), starter)


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; one that has this content already is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # a file of mkstemp is for its owner only
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _key(folder: Path, zone: str) -> str:
    return _text(folder / "zones" / f"{zone}.key") if (folder / "zones" / f"{zone}.csv").is_file() else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
