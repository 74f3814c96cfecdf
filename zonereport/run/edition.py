"""Build one edition of a book: execute, assemble, export, certify, and only then publish."""

from __future__ import annotations

import copy
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from zonereport.run import manifest
from zonereport.run.errors import BuildError, ParameterError
from zonereport.run.execute import Chapter, ChapterFailed, Task, execute
from zonereport.run.parameters import share
from zonereport.run.staging import staged

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Edition:
    """One book for one zone and period.

    ``root`` holds data/ and notebooks/; ``inputs`` are the files to certify in the manifest; ``measures``
    is written as measures.csv; ``reports`` is the folder of all reports. ``parameters`` go to the chapters
    that declare them; zone and period go to all and need not be repeated there.
    """

    root: Path
    zone: str
    period: str
    book: str
    chapters: tuple[Path, ...]
    reports: Path
    parameters: Mapping[str, object] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html", "pdf")
    inputs: tuple[Path, ...] = ()
    measures: pandas.DataFrame | None = None

    @property
    def name(self) -> str:
        """The folder's name: the period, and the other parameters that are not empty.

        >>> common = {"root": Path(), "zone": "a", "period": "2022", "book": "b", "chapters": (), "reports": Path()}
        >>> Edition(**common, parameters={"park": "x/y"}).name
        '2022_park-x%2fy'
        """
        parts = [self.period]
        for key, value in sorted(self.parameters.items()):
            if key not in ("zone", "period") and value not in ("", None):
                text = re.sub(r"[^\w.-]", lambda found: f"%{ord(found[0]):02x}", str(value))
                parts.append(f"{key}-{text}")
        return "_".join(parts)

    @property
    def folder(self) -> Path:
        """Where the report stands: ``<reports>/<zone>/<name>``."""
        return self.reports / self.zone / self.name


@dataclass(frozen=True)
class Outcome:
    """What came out: the files (None for a format not asked for), their folder, the chapters that failed."""

    html: Path | None
    pdf: Path | None
    folder: Path
    degraded: tuple[ChapterFailed, ...]


def build(edition: Edition, say: Callable[[str], object] = print, *, jobs: int = 2) -> Outcome:
    """Build an edition and put it in its folder, in place of the earlier one.

    ``say`` gets a line for each step; ``jobs`` chapters run at a time. Whatever goes wrong, Ctrl-C included,
    the earlier report stays as it was.
    Raises ParameterError before anything runs, EditionBusy while another run builds the same edition,
    BuildError where no chapter could be made or a file could not be written, and zonereport.publish's
    PublishError.
    """
    tasks = _tasks(edition)
    _check_owner(edition)
    try:
        with staged(edition.reports, edition.zone, edition.name) as stage:
            failed = _fill(edition, tasks, stage.new, stage.work, _Steps(edition, say), jobs)
    except OSError as error:
        where = f" ({Path(error.filename).name})" if error.filename else ""
        raise BuildError(f"{edition.zone} {edition.name}: {error.strerror or error}{where}") from error
    made = {form: edition.folder / f"report.{form}" for form in edition.formats}
    return Outcome(made.get("html"), made.get("pdf"), edition.folder, failed)


def _tasks(edition: Edition) -> list[Task]:
    """Check the names and parameters of an edition and share them among its chapters."""
    own = {"zone": edition.zone, "period": edition.period}
    # both become folders; neither may lead out of reports/
    faults = [f"{key} {text!r} cannot be a folder" for key, text in own.items() if not re.fullmatch(r"\w[\w.-]*", text)]
    faults += [
        f"parameter {key} is {edition.parameters[key]!r}, but the edition's {key} is {value!r}"
        for key, value in own.items()
        if edition.parameters.get(key, value) != value
    ]
    if faults:
        raise ParameterError(*faults)
    shares = share(edition.chapters, own | dict(edition.parameters), required=own)
    return [Task(chapter, given) for chapter, given in zip(edition.chapters, shares, strict=True)]


def _check_owner(edition: Edition) -> None:
    """Refuse to replace the report of another book."""
    earlier = manifest.read(edition.folder) or {}
    if earlier.get("book", edition.book) != edition.book:
        place = f"{edition.zone}/{edition.name}"
        raise BuildError(f"{place} holds the book {earlier['book']}; move it away to build {edition.book} there")


class _Steps:
    """Counts the steps and says each in a line: ``[2/6] 03_enterprises  executed  3.1 s``."""

    def __init__(self, edition: Edition, say: Callable[[str], object]):
        names = [chapter.stem for chapter in edition.chapters] + [f"report.{form}" for form in edition.formats]
        self.say, self.count, self.total, self.width = say, 0, len(names), max(map(len, names))

    def __call__(self, name: str, what: str, seconds: float, more: str = "") -> None:
        self.count += 1
        line = f"[{self.count}/{self.total}] {name:<{self.width}}  {what}  {seconds:.1f} s"
        self.say(f"{line}  {more}" if more else line)

    def chapter(self, chapter: Chapter) -> None:
        if isinstance(chapter, ChapterFailed):
            self(chapter.name, "FAILED", chapter.seconds, chapter.reason)
        else:
            self(chapter.name, "executed", chapter.seconds)


def _fill(edition: Edition, tasks: list[Task], new: Path, work: Path, step: _Steps, jobs: int):
    """Fill the folder ``new`` with the edition and return the chapters that failed."""
    # hashed first: what is certified is what the chapters found when they began
    inputs = manifest.fingerprints(edition.inputs, edition.root)
    logs = edition.root / "logs" / edition.zone / edition.name
    shutil.rmtree(logs, ignore_errors=True)
    chapters = execute(tasks, root=edition.root, work=work, logs=logs, jobs=jobs, done=step.chapter)
    failed = tuple(chapter for chapter in chapters if isinstance(chapter, ChapterFailed))
    if len(failed) == len(chapters):
        first = f"{failed[0].name}: {failed[0].reason}" if failed else "the book has no chapters"
        raise BuildError(f"{edition.zone} {edition.name}: no chapter could be made; {first}")

    (new / "notebooks").mkdir()
    for chapter in chapters:
        text = nbformat.writes(chapter.notebook) + "\n"
        (new / "notebooks" / f"{chapter.name}.ipynb").write_text(text, encoding="utf-8", newline="\n")
    _export(edition, chapters, new, step)
    if edition.measures is not None:
        # utf-8-sig: without the mark Excel takes a CSV for GBK and garbles the Chinese in it
        edition.measures.to_csv(new / "measures.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    identity = {
        "zone": edition.zone,
        "period": edition.period,
        "book": edition.book,
        "parameters": dict(edition.parameters),
    }
    outputs = manifest.fingerprints((file for file in new.rglob("*") if file.is_file()), new)
    content = manifest.manifest(root=edition.root, identity=identity, chapters=chapters, inputs=inputs, outputs=outputs)
    manifest.write(new, content)
    return failed


def _export(edition: Edition, chapters: list[Chapter], new: Path, step: _Steps) -> None:
    assemble, exporters = _publisher()
    book = assemble([chapter.notebook for chapter in chapters])
    for form in edition.formats:
        started = time.perf_counter()
        # an exporter may change what it is given
        content, _ = exporters[form]().from_notebook_node(copy.deepcopy(book))
        (new / f"report.{form}").write_bytes(content.encode() if isinstance(content, str) else content)
        step(f"report.{form}", "written", time.perf_counter() - started)


def _publisher():
    """Return ``assemble`` and the exporter of each format; imported late, publishing takes a second to load."""
    from zonereport import publish

    return publish.assemble, {"html": publish.ReportHTMLExporter, "pdf": publish.ReportPDFExporter}
