"""All files of the synthetic zone, written at once."""

import csv
import io
from pathlib import Path

from tools.demo import about, assessment, events, figures, levels, places, words
from tools.demo.events import Row
from tools.demo.firms import Firm, found_firms, ledger
from zonereport.inputs.dictionary import load_dictionary
from zonereport.inputs.faults import Refused

NAME = "demo"


def write_demo(root: Path, *, seed: int = 2022) -> Path:
    """Write the synthetic zone to data/demo below ``root`` and return that folder; the same seed, the same bytes.

    ``root`` has the dictionary, data/dictionary. An older synthetic zone in the folder is overwritten.
    Raises Refused where the folder holds a zone that is not synthetic, InputError where the dictionary is not sound.
    """
    folder = root / "data" / NAME
    _refuse_others(folder)
    files = demo_files(root, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def demo_files(root: Path, seed: int) -> dict[str, str]:
    """The text of every file of the zone by name; ``root`` is read for the dictionary only."""
    dictionary = load_dictionary(root)
    codes = dictionary.indicators.to_dict("index")
    firms = found_firms(seed)
    tables: dict[str, list[Row]] = {
        "enterprises": [_register_row(firm) for firm in firms],
        "enterprise_months": ledger(firms),
        "recognitions": events.recognitions(seed, firms),
        "platforms": events.platforms(seed, firms),
        "patents": events.patents(seed, firms),
        "talents": events.talents(seed, firms),
        "ip_pledges": events.pledges(seed, firms),
        "enterprise_parks": places.moves(firms),
        "carrier_months": places.tenants(),
        "land": places.land(seed),
        **{table: places.fixed(table) for table in ("carriers", "works", "tasks")},
    }
    tables["projects"], tables["project_progress"] = places.projects(seed, firms)
    made = levels.all_levels(seed, firms, tables)
    tables["governance"] = places.governance({code: made[code] for code in levels.GOVERNANCE})
    tables["indicators"], tables["peers"] = figures.figures(seed, firms, made, codes)
    tables["targets"] = figures.targets(codes)
    tables["assessment"] = assessment.assessment()
    tables["statements"], tables["criteria"] = words.statements(), words.criteria()
    columns = {name: list(group["column"]) for name, group in dictionary.tables.groupby("table")}
    files = {f"{name}.csv": _csv(columns[name], rows) for name, rows in tables.items()}
    return {"zone.yml": about.zone_file(seed)} | files


def _register_row(firm: Firm) -> Row:
    row = {"enterprise": firm.code, "name": firm.name, "uscc": firm.uscc, "industry": firm.industry}
    return row | {"park": firm.park, "founded": firm.founded, "source": "ledger"}


def _csv(columns: list[str], rows: list[Row]) -> str:
    """CSV with the columns that any row fills, in the order of the dictionary."""
    strange = {column for row in rows for column in row} - set(columns)
    if strange:
        raise ValueError(f"no such columns: {', '.join(sorted(strange))}")
    used = [column for column in columns if any(row.get(column) not in (None, "") for row in rows)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([["" if row.get(column) is None else row[column] for column in used] for row in rows])
    return stream.getvalue()


def _refuse_others(folder: Path) -> None:
    path = folder / "zone.yml"
    if path.exists() and "origin: synthetic" not in path.read_text(encoding="utf-8"):
        raise Refused(f"{path.parent.name}/zone.yml: not synthetic; the demo zone would overwrite it")
