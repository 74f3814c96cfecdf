"""``zonereport run``: build editions."""

import json
from functools import partial

import click

from zonereport import prepare
from zonereport.cli.exits import DEGRADED, OK, STATUSES, judged
from zonereport.cli.printing import relative
from zonereport.inputs.paths import find_root


@click.command()
@click.argument("zone", required=False)
@click.option("--all", "everything", is_flag=True, help="All zones, ranked among each other first.")
@click.option("--zones", metavar="A,B", help="Several zones; with --all and --periods, a batch.")
@click.option("--period", default="", help="2022, 2022-11, 2022Q3, latest (the default) or last-month.")
@click.option("--periods", metavar="FROM..TO", help="Several: 2022-01..2022-12, or 2021,2022-06,latest.")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the chapters, e.g. park.")
@click.option("--book", default="annual", show_default=True, help="A book of reports.yml.")
@click.option("--formats", metavar="A,B", help="Only these of html, pdf, docx, xlsx, pptx; by default all of the book.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Chapters or editions at a time.")
@click.option("--scheduler", metavar="tcp://HOST:8786", help="Build on this Dask cluster, its threads side by side.")
@click.option("--engine", type=click.Choice(["fork", "kernel"]), help="By default fork on Linux: warm, no kernels.")
@click.option("--timeout", default=600, show_default=True, type=click.IntRange(1), help="Seconds for one chapter.")
@click.option("--memory", default=4096, show_default=True, type=click.IntRange(1), help="MB for one chapter.")
@click.option("--public", is_flag=True, help="Names and unsafe amounts off, checked, in a folder of its own.")
@click.option("--force", is_flag=True, help="Build it again even if nothing has changed.")
@click.option("--json", "machine", is_flag=True, help="Print what was built as JSON; progress goes to standard error.")
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
    formats: str | None,
    jobs: int,
    scheduler: str | None,
    engine: str | None,
    timeout: int,
    memory: int,
    public: bool,
    force: bool,
    machine: bool,
) -> int:
    """Build the report of ZONE: validate, execute the chapters, publish all documents.

    With --all, --zones, --periods or --scheduler, a batch: one line an edition, a table at the end, and the exit code
    of the worst edition: failed 3, degraded 2, refused 1. Editions that are up to date are reused.

    \b
    Example: zonereport run demo --period 2022-12
             zonereport run --all --periods 2022-01..2022-12
    """
    from zonereport.run.edition import build
    from zonereport.run.launch import DEFAULT_ENGINE
    from zonereport.run.limits import Limits

    if (zone is not None) + everything + (zones is not None) != 1:
        raise click.UsageError("name one ZONE, or --zones A,B, or --all", context)
    if periods and period:
        raise click.UsageError("--period or --periods, not both", context)
    wanted = [] if formats is None else formats.split(",")
    limits, engine = Limits(timeout, memory), engine or DEFAULT_ENGINE
    # slow imports stand in the functions of the verbs: --help needs none of them
    if zone is None or periods or scheduler:
        from zonereport.run.wide import Batch, build_all

        names = prepare.zones_of(zone or zones or "")
        spans = prepare.spans(periods or period)
        plan = partial(prepare.editions_of, names, spans, parameters, book, wanted, look=True, public=public)
        league = None
        # other parameters, a park for one, are not those of a zone that is ranked
        if everything and not parameters:
            league = partial(prepare.league_of, names)
        wide = Batch(plan, jobs, engine, limits, force, scheduler, league, prepare.WARM)
        worst = build_all(wide, partial(click.echo, err=machine), judged)
        _site()
        if machine:
            click.echo(json.dumps({"periods": list(spans), "zones": names, "status": worst}, ensure_ascii=False))
        return STATUSES[worst]
    edition = prepare.edition_of(zone, period, parameters, book, wanted, public=public)
    say = partial(click.echo, err=machine)
    outcome = build(edition, say, jobs=jobs, engine=engine, limits=limits, force=force, warm=prepare.WARM)
    _tell(edition, outcome, machine)
    # of an edition that stands as it stood the page says what it said
    if not outcome.current:
        _site()
    if outcome.degraded:
        return DEGRADED
    return OK


def _tell(edition, outcome, machine: bool) -> None:
    """Print the files of an edition and its framed notes; as JSON for a machine, the words on standard error then."""
    say = partial(click.echo, err=machine)
    if outcome.current:
        say(f"{edition.zone} {edition.period}: nothing has changed; --force builds it again")
    for path in outcome.files:
        say(relative(path))
    if machine:
        content = {
            "zone": edition.zone,
            "period": str(edition.period),
            "current": bool(outcome.current),
            "files": [str(relative(path)) for path in outcome.files],
            "degraded": [chapter.name for chapter in outcome.degraded],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    for chapter in outcome.degraded:
        click.echo(f"degraded: {chapter.name}: {chapter.reason}; see {relative(chapter.log)}", err=True)


def _site() -> None:
    """Write the page over all reports anew."""
    from zonereport.editions import site

    site.try_update(find_root(), partial(click.echo, err=True))
