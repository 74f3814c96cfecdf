"""The fork server: a process that imports what chapters and publishing need once, and forks one process a job.

Forking a warm process costs some milliseconds where a kernel and its imports cost two seconds. Each fork serves one job
and ends, so that nothing leaks from one chapter into the next. The server has one thread as long as it forks.

It warms up in stages, and serves a job as soon as it is warm enough for it: an edition is prepared while seaborn is
being imported. It speaks with its client in lines of JSON through a socket. ``{"id", "needs", "folder",
"environment"}`` asks for a job, ``{"id", "signal"}`` is for a running one; ``{"id", "pid"}`` and ``{"id", "status"}``
come back.
"""

import gc
import importlib
import json
import os
import pkgutil
import random
import selectors
import signal
import socket
import sys
import traceback
from pathlib import Path

from zonereport.run import worker

# what the jobs of this room import themselves; the modules of other rooms come with the command
OWN = {
    "prepare": ["pandas"],
    "chapter": [
        "papermill",
        "nbformat",
        "zonereport.run.shell",
        "zonereport.run.canonical",
        "zonereport.run.engine",
        "matplotlib.pyplot",
        "matplotlib.backends.backend_svg",
        "matplotlib.backends.backend_agg",
        "seaborn",
        "pandas.io.formats.style",
        "IPython.core.pylabtools",
        # what the shell and pandas import when they are first used
        "IPython.core.application",
        "IPython.core.completerlib",
        "IPython.core.oinspect",
        "bdb",
        "pandas.core.methods.to_dict",
        "pandas.core.reshape.reshape",
    ],
    "export": ["nbconvert.exporters.templateexporter", "typst", "fontTools.subset"],
}


def main() -> None:
    """Serve until the client closes its end.

    Arguments: the socket's and the lifeline's file descriptors, and as JSON the modules of other rooms to import, by
    stage (see ``launch.launcher``).
    """
    sys.modules.setdefault(worker.NEEDLESS, None)
    # imports leave nothing to collect, and looking for it takes a tenth of their time
    gc.disable()
    server = _Server(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
    more = json.loads(sys.argv[3])
    for stage, names in OWN.items():
        for name in [*names, *more.get(stage, ())]:
            _warm(name)
            server.serve(wait=False)
        if stage == "export":
            _warm_exporter()
        # what is frozen here is not copied when a child's collector looks at it
        gc.freeze()
        server.ready.add(stage)
    while True:
        server.serve(wait=True)


def _warm(name: str) -> None:
    try:
        module = importlib.import_module(name.removesuffix(".*"))
        if name.endswith(".*"):
            for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
                importlib.import_module(found.name)
    except Exception:
        # the job that needs it will say so better
        traceback.print_exc()


def _warm_exporter() -> None:
    """Fill the caches that every report needs: which characters the typeface has, and the compiled templates."""
    try:
        from zonereport import publish

        publish.warm()
    except Exception:
        traceback.print_exc()


class _Server:
    def __init__(self, client: socket.socket, lifeline: int):
        self.client, self.lifeline = client, lifeline
        self.ready: set[str] = set()
        self.waiting: list[dict] = []
        self.running: dict[int, int] = {}  # pid: id
        self.rest = b""
        # a byte for each child that ends, so that one wait is for both
        self.wake_end, self.wake = os.pipe()
        os.set_blocking(self.wake_end, False)
        os.set_blocking(self.wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.wake)
        self.selector = selectors.DefaultSelector()
        self.selector.register(client, selectors.EVENT_READ)
        self.selector.register(self.wake_end, selectors.EVENT_READ)

    def serve(self, *, wait: bool) -> None:
        """Hear the client, start what can be started, report what has ended."""
        for key, _ in self.selector.select(None if wait else 0):
            if key.fileobj is self.client:
                self._hear()
            else:
                os.read(self.wake_end, 4096)
        self._reap()
        for order in [order for order in self.waiting if order["needs"] in self.ready]:
            self.waiting.remove(order)
            self._start(order)

    def _hear(self) -> None:
        data = self.client.recv(1 << 16)
        if not data:
            for pid in self.running:
                worker.end_tree(pid)
            os._exit(0)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for order in map(json.loads, lines):
            if "signal" in order:
                self._signal(order["id"], order["signal"])
            else:
                self.waiting.append(order)

    def _signal(self, job: int, number: int) -> None:
        for pid, known in self.running.items():
            if known == job:
                # not reaped yet: the number is still this child's own
                worker.end_tree(pid) if number == signal.SIGKILL else os.kill(pid, number)
        if any(order["id"] == job for order in self.waiting):
            self.waiting = [order for order in self.waiting if order["id"] != job]
            self._tell({"id": job, "status": -number})

    def _reap(self) -> None:
        while self.running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            if pid in self.running:
                worker.end_group(pid)
                self._tell({"id": self.running.pop(pid), "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, message: dict) -> None:
        self.client.sendall(json.dumps(message).encode() + b"\n")

    def _start(self, order: dict) -> None:
        pid = os.fork()
        if pid:
            self.running[pid] = order["id"]
            self._tell({"id": order["id"], "pid": pid})
            return
        status = 1
        try:
            self._become(order)
            worker.main()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(status)

    def _become(self, order: dict) -> None:
        """Turn this fork into the process of a job: own group, own log, own folder, own randomness."""
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number, action in ((signal.SIGCHLD, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
            signal.signal(number, action)
        self.selector.close()
        self.client.close()
        os.close(self.wake)
        os.close(self.wake_end)
        log = os.open(Path(order["folder"]) / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.close(log)
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        worker.follow(self.lifeline)
        gc.enable()
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()


if __name__ == "__main__":
    main()
