"""Where the tasks of a batch run: on this machine through one warm server, or on a cluster (``cluster``).

A pool has ``each(function, items)``, which calls ``function(starter, item, processes)`` for every item in any order and
yields its number and result as it ends. ``starter`` starts jobs (see ``launch``), as many at a time as ``processes``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from zonereport.run import interruption
from zonereport.run.launch import ForkServer, Job, Spawner, launcher

Task = Callable[[object, object, int], dict]


class Halted(BaseException):
    """The batch was interrupted while this task was at work."""


class Stoppable:
    """A launcher that raises Halted in the thread that uses it, once, as soon as ``halted`` says so.

    ``starter`` returns the launcher; it is asked when there is something to start.
    """

    def __init__(self, starter: Callable[[], ForkServer | Spawner], halted: Callable[[], bool]):
        self._starter, self._halted, self._told = starter, halted, False

    def start(self, folder: Path, *, needs: str, environment: dict[str, str]) -> Job:
        """Start the job in a folder."""
        self._look()
        return self._starter().start(folder, needs=needs, environment=environment)

    def wait(self, seconds: float) -> None:
        """Wait until something happens to a job, at most some seconds."""
        self._look()
        self._starter().wait(seconds)

    def signal(self, job: Job, number: int) -> None:
        """Send a signal to the process of a job."""
        self._starter().signal(job, number)

    def _look(self) -> None:
        # once: who clears up waits for the jobs that it has killed
        if self._halted() and not self._told:
            self._told = True
            raise Halted


class Local:
    """Tasks side by side in threads of this process: their jobs are processes of one launcher, warm for all."""

    def __init__(self, jobs: int, engine: str, warm: Mapping[str, Sequence[str]] | None = None):
        self.jobs, self._engine, self._warm, self._halt = jobs, engine, warm, threading.Event()
        self._lock, self._launcher = threading.Lock(), None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._launcher:
            self._launcher.close()

    def _opened(self) -> ForkServer | Spawner:
        # where nothing is to be done it is never opened
        with self._lock:
            self._launcher = self._launcher or launcher(self._engine, self._warm)
            return self._launcher

    def each(self, function: Task, items: Sequence[object]) -> Iterator[tuple[int, dict]]:
        """See above. Where the iteration is broken off, tasks at work clear up and end before this returns."""
        left = len(items)

        def call(item: object) -> dict:
            # the last tasks share all cores among them
            processes = max(1, self.jobs // max(1, min(self.jobs, left)))
            return function(Stoppable(self._opened, self._halt.is_set), item, processes)

        pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="zonereport")
        try:
            futures = {pool.submit(call, item): number for number, item in enumerate(items)}
            waiting = set(futures)
            while waiting:
                done, waiting = wait(waiting, timeout=interruption.LOOK, return_when=FIRST_COMPLETED)
                interruption.look()
                # in the order of the tasks where several end at once
                for future in sorted(done, key=futures.__getitem__):
                    left -= 1
                    yield futures[future], future.result()
        except BaseException:
            # tasks look at it when they wait for a job, which they do nearly all the time
            self._halt.set()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
