"""One call of ``zonereport month`` for one zone: inbox, what is due, builds, comparison, page, record."""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from zonereport import prepare
from zonereport.disk.locks import Busy, locked
from zonereport.editions import compare, sentences, site, store
from zonereport.inputs import load_zone
from zonereport.inputs.faults import InputError
from zonereport.inputs.period import Period
from zonereport.language import tr
from zonereport.routine import due as planning
from zonereport.routine import inbox, records
from zonereport.run.edition import build
from zonereport.run.limits import Limits

FOLDER = ".month"
DONE, DEGRADED, REFUSED, FAILED, WAITING, BUSY = "done", "degraded", "refused", "failed", "waiting", "busy"
# from good to bad: the status of a run is the worst of all that it did
ORDER = (DONE, WAITING, BUSY, REFUSED, DEGRADED, FAILED)
# changed figures and turned sentences that a record and a message have; compare has all
KEPT = 5


@dataclass(frozen=True)
class Call:
    """How ``month`` was called: where, on which day and moment, whether at any price.

    ``judge`` sorts exceptions, ``tell`` sends messages and returns the record with what came of them.
    """

    root: Path
    today: datetime.date
    now: datetime.datetime
    judge: Callable[[Exception], tuple[str, str]]
    force: bool = False
    tell: Callable[[dict], dict] = lambda record: record
    # gives the one launcher of all builds of a call: it takes a second or two to warm up
    starter: Callable[[], object] | None = None
    jobs: int = 2
    limits: Limits = field(default_factory=Limits)

    @property
    def reports(self) -> Path:
        """The folder of all reports."""
        return self.root / "reports"


def month(zone: str, call: Call, say: Callable[[str], object]) -> dict:
    """Do for a zone what is due on a day and return its record; nothing is raised but Ctrl-C.

    Safe to be called at any time: a second call meanwhile finds the first one and does nothing, a later one finds what
    is done. Whatever fails is in the record, and what was done before it stays done.
    """
    began = time.monotonic()
    moment = call.now.isoformat(timespec="seconds")
    record: dict = {"when": moment, "day": call.today.isoformat(), "zone": zone, "status": DONE, "built": []}
    try:
        prepare.check_name(zone)
        folder = call.reports / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / f"{zone}.lock"):
            broken = records.begin(folder, zone, moment)
            if broken:
                record["broken_off"] = broken
            before = _clock(call, zone)
            if before:
                record["clock"] = before
            _conduct(zone, call, record, say)
            record = call.tell(record)
            record["seconds"] = round(time.monotonic() - began, 1)
            records.append(call.reports, record)
            records.end(folder, zone)
    except Busy:
        record |= {"status": BUSY, "reason": tr("another call is at work on it")}
    except Exception as error:
        record["status"], record["reason"] = call.judge(error)
        record = call.tell(record)
        record["seconds"] = round(time.monotonic() - began, 1)
        _try_append(call, record, say)
    return record


def worst(found: list[dict]) -> str:
    """Return the worst status of some records; done where there is none.

    >>> worst([{"status": "waiting"}, {"status": "degraded"}])
    'degraded'
    """
    return max((record["status"] for record in found), key=ORDER.index, default=DONE)


def _try_append(call: Call, record: dict, say: Callable[[str], object]) -> None:
    """Write the record of a run that failed; on a full disk or a read-only one the line on the terminal is all."""
    try:
        records.append(call.reports, record)
    except (OSError, Busy) as error:
        say(tr("{zone}: no record could be written: {error}", zone=record["zone"], error=str(error)))


def _clock(call: Call, zone: str) -> str:
    """Return the day of the last run where it lies after today: one of the two clocks is wrong."""
    days = [record.get("day", "") for record in records.read(call.reports, zone)]
    last = max(days, default="")
    return last if last > call.today.isoformat() else ""


def _conduct(zone: str, call: Call, record: dict, say: Callable[[str], object]) -> None:
    received = inbox.read_inbox(call.root, zone, call.today, call.now)
    for name in ("imported", "refused", "unfinished", "review", "unknown"):
        record[name] = getattr(received, name)
    if received.refused:
        record["status"] = REFUSED
    try:
        with prepare.quiet(zone):
            source = load_zone(zone, call.root)
            steps = planning.plan(source, call.reports, call.root / "data" / zone, call.today, force=call.force)
    except InputError as error:
        # a record is read by people: the whole list is what check is for
        record |= {
            "status": REFUSED,
            "reason": tr("{count} faults: zonereport check {zone}", count=len(error.faults), zone=zone),
        }
        return
    record["name_zh"] = source.about.name_zh
    record["waiting"], record["missing"] = [], []
    for step in steps:
        record["missing"] += _missing(source, step)
        if step.action == planning.KEEP:
            continue
        if step.action == planning.WAIT:
            until = step.until.isoformat() if step.until else ""
            record["waiting"].append({"period": str(step.period), "missing": list(step.missing), "until": until})
            continue
        say(tr("{zone} {period}: building", zone=zone, period=str(step.period)))
        made = _build(zone, step, call)
        record["built"].append(made)
        record["status"] = max(record["status"], made["status"], key=ORDER.index)
    if record["status"] == DONE and record["waiting"] and not record["built"]:
        record["status"] = WAITING
    site.try_update(call.root, say)


def _build(zone: str, step: planning.Due, call: Call) -> dict:
    """Build one period; what goes wrong is said in what comes back."""
    made = {"period": str(step.period), "action": step.action, "missing": list(step.missing), "status": DONE}
    began = time.monotonic()
    try:
        edition = replace(prepare.edition_of(zone, str(step.period)), missing="、".join(step.missing))
        before = _before(call.reports, zone, edition.name)
        starter = call.starter() if call.starter else None
        how = {"jobs": call.jobs, "limits": call.limits, "starter": starter, "warm": prepare.WARM}
        outcome = build(edition, lambda line: None, **how)
        kept = store.draft(call.reports, zone, edition.name)
        made |= {"edition": kept.stamp.edition, "run": kept.stamp.run}
        made["verdict"] = kept.manifest.get("card", {}).get("verdict", "")
        made["files"] = [path.relative_to(call.root).as_posix() for path in outcome.files]
        if outcome.degraded:
            made["status"] = DEGRADED
            made["reason"] = "; ".join(f"{chapter.name}: {chapter.reason}" for chapter in outcome.degraded)
        if before:
            made["changes"] = _changes(call.root, before, kept) | {"since_zh": _since(before, kept)}
    except Exception as error:
        # the next period may be sound: one that fails must not stop the others
        made["status"], made["reason"] = call.judge(error)
    return made | {"seconds": round(time.monotonic() - began, 1)}


def _before(reports: Path, zone: str, name: str) -> store.Kept | None:
    """The edition that a new one is compared with: the one issued last of its period, else the latest one before it."""
    issued = store.issued(reports, zone, name)
    if issued:
        return issued[-1]
    earlier = [edition for edition in store.of_zone(reports, zone) if edition.name < name and "_" not in edition.name]
    return earlier[-1] if earlier else None


def _since(before: store.Kept, now: store.Kept) -> str:
    """What a new edition is compared with, as a letter says it."""
    if before.name == now.name:
        return f"第{before.stamp.number}版"
    return f"{Period.parse(str(before.manifest['period'])).name_zh}的报告"


def _changes(root: Path, before: store.Kept, now: store.Kept) -> dict:
    result = compare.compare(root, before, now)
    turned = [one for one in result["sentences"] if one["kind"] == sentences.TURNED]
    return {
        "since": result["before"]["label"],
        "figures": len(result["figures"]),
        "turned": len(turned),
        "sentences": [one["after"] for one in turned[:KEPT]],
    }


def _missing(source, step: planning.Due) -> list[dict]:
    """Who still owes what for a period."""
    names = source.dictionary.indicators["name_zh"]
    found = []
    for row in step.lacking.itertuples():
        found.append(
            {
                "period": str(step.period),
                "office": row.office,
                "document": row.source_zh or row.table_zh,
                "state": row.state,
                "figures": [names[code] for code in row.absent],
                "due": row.due,
                "late": bool(row.late),
            }
        )
    return found
