"""The data of a chart set side by side: a row for what is compared, a column for each series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NOW, BEFORE = "本期", "上年同期"
WHOLE, PART = "总量", "其中"


@dataclass(frozen=True)
class Series:
    """A series: its name, a value and the text beside it for each row; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """Rows and series. ``over_time`` says that rows are moments, one after the other."""

    rows: tuple[str, ...]
    series: tuple[Series, ...]
    over_time: bool = False


def side_by_side(columns: Sequence[Mapping[str, Any]]) -> SideBySide | None:
    """Return the data of a chart side by side; None where it is not one of a value for each label.

    >>> columns = [{"name": "label", "values": ["甲", "甲", "乙"]}, {"name": "series", "values": ["一", "二", "一"]}]
    >>> found = side_by_side([*columns, {"name": "value", "values": [1, 2, 3]}])
    >>> found.rows, [(one.name, one.values) for one in found.series]
    (('甲', '乙'), [('一', (1, 3)), ('二', (2, None))])
    """
    known = {column["name"]: column["values"] for column in columns}
    if "label" not in known or "panel" in known:
        return None
    labels = [str(label) for label in known["label"]]
    if "whole" in known and "part" in known:
        pairs = {WHOLE: known["whole"], PART: known["part"]}
        return _of_columns(labels, pairs, {WHOLE: known.get("text", [])})
    if "value" not in known:
        return None
    texts = known.get("text") or [""] * len(labels)
    if "column" in known:
        return _crossed([str(name) for name in known["column"]], labels, known["value"], texts, over_time=True)
    if "series" in known and len(set(labels)) < len(labels):
        found = _crossed(labels, [str(name) for name in known["series"]], known["value"], texts, over_time=False)
        return _ordered(found, [column["order"] for column in columns if column.get("order")])
    if len(set(labels)) < len(labels):
        return None
    if "base" in known:
        return _of_columns(labels, {NOW: known["value"], BEFORE: known["base"]}, {NOW: texts})
    return _of_columns(labels, {NOW: known["value"]}, {NOW: texts})


def _of_columns(
    labels: Sequence[str], columns: Mapping[str, Sequence], texts: Mapping[str, Sequence]
) -> SideBySide | None:
    series = []
    for name, values in columns.items():
        # of a series without a number a legend would speak, and nobody would see it
        if all(value is None for value in values):
            continue
        shown = tuple(str(text or "") for text in texts.get(name, ())) or ("",) * len(labels)
        series.append(Series(name, tuple(values), shown))
    if not series:
        return None
    return SideBySide(tuple(labels), tuple(series))


def _crossed(
    rows: Sequence[str], names: Sequence[str], values: Sequence, texts: Sequence, *, over_time: bool
) -> SideBySide | None:
    cells = {}
    for row, name, value, text in zip(rows, names, values, texts, strict=True):
        if (row, name) in cells:
            # two values for one place: a chart of points, not of bars
            return None
        cells[row, name] = (value, str(text or ""))
    order = tuple(dict.fromkeys(rows))
    if over_time:
        # a series that begins late must not bring its moments to the end
        order = tuple(sorted(order, key=_moment))
    series = []
    for name in dict.fromkeys(names):
        found = [cells.get((row, name), (None, "")) for row in order]
        series.append(Series(name, tuple(value for value, _ in found), tuple(text for _, text in found)))
    return SideBySide(order, tuple(series), over_time)


def _ordered(found: SideBySide | None, orders: Sequence[Sequence[str]]) -> SideBySide | None:
    """Put the rows into the order that their column has, if it has one."""
    if found is None or not orders:
        return found
    places = sorted(range(len(found.rows)), key=lambda place: orders[0].index(found.rows[place]))
    series = []
    for one in found.series:
        values = tuple(one.values[place] for place in places)
        series.append(Series(one.name, values, tuple(one.texts[place] for place in places)))
    return SideBySide(tuple(found.rows[place] for place in places), tuple(series))


def _moment(name: str) -> tuple[int, str]:
    """Months in their order: 2月 before 10月; what is no month stays where its name puts it."""
    digits = "".join(character for character in name if character.isdigit())
    return (int(digits or 0), name)
