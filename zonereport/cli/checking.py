"""``zonereport check``: validate the tables of a zone."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.cli.printing import list_faults, rows_of
from zonereport.inputs.faults import InputError


@click.command()
@click.argument("zone")
@click.option("--json", "machine", is_flag=True, help="Print the list of faults and warnings as JSON.")
def check(zone: str, machine: bool) -> int:
    """Validate the tables of ZONE: say what is in them, or list every fault at once.

    \b
    Example: zonereport check demo
             zonereport check demo --json
    """
    from zonereport.inputs import load_zone

    try:
        with prepare.quiet(zone):
            source = load_zone(zone)
    except InputError as error:
        list_faults(error.faults, machine)
        return REFUSED
    if not machine:
        for name, frame in source.tables.items():
            click.echo(f"{name}.csv: {len(frame)} rows")
        click.echo(f"{zone}: {rows_of(source)} rows valid, periods {', '.join(map(str, source.periods))}")
    faults = [*source.warnings, *_of_words(source)]
    list_faults(faults, machine)
    if any(fault.severity == "error" for fault in faults):
        return REFUSED
    return OK


def _of_words(source) -> list:
    """The faults of an analyst's words; a zone without any does without matplotlib."""
    if not source.words:
        return []
    from zonereport import shown

    return shown.faults_of_words(source)
