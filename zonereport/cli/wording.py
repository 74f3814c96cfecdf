"""``zonereport words``: the file in which an analyst says why figures are as they are, and what comes next."""

import click

from zonereport import prepare
from zonereport.cli.printing import relative
from zonereport.language import tr


@click.command("words")
@click.argument("zone")
@click.argument("period", default="latest")
@click.option("--accept", multiple=True, metavar="NAME", help="The words on NAME still hold: quote its claim of today.")
@click.option("--accept-all", is_flag=True, help="All words still hold.")
def words(zone: str, period: str, accept: tuple[str, ...], accept_all: bool) -> None:
    """Write the file for the analyst's own words on PERIOD of ZONE, or bring its quotations up to date.

    data/ZONE/words/PERIOD.md has a heading for each chart, table and verdict, with what it says as a quotation, and
    原因分析 and 下一步 to be filled in. Words that are there stay as they are; those whose figures have changed since
    are named, and keep the old quotation until they are accepted.
    """
    # pandas, matplotlib
    from zonereport import shown
    from zonereport.disk import journal
    from zonereport.inputs import load_zone
    from zonereport.inputs.analyst_words import FOLDER, rendered
    from zonereport.inputs.paths import find_root

    root = find_root()
    prepare.check_name(zone)
    with journal.writing(root, zone, patience=prepare.PATIENCE) as staging:
        source = load_zone(zone, root)
        when = str(prepare.period(zone, period, root))
        entries = source.words.get(when, ())
        known = shown.names()
        # words on a brief or an annex are kept up to date, too
        more = [entry.name for entry in entries if entry.name in known]
        accepted = _accepted(accept, entries)
        if accept_all:
            accepted = {entry.name for entry in entries}
        found = shown.shown_of(source, when, [*shown.names_of_chapters(), *more])
        order = shown.order_in(root / "notebooks")
        made, changed = shown.with_skeleton(entries, found, order, accepted)
        # the name under which it was read may be 2022年12月.md
        path = next((path for path in source.files if _is_of(path, when)), root / "data" / zone / FOLDER / f"{when}.md")
        name = path.relative_to(root / "data" / zone).as_posix()
        (staging / "made" / FOLDER).mkdir(parents=True)
        (staging / "made" / name).write_text(rendered(made), encoding="utf-8")
        journal.commit(root, zone, staging / "made", {name: journal.fingerprint(path)})
    written = sum(entry.written for entry in made)
    click.echo(
        tr("{path}: {count} exhibits, {written} with words", path=relative(path), count=len(made), written=written)
    )
    for entry in changed:
        click.echo(tr("{name}: its figures have changed since its words were written", name=entry.name), err=True)
    if changed:
        command = f"zonereport words {zone} {when} --accept {changed[0].name}"
        click.echo(tr("once they hold again: {command}", command=command), err=True)


def _accepted(names: tuple[str, ...], entries) -> set[str]:
    """The names, once each of them is one with words. Raises click's UsageError for another, with the closest."""
    from zonereport.run.catalogue import suggestion

    written = [entry.name for entry in entries if entry.written]
    for name in names:
        if name not in written:
            hint = suggestion(name, written)
            raise click.UsageError(tr("there are no words on {name}; {hint}", name=name, hint=hint))
    return set(names)


def _is_of(path, period: str) -> bool:
    """Whether a file holds the words of a period."""
    from zonereport.inputs import Period, Refused

    if path.suffix != ".md":
        return False
    try:
        return str(Period.parse(path.stem)) == period
    except Refused:
        return False
