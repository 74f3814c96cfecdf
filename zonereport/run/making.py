"""Make one edition in its staging folder: prepare, execute or reuse, export, certify."""

import json
import pickle
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from zonereport.publish.stamp import Stamp
from zonereport.run import manifest, remember
from zonereport.run.errors import BuildError
from zonereport.run.execute import Chapter, ChapterFailed, Place, Task, execute, several, single
from zonereport.run.launch import ForkServer, Spawner
from zonereport.run.limits import Limits
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared
from zonereport.run.snapshot import Snapshot
from zonereport.run.staging import Stage


class Steps:
    """Counts the steps and says each in a line: ``[2/6] 03_enterprises  executed  3.1 s``."""

    def __init__(self, names: list[str], say: Callable[[str], object]):
        self.say, self.count, self.total, self.width = say, 0, len(names), max(map(len, names))

    def __call__(self, name: str, what: str, more: str = "") -> None:
        self.count += 1
        self.say(f"[{self.count}/{self.total}] {name:<{self.width}}  {what}{more and '  '}{more}")

    def chapter(self, chapter: Chapter) -> None:
        if isinstance(chapter, ChapterFailed):
            self(chapter.name, f"FAILED  {chapter.seconds:.1f} s", chapter.reason)
        else:
            self(chapter.name, "reused" if chapter.reused else f"executed  {chapter.seconds:.1f} s", chapter.reason)


def verdict(folder: Path, made_of: Mapping[str, Sequence[str]]) -> str:
    """Return the first verdict of an edition's executed chapters, in the order of its documents; empty for none."""
    for stem in dict.fromkeys(stem for stems in made_of.values() for stem in stems):
        notebook = json.loads((folder / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", ()):
                if output.get("metadata", {}).get("zonereport", {}).get("role") == "verdict":
                    return "".join(output["data"].get("text/plain", "")).replace("**", "")
    return ""


@dataclass(frozen=True)
class Run:
    """One run: the edition, where it is put together, what it is made of, and by what."""

    edition: Edition
    stage: Stage
    source: Snapshot
    starter: ForkServer | Spawner
    engine: str
    jobs: int
    limits: Limits
    step: Steps
    stamp: Stamp

    def fill(self, tasks: list[Task], earlier: dict) -> tuple[list[Chapter], dict[str, str], dict]:
        """Put the chapters, the report and what belongs to it into the new folder.

        Return the chapters, their keys and the edition's card.

        ``earlier`` is the manifest whose chapters may be reused.
        """
        edition, new, data = self.edition, self.stage.new, self.source.data
        logs = edition.root / "logs" / edition.zone / edition.name
        # of an earlier run: a log that stands there is one of this run
        shutil.rmtree(logs, ignore_errors=True)
        place, prepared = self._prepared(Place(edition.root, self.stage.work, logs))
        chapters = self._chapters(tasks, place, prepared, earlier)
        failed = [chapter for chapter in chapters if isinstance(chapter, ChapterFailed)]
        if len(failed) == len(chapters):
            first = f"{failed[0].name}: {failed[0].reason}" if failed else "the book has no chapters"
            raise BuildError(f"{edition.zone} {edition.name}: no chapter could be made; {first}")
        # published with the report: who doubts a figure can see how it was made
        (new / "notebooks").mkdir()
        keys = {}
        for task, chapter in zip(tasks, chapters, strict=True):
            shutil.copyfile(chapter.notebook, new / "notebooks" / f"{chapter.name}.ipynb")
            # one that lacks an exhibit is tried again by the next run
            if not chapter.reason:
                keys[chapter.name] = remember.chapter_key(task, prepared, data, chapter.reads)
        self._export(place)
        return chapters, keys, dict(prepared.card)

    def _chapters(self, tasks: list[Task], place: Place, prepared: Prepared, earlier: dict) -> list[Chapter]:
        """Take the chapters that an earlier run has executed as they would be now, and execute the others."""
        folder = self.edition.folder
        known = [remember.reusable(task, prepared, self.source.data, earlier, folder) for task in tasks]
        for chapter in filter(None, known):
            self.step.chapter(chapter)
        left = [task for task, chapter in zip(tasks, known, strict=True) if chapter is None]
        ran = execute(
            left,
            place,
            self.starter,
            engine=self.engine,
            jobs=self.jobs,
            limits=self.limits,
            done=self.step.chapter,
        )
        # in the order of the book again: those that ran stand between those that were known
        fresh = iter(ran)
        return [chapter or next(fresh) for chapter in known]

    def _prepared(self, place: Place) -> tuple[Place, Prepared]:
        """Make what the chapters share; return the place with it, and what is known of it, not the thing itself."""
        if self.edition.prepare is None:
            return place, Prepared()
        folder = self.stage.work / "edition"
        folder.mkdir()
        (folder / "prepare.pickle").write_bytes(pickle.dumps(self.edition.prepare))
        # it reads the copies: what is hashed and what is read cannot differ
        found = single(folder, {"job": "prepare"}, replace(place, root=self.source.root), self.starter)
        for name in found["files"]:
            shutil.copyfile(folder / name, self.stage.new / name)
        if found["summary"]:
            self.step.say(found["summary"])
        known = Prepared(base=found["base"], digests=found["digests"], card=found["card"])
        return replace(place, memory=folder), known

    def _export(self, place: Place) -> None:
        """Write each document in all formats, and what goes along, at a time if there may be more than one process."""
        tasks = {}
        for document, stems in self.edition.made_of.items():
            for form in self.edition.formats:
                tasks |= self._exporting(f"{document}.{form}", form, stems)
        for name, stems in self.edition.attachments.items():
            tasks |= self._exporting(name, name.rpartition(".")[2], stems)

        def done(folder, seconds):
            self.step(folder.name, f"written  {seconds:.1f} s")

        # what is made of most takes longest, and must not begin last
        tasks = dict(sorted(tasks.items(), key=lambda pair: -len(pair[1]["chapters"])))
        several(tasks, place, self.starter, jobs=self.jobs, done=done)
        for folder in tasks:
            shutil.copyfile(folder / folder.name, self.stage.new / folder.name)

    def _exporting(self, name: str, form: str, stems: Sequence[str]) -> dict[Path, dict]:
        """The job that writes one file, by its folder."""
        paths = [str(self.stage.new / "notebooks" / f"{stem}.ipynb") for stem in stems]
        task = {"job": "export", "file": name, "format": form, "chapters": paths, "stamp": self.stamp.as_dict()}
        # a page leads to what stands beside it
        task["files"] = [*self.edition.files, *sorted(path.name for path in self.stage.new.glob("*.csv"))]
        return {self.stage.work / name: task}

    def inspect(self) -> None:
        """Let the edition's own check read every file of it; what it raises keeps the edition unpublished."""
        if self.edition.inspect is None:
            return
        folder = self.stage.work / "inspect"
        folder.mkdir()
        check = partial(self.edition.inspect, self.stage.new, self.stage.work / "edition")
        (folder / "prepare.pickle").write_bytes(pickle.dumps(check))
        # in a process of its own, as whatever needs pandas is
        found = single(folder, {"job": "prepare"}, Place(self.source.root, self.stage.work, folder), self.starter)
        self.step.say(found["summary"])

    def certify(self, chapters: list[Chapter], keys: dict[str, str], key: str, code: dict, card: dict) -> None:
        """Write the manifest."""
        new = self.stage.new
        outputs = manifest.fingerprints((file for file in new.rglob("*") if file.is_file()), new)
        content = manifest.manifest(
            code=code,
            identity=self.edition.identity,
            chapters=chapters,
            inputs=self.source.prints,
            outputs=outputs,
            key=key,
            keys=keys,
            stamp=self.stamp.as_dict(),
            card=card | {"verdict": verdict(new, self.edition.made_of)},
            digests=remember.digests(),
            made_of=self.edition.made_of,
            attachments=self.edition.attachments,
            formats=self.edition.formats,
        )
        manifest.write(new, content)
