"""What a run need not do again: keys made of contents, never of times.

An edition is what its files, its notebooks, their order, its parameters, the package and the environment make it: if
their key and the files in its folder are those of its manifest, there is nothing to do. A chapter is what its source,
its parameters, the package, the environment, the measures and the tables that it reads make it.
"""

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from zonereport.run import manifest
from zonereport.run.execute import Chapter, Task
from zonereport.run.prepared import Prepared

# the code is an input as well: another version may say something else of the same figures
PACKAGE = Path(__file__).resolve().parents[1]
# in place of names, where a chapter has not said what it read
EVERYTHING = "*"


def key(*parts: object) -> str:
    """Return the digest of anything that JSON can hold.

    >>> key("a", {"b": 1, "c": None}) == key("a", {"c": None, "b": 1})
    True
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def package() -> str:
    """Return the digest of this package: its modules and its templates."""
    found = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return key([[path.relative_to(PACKAGE).as_posix(), _sha256(path)] for path in sorted(found)])


@cache
def distributions() -> str:
    """Return the digest of Python's version and the names and versions of all installed distributions.

    The names of their folders say both; to read the metadata of each would take longer than all the rest.
    """
    names = {path.name for place in sys.path if place for path in Path(place).glob("*.dist-info")}
    return key(platform.python_version(), sys.platform, sorted(names))


def edition_key(
    identity: Mapping[str, object], wanted: Iterable[object], inputs: list[dict], code: Mapping[str, str] | None = None
) -> str:
    """Return the key of an edition; ``wanted`` says what is to be made of ``inputs``, the fingerprints of its files.

    ``code`` are the digests of package and distributions that made it; by default those of this process.
    """
    code = code or digests()
    return key(identity, list(wanted), inputs, code["package"], code["environment"])


def wanted(files: Iterable[str], made_of: Mapping[str, Iterable[str]], missing: str = "") -> list[object]:
    """Return what is to be made, as part of a key: files, which chapters make which document, what is said to miss."""
    stems = [[document, *names] for document, names in made_of.items()]
    return [*files, *stems, *filter(None, [missing])]


def digests() -> dict[str, str]:
    """Return the digests of this package and of what is installed beside it."""
    return {"package": package(), "environment": distributions()}


def is_current(earlier: dict, wanted: str, folder: Path) -> bool:
    """Tell whether a manifest has the key ``wanted``, all went well then, and its folder is as it says."""
    if earlier.get("key") != wanted or earlier.get("status") != "complete":
        return False
    # somebody may have edited a report, or put a file beside it
    there = filter(Path.is_file, folder.rglob("*"))
    files = [path for path in there if path.name != manifest.NAME]
    return _fingerprints(files, folder) == earlier["outputs"]


def chapter_key(task: Task, prepared: Prepared, inputs: list[dict], reads: Iterable[str] | None) -> str:
    """Return the key of a chapter that reads what ``reads`` names; None stands for all files of the edition.

    A name without a digest is a table that is not there; once it is, the key is another.
    """
    source = _sha256(task.notebook)
    read = {EVERYTHING: inputs}
    if reads is not None:
        read = {name: prepared.digests.get(name) for name in reads}
    return key(source, dict(task.parameters), package(), distributions(), prepared.base, read)


def reusable(task: Task, prepared: Prepared, inputs: list[dict], earlier: dict, folder: Path) -> Chapter | None:
    """Return the chapter that an earlier run left in ``folder``, if it is what executing it again would give."""
    entries = {entry["name"]: entry for entry in earlier.get("chapters", ())}
    entry = entries.get(task.notebook.stem, {})
    reads = entry.get("reads")
    if not entry.get("key") or entry["key"] != chapter_key(task, prepared, inputs, reads):
        return None
    # what is reused must be what was certified, and not what somebody has made of it
    path = folder / "notebooks" / f"{task.notebook.stem}.ipynb"
    outputs = {output["path"]: output["sha256"] for output in earlier.get("outputs", ())}
    if not path.is_file() or _sha256(path) != outputs.get(path.relative_to(folder).as_posix()):
        return None
    if reads is not None:
        reads = tuple(reads)
    return Chapter(path.stem, path, entry["seconds"], entry.get("cpu"), reads, reused=True)


def cost(notebook: Path, earlier: dict) -> float:
    """Estimate the seconds that a chapter takes: those of the earlier run; without one, long chapters first."""
    for entry in earlier.get("chapters", ()):
        if entry.get("name") == notebook.stem and entry.get("status") == "executed":
            return entry["seconds"]
    # longer than any known one: what may take longest begins first
    return 1000 + notebook.stat().st_size / 1000


def _fingerprints(paths: Iterable[Path], base: Path) -> list[dict]:
    try:
        return manifest.fingerprints(paths, base)
    except OSError:
        # gone between the look and the reading: not what the manifest says in any case
        return []


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
