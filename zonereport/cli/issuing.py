"""``zonereport issue``: from the draft of a period to an edition with a number."""

import datetime
from pathlib import Path

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.printing import relative
from zonereport.inputs.faults import Refused
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period
from zonereport.language import tr


@click.command()
@click.argument("zone")
@click.argument("period")
@click.option("--check", is_flag=True, help="Freeze the draft as the candidate that may be issued.")
@click.option("--number", type=click.IntRange(1), help="The number it should have; by default the next.")
@click.option("--reason", default="", help="Why it is issued: the first edition, a correction of which figure.")
@click.option("--by", required=True, help="Who checks it, or issues it; the documents say so.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that the documents say; by default that of zone.yml, else today.",
)
def issue(
    zone: str, period: str, check: bool, number: int | None, reason: str, by: str, day: datetime.datetime | None
) -> int:
    """Check the draft of ZONE and PERIOD, then issue it: draft, checked, issued.

    An issued edition is kept under reports/ZONE/editions/PERIOD/NUMBER with the files that it was made of, read-only.
    The next run makes a new draft; earlier editions stay as they are.
    """
    from zonereport.editions import issue as issuing
    from zonereport.editions import site

    prepare.check_name(zone)
    root = find_root()
    reports = root / "reports"
    name = prepare.edition_name(zone, period)
    date = issue_day(root, zone, name, day.date() if day else None)
    if check:
        edition = issuing.check(root, reports, zone, name, by=by, day=date)
    else:
        edition = issuing.issue(reports, zone, name, by=by, reason=reason, day=date, number=number)
    click.echo(f"{zone} {name}: {edition.stamp.edition}")
    for path in sorted(edition.folder.glob("*.*")):
        click.echo(relative(path))
    site.update(root)
    if check:
        click.echo(tr("to issue it: zonereport issue {zone} {period} --reason WHY --by NAME", zone=zone, period=period))
    return OK


def issue_day(root: Path, zone: str, name: str, day: datetime.date | None) -> str:
    """Return the day that an issued edition says, YYYY-MM-DD: ``day``, else that of zone.yml, else today.

    Raises Refused for a day before the last one of the period: a document is never older than its data.
    """
    # slow, and help needs none of it
    from zonereport.inputs.zone import read_about

    about = read_about(root / "data" / zone / "zone.yml")
    chosen = day or about.issued or datetime.date.today()
    end = Period.parse(name.partition("_")[0]).last_day
    if chosen.isoformat() < end:
        raise Refused(
            tr("{day} is before the last day of the period, {end}: say another with --day", day=chosen, end=end)
        )
    return chosen.isoformat()
