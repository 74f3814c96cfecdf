"""The benchmark behind ``make bench``: routes to one report, on this machine, in this run, and docs/benchmarks.md.

Every measurement is a fresh process on a copy of data/, notebooks/ and reports.yml; the routes alternate. What counts
is the ratio: the seconds belong to the machine. Memory is sampled in runs of its own, since sampling takes time.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

MEGABYTE = 1 << 20
BIN = Path(sys.executable).parent
# seconds between two looks at the memory of all processes of a route
LOOK = 0.2


@dataclass
class Route:
    """A way to the report: its name, the function that goes it once, and what was measured."""

    name: str
    go: Callable[[], object]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: float = 0.0


def main() -> None:
    """Measure, print the table, and write it where ``--write`` says."""
    options = _options()
    options.load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    with tempfile.TemporaryDirectory(prefix="zonereport-bench-") as name:
        project = Path(name)
        for part in ("data", "notebooks"):
            shutil.copytree(options.root / part, project / part)
        shutil.copy(options.root / "reports.yml", project)
        report = _measure(project, options)
    print(report)
    if options.write:
        options.write.parent.mkdir(exist_ok=True)
        options.write.write_text(report + "\n", encoding="utf-8", newline="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m zonereport.run.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project; by default the working folder")
    parser.add_argument("--zone", default="demo")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each route")
    parser.add_argument("--zones", type=int, default=0, help="also a batch of so many copies of the zone")
    parser.add_argument("--write", type=Path, help="the Markdown file to write")
    return parser.parse_args()


def _measure(project: Path, options: argparse.Namespace) -> str:
    ours = [BIN / "zonereport", "run", options.zone]
    # untimed: files come into the disk cache, and the manifest says what the edition consists of
    _call([*ours, "--force"], project)
    (path,) = (project / "reports" / options.zone).glob("*/manifest.json")
    edition = json.loads(path.read_text(encoding="utf-8"))
    routes = [
        Route("papermill CLI, then nbconvert CLI to HTML, one after the other", partial(_by_hand, project, edition)),
        Route(
            "zonereport, kernel engine: HTML, PDF, book",
            partial(_call, [*ours, "--force", "--engine", "kernel"], project),
        ),
        Route("zonereport, fork engine: HTML, PDF, book", partial(_call, [*ours, "--force"], project)),
        Route("zonereport, nothing has changed", partial(_call, ours, project)),
    ]
    cells = []
    for _ in range(options.repeat):
        for route in routes:
            _time(route)
            found = [chapter["cpu"] for chapter in json.loads(path.read_text(encoding="utf-8"))["chapters"]]
            if None not in found:
                cells.append(sum(found))
    for route in routes:
        route.peak = _peak(route.go)
    batch = _batch(project, options.zone, options.zones) if options.zones else None
    return render(routes, statistics.median(cells), len(edition["chapters"]), options, batch)


def _by_hand(project: Path, edition: dict) -> None:
    """What a user does without us: each chapter executed, then converted, one page each."""
    out = project / "by-hand"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for chapter in edition["chapters"]:
        name = f"{chapter['name']}.ipynb"
        given = ("-r", "zone", edition["zone"], "-r", "period", edition["period"])
        _call([BIN / "papermill", project / "notebooks" / name, out / name, *given], project)
        _call([BIN / "jupyter", "nbconvert", "--to", "html", out / name], project)


def _call(command: list[object], folder: Path) -> None:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")


def _time(route: Route) -> None:
    before, began = os.times(), time.perf_counter()
    route.go()
    after = os.times()
    route.wall.append(time.perf_counter() - began)
    route.cpu.append(sum(after[2:4]) - sum(before[2:4]))


def _peak(go: Callable[[], object]) -> float:
    """Return the most memory, in MB of PSS, that all processes of a route held at a time."""
    over, most = threading.Event(), 0.0

    def look() -> None:
        nonlocal most
        while not over.wait(LOOK):
            most = max(most, sum(_memory()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        go()
    finally:
        over.set()
        watcher.join()
    return most


def _memory() -> Iterator[float]:
    import psutil

    for process in psutil.Process().children(recursive=True):
        try:
            yield process.memory_full_info().pss / MEGABYTE
        except psutil.Error:
            continue


def _batch(project: Path, zone: str, count: int) -> Route:
    """Build the editions of many zones through one fork server, two at a time."""
    names = [f"{zone}{number:03}" for number in range(count)]
    for name in names:
        shutil.copytree(project / "data" / zone, project / "data" / name)
    code = (
        "import sys; from concurrent.futures import ThreadPoolExecutor; from zonereport.cli import edition_of\n"
        "from zonereport.run.edition import build; from zonereport.run.launch import launcher\n"
        "with launcher('fork') as warm, ThreadPoolExecutor(2) as pool:\n"
        "    todo = [edition_of(zone) for zone in sys.argv[1:]]\n"
        "    list(pool.map(lambda edition: build(edition, str, jobs=1, starter=warm), todo))\n"
    )
    route = Route(
        f"{count} reports, fork engine, one server", partial(_call, [sys.executable, "-c", code, *names], project)
    )
    _time(route)
    return route


def render(routes: list[Route], cells: float, chapters: int, options: argparse.Namespace, batch: Route | None) -> str:
    """Return the Markdown document: the table, and what it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    base, fork = statistics.median(routes[0].wall), statistics.median(routes[2].cpu)
    floor = cells / cores
    lines = [
        "# Benchmarks",
        "",
        f"One report of the zone `{options.zone}`, {chapters} chapters, each route from a cold start.",
        f"`make bench` wrote this on {datetime.date.today()}: {cores} cores, {_total() / 1024:.0f} GB of memory,",
        f"{platform.system()}, Python {platform.python_version()}; median of {options.repeat}, routes alternating.",
        f"The load average was {options.load:.1f} when it began: other programs cost routes that use all cores most.",
        "",
        "| route | wall s | min-max | faster | CPU s | CPU / cells | peak PSS MB |",
        "|---|---|---|---|---|---|---|",
        *(_row(route, base, cells) for route in routes),
        f"| floor: the cells' own CPU over the cores | {floor:.1f} | | {base / floor:.1f} | {cells:.1f} | 1.0 | |",
        "",
        f"The cells' own CPU, {cells:.2f} s, is what runs inside the cells with the fork engine: imports are done",
        f"and the zone is in memory. The fork engine takes {fork:.1f} s in all: it imports what all share, loads,",
        "validates and measures the zone, executes, cuts the typeface, and writes the page and the PDF.",
    ]
    if batch:
        wall, all_by_hand = batch.wall[0], options.zones * base
        lines += [
            "",
            f"{batch.name}: {wall:.1f} s wall, {batch.cpu[0]:.1f} s CPU, {wall / options.zones:.2f} s a report.",
            f"{options.zones} times the first route's median would be {all_by_hand:.0f} s (computed, not measured),",
            f"{all_by_hand / wall:.1f} times as long.",
        ]
    return "\n".join(lines)


def _row(route: Route, base: float, cells: float) -> str:
    wall, cpu = statistics.median(route.wall), statistics.median(route.cpu)
    spread = f"{min(route.wall):.1f}-{max(route.wall):.1f}"
    return (
        f"| {route.name} | {wall:.{1 if wall >= 1 else 2}f} | {spread} | {base / wall:.1f} | {cpu:.1f} "
        f"| {cpu / cells:.1f} | {route.peak:.0f} |"
    )


def _total() -> float:
    import psutil

    return psutil.virtual_memory().total / MEGABYTE


if __name__ == "__main__":
    main()
