"""What the benchmark prints: one table, and what it was measured on."""

import datetime
import os
import platform
import statistics
from collections.abc import Sequence

from tools.bench.routes import Cells, Route


def render(
    routes: Sequence[Route],
    batches: Sequence[Route],
    cells: Cells,
    chapters: int,
    *,
    zone: str,
    repeat: int,
    load: float,
) -> str:
    """Return the Markdown document; the first of ``routes`` is what the others are compared with.

    ``load`` is the load average when the measuring began.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    base = statistics.median(routes[0].wall)
    rows = [_row(route, base, cells) for route in (*routes, *batches)]
    floor, fork = cells.shared / cores, statistics.median(routes[2].cpu)
    lines = [
        "# Benchmarks",
        "",
        f"Reports of the zone `{zone}`, {chapters} chapters each, each route from a cold start.",
        f"`make bench` wrote this on {datetime.date.today()}: {cores} cores, {_total():.0f} GB of memory,",
        f"{platform.system()}, Python {platform.python_version()}; median of {repeat}, alternating; batches once.",
        f"The load average was {load:.1f} when it began: other programs cost routes that use all cores most.",
        "",
        "| route | wall s | min-max | faster | CPU s | CPU / cells | peak PSS MB | largest process MB |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        f"| floor: cells with the edition in memory, over the cores | {floor:.1f} | | {base / floor:.1f} "
        f"| {cells.shared:.1f} | {cells.shared / cells.alone:.2f} | | |",
        "",
        "*CPU / cells* is against the CPU seconds that the cells of the first route take: there each chapter imports,",
        f"loads, checks and measures for itself, {cells.alone:.1f} s in all. With the edition in memory the same cells",
        f"take {cells.shared:.1f} s. The fork engine takes {fork / cells.shared:.1f} times as much as that: it still",
        "imports, loads, checks and measures once, and writes page and PDF.",
    ]
    for batch in batches:
        hand = base * batch.reports
        lines += [
            "",
            f"{batch.name}: {batch.wall[0] / batch.reports:.2f} s wall and {batch.cpu[0] / batch.reports:.1f} s CPU a",
            f"report. By hand that would be {batch.reports} times the first route's median, {hand:.0f} s (computed).",
        ]
    return "\n".join(lines)


def _row(route: Route, base: float, cells: Cells) -> str:
    wall, cpu = statistics.median(route.wall), statistics.median(route.cpu)
    spread = f"{min(route.wall):.1f}-{max(route.wall):.1f}" if len(route.wall) > 1 else ""
    return (
        f"| {route.name} | {wall:.{1 if wall >= 1 else 2}f} | {spread} | {base * route.reports / wall:.1f} "
        f"| {cpu:.1f} | {cpu / route.reports / cells.alone:.2f} | {route.peak:.0f} | {route.largest:.0f} |"
    )


def _total() -> float:
    import psutil

    return psutil.virtual_memory().total / (1 << 30)
