"""What an edition is made of, in the words of the other rooms: its files, its periods, what its chapters share.

With ``measured`` the one place where inputs and metrics meet for the runner. Nothing here imports pandas before it is
needed: to find that nothing has changed must cost no more than reading the files.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from zonereport.disk import journal, names
from zonereport.disk.locks import Busy, locked
from zonereport.editions import store
from zonereport.inputs.faults import InputError, Refused
from zonereport.inputs.nearly import hint, nearest
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period, resolve
from zonereport.language import tr
from zonereport.run import staging
from zonereport.run.league import League, place_of
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared

# seconds to wait for a command that changes a zone
PATIENCE = 60
# an edition that is compared with no league and no earlier one
NOWHERE: Mapping[str, Path] = MappingProxyType({})
RELATIVE = ("latest", "last-month")
# what the processes of a run import in advance, by the job that needs it; a star stands for all modules below
WARM = {
    "prepare": ("zonereport.prepare", "zonereport.measured"),
    "chapter": ("zonereport.present.*",),
    "export": ("zonereport.publish.*",),
}


def edition_of(
    zone: str,
    period: str = "",
    assignments: Iterable[str] = (),
    book: str = "annual",
    formats: Sequence[str] = (),
    *,
    public: bool = False,
) -> Edition:
    """Return the edition of a zone that these words of a command line mean, to be built by any process.

    Without a period the parameter ``period`` of the assignments counts, then that of the book, then ``latest``.
    Raises InputError or Refused for what the data cannot give, RunError for what the catalogue or the chapters lack.
    """
    ((_, _, made),) = editions_of([zone], list(filter(None, [period])), assignments, book, formats, public=public)
    if isinstance(made, Refused):
        raise made
    return made


def editions_of(
    zones: Iterable[str],
    periods: Sequence[str],
    assignments: Iterable[str] = (),
    book: str = "annual",
    formats: Sequence[str] = (),
    *,
    look: bool = False,
    public: bool = False,
) -> list[tuple[str, str, Edition | Refused]]:
    """Return the editions of zones and periods, each once: zone, period, and the edition or why there cannot be one.

    Without ``formats`` the book comes in all of its own. Without ``periods``, see ``edition_of``. Relative periods are
    resolved here, once, zone by zone. With ``look``, periods without figures are found here, too, and need no process
    to load the zone. ``public`` editions have folders of their own, and are checked before they are published. Raises
    RunError for what concerns all of them: the catalogue, the chapters, the assignments.
    """
    # pydantic: the commands that build nothing do without
    from zonereport.run.catalogue import load_catalogue
    from zonereport.run.parameters import declared_in, parse_assignments

    root, zones = find_root(), list(zones)
    for zone in zones:
        check_name(zone)
        if not (root / "data" / zone).is_dir():
            # pandas again; it says which zones there are
            from zonereport.inputs import load_zone

            load_zone(zone, root)
    chosen = load_catalogue(root / "reports.yml").book(book).only(formats)
    given = dict(chosen.parameters)
    if periods:
        given.pop("period", None)
    given |= parse_assignments(assignments, declared_in(chosen.chapters))
    periods = periods or [str(given.pop("period", "latest"))]
    park = given.get("park", "")
    found: dict[tuple[str, str], Edition | Refused] = {}
    for zone in zones:
        have = []
        # a batch says of periods without figures at once that there are none; one edition hears it from its own process
        if look:
            have = _known(zone, root)
        for text in periods:
            try:
                when = str(period(zone, text, root))
                _check_known(zone, when, have)
            except Refused as error:
                found[zone, text] = error
                continue
            place: tuple[Path, ...] = ()
            # a park is ranked with nobody
            if not park:
                place = place_of(root / "reports", when, zone)
            edition = Edition(
                root=root,
                zone=zone,
                period=when,
                book=chosen.name,
                chapters=chosen.chapters,
                documents=chosen.documents,
                reports=root / "reports",
                parameters=given,
                formats=chosen.formats,
                attachments=chosen.attachments,
                inputs=(*inputs_of(zone, root), *place),
                public=public,
                inspect=inspect if public else None,
            )
            found[zone, when] = _after_issued(edition, place)
    return [(zone, when, made) for (zone, when), made in found.items()]


def _after_issued(edition: Edition, league: tuple[Path, ...]) -> Edition:
    """Return an edition with what it is prepared by, and what it is compared with: the one issued last."""
    earlier: tuple[Path, ...] = ()
    # what was issued before holds all that a public edition withholds
    if not edition.public:
        earlier = store.basis(edition.reports, edition.zone, edition.name)
    places = {}
    for name, paths in (("league", league), ("earlier", earlier)):
        if paths:
            places[name] = paths[0].relative_to(edition.root)
    park = str(edition.parameters.get("park", ""))
    return replace(
        edition,
        inputs=(*edition.inputs, *earlier),
        prepare=partial(prepare, edition.zone, edition.period, park, places, public=edition.public),
        number=store.next_number(edition.reports, edition.zone, edition.name),
    )


def edition_name(zone: str, text: str) -> str:
    """Return the folder's name of an edition that a command line means: a period as ``run`` takes it, or the name.

    Raises Refused for what is neither.
    """
    root = find_root()
    if names.is_folder(text) and (root / "reports" / zone / text).is_dir():
        return text
    return str(period(zone, text, root))


def settle() -> list[str]:
    """Carry out, or clear away, what killed commands have left; return the files that an import had yet to replace.

    Other commands may be at work meanwhile: what is theirs is left alone.
    """
    try:
        root = find_root()
    except InputError:
        # the command itself will say that there is no project here
        return []
    done = []
    for zone in journal.left_behind(root):
        with suppress(Busy, OSError), locked(journal.lock_of(root, zone)):
            done += [f"{zone}/{name}" for name in journal.settle(root, zone)]
    staging.settle(root / "reports")
    return done


@contextmanager
def quiet(zone: str) -> Iterator[None]:
    """Keep imports out of a zone for as long as it is read. Raises Refused, and locks.Busy after some patience."""
    check_name(zone)
    with journal.reading(find_root(), zone, patience=PATIENCE):
        yield


def check_name(zone: str) -> None:
    """Raise Refused for a text that cannot be the name of a zone's folder; no path is made of it before."""
    if not names.is_folder(zone):
        raise Refused(f"zone {zone!r} cannot be a folder: {names.FOLDER}")


def check_zone(zone: str, root: Path | None = None) -> None:
    """Raise Refused for a zone that is not there, with the one that may be meant."""
    check_name(zone)
    zones_of(zone, root)


def _check_known(zone: str, when: str, known: Sequence[str]) -> None:
    """Raise Refused where a period is not among those that are known; nothing is known where nobody has looked."""
    if not known or when in known:
        return
    if len(known) == 1:
        raise Refused(tr("{zone} has no figures for {period}; it has {known}", zone=zone, period=when, known=known[0]))
    near = nearest(when, known)
    guess = tr("did you mean {near}? ", near=near) if near else ""
    raise Refused(
        tr(
            "{zone} has no figures for {period}; {guess}it has {count} periods, {first} to {last}",
            zone=zone,
            period=when,
            guess=guess,
            count=len(known),
            first=known[0],
            last=known[-1],
        )
    )


def zones_of(text: str, root: Path | None = None) -> list[str]:
    """Return the zones that a list names, all there are where it is empty. Raises Refused for one that is not there."""
    known = sorted(path.parent.name for path in ((root or find_root()) / "data").glob("*/zone.yml"))
    wanted = _parts(text)
    if unknown := [name for name in wanted if name not in known]:
        raise Refused(tr("no zone {zone}; {hint}", zone=", ".join(unknown), hint=hint(unknown[0], known)))
    return wanted or known


def league_of(zones: Sequence[str], periods: Sequence[str]) -> League:
    """Return the first stage of a batch: the ranking of zones among each other in some periods."""
    root = find_root()
    inputs = {}
    for zone in zones:
        inputs[zone] = inputs_of(zone, root)
    return League(root, root / "reports", tuple(sorted(periods)), tuple(zones), inputs, standing, rank)


def spans(text: str) -> list[str]:
    """Return the periods that a list with ranges names, oldest first as they stand; ``latest`` and ``last-month`` stay.

    >>> spans("2021-11..2022-02,latest"), spans("2022Q3")
    (['2021-11', '2021-12', '2022-01', '2022-02', 'latest'], ['2022Q3'])

    Raises Refused for what is no period, and a range whose ends are of two kinds or the wrong way round.
    """
    found = []
    for part in _parts(text):
        if part in RELATIVE:
            found.append(part)
            continue
        first, dots, last = part.partition("..")
        # one period is a range of itself; a range without an end is none
        if not dots:
            last = first
        when, end = Period.parse(first), Period.parse(last)
        if when.kind != end.kind or when > end:
            raise Refused(f'"{part}" is no range; expected one such as 2022-01..2022-12, the earlier period first')
        while when <= end:
            found.append(str(when))
            when = when.next
    return list(dict.fromkeys(found))


def _parts(text: str) -> list[str]:
    """Return the parts of a list with commas, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def inputs_of(zone: str, root: Path) -> tuple[Path, ...]:
    """Return the folders that an edition of a zone is made of: its own, and the dictionary's."""
    return root / "data" / zone, root / "data" / "dictionary"


def period(zone: str, text: str, root: Path) -> Period:
    """Resolve what a user typed (``latest``, ``last-month``, a period) for a zone.

    Raises Refused for no period, and InputError where ``latest`` needs data that cannot be read.
    """
    available: Iterable[Period] = ()
    # only the latest period is looked for in the data
    if text == "latest":
        available = _periods(zone, root)
    return resolve(text, available=available, today=datetime.date.today())


def _known(zone: str, root: Path) -> list[str]:
    """Return the periods of a zone as folders are named, oldest first."""
    return list(map(str, sorted(_periods(zone, root))))


def _periods(zone: str, root: Path) -> Iterable[Period]:
    try:
        with (root / "data" / zone / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
            filled = filter(lambda row: any(row.values()), csv.DictReader(stream))
            return {Period.parse(row["period"]) for row in filled}
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        # pandas again
        from zonereport.inputs import load_zone

        # it says what is wrong with the file, and with all others
        return load_zone(zone, root).periods


def prepare(
    zone: str, period: str, park: str, places: Mapping[str, Path] = NOWHERE, *, public: bool = False
) -> Prepared:
    """Load, validate and measure a zone for all chapters of an edition: see ``measured.shared`` for the places."""
    # pandas and all formulas: wanted in the process that measures only
    from zonereport import measured

    return measured.shared(zone, period, park, places, public=public)


def inspect(new: Path, prepared: Path) -> Prepared:
    """Check a public edition before it is published: see ``measured.inspected``."""
    # as above
    from zonereport import measured

    return measured.inspected(new, prepared)


def standing(zone: str, periods: Sequence[str]) -> Prepared:
    """Say what a zone is compared on: see ``measured.standing``."""
    # as above
    from zonereport import measured

    return measured.standing(zone, periods)


def rank(standings: Sequence[Path], folder: Path) -> Prepared:
    """Rank zones among each other: see ``measured.rank``."""
    # as above
    from zonereport import measured

    return measured.rank(standings, folder)
