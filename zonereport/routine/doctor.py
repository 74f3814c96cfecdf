"""``zonereport doctor``: what could keep a report from being made here, and what to do about it."""

import datetime
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from zonereport import fonts
from zonereport.disk import journal
from zonereport.inputs.faults import Refused
from zonereport.language import tr
from zonereport.routine import inbox, notify, schedule

GOOD, NOTE, BAD = "ok", "note", "bad"
# what a run of a large zone and its edition take, in bytes
ROOM = 2 << 30
# of a run that takes so many seconds something is wrong; its lock is no lock of a run any more
OLD = 6 * 3600
OLDEST_PYTHON = (3, 11)
# characters that reports print: a face without one of them would cost the run
PRINTED = "经济开发区主要指标同比增速亿元、，。；：（）《》—％①②③+-0123456789"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge")
OFFICES = ("soffice", "libreoffice", "wps")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ok, a note, or bad; what was found, and what to do."""

    subject: str
    state: str
    found: str
    remedy: str = ""


def examine(root: Path, zones: list[str], *, message: str = "") -> list[Finding]:
    """Look at everything; ``message`` names a receiver of notify.yml who gets a test message."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        _python,
        _packages,
        _fonts,
        lambda: _disk(root),
        lambda: _writing(root, zones),
        lambda: _locks(root),
        lambda: _inboxes(root, zones),
        lambda: _schedule(root),
        lambda: _notify(root, message),
        _programs,
    ]
    found = []
    for look in looks:
        try:
            found += look()
        except Exception as error:
            # a doctor that falls ill says of what, and goes on
            name = getattr(look, "__name__", "").strip("_<>")
            found.append(Finding(name, BAD, f"{type(error).__name__}: {error}"))
    return found


def lines(found: list[Finding]) -> list[str]:
    """Return the findings as a terminal shows them."""
    marks = {GOOD: "✓", NOTE: "·", BAD: "✗"}
    said = []
    for one in found:
        said.append(f"{marks[one.state]} {one.subject}: {one.found}")
        if one.remedy:
            said.append(f"    → {one.remedy}")
    return said


def as_json(found: list[Finding]) -> str:
    """Return the findings as JSON."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield Finding("Python", BAD, version, tr("install Python 3.11 or later, then make report"))
    else:
        yield Finding("Python", GOOD, version)


def _packages() -> Iterator[Finding]:
    """Every package that zonereport asks for, at a version that it can use."""
    try:
        wanted = metadata.requires("zonereport") or []
    except metadata.PackageNotFoundError:
        yield Finding(tr("packages"), BAD, tr("zonereport is not installed"), "pip install -e .")
        return
    from packaging.requirements import Requirement

    wrong, count = [], 0
    for text in wanted:
        need = Requirement(text)
        # extras are for those who asked for them
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        count += 1
        try:
            version = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            wrong.append(tr("{name} is missing", name=need.name))
            continue
        if not need.specifier.contains(version, prereleases=True):
            wrong.append(f"{need.name} {version}, {need.specifier}")
    if wrong:
        yield Finding(tr("packages"), BAD, "; ".join(wrong), "pip install -r requirements.txt")
    else:
        yield Finding(tr("packages"), GOOD, tr("{count} of {count} there", count=count))


def _fonts() -> Iterator[Finding]:
    from zonereport.publish import glyphs

    lacking = [character for character in PRINTED if ord(character) not in glyphs.covered()]
    missing = [path.name for path in map(Path, fonts.faces().values()) if not path.is_file()]
    if lacking or missing:
        yield Finding(
            tr("fonts"), BAD, tr("missing: {names}", names=" ".join([*missing, *lacking])), "pip install mpl-font"
        )
    else:
        yield Finding(tr("fonts"), GOOD, fonts.FAMILY)


def _disk(root: Path) -> Iterator[Finding]:
    for place in dict.fromkeys([root, Path(tempfile.gettempdir())]):
        free = shutil.disk_usage(place).free
        name = tr("disk") if place == root else tr("disk for temporary files")
        words = tr("{free} GB free", free=f"{free / (1 << 30):.1f}")
        if free < ROOM:
            yield Finding(name, BAD, words, tr("make room: at least {room} GB", room=ROOM >> 30))
        else:
            yield Finding(name, GOOD, words)


def _writing(root: Path, zones: list[str]) -> Iterator[Finding]:
    places = [root, root / "data", *(root / "data" / zone for zone in zones), root / "reports", root / "logs"]
    wrong = [_relative(path, root) for path in places if path.exists() and not os.access(path, os.W_OK | os.X_OK)]
    if wrong:
        remedy = tr("give this user the right to write there")
        yield Finding(tr("write access"), BAD, tr("not to {places}", places=", ".join(wrong)), remedy)
    else:
        yield Finding(tr("write access"), GOOD, "data, reports, logs")


def _locks(root: Path) -> Iterator[Finding]:
    found = [f"data/{zone}" for zone in journal.left_behind(root)]
    found += sorted(_relative(path, root) for path in (root / "reports").glob(".staging/*/*"))
    if not found:
        yield Finding(tr("locks"), GOOD, tr("none"))
        return
    old = []
    for path in (root / "reports").glob(".staging/*/*"):
        if time.time() - path.stat().st_mtime > OLD:
            old.append(_relative(path, root))
    state, remedy = NOTE, tr("somebody is at work there now, or was killed: the next command clears it")
    if old:
        state, remedy = (
            BAD,
            tr("older than {hours} hours: see who runs there, then run the zone again", hours=OLD // 3600),
        )
    yield Finding(tr("locks"), state, ", ".join(found), remedy)


def _inboxes(root: Path, zones: list[str]) -> Iterator[Finding]:
    for zone in zones:
        folder = root / "data" / zone / inbox.INBOX
        name = tr("inbox of {zone}", zone=zone)
        if not folder.is_dir():
            yield Finding(name, NOTE, tr("none"), f"mkdir {_relative(folder, root)}")
            continue
        files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
        marked = [path for path in files if path.stem.endswith(inbox.MARKED)]
        words = tr("{count} files, {marked} of them refused", count=len(files) - len(marked), marked=len(marked))
        if marked:
            yield Finding(
                name, NOTE, words, tr("send the marked copies back: {names}", names=", ".join(p.name for p in marked))
            )
        else:
            yield Finding(name, GOOD, words)


def _schedule(root: Path) -> Iterator[Finding]:
    plan = schedule.Plan(root, datetime.time(7, 30), "Asia/Shanghai")
    found = schedule.installed(plan)
    if found:
        yield Finding(tr("schedule"), GOOD, ", ".join(found))
    else:
        yield Finding(tr("schedule"), NOTE, tr("nothing is installed"), "zonereport schedule install")


def _notify(root: Path, message: str) -> Iterator[Finding]:
    subject = tr("messages")
    try:
        file = notify.load(root)
    except Refused as error:
        yield Finding(subject, BAD, str(error), tr("see docs/month.md"))
        return
    if file is None:
        yield Finding(
            subject, NOTE, tr("there is no {file}: nobody is told", file=notify.FILE), tr("see docs/month.md")
        )
        return
    variables = {to: one.address for to, one in file.receivers.items()} | file.offices
    unset = sorted({variable for variable in variables.values() if not os.environ.get(variable)})
    if unset:
        yield Finding(subject, BAD, tr("not set: {names}", names=", ".join(unset)), tr("set them where month runs"))
    else:
        yield Finding(subject, GOOD, tr("{count} receivers", count=len(variables)))
    if not message:
        return
    if message not in variables:
        yield Finding(subject, BAD, tr("no receiver {name}", name=message), ", ".join(variables))
        return
    status = notify.send(variables[message], "经济运行报告：测试消息", "这是一条测试消息，请勿回复。", [])
    good = status == notify.SENT
    yield Finding(tr("test message to {name}", name=message), GOOD if good else BAD, status)


def _programs() -> Iterator[Finding]:
    """What is not needed, and what it is for."""
    for name, programs, use in (
        ("Chromium", BROWSERS, tr("only tests look at pages with it")),
        ("LibreOffice", OFFICES, tr("only tests open Word files with it")),
    ):
        there = next((program for program in programs if shutil.which(program)), "")
        yield Finding(name, GOOD if there else NOTE, there or tr("not there"), "" if there else use)
    there = importlib.util.find_spec("distributed") is not None
    remedy = "" if there else tr("for --scheduler: pip install zonereport[cluster]")
    yield Finding(tr("cluster"), GOOD if there else NOTE, "Dask" if there else tr("not there"), remedy)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path != root else "."
