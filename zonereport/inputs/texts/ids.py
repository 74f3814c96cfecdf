"""Ids for the things that a text names: proposed, never given by likeness."""

from zonereport.inputs.aliases import undressed
from zonereport.inputs.texts.document import Document
from zonereport.inputs.workbook.context import Context

_PREFIX = {"projects": "project", "carriers": "carrier", "works": "work", "enterprises": "firm"}


class Ids:
    """Proposes ids: that of a thing of the same name, else one of the year and a number."""

    def __init__(self, context: Context, document: Document):
        self.context = context
        self.year = document.period[:4] or "new"
        self.given: dict[tuple[str, str], str] = {}

    def known(self, table: str, name: str) -> str:
        """Return the id that the zone has for just this name."""
        frame = self.context.frames.get(table)
        if frame is None:
            return ""
        key = self.context.schemas[table].key[0]
        found = [
            one for one, title in zip(frame[key], frame["name"], strict=True) if undressed(title) == undressed(name)
        ]
        return found[0] if len(found) == 1 else ""

    def of(self, table: str, name: str) -> tuple[str, str]:
        """Return the id of a name, and what to say of it."""
        if found := self.known(table, name):
            return found, "本开发区已有此名称"
        if (table, name) not in self.given:
            frame = self.context.frames.get(table)
            taken = set() if frame is None else set(frame[self.context.schemas[table].key[0]])
            taken |= {one for (of_table, _), one in self.given.items() if of_table == table}
            number = 1
            while f"{_PREFIX[table]}-{self.year}-{number:02d}" in taken:
                number += 1
            self.given[(table, name)] = f"{_PREFIX[table]}-{self.year}-{number:02d}"
        return self.given[(table, name)], self._like(table, name)

    def _like(self, table: str, name: str) -> str:
        frame = self.context.frames.get(table)
        if frame is None:
            return "编号为建议"
        near = [title for title in frame["name"] if name in title or title in name]
        if near:
            return f"编号为建议；已有相近名称：{'、'.join(sorted(near)[:3])}"
        return "编号为建议"
