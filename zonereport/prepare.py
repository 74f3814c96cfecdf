"""What an edition is made of, in the words of the other rooms: its files, its periods, what its chapters share.

With ``measured`` the one place where inputs and metrics meet for the runner. Nothing here imports pandas before it is
needed: to find that nothing has changed must cost no more than reading the files.
"""

import csv
import datetime
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from zonereport.inputs.faults import Refused
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period, resolve
from zonereport.run.league import League, place_of
from zonereport.run.model import Edition
from zonereport.run.prepared import Prepared

RELATIVE = ("latest", "last-month")
# what the processes of a run import in advance, by the job that needs it; a star stands for all modules below
WARM = {
    "prepare": ("zonereport.prepare", "zonereport.measured"),
    "chapter": ("zonereport.present.*",),
    "export": ("zonereport.publish.*",),
}


def edition_of(zone: str, period: str = "", assignments: Iterable[str] = (), book: str = "annual") -> Edition:
    """The edition of a zone that these words of a command line mean, to be built by any process.

    Without a period the parameter ``period`` of the assignments counts, then that of the book, then ``latest``.
    Raises InputError or Refused for what the data cannot give, RunError for what the catalogue or the chapters lack.
    """
    ((_, _, made),) = editions_of([zone], [period] if period else [], assignments, book)
    if isinstance(made, Refused):
        raise made
    return made


def editions_of(
    zones: Iterable[str],
    periods: Sequence[str],
    assignments: Iterable[str] = (),
    book: str = "annual",
    *,
    look: bool = False,
) -> list[tuple[str, str, Edition | Refused]]:
    """The editions of zones and periods, each once: zone, period, and the edition or why there cannot be one.

    Without ``periods``, see ``edition_of``. Relative periods are resolved here, once, zone by zone. With ``look``,
    periods without figures are found here, too, and need no process to load the zone. Raises RunError for what concerns
    all of them: the catalogue, the chapters, the assignments.
    """
    from zonereport.run.catalogue import load_catalogue
    from zonereport.run.parameters import declared_in, parse_assignments

    root = find_root()
    chosen = load_catalogue(root / "reports.yml").book(book)
    own = {name: value for name, value in chosen.parameters.items() if not (periods and name == "period")}
    given = own | parse_assignments(assignments, declared_in(chosen.chapters))
    periods = periods or [str(given.pop("period", "latest"))]
    park = given.get("park", "")
    common = {
        "root": root,
        "book": chosen.name,
        "chapters": chosen.chapters,
        "documents": chosen.documents,
        "formats": chosen.formats,
    }
    common |= {"reports": root / "reports", "parameters": given}
    found: dict[tuple[str, str], Edition | Refused] = {}
    for zone in zones:
        own, known = files(zone, root), None
        for text in periods:
            try:
                known = _known(zone, root) if look and known is None else known
                when = str(period(zone, text, root))
                if known and when not in known:
                    have = f"{len(known)} periods, {known[0]} to {known[-1]}" if known[1:] else known[0]
                    raise Refused(f"{zone} has no figures for {when}; it has {have}")
            except Refused as error:
                found[zone, text] = error
                continue
            place = () if park else place_of(root / "reports", when, zone)
            make = partial(prepare, zone, when, park, root, *place)
            found[zone, when] = Edition(zone=zone, period=when, inputs=(*own, *place), prepare=make, **common)
    return [(zone, when, made) for (zone, when), made in found.items()]


def zones_of(text: str, root: Path | None = None) -> list[str]:
    """The zones that a list names, all there are where it is empty. Raises Refused for one that is not there."""
    known = sorted(path.parent.name for path in ((root or find_root()) / "data").glob("*/zone.yml"))
    names = list(dict.fromkeys(filter(None, (name.strip() for name in text.split(",")))))
    if unknown := [name for name in names if name not in known]:
        raise Refused(f"no zone {', '.join(unknown)}; known are {', '.join(known) or 'none yet'}")
    return names or known


def league_of(zones: Sequence[str], periods: Sequence[str]) -> League:
    """The first stage of a batch: the ranking of zones among each other in some periods."""
    root = find_root()
    inputs = {zone: files(zone, root) for zone in zones}
    return League(root, root / "reports", tuple(sorted(periods)), tuple(zones), inputs, standing, rank)


def spans(text: str) -> list[str]:
    """The periods that a list with ranges names, oldest first as they stand; ``latest`` and ``last-month`` stay.

    >>> spans("2021-11..2022-02,latest"), spans("2022Q3")
    (['2021-11', '2021-12', '2022-01', '2022-02', 'latest'], ['2022Q3'])

    Raises Refused for what is no period, and a range whose ends are of two kinds or the wrong way round.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        if part in RELATIVE:
            found.append(part)
            continue
        first, dots, last = part.partition("..")
        when, end = Period.parse(first), Period.parse(last if dots else first)
        if when.kind != end.kind or when > end:
            raise Refused(f'"{part}" is no range; expected one such as 2022-01..2022-12, the earlier period first')
        while when <= end:
            found.append(str(when))
            when = when.next
    return list(dict.fromkeys(found))


def files(zone: str, root: Path) -> tuple[Path, ...]:
    """The files that an edition of a zone is made of: its folder, the dictionary."""
    folders = (root / "data" / zone, root / "data" / "dictionary")
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return tuple(sorted(path for path in found if "/." not in path.relative_to(root).as_posix()))


def period(zone: str, text: str, root: Path) -> Period:
    """Resolve what a user typed (``latest``, ``last-month``, a period) for a zone.

    Raises Refused for no period, and InputError where ``latest`` needs data that cannot be read.
    """
    return resolve(text, available=_periods(zone, root) if text == "latest" else (), today=datetime.date.today())


def _known(zone: str, root: Path) -> list[str]:
    """The periods of a zone as folders are named, oldest first."""
    return [str(when) for when in sorted(_periods(zone, root))]


def _periods(zone: str, root: Path) -> Iterable[Period]:
    try:
        with (root / "data" / zone / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
            return {Period.parse(row["period"]) for row in csv.DictReader(stream) if any(row.values())}
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        from zonereport.inputs import load_zone

        # it says what is wrong with the file, and with all others
        return load_zone(zone, root).periods


def prepare(zone: str, period: str, park: str, root: Path, place: Path | None = None) -> Prepared:
    """Load, validate and measure a zone for all chapters of an edition: see ``measured.shared``."""
    # pandas and all formulas: wanted in the process that measures only
    from zonereport import measured

    return measured.shared(zone, period, park, root, place)


def standing(zone: str, periods: Sequence[str], root: Path) -> Prepared:
    """Say what a zone is compared on: see ``measured.standing``."""
    from zonereport import measured

    return measured.standing(zone, periods, root)


def rank(standings: Sequence[Path], folder: Path) -> Prepared:
    """Rank zones among each other: see ``measured.rank``."""
    from zonereport import measured

    return measured.rank(standings, folder)
