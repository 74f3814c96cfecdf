"""Tiny notebooks, and editions made of them."""

import nbformat
import pytest

from zonereport.run import edition as edition_module
from zonereport.run.edition import Edition

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


class FakeExporter:
    """Publishes the outputs of a book as plain text."""

    def __init__(self, extension, encode):
        self.extension, self.encode = extension, encode

    def from_notebook_node(self, book):
        lines = []
        for cell in book.cells:
            if cell.cell_type == "markdown":
                lines.append(cell.source)
            for output in cell.get("outputs", []):
                lines.append(output.get("data", {}).get("text/plain", ""))
        text = "\n".join(lines)
        return (text.encode() if self.encode else text), {"output_extension": self.extension}


def fake_assemble(chapters):
    cells = [cell.copy() for chapter in chapters for cell in chapter.cells]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def publisher(monkeypatch):
    """Replace publishing by plain text; a test may change the exporters in the dict it gets."""
    exporters = {"html": lambda: FakeExporter(".html", False), "pdf": lambda: FakeExporter(".pdf", True)}
    monkeypatch.setattr(edition_module, "_publisher", lambda: (fake_assemble, exporters))
    return exporters


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
