"""Header rows: one or several, merged or not, as one name a column; and what such a name means in a table."""

import re
from dataclasses import dataclass

from zonereport.inputs.aliases import undressed
from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import plain, split_unit
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.mapping import Target
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.words import LEFT_OUT, TOTALS, WHOLE

# a computed column of our own template ends so, and is not read
AUTOMATIC = "〔自动〕"
DEEPEST = 4
_MONTHS = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<from>1)\s*[-—–~至]\s*)?(?P<month>1[0-2]|0?[1-9])月(?:份)?")


@dataclass(frozen=True)
class Header:
    """A header of a sheet: its first and last row (from 0), and the name of every column (levels joined by /)."""

    first: int
    last: int
    names: tuple[str, ...]


def depth(sheet: Sheet, row: int) -> int:
    """How many rows the header that begins in ``row`` has: merged ranges over rows or over columns tell it."""
    end, before = row + 1, row
    while before < end <= row + DEEPEST:
        before = end
        for top, left, bottom, right in sheet.ranges:
            if row <= top < end and right - left + 1 < sheet.width:
                end = max(end, bottom + 1 + (right > left))
    return min(end - row, DEEPEST)


def flatten(sheet: Sheet, first: int, last: int) -> Header:
    """Join the header rows of every column; cells are carried on only inside a merged range.

    A month that only one column names becomes N, so that next month's book has the same header.
    """
    paths = []
    for column in range(sheet.width):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = plain(sheet.at(row, column, fill=True))
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        paths.append("/".join(parts))
    months = [path for path in paths if _MONTHS.search(path)]
    general = {path: _MONTHS.sub(lambda m: ("1-" if m["from"] else "") + "N月", path) for path in months}
    # two columns that become one name are told apart by their months: they keep them
    once = {path for path in months if list(map(general.get, months)).count(general[path]) == 1}
    seen: dict[str, int] = {}
    names = []
    for path in paths:
        name = general[path] if path in once else path
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    return Header(first, last, tuple(names))


def months_of(text: str, year: int | None) -> str:
    """The cumulative period that a header names (1-10月, 2022年1-10月); empty where it names none, or a month alone.

    >>> months_of("1-10月", 2022), months_of("2021年1-10月", 2022), months_of("10月", 2022), months_of("数值", 2022)
    ('2022-10', '2021-10', '', '')
    """
    match = _MONTHS.fullmatch(text)
    named = int(match["year"]) if match and match["year"] else year
    if not match or named is None or not (match["from"] or match["year"]):
        return ""
    try:
        return str(Period.parse(f"{named}-{int(match['month']):02d}"))
    except Refused:
        return ""


def meaning(
    name: str, table: Table, context: Context, year: int | None, *, alike: bool = True
) -> tuple[Target | None, Match | None]:
    """What a header name means in a table: a target, or None with the match that says why (None: left out).

    Levels may be an indicator, a park, a peer, months, or a column; a heading above them may be anything. Without
    ``alike`` only exact names count.
    """
    name = re.sub(r"#\d+$", "", name)
    if not name or name.endswith(AUTOMATIC) or undressed(name) in LEFT_OUT:
        return None, None
    parts = name.split("/")
    columns, has = context.columns[table.name], set(table.columns)
    column, fixed, unknown = "", {}, None
    for part in [name, *parts] if len(parts) > 1 else parts:
        base, unit = split_unit(part)
        found = columns.get(part) or columns.get(base)
        if unit in context.dictionary.units or all(u in context.dictionary.units for u in unit.split("/")):
            fixed["unit"] = unit
        if undressed(base) in LEFT_OUT:
            return None, None
        if found:
            column, unknown = found, None
            if part is name:
                break
        elif {"code", "value"} <= has and (code := context.indicators.get(part) or context.indicators.get(base)):
            fixed["code"], unknown = code, None
        elif "park" in has and (park := context.parks.get(base)):
            fixed["park"], unknown = park, None
        elif "park" in has and undressed(base) in WHOLE | TOTALS:
            fixed["park"], unknown = "", None
        elif "peer" in has and (peer := context.peers.get(base)):
            fixed["peer"], unknown = peer, None
        elif "period" in has and (period := months_of(base, year)):
            fixed["period"], unknown = period, None
        elif part is not name:
            unknown = part
    if unknown is not None or not (column or fixed.keys() - {"unit"}):
        if not alike:
            return None, Match(None)
        match = columns.match(split_unit(unknown or name)[0])
        if match.meaning is None and {"code", "value"} <= has:
            code = context.indicators.match(split_unit(unknown or name)[0])
            if code.meaning:
                return Target("value", **{**fixed, "code": code.meaning}), code
            match = Match(None, False, (*match.candidates, *code.candidates)[:3])
        if match.meaning is None:
            return None, match
        return Target(match.meaning, **_kept(fixed, match.meaning, table)), match
    column = column or ("value" if "value" in has else "")
    if not column:
        return None, Match(None)
    return Target(column, **_kept(fixed, column, table)), Match(column, True)


def _kept(fixed: dict, column: str, table: Table) -> dict:
    # a unit matters only where the column has none of its own, or another one
    own = next(split_unit(field.name_zh)[1] for field in table.fields if field.name == column)
    field = next(field for field in table.fields if field.name == column)
    drop = field.kind != "number" or fixed.get("unit") == own or column == "growth_pct"
    return {name: value for name, value in fixed.items() if name != "unit" or not drop}
