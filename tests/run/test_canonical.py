import sys
import tempfile
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zonereport.run.canonical import canonical, number_cells, without_paths

ROOT = Path("/srv/reports/checkout")


def executed(start="2026-01-01", pid=4711, address="0x7f3a12345678"):
    """A notebook as papermill leaves it, with what differs from run to run."""
    times = {"start_time": start, "end_time": start, "duration": 1.5, "exception": False, "status": "completed"}
    injected = new_code_cell('period = "2022"', metadata={"tags": ["injected-parameters"], "papermill": times})
    warning = f"{tempfile.gettempdir()}/ipykernel_{pid}/123.py:1: UserWarning\n{ROOT}/data/a.csv\n"
    cell = new_code_cell(
        "chart()",
        id="chart",
        metadata={"tags": [], "papermill": times, "execution": {"iopub.execute_input": start}},
        outputs=[
            new_output("stream", name="stderr", text=warning),
            new_output("stream", name="stdout", text="a"),
            new_output("stream", name="stdout", text="b\n"),
            new_output("display_data", {"text/plain": f"<Axes at {address}>", "image/png": "0x7f3a12345678"}),
        ],
    )
    papermill = {"parameters": {"period": "2022"}, "version": "2.7.0", "input_path": "/x", "output_path": "/y"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        cells=[new_markdown_cell("# 标题", id="title"), injected, cell],
        metadata={"kernelspec": kernel, "papermill": papermill | times},
    )


def test_two_runs_have_one_canonical_form():
    first, second = executed(), executed("2027-02-02", 99, "0x55d000000000")
    assert first != second
    assert canonical(first, ROOT) == canonical(second, ROOT)


def test_what_stays_and_what_goes():
    notebook = canonical(executed(), ROOT)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.papermill == {"parameters": {"period": "2022"}, "version": "2.7.0"}
    assert [cell.id for cell in notebook.cells] == ["title", "injected-parameters", "chart"]
    assert notebook.cells[1].metadata == {"tags": ["injected-parameters"]}
    assert notebook.cells[2].metadata == {}


def test_streams_are_joined_and_paths_struck_out():
    stdout, stderr, chart = canonical(executed(), ROOT).cells[2].outputs
    assert stdout.text == "ab\n"
    assert stderr.text == "<cell>:1: UserWarning\ndata/a.csv\n"
    assert chart.data == {"text/plain": "<Axes at 0x…>", "image/png": "0x7f3a12345678"}


def test_the_notebook_given_stays_as_it_is():
    notebook = executed()
    canonical(notebook, ROOT)
    assert notebook.metadata.papermill.input_path == "/x"
    assert len(notebook.cells[2].outputs) == 4


def test_paths():
    assert without_paths(f"in {ROOT}: {ROOT}/a {ROOT}2/b file://{ROOT}/c", ROOT) == (f"in .: a {ROOT}2/b file://c")
    assert without_paths(f"{sys.prefix}/lib/x.py") == "<python>/lib/x.py"
    assert without_paths("1/3 of /srv") == "1/3 of /srv"


def test_cells_without_ids_are_named_by_position():
    notebook = {"cells": [{}, {"id": "a"}], "nbformat": 4, "nbformat_minor": 4}
    number_cells(notebook)
    assert notebook == {
        "cells": [{"id": "cell-0"}, {"id": "cell-1"}],
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    complete = {"cells": [{"id": "a"}], "nbformat_minor": 5}
    number_cells(complete)
    assert complete["cells"] == [{"id": "a"}]
