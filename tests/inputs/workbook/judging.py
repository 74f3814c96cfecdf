"""Whether an import did right by a book: every figure as it is meant, nothing left out without a word."""

import csv
import datetime
import shutil
import time
from pathlib import Path

from zonereport.inputs.workbook import import_book

ZONE = """\
name_zh: 试验经济开发区
name_en: Trial Zone
place_zh: 某省某市
origin: published
parks:
  - {id: north, name_zh: 北园}
peers: [甲县, 乙县, 丙区]
sources:
  - {id: m2022, title: 统计月报, publisher: 统计局, place: 某省某市, covers: '2022'}
"""
FIGURE_COLUMNS = ("value", "growth_pct")
RECEIVED = datetime.date(2022, 12, 12)


def fresh_root(root: Path, folder: Path) -> Path:
    """Make a project root with the dictionary and a zone without figures, and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data" / "t").mkdir(parents=True)
    shutil.copytree(root / "data" / "dictionary", folder / "data" / "dictionary")
    (folder / "data" / "t" / "zone.yml").write_text(ZONE, encoding="utf-8")
    header = (root / "data" / "yizheng" / "indicators.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "data" / "t" / "indicators.csv").write_text(header + "\n", encoding="utf-8")
    return folder


def figures_of(zone: Path) -> tuple[dict, dict]:
    """Return the figures of a zone by (period, code, park or peer, column), and the units of its values."""
    figures, units = {}, {}
    for name, entity in (("indicators", "park"), ("peers", "peer")):
        path = zone / f"{name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                key = (row["period"], row["code"], row[entity])
                for column in FIGURE_COLUMNS:
                    if row[column]:
                        figures[*key, column] = float(row[column])
                if row["value"]:
                    units[key] = row["unit"]
    return figures, units


def judged(case, root: Path, folder: Path) -> tuple[str, str, float]:
    """Import a case into a fresh zone: ``right``, ``asked`` or ``wrong``, what was said, and the seconds it took."""
    place = fresh_root(root, folder / "root")
    path = case.write(folder)
    began = time.perf_counter()
    result = import_book(path, "t", place, received=RECEIVED)
    took = time.perf_counter() - began
    said = "\n".join(str(fault) for fault in (*result.faults, *result.warnings))
    if result.faults:
        return ("asked" if case.asks in said else "wrong"), said, took
    if case.asks:
        return "wrong", f"imported, where {case.asks} was to be asked\n{said}", took
    figures, units = figures_of(place / "data" / "t")
    strange = {key: value for key, value in figures.items() if case.means.get(key) != value}
    strange |= {key: unit for key, unit in units.items() if case.units.get(key, unit) != unit}
    missing = {key: value for key, value in case.means.items() if key not in figures}
    if strange or (missing and not said):
        return "wrong", f"not meant: {strange}; missing: {missing}\n{said}", took
    return "right", said, took
