"""``zonereport template``: the workbook in which a zone fills in a period."""

from pathlib import Path

import click

from zonereport import prepare


@click.command()
@click.argument("zone")
@click.option("--period", default="", help="The period to fill in; by default the one after the latest.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default ZONE_PERIOD.xlsx.")
def template(zone: str, period: str, out: Path | None) -> None:
    """Write the workbook in which ZONE fills in its next period."""
    from zonereport.inputs import Period, load_zone
    from zonereport.inputs.workbook import write_template

    with prepare.quiet(zone):
        source = load_zone(zone)
    when = Period.parse(period) if period else source.periods[-1].next
    path = out or Path(f"{zone}_{when}.xlsx")
    # somebody may have begun to fill it in
    if path.exists():
        raise click.UsageError(f"{path} exists; move it away or choose another --out")
    write_template(source, when, path)
    click.echo(path)
