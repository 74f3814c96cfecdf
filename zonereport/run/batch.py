"""Many editions, side by side: each as ``zonereport run`` would build it, and none stops the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from zonereport.run.edition import build
from zonereport.run.errors import EditionBusy, described, revived
from zonereport.run.limits import Limits
from zonereport.run.model import Edition
from zonereport.run.summary import Progress, Result

# seconds between two looks at an edition that another process is building
PAUSE = 1.0
# characters of a reason: the table of a batch has a line for each edition
LONGEST = 160


@dataclass(frozen=True)
class Order:
    """An edition to be built, and how. It can be pickled.

    ``patience`` is how many seconds to wait for another process that builds it: of a lost machine the lock may live on.
    """

    edition: Edition
    engine: str
    limits: Limits
    force: bool = False
    patience: float = 0.0


def run(
    orders: Sequence[Order],
    pool,
    say: Callable[[str], object],
    judge: Callable[[Exception], tuple[str, str]],
    results: list[Result],
) -> None:
    """Build all orders in a pool (see ``zonereport.run.pools``), say each in a line, and add each to ``results``.

    ``judge`` says of an exception whether the edition is ``refused`` or ``failed``, and why. What is current is found
    by the memory of each edition, so that a batch that was killed goes on where it stopped.
    """
    progress = Progress(len(orders), say)
    with closing(pool.each(attempt, orders)) as ended:
        for number, found in ended:
            results.append(_result(orders[number].edition, found, judge))
            progress(results[-1])


def attempt(starter, order: Order, processes: int) -> dict:
    """Build one edition with a starter; whatever goes wrong is described in what comes back, nothing is raised."""
    began = time.monotonic()
    while True:
        try:
            found = _built(starter, order, processes)
        except EditionBusy as error:
            # of a machine that is lost the lock may live on for a while
            if time.monotonic() - began < order.patience:
                starter.wait(PAUSE)
                continue
            found = {"error": described(error)}
        except Exception as error:
            found = {"error": described(error)}
        return found | {"seconds": time.monotonic() - began}


def _built(starter, order: Order, processes: int) -> dict:
    outcome = build(
        order.edition,
        # of many editions at a time nobody wants to read the steps
        lambda line: None,
        jobs=processes,
        engine=order.engine,
        limits=order.limits,
        force=order.force,
        starter=starter,
    )
    if outcome.degraded:
        reasons = [f"{chapter.name}: {chapter.reason}" for chapter in outcome.degraded]
        return {"status": "degraded", "reason": "; ".join(reasons)}
    if outcome.current:
        return {"status": "reused", "reason": ""}
    return {"status": "done", "reason": ""}


def _result(edition: Edition, found: dict, judge: Callable[[Exception], tuple[str, str]]) -> Result:
    if "error" not in found:
        status, reason = found["status"], found["reason"]
    else:
        status, reason = judge(revived(found["error"]))
    # a refusal says all in its line; of a failure somebody will want to know where it was
    if status == "failed":
        _keep(edition.root / "logs" / edition.zone / edition.name, found["error"].get("trace", ""))
    return Result(edition.zone, edition.name, status, found.get("seconds", 0.0), short(reason))


def short(text: str) -> str:
    """Reduce words of many lines to the first, and say how many more there are.

    >>> short("a.csv: no\\nb.csv: no\\nc.csv: no")
    'a.csv: no (and 2 more)'
    """
    first, *more = text.splitlines() or [""]
    if len(first) > LONGEST:
        first = first[: LONGEST - 1] + "…"
    if not more:
        return first
    return f"{first} (and {len(more)} more)"


def _keep(folder: Path, trace: str) -> None:
    """Leave the traceback where the logs of the edition are; a full disk must not end the batch."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "edition.log").write_text(trace, encoding="utf-8")
    except OSError:
        # the line of the edition has said what went wrong
        pass
