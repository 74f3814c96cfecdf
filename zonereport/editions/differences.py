"""What differs between two editions, frame by frame and row by row, and which of the differences explains a figure."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from zonereport.inputs.period import Period

# two figures that differ by less were computed in another order
CLOSE = 1e-9
DATA, METHOD, CODE = "data", "method", "code"
# what says where a row comes from, and is no part of what it says
ABOUT = ("source", "locator", "note", "vintage")
FIGURES = ["code", "measure", "unit", "before", "after", "reason_before", "reason_after"]


@dataclass(frozen=True)
class Cell:
    """A cell of a table that differs. ``key`` names the row, ``before`` or ``after`` is empty where it has none.

    ``row`` is the row of the file after the change, 0 where it is gone.
    """

    file: str
    row: int
    key: Mapping[str, str]
    column: str
    before: str
    after: str
    source: str = ""
    locator: str = ""

    @property
    def code(self) -> str:
        """The indicator that the row is about; empty where it is about none."""
        return self.key.get("code", "")

    @property
    def where(self) -> str:
        """The cell as a terminal names it.

        >>> Cell("indicators.csv", 12, {"period": "2022-12", "code": "tax"}, "value", "3.58", "3.71").where
        'indicators.csv row 12, value (2022-12 tax)'
        """
        place = f"{self.file} row {self.row}" if self.row else self.file
        return f"{place}, {self.column} ({' '.join(filter(None, self.key.values()))})"


def figures(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that differ: code, measure, unit, the value before and after, or the reason why there is none.

    Both are frames as ``zonereport.metrics.measure`` returns them; rows come in the order of ``after``, those that are
    gone last. A figure differs by more than a part in 10⁹, by its unit, or by the reason why it is missing.
    """
    columns = ["code", "measure", "unit", "value", "reason"]
    names = {"value": "before", "reason": "reason_before", "unit": "unit_before"}
    old = before[columns].rename(columns=names)
    new = after[columns].rename(columns={"value": "after", "reason": "reason_after"})
    both = new.merge(old, on=["code", "measure"], how="outer", sort=False)
    order = {key: place for place, key in enumerate(zip(new["code"], new["measure"], strict=True))}
    places = [order.get(key, len(order)) for key in zip(both["code"], both["measure"], strict=True)]
    both = both.assign(place=places).sort_values("place", kind="stable")
    for column in ("unit", "unit_before", "reason_before", "reason_after"):
        both[column] = both[column].fillna("")
    both["unit"] = both["unit"].mask(both["unit"] == "", both["unit_before"])
    size = both[["before", "after"]].abs().max(axis=1)
    moved = (both["after"] - both["before"]).abs() > CLOSE * size
    appeared = both["before"].isna() != both["after"].isna()
    silent = both["before"].isna() & both["after"].isna()
    reworded = silent & (both["reason_before"] != both["reason_after"])
    other_unit = (both["unit_before"] != "") & (both["unit"] != both["unit_before"])
    return both.loc[moved | appeared | reworded | other_unit, FIGURES].reset_index(drop=True)


def cells(file: str, before: str | None, after: str | None, key: Iterable[str]) -> list[Cell]:
    """Return the cells of a CSV that differ between two texts of it; None stands for no such file.

    ``key`` are the columns that name a row; of rows with one key, revisions of a figure, the last counts.
    """
    names = [column for column in key if column not in ABOUT]
    old, new = _rows(before, names), _rows(after, names)
    found = []
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        row = now or was
        place = row["row"] if now else 0
        known = dict(zip(names, name, strict=True))
        about = {"source": row.get("source", ""), "locator": row.get("locator", "")}
        for column in dict.fromkeys([*(now or {}), *(was or {})]):
            texts = (was or {}).get(column, ""), (now or {}).get(column, "")
            if column in ("row", *ABOUT, *names) or texts[0] == texts[1]:
                continue
            found.append(Cell(file, place, known, column, *texts, **about))
    return found


def until(found: Iterable[Cell], period: str) -> list[Cell]:
    """Return the cells whose rows say something of a period or of what came before it; others cannot have mattered.

    >>> rows = [Cell("a.csv", 2, {"period": text}, "value", "1", "2") for text in ("2022-11", "2023-01", "")]
    >>> [cell.key["period"] for cell in until(rows, "2022-12")]
    ['2022-11', '']
    """
    end = Period.parse(period)
    kept = []
    for cell in found:
        text = cell.key.get("period", "")
        when = Period.parse(text) if text else end
        if (when.year, when.last) <= (end.year, end.last):
            kept.append(cell)
    return kept


def causes(
    changed: pd.DataFrame, data: list[Cell], method: list[Cell], derived: Mapping[str, tuple[str, ...]], code: bool
) -> list[tuple[str, Cell | None]]:
    """Say of each figure that differs what changed it: data with its cell, method with its row, code, or nothing known.

    The data of the indicator itself comes first, then that of the indicators it is derived from, then what the
    dictionary says of it or of its measure; then rows that name no indicator (firms, projects) or that are about
    others (peers), then the program. ``derived`` are the operands of derived codes.
    """
    by_code: dict[str, Cell] = {}
    for cell in data:
        by_code.setdefault(cell.code, cell)
    ruled: dict[str, Cell] = {}
    for cell in method:
        for word in cell.key.values():
            ruled.setdefault(word, cell)
    # firms and projects have no code of the dictionary
    others = next((cell for cell in data if not cell.code), None)
    found: list[tuple[str, Cell | None]] = []
    for row in changed.itertuples(index=False):
        own = [by_code[one] for one in (row.code, *derived.get(row.code, ())) if one in by_code]
        rules = [ruled[one] for one in (row.code, row.measure) if one in ruled]
        if own:
            found.append((DATA, own[0]))
        elif rules:
            found.append((METHOD, rules[0]))
        elif others or data:
            found.append((DATA, others or data[0]))
        elif method:
            found.append((METHOD, method[0]))
        else:
            found.append((CODE if code else "", None))
    return found


def _rows(text: str | None, names: list[str]) -> dict[tuple[str, ...], dict]:
    rows = {}
    reader = csv.DictReader(io.StringIO((text or "").removeprefix("\ufeff"), newline=""))
    for row in reader:
        key = tuple(str(row.get(name) or "") for name in names)
        rows[key] = {name: str(cell or "") for name, cell in row.items() if name} | {"row": reader.line_num}
    return rows
