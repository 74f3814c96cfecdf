"""``zonereport undo``: take an import back whole."""

import json
from dataclasses import asdict

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.waiting import waiting
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command("undo")
@click.argument("zone")
@click.argument("which", required=False, default="")
@click.option("--json", "machine", is_flag=True, help="Print what was taken back as JSON.")
def undo(zone: str, which: str, machine: bool) -> int:
    """Take back the last import into ZONE, or the one that WHICH names: a number of `zonereport imports`, or a book.

    Every row that it wrote is again what it was. Refused where a later import has changed one of them.

    \b
    Example: zonereport undo demo
             zonereport undo demo 12
    """
    from zonereport.inputs.history.undo import undo as take_back

    root = find_root()
    prepare.check_zone(zone, root)
    with waiting(tr("taking back and checking {zone}", zone=zone)):
        done = take_back(zone, root, which)
    if machine:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
        return OK
    entry = done.entry
    click.echo(
        tr(
            "import {number} of {when}, {file}, is taken back: {added} added, {changed} changed and {removed} removed "
            "rows are as they were before",
            number=entry.number,
            when=entry.when,
            file=entry.file,
            added=entry.added,
            changed=entry.changed,
            removed=entry.removed,
        )
    )
    for name in done.kept:
        click.echo(tr("{file} stays: it was edited since", file=name), err=True)
    return OK
