"""A small zone to import into, and books as offices make them by hand."""

import datetime
import importlib.util
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest

from zonereport.inputs import load_zone
from zonereport.inputs.workbook import import_book

ZONE = """\
name_zh: 示例开发区
name_en: Example Zone
place_zh: 某省某市
origin: synthetic
parks:
  - {id: east, name_zh: 东园}
  - {id: west, name_zh: 西园}
peers: [甲开发区, 乙开发区]
sources:
  - {id: monthly, title: 月报, publisher: 统计, place: 某市, covers: '2022'}
"""
TABLES = {
    "indicators": """\
period,code,park,value,unit,qualifier,growth_pct,growth_basis,rank,rank_of,vintage,source,locator,note
2021-11,invoiced_sales,,100,亿元,,,,,,,monthly,,
2022-10,invoiced_sales,,110,亿元,,10.5,,,,2022-11-12,monthly,,
2022-10,invoiced_sales,east,60,亿元,,,,,,2022-11-12,monthly,,
2022-10,budget_revenue,,1.5,亿元,,,,,,2022-11-12,monthly,,
""",
    "enterprises": """\
enterprise,name,park,source
alpha,甲公司,east,monthly
beta,乙公司,west,monthly
""",
    "projects": """\
project,name,stage,source
plant-1,一号厂房,construction,monthly
""",
}
RECEIVED = datetime.date(2022, 12, 12)
# the moment that imports.csv puts down: the same inputs make the same bytes
NOW = datetime.datetime(2022, 12, 12, 9, 30)


@pytest.fixture
def place(root: Path, tmp_path: Path) -> Path:
    """A project root with the dictionary and one small zone, ``demo``."""
    shutil.copytree(root / "data" / "dictionary", tmp_path / "root" / "data" / "dictionary")
    folder = tmp_path / "root" / "data" / "demo"
    folder.mkdir()
    (folder / "zone.yml").write_text(ZONE, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    load_zone("demo", tmp_path / "root")
    return tmp_path / "root"


def written(path: Path, sheets: dict[str, list[list]], merged: dict[str, list[str]] | None = None) -> Path:
    """A workbook of rows; an empty text is an empty cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.fixture
def make(tmp_path: Path):
    """``make("税务局2022年11月", {"主要指标": rows}, {"主要指标": ["A1:D1"]})`` writes a book."""

    def build(name: str, sheets: dict[str, list[list]], merged: dict[str, list[str]] | None = None) -> Path:
        return written(tmp_path / f"{name}.xlsx", sheets, merged)

    return build


@pytest.fixture
def take(place: Path):
    """Import a book into the small zone on 2022-12-12."""

    def imported(path: Path, **options):
        return import_book(path, "demo", place, **{"received": RECEIVED, "now": NOW, **options})

    return imported


@pytest.fixture
def figures(place: Path):
    """The figures of the small zone as (period, code, park) -> (value, unit, growth, vintage), the last received."""

    def read() -> dict:
        frame = load_zone("demo", place).tables["indicators"].sort_values("vintage", kind="stable")
        return {
            (row.period, row.code, row.park): (row.value, row.unit, row.growth_pct, row.vintage)
            for row in frame.itertuples()
        }

    return read


@pytest.fixture
def contents(place: Path):
    """Every file below data/ with its bytes."""

    def read() -> dict[str, bytes]:
        top = place / "data"
        return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}

    return read


TALLY = {"tried": 0, "imported": 0, "faults": 0}


@pytest.fixture(scope="session")
def tally() -> dict[str, int]:
    """Counts of spoilt workbooks, printed at the end of the test run."""
    return TALLY


def pytest_terminal_summary(terminalreporter):
    """Say how many spoilt workbooks were tried."""
    if TALLY["tried"]:
        text = "{tried} spoilt workbooks: {imported} imported, {faults} refused with faults".format(**TALLY)
        terminalreporter.write_line(text)


def _sibling(name: str):
    """Load a helper that stands beside the tests."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"imports_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cases():
    """The books that offices make, with what each means."""
    return _sibling("cases")


@pytest.fixture(scope="session")
def clerks():
    """More of them, in other clothes."""
    return _sibling("clerks")


@pytest.fixture(scope="session")
def judging():
    """What says whether an import did right by a book."""
    return _sibling("judging")
