"""What a process does that serves one job and ends: execute a chapter, prepare an edition, or write one format.

Its working folder holds ``task.json`` and what the job needs; it leaves ``result.json`` and what came of it there.
``python -m zonereport.run.worker`` is such a process; ``zonereport.run.server`` forks others.
"""

import contextlib
import gc
import json
import os
import pickle
import re
import signal
import sys
import threading
import time
from pathlib import Path

from zonereport.run.errors import described

# characters of a reason: it stands in a framed note of the report
LONGEST = 300
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# a collector that looks less often, for jobs that make much and throw little away
PATIENT = (50_000, 20, 50)
# at import jsonschema builds a grammar for IRIs, 0.9 s of papermill's 1.3 s; no notebook has one to check
NEEDLESS = "rfc3987_syntax"


def main() -> None:
    """Do the job of the working folder; whatever goes wrong stands in ``result.json``."""
    sys.modules.setdefault(NEEDLESS, None)
    folder = Path.cwd()
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    started = time.perf_counter()
    try:
        result = JOBS[task["job"]](task, folder)
    except Exception as error:
        result = {"error": described(error)}
    result["seconds"] = time.perf_counter() - started
    # a reader must never find half of it
    (folder / "result.new").write_text(json.dumps(result), encoding="utf-8")
    (folder / "result.new").rename(folder / "result.json")


def chapter(task: dict, folder: Path) -> dict:
    """Execute ``source.ipynb`` with papermill into ``executed.ipynb``; leave its canonical form in ``chapter.ipynb``.

    Both names are relative: papermill takes braces in a path for a format string, and writes the path into the
    notebook. The result has ``reason``, why the chapter failed, or None, and ``cpu``, the CPU seconds of its cells.
    """
    import nbformat

    from zonereport.run.canonical import canonical, without_paths

    reason = _executed(task)
    result = {"reason": None if reason is None else without_paths(reason, task["root"]), "cpu": None, "failures": []}
    if reason is None:
        notebook = nbformat.read(folder / "executed.ipynb", as_version=4)
        result["cpu"] = notebook.metadata.papermill.get("cells_cpu")
        result["failures"] = [without_paths(one, task["root"]) for one in _failures(notebook)]
        text = nbformat.writes(canonical(notebook, task["root"])) + "\n"
        (folder / "chapter.ipynb").write_text(text, encoding="utf-8", newline="\n")
    return result


def _failures(notebook) -> list[str]:
    """The exhibits that failed in a chapter that stands: each says so of itself, with its name and its error."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            about = output.get("metadata", {}).get("zonereport", {})
            if about.get("role") == "failed":
                found.append(one_line(f"{about['exhibit']}: {about['error']}"))
    return found


def _executed(task: dict) -> str | None:
    try:
        import papermill
        from papermill.engines import papermill_engines

        from zonereport.run import engine

        # an older installation may not have the entry point
        papermill_engines.register(engine.NAME, engine.ShellEngine)
        own = {"engine_name": engine.NAME, "dedicated": True, "autosave_cell_every": 1}
        kernel = {"shutdown_kernel": "immediate"}
        notebook = papermill.execute_notebook(
            "source.ipynb",
            "executed.ipynb",
            task["parameters"],
            progress_bar=False,
            log_output=False,
            cwd=task["cwd"],
            **(own if task["engine"] == "fork" else kernel),
        )
    except Exception as error:
        # papermill wraps what a cell raised; ename and evalue are the cell's own words
        name = getattr(error, "ename", type(error).__name__)
        return one_line(f"{name}: {getattr(error, 'evalue', error)}")
    except KeyboardInterrupt:
        return "KeyboardInterrupt: the chapter was interrupted"
    # papermill lets SystemExit pass, yet the cells after it never ran
    return "SystemExit: a cell ended the chapter early" if notebook.metadata.papermill.exception else None


def prepare(task: dict, folder: Path) -> dict:
    """Call the function pickled in ``prepare.pickle``; leave what chapters share in ``shared.pickle``."""
    gc.set_threshold(*PATIENT)
    make = pickle.loads((folder / "prepare.pickle").read_bytes())
    prepared = make()
    (folder / "shared.pickle").write_bytes(pickle.dumps(prepared.shared, protocol=pickle.HIGHEST_PROTOCOL))
    for name, content in (*prepared.files.items(), *prepared.private.items()):
        (folder / name).write_bytes(content)
    known = {
        "base": prepared.base,
        "digests": dict(prepared.digests),
        "summary": prepared.summary,
        "card": dict(prepared.card),
    }
    return known | {"files": list(prepared.files)}


def export(task: dict, folder: Path) -> dict:
    """Assemble executed chapters and write the document ``file``."""
    import nbformat

    from zonereport import publish
    from zonereport.publish import linking, stamp

    gc.set_threshold(*PATIENT)
    exporters = {
        "html": publish.ReportHTMLExporter,
        "pdf": publish.ReportPDFExporter,
        "docx": publish.ReportWordExporter,
        "xlsx": publish.AnnexExporter,
        "pptx": publish.SlidesExporter,
    }
    book = publish.assemble([nbformat.read(path, as_version=4) for path in task["chapters"]])
    if task.get("stamp"):
        book.metadata[stamp.KEY] = task["stamp"]
    book.metadata[linking.KEY] = {"own": task["file"], "all": task.get("files", [])}
    content, _ = exporters[task["format"]]().from_notebook_node(book)
    data = content.encode() if isinstance(content, str) else content
    (folder / task["file"]).write_bytes(data)
    return {}


JOBS = {"chapter": chapter, "prepare": prepare, "export": export}


def one_line(text: str) -> str:
    """Reduce a message to one plain line of bounded length.

    >>> one_line("\\x1b[31mKeyError\\x1b[0m:\\n  'park'")
    "KeyError: 'park'"
    """
    # of many lines the first is seldom the one that says it
    line = " ".join(ANSI.sub("", text).split()).removesuffix(":")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def follow(lifeline: int) -> None:
    """End this process and all that it started when the other end of a pipe closes: whoever wanted the job is gone."""
    threading.Thread(target=_watch, args=(lifeline,), daemon=True).start()


def _watch(lifeline: int) -> None:
    os.read(lifeline, 1)
    end_tree(os.getpid())


def end_tree(pid: int) -> None:
    """Kill a process that leads a group, its descendants (a kernel has a group of its own) and last the group."""
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    end_group(pid)


def end_group(pid: int) -> None:
    """Kill what is left of the group that a process leads, or led."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)


if __name__ == "__main__":
    follow(0)
    main()
