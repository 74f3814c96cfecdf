"""What a batch says: one line a task with the time left, and a table of all at the end."""

from __future__ import annotations

import time
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# from good to bad
STATUSES = ("done", "reused", "refused", "degraded", "failed")
# so many of the latest tasks say how fast it goes: where a batch goes on, those already there took no time
RECENT = 20


@dataclass(frozen=True)
class Result:
    """What came of one edition: its status, of STATUSES, the seconds it took, and the reason why it is not done."""

    zone: str
    period: str
    status: str
    seconds: float = 0.0
    reason: str = ""


class Progress:
    """Says each result in a line: ``[ 3/24] demo 2022-03  done  4.1 s  about 2 min left``."""

    def __init__(self, total: int, say: Callable[[str], object], clock: Callable[[], float] = time.monotonic):
        self.total, self.count, self.say, self.clock = total, 0, say, clock
        self.times = deque([clock()], maxlen=RECENT + 1)

    def __call__(self, result: Result) -> None:
        self.count += 1
        self.times.append(self.clock())
        # of the latest only: editions that were reused took no time
        pace = (self.times[-1] - self.times[0]) / (len(self.times) - 1)
        left = self.total - self.count
        parts = [f"{result.zone} {result.period}", result.status, f"{result.seconds:.1f} s", result.reason]
        if left:
            parts.append(f"about {duration(left * pace)} left")
        place = f"[{self.count:>{len(str(self.total))}}/{self.total}]"
        self.say(f"{place} {'  '.join(filter(None, parts))}")


def duration(seconds: float) -> str:
    """Say how long, roughly.

    >>> duration(0.2), duration(75), duration(600), duration(9000)
    ('1 s', '75 s', '10 min', '2.5 h')
    """
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    if seconds < 6000:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def table(results: Sequence[Result], seconds: float) -> list[str]:
    """The lines of the table of a batch, by zone and period; ``seconds`` is the wall time of it all.

    >>> print("\\n".join(table([Result("b", "2022", "reused"), Result("a", "2022-12", "failed", 3, "no")], 4)))
    zone  period   status  seconds  reason
    a     2022-12  failed      3.0  no
    b     2022     reused      0.0
    2 editions in 4.0 s: 0 done, 1 reused, 0 refused, 0 degraded, 1 failed
    """
    rows = [("zone", "period", "status", "seconds", "reason")]
    for one in sorted(results, key=lambda one: (one.zone, one.period)):
        rows.append((one.zone, one.period, one.status, f"{one.seconds:.1f}", one.reason))
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    lines = []
    # str.ljust would count a Chinese name as half as wide as it is
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row[:3], widths, strict=False)]
        lines.append("  ".join([*cells, row[3].rjust(widths[3]), row[4]]).rstrip())
    counts = ", ".join(f"{sum(one.status == status for one in results)} {status}" for status in STATUSES)
    return [*lines, f"{len(results)} edition{'s' * (len(results) != 1)} in {seconds:.1f} s: {counts}"]


def worst(results: Sequence[Result]) -> str:
    """The worst status of all; ``done`` where there is none.

    >>> worst([Result("a", "2022", "degraded"), Result("b", "2022", "refused")])
    'degraded'
    """
    return max((one.status for one in results), key=STATUSES.index, default="done")


def _width(text: str) -> int:
    """The columns of a terminal that a text takes: Chinese is two wide."""
    wide = map("WF".__contains__, map(unicodedata.east_asian_width, text))
    return len(text) + sum(wide)
