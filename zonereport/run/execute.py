"""Execute the chapters of a book with papermill, each in a process of its own.

One process a chapter, and not a pool: a chapter that takes its process down costs that chapter only, and
papermill changes the working folder of the process it runs in, so threads are out of the question.
"""

import json
import shutil
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.run import note
from zonereport.run.canonical import number_cells
from zonereport.run.errors import BuildError, revived
from zonereport.run.launch import GRACE, ForkServer, Job, Spawner, ending, result
from zonereport.run.limits import Limits, Watch

# seconds between two looks at the limits
PAUSE = 0.05
# seconds that an interrupted chapter has to save how far it came
LAST_WORDS = 2
# where a chapter notes what it read of what all share
READS = "reads.json"


@dataclass(frozen=True)
class Task:
    """What is to be executed: a notebook and its parameters (checked before); ``cost`` is how long it may take.

    ``folder`` is where its cells run, by default that of the notebook.
    """

    notebook: Path
    parameters: Mapping[str, object]
    cost: float = 0.0
    folder: Path | None = None


@dataclass(frozen=True)
class Chapter:
    """An executed chapter: its name (the notebook's stem), its canonical notebook's file, how long it took.

    ``cpu`` is the CPU seconds of its cells where they are known, ``reads`` the names of what it read of the edition's
    memory (None where it did not say), ``reused`` whether an earlier run executed it. ``reason`` says what failed in
    it, and ``log`` holds what came of that; empty where all went well.
    """

    name: str
    notebook: Path
    seconds: float
    cpu: float | None = None
    reads: tuple[str, ...] | None = None
    reused: bool = False
    reason: str = ""
    log: Path = Path()


@dataclass(frozen=True)
class ChapterFailed(Chapter):
    """A chapter that failed as a whole: ``notebook`` is a framed note in its place."""


@dataclass(frozen=True)
class Place:
    """Where the jobs of one edition run: ``root`` holds data/, ``work`` is an empty folder for what comes in between,
    ``logs`` keeps the notebooks of failed chapters; ``memory`` is the folder of what the chapters share, if any.
    """

    root: Path
    work: Path
    logs: Path
    memory: Path | None = None

    def environment(self, folder: Path) -> dict[str, str]:
        """The environment of a job in ``folder``: this root, this memory, and nothing of the user's IPython."""
        names = {
            "ZONEREPORT_ROOT": str(self.root.resolve()),
            "ZONEREPORT_READS": str(folder / READS),
            "JUPYTER_RUNTIME_DIR": str(self.work / "runtime"),
            "IPYTHONDIR": str(self.work / "ipython"),
        }
        return names | ({} if self.memory is None else {"ZONEREPORT_EDITION": str(self.memory)})


def execute(
    tasks: Sequence[Task],
    place: Place,
    starter: ForkServer | Spawner,
    *,
    engine: str = "fork",
    jobs: int = 2,
    limits: Limits | None = None,
    done: Callable[[Chapter], None] = lambda chapter: None,
) -> list[Chapter]:
    """Execute chapters, the costliest first, ``jobs`` at a time, and return them in the order of ``tasks``.

    ``done`` hears of each chapter as it ends. No job survives the call, however it ends.
    """
    chapters: dict[int, Chapter] = {}

    def start(number: int) -> Job:
        return _started(tasks[number], number, place, engine, starter)

    def ended(number: int, job: Job, stopped: str | None) -> None:
        chapters[number] = _collect(tasks[number], job, place, stopped)
        done(chapters[number])

    # the last one to end decides how long it takes: it must not be a long one that began late
    order = sorted(range(len(tasks)), key=lambda number: -tasks[number].cost)
    conduct(order, start, ended, starter, jobs=jobs, limits=limits or Limits())
    return [chapters[number] for number in range(len(tasks))]


def conduct(
    order: Sequence[int],
    start: Callable[[int], Job],
    ended: Callable[[int, Job, str | None], None],
    starter: ForkServer | Spawner,
    *,
    jobs: int,
    limits: Limits,
) -> None:
    """Start jobs in an order, ``jobs`` at a time, stop those that take too much, and hand over each that ended.

    ``ended`` gets the number of the job, the job, and which limit it exceeded, if any.
    """
    waiting = deque(order)
    running: dict[int, tuple[Job, Watch]] = {}
    stopped: dict[int, tuple[str, float]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(jobs, 1):
                number = waiting.popleft()
                running[number] = start(number), Watch(limits)
            # noted first: what is handed over below may take a while, and others end meanwhile
            over = [number for number, (job, _) in running.items() if job.status is not None]
            for number in over:
                ended(number, running.pop(number)[0], stopped.get(number, (None,))[0])
            for number, (job, watch) in running.items():
                if number in stopped:
                    if time.monotonic() > stopped[number][1]:
                        starter.signal(job, signal.SIGKILL)
                elif job.pid and (reason := watch.exceeded(job.pid, job.started)):
                    # one that is late may save how far it came; one that eats the memory goes at once
                    stopped[number] = reason, time.monotonic() + (LAST_WORDS if reason.startswith("time") else 0)
                    starter.signal(job, signal.SIGINT)
            # where something ended there may be something to start
            if not over:
                starter.wait(PAUSE)
    finally:
        # Ctrl-C, too: no chapter runs on for nobody
        _stop([job for job, _ in running.values()], starter)


def _stop(jobs: Sequence[Job], starter: ForkServer | Spawner) -> None:
    for job in jobs:
        starter.signal(job, signal.SIGKILL)
    end = time.monotonic() + GRACE
    while any(job.status is None for job in jobs) and time.monotonic() < end:
        starter.wait(PAUSE)


def single(folder: Path, task: dict, place: Place, starter: ForkServer | Spawner) -> dict:
    """Run one job that is no chapter to its end and return its result.

    Raises what the job raised, and BuildError where its process died.
    """
    return several({folder: task}, place, starter)[folder]


def several(
    tasks: Mapping[Path, dict],
    place: Place,
    starter: ForkServer | Spawner,
    *,
    jobs: int = 1,
    done: Callable[[Path, float], None] = lambda folder, seconds: None,
) -> dict[Path, dict]:
    """Run jobs that are no chapters, ``jobs`` at a time; return their results by their folders.

    ``done`` gets the folder and the seconds of each that ended well. Raises as ``single``.
    """
    folders, results = list(tasks), {}

    def start(number: int) -> Job:
        folder = folders[number]
        folder.mkdir(parents=True, exist_ok=True)
        task = tasks[folder]
        (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
        return starter.start(folder, needs=task["job"], environment=place.environment(folder))

    def ended(number: int, job: Job, stopped: str | None) -> None:
        found = result(job)
        if found is None:
            raise BuildError(f"{tasks[job.folder]['job']}: {ending(job.status)}".replace(" of the chapter", ""))
        if "error" in found:
            raise revived(found["error"])
        results[job.folder] = found
        done(job.folder, found["seconds"])

    conduct(range(len(folders)), start, ended, starter, jobs=jobs, limits=Limits(None, None))
    return results


def _started(task: Task, number: int, place: Place, engine: str, starter: ForkServer | Spawner) -> Job:
    """Write what the process of a chapter needs into its folder, and start it."""
    folder = place.work / f"{number:03}"
    folder.mkdir(parents=True)
    source = json.loads(task.notebook.read_text(encoding="utf-8"))
    number_cells(source)
    (folder / "source.ipynb").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    order = {"job": "chapter", "engine": engine, "parameters": dict(task.parameters), "root": str(place.root)}
    order["cwd"] = str(task.folder or task.notebook.resolve().parent)
    (folder / "task.json").write_text(json.dumps(order), encoding="utf-8")
    return starter.start(folder, needs="chapter", environment=place.environment(folder))


def _collect(task: Task, job: Job, place: Place, stopped: str | None) -> Chapter:
    """Read what a chapter left."""
    folder, name = job.folder, task.notebook.stem
    found = result(job) or {"reason": ending(job.status)}
    if "error" in found:
        found["reason"] = found["error"]["text"]
    reason = stopped or found["reason"]
    seconds = found.get("seconds") or (time.monotonic() - job.started if job.started else 0.0)
    if reason is None and not found["failures"]:
        return Chapter(name, folder / "chapter.ipynb", seconds, found["cpu"], _reads(folder))
    place.logs.mkdir(parents=True, exist_ok=True)
    for file, suffix in ((folder / "executed.ipynb", ".ipynb"), (folder / "log.txt", ".log")):
        if file.is_file() and file.stat().st_size:
            shutil.copyfile(file, place.logs / (name + suffix))
    if reason is None:
        # the chapter stands: each exhibit that failed is a framed note in its place
        about = {"reason": "; ".join(found["failures"]), "log": place.logs / f"{name}.ipynb"}
        return Chapter(name, folder / "chapter.ipynb", seconds, found["cpu"], _reads(folder), **about)
    source = json.loads((folder / "source.ipynb").read_text(encoding="utf-8"))
    # the chapter keeps its place and its heading: numbers of the others must not move
    stand_in = folder / "note.ipynb"
    stand_in.write_text(note.text(note.note(source, name, reason)), encoding="utf-8", newline="\n")
    return ChapterFailed(name, stand_in, seconds, reason=reason, log=place.logs / f"{name}.ipynb")


def _reads(folder: Path) -> tuple[str, ...] | None:
    try:
        names = json.loads((folder / READS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return tuple(sorted(set(names)))
