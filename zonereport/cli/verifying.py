"""``zonereport verify``: whether an edition is what it claims to be."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK, REFUSED
from zonereport.inputs.paths import find_root
from zonereport.language import tr


@click.command()
@click.argument("path")
@click.option("--no-rebuild", is_flag=True, help="Look at the files only; build nothing.")
@click.option("--json", "machine", is_flag=True, help="Print what was found as JSON.")
def verify(path: str, no_rebuild: bool, machine: bool) -> int:
    """Say whether the edition PATH is what it claims: its files, inputs and run; then make it once more.

    PATH is its folder, or demo/2022-12/1. Exit code 1 where anything is not as it claims.
    """
    from zonereport.editions import compare as comparing
    from zonereport.editions import verify as verifying

    edition = comparing.find(find_root() / "reports", path)
    findings = verifying.verify(edition, prepare.prepare, prepare.WARM, lambda line: None, rebuild=not no_rebuild)
    if machine:
        click.echo(verifying.as_json(edition, findings))
    else:
        click.echo(f"{edition.label}: {edition.stamp.edition} {edition.stamp.run}")
        for finding in findings:
            click.echo(f"{finding.what}: {finding.state}")
            for line in finding.lines:
                click.echo(f"  {line}")
    wrong = any(finding.state == verifying.BAD for finding in findings)
    if not machine:
        click.echo(tr("it is NOT what it claims to be") if wrong else tr("nothing contradicts what it claims"))
    return REFUSED if wrong else OK
