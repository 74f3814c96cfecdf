"""Both engines give the same outputs, cell by cell: streams, rich display, errors, parameters."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from zonereport.run.canonical import canonical
from zonereport.run.execute import Place, Task, execute
from zonereport.run.launch import Spawner

HELPER = "WORD = 'from the folder of the notebook'\n"
CELLS = {
    "streams": "import sys; print('out'); print('err', file=sys.stderr); print('more')",
    "result": "1 + 1",
    "frame": "import pandas as pd; pd.DataFrame({'数': [1, 2]})",
    "styler": "pd.DataFrame({'a': [1]}).style.set_uuid('u')",
    "inline": "import matplotlib.pyplot as plt; ax = plt.subplots()[1]; ax.bar(['a'], [1]); ax.set_title('t')",
    "update": "from IPython.display import *; h = display(Markdown('a'), display_id='q'); h.update(Markdown('b'))",
    "metadata": "display(HTML('<b>x</b>'), metadata={'zonereport': {'share': (1, 2)}})",
    "cleared": "print('gone'); clear_output(); print('stays')",
    "cleared_later": "print('gone'); clear_output(wait=True); print('stays')",
    # a kernel hears of programs' output through a thread, which needs a moment
    "programs": "import os, subprocess, time; os.system('echo shell'); subprocess.run(['echo', 'program'])\n"
    "time.sleep(0.3)",
    "magic": "!echo bang",
    "bash": "%%bash\necho bash; echo berr >&2",
    "warning": "import warnings; warnings.warn('careful')",
    "await": "import asyncio\nasync def five():\n    await asyncio.sleep(0.01)\n    return 5\nawait five()",
    "loop": "try:\n    asyncio.run(five())\nexcept RuntimeError as error:\n    print(error)",
    "input": "try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "main": "class A: pass\nimport pickle; print(pickle.loads(pickle.dumps(A())).__class__, __name__)",
    "shell": "print(get_ipython().__class__.__name__, plt.get_backend(), 'IPKernelApp' in get_ipython().config)",
    "history": "_, In[-2], sorted(Out)",
    "helper": "import helper; print(helper.WORD, os.getcwd() == sys.path[0] or '' in sys.path)",
    "logging": "import logging; logging.getLogger('q').warning('logged')",
    "long": "for n in range(30000): print(n)",
    "several": "display(1, 'two', [3])\nNone",
    "object": "object()",
    "parameter": "print(zone, period)",
}
FAILURES = {
    "deep": "def g():\n    raise KeyError('zz')\ng()",
    "exit": "import sys; sys.exit(3)",
    "silent_exit": "import sys; sys.exit(0)",
}


def write(path: Path, cells: dict[str, str]) -> Path:
    v4 = nbformat.v4
    parameters = v4.new_code_cell("zone = ''\nperiod = ''", id="parameters", metadata={"tags": ["parameters"]})
    made = [parameters, *(v4.new_code_cell(source, id=name) for name, source in cells.items())]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        v4.new_notebook(cells=[*made, v4.new_markdown_cell("# 末", id="end")], metadata={"kernelspec": spec}), path
    )
    return path


@pytest.fixture(scope="module")
def both(server, tmp_path_factory):
    """All notebooks executed by both engines: the canonical notebooks and the reasons, by engine."""
    # it makes kernels deaf to what programs write
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    found = {}
    folder = tmp_path_factory.mktemp("engines")
    (folder / "helper.py").write_text(HELPER, encoding="utf-8")
    paths = [write(folder / "cells.ipynb", CELLS)]
    paths += [write(folder / f"{name}.ipynb", {name: source}) for name, source in FAILURES.items()]
    tasks = [Task(path, {"zone": "仪征", "period": "03"}) for path in paths]
    with Spawner() as spawner:
        for engine, starter in (("fork", server), ("kernel", spawner)):
            place = Place(folder, folder / engine, folder / f"{engine}-logs")
            chapters = execute(tasks, place, starter, engine=engine)
            notebooks = [folder / engine / f"{n:03}" / "executed.ipynb" for n in range(len(tasks))]
            found[engine] = {
                chapter.name: (canonical(nbformat.read(path, as_version=4), folder), getattr(chapter, "reason", None))
                for chapter, path in zip(chapters, notebooks, strict=True)
            }
    return found


@pytest.mark.parametrize("name", CELLS)
def test_outputs_of_a_cell(both, name):
    ours, kernels = ([cell for cell in both[e]["cells"][0].cells if cell.id == name] for e in ("fork", "kernel"))
    assert ours == kernels
    assert len(ours) == 1


def test_everything_ran(both):
    notebook, reason = both["fork"]["cells"]
    assert reason == ""
    assert notebook.metadata == both["kernel"]["cells"][0].metadata
    assert [cell.id for cell in notebook.cells] == ["parameters", "injected-parameters", *CELLS, "end"]
    said = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    assert said["parameter"][0].text == "仪征 03\n"
    assert said["programs"][0].text == "shell\nprogram\n"


@pytest.mark.parametrize("name", FAILURES)
def test_failures(both, name):
    ours, kernels = (both[engine][name] for engine in ("fork", "kernel"))
    assert ours[1] == kernels[1]
    assert ours[1]
    # papermill's marker cells have random ids
    cells = [{**cell, "id": ""} for cell in ours[0].cells]
    assert cells == [{**cell, "id": ""} for cell in kernels[0].cells]


def test_papermill_finds_the_engine(tmp_path):
    path = write(tmp_path / "in.ipynb", {"a": "print(zone)", "b": "!echo shell"})
    command = [Path(sys.executable).parent / "papermill", path, tmp_path / "out.ipynb", "--engine", "zonereport"]
    done = subprocess.run([*command, "-p", "zone", "x"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert [cell.outputs[0].text.strip() for cell in cells[2:4]] == ["x", "shell"]
    assert "Executing" in done.stderr
