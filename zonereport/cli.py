"""The command line: one thin function a verb.

Exit codes: 0 done; 1 refused, the command, a parameter or the data is not sound; 2 published, but a chapter
failed and stands as a framed note; 3 nothing published, the earlier report is as it was; 130 interrupted.
"""

import datetime
import signal
import sys
from pathlib import Path

import click

from zonereport import __version__

OK, REFUSED, DEGRADED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
EXIT_CODES = """\b
Exit codes: 0 done; 1 refused: the command, a parameter or the data is not sound;
2 published with a failed chapter; 3 nothing published, the earlier report stands;
130 interrupted."""


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zonereport")
@click.option("--debug", is_flag=True, help="Show the traceback of an error; may stand anywhere.")
def cli(debug: bool) -> None:
    """The analytical report of an economic development zone."""


@cli.command()
@click.argument("zone")
@click.option("--period", default="latest", show_default=True, help="2022, 2022-11, 2022Q3, latest or last-month.")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the chapters, e.g. park.")
@click.option("--book", default="annual", show_default=True, help="A book of reports.yml.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Chapters executed at a time.")
def run(zone: str, period: str, parameters: tuple[str, ...], book: str, jobs: int) -> int:
    """Build the report of ZONE: validate, execute the chapters, publish HTML and PDF."""
    from zonereport.inputs import find_root, load_zone, resolve
    from zonereport.metrics import measure
    from zonereport.run.catalogue import load_catalogue
    from zonereport.run.edition import Edition, build
    from zonereport.run.parameters import declared_in, parse_assignments

    root = find_root()
    chosen = load_catalogue(root / "reports.yml").book(book)
    given = parse_assignments(parameters, declared_in(chosen.chapters))
    source = load_zone(zone, root)
    when = resolve(period, available=source.periods, today=datetime.date.today())
    measures = measure(source, period=str(when), park=given.get("park", ""))
    click.echo(f"{zone} {when}: {_rows(source)} rows valid, {measures['value'].notna().sum()} figures")
    edition = Edition(
        **{"root": root, "zone": zone, "period": str(when), "book": chosen.name, "chapters": chosen.chapters},
        **{"reports": root / "reports", "parameters": given, "formats": chosen.formats},
        **{"inputs": source.files, "measures": measures},
    )
    outcome = build(edition, click.echo, jobs=jobs)
    for path in filter(None, (outcome.html, outcome.pdf)):
        click.echo(_relative(path))
    for chapter in outcome.degraded:
        click.echo(f"degraded: {chapter.name}: {chapter.reason}; see {_relative(chapter.log)}", err=True)
    return DEGRADED if outcome.degraded else OK


@cli.command()
@click.argument("zone")
def check(zone: str) -> None:
    """Validate the tables of ZONE and say what is in them, or every fault at once."""
    from zonereport.inputs import load_zone

    source = load_zone(zone)
    for name, frame in source.tables.items():
        click.echo(f"{name}.csv: {len(frame)} rows")
    click.echo(f"{zone}: {_rows(source)} rows valid, periods {', '.join(map(str, source.periods))}")


@cli.command("list")
def list_editions() -> int:
    """Show what can be built: zones with their periods, books with their chapters."""
    from zonereport.inputs import InputError, find_root, list_zones, load_zone
    from zonereport.run.catalogue import load_catalogue

    root, status = find_root(), OK
    for zone in list_zones(root):
        try:
            source = load_zone(zone, root)
        except InputError as error:
            click.echo(f"{zone}  not valid, {len(error.faults)} found: zonereport check {zone}")
            status = REFUSED
            continue
        periods = ", ".join(map(str, source.periods))
        parks = "".join(f"  park={park.id}" for park in source.about.parks)
        click.echo(f"{zone}  {source.about.name_zh}  {source.about.origin}  {periods}{parks}")
    for book in load_catalogue(root / "reports.yml").books.values():
        click.echo(f"book {book.name}: {', '.join(path.stem for path in book.chapters)} ({', '.join(book.formats)})")
    return status


def main() -> None:
    """Run the command line and leave with one of its exit codes."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(_status(sys.argv[1:]))


def _status(arguments: list[str]) -> int:
    try:
        words = [word for word in arguments if word != "--debug"]
        return cli.main(words, prog_name="zonereport", standalone_mode=False) or OK
    except click.ClickException as error:
        error.show()
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted: the earlier report is as it was", err=True)
        return INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _explain(error)


def _explain(error: Exception) -> int:
    """Say an error in its own lines and choose the exit code."""
    from zonereport.inputs import Refused
    from zonereport.publish.errors import PublishError
    from zonereport.run.errors import BuildError, EditionBusy, RunError

    known = isinstance(error, Refused | RunError | PublishError)
    click.echo(
        str(error) if known else f"{type(error).__name__}: {' '.join(str(error).split())} (--debug shows where)",
        err=True,
    )
    failed = isinstance(error, BuildError | EditionBusy | PublishError) or not known
    return FAILED if failed else REFUSED


def _rows(source) -> int:
    return sum(len(frame) for frame in source.tables.values())


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
