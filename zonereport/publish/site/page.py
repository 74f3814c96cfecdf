"""All zones, periods and editions on one page: same editions, same bytes."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from zonereport.publish import webfonts

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "zonereport"
STATUSES = (("issued", "已印发"), ("checked", "已校核"), ("draft", "草稿"), ("degraded", "草稿（有缺项）"))
# characters in which a page says what it was made of
HEAD = 2000
# the picture of a line, with room for its point
WIDE, HIGH, EDGE = 120.0, 34.0, 4.0


@dataclass(frozen=True)
class Line:
    """A small line: what it is, its unit, its periods and values, oldest first."""

    name: str
    unit: str
    periods: Sequence[str]
    values: Sequence[float]


@dataclass(frozen=True)
class Row:
    """An edition on the page. ``status`` is one of STATUSES; ``files`` are the
    documents, their formats and their addresses relative to the page."""

    period: str
    edition: str
    status: str
    verdict: str
    people: str = ""
    line: Line | None = None
    files: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Block:
    """The editions of one zone, the latest period first."""

    code: str
    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class League:
    """Zones beside each other: the period, the names of the columns, a row a zone with a text a column."""

    period: str
    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]] = field(default_factory=tuple)


def render(blocks: Sequence[Block], league: League | None = None, *, earlier: str = "") -> str:
    """Return the page, complete in itself; its one script and its one style sheet are named by their hashes.

    ``earlier`` is the page as it stands: where it says the same, it is returned, and no typeface is cut.
    """
    environment = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False)
    css = (TEMPLATES / "static" / "site.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "static" / "site.js").read_text(encoding="utf-8")
    zones = [{"code": block.code, "name": block.name, "rows": _rows(block)} for block in blocks]
    beside = None
    if league:
        rows = [{"name": name, "cells": cells} for name, cells in league.rows]
        beside = {"period": league.period, "names": league.names, "rows": rows}
    template = environment.get_template("site.html.j2")
    shown = {"zones": zones, "total": sum(len(block.rows) for block in blocks), "statuses": STATUSES, "league": beside}
    hashes = {"style_hash": "", "script_hash": source_hash(script), "key": ""}
    bare = template.render(shown | hashes | {"css": css, "script": script})
    hashes["key"] = hashlib.sha256(bare.encode()).hexdigest()
    if f'content="{hashes["key"]}"' in earlier[:HEAD]:
        return earlier
    # a machine without Chinese fonts shows it, too
    text = template.render(shown | hashes | {"css": "", "script": ""})
    css = webfonts.font_faces(unescape(text)) + css
    hashes["style_hash"] = source_hash(css)
    return template.render(shown | hashes | {"css": css, "script": script})


def source_hash(text: str) -> str:
    """Return the source expression by which a content security policy allows an inline text.

    >>> source_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _rows(block: Block) -> list[dict]:
    rows = []
    for row in block.rows:
        text = " ".join([block.name, block.code, row.period, row.edition, row.verdict, row.people]).lower()
        groups: dict[str, list[dict]] = {}
        for document, name, address in row.files:
            groups.setdefault(document, []).append({"name": name, "href": address})
        files = [{"document": document, "files": links} for document, links in groups.items()]
        known = {name: getattr(row, name) for name in ("period", "edition", "status", "verdict", "people")}
        rows.append(known | {"text": text, "groups": files, "points": _points(row.line)})
    return rows


def _points(line: Line | None) -> dict | None:
    """The polyline of a line, where zero lies in it, and what it says in words."""
    if line is None or len(line.values) < 2:
        return None
    low, high = min(*line.values, 0.0), max(*line.values, 0.0)
    span = (high - low) or 1.0
    step = (WIDE - 2 * EDGE) / (len(line.values) - 1)
    places = []
    for number, value in enumerate(line.values):
        places.append((round(EDGE + number * step, 1), round(EDGE + (high - value) / span * (HIGH - 2 * EDGE), 1)))
    last = f"{line.values[-1]:.1f}{line.unit}"
    first = f"{line.values[0]:.1f}{line.unit}"
    return {
        "path": " ".join(f"{x:g},{y:g}" for x, y in places),
        "end": places[-1],
        "zero": round(EDGE + high / span * (HIGH - 2 * EDGE), 1),
        "alt": f"{line.name}：{line.periods[0]}为{first}，{line.periods[-1]}为{last}",
        "words": f"{line.name}{last}",
    }
