"""The chapter that stands in for a failed one: its title and a framed note with the reason.

Made of plain JSON: the process that conducts a run imports nothing that is slow.
"""

import json
import re

WORDS = "本章未生成，原因已记入日志。"


def note(source: dict, name: str, reason: str) -> dict:
    """Return a notebook (its JSON) in place of the notebook ``source``; without a heading its ``name`` is the title."""
    output = {
        "output_type": "display_data",
        # leaders read this; the reason is the analysts', in the log
        "data": {"text/html": f"<p>{WORDS}</p>", "text/plain": f"{WORDS}（{reason}）"},
        "metadata": {"zonereport": {"role": "notice"}},
    }
    heading = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {title(source) or name}"}
    code = {"cell_type": "code", "id": "notice", "metadata": {}, "execution_count": None, "outputs": [output]}
    # of the language it was written in: nbconvert colours the cells by it
    known = source.get("metadata", {})
    return {
        "cells": [heading, code | {"source": "# the chapter failed: see logs/"}],
        "metadata": {key: known[key] for key in ("kernelspec", "language_info") if key in known},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def text(notebook: dict) -> str:
    """Return a notebook as the text of its file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def title(source: dict) -> str:
    """Return the first level-1 heading of a notebook's Markdown cells, or an empty string.

    >>> title({"cells": [{"cell_type": "markdown", "source": ["前言\\n", "# 第一章 #\\n"]}]})
    '第一章'
    """
    for cell in source.get("cells", []):
        found = re.search(r"^#[ \t]+(.+?)[ \t#]*$", "".join(cell["source"]), re.M)
        if found and cell["cell_type"] == "markdown":
            return found[1]
    return ""
