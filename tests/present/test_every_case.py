"""Every chapter on every kind of data: nothing raises, nothing is empty, no sentence has a hole.

The cells of each notebook run here as JupyterLab would run them, on reports made once; every exhibit is drawn.
"""

import ast
import dataclasses
import re
import sys
from pathlib import Path

import nbformat
import pytest

from zonereport.inputs import load_zone
from zonereport.present import Exhibit

HOLES = re.compile(r"nan|None|\binf\b|(?<!\d)—|—(?!\d)|<NA>|--|，。|。。|、。|：。|，，|的的|%%|\{|\}")


def cut(zone, *, without=(), codes=None):
    """The zone without some tables, or with the rows of some codes only."""
    tables = {name: frame for name, frame in zone.tables.items() if name not in without}
    if codes:
        tables = {"indicators": tables["indicators"].query("code in @codes")}
    return dataclasses.replace(zone, tables=tables)


TABLES = [
    *("targets", "peers", "projects", "project_progress", "enterprises", "enterprise_months", "recognitions"),
    *("platforms", "patents", "talents", "ip_pledges", "carriers", "works", "land", "governance", "tasks"),
    *("assessment", "statements"),
]
# enterprises cannot go alone: other tables refer to them, and no such zone would load
WITH = {
    "enterprises": ("enterprise_months", "recognitions", "platforms", "patents", "talents", "ip_pledges"),
    "projects": ("project_progress",),
}
# what a report is made of: zone, period, park
CASES = {
    "demo": lambda zone, root: (zone, "2022-12"),
    "real": lambda zone, root: (load_zone("yizheng", root), "2022"),
    "mid-year": lambda zone, root: (zone, "2022-06"),
    "January-February": lambda zone, root: (zone, "2022-02"),
    "first year": lambda zone, root: (zone, "2020-03"),
    "park": lambda zone, root: (zone, "2022-12", "chuanhe"),
    "one indicator, one period": lambda zone, root: (
        dataclasses.replace(zone, tables={"indicators": zone.tables["indicators"].query(ONE)}),
        "2022-12",
    ),
    **{
        f"without {name}": lambda zone, root, name=name: (cut(zone, without=(name, *WITH.get(name, ()))), "2022-12")
        for name in TABLES
    },
}
ONE = "code == 'invoiced_sales' and period == '2022-12' and park == ''"


CHAPTERS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

# words that are no leader's: files, columns, commands, Python
INSIDE = re.compile(r"\.csv|\.yml|[a-z]+_[a-z_]+|zonereport|Error|nan\b")


def run_chapter(path, report, monkeypatch) -> list:
    """Execute the code cells of a notebook on ``report``: the exhibits that it shows, in order."""
    shown: list = []
    monkeypatch.setattr("zonereport.present.open_report", lambda *args, **kwargs: report)
    # the module: its name in the package is that of the decorator
    monkeypatch.setattr(sys.modules["zonereport.present.exhibit"], "display", shown.append)
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            last = run_cell(cell.source, f"{path.stem} {cell.id}", names)
            if isinstance(last, Exhibit):
                shown.append(last)
    return shown


def run_cell(source, where, names):
    """Execute a cell; return the value of its last line, which JupyterLab would display."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), where, "exec"), names)
    if last is not None:
        return eval(compile(ast.Expression(last.value), where, "eval"), names)
    return None


@pytest.fixture(scope="session", params=CASES)
def case(request, zone, root, report_of):
    return request.param, report_of(*CASES[request.param](zone, root))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_stands_on_whatever_there_is(case, chapter, root, monkeypatch):
    name, report = case
    for shown in run_chapter(root / f"notebooks/{chapter}.ipynb", report, monkeypatch):
        where = (name, chapter, shown.name, shown.caption)
        bundle, metadata = shown._repr_mimebundle_()
        assert metadata["zonereport"]["role"] == shown.kind, where
        check_exhibit(shown, where)
        if shown.kind == "table":
            assert not re.search(r"\bnan\b|None|<NA>", bundle["text/html"]), where


def check_exhibit(shown, where):
    """One exhibit: it shows something whole, or it says what is missing and is not printed."""
    texts = [shown.caption, shown.claim, shown.alt, shown.note]
    if shown.kind == "gap":
        for gap in shown.gaps:
            assert gap.subject, where
            assert gap.reason, where
        texts += [text for gap in shown.gaps for text in vars(gap).values()]
    elif shown.kind == "figure":
        assert shown.caption, where
        assert shown.claim, where
        assert shown.alt, where
        assert len(shown.data), where
    elif shown.kind == "table":
        assert shown.caption, where
        assert len(shown.draw.data), where
        texts += [str(value) for value in shown.draw.data.to_numpy().ravel() if str(value) != "—"]
    elif shown.kind != "front":
        texts.append(shown.draw)
    for text in texts:
        plain = re.sub(r"\*\*|“—”", "", text)
        assert not HOLES.search(plain), (where, text)
        assert not INSIDE.search(plain), (where, text)
