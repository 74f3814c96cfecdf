"""Chapters executed by papermill itself, in child processes."""

import json
import os
import sys

import nbformat
import pytest

from zonereport.run.canonical import canonical
from zonereport.run.execute import Chapter, ChapterFailed, Place, Task, execute
from zonereport.run.note import note

GIVEN = {"zone": "demo", "period": "2022"}
ENVIRONMENT = """\
import json, os, sys, IPython
names = ["ZONEREPORT_ROOT", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONHASHSEED"]
here = [os.environ[name] for name in names] + [os.getcwd(), sys.executable, IPython.paths.get_ipython_dir()]
open("environment.json", "w").write(json.dumps(here))
print(os.environ["ZONEREPORT_ROOT"], zone, period)
import warnings; warnings.warn("careful")
display(object())
"""


def run(server, tmp_path, *notebooks, given=GIVEN, **more):
    tasks = [Task(path, given) for path in notebooks]
    return execute(tasks, Place(tmp_path, tmp_path / "work", tmp_path / "logs"), server, **more)


def read(chapter):
    return nbformat.read(chapter.notebook, as_version=4)


@pytest.fixture(scope="module")
def failures(server, tmp_path_factory):
    """Four ways to fail, executed once for all tests: an error, an exit, a dead kernel, an unknown kernel."""
    folder = tmp_path_factory.mktemp("failures {braces}")
    codes = {
        "error": 'open("' + str(folder) + '/<b>*x*</b>.csv")',
        "exit": "import sys; sys.exit(0)",
        "death": "import os; os.kill(os.getpid(), 9)",
        "kernel": "1",
    }
    paths = []
    for name, code in codes.items():
        v4 = nbformat.v4
        spec = {"name": "cobol" if name == "kernel" else "python3", "display_name": "x", "language": "python"}
        cells = [
            v4.new_markdown_cell("引言\n\n# 第三章 企业 #"),
            v4.new_code_cell("zone = 'a'\nperiod = '1'", metadata={"tags": ["parameters"]}),
            v4.new_code_cell(code),
            v4.new_code_cell("print('never')"),
        ]
        paths.append(folder / f"{name}.ipynb")
        nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), paths[-1])
    seen = []
    chapters = run(server, folder, *paths, done=seen.append)
    assert sorted(chapter.name for chapter in seen) == sorted(codes)
    assert [chapter.name for chapter in chapters] == list(codes)
    return {chapter.name: chapter for chapter in chapters}


def test_the_surroundings_of_a_chapter(server, tmp_path, notebook, capfd):
    (chapter,) = run(server, tmp_path, notebook(ENVIRONMENT))
    assert isinstance(chapter, Chapter)
    assert chapter.seconds > 0
    *environment, cwd, python, ipython = json.loads((tmp_path / "environment.json").read_text())
    assert environment == [str(tmp_path), "1", "1", "0"]
    assert cwd == str(tmp_path)
    assert os.path.dirname(python) == os.path.dirname(sys.executable)
    assert ipython == str(tmp_path / "work" / "ipython")
    assert capfd.readouterr() == ("", "")

    # and no machine path stays in the notebook
    stdout, stderr, shown = read(chapter).cells[-1].outputs
    assert stdout.text == ". demo 2022\n"
    assert stderr.text.startswith("<cell>:6: UserWarning: careful")
    assert shown.data["text/plain"] == "<object at 0x…>"
    text = chapter.notebook.read_text(encoding="utf-8")
    assert "/tmp" not in text
    assert os.path.expanduser("~") not in text
    assert sys.prefix not in text
    assert read(chapter) == canonical(read(chapter), tmp_path)


def test_parameters_reach_the_cells_as_they_are(server, tmp_path, notebook):
    cell = "zone = ''\nperiod = ''\ntop = 1\nshare = 0.5\nfull = False\npark = None"
    given = {"zone": '高"新\\区', "period": "202609", "top": 3, "share": 1, "full": True, "park": "03"}
    path = notebook("print(repr([zone, period, top, share, full, park]))", parameters=cell)
    (chapter,) = run(server, tmp_path, path, given=given)
    assert read(chapter).cells[-1].outputs[0].text == repr(list(given.values())) + "\n"
    assert read(chapter).metadata.papermill.parameters == given


def test_old_notebooks_without_cell_ids(server, tmp_path, notebook):
    path = notebook("1")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["nbformat_minor"] = 4
    for cell in content["cells"]:
        del cell["id"]
    path.write_text(json.dumps(content), encoding="utf-8")
    (chapter,) = run(server, tmp_path, path)
    ids = [cell.id for cell in read(chapter).cells]
    assert ids == ["cell-0", "cell-1", "injected-parameters", "cell-2"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("error", "FileNotFoundError: [Errno 2] No such file or directory: '<b>*x*</b>.csv'"),
        ("exit", "SystemExit: a cell ended the chapter early"),
        ("death", "the process of the chapter was killed (SIGKILL)"),
        ("kernel", "NoSuchKernel: No such kernel named cobol"),
    ],
)
def test_reason_is_one_line_without_a_path(failures, name, reason):
    assert isinstance(failures[name], ChapterFailed)
    assert failures[name].reason == reason


def test_a_failed_chapter_becomes_a_note(failures):
    heading, note = read(failures["error"]).cells
    assert heading.source == "# 第三章 企业"
    (output,) = note.outputs
    assert output.metadata == {"zonereport": {"role": "notice"}}
    assert output.data["text/plain"].startswith("本章未生成，原因已记入日志。（FileNotFoundError: ")
    # leaders read no word of the error
    assert output.data["text/html"] == "<p>本章未生成，原因已记入日志。</p>"
    nbformat.validate(read(failures["error"]))


def test_the_failed_notebook_is_kept(failures):
    log = nbformat.read(failures["error"].log, as_version=4)
    assert "FileNotFoundError" in str(log.cells)
    assert failures["error"].log.parent.name == "logs"
    assert failures["death"].log.is_file()


def test_note_without_heading():
    assert note(nbformat.v4.new_notebook(), "05_x", "y")["cells"][0]["source"] == "# 05_x"
