"""``zonereport template``: the workbook in which a zone fills in a period."""

import datetime
import json
from pathlib import Path

import click

from zonereport import prepare
from zonereport.language import tr


@click.command()
@click.argument("zone")
@click.option("--period", default="", help="The period to fill in; by default the one after the latest.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default ZONE_PERIOD.xlsx.")
@click.option("--json", "machine", is_flag=True, help="Print the name of the workbook as JSON.")
def template(zone: str, period: str, out: Path | None, machine: bool) -> None:
    """Write the workbook in which ZONE fills in its next period, with all that is known already.

    \b
    Example: zonereport template demo
             zonereport template demo --period 2023-01 --out 填报.xlsx
    """
    from zonereport.inputs import load_zone
    from zonereport.inputs.period import resolve
    from zonereport.inputs.workbook import write_template

    prepare.check_zone(zone)
    with prepare.quiet(zone):
        source = load_zone(zone, empty=True)
    text = period
    # a zone without figures begins with the month that is over
    if not text:
        text = str(source.periods[-1].next) if source.periods else "last-month"
    when = resolve(text, available=source.periods, today=datetime.date.today())
    path = out or Path(f"{zone}_{when}.xlsx")
    # somebody may have begun to fill it in
    if path.exists():
        raise click.UsageError(tr("{path} exists; move it away or choose another --out", path=path))
    write_template(source, when, path)
    if machine:
        click.echo(json.dumps({"zone": zone, "period": str(when), "file": str(path)}, ensure_ascii=False))
    else:
        click.echo(path)
