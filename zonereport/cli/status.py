"""``zonereport status``: what of a period is in, what is missing, what changed, what is open."""

import datetime
import json
from pathlib import Path

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.waiting import waiting
from zonereport.inputs.paths import find_root
from zonereport.language import tr

# how many figures that changed, and warnings, are shown one by one
SHOWN = 10


@click.command("status")
@click.argument("zone")
@click.argument("period", required=False, default="latest")
@click.option("--json", "machine", is_flag=True, help="Print all of it as JSON.")
def status(zone: str, period: str, machine: bool) -> int:
    """Say how far PERIOD of ZONE is: which tables are in, missing or partial, what changed since its last edition.

    The tables are held against the period before and against `ready` of zone.yml; warnings that nobody has accepted
    are counted.

    \\b
    Example: zonereport status demo 2022-12
    """
    from zonereport.inputs import Period
    from zonereport.inputs.history.since import changed_since
    from zonereport.inputs.readiness import is_ready, readiness
    from zonereport.inputs.zone import load_zone

    root = find_root()
    prepare.check_zone(zone, root)
    when = prepare.period(zone, period, root)
    with waiting(tr("reading {zone}", zone=zone)):
        source = load_zone(zone, root, empty=True)
    rows = readiness(source, Period.parse(str(when)), datetime.date.today())
    built = _built(root / "reports" / zone / str(when) / "manifest.json")
    changed = changed_since(root / "data" / zone, built, str(when)) if built else []
    open_ones = [one for one in source.warnings if str(when) in one.where]
    if machine:
        content = {
            "zone": zone,
            "period": str(when),
            "ready": is_ready(rows),
            "tables": json.loads(rows.to_json(orient="records", force_ascii=False)),
            "edition": built,
            "changed": [f"{one.table} {one.code} {one.about}: {one.old} -> {one.new}" for one in changed],
            "open": [str(one) for one in open_ones],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return OK
    click.echo(_headline(zone, str(when), is_ready(rows)))
    names = source.dictionary.indicators["name_zh"]
    for row in rows.itertuples(index=False):
        click.echo(_line(row, [names[code] for code in row.absent]))
    _say_changed(built, changed, names)
    click.echo(tr("open warnings of the period: {count}; zonereport accept {zone} lists all",
                  count=len(open_ones), zone=zone))  # fmt: skip
    return OK


def _headline(zone: str, period: str, ready: bool) -> str:
    if ready:
        return tr("{zone} {period}: what must be there is there", zone=zone, period=period)
    return tr("{zone} {period}: not everything that must be there is there", zone=zone, period=period)


def _line(row, absent: list[str]) -> str:
    """Return the line of one table of one office."""
    states = {"in": tr("in"), "partial": tr("partial"), "missing": tr("missing")}
    text = f"  {states[row.state]}  {row.office} {row.source_zh}  {row.table_zh}  {row.found}/{row.expected}"
    if absent:
        text += "  " + tr("without {names}", names=tr(", ").join(absent[:SHOWN]))
    if row.late:
        text += "  " + tr("due {day}", day=row.due)
    return text


def _say_changed(built: str, changed: list, names) -> None:
    """Print what imports have changed since the edition that is there."""
    if not built:
        click.echo(tr("no edition of the period yet"))
        return
    click.echo(tr("changed since the edition of {moment}: {count}", moment=built, count=len(changed)))
    for one in changed[:SHOWN]:
        name = names.get(one.code, one.code)
        old = one.old or tr("before")
        click.echo(tr("  import {number}: {name} {about} {old} -> {new}",
                      number=one.entry.number, name=name, about=one.about, old=old, new=one.new))  # fmt: skip


def _built(manifest: Path) -> str:
    """Return the moment at which an edition was built, as imports.csv writes moments; empty where there is none."""
    try:
        moment = datetime.datetime.fromisoformat(json.loads(manifest.read_text(encoding="utf-8"))["built_at"])
    except (OSError, ValueError, KeyError):
        return ""
    if moment.tzinfo:
        moment = moment.astimezone().replace(tzinfo=None)
    return moment.isoformat(" ", "seconds")
