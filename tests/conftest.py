"""What many tests share: the project's root, a copy of it to spoil, and the real report built once."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from zonereport.cli.main import status_of
from zonereport.inputs import load_zone

ROOT = Path(__file__).resolve().parents[1]
# what the program says is tested in the language in which its messages are written; tests of others choose theirs
os.environ["ZONEREPORT_LANG"] = "en"
# how long an example takes says something of the machine's load, nothing of the code
# as many examples as a test run has time for; ZONEREPORT_EXAMPLES=1000 looks for longer
EXAMPLES = int(os.environ.get("ZONEREPORT_EXAMPLES", "40"))
settings.register_profile("zonereport", deadline=None, max_examples=EXAMPLES)
settings.load_profile("zonereport")
# what changes a folder, or waits until it is on the disk
STEPS = ("rename", "replace", "fsync", "unlink", "rmdir", "mkdir")


def pytest_addoption(parser):
    """``make golden`` passes --rewrite-golden: the printed text of six editions becomes what is expected."""
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/text anew")


@dataclass(frozen=True)
class Built:
    """A project folder in which the real report of 2022 was built, and what the command printed."""

    root: Path
    folder: Path
    output: str


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout itself; never written to."""
    return ROOT


@pytest.fixture(scope="session")
def demo_zone(root):
    """The synthetic zone, loaded once for all tests; nobody changes its tables in place."""
    return load_zone("demo", root)


def copy_project(target: Path, *, office: bool = False) -> Path:
    """Copy what a run needs, so that a test may spoil it; with ``office`` its books come as Word, Excel, slides."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    books = (ROOT / "reports.yml").read_text(encoding="utf-8")
    if not office:
        books = re.sub(r"(?ms)^    # what goes along.*", "", books.replace("[html, pdf, docx]", "[html, pdf]"))
        assert "docx" not in books
        assert "attachments" not in books
    (target / "reports.yml").write_text(books, encoding="utf-8")
    return target


def zonereport(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """Call the command line as a user does, in a process of its own."""
    command = [sys.executable, "-m", "zonereport", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def call():
    """The command line as a function: ``call("run", "yizheng", cwd=project)``."""
    return zonereport


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed, as a process would have it."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def said(capfd, monkeypatch):
    """The command line in this process, for what is refused before anything runs: ``said("run", "x", cwd=project)``."""

    def run(*arguments: str, cwd: Path) -> Said:
        monkeypatch.chdir(cwd)
        capfd.readouterr()
        status = status_of(list(arguments))
        out, err = capfd.readouterr()
        return Said(status, out, err)

    return run


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """``once(name, make)``: a folder made once for all processes of a test run; nobody changes it afterwards."""
    base = tmp_path_factory.getbasetemp()
    # each process of pytest-xdist has a folder of its own below the one of the run
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def folder_of(name: str, make: Callable[[Path], None]) -> Path:
        folder = base / f"once-{name}"
        with FileLock(base / f"once-{name}.lock"):
            if not (folder / "made").exists():
                folder.mkdir()
                make(folder)
                (folder / "made").touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def command():
    """``call`` for fixtures of a module or a session."""
    return zonereport


@pytest.fixture(scope="session")
def copied():
    """Copies what a run needs into a folder, for fixtures of a module or a session."""
    return copy_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A copy of data, notebooks and catalogue, to be changed at will."""
    monkeypatch.delenv("ZONEREPORT_ROOT", raising=False)
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def edition(tmp_path_factory) -> Built:
    """The main job, done once: zonereport run yizheng --period 2022 in a copy of the project."""
    target = copy_project(tmp_path_factory.mktemp("project"), office=True)
    done = zonereport("run", "yizheng", "--period", "2022", cwd=target)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(target, target / "reports" / "yizheng" / "2022", done.stdout)


# what of the synthetic zone is looked at by several tests: the arguments of its runs
DEMO_RUNS = (("--periods", "2022-12,2022-06,2022-02,2021-12"), ("--period", "2022-09", "-p", "park=chuanhe"))


@pytest.fixture(scope="session")
def demo_reports(once) -> Path:
    """The folder with the reports of five editions of the synthetic zone, HTML and PDF, built once."""

    def build(folder: Path) -> None:
        copy_project(folder)
        for arguments in DEMO_RUNS:
            done = zonereport("run", "demo", *arguments, cwd=folder)
            assert done.returncode == 0, done.stdout + done.stderr

    return once("demo", build) / "reports" / "demo"


@pytest.fixture(scope="session")
def killed():
    """``killed(action, step)`` does something in a process that is killed at that step; None for the end of steps.

    A step is a call of the operating system that changes a folder or waits for the disk; step 0 is before the first.
    """

    def attempt(action: Callable[[], object], step: int) -> str | None:
        names, child = [], None
        read, write = os.pipe()
        child = os.fork()
        if child:
            os.close(write)
            with os.fdopen(read) as stream:
                name = stream.read()
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
            return name or None

        def counting(name, function):
            def call(*arguments, **named):
                if len(names) == step:
                    os.write(write, name.encode())
                    os.kill(os.getpid(), signal.SIGKILL)
                names.append(name)
                return function(*arguments, **named)

            return call

        for name in STEPS:
            setattr(os, name, counting(name, getattr(os, name)))
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)

    return attempt


@pytest.fixture(scope="session")
def patience() -> float:
    """How many seconds a test waits for what has to come: a thousand times what a Python takes to start here, now."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import json"], check=True)
    return max(60.0, 1000 * (time.monotonic() - began))


@pytest.fixture(scope="session")
def until(patience):
    """``until(condition)`` waits for a condition, as long as a hopeless test should last, and returns what it is."""

    def wait(condition: Callable[[], object]) -> object:
        end = time.monotonic() + patience
        while not (found := condition()):
            assert time.monotonic() < end, "it never came"
            time.sleep(0.02)
        return found

    return wait
