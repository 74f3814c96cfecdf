"""The mapping of one office's workbook: which sheet, header and column is which column of which table."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.schemas import Table

HEAD = """\
# 这份工作簿怎样对应到数据表；首次导入时写成，以后沿用，可以手工修改。
# How the sheets of this workbook become tables. Written on the first import, reused after; edit it as you like.
#   header: first and last row of the header    columns: header -> column, or {column, code, park, peer, period, unit}
#   rows: label -> code (or park, peer)          ~ leaves a column or a row out
#   unit, period, source: used where the sheet does not say them
"""
FIXED = ("code", "park", "peer", "period", "unit")


@dataclass(frozen=True)
class Target:
    """Where a column of a sheet goes: a column of the table, with cells that the header itself fixes.

    ``park`` None says nothing of the park; "" is the whole zone.
    """

    column: str
    code: str = ""
    park: str | None = None
    peer: str = ""
    period: str = ""
    unit: str = ""

    @property
    def group(self) -> tuple:
        """What tells the records of one row apart."""
        return self.code, self.park, self.peer, self.period


@dataclass(frozen=True)
class SheetMapping:
    """One sheet: its table, the rows of its header (from 1), its columns by header, its row labels, its defaults."""

    sheet: str
    table: str
    header: tuple[int, int]
    columns: dict[str, Target | None]
    rows: dict[str, str | None] = field(default_factory=dict)
    unit: str = ""
    period: str = ""
    source: str = ""


@dataclass(frozen=True)
class Mapping:
    """The mapping of a workbook: its sheets, and the sheets that are left out on purpose."""

    sheets: tuple[SheetMapping, ...]
    skip: tuple[str, ...] = ()


def dump_mapping(mapping: Mapping) -> str:
    """The text of a mapping file."""
    sheets = []
    for one in mapping.sheets:
        entry = {"sheet": one.sheet, "table": one.table, "header": list(one.header)}
        entry |= {name: getattr(one, name) for name in ("unit", "period", "source") if getattr(one, name)}
        entry["columns"] = {header: _plain(target) for header, target in one.columns.items()}
        entry |= {"rows": one.rows} if one.rows else {}
        sheets.append(entry)
    content = {"sheets": sheets} | ({"skip": list(mapping.skip)} if mapping.skip else {})
    return HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _plain(target: Target | None) -> str | dict | None:
    if target is None:
        return None
    fixed = {name: getattr(target, name) for name in FIXED if getattr(target, name) not in ("", None)}
    fixed |= {"park": ""} if target.park == "" else {}
    return {"column": target.column, **fixed} if fixed else target.column


def load_mapping(path: Path, schemas: dict[str, Table]) -> Mapping:
    """Read a mapping file.

    Raises InputError with every fault: bad YAML, unknown tables, columns, keys.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([Fault(path.name, None, None, None, f"a file in {path.parent.name}/")]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise InputError([Fault(path.name, row, None, str(error).split("\n")[0], "YAML in UTF-8")]) from None
    faults: list[Fault] = []

    def refuse(place: str, value: object, expected: str) -> None:
        faults.append(Fault(path.name, None, place or None, None if value is None else str(value), expected))

    if not isinstance(content, dict) or not isinstance(content.get("sheets"), list):
        raise InputError([Fault(path.name, None, "sheets", None, "a list of sheets")])
    for key in content.keys() - {"sheets", "skip"}:
        refuse(str(key), content[key], "only sheets and skip")
    sheets = [_sheet(entry, f"sheets[{n}]", schemas, refuse) for n, entry in enumerate(content["sheets"])]
    skip = content.get("skip") or []
    if not isinstance(skip, list):
        refuse("skip", skip, "a list of sheet names")
    if faults:
        raise InputError(faults)
    return Mapping(tuple(sheets), tuple(map(str, skip)))


def _sheet(entry: object, place: str, schemas: dict[str, Table], refuse) -> SheetMapping | None:
    if not isinstance(entry, dict) or not {"sheet", "table", "header", "columns"} <= entry.keys():
        return refuse(place, entry, "sheet, table, header and columns")
    for key in entry.keys() - {"sheet", "table", "header", "columns", "rows", "unit", "period", "source"}:
        refuse(f"{place}.{key}", entry[key], "no such key")
    if entry["table"] not in schemas:
        return refuse(f"{place}.table", entry["table"], "one of " + ", ".join(schemas))
    header, columns, rows = entry["header"], entry["columns"], entry.get("rows") or {}
    good = isinstance(header, list) and len(header) == 2 and all(type(n) is int and n > 0 for n in header)
    if not good or header[0] > header[1] or header[1] - header[0] > 9:
        return refuse(f"{place}.header", header, "first and last row of the header, such as [3, 4]")
    if not isinstance(columns, dict) or not isinstance(rows, dict):
        return refuse(place, entry, "columns and rows as lists of name: meaning")
    targets = {
        str(name): _target(target, f"{place}.columns.{name}", schemas[entry["table"]], refuse)
        for name, target in columns.items()
    }
    labels = {str(name): None if meaning is None else str(meaning) for name, meaning in rows.items()}
    texts = {name: str(entry.get(name) or "") for name in ("unit", "period", "source")}
    return SheetMapping(str(entry["sheet"]), entry["table"], (header[0], header[1]), targets, labels, **texts)


def _target(entry: object, place: str, table: Table, refuse) -> Target | None:
    if entry is None or entry == "":
        return None
    content = entry if isinstance(entry, dict) else {"column": entry}
    if content.get("column") not in table.columns:
        return refuse(place, content.get("column"), "one of " + ", ".join(table.columns))
    for key in content.keys() - {"column", *FIXED}:
        refuse(f"{place}.{key}", content[key], "one of " + ", ".join(FIXED))
    park = content.get("park")
    texts = {name: str(content.get(name) or "") for name in FIXED if name != "park"}
    return Target(content["column"], park=None if park is None else str(park), **texts)
