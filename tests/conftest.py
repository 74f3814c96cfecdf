"""What many tests share: the project's root, a copy of it to spoil, and the real report built once."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from zonereport.inputs import load_zone

ROOT = Path(__file__).resolve().parents[1]


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


def copy_project(target: Path) -> Path:
    """Copy what a run needs, so that a test may spoil it."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "reports.yml", target)
    return target


def zonereport(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """Call the command line as a user does, in a process of its own."""
    command = [sys.executable, "-m", "zonereport", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300)


@pytest.fixture
def call():
    """The command line as a function: ``call("run", "yizheng", cwd=project)``."""
    return zonereport


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
    target = copy_project(tmp_path_factory.mktemp("project"))
    done = zonereport("run", "yizheng", "--period", "2022", cwd=target)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(target, target / "reports" / "yizheng" / "2022", done.stdout)
