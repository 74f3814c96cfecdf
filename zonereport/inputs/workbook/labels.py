"""Row labels: which indicator, peer or park a row is about, under which heading, and what its other words say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zonereport.inputs.aliases import undressed, unnumbered
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import indent, plain, split_unit
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import Header
from zonereport.inputs.workbook.mapping import SheetMapping
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.phrases import read_phrases
from zonereport.inputs.workbook.senses import Sense, named
from zonereport.inputs.workbook.words import EITHER, ELSEWHERE, FOOTNOTE, HEADINGS, TOTALS, WHOLE
from zonereport.language import noted, tr

MONTH_ALONE = noted("a figure of the month alone")
NAMES = {"code": "indicators", "peer": "peers", "park": "parks"}


@dataclass
class Label:
    """The label of a row: its text, its path below the labels it is indented under, and what it means.

    ``question`` says what stands against taking the row; ``match`` is a likeness to confirm or names to choose from;
    ``left_out`` is a row that is no data.
    """

    text: str
    path: str
    meaning: str = ""
    sense: Sense = field(default_factory=Sense)
    question: str = ""
    match: Match | None = None
    left_out: bool = False
    mapped: bool = False

    @property
    def strange_heading(self) -> bool:
        """Whether it would be a heading that nobody knows, above rows of figures."""
        return not self.mapped and not self.meaning and not is_plain_heading(self.text)


class Labels:
    """Reads the labels of a table from top to bottom, because a label may stand under another."""

    def __init__(self, sheet: Sheet, column: int, kind: str, mapping: SheetMapping, context: Context):
        self.sheet, self.column, self.kind, self.mapping, self.context = sheet, column, kind, mapping, context
        self.units = frozenset(context.dictionary.units)
        self.names = getattr(context, NAMES[kind]) if kind in NAMES else None
        self.parents: list[tuple[int, Label]] = []

    def read(self, row: int, *, figures: bool) -> Label:
        """Return the label of ``row``; a label without ``figures`` is a heading of those below it."""
        value = self.sheet.at(row, self.column, fill=True)
        if isinstance(value, str) and self.kind == "code":
            value = unnumbered(value)
        text = plain(value)
        deep = indent(value) + self.sheet.indents.get((row, self.column), 0)
        # a label that stands as far left as its parent is its sibling
        while self.parents and self.parents[-1][0] >= deep:
            self.parents.pop()
        label = Label(text, "/".join([parent.text for _, parent in self.parents] + [text]))
        if self.names is not None and text:
            self._understand(label, figures)
        # a row without figures may still be the whole that the rows below are parts of
        self.parents.append((deep, label))
        return label

    def _understand(self, label: Label, figures: bool) -> None:
        for name in (label.path, label.text):
            if name in self.mapping.rows:
                self._take_mapped(label, self.mapping.rows[name])
                return
        # a total of rows is computed, not read, unless the mapping names it
        if undressed(label.text) in TOTALS:
            label.left_out = True
            return
        if self.kind == "park" and undressed(label.text) in WHOLE:
            label.meaning = label.text
            return
        _, label.meaning, label.sense = named(label.text, [(self.kind, self.names.get)], self.units)
        # 海外 below 引进高层次人才 names only the part
        if not label.meaning and self.kind == "code":
            label.meaning = self._part(label.text) or ""
            if label.meaning:
                label.sense = Sense(units=label.sense.units)
        # a heading is asked about only where figures stand below it
        if label.meaning and figures:
            label.question = self._either(label) or self._against(label)
        elif not label.meaning:
            label.match = self.names.match(split_unit(label.text)[0])

    def _take_mapped(self, label: Label, meaning: str | None) -> None:
        """Take the meaning that the mapping gives a label; None leaves its row out."""
        label.left_out, label.mapped = meaning is None, True
        label.meaning = meaning or ""
        # units and words beside the name are read whatever the mapping says of it
        _, understood, sense = named(label.text, [(self.kind, self.names.get)], self.units)
        if understood:
            label.sense = sense
        elif (unit := split_unit(label.text)[1]) in self.units:
            label.sense = Sense(units=[unit])

    def _part(self, text: str) -> str | None:
        """The code of a label that says only a part: 海外 under 引进高层次人才 is 引进海外高层次人才."""
        if not self.parents:
            return None
        parent = split_unit(self.parents[-1][1].text)[0]
        return self.context.indicators.of_parts(parent, split_unit(text)[0])

    def _either(self, label: Label) -> str:
        """Return what to ask of a name that may be a stock or what was new; nothing once the zone was taught it."""
        bare = undressed(split_unit(label.text)[0])
        if self.kind != "code" or bare not in EITHER or bare in {undressed(row.name) for row in self.context.learnt}:
            return ""
        return tr("{meaning}; a row of the mapping says which", meaning=tr(EITHER[bare]))

    def _against(self, label: Label) -> str:
        """Return what speaks against a row: words that make another figure of it, or the whole it is a part of."""
        # 工业投资（当月） is a known name and another figure
        for tag in ("month", *ELSEWHERE):
            if tag in label.sense.tags:
                reason = tr(ELSEWHERE.get(tag, MONTH_ALONE))
                return tr("a figure of the table; this is {reason}", reason=reason)
        if label.sense.unknown:
            return tr("a name of the dictionary without {unknown}", unknown="、".join(label.sense.unknown))
        # 其中：工业投资 below 民间投资 is a part of that, and not all of 工业投资
        for _, parent in self.parents:
            if not self._is_whole(parent, label):
                return tr(
                    "a row of the mapping that says whether {label} under {parent} is {meaning}",
                    label=label.text,
                    parent=parent.text,
                    meaning=self.context.code_text(label.meaning),
                )
        return ""

    def _is_whole(self, parent: Label, label: Label) -> bool:
        """Whether the label above names what the row is a part of anyway: a known indicator, or a plain heading."""
        bare = undressed(split_unit(parent.text)[0])
        if parent.mapped or (parent.meaning and not parent.question):
            return True
        return is_plain_heading(parent.text) or bare in undressed(label.text) or bare in TOTALS | WHOLE


def is_plain_heading(text: str) -> bool:
    """Return whether a heading of rows changes nothing of them.

    >>> is_plain_heading("一、工业经济"), is_plain_heading("主要指标"), is_plain_heading("民间投资")
    (True, True, False)
    """
    bare = undressed(split_unit(text)[0])
    phrases = read_phrases(bare)
    return bool(HEADINGS.fullmatch(undressed(phrases.rest))) and not phrases.left


def data_rows(sheet: Sheet, header: Header) -> Iterator[int]:
    """Yield the rows below the header that hold data: not hidden, not empty, no footnote, no header once more."""
    troubles = set()
    for place in sheet.troubles:
        troubles.add(place[0])
    again = {tuple(plain(value) for value in sheet.grid[row]) for row in range(header.first, header.last + 1)}
    for row in range(header.last + 1, len(sheet.grid)):
        if row in sheet.hidden:
            continue
        texts = tuple(plain(value) for value in sheet.grid[row])
        filled = []
        for text in texts:
            if text:
                filled.append(text)
        # a formula without result is empty to a reader and must not be passed over
        if (not filled and row not in troubles) or texts in again or (filled and FOOTNOTE.match(filled[0])):
            continue
        yield row


def row_is_filled(sheet: Sheet, row: int, columns: Iterable[int]) -> bool:
    """Whether a row holds something in one of ``columns``, be it a value that cannot be trusted."""
    return any(plain(sheet.at(row, column)) or (row, column) in sheet.troubles for column in columns)


def holds_something(sheet: Sheet, header: Header, column: int) -> bool:
    """Whether a column holds something below its header."""
    return any(plain(sheet.at(row, column)) for row in data_rows(sheet, header))


def notes_below(sheet: Sheet, header: Header) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the footnotes below a header: they are no data, and may say what it means."""
    for row in range(header.last + 1, len(sheet.grid)):
        for column, value in enumerate(sheet.grid[row]):
            text = plain(value)
            if text:
                if FOOTNOTE.match(text):
                    yield row, column, text
                break
