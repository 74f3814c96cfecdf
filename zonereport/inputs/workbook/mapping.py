"""The mapping of one office's workbook: which sheet, header and column is which column of which table."""

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.schemas import Table
from zonereport.language import tr

HEAD = """\
# 这份工作簿怎样对应到数据表；首次导入时写成，以后沿用，可以手工修改。
# How the sheets of this workbook become tables. Written on the first import, reused after; edit it as you like.
#   header: first and last row of the header    columns: header -> column, or {column, code, park, peer, period, unit}
#   rows: label -> code (or park, peer)          ~ leaves a column or a row out; N stands for the number in a period
#   unit, period, source, code: used where the sheet does not say them      block: which table of the sheet, from 1
#   basis: cumulative, where columns or rows are months and their figures are sums from January on
#   ids: name -> id of firms that the sheet lists without ids
#   confirmed: titles and notes with words such as 预计 that somebody has read and found right
"""
FIXED = ("code", "park", "peer", "period", "unit")
TEXTS = ("unit", "period", "source", "code", "basis")
KEYS = ("sheet", "table", "header", "columns", "rows", "block", "ids", "confirmed", *TEXTS)
NULL = "tag:yaml.org,2002:null"


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
    """One table of a sheet: its rows of header (from 1), its columns by header, its row labels, its defaults.

    ``block`` is its place among the tables of the sheet; ``basis`` says cumulative where months alone do not;
    ``ids`` are those of firms that the sheet lists by name; ``confirmed`` are titles and footnotes, N for periods,
    whose words change what the figures mean, and are right; ``notes`` are comments for its columns and rows.
    """

    sheet: str
    table: str
    header: tuple[int, int]
    columns: dict[str, Target | None]
    rows: dict[str, str | None] = field(default_factory=dict)
    unit: str = ""
    period: str = ""
    source: str = ""
    code: str = ""
    basis: str = ""
    block: int = 1
    ids: dict[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Mapping:
    """The mapping of a workbook: its sheets, and the sheets that are left out on purpose."""

    sheets: tuple[SheetMapping, ...]
    skip: tuple[str, ...] = ()


def dump_mapping(mapping: Mapping) -> str:
    """Return the text of a mapping file, with a comment at every column and row that somebody should look at."""
    sheets, notes = [], {}
    for one in mapping.sheets:
        sheets.append(_entry(one))
        notes |= one.notes
    content: dict = {"sheets": sheets}
    if mapping.skip:
        content["skip"] = list(mapping.skip)
    return HEAD + _commented(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120), notes)


def _entry(one: SheetMapping) -> dict:
    """Return one table of a mapping as it stands in the file."""
    entry: dict = {"sheet": one.sheet, "table": one.table, "header": list(one.header)}
    if one.block > 1:
        entry["block"] = one.block
    for name in TEXTS:
        if getattr(one, name):
            entry[name] = getattr(one, name)
    entry["columns"] = {header: _plain(target) for header, target in one.columns.items()}
    if one.rows:
        entry["rows"] = dict(one.rows)
    if one.ids:
        entry["ids"] = dict(one.ids)
    if one.confirmed:
        entry["confirmed"] = list(one.confirmed)
    return entry


def _commented(text: str, notes: dict[str, str]) -> str:
    lines = []
    for line in text.splitlines():
        # comments are put behind the lines that YAML has written: it writes none itself
        key = re.match(r"\s+(?:- )?'?\"?(.+?)'?\"?:(?: |$)", line)
        if key and key[1] in notes and "#" not in line:
            line += f"  # {notes[key[1]]}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _plain(target: Target | None) -> str | dict | None:
    if target is None:
        return None
    fixed = {}
    for name in FIXED:
        if getattr(target, name) not in ("", None):
            fixed[name] = getattr(target, name)
    # an empty park is the whole zone, and is written; None says nothing
    if target.park == "":
        fixed["park"] = ""
    if not fixed:
        return target.column
    return {"column": target.column} | fixed


class _Reader:
    """Reads the entries of a mapping file and collects what is wrong with them."""

    def __init__(self, path: Path, schemas: dict[str, Table]):
        self.path, self.schemas = path, schemas
        self.faults: list[Fault] = []

    def refuse(self, place: str, value: object, expected: str) -> None:
        text = None if value is None else str(value)
        self.faults.append(Fault(self.path.name, None, place or None, text, expected))

    def sheet(self, entry: object, place: str) -> SheetMapping | None:
        if not isinstance(entry, dict) or not {"sheet", "table", "header", "columns"} <= entry.keys():
            return self.refuse(place, entry, tr("sheet, table, header and columns"))
        for key in entry.keys() - set(KEYS):
            self.refuse(f"{place}.{key}", entry[key], tr("no such key"))
        if entry["table"] not in self.schemas:
            return self.refuse(
                f"{place}.table", entry["table"], tr("one of {choices}", choices=", ".join(self.schemas))
            )
        header, block = entry["header"], entry.get("block", 1)
        # YAML takes yes and 3.0 for rows, too: only whole numbers are
        good = isinstance(header, list) and len(header) == 2 and all(type(n) is int and n > 0 for n in header)
        if not good or header[0] > header[1] or header[1] - header[0] > 9:
            return self.refuse(f"{place}.header", header, tr("first and last row of the header, such as [3, 4]"))
        if type(block) is not int or block < 1:
            return self.refuse(f"{place}.block", block, tr("the place of the table in its sheet: 1, 2, …"))
        lists = {name: entry.get(name) or {} for name in ("columns", "rows", "ids")}
        if not all(isinstance(one, dict) for one in lists.values()):
            return self.refuse(place, entry, tr("columns, rows and ids as lists of name: meaning"))
        targets = {}
        for name, target in lists["columns"].items():
            targets[str(name)] = self.target(target, f"{place}.columns.{name}", self.schemas[entry["table"]])
        labels = {}
        for name, meaning in lists["rows"].items():
            labels[str(name)] = None if meaning is None else str(meaning)
        ids = {str(name): str(one) for name, one in lists["ids"].items()}
        confirmed = entry.get("confirmed") or []
        if not isinstance(confirmed, list):
            return self.refuse(f"{place}.confirmed", confirmed, tr("a list of titles and notes"))
        texts = {name: str(entry.get(name) or "") for name in TEXTS}
        return SheetMapping(
            str(entry["sheet"]),
            entry["table"],
            (header[0], header[1]),
            targets,
            labels,
            block=block,
            ids=ids,
            confirmed=tuple(map(str, confirmed)),
            **texts,
        )

    def target(self, entry: object, place: str, table: Table) -> Target | None:
        if entry is None or entry == "":
            return None
        # a column alone is the short form of a target that fixes nothing
        content = entry if isinstance(entry, dict) else {"column": entry}
        if content.get("column") not in table.columns:
            return self.refuse(place, content.get("column"), tr("one of {choices}", choices=", ".join(table.columns)))
        for key in content.keys() - {"column", *FIXED}:
            self.refuse(f"{place}.{key}", content[key], tr("one of {choices}", choices=", ".join(FIXED)))
        park = content.get("park")
        texts = {}
        for name in FIXED:
            if name != "park":
                texts[name] = str(content.get(name) or "")
        return Target(content["column"], park=None if park is None else str(park), **texts)


def load_mapping(path: Path, schemas: dict[str, Table]) -> Mapping:
    """Read a mapping file.

    Raises InputError with every fault: bad YAML, unknown tables, columns, keys.
    """
    try:
        # the safe loader: a mapping may come from anybody who can send a book
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            [Fault(path.name, None, None, None, tr("a file in {folder}/", folder=path.parent.name))]
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        row = None
        if mark:
            row = mark.line + 1
        raise InputError([Fault(path.name, row, None, str(error).split("\n")[0], tr("YAML in UTF-8"))]) from None
    if not isinstance(content, dict) or not isinstance(content.get("sheets"), list):
        raise InputError([Fault(path.name, None, "sheets", None, tr("a list of sheets"))])
    reader = _Reader(path, schemas)
    for key in content.keys() - {"sheets", "skip"}:
        reader.refuse(str(key), content[key], tr("only sheets and skip"))
    sheets = []
    for n, entry in enumerate(content["sheets"]):
        sheets.append(reader.sheet(entry, f"sheets[{n}]"))
    skip = content.get("skip") or []
    if not isinstance(skip, list):
        reader.refuse("skip", skip, tr("a list of sheet names"))
    if reader.faults:
        raise InputError(reader.faults)
    return Mapping(tuple(sheets), tuple(map(str, skip)))


def with_answers(text: str, mapping: Mapping) -> str:
    """Return the text of a mapping file with what ``mapping`` has and it has not; its comments stay as they are."""
    # the only YAML library that keeps comments; it is needed once a month, for a book with something new in it
    from ruamel.yaml import YAML

    editor = YAML()
    # what the safe loader took is not refused here: of two keys the last one holds in both
    editor.allow_duplicate_keys = True
    # a name in quotation marks keeps them: 2022 is a text, and ~ may be a label
    editor.preserve_quotes = True
    editor.width = 120
    editor.representer.add_representer(type(None), lambda writer, _: writer.represent_scalar(NULL, "null"))
    content = editor.load(text)
    # the tree of the file itself: what is added to it keeps the comments around it
    kept = content["sheets"]
    for one in mapping.sheets:
        same = []
        for e in kept:
            if (str(e["sheet"]), e["table"], e.get("block", 1)) == (one.sheet, one.table, one.block):
                same.append(e)
        if not same:
            kept.append(_entry(one))
            continue
        for name, new in (("columns", one.columns), ("rows", one.rows), ("ids", one.ids)):
            _add(same[0], name, new, one.notes)
        if one.confirmed:
            same[0]["confirmed"] = list(one.confirmed)
    if mapping.skip:
        content["skip"] = list(mapping.skip)
    stream = io.StringIO()
    editor.dump(content, stream)
    return stream.getvalue()


def _add(entry, name: str, new: dict, notes: dict[str, str]) -> None:
    """Add what is new to a list of an entry, with its note as a comment."""
    if not new:
        return
    if not entry.get(name):
        entry[name] = type(entry)()
    # a year as a label is a number to YAML, and a text here
    there = {str(key) for key in entry[name]}
    for key, meaning in new.items():
        if key in there:
            continue
        entry[name][key] = _plain(meaning) if isinstance(meaning, Target) else meaning
        if key in notes:
            entry[name].yaml_add_eol_comment(notes[key], key)
