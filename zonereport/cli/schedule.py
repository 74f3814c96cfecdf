"""``zonereport schedule``: let ``month`` run by itself."""

import datetime

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command()
@click.argument("action", type=click.Choice(["install", "show", "remove"]))
@click.option("--at", default="07:30", show_default=True, help="The time of day.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="The time zone of --at.")
@click.option("--zones", default="", metavar="A,B", help="These zones; by default all there are then.")
@click.option("--system", type=click.Choice(["systemd", "cron", "windows"]), help="By default that of this machine.")
def schedule(action: str, at: str, timezone: str, zones: str, system: str | None) -> int:
    """Install, show or remove the daily run of month: a systemd timer, a line of the crontab, or a task of Windows.

    Every day, days off included: on a day on which nothing is due it only looks. Installing twice changes nothing.
    """
    from zonereport.routine import schedule as scheduling

    root = find_root()
    chosen = system or scheduling.best_system()
    names = tuple(prepare.zones_of(zones, root)) if zones else ()
    scheduling.zone_of(timezone)
    plan = scheduling.Plan(root, scheduling.parse_time(at), timezone, names)
    if action == "install":
        click.echo("\n".join(scheduling.install(plan, chosen, datetime.date.today())))
        return OK
    if action == "remove":
        click.echo("\n".join(scheduling.remove(plan, chosen)) or tr("nothing is installed"))
        return OK
    found = scheduling.installed(plan)
    for name, text in found.items():
        click.echo(f"{name}:\n{text}")
    if not found:
        click.echo(tr("nothing is installed; install would write for {system}:", system=chosen))
        for name, text in scheduling.texts(plan, chosen, datetime.date.today().year).items():
            click.echo(f"{name}:\n{text}")
        return REFUSED
    return OK
