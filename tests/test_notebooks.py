"""The chapters are thin, alike and clean, and each runs by itself."""

import ast
import re

import nbformat
import pytest

from zonereport.run.catalogue import load_catalogue
from zonereport.run.parameters import declared

CHAPTERS = [
    "brief",
    "summary",
    "00_overview",
    "01_indicators",
    "02_projects",
    "03_enterprises",
    "04_innovation",
    "05_carriers",
    "06_governance",
    "07_goals",
    "80_views",
    "90_data",
]
# not of a report: widgets for the analyst
OF_THE_DESK = ["explore", "desk"]


@pytest.fixture(params=CHAPTERS)
def notebook(request, root):
    return nbformat.read(root / "notebooks" / f"{request.param}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_catalogue_names_every_chapter(root):
    book = load_catalogue(root / "reports.yml").book("annual")
    assert book.documents == {"brief": ("brief",), "summary": ("summary",), "report": tuple(CHAPTERS[2:])}
    assert {path.stem for path in (root / "notebooks").glob("*.ipynb")} == {*CHAPTERS, *OF_THE_DESK}


def test_cells_are_short_and_define_nothing(notebook):
    for cell in code_cells(notebook):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 5
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.ListComp, ast.Lambda)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)]


def test_there_is_prose_for_the_code(notebook):
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert len(prose) >= 0.8 * len(code_cells(notebook)), f"{len(prose)} for {len(code_cells(notebook))}"


def test_no_number_is_typed_into_prose(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            # 20亿元企业 is the name of a class of enterprises
            assert not re.search(r"\d", cell.source.replace("20亿元企业", "")), cell.source


def test_no_outputs_are_stored_and_the_kernel_is_named(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(notebook))
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert not any(re.fullmatch(r"[0-9a-f]{8}(-.*)?", cell_id) for cell_id in ids), "ids are names, not random"


def test_the_skeleton(notebook):
    sources = [cell.source for cell in notebook.cells]
    # the title alone: what a chapter asks is the analyst's, what it answers is the reader's
    assert re.fullmatch(r"# .+", sources[0])
    assert "**给分析人员**" in sources[1]
    assert "parameters" in notebook.cells[2].metadata.tags
    assert re.match(r"from zonereport.present import .*open_report", sources[3])
    assert sources[5].startswith("report = open_report(zone")
    # what is said to the analyst is not said to the reader
    assert [cell.metadata.get("tags", []) for cell in (notebook.cells[1], notebook.cells[4])] == [["remove-cell"]] * 2
    assert sum(source.startswith("# ") for source in sources) == 1


def test_a_cell_calls_exhibits_and_nothing_else(notebook):
    for cell in code_cells(notebook)[2:]:
        for line in ast.parse(cell.source).body:
            called = line.value
            assert isinstance(called, ast.Call), cell.source


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_declares_the_same_parameters(root, name):
    parameters = declared(root / "notebooks" / f"{name}.ipynb")
    assert {key: parameter.default for key, parameter in parameters.items()} == {
        "zone": "yizheng",
        "period": "2022",
        "park": "",
    }
    assert all(parameter.help for parameter in parameters.values())
