"""``zonereport month``: everything that is due, by itself."""

import contextlib
import datetime
import functools
import json

import click

from zonereport import prepare
from zonereport.cli.exits import DEGRADED, FAILED, OK, REFUSED, judged
from zonereport.inputs.paths import find_root

# that somebody has to wait is no fault
CODES = {"done": OK, "waiting": OK, "busy": OK, "refused": REFUSED, "degraded": DEGRADED, "failed": FAILED}


@click.command()
@click.argument("zone", required=False)
@click.option("--all", "everything", is_flag=True, help="All zones, one after the other; none stops the others.")
@click.option("--force", is_flag=True, help="Build a period whose must-haves are not in; it is marked.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to act on; by default the clock's.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Chapters at a time.")
@click.option("--no-notify", is_flag=True, help="Tell nobody, whatever notify.yml says.")
@click.option("--json", "machine", is_flag=True, help="Print the records as JSON lines.")
@click.pass_context
def month(
    context: click.Context,
    zone: str | None,
    everything: bool,
    force: bool,
    today: datetime.datetime | None,
    jobs: int,
    no_notify: bool,
    machine: bool,
) -> int:
    """Read the inbox of ZONE, build what is due, compare, update the page over all reports, tell who wants to know.

    Safe to call at any time, twice at once and after weeks off. What it did is one line of reports/runs.jsonl.
    """
    from zonereport.routine import month as routine
    from zonereport.routine import notify, screen
    from zonereport.run.launch import DEFAULT_ENGINE, launcher

    if (zone is not None) == everything:
        raise click.UsageError("name one ZONE, or --all", context)
    root, now = find_root(), datetime.datetime.now().astimezone()
    day = today.date() if today else now.date()

    def say(line: str) -> None:
        click.echo(line, err=True)

    def tell(record: dict) -> dict:
        return record if no_notify else notify.tell(root, record, say)

    found = []
    with contextlib.ExitStack() as stack:
        # started by the first build, if there is one
        starter = functools.cache(lambda: stack.enter_context(launcher(DEFAULT_ENGINE, prepare.WARM)))
        call = routine.Call(root, day, now, judged, force=force, tell=tell, starter=starter, jobs=jobs)
        for name in prepare.zones_of(zone or "", root):
            found.append(routine.month(name, call, say))
            if machine:
                click.echo(json.dumps(found[-1], ensure_ascii=False))
            else:
                click.echo("\n".join(screen.lines(found[-1])))
    return CODES[routine.worst(found)]
