"""Batches as a user types them: several zones and periods, here and on a real Dask cluster."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import nbformat
import pandas as pd
import psutil
import pytest
from distributed import Client

FRONT = {"role": "front", "title": "分析报告", "subtitle": "", "organisation": "开发区", "place": "", "date": ""}
FRONT |= {"keywords": [], "mark": "", "sources": []}
CODE = f"""import os, time
from IPython.display import display
from zonereport.present import indicators, open_report, show
report = open_report(zone, period=period, park=park)
while os.path.exists("hold-" + zone): open("at-work-" + zone, "w").close(); time.sleep(0.02)
front = {{"zonereport": {FRONT!r}}}
display({{"text/html": "", "text/plain": ""}}, raw=True, metadata=front)
text = f"{{zone}} {{period}}：{{len(report.measures)}} 项。"
prose = {{"zonereport": {{"role": "prose"}}}}
display({{"text/html": text, "text/plain": ""}}, raw=True, metadata=prose)
show(indicators.league_places(report), indicators.league(report))"""
PARAMETERS = 'zone = "a"  # folder\nperiod = "2022"  # period\npark = ""  # park'
ZONES = ("a", "b", "c")


@pytest.fixture
def wide(root, tmp_path, monkeypatch) -> Path:
    """A project of three small zones with figures for 2021 and 2022, and a book of one small chapter, HTML only."""
    monkeypatch.delenv("ZONEREPORT_ROOT", raising=False)
    shutil.copytree(root / "data/dictionary", tmp_path / "data/dictionary")
    for place, zone in enumerate(ZONES):
        folder = tmp_path / "data" / zone
        folder.mkdir()
        shutil.copy(root / "data/yizheng/zone.yml", folder)
        rows = pd.read_csv(root / "data/yizheng/indicators.csv", dtype="str", keep_default_na=False)
        rows = rows[rows["code"].isin(["invoiced_sales", "business_taxes"])]
        rows.loc[rows["code"] == "invoiced_sales", "growth_pct"] = str(5 + place // 2)
        rows = pd.concat([rows.assign(period="2021"), rows])
        rows.to_csv(folder / "indicators.csv", index=False, encoding="utf-8")
    (tmp_path / "reports.yml").write_text(
        "books:\n  annual:\n    documents: {report: [01_small]}\n    formats: [html]\n", "utf-8"
    )
    v4, tag = nbformat.v4, {"tags": ["parameters"]}
    cells = [v4.new_markdown_cell("# 章", id="a"), v4.new_code_cell(PARAMETERS, id="b", metadata=tag)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (tmp_path / "notebooks").mkdir()
    book = v4.new_notebook(cells=[*cells, v4.new_code_cell(CODE, id="c")], metadata=kernel)
    nbformat.write(book, tmp_path / "notebooks/01_small.ipynb")
    return tmp_path


def rows_of(text: str) -> dict[tuple[str, str], str]:
    """The statuses of the table by zone and period."""
    body = re.search(r"^zone  .*\n((?:.*\n)*?)\d+ editions? in", text, re.M)[1]
    return {tuple(line.split()[:2]): line.split()[2] for line in body.splitlines()}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of all reports, without what says when they were made."""
    files = (path for path in folder.glob("*/*/**/*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def start(*arguments, cwd, **more) -> subprocess.Popen:
    command = [sys.executable, "-u", "-m", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    return subprocess.Popen([str(part) for part in command], cwd=cwd, **pipes | more)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "Error: name one ZONE, or --zones A,B, or --all"),
        (("a", "--all"), "Error: name one ZONE"),
        (("--zones", "a,nowhere"), "no zone nowhere; known are a, b, c"),
        (("--all", "--period", "2022", "--periods", "2021"), "Error: --period or --periods, not both"),
        (("--all", "--periods", "2022..2021"), '"2022..2021" is no range'),
        (("--all", "-p", "parc=x"), "no parameter parc"),
        (("--all", "--scheduler", "tcp://127.0.0.1:9"), "no Dask scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_runs(call, wide, arguments, line):
    done = call("run", *arguments, cwd=wide)
    assert done.returncode == 1
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert not (wide / "reports").exists()


def test_without_the_extra_it_is_one_line(call, wide, monkeypatch):
    (wide / "stub").mkdir()
    (wide / "stub/distributed.py").write_text("raise ImportError('no such package')", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(wide / "stub"), os.environ.get("PYTHONPATH")]))
    monkeypatch.setenv("PYTHONPATH", path)
    done = call("run", "--all", "--scheduler", "tcp://HOST:8786", cwd=wide)
    expected = "--scheduler needs the extra cluster: pip install 'zonereport[cluster]'\n"
    assert (done.returncode, done.stderr) == (1, expected)


def test_a_batch_is_ranked_summed_up_and_remembered(call, wide):
    first = call("run", "--all", "--periods", "2020,2022", cwd=wide)
    assert first.returncode == 1, first.stdout + first.stderr
    statuses = {(zone, "2022"): "done" for zone in ZONES} | {(zone, "2020"): "refused" for zone in ZONES}
    assert rows_of(first.stdout) == statuses
    assert (
        "b     2020    refused      0.0  b has no figures for 2020; did you mean 2022? it has 2 periods, 2021 to 2022"
        in first.stdout
    )
    assert re.search(
        r"^6 editions in \d+\.\d s: 3 done, 0 reused, 3 refused, 0 degraded, 0 failed$", first.stdout, re.M
    )
    steps = re.findall(r"^\[(\d)/3\] \w 2022  done  \d+\.\d s(  about \d+ s left)?$", first.stdout, re.M)
    assert [(number, bool(left)) for number, left in steps] == [("1", True), ("2", True), ("3", False)]
    league = pd.read_csv(wide / "reports/.batch/2022/league.csv").query("code == 'invoiced_sales'")
    # growth of 5, 5 and 6 %
    assert dict(zip(league["zone"], league["rank"], strict=True)) == {"c": 1, "a": 2, "b": 2}
    own = pd.read_csv(wide / "reports/a/2022/league.csv").set_index("code").loc["invoiced_sales"]
    assert (own["rank"], own["rank_of"], own["tied"], own["printed"]) == (2, 3, 2, 5.0)
    told = {zone: (wide / f"reports/{zone}/2022/report.html").read_text(encoding="utf-8") for zone in ZONES}
    assert "在本批3个开发区中，居首位的有工业开票销售，没有指标居末位。" in told["c"]
    assert "第1位（共3个）" in told["c"]
    for zone in "ab":
        assert "并列末位的有工业开票销售。这一位次只在本批开发区之间排列" in told[zone]
        assert "第2位（共3个，并列2个）" in told[zone]
    # one zone changes: it is compared anew, all are ranked, and only those whose own rows change are built again
    text = (wide / "data/c/indicators.csv").read_text(encoding="utf-8")
    (wide / "data/c/indicators.csv").write_text(text.replace(",6,", ",7,"), encoding="utf-8")
    second = call("run", "--all", "--periods", "2020,2022", cwd=wide)
    assert "ranking 3 zones: 2 of them reused" in second.stdout
    assert rows_of(second.stdout) == statuses | dict.fromkeys([("a", "2022"), ("b", "2022")], "reused")
    assert "nothing has changed" in call("run", "a", cwd=wide).stdout


def test_the_worst_edition_decides_and_none_stops_the_others(call, wide):
    path = wide / "notebooks/01_small.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("import os, time", "import os, time; assert zone != 'b', 'not b'"), encoding="utf-8")
    (wide / "data/a/indicators.csv").write_text("period\n", encoding="utf-8")
    done = call("run", "--zones", "b,a,c", "--period", "2022", cwd=wide)
    assert done.returncode == 3
    assert rows_of(done.stdout) == {("a", "2022"): "refused", ("b", "2022"): "failed", ("c", "2022"): "done"}
    assert "b 2022: no chapter could be made; 01_small: AssertionError: not b" in done.stdout
    assert "BuildError" in (wide / "logs/b/2022/edition.log").read_text(encoding="utf-8")
    assert not (wide / "reports/.batch").exists()
    assert "本批" not in (wide / "reports/c/2022/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_killed_batch_goes_on_where_it_stopped(call, wide, number, until):
    hold = wide / "notebooks" / "hold-b"
    hold.touch()
    batch = ("run", "--zones", "a,b,c", "--period", "2022")
    with start("zonereport", *batch, "--jobs", "1", cwd=wide) as run:
        said = ""
        while "[1/3]" not in said:
            line = run.stdout.readline()
            assert line, said
            said += line
        started = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(number)
        said += run.communicate()[0]
    # of a parent that was killed they hear through a pipe
    until(lambda: not [p for p in started if p.is_running() and p.status() != psutil.STATUS_ZOMBIE])
    assert [path.parent.parent.name for path in wide.glob("reports/*/*/manifest.json")] == ["a"]
    if number == signal.SIGINT:
        assert run.returncode == 130
        assert "interrupted" in said
        assert rows_of(said) == {("a", "2022"): "done"}
        assert not (wide / "reports/.staging").exists()
        return
    hold.unlink()
    again = call(*batch, cwd=wide)
    assert again.returncode == 0
    assert rows_of(again.stdout) == {("a", "2022"): "reused", ("b", "2022"): "done", ("c", "2022"): "done"}


@contextmanager
def cluster(folder: Path, patience: float):
    """The address and the workers of a real scheduler; without a nanny, so that killed is killed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    host, port = address.removeprefix("tcp://").split(":")
    with ExitStack() as stack:
        ours = []

        def launch(name, *arguments):
            process = stack.enter_context(start(f"distributed.cli.{name}", *arguments, cwd=folder, **quiet))
            stack.callback(process.kill)
            ours.append(process)

        launch("dask_scheduler", "--host", host, "--port", port, "--no-dashboard")
        for name in ("one", "two"):
            scratch = ("--local-directory", folder / name)
            launch("dask_worker", address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard", *scratch)
        # the command gives a scheduler seconds to answer; a machine under load takes longer to start one
        with Client(address, timeout=patience, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=patience)
        yield address, ours[1:]


def processes_of(workers) -> list[psutil.Process]:
    """What the workers have started: their warm servers, and the chapters that these are at."""
    return [one for worker in workers for one in psutil.Process(worker.pid).children(recursive=True)]


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def test_a_cluster_survives_an_interruption_and_a_lost_worker_and_makes_the_same_bytes(
    call, wide, tmp_path_factory, until, patience
):
    notebooks, batch = wide / "notebooks", ("run", "--all", "--period", "2022")
    # the zones b and c stay in their chapters as long as there is a file, and say that they have got there
    for zone in "bc":
        (notebooks / f"hold-{zone}").touch()

    def both_at_work(run):
        marks = [notebooks / "at-work-b", notebooks / "at-work-c"]
        for mark in marks:
            mark.unlink(missing_ok=True)
        until(lambda: all(mark.exists() for mark in marks) or run.poll() is not None)
        assert run.poll() is None, run.stdout.read()

    with cluster(tmp_path_factory.mktemp("cluster"), patience) as (address, workers):
        with start("zonereport", *batch, "--scheduler", address, cwd=wide) as run:
            both_at_work(run)
            stopped = processes_of(workers)
            run.send_signal(signal.SIGINT)
            said = run.communicate()[0]
        assert run.returncode == 130, said
        assert "interrupted" in said
        assert rows_of(said) == {("a", "2022"): "done"}
        # the command has waited: no chapter and no server is left, nothing half-written, no lock
        assert len(stopped) >= 4
        assert not alive(stopped)
        assert sorted(path.name for path in (wide / "reports").iterdir()) == [".batch", "a"]
        finished = contents(wide / "reports")

        with start("zonereport", *batch, "--scheduler", address, cwd=wide) as run:
            both_at_work(run)
            lost = processes_of(workers[:1])
            workers[0].kill()
            for zone in "bc":
                (notebooks / f"hold-{zone}").unlink()
            said = run.communicate()[0]
        assert run.returncode == 0, said
        statuses = rows_of(said)
        assert statuses.pop(("a", "2022")) == "reused"
        assert set(statuses) == {("b", "2022"), ("c", "2022")}
        assert set(statuses.values()) <= {"done", "reused"}
        assert lost, "a worker has a warm server"
        assert not alive(lost)
    there = contents(wide / "reports")
    assert finished.items() <= there.items()
    assert not (wide / "reports/.staging").exists()
    shutil.rmtree(wide / "reports")
    here = call(*batch, cwd=wide)
    assert set(rows_of(here.stdout).values()) == {"done"}
    assert contents(wide / "reports") == there
    # the report, its chapter, the measures and the league of the zone; the leagues are compared, too
    assert len([name for name in there if not name.startswith(".batch/")]) == 3 * 4
