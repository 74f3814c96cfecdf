"""What need not be done again is not done again, and whatever changes is."""

import functools
import json
import subprocess
import sys

import pytest

from zonereport.run import edition as edition_module
from zonereport.run import making, remember
from zonereport.run.execute import Task
from zonereport.run.prepared import Prepared

READING = "import os, pickle\nopen(os.environ['ZONEREPORT_READS'], 'w').write('{names}')\n"
MEMORY = "pickle.load(open(os.environ['ZONEREPORT_EDITION'] + '/shared.pickle', 'rb'))"


@pytest.fixture
def build(server, publisher):
    """Build an edition, and return the outcome with what was said."""

    def run(edition, **more):
        lines = []
        outcome = edition_module.build(edition, lines.append, starter=server, **more)
        return outcome, lines

    return run


@pytest.fixture
def book(make, tmp_path):
    """A book of three chapters: one reads the table land, one says nothing of what it reads, one reads the memory."""
    data = tmp_path / "data" / "a.csv"
    data.parent.mkdir()
    data.write_text("1\n", encoding="utf-8")

    def edition(*, land="l1", base="b1", code="print('read')", **changes):
        facts = {"shared": {"figure": 1.5}, "base": base, "digests": {"land": land, "works": "w1"}}
        chapters = {"01_land": READING.replace("{names}", '["land"]') + code, "02_mute": "print('mute')"}
        chapters |= {"03_memory": READING.replace("{names}", "[]") + MEMORY}
        return make(chapters, inputs=(data,), prepare=functools.partial(Prepared, **facts), **changes)

    return edition


def manifest(outcome):
    return json.loads((outcome.folder / "manifest.json").read_text(encoding="utf-8"))


def test_nothing_has_changed(build, book, monkeypatch):
    first, _ = build(book())
    assert not first.current
    before = (first.folder / "manifest.json").read_bytes()
    monkeypatch.setattr(making, "execute", None)
    second, lines = build(book())
    assert second.current
    assert lines == []
    assert (second.files, second.degraded) == (first.files, ())
    assert (first.folder / "manifest.json").read_bytes() == before


def test_chapters_share_what_was_prepared_and_say_what_they_read(build, book):
    outcome, _ = build(book())
    entries = {entry["name"]: entry for entry in manifest(outcome)["chapters"]}
    assert [entry["reads"] for entry in entries.values()] == [["land"], None, []]
    notebook = json.loads((outcome.folder / "notebooks" / "03_memory.ipynb").read_text(encoding="utf-8"))
    assert "".join(notebook["cells"][-1]["outputs"][0]["data"]["text/plain"]) == "{'figure': 1.5}"


@pytest.mark.parametrize(
    ("changes", "reused"),
    [
        ({"formats": ("html",)}, {"01_land", "02_mute", "03_memory"}),
        ({"code": "print('read again')"}, {"02_mute", "03_memory"}),
        ({"parameters": {"zone": "demo"}}, {"01_land", "02_mute", "03_memory"}),
    ],
)
def test_what_changed_is_executed(build, book, changes, reused):
    build(book())
    outcome, lines = build(book(**changes))
    assert set(outcome.reused) == reused
    assert {line.split()[1] for line in lines if line.endswith("reused")} == reused
    assert {entry["name"] for entry in manifest(outcome)["chapters"] if entry["reused"]} == reused


@pytest.mark.parametrize(
    ("digests", "reused"), [({"land": "l2"}, {"03_memory"}), ({"base": "b2"}, set()), ({}, {"01_land", "03_memory"})]
)
def test_a_changed_file_costs_the_chapters_that_read_it(build, book, tmp_path, digests, reused):
    build(book())
    (tmp_path / "data" / "a.csv").write_text("2\n", encoding="utf-8")
    outcome, _ = build(book(**digests))
    # 02_mute does not say what it reads, so any file may be
    assert set(outcome.reused) == reused


def test_force(build, book):
    build(book())
    outcome, _ = build(book(), force=True)
    assert not outcome.current
    assert outcome.reused == ()


@pytest.mark.parametrize("spoil", ["report.html", "notebooks/02_mute.ipynb", "manifest.json", "extra.txt"])
def test_a_spoilt_folder_is_made_anew(build, book, spoil):
    first, _ = build(book())
    good = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file() and path.suffix != ".json"}
    (first.folder / spoil).write_text("x", encoding="utf-8")
    second, _ = build(book())
    assert not second.current
    assert "02_mute" not in second.reused or "02_mute" not in spoil
    assert {path: path.read_bytes() for path in second.folder.rglob("*") if path.suffix in (".html", ".ipynb")} == {
        path: content for path, content in good.items() if path.suffix in (".html", ".ipynb")
    }
    assert not (first.folder / "extra.txt").exists()


def test_a_failed_chapter_is_tried_again(build, make):
    build(make({"01_a": "print(1)", "02_b": "open('there')"}))
    edition = make({"01_a": "print(1)", "02_b": "open('there')"})
    (edition.root / "notebooks" / "there").touch()
    outcome, _ = build(edition)
    assert outcome.degraded == ()
    assert outcome.reused == ("01_a",)


def test_package_and_environment_are_part_of_every_key(tmp_path, monkeypatch):
    path = tmp_path / "a.ipynb"
    path.write_text("{}", encoding="utf-8")
    task = Task(path, {"zone": "demo"})
    keys = {remember.chapter_key(task, Prepared(), [], ())}
    for name in ("package", "distributions"):
        with monkeypatch.context() as patch:
            patch.setattr(remember, name, lambda: "another")
            keys.add(remember.chapter_key(task, Prepared(), [], ()))
    keys.add(remember.chapter_key(Task(path, {"zone": "other"}), Prepared(), [], ()))
    keys.add(remember.chapter_key(task, Prepared(base="x"), [], ()))
    assert len(keys) == 5


def test_longest_first(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text("{}", encoding="utf-8")
    earlier = {"chapters": [{"name": "a", "status": "executed", "seconds": 3.5}]}
    assert remember.cost(path, earlier) == 3.5
    assert remember.cost(path, {}) >= 1000


def test_a_second_run_imports_nothing_slow(edition):
    """Nothing to do costs no pandas and no nbconvert, and says so."""
    code = (
        "import sys; from zonereport.cli.main import status_of as _status\n"
        "status = _status(['run', 'yizheng'])\n"
        "slow = {'pandas', 'numpy', 'nbconvert', 'nbformat', 'papermill', 'matplotlib', 'IPython', 'pandera'}\n"
        "sys.exit(status or ' '.join(slow & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=edition.root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout.splitlines()[0] == "yizheng 2022: nothing has changed; --force builds it again"
    assert done.stdout.splitlines()[-1] == "reports/yizheng/2022/slides.pptx"
