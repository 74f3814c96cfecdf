"""What an edition is made of, in the words of the other rooms: its files, its periods, what its chapters share.

The one place where inputs and metrics meet for the runner. Nothing here imports pandas before it is needed: to find
that nothing has changed must cost no more than reading the files.
"""

import csv
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zonereport.inputs.faults import Refused
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period, resolve
from zonereport.run.league import League, place_of
from zonereport.run.prepared import Prepared

if TYPE_CHECKING:
    import pandas as pd

    from zonereport.inputs import Zone
    from zonereport.run.edition import Edition

RELATIVE = ("latest", "last-month")
NUMBERS = ("value", "printed", "better")


def edition_of(zone: str, period: str = "", assignments: Iterable[str] = (), book: str = "annual") -> "Edition":
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
) -> "list[tuple[str, str, Edition | Refused]]":
    """The editions of zones and periods, each once: zone, period, and the edition or why there cannot be one.

    Without ``periods``, see ``edition_of``. Relative periods are resolved here, once, zone by zone. With ``look``,
    periods without figures are found here, too, and need no process to load the zone. Raises RunError for what concerns
    all of them: the catalogue, the chapters, the assignments.
    """
    from zonereport.run.catalogue import load_catalogue
    from zonereport.run.edition import Edition
    from zonereport.run.parameters import declared_in, parse_assignments

    root = find_root()
    chosen = load_catalogue(root / "reports.yml").book(book)
    own = {name: value for name, value in chosen.parameters.items() if not (periods and name == "period")}
    given = own | parse_assignments(assignments, declared_in(chosen.chapters))
    periods = periods or [str(given.pop("period", "latest"))]
    park = given.get("park", "")
    common = {"root": root, "book": chosen.name, "chapters": chosen.chapters, "formats": chosen.formats}
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
    """Load, validate and measure a zone once for all chapters of an edition.

    The memory is (Zone, measures, details). ``place`` is the zone's own league file where a batch has ranked all zones:
    it becomes the detail ``league`` and league.csv beside the report. Raises InputError for unsound data, Refused for a
    period or park that the zone has not.
    """
    from zonereport.inputs import load_zone
    from zonereport.metrics import measures_and_details
    from zonereport.metrics.ranking.league import with_ends
    from zonereport.metrics.schemas import typed

    source = load_zone(zone, root)
    measures, found = measures_and_details(source, period=period, park=park)
    outputs = {"measures.csv": _csv(measures)}
    if place and len(league := _own_league(source, period, place)):
        found["league"] = typed("league", with_ends(league))
        outputs["league.csv"] = _csv(league)
    folder = root / "data" / zone
    about = _digest([folder / "zone.yml", *sorted((root / "data" / "dictionary").glob("*.csv"))])
    noted = repr((about, source.periods, source.warnings))
    rows = sum(len(frame) for frame in source.tables.values())
    return Prepared(
        shared=(source, measures, found),
        files=outputs,
        base=hashlib.sha256(outputs["measures.csv"] + noted.encode()).hexdigest(),
        digests={name: _digest(_files_of(folder, name)) for name in source.tables}
        # as text: what is pickled depends on which cells share a string, too
        | {name: hashlib.sha256(frame.to_csv().encode()).hexdigest() for name, frame in found.items()},
        summary=f"{zone} {period}: {rows} rows valid, {measures['value'].notna().sum()} figures",
    )


def standing(zone: str, periods: Sequence[str], root: Path) -> Prepared:
    """What a zone is compared on in each of some periods: the first stage of a batch, whose result ``rank`` reads.

    The file standing.csv has a row a period and code: period, zone, origin, code, on (growth or level), value, printed,
    better, unit, qualifier, reason; see ``zonereport.metrics.ranking.comparing.compared``. Raises InputError.
    """
    from zonereport.inputs import load_zone

    return Prepared(files={"standing.csv": _csv(_compared(load_zone(zone, root), periods))})


def rank(standings: Sequence[Path], folder: Path) -> Prepared:
    """Rank all zones whose standing.csv are given, each period into ``folder``/<period>: league.csv, zones/<zone>.csv.

    Competition ranks (1, 2, 2, 4) of the printed figures by period, origin, code, what they are ranked on, and unit:
    synthetic zones are no peers of real ones. Columns: those of ``standing`` without ``better``, then rank, rank_of
    (how many are ranked) and tied (how many share the figure). A file that would stay the same is not written.
    """
    import pandas as pd

    from zonereport.metrics.ranking.standing import competition_rank
    from zonereport.run.league import write

    rows = pd.concat([_league(path) for path in standings])
    better = rows["better"].astype("float64")
    alike = [rows[name] for name in ("period", "origin", "code", "on", "unit")]
    rows = rows.assign(
        rank=better.groupby(alike).transform(competition_rank),
        rank_of=better.groupby(alike).transform("count"),
        tied=better.groupby([*alike, better]).transform("size"),
    ).drop(columns="better")
    rows = rows.sort_values(["period", "origin", "code", "on", "unit", "rank", "zone"], kind="stable")
    for period, league in rows.groupby("period"):
        write(folder / period / "league.csv", _csv(league))
        own = dict(list(league.groupby("zone")))
        for zone, ranked in own.items():
            write(folder / period / "zones" / f"{zone}.csv", _csv(ranked))
        for path in (folder / period / "zones").glob("*.csv"):
            if path.stem not in own:
                path.unlink()
    return Prepared(summary=f"league: {rows['zone'].nunique()} zones, {rows['period'].nunique()} periods")


def _compared(source: "Zone", periods: Sequence[str]) -> "pd.DataFrame":
    """The rows of ``standing``: made as the ranking among peers makes its own, a year at a time, without any peer."""
    import pandas as pd

    from zonereport.metrics.ranking.comparing import compared
    from zonereport.metrics.scope import Scope

    asked = [when for when in map(Period.parse, periods) if when in source.periods and when.first == 1]
    made = []
    for year in sorted({when.year for when in asked}):
        rows = Scope(source, Period(year)).history
        rows = rows[(rows["entity"] == "") & (rows["year"] > year - 3)].assign(entity=source.code)
        found = compared(rows[:0], rows, source.dictionary, on={})
        for when in (when for when in asked if when.year == year):
            now = found[(found["year"] == year) & (found["month"] == when.last)]
            made.append(now.assign(period=str(when), zone=source.code, origin=source.about.origin))
    columns = ["period", "zone", "origin", "code", "on", *NUMBERS, "unit", "qualifier", "reason"]
    return pd.concat(made)[columns] if made else pd.DataFrame(columns=columns)


def _own_league(source: "Zone", period: str, path: Path) -> "pd.DataFrame":
    """The zone's rows of a league, without those whose figure is another by now: their ranks are out of date."""
    now = _compared(source, [period])[["code", "on", "printed"]].astype({"printed": "float64"})
    return _league(path).merge(now, on=["code", "on", "printed"]).drop_duplicates(["code", "on"], ignore_index=True)


def _league(path: Path) -> "pd.DataFrame":
    """Read what ``standing`` or ``rank`` has written: texts and numbers, with nothing but numbers missing."""
    import pandas as pd

    texts = ("period", "zone", "origin", "code", "on", "unit", "qualifier", "reason")
    missing = {name: [""] for name in (*NUMBERS, "rank", "rank_of", "tied")}
    types = dict.fromkeys(texts, "str") | {"printed": "float64"}
    return pd.read_csv(path, dtype=types, keep_default_na=False, na_values=missing, encoding="utf-8-sig")


def _csv(frame: "pd.DataFrame") -> bytes:
    # utf-8-sig: without the mark Excel takes a CSV for GBK and garbles the Chinese in it
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table: a CSV, a folder of Parquet files, or both."""
    return [path for path in (folder / f"{table}.csv", *sorted((folder / table).rglob("*.parquet"))) if path.is_file()]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
