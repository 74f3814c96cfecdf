"""Build one edition of a book: prepare, execute, assemble, export, certify, and only then publish."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport import __version__
from zonereport.disk import names
from zonereport.publish.stamp import DRAFT, LONG, Stamp
from zonereport.run import manifest, remember, snapshot
from zonereport.run.errors import BuildError, ParameterError
from zonereport.run.execute import Chapter, Task
from zonereport.run.launch import DEFAULT_ENGINE, ForkServer, Spawner, launcher
from zonereport.run.limits import Limits
from zonereport.run.making import Run, Steps
from zonereport.run.model import Edition, Outcome
from zonereport.run.parameters import share
from zonereport.run.staging import staged

# how often an edition is built whose data is changed meanwhile
TIMES = 2


class _Changed(Exception):
    """Somebody has changed what the edition is made of while it was being built."""


@dataclass(frozen=True)
class _Way:
    """How an edition is built: who hears of it, by what, how much at a time."""

    say: Callable[[str], object]
    starter: ForkServer | Spawner
    engine: str
    jobs: int
    limits: Limits
    force: bool


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
    (see ``launch.launcher``). Where a file is changed meanwhile, the edition is built once more. Whatever goes wrong,
    Ctrl-C included, the earlier report stays as it was.
    Raises ParameterError before anything runs, EditionBusy while another run builds the same edition,
    BuildError where no chapter could be made, a file could not be written or files keep changing,
    zonereport.publish's PublishError, and whatever ``edition.prepare`` raises.
    """
    # before anything is locked, copied or started: a slip costs no second
    _tasks(edition, edition.chapters)
    _check_owner(edition)
    try:
        if not force and _is_current(edition):
            return Outcome(_files(edition), edition.folder, reused=_names(edition), current=True)
        with contextlib.ExitStack() as stack:
            # first of all: it warms up while the edition is locked and the old logs go
            starter = starter or stack.enter_context(launcher(engine, warm))
            chapters = _built(edition, _Way(say, starter, engine, jobs, limits or Limits(), force))
    except OSError as error:
        where = f" ({Path(error.filename).name})" if error.filename else ""
        raise BuildError(f"{edition.zone} {edition.name}: {error.strerror or error}{where}") from error
    degraded = tuple(chapter for chapter in chapters if chapter.reason)
    return Outcome(_files(edition), edition.folder, degraded, tuple(c.name for c in chapters if c.reused))


def _files(edition: Edition) -> tuple[Path, ...]:
    return tuple(edition.folder / name for name in edition.files)


def _built(edition: Edition, way: _Way) -> list[Chapter]:
    """Build an edition, and once more if what it is made of was changed meanwhile."""
    for time in range(1, TIMES + 1):
        try:
            with staged(edition.reports, edition.zone, edition.name) as stage:
                taken = snapshot.take(
                    edition.inputs, edition.chapters, edition.root, stage.work / "snapshot", edition.zone
                )
                steps = Steps([*_names(edition), *edition.files], way.say)
                key, code = _key(edition, taken.prints), manifest.git_state(edition.root)
                stamp = edition.stamp or _draft(edition, key, code)
                run = Run(edition, stage, taken, way.starter, way.engine, way.jobs, way.limits, steps, stamp)
                earlier = {} if way.force else manifest.read(edition.folder) or {}
                chapters, keys, card = run.fill(_tasks(edition, taken.chapters), earlier)
                run.certify(chapters, keys, key, code, card)
                # the manifest is a file of it, too
                run.inspect()
                # last of all: until the folders are exchanged the earlier report stands
                if _prints(edition) != taken.prints:
                    raise _Changed
                return chapters
        except _Changed:
            if time < TIMES:
                way.say(f"{edition.zone} {edition.name}: its data was changed meanwhile; building it once more")
    raise BuildError(
        f"{edition.zone} {edition.name}: its data was changed {TIMES} times while the report was being built; "
        "run it again when nobody edits it"
    )


def _draft(edition: Edition, key: str, code: Mapping[str, object]) -> Stamp:
    """Return what the documents of a draft say of themselves: made of contents, never of a clock."""
    commit, changed = str(code["commit"] or ""), bool(code["dirty"])
    return Stamp(
        DRAFT,
        edition.number,
        missing=edition.missing,
        run=key[:LONG],
        version=__version__,
        commit=commit,
        changed=changed,
    )


def _is_current(edition: Edition) -> bool:
    earlier = manifest.read(edition.folder) or {}
    return remember.is_current(earlier, _key(edition, _prints(edition)), edition.folder)


def _prints(edition: Edition) -> list[dict]:
    return snapshot.now(edition.inputs, edition.chapters, edition.root, edition.zone)


def _key(edition: Edition, prints: list[dict]) -> str:
    made_of = dict(edition.made_of) | dict(edition.attachments)
    return remember.edition_key(edition.identity, remember.wanted(edition.files, made_of, edition.missing), prints)


def _names(edition: Edition) -> tuple[str, ...]:
    return tuple(chapter.stem for chapter in edition.chapters)


def _tasks(edition: Edition, chapters: Sequence[Path]) -> list[Task]:
    """Check the names and parameters of an edition and share them among its chapters, or copies of them."""
    own = {"zone": edition.zone, "period": edition.period}
    faults = []
    for key, text in own.items():
        # both become folders; neither may lead out of reports/
        if not names.is_folder(text):
            faults.append(f"{key} {text!r} cannot be a folder: {names.FOLDER}")
        if edition.parameters.get(key, text) != text:
            faults.append(f"parameter {key} is {edition.parameters[key]!r}, but the edition's {key} is {text!r}")
    if faults:
        raise ParameterError(*faults)
    # zone and period go to every chapter, or one would quietly report its default
    shares = share(chapters, own | dict(edition.parameters), required=own)
    earlier = manifest.read(edition.folder) or {}
    tasks = []
    for chapter, copy, given in zip(edition.chapters, chapters, shares, strict=True):
        tasks.append(Task(copy, given, remember.cost(chapter, earlier), chapter.resolve().parent))
    return tasks


def _check_owner(edition: Edition) -> None:
    """Refuse to replace the report of another book."""
    earlier = manifest.read(edition.folder) or {}
    if earlier.get("book", edition.book) != edition.book:
        place = f"{edition.zone}/{edition.name}"
        raise BuildError(f"{place} holds the book {earlier['book']}; move it away to build {edition.book} there")
