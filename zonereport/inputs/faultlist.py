"""A list of faults for a terminal and for machines."""

import dataclasses
import json
import unicodedata
from collections.abc import Sequence

from zonereport.inputs.faults import Fault, rows_text
from zonereport.language import tr

HEADER = ("file", "row", "column", "value", "expected", "severity")
# what is cut where the terminal is narrow, and the least that stays of it
YIELDING = {"expected": 24, "value": 12, "column": 12, "file": 12}


def table(faults: Sequence[Fault], *, width: int | None = None) -> str:
    """The faults as an aligned table, one line each below a header; wide characters take two columns.

    ``width`` is that of the terminal; where it is too narrow the longest column is cut with an ellipsis. None cuts
    nothing, which suits a file or a pipe.

    >>> print(table([Fault("a.csv", 14, "value", "1,20o", "a number"), Fault("b.csv", None, "单位", "亿", "亿元")]))
    file   row  column  value  expected  severity
    a.csv   14  value   1,20o  a number  error
    b.csv       单位    亿     亿元      error
    """
    rows = [_header(), *map(_cells, faults)]
    widths = []
    for n in range(len(HEADER)):
        widths.append(max(display_width(row[n]) for row in rows))
    if width is not None:
        widths = _narrowed(widths, width)
    lines = []
    for row in rows:
        cells = []
        for cell, room in zip(row, widths, strict=True):
            cells.append(_cut(cell, room))
        padded = []
        for name, cell, room in zip(HEADER, cells, widths, strict=True):
            padded.append(
                " " * (room - display_width(cell)) + cell
                if name == "row"
                else cell + " " * (room - display_width(cell))
            )
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def condensed(faults: Sequence[Fault], *, most: int = 3) -> list[Fault]:
    """Return the faults with one line for a kind of which there are more than ``most`` alike, its rows counted.

    >>> faults = [Fault("a.csv", row, "code", f"x{row}", "a code of indicators.csv") for row in range(2, 9)]
    >>> [str(fault) for fault in condensed(faults)]
    ['a.csv row 2, code: "x2 and 6 more like it, rows 3, 4, 5 …"; expected a code of indicators.csv']
    """
    kinds: dict[tuple, list[Fault]] = {}
    for fault in faults:
        # columns that are missing have no value to tell them apart
        missing = ""
        # columns that are missing differ in nothing but their name
        if fault.value is None:
            missing = fault.column
        kinds.setdefault((fault.file, fault.expected, fault.severity, missing), []).append(fault)
    lines = []
    for group in kinds.values():
        if len(group) <= most:
            lines += group
            continue
        first = group[0]
        rows = [fault.row for fault in group[1:] if fault.row is not None and fault.row != first.row]
        value, more = first.value or "", len(group) - 1
        if len(rows) > 3:
            value = tr("{value} and {count} more like it, {rows} …", value=value, count=more, rows=rows_text(rows[:3]))
        elif rows:
            value = tr("{value} and {count} more like it, {rows}", value=value, count=more, rows=rows_text(rows))
        else:
            value = tr("{value} and {count} more like it", value=value, count=more)
        lines.append(dataclasses.replace(first, value=value.strip()))
    return lines


def as_json(faults: Sequence[Fault]) -> str:
    """The faults as a JSON list of objects: file, row, column, value, expected, where, severity, answer.

    null is not known; ``answer`` is the name by which --accept answers a question.

    >>> list(json.loads(as_json([Fault("a.csv", 2, "unit", "亿", "亿元")]))[0].values())
    ['a.csv', 2, 'unit', '亿', '亿元', '', 'error', '']
    >>> as_json([])
    '[]'
    """
    objects = []
    for fault in faults:
        objects.append(json.dumps(dataclasses.asdict(fault), ensure_ascii=False))
    if objects:
        return "[\n  " + ",\n  ".join(objects) + "\n]"
    return "[]"


def display_width(text: str) -> int:
    """How many columns of a terminal ``text`` takes.

    >>> display_width("value"), display_width("工业投资"), display_width("e\\u0301")
    (5, 8, 1)
    """
    return sum(map(_columns, text))


def _header() -> tuple[str, ...]:
    return tr("file"), tr("row"), tr("column"), tr("value"), tr("expected"), tr("severity")


def severity_text(severity: str) -> str:
    """Return how grave a fault is, in the language of the reader.

    >>> severity_text("question")
    'question'
    """
    words = {"error": tr("error"), "warning": tr("warning"), "question": tr("question")}
    return words.get(severity, severity)


def value_text(value: str | None) -> str:
    """Return the value of a fault as it is shown: a cell that is not there and an empty one are told apart.

    >>> value_text(None), value_text(""), value_text("1,20o")
    ('(missing)', '(empty)', '1,20o')
    """
    if value is None:
        return tr("(missing)")
    return value or tr("(empty)")


def _cells(fault: Fault) -> tuple[str, ...]:
    row = ""
    if fault.row is not None:
        row = str(fault.row)
    value = value_text(fault.value)
    cells = (fault.file, row, fault.column or "", value, fault.expected, severity_text(fault.severity))
    return tuple(_one_line(cell) for cell in cells)


def _one_line(text: str) -> str:
    """The text without anything that moves a cursor: a line break in a cell must not break the table."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def _columns(character: str) -> int:
    # marks sit on the character before them and take no room
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1


def _narrowed(widths: list[int], width: int) -> list[int]:
    """Widths that fit into ``width``: what yields loses its columns in turn, none below its least."""
    widths = list(widths)
    excess = sum(widths) + 2 * (len(widths) - 1) - width
    # the longest words yield first; the place of a fault is never cut
    for name, least in YIELDING.items():
        place = HEADER.index(name)
        lost = max(0, min(excess, widths[place] - least))
        widths[place] -= lost
        excess -= lost
    return widths


def _cut(text: str, room: int) -> str:
    if display_width(text) <= room:
        return text
    kept, used = "", 0
    for character in text:
        used += _columns(character)
        if used > room - 1:
            break
        kept += character
    return kept + "…"
