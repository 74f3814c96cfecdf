"""The tasks of a batch on a Dask cluster: an optional extra, ``pip install "zonereport[cluster]"``.

Scheduler and workers have the same package and see the same folders at the same place (shared storage). A worker keeps
one warm server and builds as many editions at a time as it has threads. A task whose worker is lost goes to another
one; what the lost one left half-built is cleared there, and what it had finished is found by its memory.
"""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from zonereport.run import remember
from zonereport.run.errors import BuildError, RunError, described
from zonereport.run.launch import launcher
from zonereport.run.pools import Halted, Stoppable, Task

# seconds to wait for the scheduler to answer
ANSWER = 5
# seconds that an interrupted batch waits for the workers to clear up
GRACE = 60
# of this process, a worker: the batches that it has been told to stop, and the batch of each task that it is at
_STOPPED: set[str] = set()
_AT_WORK: list[str] = []


class Cluster:
    """A pool (see ``pools``) whose tasks run on the workers of a Dask scheduler."""

    def __init__(
        self,
        address: str,
        engine: str,
        say: Callable[[str], object] = print,
        warm: Mapping[str, Sequence[str]] | None = None,
    ):
        try:
            from distributed import Client
        except ImportError:
            raise RunError("--scheduler needs the extra cluster: pip install 'zonereport[cluster]'") from None
        try:
            self._client = Client(address, timeout=ANSWER, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise RunError(f"no Dask scheduler answers at {address}: {' '.join(str(error).split())}") from None
        self._engine, self._warm, self._batch = engine, warm, f"zonereport-{uuid.uuid4().hex[:8]}"
        self._same = remember.package(), remember.distributions()
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        threads = sum(worker["nthreads"] for worker in workers.values())
        say(f"{address}: {len(workers)} workers, {threads} editions at a time")
        # it may be starting up: tasks wait for the first one
        if not workers:
            say("waiting for workers")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with suppress(Exception):
            self._client.run(_retire)
        self._client.close()

    def each(self, function: Task, items: Sequence[object]) -> Iterator[tuple[int, dict]]:
        """See ``pools``. Where the iteration is broken off, tasks at work clear up and end before this returns."""
        from distributed import as_completed

        futures = {}
        try:
            for number, item in enumerate(items):
                given = (function, item, self._engine, self._warm, self._batch, self._same)
                key = f"{self._batch}-{function.__name__}-{number}"
                # earlier ones first; a task is no pure function, it writes files
                futures[self._client.submit(serve, *given, key=key, pure=False, priority=-number)] = number
            for future in as_completed(list(futures), loop=self._client.loop):
                yield futures.pop(future), _result(future)
        except BaseException:
            with suppress(Exception):
                # what waits is called off first, lest it takes the place of what is stopped
                self._client.cancel(list(futures), force=True)
                self._client.run(_stop, self._batch)
            raise


def serve(
    function: Task,
    item: object,
    engine: str,
    warm: Mapping[str, Sequence[str]] | None,
    batch: str,
    same: tuple[str, str],
) -> dict:
    """Run one task on a worker, through its warm server."""
    if (remember.package(), remember.distributions()) != same:
        return {"error": described(BuildError("the worker has another zonereport, or other packages, than this batch"))}
    _AT_WORK.append(batch)
    try:
        with _WARM.use(engine, warm) as starter:
            return function(Stoppable(lambda: starter, lambda: batch in _STOPPED), item, 1)
    except Halted:
        return {"error": described(BuildError("the batch was interrupted"))}
    finally:
        _AT_WORK.remove(batch)


def _result(future) -> dict:
    """What a task returned, or what became of it."""
    if future.status == "finished":
        return future.result()
    if future.status != "error":
        return {"error": described(BuildError(f"the scheduler gave the task up: {future.status}"))}
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        return {"error": described(BuildError("lost its worker again and again: killed, or out of memory"))}
    return {"error": described(BuildError(f"the worker cannot run it: {type(error).__name__}: {error}"))}


class _Warm:
    """The launcher of this worker: opened for the first task, shared by all, closed when a batch ends."""

    def __init__(self):
        self._lock, self._open, self._users = threading.Lock(), {}, 0

    @contextmanager
    def use(self, engine: str, warm: Mapping[str, Sequence[str]] | None) -> Iterator:
        with self._lock:
            if engine not in self._open:
                self._open[engine] = launcher(engine, warm)
            self._users += 1
            starter = self._open[engine]
        try:
            yield starter
        finally:
            with self._lock:
                self._users -= 1

    def retire(self) -> None:
        with self._lock:
            # another batch may be at work
            if not self._users:
                while self._open:
                    self._open.popitem()[1].close()


_WARM = _Warm()


async def _stop(batch: str) -> None:
    """Tell the tasks of a batch to stop, and wait until they have: only then may the server they use be closed."""
    _STOPPED.add(batch)
    end = time.monotonic() + GRACE
    while batch in _AT_WORK and time.monotonic() < end:
        await asyncio.sleep(0.05)


def _retire() -> None:
    _WARM.retire()
