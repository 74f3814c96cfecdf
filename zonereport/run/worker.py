"""The child process that executes one chapter: ``python -m zonereport.run.worker`` in a work folder.

It finds ``task.json`` and ``source.ipynb`` in its working folder and leaves ``executed.ipynb`` and
``result.json``. Its standard input is a lifeline: when the other end closes, because the parent was
interrupted or killed, the worker takes its kernel down with it.
"""

import json
import os
import re
import sys
import threading
import time
from pathlib import Path

LONGEST = 300
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def main() -> None:
    """Execute the chapter of the working folder."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # at import jsonschema builds a grammar for IRIs, 0.9 s of papermill's 1.3 s; no notebook has one to check
    sys.modules.setdefault("rfc3987_syntax", None)
    task = json.loads(Path("task.json").read_text(encoding="utf-8"))
    started = time.perf_counter()
    reason = run(task["parameters"], cwd=task["cwd"])
    result = {"seconds": time.perf_counter() - started, "reason": reason}
    Path("result.json").write_text(json.dumps(result), encoding="utf-8")


def run(parameters: dict, *, cwd: str) -> str | None:
    """Execute ``source.ipynb`` with papermill into ``executed.ipynb``; return why it failed, or None.

    Both names are relative: papermill takes braces in a path for a format string, and writes the path
    into the notebook.
    """
    try:
        import papermill

        notebook = papermill.execute_notebook(
            "source.ipynb",
            "executed.ipynb",
            parameters,
            progress_bar=False,
            log_output=False,
            cwd=cwd,
            shutdown_kernel="immediate",
        )
    except Exception as error:
        # papermill wraps what a cell raised; ename and evalue are the cell's own words
        name = getattr(error, "ename", type(error).__name__)
        return one_line(f"{name}: {getattr(error, 'evalue', error)}")
    # papermill lets SystemExit pass, yet the cells after it never ran
    return "SystemExit: a cell ended the chapter early" if notebook.metadata.papermill.exception else None


def one_line(text: str) -> str:
    """Reduce a message to one plain line of bounded length.

    >>> one_line("\\x1b[31mKeyError\\x1b[0m:\\n  'park'")
    "KeyError: 'park'"
    """
    line = " ".join(ANSI.sub("", text).split()).removesuffix(":")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _die_with_parent() -> None:
    os.read(0, 1)
    import psutil

    for child in psutil.Process().children(recursive=True):
        child.kill()
    os._exit(1)


if __name__ == "__main__":
    main()
