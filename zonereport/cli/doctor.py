"""``zonereport doctor``: what could keep a report from being made here."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.inputs.paths import find_root


@click.command()
@click.option("--message", default="", metavar="RECEIVER", help="Send a test message to this receiver of notify.yml.")
@click.option("--json", "machine", is_flag=True, help="Print the findings as JSON.")
def doctor(message: str, machine: bool) -> int:
    """Look at Python, packages, fonts, disk, rights, locks, inboxes, schedule, messages and optional programs.

    Each line says what was found and, where something is wrong, what to do. Exit code 1 where anything is bad.
    """
    from zonereport.routine import doctor as medicine

    root = find_root()
    found = medicine.examine(root, prepare.zones_of("", root), message=message)
    click.echo(medicine.as_json(found) if machine else "\n".join(medicine.lines(found)))
    if any(one.state == medicine.BAD for one in found):
        return REFUSED
    return OK
