"""What a notebook shows, output by output, for formats that have sheets or slides in place of pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from zonereport.publish.document import LABELS, role
from zonereport.publish.elastic import elastic

_WORDS = {"figure": "chart", "table": "table"}
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")


@dataclass(frozen=True)
class Shown:
    """One output: its role, what it says of itself, its text and HTML, and under which headings it stands.

    ``label`` is the number that it has in the document (图 3): figures and tables are counted in their order.
    """

    role: str
    about: Mapping[str, Any]
    plain: str = ""
    html: str = ""
    chapter: str = ""
    section: str = ""
    label: str = ""
    small: bool = field(default=False)

    @property
    def caption(self) -> str:
        """The title of a figure or a table."""
        return str(self.about.get("caption") or "")

    @property
    def note(self) -> str:
        """Scope, unit and source."""
        return str(self.about.get("note") or "")

    @property
    def claim(self) -> str:
        """The finding; empty where there is none."""
        return str(self.about.get("claim") or "")


def shown(notebook: NotebookNode) -> Iterator[Shown]:
    """Yield what the document of the same chapters prints, in its order, without its pages."""
    counts = dict.fromkeys(LABELS, 0)
    headings = {1: "", 2: ""}
    for cell in elastic(notebook).cells:
        if cell.cell_type == "markdown":
            _follow(cell.source, headings)
        for output in cell.get("outputs", ()):
            about = role(output)
            kind = _WORDS.get(about.get("role", ""))
            label = ""
            if kind:
                counts[kind] += 1
                label = f"{LABELS[kind]}{counts[kind]}"
            data = output.get("data", {})
            yield Shown(
                role=str(about.get("role", "")),
                about=about,
                plain=str(data.get("text/plain", "")),
                html=str(data.get("text/html", "")),
                chapter=headings[1],
                section=headings[2],
                label=label,
                small="small-print" in cell.metadata.get("tags", ()),
            )


def _follow(source: str, headings: dict[int, str]) -> None:
    for line in source.splitlines():
        found = _HEADING.match(line)
        if not found or len(found[1]) > 2:
            continue
        headings[len(found[1])] = found[2].strip()
        if len(found[1]) == 1:
            headings[2] = ""
