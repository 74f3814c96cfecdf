"""Editions built with real papermill; publishing is replaced, but for the last test."""

import functools
import json
import signal
import subprocess
import sys
import time

import psutil
import pytest

from zonereport.run import edition as edition_module
from zonereport.run import making
from zonereport.run.errors import BuildError, EditionBusy, ParameterError
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared
from zonereport.run.staging import staged

TEXT = "from IPython.display import display, Markdown\ndisplay(Markdown(f'{zone} {period}'))"
FAIL = "raise ValueError('no data for ' + period)"


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def earlier(edition):
    """Put a report where the edition belongs and return its files."""
    edition.folder.mkdir(parents=True)
    (edition.folder / "report.html").write_text("earlier", encoding="utf-8")
    return contents(edition.folder)


def untouched(edition, before):
    return contents(edition.folder) == before and not (edition.reports / ".staging").exists()


def refuse(*arguments, **named):
    raise AssertionError("nothing may run")


@pytest.fixture
def build(server):
    """``build`` with the server of all tests."""
    return functools.partial(edition_module.build, starter=server)


def test_complete_edition(make, build, publisher, tmp_path):
    data = tmp_path / "data" / "demo"
    data.mkdir(parents=True)
    (data / "indicators.csv").write_text("a\n", encoding="utf-8")
    prepare = functools.partial(Prepared, files={"measures.csv": b"name,value\n"}, summary="demo: 1 row valid")
    edition = make({"01_a": TEXT, "02_b": TEXT}, inputs=(data / "indicators.csv",), prepare=prepare)
    lines = []
    outcome = build(edition, lines.append)

    folder = tmp_path / "reports" / "demo" / "2022"
    assert outcome.folder == folder
    assert outcome.degraded == ()
    assert sorted(contents(folder)) == [
        "manifest.json",
        "measures.csv",
        "notebooks/01_a.ipynb",
        "notebooks/02_b.ipynb",
        "report.html",
        "report.pdf",
    ]
    assert "第01_a章" in (outcome.folder / "report.html").read_text(encoding="utf-8")
    assert (outcome.folder / "report.pdf").read_bytes().count(b"Markdown") == 2
    assert (folder / "measures.csv").read_bytes() == b"name,value\n"
    assert lines.pop(0) == "demo: 1 row valid"
    assert [line.split("]")[0] for line in lines] == ["[1/4", "[2/4", "[3/4", "[4/4"]
    assert {line.split()[1] for line in lines} == {"01_a", "02_b", "report.html", "report.pdf"}
    assert lines[-1].startswith("[4/4] report.pdf   written  0.")

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "complete"
    assert [entry["path"] for entry in manifest["inputs"]] == [
        "data/demo/indicators.csv",
        "notebooks/01_a.ipynb",
        "notebooks/02_b.ipynb",
    ]
    assert len(manifest["outputs"]) == 5
    assert not (tmp_path / "logs").exists()
    assert not (tmp_path / "reports" / ".staging").exists()

    # a second run: the same bytes but for the manifest, which differs in time only
    first = contents(folder)
    build(edition, lines.append, force=True)
    second = contents(folder)
    assert {**first, "manifest.json": b""} == {**second, "manifest.json": b""}
    again = json.loads(second["manifest.json"])
    for content in (manifest, again):
        del content["built_at"]
        for chapter in content["chapters"]:
            del chapter["seconds"], chapter["cpu"]
    assert again == manifest
    for name, content in second.items():
        assert str(tmp_path).encode() not in content, name


def test_degraded_edition(make, build, publisher, tmp_path):
    edition = make({"01_a": FAIL, "02_b": TEXT}, formats=("html",))
    lines = []
    outcome = build(edition, lines.append)
    (failed,) = outcome.degraded
    assert (failed.name, failed.reason) == ("01_a", "ValueError: no data for 2022")
    assert failed.log == tmp_path / "logs" / "demo" / "2022" / "01_a.ipynb"
    assert failed.log.is_file()
    assert outcome.files == (outcome.folder / "report.html",)
    page = (outcome.folder / "report.html").read_text(encoding="utf-8")
    assert (
        page.index("# 第01_a章")
        < page.index("本章未生成，原因已记入日志。（ValueError: no data for 2022）")
        < page.index("# 第02_b章")
    )
    assert "Traceback" not in page
    manifest = json.loads((outcome.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "degraded"
    assert manifest["chapters"][0]["reason"] == "ValueError: no data for 2022"
    assert any("FAILED" in line and "01_a" in line for line in lines)
    # mended: the log of the earlier failure goes
    build(make({"01_a": TEXT, "02_b": TEXT}, formats=("html",)), lines.append)
    assert not failed.log.exists()


def test_nothing_is_published_when_every_chapter_failed(make, build, publisher):
    edition = make({"01_a": FAIL})
    before = earlier(edition)
    with pytest.raises(BuildError, match="no chapter could be made; 01_a: ValueError: no data for 2022"):
        build(edition, str)
    assert untouched(edition, before)


class PublishError(Exception):
    """Stands for the error of zonereport.publish."""


@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (PublishError("no glyph"), PublishError),
        (OSError(28, "No space left on device", "/x/report.pdf"), BuildError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_earlier_report_stays_when_publishing_fails(make, build, publisher, monkeypatch, error, seen):
    edition = make({"01_a": TEXT})
    before = earlier(edition)
    executed = [making.Chapter("01_a", edition.chapters[0], 1.0)]
    monkeypatch.setattr(making, "execute", lambda *arguments, **named: executed)

    def fail(task):
        raise error

    publisher["pdf"] = fail
    with pytest.raises(seen) as caught:
        build(edition, str)
    assert untouched(edition, before)
    if seen is BuildError:
        assert str(caught.value) == "demo 2022: No space left on device (report.pdf)"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"parameters": {"prak": "x"}}, "no parameter prak; there are zone, period"),
        ({"parameters": {"zone": "other"}}, "parameter zone is 'other', but the edition's zone is 'demo'"),
        ({"zone": "../x"}, "zone '../x' cannot be a folder"),
        ({"period": ".staging"}, "period '.staging' cannot be a folder"),
    ],
)
def test_parameters_are_checked_before_anything_runs(make, build, monkeypatch, tmp_path, changes, fault):
    monkeypatch.setattr(making, "execute", refuse)
    with pytest.raises(ParameterError) as caught:
        build(make({"01_a": TEXT}, **changes), refuse)
    assert caught.value.faults == [fault]
    assert not (tmp_path / "reports").exists()


def test_the_report_of_another_book_is_not_replaced(make, build, monkeypatch):
    monkeypatch.setattr(making, "execute", refuse)
    edition = make({"01_a": TEXT})
    edition.folder.mkdir(parents=True)
    (edition.folder / "manifest.json").write_text('{"book": "brief"}', encoding="utf-8")
    with pytest.raises(BuildError, match=r"^demo/2022 holds the book brief; move it away"):
        build(edition, str)


def test_other_parameters_make_another_folder(make):
    assert make({}, parameters={"zone": "demo", "park": ""}).folder.name == "2022"
    assert make({}, parameters={"top": 3, "park": "高新园"}).folder.name == "2022_park-高新园_top-3"


def test_busy_edition(make, build, monkeypatch):
    monkeypatch.setattr(making, "execute", refuse)
    edition = make({"01_a": TEXT})
    with staged(edition.reports, "demo", "2022") as stage:
        with pytest.raises(EditionBusy, match=r"^demo 2022: another run is building this edition$"):
            build(edition, str)
        # another edition has its own lock
        with staged(edition.reports, "demo", "2023") as other:
            (other.new / "report.html").touch()
        (stage.new / "report.html").touch()
    assert sorted(contents(edition.reports)) == ["demo/2022/report.html", "demo/2023/report.html"]
    assert not (edition.reports / ".staging").exists()


def test_leftovers_of_a_killed_run(tmp_path):
    """Killed while building, and killed between the two renames of the swap."""
    slot, final = tmp_path / ".staging" / "demo" / "2022", tmp_path / "demo" / "2022"
    for name in ("new", "old", "work"):
        (slot / name).mkdir(parents=True)
        (slot / name / "half").write_text(name, encoding="utf-8")
    (slot / "lock").touch()
    with staged(tmp_path, "demo", "2022") as stage:
        assert contents(final) == {"half": b"old"}
        assert not contents(stage.new)
        assert not contents(stage.work)
        (stage.new / "whole").write_text("new", encoding="utf-8")
    assert contents(tmp_path) == {"demo/2022/whole": b"new"}
    assert not (tmp_path / ".staging").exists()


def alive(processes):
    """Those of the processes that run."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.mark.parametrize("engine", ["fork", "kernel"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_nothing_running(make, tmp_path, number, engine):
    # a marker tells that both chapters are at work; a cell that catches KeyboardInterrupt must go too
    code = (
        "import pathlib, time\npathlib.Path(f'{1}').touch()\n"
        "while True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass"
    )
    edition = make({name: code.replace("{1}", f"{name}.started") for name in ("01_a", "02_b", "03_c")})
    before = earlier(edition)
    script = (
        "import signal, sys; from pathlib import Path\n"
        "from zonereport.run.edition import build; from zonereport.run.model import Edition\n"
        # a job in the background of a script is born deaf to Ctrl-C
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "root = Path(sys.argv[1]); chapters = tuple(sorted((root / 'notebooks').glob('*.ipynb')))\n"
        "build(Edition(root, 'demo', '2022', 'annual', chapters, root / 'reports'), engine=sys.argv[2])\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script, str(tmp_path), engine], stderr=subprocess.PIPE)
    with run:
        try:
            assert until(lambda: len(list((tmp_path / "notebooks").glob("*.started"))) == 2)
            started = psutil.Process(run.pid).children(recursive=True)
            # a server and two forks of it; two workers and their kernels
            assert len(started) == {"fork": 3, "kernel": 4}[engine]
            run.send_signal(number)
            run.communicate(timeout=15)
        finally:
            run.kill()
        assert run.returncode == -number
    assert until(lambda: not alive(started), 5)
    assert contents(edition.folder) == before
    if number == signal.SIGINT:
        assert untouched(edition, before)
    else:
        with staged(edition.reports, "demo", "2022"):
            assert not contents(tmp_path / "reports" / ".staging" / "demo" / "2022" / "new")


def test_end_to_end_with_real_publishing(make, build):
    front = {"role": "front", "title": "分析报告", "subtitle": "", "organisation": "开发区", "place": "", "date": ""}
    front |= {"keywords": [], "mark": "", "sources": []}
    code = (
        "from IPython.display import display\n"
        f"display({{'text/html': '', 'text/plain': ''}}, raw=True, metadata={{'zonereport': {front!r}}})\n"
        "display({'text/html': f'<p>{period} 年增长。</p>', 'text/plain': ''}, raw=True,"
        " metadata={'zonereport': {'role': 'prose'}})"
    )
    edition: Edition = make({"01_a": code, "02_b": "raise ValueError('<b>*x*</b> [y](z) $1')"})
    outcome = build(edition, str)
    page = (outcome.folder / "report.html").read_text(encoding="utf-8")
    assert "2022 年增长。" in page
    assert "本章未生成，原因已记入日志。" in page
    # the reason is for analysts, in the log
    assert "ValueError" not in page
    assert "<title>分析报告" in page
    assert (outcome.folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    first = contents(outcome.folder)
    second = contents(build(edition, str, force=True).folder)
    assert [name for name in first if first[name] != second[name]] == ["manifest.json"]
