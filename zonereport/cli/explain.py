"""``zonereport explain``: how a figure came to be, down to the cells of the books."""

import json

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.cli.waiting import waiting
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command("explain")
@click.argument("zone")
@click.argument("period")
@click.argument("code")
@click.argument("measure", required=False, default="value")
@click.option("--rank", type=click.IntRange(1), help="What it takes to come to this place among the peers.")
@click.option("--park", default="", help="A park of the zone.")
@click.option("--json", "machine", is_flag=True, help="Print the tree as JSON.")
def explain(zone: str, period: str, code: str, measure: str, rank: int | None, park: str, machine: bool) -> int:
    """Say where the figure CODE of ZONE and PERIOD comes from: formula, inputs, cells, days, books and who sent them.

    CODE is a code of the dictionary or a Chinese name of it; MEASURE is growth, completion, rank or another one.

    \b
    Example: zonereport explain demo 2022-12 treasury_tax
             zonereport explain demo 2022-12 工业入库税收 completion
             zonereport explain demo 2022-12 treasury_tax --rank 3
    """
    root = find_root()
    prepare.check_zone(zone, root)
    when = str(prepare.period(zone, period, root))
    # pandas and all formulas: --help needs none of them
    from zonereport.shown import explained

    with waiting(tr("measuring {zone} {period}", zone=zone, period=when)), prepare.quiet(zone):
        tree = explained(zone, when, park, code, measure, rank)
    if machine:
        click.echo(json.dumps(tree.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(str(tree))
    return OK
