"""The benchmark behind ``make bench``: routes to a report, on this machine, in this run, and docs/benchmarks.md.

Every measurement is a fresh process on a copy of data/, notebooks/ and reports.yml; the routes alternate. What counts
is the ratio: the seconds belong to the machine. Memory is sampled in runs of its own, since sampling takes time.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tools.bench import table
from tools.bench.routes import Cells, Route

MEGABYTE = 1 << 20
BIN = Path(sys.executable).parent
# seconds between two looks at the memory of all processes of a route
LOOK = 0.2
# what IPython runs when a kernel starts: it adds up the CPU seconds of the cells
COUNTING = """\
import time
from IPython import get_ipython

def before(info):
    global _began
    _began = time.process_time()

def after(result):
    with open({path!r}, "a") as file:
        print(time.process_time() - _began, file=file)

get_ipython().events.register("pre_run_cell", before)
get_ipython().events.register("post_run_cell", after)
"""


def main() -> None:
    """Measure, print the table, and write it where ``--write`` says."""
    options = _options()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    with tempfile.TemporaryDirectory(prefix="zonereport-bench-") as name:
        project = Path(name)
        for part in ("data", "notebooks"):
            shutil.copytree(options.root / part, project / part)
        shutil.copy(options.root / "reports.yml", project)
        routes, cells, chapters = _measure(project, options)
        batches = [_batch(project, options.zone, int(count)) for count in filter(None, options.zones.split(","))]
    about = {"zone": options.zone, "repeat": options.repeat, "load": load}
    report = table.render(routes, batches, cells, chapters, **about)
    print(report)
    if options.write:
        options.write.parent.mkdir(exist_ok=True)
        options.write.write_text(report + "\n", encoding="utf-8", newline="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project; by default the working folder")
    parser.add_argument("--zone", default="demo")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each route")
    parser.add_argument("--zones", default="", help="also batches of so many copies of the zone: 20 or 20,200")
    parser.add_argument("--write", type=Path, help="the Markdown file to write")
    return parser.parse_args()


def _measure(project: Path, options: argparse.Namespace) -> tuple[list[Route], Cells, int]:
    """Go all routes to one report; return them, the CPU seconds of its cells, and how many chapters it has."""
    ours = [BIN / "zonereport", "run", options.zone]
    # untimed: files come into the disk cache, and the manifest says what the edition consists of
    _call([*ours, "--force"], project)
    (path,) = (project / "reports" / options.zone).glob("*/manifest.json")
    edition = json.loads(path.read_text(encoding="utf-8"))
    kernel, fork = (partial(_call, [*ours, "--force", *more], project) for more in (("--engine", "kernel"), ()))
    routes = [
        Route("papermill CLI, then nbconvert CLI to HTML, one after the other", partial(_by_hand, project, edition)),
        Route("zonereport, kernel engine: HTML, PDF, book", kernel),
        Route("zonereport, fork engine: HTML, PDF, book", fork),
        Route("zonereport, nothing has changed", partial(_call, ours, project)),
    ]
    shared = []
    for _ in range(options.repeat):
        for route in routes:
            _time(route)
            found = [chapter["cpu"] for chapter in json.loads(path.read_text(encoding="utf-8"))["chapters"]]
            if None not in found:
                shared.append(sum(found))
    for route in routes:
        _watch(route)
    return routes, Cells(statistics.median(shared), _alone(project, edition)), len(edition["chapters"])


def _by_hand(project: Path, edition: dict) -> None:
    """What a user does without us: each chapter executed, then converted, one page each."""
    out = project / "by-hand"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for chapter in edition["chapters"]:
        name = f"{chapter['name']}.ipynb"
        _call(_papermill(project, edition, chapter, out / name), project)
        _call([BIN / "jupyter", "nbconvert", "--to", "html", out / name], project)


def _alone(project: Path, edition: dict) -> float:
    """Return the CPU seconds in the cells of all chapters, each in a kernel that loads and measures for itself."""
    startup, seconds = project / "ipython/profile_default/startup", project / "seconds.txt"
    startup.mkdir(parents=True)
    (startup / "counting.py").write_text(COUNTING.format(path=str(seconds)), encoding="utf-8")
    for chapter in edition["chapters"]:
        command = _papermill(project, edition, chapter, project / "counted.ipynb")
        _call(command, project, IPYTHONDIR=str(project / "ipython"))
    return sum(map(float, seconds.read_text(encoding="utf-8").split()))


def _papermill(project: Path, edition: dict, chapter: dict, out: Path) -> list[object]:
    given = ("-r", "zone", edition["zone"], "-r", "period", edition["period"])
    return [BIN / "papermill", project / "notebooks" / f"{chapter['name']}.ipynb", out, *given]


def _call(command: list[object], folder: Path, **environment: str) -> None:
    words, more = [str(part) for part in command], os.environ | environment
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, env=more)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")


def _time(route: Route) -> None:
    before, began = os.times(), time.perf_counter()
    route.go()
    after = os.times()
    route.wall.append(time.perf_counter() - began)
    route.cpu.append(sum(after[2:4]) - sum(before[2:4]))


def _watch(route: Route, look: float = LOOK, go: Callable[[], object] | None = None) -> None:
    """Go a route once more and note its memory, looked at every ``look`` seconds."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(look):
            found = list(_memory())
            route.peak = max(route.peak, sum(found))
            route.largest = max(route.largest, *found, 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        (go or route.go)()
    finally:
        over.set()
        watcher.join()


def _memory() -> Iterator[float]:
    import psutil

    for process in psutil.Process().children(recursive=True):
        try:
            yield process.memory_full_info().pss / MEGABYTE
        except psutil.Error:
            continue


def _batch(project: Path, zone: str, count: int) -> Route:
    """Build the editions of so many zones in one batch, two at a time; once, with a look at the memory a second."""
    names = [f"{zone}{number:03}" for number in range(count)]
    for name in names:
        shutil.copytree(project / "data" / zone, project / "data" / name, dirs_exist_ok=True)
    command = [BIN / "zonereport", "run", "--zones", ",".join(names), "--force"]
    route = Route(f"{count} zones in one batch, fork engine", partial(_call, command, project), reports=count)
    _watch(route, 1.0, partial(_time, route))
    return route
