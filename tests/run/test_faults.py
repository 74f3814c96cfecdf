"""What goes wrong while a chapter runs costs that chapter only; each test says what is left behind."""

import functools
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest

from zonereport.run import edition as edition_module
from zonereport.run import execute
from zonereport.run.errors import BuildError, ParameterError
from zonereport.run.launch import ForkServer, Spawner
from zonereport.run.limits import Limits, Watch

GOOD = "print('well')"
HOG = "import time\nkept = []\nwhile True:\n    kept.append(bytearray(30_000_000)); time.sleep(0.01)"
STUBBORN = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass"
NOTE_PID = "import os, pathlib; pathlib.Path('pid.new').write_text(str(os.getpid())); os.rename('pid.new', 'pid')\n"


@pytest.fixture(params=["fork", "kernel"])
def engine(request):
    """Both engines, one after the other."""
    return request.param


@pytest.fixture
def degraded(make, publisher, server, tmp_path):
    """Build 01_bad with the code given, and 02_good; return the failed chapter after a look at what is left."""

    def build(code, engine="fork", starter=None, jobs=2, **limits):
        edition = make({"01_bad": code, "02_good": GOOD}, formats=("html",))
        with Spawner() as spawner:
            starter = starter or {"fork": server, "kernel": spawner}[engine]
            more = {"engine": engine, "starter": starter, "jobs": jobs, "limits": Limits(**limits)}
            outcome = edition_module.build(edition, str, **more)
        (failed,) = outcome.degraded
        assert failed.name == "01_bad"
        page = (outcome.folder / "report.html").read_text(encoding="utf-8")
        assert f"本章未生成，原因已记入日志。（{failed.reason}）" in page
        assert "# 第02_good章" in page
        left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        names = ("manifest.json", "report.html", "notebooks/01_bad.ipynb", "notebooks/02_good.ipynb")
        assert {path for path in left if path.startswith("reports/")} == {f"reports/demo/2022/{name}" for name in names}
        assert {path for path in left if path.startswith("logs/")} <= {
            f"logs/demo/2022/01_bad{suffix}" for suffix in (".ipynb", ".log")
        }
        return failed

    return build


def outputs(path):
    """Everything that the cells of a notebook said, as one text."""
    return str([cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells])


@pytest.fixture
def gone(until):
    """Wait until a process has ended."""

    def wait(pid):
        def ended():
            try:
                return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
            except psutil.NoSuchProcess:
                return True

        until(ended)

    return wait


@pytest.fixture
def late(tmp_path, monkeypatch):
    """The clock of the chapter that has written its number to ``pid`` runs ahead of all time limits."""

    def family(pid):
        try:
            return {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
        except psutil.NoSuchProcess:
            return set()

    class Ahead(Watch):
        def exceeded(self, pid, started):
            note = tmp_path / "notebooks" / "pid"
            if note.exists() and int(note.read_text()) in family(pid):
                started -= 1_000_000
            return super().exceeded(pid, started)

    monkeypatch.setattr(execute, "Watch", Ahead)


def test_endless_loop(degraded, engine, tmp_path, late, gone, monkeypatch):
    """Stopped by the time limit; the log says where it was."""
    # it is killed when it has not saved itself by then, and how long that takes is the machine's affair
    monkeypatch.setattr(execute, "LAST_WORDS", 600)
    failed = degraded(NOTE_PID + "while True: pass", engine, seconds=600)
    assert failed.reason == "time limit: longer than 600 s"
    gone(int((tmp_path / "notebooks" / "pid").read_text()))
    if engine == "fork":
        assert "KeyboardInterrupt" in outputs(failed.log)


def test_endless_loop_that_will_not_be_interrupted(degraded, tmp_path, late, gone):
    """Killed; the log is the notebook as it was saved last."""
    failed = degraded(NOTE_PID + STUBBORN, seconds=600)
    assert failed.reason == "time limit: longer than 600 s"
    gone(int((tmp_path / "notebooks" / "pid").read_text()))
    assert failed.log.is_file()


def test_memory_hog(degraded, engine, tmp_path, gone):
    """Killed by the memory limit, with every process that belongs to it."""
    failed = degraded(NOTE_PID + HOG, engine, memory=700)
    assert failed.reason == "memory limit: more than 700 MB"
    gone(int((tmp_path / "notebooks" / "pid").read_text()))


def test_exit_without_a_word(degraded):
    """os._exit(0) looks like success to whoever only asks for the status."""
    failed = degraded("import os; os._exit(0)")
    assert failed.reason == "the process of the chapter ended with status 0"
    assert failed.log.is_file()


def test_kill_of_a_worker(degraded):
    """A signal from outside, as the kernel's out-of-memory killer sends it."""
    failed = degraded("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert failed.reason == "the process of the chapter was killed (SIGKILL)"


def test_kill_of_the_fork_server(degraded, tmp_path, gone):
    """Its chapter is lost and ended; the next chapter gets a new server."""
    code = NOTE_PID + "os.kill(os.getppid(), signal.SIGKILL)\n" + STUBBORN
    with ForkServer() as own:
        failed = degraded("import signal\n" + code, starter=own, jobs=1)
    assert failed.reason == "the process of the chapter was killed (SIGKILL)"
    gone(int((tmp_path / "notebooks" / "pid").read_text()))


def test_what_a_chapter_started_ends_with_it(make, publisher, server, tmp_path, gone):
    """A program left in the background does not outlive its chapter."""
    code = "import subprocess\nchild = subprocess.Popen(['sleep', '60'])\nopen('pid', 'w').write(str(child.pid))"
    edition_module.build(make({"01_a": code}), str, starter=server)
    gone(int((tmp_path / "notebooks" / "pid").read_text()))


def test_a_notebook_that_is_no_json(make, monkeypatch, tmp_path):
    """Refused before anything runs: no folder, no log, no process."""
    edition = make({"01_a": GOOD, "02_b": GOOD})
    edition.chapters[1].write_text("{", encoding="utf-8")
    monkeypatch.setattr(edition_module, "launcher", None)
    with pytest.raises(ParameterError, match=r"^02_b.ipynb: is no notebook \(no valid JSON with cells\)$"):
        edition_module.build(edition, str)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notebooks"]


FULL = """
import resource, signal, sys
from pathlib import Path
from zonereport.run.edition import build
from zonereport.run.model import Edition
from zonereport.run.errors import BuildError
if sys.argv[2] == "limit":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
root = Path(sys.argv[1])
try:
    build(Edition(root, "demo", "2022", "annual", (root / "notebooks/01_a.ipynb",), root / "reports"), str)
except BuildError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte below reports/; where nothing may be mounted, no file may be larger than that."""
    reports = tmp_path / "reports"
    reports.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(reports)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    yield "disk" if mounted else "limit"
    if mounted:
        subprocess.run(["umount", str(reports)], check=True)


def test_full_disk(make, tmp_path, small_disk):
    """Nothing is published, what stood there stands, and the disk is free again; one line says why."""
    edition = make({"01_a": "print('x' * 3_000_000)"})
    edition.folder.mkdir(parents=True)
    (edition.folder / "report.html").write_text("earlier", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path, small_disk], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("demo 2022: ")
    assert len(done.stderr.splitlines()) == 1
    assert {"disk": "No space left on device", "limit": "File too large"}[small_disk] in done.stderr
    left = [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "reports").rglob("*") if path.is_file()]
    assert left == ["reports/demo/2022/report.html"]
    assert not (tmp_path / "reports" / ".staging").exists()


def test_a_job_that_is_no_chapter_dies(make, server):
    """A preparation that takes its process down is one line, and nothing is left in reports/."""
    edition = make({"01_a": GOOD}, prepare=functools.partial(os._exit, 7))
    with pytest.raises(BuildError, match=r"^prepare: the process ended with status 7$"):
        edition_module.build(edition, str, starter=server)
    assert not edition.reports.exists()


def test_what_a_preparation_raises_is_raised(make, server):
    edition = make({"01_a": GOOD}, prepare=functools.partial(int, "12x"))
    with pytest.raises(ValueError, match="invalid literal") as caught:
        edition_module.build(edition, str, starter=server)
    assert "Traceback" in caught.value.__notes__[0]
    assert not Path(edition.reports).exists()


def test_interrupt_signal_is_the_chapters_own(degraded):
    """A chapter that interrupts itself has failed like any other."""
    failed = degraded("import os, signal; os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(600)")
    assert failed.reason == "KeyboardInterrupt"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
