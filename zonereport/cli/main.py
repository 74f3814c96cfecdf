"""The command line: its verbs, and how it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress

import click

from zonereport import __version__, language, prepare
from zonereport.cli.accept import accept
from zonereport.cli.checking import check
from zonereport.cli.comparing import compare
from zonereport.cli.desk import desk
from zonereport.cli.doctor import doctor
from zonereport.cli.exits import EXIT_CODES, INTERRUPTED, OK, REFUSED, STATUSES, judged
from zonereport.cli.explain import explain
from zonereport.cli.forecasts import forecasts
from zonereport.cli.importing import import_
from zonereport.cli.imports import imports
from zonereport.cli.issuing import issue
from zonereport.cli.listing import list_editions
from zonereport.cli.month import month
from zonereport.cli.new import new
from zonereport.cli.reading import read
from zonereport.cli.running import run
from zonereport.cli.runs import runs
from zonereport.cli.schedule import schedule
from zonereport.cli.status import status
from zonereport.cli.template import template
from zonereport.cli.undo import undo
from zonereport.cli.verifying import verify
from zonereport.cli.wording import words
from zonereport.run import interruption

# options that are of no verb: whoever adds them has just typed the rest
ANYWHERE = ("--debug", "--quiet")
# every verb stands in a module of its own; slow imports stand in the functions, --help needs none of them
VERBS = (
    new,
    run,
    check,
    template,
    import_,
    read,
    imports,
    undo,
    status,
    accept,
    explain,
    list_editions,
    desk,
    words,
    issue,
    compare,
    verify,
    forecasts,
    month,
    runs,
    schedule,
    doctor,
)


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zonereport")
@click.option("--debug", is_flag=True, help="Show the traceback of an error; may stand anywhere.")
@click.option("--quiet", is_flag=True, help="Print faults only: the exit code says the rest; may stand anywhere.")
@click.option("--lang", type=click.Choice(language.LANGUAGES), help="Of the terminal; by default as LANG says.")
def cli(debug: bool, quiet: bool, lang: str | None) -> None:
    """The analytical report of an economic development zone."""
    if lang:
        language.choose(lang)
    for file in prepare.settle():
        click.echo(f"{file}: an import that had stopped half-way was carried out", err=True)


for verb in VERBS:
    cli.add_command(verb)


def main() -> None:
    """Run the command line and leave with one of its exit codes."""
    interruption.listen()
    sys.exit(status_of(sys.argv[1:]))


@contextmanager
def _silence(wanted: bool) -> Iterator[None]:
    """Print nothing to standard output, where that is wanted; what is wrong goes to standard error."""
    if not wanted:
        yield
        return
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


def status_of(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    try:
        # it may stand anywhere: whoever adds it has just typed the rest
        words = [word for word in arguments if word not in ANYWHERE]
        with _silence("--quiet" in arguments):
            return cli.main(words, prog_name="zonereport", standalone_mode=False) or OK
    except click.ClickException as error:
        error.show()
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        # of a terminal that is gone nobody reads it
        with suppress(OSError):
            click.echo("interrupted: the earlier report is as it was", err=True)
        return INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _explain(error)


def _explain(error: Exception) -> int:
    """Say an error in its own lines and choose the exit code."""
    status, words = judged(error)
    click.echo(words, err=True)
    return STATUSES[status]
