"""``zonereport compare``: what differs between two editions, and why."""

import click

from zonereport.cli.exits import OK
from zonereport.inputs.paths import find_root


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "machine", is_flag=True, help="Print everything as JSON.")
def compare(before: str, after: str, machine: bool) -> int:
    """Say what differs between the editions BEFORE and AFTER, by how much, and why.

    An edition is named demo/2022-12 (its draft), demo/2022-12/1 (issued) or by its folder. Why: which cell of which
    table, which row of the dictionary, or the program; and which sentences turned.
    """
    from zonereport.editions import compare as comparing

    root = find_root()
    reports = root / "reports"
    one = comparing.find(reports, before)
    result = comparing.compare(root, one, comparing.find(reports, after, one.zone))
    if machine:
        click.echo(comparing.as_json(result))
    else:
        click.echo("\n".join(comparing.lines(result)))
    return OK
