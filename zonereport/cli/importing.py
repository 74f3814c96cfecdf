"""``zonereport import``: read an office's workbook into the tables of a zone."""

import datetime
from pathlib import Path

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.cli.printing import list_faults
from zonereport.cli.waiting import waiting
from zonereport.inputs.paths import find_root
from zonereport.language import tr

# how a day is typed, in WPS, too
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
# rows of an import that are shown before it is confirmed
PREVIEWED = 20


@click.command("import")
@click.argument("book", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--zone", required=True, help="The zone whose tables take the figures.")
@click.option("--period", default=None, help="The period of sheets that do not name theirs.")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]),
    help="The day the book was received; by default today.",
)
@click.option("--source", default="", help="A source of zone.yml; by default the only one that covers the year.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A mapping file to use.")
@click.option("--draft", type=click.Path(dir_okay=False, path_type=Path), help="Write the mapping here, to be edited.")
@click.option("--yes", is_flag=True, help="Take what is proposed for headers and labels that were not understood.")
@click.option("--accept", multiple=True, metavar="DOUBT", help="A doubtful figure that is right: jump:treasury_tax.")
@click.option("--correct", is_flag=True, help="What was typed wrong is replaced; it is no revision.")
@click.option("--mark", type=click.Path(dir_okay=False, path_type=Path), help="Write a copy with the bad cells marked.")
@click.option("--no-mark", is_flag=True, help="No marked copy of a refused book; by default BOOK.marked.xlsx.")
@click.option("--json", "machine", is_flag=True, help="Print the list of faults as JSON.")
def import_(
    book: Path,
    zone: str,
    period: str | None,
    received: datetime.datetime | None,
    source: str,
    mapping: Path | None,
    draft: Path | None,
    yes: bool,
    accept: tuple[str, ...],
    correct: bool,
    mark: Path | None,
    no_mark: bool,
    machine: bool,
) -> int:
    """Read the workbook BOOK into the tables of a zone: all of it, or nothing if there is any fault.

    What is not understood for certain is asked. Three ways to answer: --yes takes the proposal; --draft FILE writes it
    to be edited, and --mapping FILE reads it again; --accept takes a figure that looks odd. Answers are remembered, and
    next month's book follows them. Of a refused book a copy with the bad cells marked is written beside it.

    \b
    Example: zonereport import 财政局2023年6月.xlsx --zone demo
             zonereport import 财政局2023年6月.xlsx --zone demo --correct
    """
    from zonereport.inputs.workbook import dump_mapping, import_book, mark_book

    root = find_root()
    prepare.check_zone(zone, root)
    day = received.date() if received else datetime.date.today()
    with waiting(tr("reading {file} and checking {zone}", file=book.name, zone=zone)):
        done = import_book(
            book,
            zone,
            root,
            period=period,
            received=day,
            mapping=mapping,
            source=source,
            yes=yes,
            accept=accept,
            correct=correct,
        )
    if draft and done.mapping:
        draft.write_text(dump_mapping(done.mapping), encoding="utf-8")
    # whoever is refused wants to see where; a machine reads the list
    if mark is None and done.faults and not machine and not no_mark:
        mark = book.with_name(f"{book.stem}.marked.xlsx")
    # a file that is no workbook has no mapping, and nothing to mark either
    if mark and done.mapping and (done.faults or done.warnings):
        mark_book(book, [*done.faults, *done.warnings], mark)
        click.echo(tr("marked copy: {path}", path=mark), err=True)
    list_faults([*done.faults, *done.warnings], machine)
    if done.faults:
        lines = done.asked(PREVIEWED)
        # where nothing is asked there is nothing to answer
        if lines and not machine:
            click.echo("\n".join(lines))
        return REFUSED
    if not machine:
        click.echo("\n".join(done.done(book.name)))
    return OK
