"""``zonereport list``: what can be built."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.inputs.faults import InputError
from zonereport.inputs.paths import find_root


@click.command("list")
def list_editions() -> int:
    """Show what can be built: zones with their periods, books with their chapters."""
    from zonereport.inputs import list_zones, load_zone
    from zonereport.run.catalogue import load_catalogue

    root, status = find_root(), OK
    for zone in list_zones(root):
        try:
            with prepare.quiet(zone):
                source = load_zone(zone, root)
        except InputError as error:
            click.echo(f"{zone}  not valid, {len(error.faults)} found: zonereport check {zone}")
            status = REFUSED
            continue
        periods = ", ".join(map(str, source.periods))
        parks = "".join(f"  park={park.id}" for park in source.about.parks)
        click.echo(f"{zone}  {source.about.name_zh}  {source.about.origin}  {periods}{parks}")
    for book in load_catalogue(root / "reports.yml").books.values():
        for document, stems in book.documents.items():
            click.echo(f"book {book.name}, {document}: {', '.join(stems)} ({', '.join(book.formats)})")
        for name, stems in book.attachments.items():
            click.echo(f"book {book.name}, {name}: {', '.join(stems)}")
    return status
