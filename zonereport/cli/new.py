"""``zonereport new``: a zone from nothing to its first workbook."""

import datetime
import json
import sys
from pathlib import Path

import click

from zonereport.cli.exits import OK
from zonereport.inputs.paths import find_root
from zonereport.language import tr

# groups of indicators that a chapter prints, as one may choose them
GROUPS = ("S2", "S5", "S6", "S7", "S8", "S9", "S10")
LIST = "、"


@click.command("new")
@click.argument("zone")
@click.option("--name", default="", help="The Chinese name of the zone.")
@click.option("--name-en", default="", help="Its English name; by default its code.")
@click.option("--place", default="", help="Where it is: 某省某市.")
@click.option("--issuer", default="", help="Who issues the documents (编制单位).")
@click.option("--park", "parks", multiple=True, metavar="ID=NAME", help="A park; may stand several times.")
@click.option("--peer", "peers", multiple=True, metavar="NAME", help="A zone that it is compared with.")
@click.option("--source", "sources", multiple=True, metavar="ID=TITLE@PUBLISHER", help="A document with figures.")
@click.option("--group", "groups", multiple=True, type=click.Choice(GROUPS), help="Indicators to begin with: S2.")
@click.option("--period", default="", help="The first period; by default last month.")
@click.option("--synthetic", is_flag=True, help="Made-up data: every page says so.")
@click.option("--partial-ledger", is_flag=True, help="The ledger of firms has some of them only (规上).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default ZONE_PERIOD.xlsx.")
@click.option("--no-questions", is_flag=True, help="Take what the options say, ask nothing.")
@click.option("--json", "machine", is_flag=True, help="Print what was written as JSON.")
def new(
    zone: str,
    name: str,
    name_en: str,
    place: str,
    issuer: str,
    parks: tuple[str, ...],
    peers: tuple[str, ...],
    sources: tuple[str, ...],
    groups: tuple[str, ...],
    period: str,
    synthetic: bool,
    partial_ledger: bool,
    out: Path | None,
    no_questions: bool,
    machine: bool,
) -> int:
    """Begin a zone: write data/ZONE/zone.yml and the workbook of its first period.

    What no option says is asked, unless nobody sits at the terminal. Fill in the workbook, import it, run.

    \b
    Example: zonereport new xinqu
             zonereport new xinqu --name 新区经济开发区 --place 某省某市 --issuer 新区经济发展局 \\
               --park east=东园 --peer 甲开发区 --source monthly=新区经济运行月报 --period 2023-06
    """
    from zonereport.inputs import Period
    from zonereport.inputs.period import resolve
    from zonereport.inputs.starting import Answers, begin, named_parks, named_sources
    from zonereport.inputs.workbook import write_template
    from zonereport.inputs.zone import load_zone

    root = find_root()
    asked = sys.stdin.isatty() and not no_questions
    today = datetime.date.today()
    when = resolve(period or "last-month", available=(), today=today)
    if asked:
        name = name or click.prompt(tr("Chinese name of the zone"))
        place = place or click.prompt(tr("Province, city, county"))
        issuer = issuer or click.prompt(tr("Who issues the documents"), default=name)
        parks = parks or _listed(tr("Parks, separated by 、 (empty: none)"))
        peers = peers or _listed(tr("Zones to compare with, separated by 、 (empty: none)"))
        sources = sources or _listed(tr("Documents that bring figures, as title@publisher, separated by 、"))
    missing = [option for option, text in (("--name", name), ("--place", place)) if not text]
    if missing:
        raise click.UsageError(tr("missing {options}; nobody is there to be asked", options=", ".join(missing)))
    issuer = issuer or name
    book = out or Path(f"{zone}_{when}.xlsx")
    # somebody may have begun to fill it in
    if book.exists():
        raise click.UsageError(tr("{path} exists; move it away or choose another --out", path=book))
    answers = Answers(
        name=name,
        place=place,
        issuer=issuer,
        # last year's figures come from the same documents
        year=Period.parse(str(when)).year - 1,
        parks=named_parks(parks),
        peers=tuple(peers),
        sources=named_sources(sources or (tr("Monthly bulletin of the zone"),), issuer),
        groups=tuple(groups),
        name_en=name_en,
        synthetic=synthetic,
        partial_ledger=partial_ledger,
    )
    about = begin(zone, root, answers)
    write_template(load_zone(zone, root, empty=True), when, book)
    if machine:
        click.echo(json.dumps({"zone": zone, "about": str(about), "file": str(book)}, ensure_ascii=False))
        return OK
    click.echo(f"{about.relative_to(root)}\n{book}")
    click.echo(tr("next: fill in {book}, then zonereport import {book} --zone {zone}, then zonereport run {zone}",
                  book=book, zone=zone), err=True)  # fmt: skip
    return OK


def _listed(question: str) -> tuple[str, ...]:
    """Ask for a list; an empty answer is an empty one."""
    text = click.prompt(question, default="", show_default=False)
    return tuple(part.strip() for part in text.replace("，", LIST).replace(",", LIST).split(LIST) if part.strip())
