"""A book prints what its data can say: sections without an exhibit go, and so does what leads up to nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from nbformat import NotebookNode

REMOVED = "remove-cell"
# a cell that ends a document and belongs to none of its sections
CLOSING = "closing"
# what an output may be without printing anything by itself
SILENT = {"", "gap", "front"}
# what a chapter may hold without having a section
OPENING = {"verdict"}
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")


@dataclass
class _Part:
    """A heading, a text or the outputs of a cell; ``level`` is 0 for what is no heading."""

    cell: int
    level: int
    source: str
    prints: bool
    opening: bool = False
    closing: bool = False
    kept: bool = True


def elastic(book: NotebookNode) -> NotebookNode:
    """Return the book without lead-ins to exhibits that have nothing to show, empty sections and empty chapters.

    A text between two headings or exhibits leads in what the code cells behind it show. A heading stays where anything
    in its section is printed; one that is alone below its section goes, for a list of one has no number. A chapter of
    which only the answer in short is left goes, too.

    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
    >>> gap = new_output("display_data", metadata={"zonereport": {"role": "gap"}})
    >>> cells = [new_markdown_cell("# 总览\\n\\n本章"), new_markdown_cell("## 目标\\n\\n如下。")]
    >>> cells.append(new_code_cell(outputs=[gap]))
    >>> [cell.source for cell in elastic(new_notebook(cells=cells)).cells if cell.cell_type == "markdown"]
    []
    """
    parts = list(_parts(book.cells))
    _drop_lead_ins(parts)
    _drop_empty_sections(parts, level=1)
    _drop_lone_headings(parts)
    return _rebuilt(book, parts)


def _parts(cells: Sequence[NotebookNode]) -> Iterator[_Part]:
    for place, cell in enumerate(cells):
        if REMOVED in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            for block in re.split(r"\n\s*\n", cell.source.strip()):
                heading = _HEADING.match(block)
                level = len(heading[1]) if heading else 0
                yield _Part(place, level, block, prints=bool(block) and not level)
        elif cell.cell_type == "code":
            roles = {_role(output) for output in cell.get("outputs", ())} - SILENT
            closing = CLOSING in cell.metadata.get("tags", [])
            yield _Part(place, 0, "", prints=bool(roles), opening=bool(roles) and roles <= OPENING, closing=closing)


def _role(output: Mapping) -> str:
    return output.get("metadata", {}).get("zonereport", {}).get("role", "")


def _drop_lead_ins(parts: Sequence[_Part]) -> None:
    """A text goes where code cells follow it and none of them prints."""
    for place, part in enumerate(parts):
        if part.level or not part.source:
            continue
        shown = _shown_after(parts, place)
        if shown and not any(each.prints for each in shown):
            part.kept = False


def _shown_after(parts: Sequence[_Part], place: int) -> list[_Part]:
    """The code cells that a text leads in: those behind it, up to the next text or heading."""
    shown: list[_Part] = []
    for part in parts[place + 1 :]:
        if part.source and (part.level or shown):
            break
        if not part.source:
            shown.append(part)
    return shown


def _section(parts: Sequence[_Part], place: int) -> range:
    """The places of what stands below a heading."""
    level = parts[place].level
    end = place + 1
    while end < len(parts) and not 0 < parts[end].level <= level:
        end += 1
    return range(place + 1, end)


def _drop_empty_sections(parts: Sequence[_Part], level: int) -> None:
    for place, part in enumerate(parts):
        if part.level < level:
            continue
        inside = [parts[at] for at in _section(parts, place)]
        if part.level > 1:
            part.kept = any(each.kept and each.prints and not each.closing for each in inside)
        elif any(each.level > 1 for each in inside):
            # a sentence and the answer in short before the first section make no chapter, what a source says does
            first = next(at for at, each in enumerate(inside) if each.level > 1)
            before = [each for each in inside[:first] if not each.source and not each.opening]
            if not any(each.kept and each.prints for each in [*before, *inside[first:]]):
                part.kept = False
                for each in inside:
                    each.kept = False


def _drop_lone_headings(parts: Sequence[_Part]) -> None:
    """A heading below a section that has no other beside it says what the section's own heading says."""
    for place, part in enumerate(parts):
        if part.level != 2 or not part.kept:
            continue
        below = [parts[at] for at in _section(parts, place) if parts[at].level == 3 and parts[at].kept]
        if len(below) == 1:
            below[0].kept = False


def _rebuilt(book: NotebookNode, parts: Sequence[_Part]) -> NotebookNode:
    sources: dict[int, list[str]] = {}
    dropped: set[int] = set()
    for part in parts:
        if part.source and part.kept:
            sources.setdefault(part.cell, []).append(part.source)
        if not part.source and not part.kept:
            dropped.add(part.cell)
    made = deepcopy(book)
    cells = []
    for place, cell in enumerate(made.cells):
        if cell.cell_type == "markdown" and REMOVED not in cell.metadata.get("tags", []):
            cell.source = "\n\n".join(sources.get(place, []))
            if not cell.source:
                continue
        elif place in dropped:
            # the cover of the book stands in the first chapter that has one
            cell.outputs = [output for output in cell.outputs if _role(output) == "front"]
        cells.append(cell)
    made.cells = cells
    return made
