"""``month`` at a time of day: a systemd timer of the user, a line of the crontab, or a task of Windows.

It runs on every day of the year, days off included: on a day on which nothing is due it only looks. Installing twice
changes nothing, and what others have written into the crontab stays as it was.
"""

import datetime
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zonereport.inputs.faults import Refused
from zonereport.language import tr

SYSTEMD, CRON, WINDOWS = "systemd", "cron", "windows"
SYSTEMS = (SYSTEMD, CRON, WINDOWS)


@dataclass(frozen=True)
class Plan:
    """When ``month`` is to run where: ``at`` is HH:MM in ``timezone``; ``zones`` empty stands for all."""

    root: Path
    at: datetime.time
    timezone: str
    zones: tuple[str, ...] = ()
    python: str = sys.executable

    @property
    def name(self) -> str:
        """What it is called where it is installed: two projects of one user have two."""
        return f"zonereport-{hashlib.sha256(str(self.root).encode()).hexdigest()[:8]}"

    @property
    def commands(self) -> list[list[str]]:
        """The commands, one after the other."""
        each = [[zone] for zone in self.zones] or [["--all"]]
        return [[self.python, "-m", "zonereport", "month", *words] for words in each]


def parse_time(text: str) -> datetime.time:
    """Return a time of day.

    >>> parse_time("7:30")
    datetime.time(7, 30)

    Raises Refused for anything else.
    """
    hour, colon, minute = text.partition(":")
    if colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60 and len(minute) == 2:
        return datetime.time(int(hour), int(minute))
    raise Refused(tr('"{text}" is no time of day; expected one such as 07:30', text=text))


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone. Raises Refused for a name that the system does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused(tr('"{name}" is no time zone; expected one such as Asia/Shanghai', name=name)) from None


def best_system() -> str:
    """Return the scheduler of this machine: that of Windows, systemd where it runs for this user, else cron."""
    if os.name == "nt":
        return WINDOWS
    if shutil.which("systemctl") and Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere", "systemd").is_dir():
        return SYSTEMD
    return CRON


def texts(plan: Plan, system: str, year: int) -> dict[str, str]:
    """Return what is installed, by name: the units of systemd, the lines of a crontab, the file of a task."""
    if system == SYSTEMD:
        return {f"{plan.name}.service": _service(plan), f"{plan.name}.timer": _timer(plan)}
    if system == CRON:
        return {"crontab": "\n".join(_cron_lines(plan, year)) + "\n"}
    return {f"{plan.name}.xml": _task(plan, year)}


def install(plan: Plan, system: str, today: datetime.date, run=subprocess.run) -> list[str]:
    """Install a plan, in place of an earlier one of the same project; return what was done, a line each.

    Raises Refused where the scheduler is not there or refuses.
    """
    made = texts(plan, system, today.year)
    if system == SYSTEMD:
        return _install_systemd(plan, made, run)
    if system == CRON:
        before = _crontab(run)
        after = without(before, plan.name) + made["crontab"]
        if after == before:
            return [tr("crontab: installed already")]
        _write_crontab(after, run)
        return [tr("crontab: {name} installed", name=plan.name)]
    ((name, text),) = made.items()
    path = plan.root / name
    path.write_text(text, encoding="utf-16")
    lines = [tr("{path} written", path=path.name)]
    command = ["schtasks", "/Create", "/F", "/TN", plan.name, "/XML", str(path)]
    if shutil.which("schtasks"):
        _called(command, run)
        return [*lines, tr("task {name} installed", name=plan.name)]
    return [*lines, tr("on the Windows machine: {command}", command=" ".join([*command[:-1], path.name]))]


def remove(plan: Plan, system: str, run=subprocess.run) -> list[str]:
    """Take a plan away again; return what was done. Nothing is done where there is none."""
    if system == SYSTEMD:
        folder, done = _units(), []
        if (folder / f"{plan.name}.timer").exists() and shutil.which("systemctl"):
            run(["systemctl", "--user", "disable", "--now", f"{plan.name}.timer"], capture_output=True, check=False)
        for ending in ("timer", "service"):
            path = folder / f"{plan.name}.{ending}"
            if path.exists():
                path.unlink()
                done.append(tr("{path} removed", path=path.name))
        return done
    if system == CRON:
        before = _crontab(run)
        after = without(before, plan.name)
        if after == before:
            return []
        _write_crontab(after, run)
        return [tr("crontab: {name} removed", name=plan.name)]
    path = plan.root / f"{plan.name}.xml"
    if shutil.which("schtasks"):
        run(["schtasks", "/Delete", "/F", "/TN", plan.name], capture_output=True, check=False)
    if not path.exists():
        return []
    path.unlink()
    return [tr("{path} removed", path=path.name)]


def installed(plan: Plan, run=subprocess.run) -> dict[str, str]:
    """Return what is installed of a project, text by name; empty where nothing is."""
    found = {}
    for ending in ("service", "timer"):
        path = _units() / f"{plan.name}.{ending}"
        if path.exists():
            found[path.name] = path.read_text(encoding="utf-8")
    if shutil.which("crontab"):
        inside = _own(_crontab(run), plan.name)
        if inside:
            found["crontab"] = inside
    path = plan.root / f"{plan.name}.xml"
    if path.exists():
        found[path.name] = path.read_text(encoding="utf-16")
    return found


def without(crontab: str, name: str) -> str:
    """Return a crontab without the lines between the marks of a name.

    >>> without("1 1 * * * a\\n# begin x\\n2 2 * * * b\\n# end x\\n", "x")
    '1 1 * * * a\\n'
    """
    kept, inside = [], False
    for line in crontab.splitlines():
        if line == f"# begin {name}":
            inside = True
        if not inside:
            kept.append(line)
        if line == f"# end {name}":
            inside = False
    return "".join(f"{line}\n" for line in kept)


def _own(crontab: str, name: str) -> str:
    lines = crontab.splitlines()
    if f"# begin {name}" not in lines or f"# end {name}" not in lines:
        return ""
    return "\n".join(lines[lines.index(f"# begin {name}") : lines.index(f"# end {name}") + 1]) + "\n"


def local_time(at: datetime.time, timezone: str, here: datetime.tzinfo | None, year: int) -> datetime.time:
    """Return a time of day of a time zone as this machine's clock shows it; ``here`` None is the machine's own.

    >>> local_time(datetime.time(7, 30), "Asia/Shanghai", datetime.UTC, 2026)
    datetime.time(23, 30)

    Raises Refused where one of the two changes its clocks and the other does not: no one time is right all year.
    """
    there, found = zone_of(timezone), set()
    for month in (1, 7):
        moment = datetime.datetime.combine(datetime.date(year, month, 1), at, there)
        found.add(moment.astimezone(here).time())
    if len(found) > 1:
        raise Refused(
            tr(
                "{at} in {timezone} is another time here in summer: use systemd, or --timezone of this machine",
                at=at.strftime("%H:%M"),
                timezone=timezone,
            )
        )
    return found.pop()


def _service(plan: Plan) -> str:
    lines = ["[Unit]", "Description=zonereport month", "", "[Service]", "Type=oneshot"]
    lines.append(f"WorkingDirectory={_systemd_path(plan.root)}")
    # addresses with passwords stand there, readable for this user alone, and nowhere in a unit
    lines.append(f"EnvironmentFile=-{_systemd_path(environment())}")
    # a zone that fails must not stop the next one
    go_on = "-" if len(plan.commands) > 1 else ""
    for command in plan.commands:
        lines.append(f"ExecStart={go_on}{' '.join(_systemd_word(word) for word in command)}")
    return "\n".join(lines) + "\n"


def _timer(plan: Plan) -> str:
    lines = ["[Unit]", "Description=zonereport month, every day", "", "[Timer]"]
    lines.append(f"OnCalendar=*-*-* {plan.at.strftime('%H:%M:%S')} {plan.timezone}")
    # a machine that was off catches up when it is on again
    lines += ["Persistent=true", "", "[Install]", "WantedBy=timers.target"]
    return "\n".join(lines) + "\n"


def _systemd_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def _systemd_word(word: str) -> str:
    # % and $ mean something in a unit
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"'


def _cron_lines(plan: Plan, year: int) -> list[str]:
    at = local_time(plan.at, plan.timezone, None, year)
    log = shlex.quote(str(plan.root / "logs" / "month.log"))
    said = f"# {plan.at.strftime('%H:%M')} {plan.timezone} = {at.strftime('%H:%M')} on this machine, every day"
    lines = [f"# begin {plan.name}", said]
    variables = shlex.quote(str(environment()))
    words = [f"if [ -r {variables} ]; then set -a; . {variables}; set +a; fi; cd {shlex.quote(str(plan.root))}"]
    words.append("mkdir -p logs")
    calls = "; ".join(f"{shlex.join(command)} >>{log} 2>&1" for command in plan.commands)
    # cron takes a percent sign for the end of the line
    command = f"{' && '.join(words)} && {{ {calls}; }}".replace("%", "\\%")
    lines.append(f"{at.minute} {at.hour} * * * {command}")
    return [*lines, f"# end {plan.name}"]


def _task(plan: Plan, year: int) -> str:
    at = datetime.datetime.combine(datetime.date(year, 1, 1), plan.at, zone_of(plan.timezone))
    actions = ""
    for command in plan.commands:
        words = escape(subprocess.list2cmdline(command[1:]))
        actions += (
            f"<Exec><Command>{escape(command[0])}</Command><Arguments>{words}</Arguments>"
            f"<WorkingDirectory>{escape(str(plan.root))}</WorkingDirectory></Exec>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
        f"<Triggers><CalendarTrigger><StartBoundary>{at.isoformat()}</StartBoundary>"
        "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>"
        "<Settings><StartWhenAvailable>true</StartWhenAvailable>"
        "<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy></Settings>"
        f"<Actions>{actions}</Actions></Task>\n"
    )


def environment() -> Path:
    """Return the file of variables that a scheduled run reads: NAME=value, a line each; it need not be there."""
    return _config() / "zonereport" / "environment"


def _units() -> Path:
    return _config() / "systemd" / "user"


def _config() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config"))


def _install_systemd(plan: Plan, made: dict[str, str], run) -> list[str]:
    folder, done = _units(), []
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            done.append(tr("{path} written", path=name))
    if not done:
        return [tr("{name}: installed already", name=plan.name)]
    _called(["systemctl", "--user", "daemon-reload"], run)
    _called(["systemctl", "--user", "enable", "--now", f"{plan.name}.timer"], run)
    return [
        *done,
        tr("timer {name} is on; loginctl enable-linger lets it run while nobody is logged in", name=plan.name),
    ]


def _crontab(run) -> str:
    done = _called(["crontab", "-l"], run, may_fail=True)
    # without a crontab it says so and fails
    return done.stdout if done.returncode == 0 else ""


def _write_crontab(text: str, run) -> None:
    _called(["crontab", "-"], run, given=text)


def _called(command: list[str], run: Callable, *, given: str | None = None, may_fail: bool = False):
    try:
        done = run(command, input=given, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Refused(
            tr("{program} is not on this machine; choose another with --system", program=command[0])
        ) from None
    if done.returncode and not may_fail:
        raise Refused(f"{command[0]}: {' '.join((done.stderr or done.stdout).split()) or done.returncode}")
    return done
