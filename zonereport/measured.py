"""What is made of the data for a run: what the chapters of an edition share, and the league of all zones."""

import hashlib
import pickle
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from zonereport.disclosure import checked, public_edition
from zonereport.disk.spreadsheet import csv_text
from zonereport.editions.since import before, since_issued
from zonereport.inputs.dated import zone_on
from zonereport.inputs.digests import rows_digest
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period
from zonereport.inputs.zone import Zone, load_zone
from zonereport.language import tr
from zonereport.metrics import measures_and_details
from zonereport.metrics.compare.ranking.comparing import compared
from zonereport.metrics.compare.ranking.peer_rank import competition_rank
from zonereport.metrics.compare.ranking.rank_tables import with_ends
from zonereport.metrics.schemas import typed
from zonereport.metrics.scope import Scope
from zonereport.run.errors import BuildError
from zonereport.run.league import write
from zonereport.run.prepared import Prepared

# of a line on the site: a year and the same month before it
SHOWN_MONTHS = 13
# what a public edition has withheld, for its check alone
WITHHELD = "withheld.pickle"
NUMBERS = ("value", "printed", "better")
TEXTS = ("period", "zone", "origin", "code", "on", "unit", "qualifier", "reason")


def shared(
    zone: str, period: str, park: str, places: Mapping[str, Path] = MappingProxyType({}), *, public: bool = False
) -> Prepared:
    """Load, validate and measure a zone once for all chapters of an edition.

    The data is that below ZONEREPORT_ROOT. The memory is (Zone, measures, details). ``places`` are
    paths below that root: ``league``, the zone's own file where a batch has ranked all zones, becomes the detail
    ``league`` and league.csv beside the report; ``earlier``, the figures of the edition issued last, becomes the detail
    ``edition_changes``. ``public``: names and unsafe amounts are off, see ``zonereport.disclosure``; what they are is
    kept aside for ``inspected``. Raises InputError for unsound data, Refused for a period or park that there is not.
    """
    root = find_root()
    source = zone_on(load_zone(zone, root), Period.parse(period))
    private: dict[str, bytes] = {}
    if public:
        made = public_edition(source, period=period, park=park)
        source, measures, found = made.zone, made.measures, dict(made.details)
        private[WITHHELD] = pickle.dumps(made.withheld)
    else:
        measures, found = measures_and_details(source, period=period, park=park)
    outputs = {"measures.csv": _csv(measures)}
    if "earlier" in places:
        found["edition_before"] = typed("edition_before", before(root, places["earlier"]))
        found["edition_changes"] = typed("edition_changes", since_issued(root, places["earlier"], source, measures))
    if "league" in places:
        league = _own_league(source, period, root / places["league"])
        if len(league):
            found["league"] = typed("league", with_ends(league))
            outputs["league.csv"] = _csv(league)
    folder = root / "data" / zone
    about = _digest([folder / "zone.yml", *sorted((root / "data" / "dictionary").glob("*.csv"))])
    # the words of a warning are those of a language; what is built is the same in each
    warnings = [(one.file, one.row, one.column, one.value) for one in source.warnings]
    noted = repr((about, source.periods, warnings))
    digests = {name: _digest(_files_of(folder, name)) for name in source.tables}
    for name, frame in found.items():
        # as text: what is pickled depends on which cells share a string, too
        digests[name] = hashlib.sha256(frame.to_csv().encode()).hexdigest()
    # an analyst's words rebuild the chapters that show the exhibit, and no other
    for entry in source.words.get(str(Period.parse(period)), ()):
        # a skeleton that nobody has filled in prints nothing
        if entry.written:
            said = repr((entry.claim, entry.basis, entry.cause, entry.next))
            digests[f"words.{entry.name}"] = hashlib.sha256(said.encode()).hexdigest()
    rows = sum(map(len, source.tables.values()))
    return Prepared(
        shared=(source, measures, found),
        files=outputs,
        base=hashlib.sha256(outputs["measures.csv"] + noted.encode()).hexdigest(),
        digests=digests,
        summary=f"{zone} {period}: {rows} rows valid, {measures['value'].notna().sum()} figures",
        card=_card(source, period, found["series"], folder),
        private=private,
    )


def inspected(new: Path, prepared: Path) -> Prepared:
    """Read every file of the public edition in ``new`` for what was withheld; say what was looked for.

    ``prepared`` is the folder in which ``shared`` left what that is. Raises BuildError, with one line, where any of it
    is left, or a file cannot be read: such an edition is not published.
    """
    withheld = pickle.loads((prepared / WITHHELD).read_bytes())
    found = checked(new, names=withheld.names, amounts=withheld.amounts, printed=withheld.printed)
    if found.leaks:
        raise BuildError(
            tr(
                "public edition: {count} withheld names or amounts are left, first {first}; nothing was published",
                count=len(found.leaks),
                first=found.leaks[0],
            )
        )
    return Prepared(
        summary=tr(
            "disclosure check: {files} files read, {names} names and {amounts} amounts looked for, none found; "
            "{primary} cells withheld, {secondary} more to protect them",
            files=found.files,
            names=found.names,
            amounts=found.amounts,
            primary=withheld.primary,
            secondary=withheld.secondary,
        )
    )


def _card(source: Zone, period: str, series: pd.DataFrame, folder: Path) -> dict:
    """What is said of an edition elsewhere: names, its rows' digest, the growth of its first indicator in 13 months."""
    when = Period.parse(period)
    rows = rows_digest(folder, when)
    card = {"rows": rows, "zone_zh": source.about.name_zh, "period_zh": when.name_zh, "origin": source.about.origin}
    series = series[(series["entity"] == "") & series["growth_pct"].notna()]
    order = {code: place for place, code in enumerate(source.dictionary.indicators.index)}
    month = 12 * series["year"] + series["month"]
    now = 12 * when.year + when.last
    recent = series[(month <= now) & (month > now - SHOWN_MONTHS)]
    # a line needs three points
    counts = recent["code"].value_counts()
    codes = sorted(counts.index[counts >= 3], key=order.__getitem__)
    if not codes:
        return card
    rows = recent[recent["code"] == codes[0]].sort_values(["year", "month"])
    names = source.dictionary.indicators["name_zh"]
    line = {"name_zh": f"{names[codes[0]]}累计同比增速", "unit": "%"}
    periods = [f"{row.year}-{row.month:02d}" for row in rows.itertuples()]
    return card | {"line": line | {"periods": periods, "values": rows["growth_pct"].tolist()}}


def standing(zone: str, periods: Sequence[str]) -> Prepared:
    """Say what a zone is compared on in each of some periods: the first stage of a batch, whose result ``rank`` reads.

    The file standing.csv has a row a period and code: period, zone, origin, code, on (growth or level), value, printed,
    better, unit, qualifier, reason; see ``zonereport.metrics.compare.ranking.comparing.compared``. Raises InputError.
    """
    return Prepared(files={"standing.csv": _csv(_compared(load_zone(zone, find_root()), periods))})


def rank(standings: Sequence[Path], folder: Path) -> Prepared:
    """Rank all zones whose standing.csv are given, each period into ``folder``/<period>: league.csv, zones/<zone>.csv.

    Competition ranks (1, 2, 2, 4) of the printed figures by period, origin, code, what they are ranked on, and unit:
    synthetic zones are no peers of real ones. Columns: those of ``standing`` without ``better``, then rank, rank_of
    (how many are ranked) and tied (how many share the figure). A file that would stay the same is not written.
    """
    rows = pd.concat(map(_league, standings))
    better = rows["better"].astype("float64")
    # synthetic zones are no peers of real ones: they differ in origin
    alike = [rows["period"], rows["origin"], rows["code"], rows["on"], rows["unit"]]
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
        # of zones that are gone nothing may be left: an edition would take it for its own
        for path in (folder / period / "zones").glob("*.csv"):
            if path.stem not in own:
                path.unlink()
    return Prepared(summary=f"league: {rows['zone'].nunique()} zones, {rows['period'].nunique()} periods")


def _compared(source: Zone, periods: Sequence[str]) -> pd.DataFrame:
    """The rows of ``standing``: made as the ranking among peers makes its own, a year at a time, without any peer."""
    by_year: dict[int, list[Period]] = {}
    for when in map(Period.parse, periods):
        # a quarter is compared with nothing: figures of a year are cumulative from January on
        if when in source.periods and when.first == 1:
            by_year.setdefault(when.year, []).append(when)
    columns = ["period", "zone", "origin", "code", "on", *NUMBERS, "unit", "qualifier", "reason"]
    parts = [pd.DataFrame(columns=columns)]
    for year, asked in sorted(by_year.items()):
        rows = Scope(source, Period(year)).history
        # three years: growth needs the one before, and its growth the one before that
        rows = rows[(rows["entity"] == "") & (rows["year"] > year - 3)].assign(entity=source.code)
        figures = compared(rows[:0], rows, source.dictionary, on={})
        for when in asked:
            now = figures[(figures["year"] == year) & (figures["month"] == when.last)]
            parts.append(now.assign(period=str(when), zone=source.code, origin=source.about.origin))
    # an empty frame has no types to give
    return pd.concat(parts[1:] or parts)[columns]


def _own_league(source: Zone, period: str, path: Path) -> pd.DataFrame:
    """The zone's rows of a league, without those whose figure is another by now: their ranks are out of date."""
    now = _compared(source, [period])[["code", "on", "printed"]].astype({"printed": "float64"})
    return _league(path).merge(now, on=["code", "on", "printed"]).drop_duplicates(["code", "on"], ignore_index=True)


def _league(path: Path) -> pd.DataFrame:
    """Read what ``standing`` or ``rank`` has written: texts and numbers, with nothing but numbers missing."""
    missing = dict.fromkeys((*NUMBERS, "rank", "rank_of", "tied"), "")
    types = dict.fromkeys(TEXTS, "str") | {"printed": "float64"}
    return pd.read_csv(path, dtype=types, keep_default_na=False, na_values=missing, encoding="utf-8-sig")


def _csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as a CSV that is opened in a spreadsheet: no text of it acts there."""
    texts = frame.select_dtypes(include=["str", "object"])
    frame = frame.assign(**texts.map(csv_text, na_action="ignore"))
    # utf-8-sig: without the mark Excel takes a CSV for GBK and garbles the Chinese in it
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table: a CSV, a folder of Parquet files, or both."""
    paths = [folder / f"{table}.csv", *sorted((folder / table).rglob("*.parquet"))]
    return list(filter(Path.is_file, paths))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
