"""``zonereport list``: what can be built."""

import json

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.inputs.faults import InputError
from zonereport.inputs.paths import find_root


@click.command("list")
@click.option("--json", "machine", is_flag=True, help="Print zones, periods, parks and books as JSON.")
def list_editions(machine: bool) -> int:
    """Show what can be built: zones with their periods, books with their chapters.

    \b
    Example: zonereport list --json
    """
    from zonereport.inputs import list_zones, load_zone
    from zonereport.run.catalogue import load_catalogue

    root, status = find_root(), OK
    zones, books = {}, load_catalogue(root / "reports.yml").books
    for zone in list_zones(root):
        try:
            with prepare.quiet(zone):
                source = load_zone(zone, root)
        except InputError as error:
            zones[zone] = {"faults": len(error.faults)}
            if not machine:
                click.echo(f"{zone}  not valid, {len(error.faults)} found: zonereport check {zone}")
            status = REFUSED
            continue
        zones[zone] = {
            "name": source.about.name_zh,
            "origin": source.about.origin,
            "periods": list(map(str, source.periods)),
            "parks": [park.id for park in source.about.parks],
        }
        if machine:
            continue
        periods = ", ".join(map(str, source.periods))
        parks = "".join(f"  park={park.id}" for park in source.about.parks)
        click.echo(f"{zone}  {source.about.name_zh}  {source.about.origin}  {periods}{parks}")
    if machine:
        named = {name: {"documents": book.documents, "formats": list(book.formats)} for name, book in books.items()}
        click.echo(json.dumps({"zones": zones, "books": named}, ensure_ascii=False, indent=2, default=list))
        return status
    for book in books.values():
        for document, stems in book.documents.items():
            click.echo(f"book {book.name}, {document}: {', '.join(stems)} ({', '.join(book.formats)})")
        for name, stems in book.attachments.items():
            click.echo(f"book {book.name}, {name}: {', '.join(stems)}")
    return status
