"""The command line: one thin function a verb.

Exit codes: 0 done; 1 refused, the command, a parameter or the data is not sound; 2 published, but a chapter
failed and stands as a framed note; 3 nothing published, the earlier report is as it was; 130 interrupted.
"""

import datetime
import shutil
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from zonereport import __version__, prepare
from zonereport.disk import journal
from zonereport.disk.locks import Busy
from zonereport.inputs.faults import InputError
from zonereport.inputs.paths import find_root
from zonereport.prepare import edition_of

# whether it was tried in vain, or not tried at all
STATES = {True: "failed", False: "refused"}
OK, REFUSED, DEGRADED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
STATUSES = {"done": OK, "reused": OK, "refused": REFUSED, "degraded": DEGRADED, "failed": FAILED}
# rows of an import that are shown before it is confirmed
PREVIEWED = 20
EXIT_CODES = """\b
Exit codes: 0 done; 1 refused: the command, a parameter or the data is not sound;
2 published with a failed chapter; 3 nothing published, the earlier report stands;
130 interrupted."""


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zonereport")
@click.option("--debug", is_flag=True, help="Show the traceback of an error; may stand anywhere.")
def cli(debug: bool) -> None:
    """The analytical report of an economic development zone."""
    for file in prepare.settle():
        click.echo(f"{file}: an import that had stopped half-way was carried out", err=True)


@cli.command()
@click.argument("zone", required=False)
@click.option("--all", "everything", is_flag=True, help="All zones, ranked among each other first.")
@click.option("--zones", metavar="A,B", help="Several zones; with --all and --periods, a batch.")
@click.option("--period", default="", help="2022, 2022-11, 2022Q3, latest (the default) or last-month.")
@click.option("--periods", metavar="FROM..TO", help="Several: 2022-01..2022-12, or 2021,2022-06,latest.")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the chapters, e.g. park.")
@click.option("--book", default="annual", show_default=True, help="A book of reports.yml.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Chapters or editions at a time.")
@click.option("--scheduler", metavar="tcp://HOST:8786", help="Build on this Dask cluster, its threads side by side.")
@click.option("--engine", type=click.Choice(["fork", "kernel"]), help="By default fork on Linux: warm, no kernels.")
@click.option("--timeout", default=600, show_default=True, type=click.IntRange(1), help="Seconds for one chapter.")
@click.option("--memory", default=4096, show_default=True, type=click.IntRange(1), help="MB for one chapter.")
@click.option("--force", is_flag=True, help="Build it again even if nothing has changed.")
@click.pass_context
def run(
    context: click.Context,
    zone: str | None,
    everything: bool,
    zones: str | None,
    period: str,
    periods: str | None,
    parameters: tuple[str, ...],
    book: str,
    jobs: int,
    scheduler: str | None,
    engine: str | None,
    timeout: int,
    memory: int,
    force: bool,
) -> int:
    """Build the report of ZONE: validate, execute the chapters, publish HTML and PDF.

    With --all, --zones, --periods or --scheduler, a batch: one line an edition, a table at the end, and the exit code
    of the worst edition: failed 3, degraded 2, refused 1. Editions that are up to date are reused.
    """
    from zonereport.run.edition import build
    from zonereport.run.launch import DEFAULT_ENGINE
    from zonereport.run.limits import Limits

    if (zone is not None) + everything + (zones is not None) != 1:
        raise click.UsageError("name one ZONE, or --zones A,B, or --all", context)
    if periods and period:
        raise click.UsageError("--period or --periods, not both", context)
    limits, engine = Limits(timeout, memory), engine or DEFAULT_ENGINE
    # slow imports stand in the functions of the verbs: --help needs none of them
    if zone is None or periods or scheduler:
        from zonereport.run.wide import Batch, build_all

        names = prepare.zones_of(zone or zones or "")
        plan = partial(prepare.editions_of, names, prepare.spans(periods or period), parameters, book, look=True)
        league = None
        # other parameters, a park for one, are not those of a zone that is ranked
        if everything and not parameters:
            league = partial(prepare.league_of, names)
        wide = Batch(plan, jobs, engine, limits, force, scheduler, league, prepare.WARM)
        return STATUSES[build_all(wide, click.echo, _judged)]
    edition = edition_of(zone, period, parameters, book)
    outcome = build(edition, click.echo, jobs=jobs, engine=engine, limits=limits, force=force, warm=prepare.WARM)
    if outcome.current:
        click.echo(f"{zone} {edition.period}: nothing has changed; --force builds it again")
    for path in outcome.files:
        click.echo(_relative(path))
    for chapter in outcome.degraded:
        click.echo(f"degraded: {chapter.name}: {chapter.reason}; see {_relative(chapter.log)}", err=True)
    if outcome.degraded:
        return DEGRADED
    return OK


@cli.command()
@click.argument("zone")
@click.option("--json", "machine", is_flag=True, help="Print the list of faults and warnings as JSON.")
def check(zone: str, machine: bool) -> int:
    """Validate the tables of ZONE: say what is in them, or list every fault at once."""
    from zonereport.inputs import load_zone

    try:
        with prepare.quiet(zone):
            source = load_zone(zone)
    except InputError as error:
        _list_faults(error.faults, machine)
        return REFUSED
    if not machine:
        for name, frame in source.tables.items():
            click.echo(f"{name}.csv: {len(frame)} rows")
        click.echo(f"{zone}: {_rows(source)} rows valid, periods {', '.join(map(str, source.periods))}")
    _list_faults(source.warnings, machine)
    return OK


@cli.command()
@click.argument("zone")
@click.option("--period", default="", help="The period to fill in; by default the one after the latest.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default ZONE_PERIOD.xlsx.")
def template(zone: str, period: str, out: Path | None) -> None:
    """Write the workbook in which ZONE fills in its next period."""
    from zonereport.inputs import Period, load_zone
    from zonereport.inputs.workbook import write_template

    with prepare.quiet(zone):
        source = load_zone(zone)
    when = Period.parse(period) if period else source.periods[-1].next
    path = out or Path(f"{zone}_{when}.xlsx")
    # somebody may have begun to fill it in
    if path.exists():
        raise click.UsageError(f"{path} exists; move it away or choose another --out")
    write_template(source, when, path)
    click.echo(path)


@cli.command("import")
@click.argument("book", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--zone", required=True, help="The zone whose tables take the figures.")
@click.option("--period", default=None, help="The period of sheets that do not name theirs.")
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="The day the book was received; by default today.")
@click.option("--source", default="", help="A source of zone.yml; by default the only one that covers the year.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A mapping file to use.")
@click.option("--draft", type=click.Path(dir_okay=False, path_type=Path), help="Write the mapping here, to be edited.")
@click.option("--yes", is_flag=True, help="Take what is proposed for headers and labels that were not understood.")
@click.option("--accept", multiple=True, metavar="DOUBT", help="A doubtful figure that is right: jump:treasury_tax.")
@click.option("--mark", type=click.Path(dir_okay=False, path_type=Path), help="Write a copy with the bad cells marked.")
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
    mark: Path | None,
    machine: bool,
) -> int:
    """Read the workbook BOOK into the tables of a zone: all of it, or nothing if there is any fault.

    What is not understood for certain is asked. Three ways to answer: --yes takes the proposal; --draft FILE writes it
    to be edited, and --mapping FILE reads it again; --accept takes a figure that looks odd. Answers are remembered, and
    next month's book follows them.
    """
    from zonereport.inputs import list_zones
    from zonereport.inputs.workbook import dump_mapping, import_book, mark_book

    root = find_root()
    if zone not in list_zones(root):
        raise click.UsageError(f"no zone {zone}; known are {', '.join(list_zones(root))}")
    day = received.date() if received else datetime.date.today()
    done = import_book(
        book, zone, root, period=period, received=day, mapping=mapping, source=source, yes=yes, accept=accept
    )
    if draft and done.mapping:
        draft.write_text(dump_mapping(done.mapping), encoding="utf-8")
    # a file that is no workbook has no mapping, and nothing to mark either
    if mark and done.mapping and (done.faults or done.warnings):
        mark_book(book, [*done.faults, *done.warnings], mark)
        click.echo(f"marked copy: {mark}", err=True)
    _list_faults([*done.faults, *done.warnings], machine)
    if done.faults:
        if not machine:
            click.echo("\n".join(done.asked(PREVIEWED)))
        return REFUSED
    if not machine:
        click.echo("\n".join(done.done(book.name)))
    return OK


@cli.command("list")
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
    return status


def main() -> None:
    """Run the command line and leave with one of its exit codes."""
    # the end of a terminal is no kill: what is half done is cleared away
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        # nohup has chosen otherwise
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    sys.exit(_status(sys.argv[1:]))


def _status(arguments: list[str]) -> int:
    try:
        # it may stand anywhere: whoever adds it has just typed the rest
        words = [word for word in arguments if word != "--debug"]
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
    status, words = _judged(error)
    click.echo(words, err=True)
    return STATUSES[status]


def _judged(error: Exception) -> tuple[str, str]:
    """Whether what was asked for is refused or has failed, and why in plain words."""
    from zonereport.inputs import Refused
    from zonereport.publish.errors import PublishError
    from zonereport.run.errors import BuildError, EditionBusy, RunError

    if isinstance(error, Busy):
        return "failed", f"{error}: held by another command"
    if isinstance(error, journal.Unsettled):
        return "failed", str(error)
    failed = isinstance(error, BuildError | EditionBusy | PublishError)
    if isinstance(error, Refused | RunError | PublishError):
        return STATES[failed], str(error)
    return "failed", f"{type(error).__name__}: {' '.join(str(error).split())} (--debug shows where)"


def _list_faults(faults, machine: bool) -> None:
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


def _rows(source) -> int:
    return sum(len(frame) for frame in source.tables.values())


def _relative(path: Path) -> Path:
    if path.is_relative_to(Path.cwd()):
        return path.relative_to(Path.cwd())
    return path
