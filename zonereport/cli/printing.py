"""How a command prints what it found: faults, counts and paths."""

import shutil
import sys
from pathlib import Path

import click


def list_faults(faults, machine: bool) -> None:
    """Print faults: for machines on standard output, for people as a table on standard error."""
    from zonereport.inputs.faultlist import as_json, condensed, table

    if machine:
        click.echo(as_json(faults))
    elif faults:
        # a file has no edge, and a line of one must not be broken
        width = None
        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns
        click.echo(table(condensed(faults), width=width), err=True)


def rows_of(source) -> int:
    """How many rows the tables of a zone hold."""
    return sum(len(frame) for frame in source.tables.values())


def relative(path: Path) -> Path:
    """A path as whoever stands in the current folder would type it."""
    if path.is_relative_to(Path.cwd()):
        return path.relative_to(Path.cwd())
    return path
