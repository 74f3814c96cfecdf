"""``zonereport run`` for many zones and periods: plan, rank, build side by side here or on a cluster, and sum up."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zonereport.run import batch, league
from zonereport.run.limits import Limits
from zonereport.run.model import Edition
from zonereport.run.summary import Result, table, worst

# seconds that a task on a cluster waits for an edition that is locked: by then a lost machine's lock is gone
PATIENCE = 180


@dataclass(frozen=True)
class Batch:
    """What is to be built, and by what.

    ``plan`` returns zone, period, and the edition or the exception that says why there is none, for each; it is called
    again when all zones have been ranked. ``league`` makes that first stage of the periods; None for no ranking.
    ``jobs`` processes run at a time; with a ``scheduler``, the address of a Dask cluster, its threads decide instead.
    ``warm`` is what its processes import in advance (see ``launch.launcher``).
    """

    plan: Callable[[], list[tuple[str, str, Edition | Exception]]]
    jobs: int
    engine: str
    limits: Limits
    force: bool = False
    scheduler: str | None = None
    league: Callable[[list[str]], league.League] | None = None
    warm: Mapping[str, Sequence[str]] | None = None


def build_all(wide: Batch, say: Callable[[str], object], judge: Callable[[Exception], tuple[str, str]]) -> str:
    """Build a batch, print its table, and return the worst status; see ``batch.run`` for ``judge``.

    The table is printed when the batch is interrupted, too. Raises RunError for what concerns all editions.
    """
    began, results = time.monotonic(), []
    planned = wide.plan()
    with _pool(wide, say) as pool:
        if wide.league:
            periods = {when for _, when, made in planned if isinstance(made, Edition)}
            for zone, error in league.make(wide.league(sorted(periods)), pool, say).items():
                say(f"{zone}: not in the league: {batch.short(error['text'])}")
            # now there is a league file for each zone, which is an input of its edition
            planned = wide.plan()
        for zone, when, made in planned:
            if isinstance(made, Exception):
                status, reason = judge(made)
                results.append(Result(zone, when, status, reason=batch.short(reason)))
        how = {"engine": wide.engine, "limits": wide.limits, "force": wide.force}
        how["patience"] = PATIENCE if wide.scheduler else 0
        orders = [batch.Order(made, **how) for _, _, made in planned if isinstance(made, Edition)]
        # the table of what was done is wanted most where the batch did not get to its end
        try:
            batch.run(orders, pool, say, judge, results)
        finally:
            for line in table(results, time.monotonic() - began):
                say(line)
    return worst(results)


def _pool(wide: Batch, say: Callable[[str], object]):
    if wide.scheduler:
        from zonereport.run.cluster import Cluster

        return Cluster(wide.scheduler, wide.engine, say, wide.warm)
    from zonereport.run.pools import Local

    return Local(wide.jobs, wide.engine, wide.warm)
