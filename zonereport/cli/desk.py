"""``zonereport desk``: the analyst's own copies of the notebooks."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.printing import relative
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command()
@click.argument("zone")
def desk(zone: str) -> int:
    """Lay out copies of the notebooks for ZONE in desk/ZONE/, to be changed at will; changed copies are kept.

    `make lab` does this and opens JupyterLab there.
    """
    from zonereport.desk.copies import lay
    from zonereport.inputs import load_zone

    root = find_root()
    with prepare.quiet(zone):
        source = load_zone(zone, root)
    laid = lay(root, source)
    click.echo(
        tr(
            "{folder}: {written} notebooks written, {kept} that you changed kept",
            folder=relative(laid.folder),
            written=len(laid.written),
            kept=len(laid.kept),
        )
    )
    return OK
