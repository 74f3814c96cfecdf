"""Two editions side by side: which figures and sentences differ, by how much, and because of what."""

import dataclasses
import json
import math
from pathlib import Path

from zonereport.editions import differences, sentences, since, store
from zonereport.editions.errors import EditionError
from zonereport.editions.store import Kept
from zonereport.inputs import load_zone
from zonereport.inputs.model import Zone
from zonereport.language import tr
from zonereport.run import manifest

# lines of each kind on a terminal; --json has all of them
SHOWN = 40


def find(reports: Path, words: str, zone: str = "") -> Kept:
    """Return the edition that somebody names: demo/2022-12 (the draft), demo/2022-12/1, demo/2022-12/checked, a folder.

    With ``zone``, a period or a period and a number are enough. Of a period without a draft it is the one issued last.
    Raises EditionError where there is none.
    """
    folder = Path(words)
    if (folder / manifest.NAME).is_file():
        about = manifest.read(folder) or {}
        return Kept(str(about.get("zone", "")), _name_of(folder), folder, about)
    parts = words.strip("/").split("/")
    if zone and parts[0] != zone:
        parts = [zone, *parts]
    if len(parts) == 3:
        folder = store.place_of(reports, parts[0], parts[1], parts[2])
        about = manifest.read(folder)
        if about:
            return Kept(parts[0], parts[1], folder, about)
    if len(parts) == 2:
        drafted, kept = store.draft(reports, *parts), store.issued(reports, *parts)
        if drafted or kept:
            return drafted or kept[-1]
    raise EditionError(f"{words}: no edition of that name; there are {', '.join(_labels(reports)) or 'none yet'}")


def compare(root: Path, one: Kept, other: Kept) -> dict:
    """Return what differs between two editions of a zone, as JSON holds it.

    ``figures`` come with before, after, change and cause (data, method, code, or period where the two are of different
    periods); ``cells`` are the cells of data and ``method`` those of the dictionary that differ; ``code`` says whether
    the program does; ``sentences`` are those that turned, got other figures, are new or gone. Raises EditionError for
    editions of two zones, and InputError where the zone cannot be read.
    """
    if one.zone != other.zone:
        raise EditionError(f"{one.label} and {other.label} are of two zones; expected two editions of one")
    zone = load_zone(one.zone, root)
    same_period = one.manifest["period"] == other.manifest["period"]
    changed = differences.figures(*(since.read_measures(each.folder / "measures.csv") for each in (one, other)))
    unknown, cells = [], []
    texts = []
    for each in (one, other):
        found = inputs_of(each, root)
        if found is None:
            unknown.append(each.label)
        texts.append(found or {})
    if not unknown:
        cells = since.cells_between(*texts, since.keys_of(zone))
    data, method = since.parted(cells, max(str(each.manifest["period"]) for each in (one, other)))
    same_code = one.manifest.get("digests") == other.manifest.get("digests")
    why = differences.causes(changed, data, method, since.operands(zone), not same_code)
    said = []
    for each in (one, other):
        said.append(sentences.said(each.folder, [chapter["name"] for chapter in each.manifest["chapters"]]))
    return {
        "before": _about(one),
        "after": _about(other),
        "figures": _figures(zone, changed, why, same_period),
        "cells": [_cell(cell) for cell in data] if same_period else [],
        "method": [_cell(cell) for cell in method],
        "code": {"same": same_code, "commits": [one.manifest.get("commit"), other.manifest.get("commit")]},
        "inputs_unknown": unknown,
        "sentences": [dataclasses.asdict(change) for change in sentences.changes(*said)],
    }


def inputs_of(edition: Kept, root: Path) -> dict[str, str] | None:
    """Return the tables that an edition was made of: those kept with it, or today's where they are still the same.

    None where they are not: nobody knows any more what stood in them.
    """
    kept = edition.folder / store.INPUTS
    if kept.is_file():
        return since.kept_texts(kept, edition.zone)
    prefixes = (since.DICTIONARY, f"data/{edition.zone}/")
    names = [entry["path"] for entry in edition.manifest["inputs"] if entry["path"].startswith(prefixes)]
    try:
        now = manifest.fingerprints([root / name for name in names], root)
    except OSError:
        return None
    if now != [entry for entry in edition.manifest["inputs"] if entry["path"] in set(names)]:
        return None
    return {name: (root / name).read_text(encoding="utf-8-sig") for name in names if name.endswith(".csv")}


def lines(result: dict) -> list[str]:
    """Return a comparison as a terminal shows it."""
    before, after = result["before"], result["after"]
    said = [
        tr(
            "{before} ({edition}) → {after} ({other})",
            before=before["label"],
            edition=before["edition"],
            after=after["label"],
            other=after["edition"],
        )
    ]
    figures = result["figures"]
    said.append(tr("{count} figures differ", count=len(figures)))
    said += _cut([_figure_line(row) for row in figures])
    if result["inputs_unknown"]:
        said.append(
            tr(
                "the data of {labels} has changed since and was not kept: why figures differ is a guess",
                labels=", ".join(result["inputs_unknown"]),
            )
        )
    if result["cells"]:
        said.append(tr("data: {count} cells", count=len(result["cells"])))
        said += _cut([_cell_line(row) for row in result["cells"]])
    if result["method"]:
        said.append(tr("method: {count} cells of the dictionary", count=len(result["method"])))
        said += _cut([_cell_line(row) for row in result["method"]])
    if not result["code"]["same"]:
        first, second = (commit or "?" for commit in result["code"]["commits"])
        said.append(
            tr("code: another program or environment, commit {first} → {second}", first=first[:7], second=second[:7])
        )
    turned = [row for row in result["sentences"] if row["kind"] != sentences.FIGURES]
    kinds = {sentences.TURNED: "≠", sentences.NEW: "+", sentences.GONE: "-"}
    said.append(tr("{count} sentences turned, are new or gone", count=len(turned)))
    for row in turned[:SHOWN]:
        said.append(f"  {kinds[row['kind']]} {row['exhibit']}")
        said += [f"      {text}" for text in (row["before"], row["after"]) if text]
    return said


def _figures(zone: Zone, changed, why: list, same_period: bool) -> list[dict]:
    names, measures = zone.dictionary.indicators["name_zh"], zone.dictionary.measures["name_zh"]
    rows = []
    for row, (cause, cell) in zip(changed.itertuples(index=False), why, strict=True):
        change = row.after - row.before
        rows.append(
            {
                "code": row.code,
                "name_zh": names.get(row.code, row.code),
                "measure": row.measure,
                "measure_zh": measures.get(row.measure, row.measure),
                "unit": row.unit,
                "before": _number(row.before),
                "after": _number(row.after),
                "change": _number(change),
                "reason_before": row.reason_before,
                "reason_after": row.reason_after,
                "cause": cause if same_period else "period",
                "because": _cell(cell) if cell and same_period else None,
            }
        )
    return rows


def _number(value: float) -> float | None:
    # as JSON has it: there is no NaN
    return None if math.isnan(value) else float(value)


def _cell(cell: differences.Cell) -> dict:
    return dataclasses.asdict(cell) | {"key": dict(cell.key), "where": cell.where}


def _about(edition: Kept) -> dict:
    stamp = edition.stamp
    return {"label": edition.label, "edition": stamp.edition, "run": stamp.run, "commit": stamp.commit}


def _figure_line(row: dict) -> str:
    words = [f"  {row['name_zh']} {row['measure_zh']}:"]
    for value, reason in ((row["before"], row["reason_before"]), (row["after"], row["reason_after"])):
        words.append(f"{value:g}" if value is not None else f"({reason or '-'})")
    text = f"{words[0]} {words[1]} → {words[2]} {row['unit']}"
    if row["change"] is not None:
        text += f" ({row['change']:+g})"
    because = row["because"]
    if because:
        text += f"  {row['cause']}: {because['where']}"
    else:
        text += f"  {row['cause']}"
    return text


def _cell_line(row: dict) -> str:
    about = ", ".join(filter(None, [row["source"], row["locator"]]))
    return f"  {row['where']}: {row['before'] or '-'} → {row['after'] or '-'}{about and '  '}{about}"


def _cut(found: list[str]) -> list[str]:
    if len(found) <= SHOWN:
        return found
    return [*found[:SHOWN], tr("  … and {count} more (--json has them)", count=len(found) - SHOWN)]


def _labels(reports: Path) -> list[str]:
    return [edition.label for edition in store.every(reports)][:12]


def _name_of(folder: Path) -> str:
    # …/editions/<name>/<number>, or …/<name>
    resolved = folder.resolve()
    return resolved.parent.name if resolved.parent.parent.name == store.EDITIONS else resolved.name


def as_json(result: dict) -> str:
    """Return a comparison as JSON."""
    return json.dumps(result, ensure_ascii=False, indent=2)
