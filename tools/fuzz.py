"""``make fuzz``: spoil tables, descriptions, workbooks and texts at random for as long as asked.

A spoilt input is either refused with a list of faults, or taken whole; anything else is a finding: a traceback, a table
that changed although the import was refused, a zone that an import has left unsound, a page that is not plain. Each
finding is a folder with the input, the seed and the traceback.
"""

import argparse
import datetime
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import IllegalCharacterError

from zonereport.inputs import InputError, Period, Refused, load_zone
from zonereport.inputs.workbook import import_book, write_template
from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.tables import styled
from zonereport.publish import PublishError, ReportHTMLExporter

ROOT = Path(__file__).resolve().parents[1]
STRINGS = json.loads((ROOT / "tests" / "hostile.json").read_text(encoding="utf-8"))
ODD = ["", " ", "\u200b", "\ufeff", "\x00", "\x85", "\u2028", "\ud7ff", "9" * 400, "-0", "1e999", "１２", "2022-13"]
ODD += ["\n", '"', ","]
ZONE = "yizheng"
REFUSALS = (InputError, Refused, PublishError)


class Finding(Exception):
    """Something that a spoilt input must not lead to."""


def odd(chance: random.Random) -> str:
    """Return a text that hardly anybody means."""
    return chance.choice(STRINGS if chance.random() < 0.6 else ODD)


def spoil_table(project: Path, chance: random.Random) -> None:
    """Spoil cells, rows or bytes of a table, and load the zone."""
    path = chance.choice(sorted((project / "data" / ZONE).glob("*.csv")))
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 5)):
        kind = chance.randrange(4)
        place = chance.randrange(len(content) + 1)
        if kind == 0:
            content[place:place] = odd(chance).encode("utf-8", "replace")
        elif kind == 1:
            del content[place : place + chance.randint(1, 60)]
        elif kind == 2:
            content[place : place + 1] = bytes([chance.randrange(256)])
        else:
            content += content[place:]
    path.write_bytes(bytes(content))
    load_zone(ZONE, project)


def spoil_description(project: Path, chance: random.Random) -> None:
    """Spoil the zone's description, and load the zone."""
    path = project / "data" / ZONE / "zone.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(lines))
        head, colon, _ = lines[place].partition(":")
        lines[place] = f"{head}{colon} {odd(chance)}" if chance.random() < 0.7 else odd(chance)
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    load_zone(ZONE, project)


def spoil_workbook(project: Path, chance: random.Random) -> None:
    """Fill a template with what nobody means, among figures that somebody might: all of it or nothing."""
    path = project / "book.xlsx"
    write_template(load_zone(ZONE, project), Period(2023), path)
    book = openpyxl.load_workbook(path)
    figures = book["指标"]
    column = next(cell.column for cell in figures[1] if cell.value == "数值")
    for row in range(2, chance.randint(2, 12)):
        figures.cell(row, column, round(chance.uniform(1, 200), 2))
    # every other seed spoils one cell only: an import of it may well be taken
    for _ in range(chance.choice([1, chance.randint(1, 12)])):
        sheet = chance.choice(book.worksheets)
        cell = sheet.cell(chance.randint(1, 8), chance.randint(1, 8))
        try:
            cell.value = chance.choice([odd(chance), chance.uniform(-1e9, 1e9), None, True])
        except IllegalCharacterError:
            # a character that no workbook can hold
            continue
    book.save(path)
    _take(project, path)


FORM = [
    ["2022年1-10月主要经济指标", "", "", ""],
    ["指标", "单位", "累计", "同比增长（%）"],
    ["工业开票销售", "亿元", 105, 3.2],
    ["一般公共预算收入", "亿元", 1.8, -4.5],
    ["其中：民间投资", "亿元", 3, 1],
    ["注：快报数", "", "", ""],
]
WORDS = [
    "上年同期",
    "本月",
    "2022年1-9月",
    "单位：万元",
    "合计",
    "（预计）",
    "下降3.2%",
    "占比",
    "2021年",
    "①工业投资",
    "万元",
    1.05,
    -100,
    0,
]


def spoil_form(project: Path, chance: random.Random) -> None:
    """Spoil a sheet as offices make it by hand, and import it twice, with and without what is proposed."""
    rows = [list(row) for row in FORM]
    for _ in range(chance.randint(0, 4)):
        kind, row = chance.randrange(4), chance.randrange(len(rows))
        if kind == 0:
            rows.insert(row, list(chance.choice(FORM)))
        elif kind == 1 and len(rows) > 2:
            del rows[row]
        else:
            rows[row][chance.randrange(len(rows[row]))] = chance.choice([odd(chance), chance.choice(WORDS)])
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(map(_held, row)))
    path = project / "月报2022年10月.xlsx"
    book.save(path)
    for yes in (False, True):
        try:
            _take(project, path, yes=yes)
        except InputError:
            # a question without yes; with it a fault, and that is what came of the form
            if yes:
                raise


def _held(value: object) -> object:
    """Return a value as a cell of a workbook can hold it."""
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000] or None
    return value


def _take(project: Path, path: Path, *, yes: bool = False) -> None:
    """Import a book: refused, it must have changed nothing; taken, the zone must be sound. Raises what refused it."""
    before = contents(project)
    done = import_book(path, ZONE, project, received=datetime.date(2023, 2, 1), yes=yes)
    if done.faults and contents(project) != before:
        raise Finding("the import was refused, and a file has changed")
    if done.faults:
        raise InputError(done.faults)
    try:
        load_zone(ZONE, project)
    except InputError as error:
        raise Finding(f"the import has left an unsound zone: {error}") from None


def spoil_texts(project: Path, chance: random.Random) -> None:
    """Publish texts of hostile pieces as words, a table and captions: the page is made, whatever they are."""
    texts = ["".join(odd(chance) for _ in range(chance.randint(1, 6))) for _ in range(12)]
    table = styled(pd.DataFrame({"name": texts}), "fuzz", heads={"name": "甲"})
    shown = [Exhibit(draw="\n".join(texts)), Exhibit("表" + texts[0], draw=table, note=texts[1])]
    outputs = []
    for exhibit in shown:
        data, about = exhibit._repr_mimebundle_()
        outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=about))
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell("# 章"), v4.new_code_cell("1", outputs=outputs)]
    try:
        ReportHTMLExporter(embed_fonts=False).from_notebook_node(v4.new_notebook(cells=cells))
    except PublishError as error:
        raise Finding(f"one text has cost the report: {error}") from None


WAYS: dict[str, Callable[[Path, random.Random], None]] = {
    "table": spoil_table,
    "description": spoil_description,
    "workbook": spoil_workbook,
    "form": spoil_form,
    "texts": spoil_texts,
}


def contents(project: Path) -> dict[str, bytes]:
    """Return the files of the zone."""
    folder = project / "data" / ZONE
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def attempt(way: str, seed: int, findings: Path) -> str:
    """Spoil one input; return what came of it: taken, refused or found."""
    with tempfile.TemporaryDirectory(prefix="zonereport-fuzz-") as name:
        project = Path(name)
        for part in ("dictionary", ZONE):
            shutil.copytree(ROOT / "data" / part, project / "data" / part)
        try:
            WAYS[way](project, random.Random(seed))
        except REFUSALS:
            return "refused"
        except Exception:
            place = findings / f"{way}-{seed}"
            shutil.copytree(project, place, dirs_exist_ok=True)
            (place / "traceback.txt").write_text(traceback.format_exc(), encoding="utf-8")
            return "found"
    return "taken"


def main() -> int:
    """Spoil inputs until the time is up; the exit code is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600, help="how long to go on (600)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; the same seed gives the same inputs")
    parser.add_argument("--ways", default=",".join(WAYS), help="what to spoil: " + ", ".join(WAYS))
    parser.add_argument("--out", type=Path, default=ROOT / "fuzz", help="where findings go (fuzz/)")
    given = parser.parse_args()
    ways = given.ways.split(",")
    if unknown := set(ways) - set(WAYS):
        parser.error(f"no way {', '.join(sorted(unknown))}")
    counts = {way: {"taken": 0, "refused": 0, "found": 0} for way in ways}
    end, seed = time.monotonic() + given.seconds, given.seed
    while time.monotonic() < end:
        for way in ways:
            counts[way][attempt(way, seed, given.out)] += 1
        seed += 1
    for way, outcomes in counts.items():
        print(f"{way}: " + ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()))
    found = sum(outcomes["found"] for outcomes in counts.values())
    print(f"seeds {given.seed} to {seed - 1}; {found} findings" + (f" in {given.out}" if found else ""))
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
