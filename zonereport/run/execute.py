"""Execute the chapters of a book with papermill, each in a process of its own.

One process a chapter, and not a pool: a chapter that takes its process down costs that chapter only, and
papermill changes the working folder of the process it runs in, so threads are out of the question.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from zonereport.run.canonical import canonical, number_cells, without_paths

# seconds between two looks at the children; a chapter takes seconds
PAUSE = 0.02
# seconds that a child has to take its kernel down
GRACE = 5


@dataclass(frozen=True)
class Task:
    """What is to be executed: a notebook and its parameters (checked before)."""

    notebook: Path
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class Chapter:
    """An executed chapter: its name (the notebook's stem), its canonical notebook, how long it took."""

    name: str
    notebook: NotebookNode
    seconds: float


@dataclass(frozen=True)
class ChapterFailed(Chapter):
    """A chapter that failed: ``notebook`` is a framed note in its place, ``log`` what came of it."""

    reason: str
    log: Path


def execute(
    tasks: Sequence[Task],
    *,
    root: Path,
    work: Path,
    logs: Path,
    jobs: int = 2,
    done: Callable[[Chapter], None] = lambda chapter: None,
) -> list[Chapter]:
    """Execute chapters, ``jobs`` at a time, and return them in the order of ``tasks``.

    ``root`` is where notebooks find their data (ZONEREPORT_ROOT), ``work`` an empty folder for what comes
    in between, ``logs`` where the notebook of a failed chapter is kept. ``done`` hears of each chapter as
    it ends. No child survives the call, however it ends.
    """
    waiting = deque(enumerate(tasks))
    running: dict[int, tuple[subprocess.Popen, Path]] = {}
    chapters: dict[int, Chapter] = {}
    environment = _environment(root, work)
    try:
        while waiting or running:
            while waiting and len(running) < max(jobs, 1):
                number, task = waiting.popleft()
                folder = work / f"{number:03}"
                running[number] = _start(task, folder, environment), folder
            ended = [number for number, (child, _) in running.items() if child.poll() is not None]
            for number in ended:
                child, folder = running.pop(number)
                child.stdin.close()
                chapters[number] = _collect(tasks[number], folder, root, logs, child.returncode)
                done(chapters[number])
            if not ended:
                time.sleep(PAUSE)
    finally:
        for child, _ in running.values():
            child.stdin.close()
        for child, _ in running.values():
            _end(child)
    return [chapters[number] for number in range(len(tasks))]


def _environment(root: Path, work: Path) -> dict[str, str]:
    """The environment of the children: this package's Python, this root, and nothing of the user's IPython."""
    return os.environ | {
        "ZONEREPORT_ROOT": str(Path(root).resolve()),
        # as many kernels run as there are jobs; more threads in each would only get in each other's way
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # a kernel of the same name in the user's folder may belong to another Python
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": str(work / "runtime"),
        "IPYTHONDIR": str(work / "ipython"),
    }


def _start(task: Task, folder: Path, environment: dict[str, str]) -> subprocess.Popen:
    folder.mkdir(parents=True)
    source = json.loads(task.notebook.read_text(encoding="utf-8"))
    number_cells(source)
    (folder / "source.ipynb").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    order = {"parameters": dict(task.parameters), "cwd": str(task.notebook.resolve().parent)}
    (folder / "task.json").write_text(json.dumps(order), encoding="utf-8")
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(
            # -P: the working folder is no place to import from
            [sys.executable, "-P", "-m", "zonereport.run.worker"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            # Ctrl-C is for the parent, which then lets go of the lifeline
            start_new_session=True,
        )


def _end(child: subprocess.Popen) -> None:
    """Wait for a child whose lifeline is closed, and kill it if it does not go."""
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _collect(task: Task, folder: Path, root: Path, logs: Path, status: int) -> Chapter:
    """Read what a child left."""
    try:
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        result = {"seconds": 0.0, "reason": f"the process of the chapter ended with status {status}"}
    name = task.notebook.stem
    if result["reason"] is None:
        executed = nbformat.read(folder / "executed.ipynb", as_version=4)
        return Chapter(name, canonical(executed, root), result["seconds"])
    logs.mkdir(parents=True, exist_ok=True)
    for file, suffix in ((folder / "executed.ipynb", ".ipynb"), (folder / "log.txt", ".log")):
        if file.is_file() and file.stat().st_size:
            shutil.copyfile(file, logs / (name + suffix))
    reason = without_paths(result["reason"], root)
    source = nbformat.read(folder / "source.ipynb", as_version=4)
    return ChapterFailed(name, notice(source, name, reason), result["seconds"], reason, logs / f"{name}.ipynb")


def notice(source: NotebookNode, name: str, reason: str) -> NotebookNode:
    """Make the chapter that stands in for a failed one: its title and a framed note with the reason.

    ``source`` is the notebook as written; without a heading its ``name`` is the title.
    """
    v4 = nbformat.v4
    # the reason may hold anything: nothing in it may act as Markdown or HTML
    words = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", reason)
    data = {"text/markdown": f"本章未生成：{words}", "text/plain": f"本章未生成：{reason}"}
    output = v4.new_output("display_data", data, metadata={"zonereport": {"role": "notice"}})
    metadata = {key: source.metadata[key] for key in ("kernelspec", "language_info") if key in source.metadata}
    return v4.new_notebook(
        metadata=metadata,
        cells=[
            v4.new_markdown_cell(f"# {title(source) or name}", id="title"),
            v4.new_code_cell("# the chapter failed: see logs/", id="notice", outputs=[output]),
        ],
    )


def title(notebook: NotebookNode) -> str:
    """Return the first level-1 heading of a notebook's Markdown cells, or an empty string."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := re.search(r"^#[ \t]+(.+?)[ \t#]*$", cell.source, re.M)):
            return found[1]
    return ""
