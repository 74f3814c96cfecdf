"""Start the process of a job: forked from a warm server, or a Python of its own. Either way no job outlives its parent.

Both launchers have the same four methods, and threads may share one: many editions can be built through one server.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from zonereport.run.worker import end_tree

# seconds between two looks at spawned children; a chapter takes seconds
PAUSE = 0.02
# seconds that a process has to go when it is told to
GRACE = 5
ENGINES = ("fork", "kernel")
DEFAULT_ENGINE = "fork" if sys.platform == "linux" else "kernel"


def launcher(engine: str, warm: Mapping[str, Sequence[str]] | None = None) -> ForkServer | Spawner:
    """Return the launcher of an engine, ``fork`` or ``kernel``; use it in a ``with`` statement.

    ``warm`` names the modules of other rooms that a fork server imports in advance, by the stage (a job of ``worker``)
    that needs them; a star at the end stands for all modules below. This room knows none of them.
    """
    return ForkServer(warm) if engine == "fork" else Spawner()


def surroundings() -> dict[str, str]:
    """The environment of every job: nothing of it depends on the edition."""
    return os.environ | {
        # as many processes run as there are jobs; more threads in each would only get in each other's way
        **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # a kernel of the same name in the user's folder may belong to another Python
        "JUPYTER_PREFER_ENV_PATH": "1",
        # what a kernel sets where nobody has chosen; matplotlib reads it when it is imported
        "MPLBACKEND": os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline",
    }


class Job:
    """A job on its way: its folder, its process as soon as there is one, its exit status as soon as it ended."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pid: int | None = None
        self.status: int | None = None
        self.started: float | None = None

    def begin(self, pid: int) -> None:
        """Note the process of the job."""
        self.pid, self.started = pid, time.monotonic()


class ForkServer:
    """The client of ``zonereport.run.server``, which it starts at once: it warms up while there is other work to do."""

    def __init__(self, warm: Mapping[str, Sequence[str]] | None = None):
        self._warm = json.dumps({stage: list(names) for stage, names in (warm or {}).items()})
        self._changed = threading.Condition()
        self._count = 0
        self._server: subprocess.Popen | None = None
        self._open()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _open(self) -> None:
        ours, theirs = socket.socketpair()
        read, write = os.pipe()
        with theirs:
            command = [sys.executable, "-P", "-m", "zonereport.run.server", str(theirs.fileno()), str(read)]
            command.append(self._warm)
            self._server = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(), read),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=surroundings(),
                # Ctrl-C is for the parent, which then closes the socket
                start_new_session=True,
            )
        os.close(read)
        self._socket, self._lifeline = ours, write
        # of this server: the listener of one that died must not touch the jobs of the next
        self._jobs: dict[int, Job] = {}
        self._lost = False
        threading.Thread(target=self._listen, args=(ours, self._jobs), daemon=True).start()

    def start(self, folder: Path, *, needs: str, environment: dict[str, str]) -> Job:
        """Ask for the job in a folder; ``needs`` is the stage of the server that it cannot begin before."""
        with self._changed:
            if self._lost:
                self._drop()
                self._open()
            self._count += 1
            job = self._jobs[self._count] = Job(folder)
            order = {"id": self._count, "needs": needs, "folder": str(folder), "environment": environment}
            # where the server is just ending, the listener ends the job
            with contextlib.suppress(OSError):
                self._socket.sendall(json.dumps(order).encode() + b"\n")
        return job

    def wait(self, seconds: float) -> None:
        """Wait until something happens to a job, at most some seconds."""
        with self._changed:
            self._changed.wait(seconds)

    def signal(self, job: Job, number: int) -> None:
        """Send a signal to the process of a job; SIGKILL is for all that it started, too."""
        with self._changed, contextlib.suppress(OSError):
            for key, known in self._jobs.items():
                if known is job:
                    self._socket.sendall(json.dumps({"id": key, "signal": number}).encode() + b"\n")

    def close(self) -> None:
        """End the server and all jobs."""
        self._drop()
        with self._changed:
            jobs = list(self._jobs.values())
            self._jobs.clear()
        for job in jobs:
            job.status = -signal.SIGKILL

    def _drop(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._server.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._socket.close()
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None

    def _listen(self, connection: socket.socket, jobs: dict[int, Job]) -> None:
        with contextlib.suppress(OSError), connection.makefile("rb") as stream:
            for line in stream:
                message = json.loads(line)
                with self._changed:
                    job = jobs.get(message["id"])
                    if job and "pid" in message:
                        job.begin(message["pid"])
                    elif job:
                        job.status = message["status"]
                        del jobs[message["id"]]
                    self._changed.notify_all()
        with self._changed:
            # without its server a job has nobody to report its end
            for job in jobs.values():
                if job.pid is not None:
                    end_tree(job.pid)
                job.status = -signal.SIGKILL
            jobs.clear()
            self._lost = self._lost or self._jobs is jobs
            self._changed.notify_all()


class Spawner:
    """Starts a Python for each job: slower, and it works wherever Python does."""

    def __init__(self):
        self._lock = threading.Lock()
        self._children: dict[Job, subprocess.Popen] = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, folder: Path, *, needs: str, environment: dict[str, str]) -> Job:
        """Start the job in a folder. Its standard input is its lifeline."""
        # what it prints is no news: it goes to the log of its chapter
        with (folder / "log.txt").open("wb") as log:
            child = subprocess.Popen(
                # -P: the working folder is no place to import from
                [sys.executable, "-P", "-m", "zonereport.run.worker"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=surroundings() | environment,
                # Ctrl-C is for the parent, which then lets go of the lifeline
                start_new_session=True,
            )
        job = Job(folder)
        job.begin(child.pid)
        with self._lock:
            self._children[job] = child
        return job

    def wait(self, seconds: float) -> None:
        """Wait a moment, and note which jobs have ended."""
        time.sleep(min(seconds, PAUSE))
        with self._lock:
            for job, child in list(self._children.items()):
                if child.poll() is not None:
                    child.stdin.close()
                    job.status = child.returncode
                    del self._children[job]

    def signal(self, job: Job, number: int) -> None:
        """Send a signal to the process of a job; SIGKILL is for all that it started, too."""
        with self._lock:
            if job in self._children:
                end_tree(job.pid) if number == signal.SIGKILL else self._children[job].send_signal(number)

    def close(self) -> None:
        """End all jobs."""
        with self._lock:
            for child in self._children.values():
                child.stdin.close()
            for job, child in self._children.items():
                try:
                    child.wait(GRACE)
                except subprocess.TimeoutExpired:
                    end_tree(child.pid)
                    child.wait()
                job.status = child.returncode
            self._children.clear()


def result(job: Job) -> dict | None:
    """Read what an ended job left; None where its process did not get so far."""
    try:
        return json.loads((job.folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def ending(status: int) -> str:
    """Say how a process ended that left no result.

    >>> ending(-9), ending(3)
    ('the process of the chapter was killed (SIGKILL)', 'the process of the chapter ended with status 3')
    """
    if status < 0:
        with contextlib.suppress(ValueError):
            return f"the process of the chapter was killed ({signal.Signals(-status).name})"
    return f"the process of the chapter ended with status {status}"
