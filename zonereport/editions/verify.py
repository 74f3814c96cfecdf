"""Whether an edition is what it claims to be: its files, what it was made of, its run, and the same made once more."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zonereport.editions import archive, store
from zonereport.editions.errors import EditionError
from zonereport.editions.store import Kept
from zonereport.language import tr
from zonereport.publish.stamp import LONG, Stamp
from zonereport.run import manifest, remember
from zonereport.run.edition import build
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared

GOOD, BAD, UNKNOWN = "ok", "not ok", "not known"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``ok``, ``not ok`` or ``not known``, and what was found, one line each."""

    what: str
    state: str
    lines: tuple[str, ...] = ()


def verify(
    edition: Kept, make: Callable[..., Prepared], warm, say: Callable[[str], object], *, rebuild: bool = True
) -> list[Finding]:
    """Look at an edition: files, inputs, run, and with ``rebuild`` whether the same inputs make the same bytes.

    ``make`` prepares an edition, ``warm`` is what its processes import (see ``zonereport.prepare``). Nothing is written
    beside the edition. What goes wrong while it is built once more is a finding, too.
    """
    about = edition.manifest
    findings = [_files(edition), _run(about)]
    kept = edition.folder / store.INPUTS
    if not kept.is_file():
        why = tr("its inputs were not kept: only checked and issued editions have them")
        return [*findings, Finding(tr("inputs"), UNKNOWN, (why,)), Finding(tr("rebuilt"), UNKNOWN, (why,))]
    findings.append(_inputs(kept, about))
    # what is not what it was made of proves nothing when it is made again
    if rebuild and all(finding.state == GOOD for finding in findings):
        findings.append(_rebuilt(edition, make, warm, say))
    return findings


def _files(edition: Kept) -> Finding:
    told = {entry["path"]: entry["sha256"] for entry in edition.manifest.get("outputs", ())}
    files = [path for path in edition.folder.rglob("*") if path.is_file() and path.name != manifest.NAME]
    there = {entry["path"]: entry["sha256"] for entry in manifest.fingerprints(files, edition.folder)}
    wrong = [tr("{name}: missing", name=name) for name in sorted(set(told) - set(there))]
    wrong += [tr("{name}: not of this edition", name=name) for name in sorted(set(there) - set(told))]
    wrong += [tr("{name}: changed", name=name) for name in sorted(told) if name in there and there[name] != told[name]]
    if not told:
        wrong.append(tr("the manifest names no files"))
    return Finding(tr("files"), BAD if wrong else GOOD, tuple(wrong))


def _run(about: dict) -> Finding:
    """The run's id is made of all that went in: of other inputs it would be another."""
    stamp = Stamp.of(about.get("edition")) or Stamp()
    identity = {name: about.get(name) for name in ("zone", "period", "book", "parameters")}
    if about.get("public"):
        identity["public"] = True
    made_of = about.get("documents", {}) | about.get("attachments", {})
    wanted = remember.wanted(manifest.files_of(about), made_of, stamp.missing)
    if not about.get("digests"):
        return Finding(tr("run"), UNKNOWN, (tr("built by an older version"),))
    made = remember.edition_key(identity, wanted, about["inputs"], about["digests"])
    wrong = []
    if made != about.get("key"):
        wrong.append(tr("the manifest has been changed: its key is not that of its inputs"))
    if stamp.run != made[:LONG]:
        wrong.append(tr("the documents name the run {run}; these inputs give {made}", run=stamp.run, made=made[:LONG]))
    return Finding(tr("run"), BAD if wrong else GOOD, tuple(wrong))


def _inputs(kept: Path, about: dict) -> Finding:
    try:
        found = {entry["path"]: entry["sha256"] for entry in archive.prints(kept)}
    except EditionError as error:
        return Finding(tr("inputs"), BAD, (str(error),))
    told = {entry["path"]: entry["sha256"] for entry in about["inputs"]}
    wrong = [name for name in sorted({*told, *found}) if told.get(name) != found.get(name)]
    return Finding(tr("inputs"), BAD if wrong else GOOD, tuple(wrong))


def _rebuilt(edition: Kept, make: Callable[..., Prepared], warm, say: Callable[[str], object]) -> Finding:
    about = edition.manifest
    note = ()
    if about["digests"] != remember.digests():
        commit = about.get("commit") or tr("unknown")
        note = (
            tr("made by another program or environment (commit {commit}); figures are compared", commit=commit[:7]),
        )
    with tempfile.TemporaryDirectory(prefix="zonereport-") as name:
        root = Path(name)
        archive.unpack(edition.folder / store.INPUTS, root)
        try:
            outcome = build(_again(edition, root, make), say, warm=warm)
        except Exception as error:
            return Finding(tr("rebuilt"), BAD, (*note, f"{type(error).__name__}: {error}"))
        made = {
            path.relative_to(outcome.folder).as_posix(): path for path in outcome.folder.rglob("*") if path.is_file()
        }
        told = [entry["path"] for entry in about["outputs"] if entry["path"] != store.INPUTS]
        if note:
            told = ["measures.csv"]
        wrong = [path for path in told if path not in made or made[path].read_bytes() != _bytes(edition, path)]
    lines = tuple(tr("{name}: other bytes", name=name) for name in wrong)
    if not wrong:
        lines = (tr("{count} files, the same bytes", count=len(told)),)
    return Finding(tr("rebuilt"), BAD if wrong else GOOD, note + lines)


def _again(edition: Kept, root: Path, make: Callable[..., Prepared]) -> Edition:
    """Return the edition to be built from its kept inputs below ``root``."""
    about = edition.manifest
    paths = [root / entry["path"] for entry in about["inputs"]]
    places = {}
    for path in paths:
        relative = path.relative_to(root)
        if path.name == "measures.csv" and store.EDITIONS in relative.parts:
            places["earlier"] = relative
        elif relative.parts[0] == "reports" and path.suffix == ".csv":
            places["league"] = relative
    stems = [chapter["name"] for chapter in about["chapters"]]
    return Edition(
        root=root,
        zone=about["zone"],
        period=about["period"],
        book=about["book"],
        chapters=tuple(root / "notebooks" / f"{stem}.ipynb" for stem in stems),
        documents={document: tuple(chapters) for document, chapters in about["documents"].items()},
        reports=root / "rebuilt",
        parameters=about["parameters"],
        formats=tuple(about["formats"]),
        attachments={name: tuple(chapters) for name, chapters in about.get("attachments", {}).items()},
        inputs=tuple(path for path in paths if path.suffix != ".ipynb"),
        prepare=partial(make, about["zone"], about["period"], str(about["parameters"].get("park", "")), places),
        stamp=Stamp.of(about["edition"]),
    )


def _bytes(edition: Kept, path: str) -> bytes:
    return (edition.folder / path).read_bytes()


def as_json(edition: Kept, findings: list[Finding]) -> str:
    """Return what was found as JSON."""
    rows = [{"what": one.what, "state": one.state, "lines": list(one.lines)} for one in findings]
    return json.dumps({"edition": edition.label, "findings": rows}, ensure_ascii=False, indent=2)
