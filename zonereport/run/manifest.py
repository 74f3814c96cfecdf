"""The birth certificate of an edition: what it was made of, by which code, and what came out."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from zonereport import __version__
from zonereport.run.execute import Chapter, ChapterFailed

# the form of the file; a reader that knows another leaves it alone
SCHEMA = 2
NAME = "manifest.json"
# bytes read at a time: a ledger may be larger than the memory
BLOCK = 1 << 20
# those that decide what a page looks like
DISTRIBUTIONS = (
    "pandas",
    "seaborn",
    "matplotlib",
    "papermill",
    "nbconvert",
    "typst",
    "python-docx",
    "openpyxl",
    "python-pptx",
    "zonereport",
)


def write(folder: Path, content: dict) -> None:
    """Write the manifest of an edition into its folder."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> dict | None:
    """Read the manifest of an edition; None where there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def manifest(
    *,
    code: Mapping[str, object],
    identity: dict[str, object],
    chapters: Iterable[Chapter],
    inputs: list[dict],
    outputs: list[dict],
    key: str = "",
    keys: Mapping[str, str] | None = None,
    stamp: Mapping[str, object] | None = None,
    card: Mapping[str, object] | None = None,
    digests: Mapping[str, str] | None = None,
    made_of: Mapping[str, Iterable[str]] | None = None,
    formats: Iterable[str] = (),
    attachments: Mapping[str, Iterable[str]] | None = None,
) -> dict:
    """Compose a manifest. Only ``built_at``, the seconds and ``reused`` differ between two runs on the same inputs.

    ``identity`` says which edition it is: zone, period, book, parameters. ``inputs`` and ``outputs`` come from
    ``fingerprints``; ``key`` is the edition's and ``keys`` are the chapters', by name, of ``remember``, ``digests``
    what its function of that name gives. ``code`` is what ``git_state`` says, ``stamp`` what the documents say of
    themselves, ``card`` what the site says of it; ``made_of`` and ``formats`` say which chapters make which documents,
    ``attachments`` which make what goes along with them.
    """
    entries = [_entry(chapter, (keys or {}).get(chapter.name)) for chapter in chapters]
    degraded = any(entry["reason"] for entry in entries)
    return {
        "schema": SCHEMA,
        "zonereport": __version__,
        "commit": code["commit"],
        "dirty": code["dirty"],
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **identity,
        "edition": dict(stamp or {}),
        "card": dict(card or {}),
        "status": "degraded" if degraded else "complete",
        "chapters": entries,
        "documents": {name: list(stems) for name, stems in (made_of or {}).items()},
        "formats": list(formats),
        "attachments": {name: list(stems) for name, stems in (attachments or {}).items()},
        "inputs": inputs,
        "outputs": outputs,
        "key": key,
        "digests": dict(digests or {}),
        "environment": {"python": platform.python_version(), "distributions": _versions()},
    }


def files_of(content: Mapping) -> dict[str, list[str]]:
    """Return the files that a manifest says were written of chapters, each with their names.

    >>> files_of({"documents": {"brief": ["a"]}, "formats": ["html"], "attachments": {"annex.xlsx": ["b"]}})
    {'brief.html': ['a'], 'annex.xlsx': ['b']}
    """
    found = {}
    for document, stems in content.get("documents", {}).items():
        for form in content.get("formats", ()):
            found[f"{document}.{form}"] = stems
    # an older version has none
    return found | dict(content.get("attachments", {}))


def fingerprints(files: Iterable[Path], base: Path) -> list[dict]:
    """Return path (relative to ``base``), sha256 and size in bytes of each file, sorted by path.

    Of a file outside ``base`` only the name is told: a manifest holds no path of a machine.
    """
    base, found = Path(base).absolute(), []
    for file in {Path(file).absolute() for file in files}:
        content = hashlib.sha256()
        size = 0
        with file.open("rb") as stream:
            # counted as it is read: the size belongs to the bytes that were hashed
            while block := stream.read(BLOCK):
                content.update(block)
                size += len(block)
        path = file.name
        if file.is_relative_to(base):
            path = file.relative_to(base).as_posix()
        found.append({"path": path, "sha256": content.hexdigest(), "bytes": size})
    return sorted(found, key=lambda entry: (entry["path"], entry["sha256"]))


def git_state(root: Path) -> dict[str, str | bool | None]:
    """Return the commit checked out at ``root`` and whether files differ from it; None outside git."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    changes = _git(root, "status", "--porcelain")
    if commit is None or changes is None:
        return {"commit": commit, "dirty": None}
    return {"commit": commit, "dirty": bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    # inside a git hook GIT_DIR and its like point to another repository
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _entry(chapter: Chapter, key: str | None) -> dict:
    status, reads = "executed", chapter.reads
    if isinstance(chapter, ChapterFailed):
        status = "failed"
    # None: the chapter did not say, and is taken to have read everything
    if reads is not None:
        reads = list(reads)
    return {
        "name": chapter.name,
        "status": status,
        "reused": chapter.reused,
        "seconds": round(chapter.seconds, 2),
        "cpu": chapter.cpu,
        "reason": chapter.reason or None,
        "reads": reads,
        "key": key,
    }


def _versions() -> dict[str, str | None]:
    # a run that finds nothing to do reads manifests only, and this costs more than that
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
