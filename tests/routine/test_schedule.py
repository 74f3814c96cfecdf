"""The daily run: what is installed where, twice is once, and others' lines stay."""

import datetime
import os
import shutil
import stat
import subprocess
import sys
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from zonereport.inputs.faults import Refused
from zonereport.routine import schedule

DAY = datetime.date(2026, 12, 1)
# a crontab program of our own, for machines without cron: -l shows the file, - replaces it
CRONTAB = """#!/bin/sh
if [ "$1" = "-l" ]; then
  [ -f "$HOME/tab" ] || { echo "no crontab" >&2; exit 1; }
  cat "$HOME/tab"
else
  cat > "$HOME/tab"
fi
"""


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    root = tmp_path / "100% 开发区's"
    root.mkdir()
    return schedule.Plan(root, datetime.time(7, 30), "Asia/Shanghai", ("demo", "yizheng"))


@pytest.fixture
def crontab(tmp_path, monkeypatch):
    """A crontab program in the PATH; returns the file that it keeps."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "tab"


def test_a_crontab_is_installed_once_and_taken_away_whole(plan, crontab):
    theirs = "# mine\n0 5 * * 1 backup\n"
    crontab.write_text(theirs, encoding="utf-8")
    assert "installed" in schedule.install(plan, "cron", DAY)[0]
    once = crontab.read_text(encoding="utf-8")
    assert once.startswith(theirs)
    assert schedule.install(plan, "cron", DAY) == ["crontab: installed already"]
    assert crontab.read_text(encoding="utf-8") == once
    assert schedule.installed(plan) == {"crontab": once.removeprefix(theirs)}
    # another time of day takes the place of the first
    schedule.install(schedule.Plan(plan.root, datetime.time(8, 0), plan.timezone), "cron", DAY)
    assert crontab.read_text(encoding="utf-8").count("# begin zonereport") == 1
    assert schedule.remove(plan, "cron")
    assert crontab.read_text(encoding="utf-8") == theirs
    assert schedule.remove(plan, "cron") == []
    assert schedule.installed(plan) == {}


def test_the_line_of_a_crontab_runs_in_a_folder_of_any_name(plan, crontab, tmp_path):
    program = tmp_path / "python"
    program.write_text('#!/bin/sh\necho "$PWD|$WORD|$*"\nexit 3\n', encoding="utf-8")
    program.chmod(0o755)
    schedule.environment().parent.mkdir(parents=True)
    schedule.environment().write_text("WORD=kept\n", encoding="utf-8")
    plan = schedule.Plan(plan.root, plan.at, plan.timezone, plan.zones, str(program))
    schedule.install(plan, "cron", DAY)
    (line,) = [one for one in crontab.read_text(encoding="utf-8").splitlines() if one[:1].isdigit()]
    _, _, *days, command = line.split(" ", 5)
    assert days == ["*", "*", "*"]
    # cron itself takes the backslash away
    subprocess.run(["sh", "-c", command.replace("\\%", "%")], check=False, cwd=tmp_path)
    log = (plan.root / "logs" / "month.log").read_text(encoding="utf-8").splitlines()
    assert log == [f"{plan.root}|kept|-m zonereport month {zone}" for zone in plan.zones]


def test_a_real_cron_takes_the_line(plan):
    if not shutil.which("crontab"):
        pytest.skip("no crontab on this machine")
    text = schedule.texts(plan, "cron", 2026)["crontab"]
    # -T of some crons only looks at a file
    done = subprocess.run(["crontab", "-T", "-"], input=text, capture_output=True, text=True)
    if "invalid option" in done.stderr or "usage" in done.stderr.lower():
        pytest.skip("this crontab cannot look at a file without installing it")
    assert done.returncode == 0, done.stderr


def test_units_of_systemd(plan, monkeypatch):
    called = []

    def run(command, **how):
        called.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    schedule.install(plan, "systemd", DAY, run)
    assert called[-1][:4] == ["systemctl", "--user", "enable", "--now"]
    found = schedule.installed(plan)
    timer, service = (found[f"{plan.name}.{ending}"] for ending in ("timer", "service"))
    assert "OnCalendar=*-*-* 07:30:00 Asia/Shanghai" in timer
    assert "Persistent=true" in timer
    assert "100%% 开发区's" in service
    assert service.count("ExecStart=-") == 2
    assert schedule.install(plan, "systemd", DAY, run) == [f"{plan.name}: installed already"]
    schedule.remove(plan, "systemd", run)
    assert schedule.installed(plan) == {}


def test_systemd_reads_the_units(plan):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze on this machine")
    schedule.install(plan, "systemd", DAY, lambda command, **how: subprocess.CompletedProcess(command, 0, "", ""))
    when = next(
        line for line in schedule.texts(plan, "systemd", 2026)[f"{plan.name}.timer"].splitlines() if "=*-" in line
    )
    done = subprocess.run(
        ["systemd-analyze", "calendar", when.partition("=")[2]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_task_of_windows_is_xml_that_says_when_and_what(plan):
    lines = schedule.install(plan, "windows", DAY)
    assert "schtasks" in lines[-1] or "installed" in lines[-1]
    (path,) = plan.root.glob("*.xml")
    tree = ElementTree.fromstring(path.read_bytes())
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert tree.find(".//t:StartBoundary", space).text == "2026-01-01T07:30:00+08:00"
    assert [one.text for one in tree.findall(".//t:Command", space)] == [sys.executable] * 2
    assert tree.find(".//t:WorkingDirectory", space).text == str(plan.root)
    schedule.remove(plan, "windows")
    assert schedule.installed(plan) == {}


def test_a_time_of_day_is_that_of_the_named_zone():
    at = datetime.time(7, 30)
    assert schedule.local_time(at, "Asia/Shanghai", ZoneInfo("Asia/Tokyo"), 2026) == datetime.time(8, 30)
    with pytest.raises(Refused, match="summer"):
        schedule.local_time(at, "Asia/Shanghai", ZoneInfo("Europe/Berlin"), 2026)


@pytest.mark.parametrize("text", ["7", "25:00", "07:60", "7:5", "früh", ""])
def test_what_is_no_time_of_day(text):
    with pytest.raises(Refused):
        schedule.parse_time(text)


def test_a_scheduler_that_is_not_there_or_refuses_is_one_line(plan, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="crontab is not on this machine"):
        schedule.install(plan, "cron", DAY)

    def refuse(command, **how):
        return subprocess.CompletedProcess(command, 1, "", "Failed to connect\nto bus")

    with pytest.raises(Refused, match="systemctl: Failed to connect to bus"):
        schedule.install(plan, "systemd", DAY, refuse)
