"""One screen at the end of a run: done, degraded, waiting, what to do."""

from zonereport.language import tr

# names of figures of an office that a line has
NAMED = 4


def lines(record: dict) -> list[str]:
    """Return what a record says to whoever sits at the terminal, under four heads; one without a line is left out."""
    parts = {
        tr("done"): _done(record),
        tr("degraded"): _degraded(record),
        tr("waiting"): _waiting(record),
        tr("to do"): _to_do(record),
    }
    said = [f"{record.get('name_zh') or record['zone']} {record['day']}: {record['status']}"]
    for head, found in parts.items():
        if found:
            said.append(f"{head}:")
            said += [f"  {line}" for line in found]
    if len(said) == 1:
        said.append(f"  {tr('nothing was due')}")
    return said


def _done(record: dict) -> list[str]:
    found = []
    for one in record.get("imported", ()):
        found.append(
            tr(
                "{file}: {added} rows added, {changed} changed (import {number})",
                file=one["file"],
                added=one["added"],
                changed=one["changed"],
                number=one["number"],
            )
        )
    for one in record["built"]:
        if one["status"] != "done":
            continue
        found.append(f"{one['period']}: {one['edition']}  {one['seconds']} s")
        if one.get("verdict"):
            found.append(f"  {one['verdict']}")
        changes = one.get("changes")
        if changes:
            found.append(
                tr(
                    "  since {label}: {figures} figures and {turned} sentences differ",
                    label=changes["since"],
                    figures=changes["figures"],
                    turned=changes["turned"],
                )
            )
    return found


def _degraded(record: dict) -> list[str]:
    found = []
    for one in record["built"]:
        if one["status"] != "done":
            found.append(f"{one['period']}: {one['status']}: {one.get('reason', '')}")
    if record.get("reason"):
        found.append(record["reason"])
    if record.get("broken_off"):
        found.append(tr("the run of {when} broke off; this one went on from there", when=record["broken_off"]))
    if record.get("clock"):
        found.append(
            tr(
                "the clock says {day}, the last run was on {last}: one of them is wrong",
                day=record["day"],
                last=record["clock"],
            )
        )
    return found


def _waiting(record: dict) -> list[str]:
    found = []
    for one in record.get("waiting", ()):
        until = tr(" until {day}", day=one["until"]) if one["until"] else ""
        found.append(
            tr(
                "{period} waits{until} for {names}",
                period=one["period"],
                until=until,
                names="、".join(one["missing"]) or tr("its figures"),
            )
        )
    found += [tr("{file}: still being copied", file=name) for name in record.get("unfinished", ())]
    return found


def _to_do(record: dict) -> list[str]:
    found = []
    for one in record.get("refused", ()):
        copy = tr("; see {name}", name=one["marked"]) if one["marked"] else ""
        found.append(tr("{file}: refused, {count} faults{copy}", file=one["file"], count=one["count"], copy=copy))
        found += [f"  {fault}" for fault in one["faults"][:2]]
    found += [tr("{file}: a text, read it", file=name) for name in record.get("review", ())]
    found += [tr("{file}: not a file that import reads; take it away", file=name) for name in record.get("unknown", ())]
    # what a period that was built lacks is asked for, too: it stands in its report as a gap
    for one in record.get("missing", ()):
        names = "、".join(one["figures"][:NAMED])
        if len(one["figures"]) > NAMED:
            names += tr(" and {count} more", count=len(one["figures"]) - NAMED)
        late = tr("late, ") if one["late"] else ""
        found.append(f"缺 {one['period']} {one['document']} ({late}{one['office']}){names and '：'}{names}")
    return found
