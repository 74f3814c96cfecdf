"""Tiny notebooks, and editions made of them."""

import json
from pathlib import Path

import nbformat
import pytest

from zonereport.run import making
from zonereport.run.launch import ForkServer
from zonereport.run.model import Edition

PARAMETERS = 'zone = "demo"  # folder in data/\nperiod = "2021"  # 年度'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_notebook(path, *code, parameters=PARAMETERS, heading="# 主要指标"):
    """Write a notebook: a heading, a parameters cell (none for None), then a cell for each piece of code."""
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell(heading, id="heading")] if heading else []
    if parameters is not None:
        cells.append(v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}))
    cells += [v4.new_code_cell(source, id=f"code-{n}") for n, source in enumerate(code)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    return path


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes one notebook, ``chapter.ipynb`` unless named, and returns its path."""
    return lambda *code, name="chapter", **more: write_notebook(tmp_path / f"{name}.ipynb", *code, **more)


@pytest.fixture(scope="session")
def server():
    """A fork server for all tests: warm once."""
    with ForkServer() as client:
        yield client


def plain(task):
    """Publish the outputs of a book as plain text."""
    lines = []
    for path in task["chapters"]:
        for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
            lines += ["".join(cell["source"])] if cell["cell_type"] == "markdown" else []
            lines += ["".join(output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", [])]
    return "\n".join(lines)


@pytest.fixture
def publisher(monkeypatch):
    """Replace publishing by plain text; a test may change the function of a format in the dict it gets."""
    formats = {"html": plain, "pdf": plain}

    def several(tasks, place, starter, *, jobs, done):
        for folder, task in tasks.items():
            folder.mkdir()
            (folder / task["file"]).write_text(formats[task["format"]](task), encoding="utf-8")
            done(folder, 0.0)

    monkeypatch.setattr(making, "several", several)
    return formats


@pytest.fixture
def make(tmp_path):
    """Return a function that writes chapters (name=code) and makes an edition of them."""

    def edition(chapters, **changes):
        paths = tuple(
            write_notebook(tmp_path / "notebooks" / f"{name}.ipynb", code, heading=f"# 第{name}章")
            for name, code in chapters.items()
        )
        facts = {"zone": "demo", "period": "2022", "book": "annual", "reports": tmp_path / "reports"}
        return Edition(**({"root": tmp_path, "chapters": paths} | facts | changes))

    return edition
