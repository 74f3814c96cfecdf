"""What a draft has changed since the edition of its period that was issued last: the frame behind 变化说明."""

import json
from pathlib import Path

import pandas as pd

from zonereport.editions import archive, differences
from zonereport.editions.store import INPUTS
from zonereport.inputs.model import Zone
from zonereport.run import manifest, remember

DICTIONARY = "data/dictionary/"


def read_measures(path: Path) -> pd.DataFrame:
    """Return the figures of an edition from its measures.csv; an empty text stays one, an empty value is missing."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    return frame.assign(value=pd.to_numeric(frame["value"].mask(frame["value"] == "")))


def before(root: Path, earlier: Path) -> pd.DataFrame:
    """Return the frame ``edition_before``: number, day and reason of the edition whose measures.csv ``earlier`` is."""
    about = json.loads((root / earlier).with_name(manifest.NAME).read_text(encoding="utf-8"))
    stamp = about["edition"]
    return pd.DataFrame([{name: stamp[name] for name in ("number", "day", "reason")}])


def since_issued(root: Path, earlier: Path, zone: Zone, measures: pd.DataFrame) -> pd.DataFrame:
    """Return the frame ``edition_changes``: the figures that differ from those of ``earlier``, and why.

    ``root`` holds data/ and ``earlier``, the measures.csv of the issued edition with the files that it was made of
    beside it. Raises EditionError where those cannot be read.
    """
    place = root / earlier
    changed = differences.figures(read_measures(place), measures)
    kept = place.with_name(INPUTS)
    about = json.loads(place.with_name(manifest.NAME).read_text(encoding="utf-8"))
    period = str(about["period"])
    texts = {}
    for path in zone.files:
        if path.suffix == ".csv":
            texts[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8-sig")
    found = cells_between(kept_texts(kept, zone.code), texts, keys_of(zone))
    data, method = parted(found, period)
    other_code = about.get("digests", {}) != remember.digests()
    rows = []
    why = differences.causes(changed, data, method, operands(zone), other_code)
    for row, (cause, cell) in zip(changed.itertuples(index=False), why, strict=True):
        source, locator = "", ""
        if cell and cause == differences.DATA:
            source, locator = cell.source, cell.locator
        figure = {name: getattr(row, name) for name in ("code", "measure", "unit", "before", "after")}
        rows.append(figure | {"cause": cause, "source": source, "locator": locator})
    return pd.DataFrame(rows)


def kept_texts(path: Path, zone: str) -> dict[str, str]:
    """Return the tables of a zone and of the dictionary that a zip of inputs holds, by their paths."""
    texts = {}
    for entry in archive.prints(path):
        name = entry["path"]
        if name.endswith(".csv") and name.startswith((DICTIONARY, f"data/{zone}/")):
            texts[name] = archive.text(path, name) or ""
    return texts


def cells_between(old: dict[str, str], new: dict[str, str], keys: dict[str, list[str]]) -> list[differences.Cell]:
    """Return the cells that differ between the tables of two sets of inputs, in the order of their paths."""
    found = []
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name):
            continue
        stem = Path(name).stem
        if name.startswith(DICTIONARY):
            text = new.get(name) or old.get(name) or ""
            key = text.partition("\n")[0].split(",")[:2]
            # what a dictionary's first column names is one thing, but for measures, which have a topic before it
            if stem != "measures":
                key = key[:1]
            found += differences.cells(f"dictionary/{stem}.csv", old.get(name), new.get(name), key)
        elif stem in keys:
            found += differences.cells(f"{stem}.csv", old.get(name), new.get(name), keys[stem])
    return found


def parted(found: list[differences.Cell], period: str) -> tuple[list[differences.Cell], list[differences.Cell]]:
    """Part the cells into those of data, up to a period, and those of the dictionary, which is method."""
    method = [cell for cell in found if cell.file.startswith("dictionary/")]
    data = [cell for cell in found if not cell.file.startswith("dictionary/")]
    return differences.until(data, period), method


def keys_of(zone: Zone) -> dict[str, list[str]]:
    """Return the columns that name a row, by table."""
    return {name: table.key for name, table in zone.schemas.items()}


def operands(zone: Zone) -> dict[str, tuple[str, ...]]:
    """Return the codes that a derived code is computed from."""
    frame = zone.dictionary.derived
    return dict(zip(frame.index, zip(frame["left"], frame["right"], strict=True), strict=True))
