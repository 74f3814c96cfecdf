"""``zonereport read``: a text becomes proposals that a person confirms and ``import`` writes."""

import json
from pathlib import Path

import click

from zonereport.cli.exits import OK, REFUSED
from zonereport.cli.printing import list_faults, relative
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command("read")
@click.argument("text", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--zone", required=True, help="The zone that the text is about.")
@click.option("--source", default="", help="A source of zone.yml; by default the only one that covers the year.")
@click.option("--period", default="", help="The period of the text, if it names none.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default review.xlsx.")
@click.option("--json", "machine", is_flag=True, help="Print one object with rows and numbers instead of a workbook.")
@click.option("--suggest", default="", metavar="CMD", help="A command that may suggest codes for what is undecided.")
def read(text: Path, zone: str, source: str, period: str, out: Path | None, machine: bool, suggest: str) -> int:
    """Read the figures of a TEXT (.txt, .html, .docx, .pdf) into a workbook to be reviewed and imported.

    No table of the zone is written: import does that, once somebody has looked at the workbook.
    """
    from zonereport.inputs import list_zones
    from zonereport.inputs.faults import InputError
    from zonereport.inputs.texts.document import read_document
    from zonereport.inputs.texts.printed import as_object, entry_of_source, needs_period
    from zonereport.inputs.texts.review import write_review
    from zonereport.inputs.texts.suggest import suggested
    from zonereport.inputs.workbook.context import of_folder

    root = find_root()
    if zone not in list_zones(root):
        raise click.UsageError(tr("no zone {zone}; known are {known}", zone=zone, known=", ".join(list_zones(root))))
    path = out or Path("review.xlsx")
    # somebody may have begun to review it
    if out is None and not machine and path.exists():
        raise click.UsageError(tr("{path} exists; move it away or choose another --out", path=path))
    try:
        context = of_folder(zone, root)
        document = read_document(text, context, root, period=period, source=source)
        if suggest:
            document = suggested(document, context, suggest)
        if not machine:
            needs_period(document)
            write_review(document, context, path)
    except InputError as error:
        list_faults(error.faults, machine)
        return REFUSED
    if machine:
        click.echo(json.dumps(as_object(document), ensure_ascii=False, indent=1))
        return OK
    waiting = len(document.rows) - len(document.ready)
    click.echo(
        tr(
            "{proposals} proposals ({ready} ticked), {waiting} other figures, {numbers} numbers left out",
            proposals=len(document.rows),
            ready=len(document.ready),
            waiting=waiting,
            numbers=len(document.numbers),
        )
    )
    click.echo(tr("period of the text: {period} ({said})", period=document.period, said=document.said))
    if not document.source:
        click.echo(tr("no source of zone.yml covers it; add to sources:"))
        click.echo(entry_of_source(document, context))
    click.echo(tr("written: {path}", path=relative(path)))
    return OK
