"""``zonereport runs``: what ``month`` did, run by run."""

import json

import click

from zonereport.cli.exits import OK
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command()
@click.argument("zone", required=False, default="")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1), help="How many runs.")
@click.option("--json", "machine", is_flag=True, help="Print whole records as JSON lines.")
def runs(zone: str, last: int, machine: bool) -> int:
    """List the runs of month, of ZONE or of all zones, the latest one last."""
    from zonereport.routine import records

    found = records.read(find_root() / "reports", zone)[-last:]
    for record in found:
        if machine:
            click.echo(json.dumps(record, ensure_ascii=False))
            continue
        built = ", ".join(f"{one['period']} {one['status']}" for one in record.get("built", ()))
        waits = ", ".join(one["period"] for one in record.get("waiting", ()))
        parts = [record["when"], record["zone"], record["status"]]
        parts.append(
            tr(
                "{count} imported, {refused} refused",
                count=len(record.get("imported", ())),
                refused=len(record.get("refused", ())),
            )
        )
        if built:
            parts.append(tr("built {built}", built=built))
        if waits:
            parts.append(tr("waits for {waits}", waits=waits))
        if record.get("reason"):
            parts.append(record["reason"])
        click.echo("  ".join(parts))
    if not found and not machine:
        click.echo(tr("no run yet: zonereport month ZONE"))
    return OK
