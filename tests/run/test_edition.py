"""Editions built with real papermill; publishing is replaced, but for the last test."""

import functools
import hashlib
import itertools
import json
import shutil
import signal
import subprocess
import sys

import psutil
import pytest

from zonereport.disk import journal, names, whole
from zonereport.run import edition as edition_module
from zonereport.run import making, snapshot
from zonereport.run.errors import BuildError, EditionBusy, ParameterError
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared
from zonereport.run.staging import settle, staged

TEXT = "from IPython.display import display, Markdown\ndisplay(Markdown(f'{zone} {period}'))"
# what a preparation reads, and hands out; a process of its own knows no module of tests
READ_TABLE = (
    "__import__('zonereport.run.prepared').run.prepared.Prepared(files={'measures.csv': __import__('pathlib')"
    ".Path(__import__('os').environ['ZONEREPORT_ROOT'], 'data/demo/indicators.csv').read_bytes()})"
)
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
    assert lines[-1].startswith("[4/4] report.pdf   written  ")

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
        ({"zone": "../x"}, f"zone '../x' cannot be a folder: {names.FOLDER}"),
        ({"period": ".staging"}, f"period '.staging' cannot be a folder: {names.FOLDER}"),
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


@pytest.fixture
def changing(make, publisher, tmp_path):
    """An edition of one table that somebody changes while the report is written, ``times`` times."""

    def edition(times):
        table = tmp_path / "data" / "demo" / "indicators.csv"
        table.parent.mkdir(parents=True)
        table.write_text("165", encoding="utf-8")
        left = list(range(times))

        def write(task):
            if left:
                table.write_text(f"166{left.pop()}", encoding="utf-8")
            return "report"

        publisher["html"] = write
        prepare = functools.partial(eval, READ_TABLE)
        return make({"01_a": TEXT}, inputs=(table.parent,), formats=("html",), prepare=prepare)

    return edition


def test_a_file_that_is_changed_meanwhile_makes_the_edition_anew(changing, build):
    edition, lines = changing(1), []
    build(edition, lines.append)
    assert "demo 2022: its data was changed meanwhile; building it once more" in lines
    content = (edition.folder / "measures.csv").read_bytes()
    assert content == b"1660"
    manifest = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(content).hexdigest()
    # and what stands there is current
    assert build(edition, lines.append).current


def test_a_file_that_keeps_changing_is_refused(changing, build):
    edition = changing(9)
    before = earlier(edition)
    with pytest.raises(BuildError, match=r"^demo 2022: its data was changed 2 times while the report was being built"):
        build(edition, str)
    assert untouched(edition, before)


def test_what_is_certified_is_what_was_read_even_if_it_is_put_back(changing, build, publisher, tmp_path):
    """Changed before it is read, put back before the report is done: the copy knows nothing of it."""
    edition, table = changing(0), tmp_path / "data/demo/indicators.csv"
    take = snapshot.take

    def taken(*arguments):
        found = take(*arguments)
        table.write_text("166", encoding="utf-8")
        return found

    def write(task):
        table.write_text("165", encoding="utf-8")
        return "report"

    publisher["html"] = write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "take", taken)
        build(edition, str)
    assert (edition.folder / "measures.csv").read_bytes() == b"165"
    manifest = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(b"165").hexdigest()


def test_a_new_file_makes_another_edition(changing, build, tmp_path):
    edition = changing(0)
    build(edition, str)
    assert build(edition, str).current
    (tmp_path / "data/demo/projects.csv").write_text("", encoding="utf-8")
    (tmp_path / "data/demo/.hidden").write_text("", encoding="utf-8")
    assert not build(edition, str).current
    manifest = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    paths = [entry["path"] for entry in manifest["inputs"]]
    assert paths == ["data/demo/indicators.csv", "data/demo/projects.csv", "notebooks/01_a.ipynb"]


def test_nothing_is_read_while_an_import_is_under_way(changing, build, monkeypatch, tmp_path):
    edition = changing(0)
    monkeypatch.setattr(snapshot, "PATIENCE", 0)
    with journal.writing(tmp_path, "demo"), pytest.raises(EditionBusy, match=r"^demo: an import is under way$"):
        build(edition, str)


def test_leftovers_of_a_killed_run(tmp_path):
    """Killed while building, and killed between the two renames where folders cannot be exchanged."""
    slot, final = tmp_path / ".staging" / "demo" / "2022", tmp_path / "demo" / "2022"
    for name in ("new", "old", "work"):
        (slot / name).mkdir(parents=True)
        (slot / name / "half").write_text(name, encoding="utf-8")
    (slot / "lock").touch()
    assert settle(tmp_path) == ["demo 2022"]
    assert contents(final) == {"half": b"old"}
    assert not (tmp_path / ".staging").exists()
    with staged(tmp_path, "demo", "2022") as stage:
        # an edition at work is left alone
        assert settle(tmp_path) == []
        (stage.new / "whole").write_text("new", encoding="utf-8")
    assert contents(tmp_path) == {"demo/2022/whole": b"new"}
    assert not (tmp_path / ".staging").exists()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_run_that_is_killed_at_any_step_leaves_a_whole_report(tmp_path, killed, monkeypatch, at_once):
    """The earlier report or the new one; where folders are exchanged in one step, at every moment."""
    exchanged = []

    def exchange(one, other):
        exchanged.append(one)
        return at_once and whole_exchange(one, other)

    whole_exchange = whole.exchange
    monkeypatch.setattr(whole, "exchange", exchange)
    if at_once and not _can_exchange(tmp_path):
        pytest.skip("this file system exchanges no folders")
    final, seen = tmp_path / "demo" / "2022", []
    for step in itertools.count():
        shutil.rmtree(tmp_path / "demo", ignore_errors=True)
        final.mkdir(parents=True)
        (final / "report").write_text("old", encoding="utf-8")
        (final / "measures").write_text("old", encoding="utf-8")

        def publish():
            with staged(tmp_path, "demo", "2022") as stage:
                (stage.new / "report").write_text("new", encoding="utf-8")
                (stage.new / "measures").write_text("new", encoding="utf-8")

        name = killed(publish, step)
        if name is None:
            break
        if at_once:
            assert len(set(contents(final).values())) == 1, (step, name)
        settle(tmp_path)
        (found,) = set(contents(final).values())
        assert contents(tmp_path) == {"demo/2022/report": found, "demo/2022/measures": found}
        seen.append(found == b"new")
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def _can_exchange(folder):
    for name in ("a", "b"):
        (folder / name).mkdir()
    can = whole.exchange(folder / "a", folder / "b")
    for name in ("a", "b"):
        (folder / name).rmdir()
    return can


def alive(processes):
    """Those of the processes that run."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("engine", ["fork", "kernel"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_nothing_running(make, tmp_path, number, engine, until):
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
            until(lambda: len(list((tmp_path / "notebooks").glob("*.started"))) == 2)
            started = psutil.Process(run.pid).children(recursive=True)
            # a server and two forks of it; two workers and their kernels
            assert len(started) == {"fork": 3, "kernel": 4}[engine]
            run.send_signal(number)
            run.communicate()
        finally:
            run.kill()
        assert run.returncode == -number
    until(lambda: not alive(started))
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
