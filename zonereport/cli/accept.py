"""``zonereport accept``: a warning that was looked at is silent from now on, with its reason."""

import json

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.waiting import waiting
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command("accept")
@click.argument("zone")
@click.argument("which", nargs=-1)
@click.option("--reason", default="", help="Why it is right as it is; kept with the warning.")
@click.option("--json", "machine", is_flag=True, help="Print the open warnings as JSON.")
def accept(zone: str, which: tuple[str, ...], reason: str, machine: bool) -> int:
    """Accept warnings of ZONE by their numbers, or all: each is silent until its figure changes.

    Without WHICH the open warnings are listed with their numbers.

    \b
    Example: zonereport accept demo
             zonereport accept demo 2 5 --reason 只含规上企业
             zonereport accept demo all --reason 已与统计局核对
    """
    from zonereport.inputs.accepted import accept as keep
    from zonereport.inputs.accepted import seen
    from zonereport.inputs.zone import load_zone

    root = find_root()
    prepare.check_zone(zone, root)
    with waiting(tr("reading {zone}", zone=zone)):
        source = load_zone(zone, root)
    warnings = source.warnings
    if not which:
        if machine:
            numbered = [{"number": n, "warning": str(one)} for n, one in enumerate(warnings, 1)]
            click.echo(json.dumps(numbered, ensure_ascii=False, indent=2))
            return OK
        for number, fault in enumerate(warnings, 1):
            click.echo(f"{number:>3}  {fault}")
        click.echo(tr("{zone}: {open} warnings open, {silent} accepted",
                      zone=zone, open=len(warnings), silent=len(source.silent)))  # fmt: skip
        return OK
    numbers = _numbers(which, len(warnings))
    chosen = [seen(warnings[number - 1], source.tables, source.schemas, reason) for number in numbers]
    click.echo(tr("{count} warnings accepted", count=keep(zone, root, chosen)))
    return OK


def _numbers(which: tuple[str, ...], last: int) -> list[int]:
    """Return the numbers that are meant. Raises UsageError for one that no warning has."""
    if which == ("all",):
        return list(range(1, last + 1))
    for text in which:
        if not text.isdecimal() or not 1 <= int(text) <= last:
            raise click.UsageError(tr("{number} is the number of no open warning; there are {last}",
                                      number=text, last=last))  # fmt: skip
    return [int(text) for text in dict.fromkeys(which)]
