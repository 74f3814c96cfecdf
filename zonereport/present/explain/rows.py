"""The rows behind a figure: with the cell that each comes from, the day it was received, and who sent it."""

from collections.abc import Iterable

import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.history.log import ARROW, UNDO, Entry
from zonereport.present.explain.node import Node
from zonereport.present.kit.labels import QUALIFIER_NAMES
from zonereport.present.kit.numbers import number

# how many rows of a list are shown one by one
SHOWN = 12
DIGITS = 6


def written(value: float, unit: str) -> str:
    """Return a number of a table as it was written, without the zeros of a float."""
    return f"{number(value, DIGITS)}{unit}"


def figure_rows(report, code: str, period: Period, park: str) -> list[Node]:
    """Return a line for every time that a figure was received, the last one first."""
    frame = report.zone.tables["indicators"]
    rows = frame[(frame["code"] == code) & (frame["period"] == str(period)) & (frame["park"] == park)]
    rows = rows.sort_values("vintage", kind="stable")
    nodes = []
    for place, row in enumerate(rows.itertuples(index=False)):
        name = "报送"
        if len(rows) > 1:
            name = "首次报送" if place == 0 else f"第{place}次修订"
        nodes.append(row_node(report, row, name, _said(row)))
    return nodes[::-1]


def _said(row) -> str:
    """What a row of indicators says: value, growth, rank."""
    words = []
    if pd.notna(row.value):
        words.append(written(row.value, row.unit))
    if row.qualifier:
        words.append(QUALIFIER_NAMES.get(row.qualifier, row.qualifier))
    if pd.notna(row.growth_pct):
        words.append(f"同比{number(row.growth_pct, 1, fixed=True)}%")
    if pd.notna(row.rank):
        words.append(f"第{number(row.rank, 0)}位")
    return "，".join(words)


def row_node(report, row, name: str, figure: str) -> Node:
    """Return the line of one row of a table: its figure, its source, its cell, and who sent it when."""
    titles = {source.id: source.title for source in report.zone.about.sources}
    counts = {source.id: source.locator for source in report.zone.about.sources}
    place = row.locator
    if place and ARROW not in place:
        place = f"{counts.get(row.source, '')}{place}"
    received = getattr(row, "vintage", "")
    sent = _sent(report.zone.imports, row.locator.partition(ARROW)[0], received)
    return Node(name, figure, "", titles.get(row.source, row.source), place, received, sent)


def _sent(entries: Iterable[Entry], book: str, received: str) -> str:
    """When a book was imported, and which office it is of; of several of one name that of the day received."""
    entries = [entry for entry in entries if entry.file == book and entry.kind != UNDO]
    if not entries:
        return ""
    of_day = [entry for entry in entries if entry.received == received]
    entry = (of_day or entries)[-1]
    sender = f"，{entry.sender}报送" if entry.sender else ""
    return f"{entry.when}第{entry.number}次导入{sender}"


def peer_rows(report, code: str) -> list[Node]:
    """Return the peers of an indicator in the order of their places, each with the cell of its figure."""
    frame = report.zone.tables.get("peers")
    ranks = report.detail("ranks", code=code)
    nodes = []
    for one in ranks[~ranks["is_zone"]].head(SHOWN).itertuples(index=False):
        figure = "未报"
        if pd.notna(one.printed):
            rate = one.unit in ("%", "个百分点")
            figure = f"{number(one.printed, 1, fixed=True) if rate else number(one.printed, DIGITS)}{one.unit}"
        name = one.entity
        if pd.notna(one.rank):
            name = f"第{number(one.rank, 0)}位 {one.entity}"
        rows = frame[(frame["code"] == code) & (frame["peer"] == one.entity) & (frame["period"] == str(report.period))]
        if rows.empty:
            nodes.append(Node(name, figure))
        else:
            nodes.append(row_node(report, next(rows.itertuples(index=False)), name, figure))
    return nodes


def target_rows(report, code: str) -> list[Node]:
    """Return the targets of the year, the last one set first."""
    frame = report.zone.tables.get("targets")
    if frame is None:
        return []
    rows = frame[(frame["code"] == code) & (frame["year"] == str(report.period.year))]
    nodes = []
    for row in rows.sort_values("set_on", kind="stable").itertuples(index=False):
        day = f"{row.set_on}下达" if row.set_on else "年度目标"
        kind = report.word("targets", "kind", row.kind)
        nodes.append(row_node(report, row, day, f"{kind}{written(row.target, row.unit)}"))
    return nodes[::-1]


def table_rows(report, names: Iterable[str]) -> list[Node]:
    """Return a line for each list that a figure is counted from: how many rows, of which books."""
    nodes = []
    for name in names:
        frame = report.zone.tables.get(name)
        if frame is None:
            continue
        if "period" in frame:
            frame = frame[frame["period"] == str(report.period)]
        titles = {source.id: source.title for source in report.zone.about.sources}
        books = sorted({text.partition(ARROW)[0] for text in frame["locator"] if ARROW in text})
        sources = "、".join(titles[one] for one in dict.fromkeys(frame["source"]) if one in titles)
        nodes.append(Node(report.zone.schemas[name].name_zh, f"{len(frame)}行", "", sources, "、".join(books)))
    return nodes
