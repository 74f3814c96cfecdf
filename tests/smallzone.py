"""A small zone of the synthetic one's figures: four indicators, three offices, a deadline; its brief is a sentence."""

import csv
import datetime
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml

from zonereport.cli.exits import judged
from zonereport.routine import inbox
from zonereport.routine.month import Call, month
from zonereport.run.launch import ForkServer

CODES = ("invoiced_sales", "treasury_tax", "industrial_output", "budget_revenue")
OFFICES = {"tax": "税务", "statistics": "统计", "finance": "财政"}
# what a book says that an office sends
HEADS = {
    "期间": "period",
    "指标编码": "code",
    "数值": "value",
    "单位": "unit",
    "同比（%）": "growth_pct",
    "来源": "source",
}


@pytest.fixture(scope="session")
def warm():
    """A fork server for all builds of these tests."""
    from zonereport import prepare

    with ForkServer(prepare.WARM) as client:
        yield client


@pytest.fixture(scope="session")
def figures(root) -> list[dict]:
    """The rows of the four indicators, of the whole zone, oldest first."""
    with (root / "data/demo/indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["park"] and row["code"] in CODES]
    return [row for row in rows if row["period"] >= "2021"]


@pytest.fixture
def small(root, tmp_path, figures, monkeypatch) -> Path:
    """A project with the small zone up to December 2021."""
    monkeypatch.setattr(inbox, "LOOK", 0.01)
    monkeypatch.setenv("ZONEREPORT_ROOT", str(tmp_path))
    shutil.copytree(root / "data/dictionary", tmp_path / "data/dictionary")
    folder = tmp_path / "data" / "demo"
    (folder / "inbox").mkdir(parents=True)
    about = yaml.safe_load((root / "data/demo/zone.yml").read_text(encoding="utf-8"))
    sources = [one | {"covers": "2021"} for one in about["sources"] if one["id"] in OFFICES]
    about |= {"parks": [], "peers": [], "sources": sources, "ready": {"must": ["tax", "statistics"], "deadline": 12}}
    (folder / "zone.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    with (folder / "indicators.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, figures[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in figures if row["period"] < "2022")
    (tmp_path / "reports.yml").write_text(
        "books:\n  annual:\n    documents:\n      brief: [brief]\n    formats: [html]\n", encoding="utf-8"
    )
    notebook = json.loads((root / "notebooks/brief.ipynb").read_text(encoding="utf-8"))
    notebook["cells"] = notebook["cells"][:6]
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/brief.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return tmp_path


@pytest.fixture
def send(small, figures):
    """``send(period, source, **changes)`` puts an office's book into the inbox; changes are values by code."""

    def put(period: str, source: str, name: str = "", **changes: str) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "指标"
        sheet.append(list(HEADS))
        for row in figures:
            if row["period"] == period and row["source"] == source:
                row = row | {"value": changes.get(row["code"], row["value"])}
                cells = [row[column] for column in HEADS.values()]
                sheet.append([float(cell) if _is_number(cell) else cell for cell in cells])
        path = small / "data/demo/inbox" / (name or f"{OFFICES[source]}_{period}.xlsx")
        book.save(path)
        return path

    return put


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit() and "-" not in text[1:]


@pytest.fixture
def call(small, warm):
    """``call(day)`` runs month for the small zone on a day and returns its record."""

    def run(day: str, **changes) -> dict:
        moment = datetime.datetime.fromisoformat(f"{day}T07:30:00+08:00")
        said = []
        facts = {"judge": judged, "starter": lambda: warm} | changes
        record = month("demo", Call(small, moment.date(), moment, **facts), said.append)
        record["said"] = said
        return record

    return run
