"""What a chapter may take: seconds and memory, watched from outside.

Memory is what a chapter's processes hold resident, looked at four times a second, and not RLIMIT_AS: NumPy, Arrow and
DuckDB reserve far more address space than they touch, and that limit counts each process by itself, while a kernel and
the programs that a cell calls are processes of their own. The price: a chapter can overshoot for a quarter of a second.
A forked chapter's memory includes what it shares with its server, some 250 MB.
"""

import contextlib
import time
from dataclasses import dataclass

# seconds between two looks at the memory of a chapter
LOOK = 0.25
# what people call a megabyte of memory
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one chapter may take: ``seconds`` of wall time and ``memory`` in MB; None for as much as it likes."""

    seconds: float | None = 600
    memory: int | None = 4096


class Watch:
    """Watches one process against the limits."""

    def __init__(self, limits: Limits):
        self.limits, self._looked = limits, 0.0

    def exceeded(self, pid: int, started: float) -> str | None:
        """Say which limit a process has exceeded, if any; ``started`` by the monotonic clock."""
        now, limits = time.monotonic(), self.limits
        if limits.seconds is not None and now - started > limits.seconds:
            return f"time limit: longer than {limits.seconds:g} s"
        if limits.memory is not None and now - self._looked >= LOOK:
            self._looked = now
            if resident(pid) > limits.memory * MEGABYTE:
                return f"memory limit: more than {limits.memory} MB"
        return None


def resident(pid: int) -> int:
    """Return the bytes of memory that a process and its descendants hold; 0 if there is no such process."""
    import psutil

    total = 0
    with contextlib.suppress(psutil.Error):
        leader = psutil.Process(pid)
        # a kernel, and the programs that a cell calls, belong to the chapter
        for process in (leader, *leader.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
    return total
