"""Every chapter on every kind of data: nothing raises, nothing is empty, no sentence has a hole.

The cells of each notebook run here as JupyterLab would run them, on reports made once; charts are drawn, not written.
"""

import dataclasses
import re

import matplotlib.pyplot as plt
import nbformat
import pytest

from zonereport.inputs import load_zone
from zonereport.present import opening, show

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
    "assessment",
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


@dataclasses.dataclass
class Shown:
    """What the cells of a chapter handed over, in order."""

    texts: list
    figures: list
    tables: list


def run_chapter(path, report, monkeypatch) -> Shown:
    """Execute the code cells of a notebook on ``report``."""
    shown = Shown([], [], [])

    def figure(ax, said):
        if ax is None:
            shown.texts.append(("prose", said.missing or show.nothing_for(said.caption)))
        else:
            shown.figures.append((ax, said))
            plt.close(ax.figure)

    def table(styler, said):
        shown.tables.append((styler, said)) if styler is not None else None

    monkeypatch.setattr(opening, "open_report", lambda *args, **kwargs: report)
    monkeypatch.setattr("zonereport.present.open_report", lambda *args, **kwargs: report)
    monkeypatch.setattr(show, "figure", figure)
    monkeypatch.setattr(show, "table", table)
    monkeypatch.setattr(show, "_markdown", lambda text, about: shown.texts.append((about["role"], text)))
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{path.stem} {cell.id}", "exec"), names)
    return shown


@pytest.fixture(scope="session", params=CASES)
def case(request, zone, root, report_of):
    return request.param, report_of(*CASES[request.param](zone, root))


def test_every_chapter_stands_on_whatever_there_is(case, root, monkeypatch):
    name, report = case
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        shown = run_chapter(path, report, monkeypatch)
        for role, text in shown.texts:
            if role != "front":
                assert text.strip(), (name, path.stem, role)
                found = HOLES.search(re.sub(r"\*\*|“—”", "", text))
                assert not found, (name, path.stem, role, text)
        for ax, said in shown.figures:
            drawn = [*ax.patches, *ax.lines, *ax.collections, *ax.images]
            assert drawn, (name, path.stem, said.caption, "an empty chart")
            assert said.finding, (name, path.stem, said.caption)
            assert said.alt, (name, path.stem, said.caption)
            assert not HOLES.search(said.finding + said.alt + said.note), (name, path.stem, said)
        for styler, said in shown.tables:
            assert len(styler.data), (name, path.stem, said.caption)
            assert not re.search(r"\bnan\b|None|<NA>", styler.to_html()), (name, path.stem, said.caption)
