"""A book is one notebook: the cells of its chapters, one after the other."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import nbformat
from nbformat import NotebookNode

from zonereport.publish.errors import PublishError


def assemble(chapters: Sequence[NotebookNode]) -> NotebookNode:
    """Concatenate executed chapters into one notebook; the chapters themselves stay as they are.

    Cell ids become ``chapter-cell`` counters: unique over the book, the same on every run. Of the metadata
    the earliest chapter that has a key wins, and a kernelspec is always there.

    Raises:
        PublishError: there is no chapter.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> chapters = [new_notebook(cells=[new_markdown_cell(text)]) for text in ("# 经济", "# 产业")]
    >>> [(cell.id, cell.source) for cell in assemble(chapters).cells]
    [('c01-001', '# 经济'), ('c02-001', '# 产业')]
    """
    if not chapters:
        raise PublishError("a book needs at least one chapter")
    metadata: dict[str, Any] = {}
    cells = []
    for number, chapter in enumerate(chapters, start=1):
        _fill(metadata, chapter.metadata)
        for place, cell in enumerate(deepcopy(chapter.cells), start=1):
            # chapters number their cells each from one
            cell.id = f"c{number:02d}-{place:03d}"
            cells.append(cell)
    metadata.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _fill(target: dict[str, Any], extra: Mapping[str, Any]) -> None:
    """Copy what ``target`` lacks, level by level."""
    for key, value in extra.items():
        if isinstance(value, Mapping):
            inner = target.setdefault(key, {})
            if isinstance(inner, dict):
                _fill(inner, value)
        else:
            target.setdefault(key, deepcopy(value))
