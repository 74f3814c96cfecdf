"""``zonereport imports``: what was imported into a zone, and when."""

import json
from dataclasses import asdict

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command("imports")
@click.argument("zone")
@click.option("--json", "machine", is_flag=True, help="Print the list as JSON.")
def imports(zone: str, machine: bool) -> int:
    """List what was imported into ZONE: when, which book, from whom, and how many rows it changed.

    \b
    Example: zonereport imports demo
    """
    from zonereport.inputs.history import read_log

    root = find_root()
    prepare.check_zone(zone, root)
    with prepare.quiet(zone):
        entries = read_log(root / "data" / zone)
    if machine:
        click.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2))
        return OK
    gone = {entry.of: entry.number for entry in entries if entry.of}
    for entry in entries:
        click.echo(_line(entry, gone.get(str(entry.number))))
    if not entries:
        click.echo(tr("{zone}: nothing was imported yet", zone=zone))
    return OK


def _line(entry, undone: int | None) -> str:
    """Return the line of one entry."""
    counts = tr("{added} added, {changed} changed, {removed} removed",
                added=entry.added, changed=entry.changed, removed=entry.removed)  # fmt: skip
    what = {
        "import": tr("import"),
        "correct": tr("correction"),
        "undo": tr("undo of {number}", number=entry.of),
    }[entry.kind]
    words = [f"{entry.number:>3}", entry.when, what, entry.file, counts]
    if entry.sender:
        words.append(tr("from {sender}", sender=entry.sender))
    if undone:
        words.append(tr("taken back by {number}", number=undone))
    return "  ".join(words)
