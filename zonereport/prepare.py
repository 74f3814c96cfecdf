"""What an edition is made of, in the words of the other rooms: its files, its periods, what its chapters share.

The one place where inputs and metrics meet for the runner. Nothing here imports pandas before it is needed: to find
that nothing has changed must cost no more than reading the files.
"""

import csv
import datetime
import hashlib
import pickle
from collections.abc import Iterable
from pathlib import Path

from zonereport.inputs.period import Period, resolve
from zonereport.run.prepared import Prepared


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


def _periods(zone: str, root: Path) -> Iterable[Period]:
    try:
        with (root / "data" / zone / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
            return {Period.parse(row["period"]) for row in csv.DictReader(stream) if any(row.values())}
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        from zonereport.inputs import load_zone

        # it says what is wrong with the file, and with all others
        return load_zone(zone, root).periods


def prepare(zone: str, period: str, park: str, root: Path) -> Prepared:
    """Load, validate and measure a zone once for all chapters of an edition.

    The memory is (Zone, measures, details). Raises InputError for unsound data, Refused for a period or park that the
    zone has not.
    """
    from zonereport.inputs import load_zone
    from zonereport.metrics import details, measure

    source = load_zone(zone, root)
    measures = measure(source, period=period, park=park)
    found = details(source, measures)
    # utf-8-sig: without the mark Excel takes a CSV for GBK and garbles the Chinese in it
    saved = measures.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    folder = root / "data" / zone
    about = _digest([folder / "zone.yml", *sorted((root / "data" / "dictionary").glob("*.csv"))])
    noted = repr((about, source.periods, source.warnings))
    rows = sum(len(frame) for frame in source.tables.values())
    return Prepared(
        shared=(source, measures, found),
        files={"measures.csv": saved},
        base=hashlib.sha256(saved + noted.encode()).hexdigest(),
        digests={name: _digest(_files_of(folder, name)) for name in source.tables}
        | {name: hashlib.sha256(pickle.dumps(frame)).hexdigest() for name, frame in found.items()},
        summary=f"{zone} {period}: {rows} rows valid, {measures['value'].notna().sum()} figures",
    )


def _files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table: a CSV, a folder of Parquet files, or both."""
    return [path for path in (folder / f"{table}.csv", *sorted((folder / table).rglob("*.parquet"))) if path.is_file()]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
