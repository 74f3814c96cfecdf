"""A figure and what it is made of, to be printed as a tree or handed to a machine."""

import html
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Node:
    """One line of a tree: what it is, the figure as printed, where it stands, and what it is made of.

    ``place`` is the book and cell, or the place in the source; ``received`` the day; ``sent`` when which book was
    imported, and by whom it was sent.
    """

    name: str
    figure: str = ""
    formula: str = ""
    source: str = ""
    place: str = ""
    received: str = ""
    sent: str = ""
    parts: tuple["Node", ...] = ()

    @property
    def words(self) -> str:
        """The line itself."""
        text = self.name
        if self.figure:
            text += f"：{self.figure}"
        more = [self.source, self.place]
        if self.received:
            more.append(f"收到日{self.received}")
        more.append(self.sent)
        more = [word for word in more if word]
        if more:
            text += f"（{'；'.join(more)}）"
        return text

    def lines(self) -> list[str]:
        """Return the tree, a line each."""
        lines = [self.words]
        below: list[list[str]] = []
        if self.formula:
            below.append([f"算法：{self.formula}"])
        below += [part.lines() for part in self.parts]
        for place, inner in enumerate(below):
            last = place == len(below) - 1
            lines.append(("└─ " if last else "├─ ") + inner[0])
            lines += [("   " if last else "│  ") + line for line in inner[1:]]
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def as_dict(self) -> dict[str, object]:
        """Return the tree as nested dicts, for JSON."""
        return asdict(self)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def __repr__(self) -> str:
        return str(self)
