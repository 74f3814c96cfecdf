"""Which office answers for a figure: decides between two that send different ones for one key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.history.log import ARROW
from zonereport.inputs.model import ZoneFile

# what offices are called for short, and the words of the dictionary
SHORT = {
    "发改": "发展改革",
    "工信": "工业和信息化",
    "人社": "人力资源",
    "资规": "自然资源",
    "国土": "自然资源",
    "环保": "生态环境",
    "应急": "应急管理",
    "安监": "应急管理",
}
SAME, NEW, OLD, OPEN = "same", "new", "old", "open"


@dataclass(frozen=True)
class Offices:
    """Says whose figure stands.

    ``sender`` is the office of the book that is imported, ``senders`` are those of earlier books by their names.
    """

    dictionary: Dictionary
    about: ZoneFile
    sender: str = ""
    senders: Mapping[str, str] = field(default_factory=dict)

    def of_row(self, row: Mapping[str, str]) -> str:
        """Return who sent a row that stands: the office of its book, else the publisher of its source."""
        book = row.get("locator", "").partition(ARROW)[0]
        return self.senders.get(book) or self._publisher(row.get("source", ""))

    def of_record(self, cells: Mapping[str, str]) -> str:
        """Return who sends the cells of a record."""
        return self.sender or self._publisher(cells.get("source", ""))

    def answering(self, code: str) -> str:
        """Return the words of the dictionary for who answers for a figure."""
        if code in self.dictionary.indicators.index:
            return self.dictionary.indicators.at[code, "publisher"]
        return ""

    def judge(self, row: Mapping[str, str], cells: Mapping[str, str]) -> str:
        """Say whose figure of one key stands: same office, the new one's, the old one's, or open."""
        old, new = self.of_row(row), self.of_record(cells)
        if not old or not new or spoken_alike(old, new):
            return SAME
        words = re.split("[、，,]", self.answering(cells.get("code", "")))
        of_old, of_new = _names(old, words), _names(new, words)
        if of_new and not of_old:
            return NEW
        if of_old and not of_new:
            return OLD
        return OPEN

    def _publisher(self, source: str) -> str:
        for one in self.about.sources:
            if one.id == source:
                return one.publisher
        return ""


def sender_of(name: str, dictionary: Dictionary, about: ZoneFile) -> str:
    """Return the office that the name of a book names, where dictionary or zone.yml know it; else nothing.

    A file called 报表 or evt says nothing of who sent it.
    """
    words = {word for text in dictionary.indicators["publisher"] for word in re.split("[、，,]", text)}
    if _names(name, sorted(words)) or any(spoken_alike(name, source.publisher) for source in about.sources):
        return name
    return ""


def source_of_code(about: ZoneFile, dictionary: Dictionary, code: str, year: int) -> str:
    """Return the source that a template names for a figure: the only one, else that of the office that answers for it.

    Else the zone's own bulletin: the only document of its issuer. Empty where nobody can say.
    """
    found = [source for source in about.sources if source.is_of(year)]
    if len(found) == 1:
        return found[0].id
    words: list[str] = []
    if code in dictionary.indicators.index:
        words = re.split("[、，,]", dictionary.indicators.at[code, "publisher"])
    for fits in (lambda one: _names(one.publisher, words), lambda one: one.publisher == about.issuer):
        fitting = [source.id for source in found if fits(source)]
        if len(fitting) == 1:
            return fitting[0]
    return ""


def spoken_alike(one: str, other: str) -> bool:
    """Whether two names are of one office: 统计局 and 某市统计局, 发改委 and 发展改革局.

    >>> spoken_alike("统计局", "某市统计局"), spoken_alike("财政", "税务局"), spoken_alike("发改委", "发展改革局")
    (True, False, True)
    """
    bare = [_bare(name) for name in (one, other)]
    return bool(all(bare)) and (bare[0] in bare[1] or bare[1] in bare[0])


def _bare(name: str) -> str:
    name = re.sub(r"（.*?）|\(.*?\)", "", name).strip()
    for short, long in SHORT.items():
        if long not in name:
            name = name.replace(short, long)
    return re.sub(r"(?:委员会|部门|局|委|办|处|科|厅)$", "", name)


def _names(office: str, words: list[str]) -> bool:
    return any(word and word in _bare(office) for word in words)
