"""A zone: what it is, and its tables, read and found sound."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import yaml
from pydantic import ValidationError

from zonereport.disk.journal import Unsettled, undisturbed
from zonereport.disk.locks import Busy
from zonereport.inputs import checks
from zonereport.inputs.accepted import read_accepted, split
from zonereport.inputs.analyst_words import read_words
from zonereport.inputs.characters import described, unprintable, visible
from zonereport.inputs.consistency import consistency_faults
from zonereport.inputs.criteria import criteria_faults
from zonereport.inputs.dictionary import Dictionary, load_dictionary
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.history.log import read_log
from zonereport.inputs.model import Park, Source, Zone, ZoneFile
from zonereport.inputs.nearly import hint
from zonereport.inputs.parquet import doubled_faults, parquet_faults
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period
from zonereport.inputs.reading import read_text_table, validate
from zonereport.inputs.schemas import Known, Table, read_tables, schema
from zonereport.language import noted, tr

__all__ = ["Park", "Source", "Zone", "ZoneFile", "list_zones", "load_zone", "read_about"]
# seconds to wait for an import of the zone
PATIENCE = 60
# no tables: how the tables came to be, and which warnings are known
KEPT = ("imports.csv", "accepted.csv", "names.csv")
# pydantic's words for common slips are not those of somebody who edits a file
EXPECTED = {
    "string_type": noted("a text"),
    "tuple_type": noted("a list"),
    "model_type": noted("a list of keys and values"),
    "date_from_datetime_parsing": noted("a day such as 2023-01-15"),
    "date_type": noted("a day such as 2023-01-15"),
    "missing": noted("this key"),
    "extra_forbidden": noted("another key, this one is unknown (data/README.md lists them)"),
}


def list_zones(root: Path | None = None) -> list[str]:
    """The zones below data/: the folders that have a zone.yml."""
    root = root or find_root()
    return sorted(path.parent.name for path in (root / "data").glob("*/zone.yml"))


def load_zone(code: str, root: Path | None = None, *, empty: bool = False) -> Zone:
    """Read and validate the folder data/``code``: nobody changes it meanwhile, and no import is half done in it.

    With ``empty`` a zone that has no figures yet is sound, too.

    Raises InputError with every fault of every file at once; nothing is converted before all of it is sound. Raises
    Refused where an import is under way for longer than a minute, or stopped half-way and is not this user's to finish.
    """
    root = root or find_root()
    if code not in list_zones(root):
        expected = tr("a zone; {hint}", hint=hint(code, list_zones(root)))
        raise InputError([Fault(f"data/{code}/zone.yml", None, None, None, expected)])
    try:
        # a chapter in JupyterLab reads the folder by itself: what a killed import left must not be half old, half new
        with undisturbed(root, code, patience=PATIENCE):
            return _read_zone(code, root, empty)
    except Busy:
        raise Refused(tr("{zone}: an import is under way", zone=code)) from None
    except Unsettled as error:
        raise Refused(str(error)) from None


def _ledger_faults(ledger: Path, frames: dict[str, pd.DataFrame], schemas: dict[str, Table]) -> list[Fault]:
    """The faults of a Parquet ledger: of its own rows, else of those that stand in the CSV as well."""
    firms = set()
    if "enterprises" in frames:
        firms = set(frames["enterprises"]["enterprise"])
    found = parquet_faults(ledger, schemas["enterprise_months"], firms)
    # what cannot be read cannot be compared
    if found or ledger.name not in frames:
        return found
    return doubled_faults(ledger, frames[ledger.name])


def _read_zone(code: str, root: Path, empty: bool) -> Zone:
    folder = root / "data" / code
    dictionary = load_dictionary(root)
    about = read_about(folder / "zone.yml")
    known = Known(tuple(p.id for p in about.parks), about.peers, tuple(s.id for s in about.sources))
    schemas = read_tables(dictionary.tables)
    frames, faults = _read_tables(folder, schemas)
    if empty and not (folder / "indicators.csv").exists():
        faults = [fault for fault in faults if fault.file != "indicators.csv"]
        frames.setdefault("indicators", pd.DataFrame(columns=schemas["indicators"].columns, dtype="str"))
    filled = frames
    if empty and frames["indicators"].empty:
        filled = {name: frame for name, frame in frames.items() if name != "indicators"}
    faults += _cell_faults(filled, schemas, dictionary, known)
    if "criteria" in frames:
        faults += criteria_faults("criteria.csv", frames["criteria"], about.origin)
    # a ledger too large for a CSV: Parquet files by period, read by DuckDB only when they are summed
    ledger = folder / "enterprise_months"
    if ledger.is_dir():
        faults += _ledger_faults(ledger, frames, schemas)
    words, said, found = read_words(folder)
    faults += found
    if faults:
        # in the order of the files, whoever found them
        faults.sort(key=lambda fault: (fault.file, fault.row or 0, fault.column or ""))
        raise InputError([_placed(fault, code, frames) for fault in dict.fromkeys(faults)])
    typed = {}
    for name, frame in frames.items():
        typed[name] = _typed(frame, schemas[name])
    found = []
    for fault in _contradictions(typed, ledger, dictionary, about):
        found.append(_placed(fault, code, frames))
    if any(fault.severity == "error" for fault in found):
        raise InputError(found)
    found, silent = split(found, read_accepted(folder), typed, schemas)
    files = [folder / "zone.yml", *(folder / f"{name}.csv" for name in frames), *said]
    files += [*sorted(ledger.rglob("*.parquet")), *sorted((root / "data" / "dictionary").glob("*.csv"))]
    return Zone(
        code,
        about,
        typed,
        dictionary,
        schemas,
        tuple(files),
        warnings=tuple(found),
        silent=tuple(silent),
        imports=tuple(read_log(folder)),
        words=words,
    )


def _contradictions(
    typed: dict[str, pd.DataFrame], ledger: Path, dictionary: Dictionary, about: ZoneFile
) -> list[Fault]:
    """Return what tables that are sound by themselves say against each other."""
    checked: dict[str, object] = dict(typed)
    if ledger.is_dir():
        # months in a CSV beside those in Parquet files
        listed = [typed["enterprise_months"]] if "enterprise_months" in typed else []
        checked["enterprise_months"] = [*listed, ledger]
    found = consistency_faults(checked, dictionary, about)
    if "assessment" in typed:
        found += checks.weight_warnings("assessment.csv", typed["assessment"])
    return found


def _cell_faults(
    frames: dict[str, pd.DataFrame], schemas: dict[str, Table], dictionary: Dictionary, known: Known
) -> list[Fault]:
    """Return what is wrong with the cells and rows of the tables as they stand, text by text."""
    faults = []
    for name, frame in frames.items():
        file = f"{name}.csv"
        faults += validate(frame, schema(schemas[name], dictionary, known), file)
        faults += checks.unit_faults(file, frame, dictionary) + checks.key_faults(file, frame, schemas[name])
        faults += checks.character_faults(file, frame, schemas[name])
        if "growth_pct" in frame:
            faults += checks.growth_faults(file, frame, dictionary)
    if "indicators" in frames:
        if frames["indicators"].empty:
            faults.append(Fault("indicators.csv", 2, None, None, tr("at least one row")))
        faults += checks.value_faults("indicators.csv", frames["indicators"])
        faults += checks.rank_faults("indicators.csv", frames["indicators"])
    if "assessment" in frames:
        faults += checks.rule_faults("assessment.csv", frames["assessment"])
    return faults + checks.reference_faults(frames)


def read_about(path: Path) -> ZoneFile:
    """Read and validate a zone.yml: its keys, and that every character of its texts can be printed.

    Raises InputError with every fault, each at its key.
    """
    file = f"{path.parent.name}/zone.yml"
    try:
        text = path.read_text(encoding="utf-8")
        about = ZoneFile.model_validate(yaml.safe_load(text) or {})
    except UnicodeDecodeError as error:
        raise InputError([Fault(file, None, None, str(error).split("\n")[0], tr("YAML in UTF-8"))]) from None
    except yaml.reader.ReaderError as error:
        # YAML refuses control characters before it reads a key: the place is found by hand
        raise InputError([_strange_character(file, text, error)]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = None
        if mark:
            row = mark.line + 1
        raise InputError([Fault(file, row, None, str(error).split("\n")[0], tr("YAML in UTF-8"))]) from None
    except ValidationError as error:
        raise InputError([_of_key(file, entry) for entry in error.errors()]) from None
    faults = list(_character_faults(file, "", about.model_dump()))
    if faults:
        raise InputError(faults)
    return about


def _strange_character(file: str, text: str, error: yaml.reader.ReaderError) -> Fault:
    """Return the fault of a character that YAML itself refuses, at its row and key."""
    row = text.count("\n", 0, error.position)
    line = text.splitlines()[row] if text else ""
    key, _, value = line.partition(":")
    character = text[error.position]
    expected = tr("a text without {character}: delete it", character=described(character))
    return Fault(file, row + 1, key.strip(" -{") or None, visible(value.strip()), expected)


def _of_key(file: str, entry: dict) -> Fault:
    """Return the fault of one key that is missing, unknown or of another kind."""
    expected = entry["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    known = EXPECTED.get(entry["type"])
    if known:
        expected = tr(known)
    elif entry["type"] == "literal_error":
        expected = entry["ctx"]["expected"].replace(" or ", tr(" or "))
    value = None
    if entry["type"] != "missing":
        value = str(entry["input"])
    return Fault(file, None, ".".join(map(str, entry["loc"])) or None, value, expected)


def _character_faults(file: str, key: str, content: object) -> Iterator[Fault]:
    """Yield a fault for every text of zone.yml with a character that no report can print, at its key."""
    if isinstance(content, dict):
        for name, inner in content.items():
            yield from _character_faults(file, f"{key}.{name}".lstrip("."), inner)
    elif isinstance(content, list | tuple):
        for place, inner in enumerate(content):
            yield from _character_faults(file, f"{key}.{place}", inner)
    elif isinstance(content, str) and (character := unprintable(content)):
        expected = tr("a text without {character}: delete it", character=described(character))
        yield Fault(file, None, key, visible(content), expected)


def _read_tables(folder: Path, schemas: dict[str, Table]) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    frames, faults = {}, []
    for path in sorted({*folder.glob("*.csv"), folder / "indicators.csv"}):
        # not of the zone's figures: what import, undo and accept keep for themselves
        if path.name in KEPT:
            continue
        if path.stem not in schemas:
            faults.append(
                Fault(
                    path.name,
                    None,
                    None,
                    path.name,
                    tr("one of {choices}", choices=", ".join(f"{t}.csv" for t in schemas)),
                )
            )
            continue
        try:
            frames[path.stem] = read_text_table(path, schemas[path.stem].columns, required=schemas[path.stem].required)
        except InputError as error:
            faults += error.faults
    return frames, faults


def _placed(fault: Fault, zone: str, frames: dict[str, pd.DataFrame]) -> Fault:
    """Say in words which record a fault stands in."""
    frame = frames.get(fault.file.removesuffix(".csv"))
    words = [tr("zone {zone}", zone=zone)]
    if frame is not None and fault.row in frame.index:
        record = frame.loc[fault.row]
        for c in ("period", "code", "name"):
            if c in record and c != fault.column and record[c]:
                words.append(record[c])
    return dataclasses.replace(fault, where=", ".join(words))


def _typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    columns = {}
    for c in table.numbers:
        columns[c] = pd.to_numeric(frame[c].mask(frame[c] == "")).astype("float64")
    if "period" in frame:
        texts = frame["period"].tolist()
        names = {}
        for text in dict.fromkeys(texts):
            names[text] = str(Period.parse(text))
        columns["period"] = pd.Series([names[text] for text in texts], frame.index, dtype="str")
    return frame.assign(**columns)
