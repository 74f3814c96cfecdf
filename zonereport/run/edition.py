"""Build one edition of a book: prepare, execute, assemble, export, certify, and only then publish."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from zonereport.run import manifest, remember
from zonereport.run.errors import BuildError, ParameterError
from zonereport.run.execute import Task
from zonereport.run.launch import DEFAULT_ENGINE, ForkServer, Spawner, launcher
from zonereport.run.limits import Limits
from zonereport.run.making import Run, Steps
from zonereport.run.model import Edition, Outcome
from zonereport.run.parameters import share
from zonereport.run.staging import staged


def build(
    edition: Edition,
    say: Callable[[str], object] = print,
    *,
    jobs: int = 2,
    engine: str = DEFAULT_ENGINE,
    limits: Limits | None = None,
    force: bool = False,
    starter: ForkServer | Spawner | None = None,
    warm: Mapping[str, Sequence[str]] | None = None,
) -> Outcome:
    """Build an edition and put it in its folder, in place of the earlier one; do nothing if that is what it would be.

    ``say`` gets a line for each step; ``jobs`` chapters run at a time, each within ``limits``. ``engine`` is ``fork``
    or ``kernel``; ``force`` executes what need not be. ``starter`` is a launcher of that engine to use and to leave
    open: it is warm for the next edition, and threads may share it; without one, ``warm`` is what a new one imports
    (see ``launch.launcher``). Whatever goes wrong, Ctrl-C included, the earlier report stays as it was.
    Raises ParameterError before anything runs, EditionBusy while another run builds the same edition,
    BuildError where no chapter could be made or a file could not be written, zonereport.publish's
    PublishError, and whatever ``edition.prepare`` raises.
    """
    tasks = _tasks(edition)
    _check_owner(edition)
    try:
        data = manifest.fingerprints(edition.inputs, edition.root)
        inputs = [*data, *manifest.fingerprints(edition.chapters, edition.root)]
        wanted = remember.edition_key(edition.identity, (*edition.files, *_stems(edition)), inputs)
        earlier = manifest.read(edition.folder) or {}
        if not force and remember.is_current(earlier, wanted, edition.folder):
            return Outcome(_files(edition), edition.folder, reused=_names(edition), current=True)
        with contextlib.ExitStack() as stack:
            # first of all: it warms up while the edition is locked and the old logs go
            starter = starter or stack.enter_context(launcher(engine, warm))
            stage = stack.enter_context(staged(edition.reports, edition.zone, edition.name))
            names = [*_names(edition), *edition.files]
            run = Run(edition, stage, starter, engine, jobs, limits or Limits(), Steps(names, say))
            chapters, keys = run.fill(tasks, data, {} if force else earlier)
            # hashed above: what is certified is what the run found when it began
            run.certify(chapters, keys, inputs, wanted)
    except OSError as error:
        where = f" ({Path(error.filename).name})" if error.filename else ""
        raise BuildError(f"{edition.zone} {edition.name}: {error.strerror or error}{where}") from error
    degraded = tuple(chapter for chapter in chapters if chapter.reason)
    return Outcome(_files(edition), edition.folder, degraded, tuple(c.name for c in chapters if c.reused))


def _files(edition: Edition) -> tuple[Path, ...]:
    return tuple(edition.folder / name for name in edition.files)


def _stems(edition: Edition) -> list[list[str]]:
    """Which chapters make which document, in their order, as part of a key."""
    return [[document, *stems] for document, stems in edition.made_of.items()]


def _names(edition: Edition) -> tuple[str, ...]:
    return tuple(chapter.stem for chapter in edition.chapters)


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
    earlier = manifest.read(edition.folder) or {}
    return [
        Task(chapter, given, remember.cost(chapter, earlier))
        for chapter, given in zip(edition.chapters, shares, strict=True)
    ]


def _check_owner(edition: Edition) -> None:
    """Refuse to replace the report of another book."""
    earlier = manifest.read(edition.folder) or {}
    if earlier.get("book", edition.book) != edition.book:
        place = f"{edition.zone}/{edition.name}"
        raise BuildError(f"{place} holds the book {earlier['book']}; move it away to build {edition.book} there")
