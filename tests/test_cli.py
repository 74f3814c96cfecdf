"""The commands as a user types them: lines, exit codes, and what stands in reports/ afterwards."""

import json
import re
import shutil
import signal
import subprocess
import sys

import pytest


def spoil(project, old, new):
    path = project / "data/yizheng/indicators.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_list_and_check(call, project):
    listed = call("list", cwd=project)
    assert listed.returncode == 0
    assert "yizheng  仪征经济开发区  published  2022" in listed.stdout
    assert "book annual, brief: brief (html, pdf)\n" in listed.stdout
    assert "book annual, report: 00_overview, 01_indicators, 02_projects, " in listed.stdout
    assert listed.stdout.endswith("07_goals, 80_views, 90_data (html, pdf)\n")
    checked = call("check", "yizheng", cwd=project)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "indicators.csv: 40 rows" in checked.stdout


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (",165,亿元", ',"1,65",亿元', 'indicators.csv row 2, value: "1,65"; expected a number such as 165 or 1.8'),
        (",invoiced_sales,", ",invoiced_sale,", 'indicators.csv row 2, code: "invoiced_sale"; expected a code of'),
        (",165,亿元", ",165,亿", 'indicators.csv row 2, unit: "亿"; expected a unit of data/dictionary/units.csv'),
        ("2022,invoiced", "2O22,invoiced", 'indicators.csv row 2, period: "2O22"; expected a period such as 2022'),
    ],
)
def test_bad_input_is_one_line_exit_1_and_the_earlier_report_stands(said, project, edition, old, new, line):
    shutil.copytree(edition.root / "reports", project / "reports")
    before = snapshot(project / "reports")
    spoil(project, old, new)
    done = said("run", "yizheng", "--period", "2022", cwd=project)
    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    listed = said("check", "yizheng", cwd=project)
    assert listed.returncode == 1
    header, fault = listed.stderr.splitlines()
    assert header.split() == ["file", "row", "column", "value", "expected", "severity"]
    assert fault.startswith("indicators.csv    2  ")
    (machine,) = json.loads(said("check", "yizheng", "--json", cwd=project).stdout)
    assert (machine["file"], machine["row"], machine["severity"]) == ("indicators.csv", 2, "error")
    assert snapshot(project / "reports") == before


@pytest.mark.parametrize("zone", ["/etc", "..", "../../etc", "a b", "data/yizheng", ".git", "x" * 300])
def test_what_cannot_be_a_folder_is_one_line(said, project, zone):
    for command in (("run", zone, "--period", "2022"), ("check", zone), ("template", zone)):
        done = said(*command, cwd=project)
        assert done.returncode == 1
        assert done.stderr.startswith(f"zone {zone!r} cannot be a folder: letters, digits")
        assert len(done.stderr.splitlines()) == 1
    assert not (project / "reports").exists()


def test_an_unknown_zone_is_one_line(said, project):
    done = said("run", "yizhen", "--period", "2022", cwd=project)
    assert done.returncode == 1
    assert "known are demo, yizheng" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_killed_commands_left_goes_with_the_next_one(call, project):
    """An import before its commit point, and a run; any command will do."""
    for left in ("data/.import-yizheng/data/yizheng", "reports/.staging/yizheng/2022/work", "reports/.staging/demo"):
        (project / left).mkdir(parents=True)
    (project / "data/.yizheng.lock").touch()
    assert call("list", cwd=project).returncode == 0
    assert sorted(path.name for path in (project / "data").iterdir() if path.name.startswith(".")) == []
    assert not (project / "reports" / ".staging").exists()


def test_a_missing_file(said, project):
    (project / "data/yizheng/indicators.csv").unlink()
    done = said("run", "yizheng", cwd=project)
    assert (done.returncode, done.stderr) == (
        1,
        "indicators.csv: missing; expected a file in yizheng/ (zone yizheng)\n",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("-p", "parc=east"), "no parameter parc; did you mean park?"),
        (("-p", "park"), "'park' is no name=value"),
        (("-p", "park=east"), 'yizheng has no park "east"; it has none'),
        (("--period", "202213"), '"202213" is no period; expected a year such as 2022'),
        (("--period", "2021"), "yizheng has no figures for 2021; it has 2022"),
        (("-p", "period=2O22"), '"2O22" is no period; expected a year such as 2022'),
        (("--perod", "2022"), "Usage: zonereport run"),
        (("--book", "weekly"), "reports.yml: no book 'weekly'"),
        (("--jobs", "0"), "Usage: zonereport run"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_runs(said, project, arguments, line):
    done = said("run", "yizheng", *arguments, cwd=project)
    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert not (project / "reports").exists()


def test_an_ill_typed_parameter_is_refused(call, project):
    for path in (project / "notebooks").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('park = \\"\\"', 'top = 10\\npark = \\"\\"'.replace("\\n", '\\n",\n    "')), "utf-8"
        )
    done = call("run", "yizheng", "-p", "top=ten", cwd=project)
    assert (done.returncode, done.stderr) == (1, "parameter top: 'ten' is no int\n")


def test_help_documents_the_exit_codes(call, project):
    done = call("--help", cwd=project)
    for code in ("0 done", "1 refused", "2 published with a failed chapter", "3 nothing published", "130 interrupted"):
        assert code in done.stdout


def test_a_failing_chapter_is_a_note_and_exit_2(call, project):
    path = project / "notebooks/04_innovation.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("innovation.verdict(report)", "innovation.no_such(report)"), "utf-8")
    done = call("run", "yizheng", "--period", "2022", cwd=project)
    assert done.returncode == 2, done.stderr
    assert "degraded: 04_innovation: AttributeError" in done.stderr
    page = (project / "reports/yizheng/2022/report.html").read_text(encoding="utf-8")
    assert "本章未生成" in page
    assert (project / "logs/yizheng/2022/04_innovation.ipynb").is_file()


def test_a_character_without_a_glyph_is_a_fault_at_its_cell_before_anything_runs(call, project, edition):
    shutil.copytree(edition.root / "reports", project / "reports")
    before = snapshot(project / "reports")
    spoil(project, "全部工业", "全部工业😀")
    done = call("run", "yizheng", "--period", "2022", cwd=project)
    assert done.returncode == 1
    for line in done.stderr.splitlines():
        assert re.match(r"indicators\.csv row \d+, note: .*U\+1F600", line), line
    assert snapshot(project / "reports") == before


def test_the_same_inputs_give_the_same_bytes(call, edition):
    first = snapshot(edition.folder)
    done = call("run", "yizheng", "--period", "2022", "--force", cwd=edition.root)
    assert done.returncode == 0
    again = snapshot(edition.folder)
    assert {str(path) for path in first if first[path] != again.get(path)} == {"manifest.json"}


def test_the_same_inputs_give_the_same_bytes_through_a_kernel(call, edition, project):
    """Three chapters stand for all: a Jupyter kernel for each takes seconds to start."""
    chapters = ("00_overview", "04_innovation", "90_data")
    (project / "reports.yml").write_text(
        "books:\n  annual:\n    documents:\n      report: [" + ", ".join(chapters) + "]\n    formats: [html]\n", "utf-8"
    )
    assert call("run", "yizheng", "--period", "2022", "--engine", "kernel", cwd=project).returncode == 0
    for name in chapters:
        path = f"notebooks/{name}.ipynb"
        assert (project / "reports/yizheng/2022" / path).read_bytes() == (edition.folder / path).read_bytes()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_every_end_that_can_be_heard_is_an_interruption(project, until, name):
    """Also that of a terminal; nohup is left its way."""
    number = getattr(signal, name)
    command = [sys.executable, "-u", "-m", "zonereport", "run", "yizheng", "--period", "2022", "--jobs", "1"]
    run = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with run:
        assert run.stdout.readline().startswith("yizheng 2022: ")
        run.send_signal(number)
        assert run.wait() == 130
        assert "interrupted: the earlier report is as it was" in run.stderr.read()
    assert not (project / "reports").exists()


def test_a_signal_that_is_ignored_stays_so(project):
    """As under nohup: the end of the terminal is not the end of the run."""
    code = (
        "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); sys.argv = ['zonereport', 'list']\n"
        "from zonereport.cli import main\ntry: main()\nexcept SystemExit as end:\n"
        "    sys.exit(end.code or signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True).returncode == 0
