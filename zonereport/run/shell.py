"""IPython's shell as a kernel has it, in this very process: its messages go straight to nbclient, through no socket."""

import asyncio
import builtins
import contextlib
import getpass
import io
import os
import sys
import tempfile
import time

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionComplete
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from traitlets import Any, Bool
from traitlets.config import Config

# characters of a stream that are held back until somebody flushes
HELD = 1 << 16


class Manager(NotebookExecutionManager):
    """Papermill's manager, which writes the whole notebook twice a cell, made thriftier."""

    _saved = float("-inf")

    def save(self, **more):
        """Save the notebook if it is over, or if the last time is long enough ago."""
        now = time.monotonic()
        if self.end_time is not None or now - self._saved >= self.autosave_cell_every:
            super().save(**more)
            self._saved = now

    def autosave_cell(self, **more):
        """Save the notebook while a cell is running, on the same condition."""
        self.save(**more)


class Client(PapermillNotebookClient):
    """Papermill's client without a kernel: a cell runs here, nbclient makes outputs of what it says."""

    dedicated = Bool(False, help="this process is the notebook's alone, its file descriptors included")

    def execute(self, **kwargs):
        """Execute the notebook."""
        self.reset_execution_trackers()
        # nbclient asks whether there is a kernel before it runs a cell
        self.kc = self.km = object()
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.kernel = _Kernel(dedicated=self.dedicated)
        self.cpu = 0.0
        try:
            with self.kernel.in_place():
                self.papermill_execute_cells()
        finally:
            self.nb.metadata["papermill"]["cells_cpu"] = round(self.cpu, 3)
            asyncio.set_event_loop(None)
            self.loop.close()
        self.nb.metadata["language_info"] = self.kernel.language_info
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell, cell_index, execution_count=None, store_history=True):
        """Execute one cell; raises nbclient's CellExecutionError where the cell failed."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False

        def receive(message):
            with contextlib.suppress(CellExecutionComplete):
                self.process_message(message, cell, cell_index)

        self.code_cells_executed += 1
        began = time.process_time()
        reply = self.loop.run_until_complete(self.kernel.run(cell.source, receive, store_history))
        self.cpu += time.process_time() - began
        self.loop.run_until_complete(self._check_raise_for_error(cell, cell_index, reply))
        return cell


class _Kernel:
    """What a kernel does for a cell: shell, streams, messages."""

    def __init__(self, *, dedicated: bool):
        self.session = _Messages(username="kernel", key=b"")
        self.parent: dict = {}
        # a history would be a database in the user's folder; libraries look for the application's name
        config = Config(HistoryManager={"enabled": False}, HistoryAccessor={"enabled": False})
        config.IPKernelApp.connection_file = ""
        self.shell = _Shell.instance(config=config, compiler_class=XCachingCompiler)
        for publisher in (self.shell.displayhook, self.shell.display_pub):
            publisher.session, publisher.pub_socket = self.session, self
        self.shell.displayhook.topic = b"execute_result"
        self.shell.displayhook.get_execution_count = lambda: self.shell.execution_count
        self.streams = {name: _Stream(name, self._say, dedicated) for name in ("stdout", "stderr")}
        self.language_info = IPythonKernel.language_info

    @contextlib.contextmanager
    def in_place(self):
        """Be this process's standard streams and its input, which there is none of; imports begin in its folder."""
        before = sys.stdout, sys.stderr, builtins.input, getpass.getpass, list(sys.path)
        sys.stdout, sys.stderr = self.streams["stdout"], self.streams["stderr"]
        builtins.input, getpass.getpass = _refusing("raw_input"), _refusing("getpass")
        # where IPython puts the working folder: behind the standard library
        places = [os.path.basename(path) for path in sys.path]
        sys.path.insert(places.index("site-packages") if "site-packages" in places else 0, "")
        try:
            yield
        finally:
            self.flush()
            sys.stdout, sys.stderr, builtins.input, getpass.getpass, sys.path[:] = before
            for stream in self.streams.values():
                stream.release()

    async def run(self, code: str, receive, store_history: bool) -> dict:
        """Run the code of a cell, hand its messages to ``receive``, and return the reply."""
        shell = self.shell
        self.parent = self.session.msg("execute_request", {"code": code})
        self.session.receive = receive
        shell.set_parent(self.parent)
        self._send("status", {"execution_state": "busy"})
        self._send("execute_input", {"code": code, "execution_count": shell.execution_count})
        done = await self._run(code, store_history)
        self.flush()
        error = done.error_in_exec if done.error_before_exec is None else done.error_before_exec
        content = {"status": "ok", "execution_count": shell.execution_count - 1}
        if not done.success or getattr(shell, "_last_traceback_during_displayhook", False):
            content |= {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
            content["traceback"] = shell._last_traceback or []
        shell.payload_manager.clear_payload()
        reply = self.session.msg("execute_reply", content, parent=self.parent)
        self._send("status", {"execution_state": "idle"})
        return reply

    async def _run(self, code: str, store_history: bool):
        # as a kernel does it: a cell with await in it runs in the loop, all others do not
        shell, cell, fault = self.shell, code, None
        try:
            cell = shell.transform_cell(code)
        except Exception:
            fault = sys.exc_info()
        known = {"transformed_cell": cell, "preprocessing_exc_tuple": fault}
        if not shell.should_run_async(code, **known):
            return shell.run_cell(code, store_history=store_history)
        done = None
        try:
            done = await shell.run_cell_async(code, store_history=store_history, **known)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", done)
        return done

    def flush(self):
        """Send what the streams hold back."""
        for stream in self.streams.values():
            stream.flush()

    def _say(self, name: str, text: str):
        self._send("stream", {"name": name, "text": text})

    def _send(self, kind: str, content: dict):
        self.session.send(self, kind, content, parent=self.parent)


class _Shell(ZMQInteractiveShell):
    """The kernel's shell, which has no kernel to stop and no window to open."""

    def enable_gui(self, gui=None):
        self.active_eventloop = gui

    def ask_exit(self):
        pass


# libraries ask for the name of the class to know that they are in a notebook
_Shell.__name__ = _Shell.__qualname__ = ZMQInteractiveShell.__name__


class _Messages(Session):
    """A session that hands its messages to a function, as they would arrive through a socket."""

    receive = Any()

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, **more):
        """Hand a message over; signature and result are Session's."""
        message = msg_or_type
        if not isinstance(message, dict):
            known = {key: more.get(key) for key in ("header", "metadata")}
            message = self.msg(message, content=content, parent=parent, **known)
        if self.receive is not None:
            # through JSON and back: tuples become lists, and nothing is shared with the cell's own objects
            travelled = {part: self.unpack(self.pack(message[part])) for part in ("content", "metadata")}
            self.receive(message | travelled | {"buffers": buffers or []})
        return message


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of the cells; with ``whole`` the file descriptor beneath it, too."""

    encoding, errors = "UTF-8", "strict"

    def __init__(self, name: str, say, whole: bool):
        self._name, self._say = name, say
        self._number = {"stdout": 1, "stderr": 2}[name]
        self._held: list[str] = []
        self._size = 0
        self._file = self._before = None
        if whole:
            self._before = os.dup(self._number)
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115, closed by release
            # a second description, since reading must not move the place where the others write
            writer = os.open(f"/dev/fd/{self._file.fileno()}", os.O_WRONLY | os.O_APPEND)
            os.dup2(writer, self._number)
            os.close(writer)

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._number

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._held.append(text)
        self._size += len(text)
        if self._size > HELD:
            self.flush()
        return len(text)

    def flush(self):
        """Send what was written here, behind what other programs wrote to the file descriptor."""
        # what a program wrote came first: Python's own text was held back
        text = self._read() + "".join(self._held)
        self._held.clear()
        self._size = 0
        if text:
            self._say(self._name, text)

    def _read(self) -> str:
        return self._file.read().decode("utf-8", "replace") if self._file else ""

    def release(self):
        """Give the file descriptor back."""
        if self._before is not None:
            os.dup2(self._before, self._number)
            os.close(self._before)
            self._file.close()
            self._file = self._before = None


def _refusing(function: str):
    def refuse(prompt="", *more):
        raise StdinNotImplementedError(f"{function} was called, but this frontend does not support input requests.")

    return refuse
