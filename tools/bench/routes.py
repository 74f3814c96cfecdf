"""What the benchmark measures: routes to a report, and the cells inside one."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Route:
    """A way to the report: its name, the function that goes it once, and what was measured.

    ``wall`` and ``cpu`` are seconds of each run, ``peak`` is the most memory that all its processes held at a time,
    ``largest`` the most that one of them held, both in MB of PSS. ``reports`` are made in one run.
    """

    name: str
    go: Callable[[], object]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: float = 0.0
    largest: float = 0.0
    reports: int = 1


@dataclass(frozen=True)
class Cells:
    """CPU seconds inside the cells of one report: with the edition in memory, and where each chapter makes its own."""

    shared: float
    alone: float
