"""Numbers that begin anew: each numbered list, and the sections of each annex, count for themselves."""

from lxml import etree

from zonereport.publish.docx.xml import W, element

# of templates/zonereport/office/numbering.xml
HEADINGS, POINTS, ITEMS = 1, 2, 3
# headings 一、（一）1.（1）
LEVELS = 4


class Numbers:
    """The numbering of a file: hands out the number that a list, or a heading, refers to."""

    def __init__(self, numbering: etree._Element):
        self._numbering = numbering
        self.headings = HEADINGS

    def items(self, start: int) -> int:
        """Return the number of a new list that begins with ``start``."""
        return self._new(ITEMS, {0: start})

    def annex(self) -> None:
        """Let the headings below an annex, which has no number itself, begin with 1."""
        self.headings = self._new(HEADINGS, dict.fromkeys(range(1, LEVELS), 1))

    def _new(self, kind: int, starts: dict[int, int]) -> int:
        number = 1 + len(self._numbering.findall(f"{{{W}}}num"))
        # abstract numbers count from 0
        made = element("num", element("abstractNumId", val=kind - 1), numId=number)
        for level, start in starts.items():
            made.append(element("lvlOverride", element("startOverride", val=start), ilvl=level))
        self._numbering.append(made)
        return number
