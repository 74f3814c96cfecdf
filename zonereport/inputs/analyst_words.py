"""An analyst's own words on exhibits: data/<zone>/words/<period>.md, read, checked, and written anew.

A file has a heading for each exhibit, its name first; beneath it, as a quotation, what the exhibit said when the words
were written and the fingerprint of its figures; then 原因分析 and 下一步 with the text, which is the analyst's:

    # projects.stages 各阶段项目数与计划总投资
    > 在建项目最多，有11个，计划总投资86.32亿元
    > 依据 3f2a9c1b7d4e

    ## 原因分析
    土地交付集中在下半年。

    ## 下一步
    - 逐个核对开工时间。

What stands above the first heading is for whoever writes, and is printed nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from zonereport.inputs.characters import described, unprintable, visible
from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.period import Period
from zonereport.language import tr

FOLDER = "words"
CAUSE, NEXT = "原因分析", "下一步"
SECTIONS = (CAUSE, NEXT)
_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_BASIS = re.compile("依据 ?([0-9a-f]{12})")
PREAMBLE = """\
<!-- 分析人员的话：写在各项的“原因分析”“下一步”下面，随该项印在各种文件中，重新生成报告时保留；不写的不印。
     井号后是该项的名称，引文是写作时的结论和依据，由 zonereport words 填写，请勿改动。
     可用段落、“- ”开头的要点和“1. ”开头的序号；其余符号照原样印出。 -->
"""


@dataclass(frozen=True)
class Words:
    """What an analyst says of an exhibit: why it is so and what comes next, as texts of the small prose format.

    ``claim`` is what the exhibit said when the words were written and ``basis`` the fingerprint of its figures then,
    both empty where nobody noted them. ``row`` is the line of the heading.
    """

    name: str
    title: str = ""
    claim: str = ""
    basis: str = ""
    cause: str = ""
    next: str = ""
    row: int = 0

    @property
    def written(self) -> bool:
        """Whether the analyst has said anything."""
        return bool(self.cause or self.next)


def read_words(folder: Path) -> tuple[dict[str, tuple[Words, ...]], list[Path], list[Fault]]:
    """Read all files of a zone's folder ``words``: the words by period, the files, and every fault of them."""
    words: dict[str, tuple[Words, ...]] = {}
    faults: list[Fault] = []
    paths = sorted((folder / FOLDER).glob("*.md"))
    for path in paths:
        file = f"{FOLDER}/{path.name}"
        try:
            period = str(Period.parse(path.stem))
        except Refused:
            faults.append(Fault(file, None, None, path.stem, tr("a period as the name, such as 2022-12.md")))
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            faults.append(Fault(file, None, None, tr("another encoding"), tr("text in UTF-8")))
            continue
        entries, found = parse(text, file)
        faults += found
        # 2022-01.md and 2022年1月.md are one period
        if period in words:
            faults.append(Fault(file, None, None, period, tr("one file a period")))
        words[period] = entries
    return words, paths, faults


def parse(text: str, file: str) -> tuple[tuple[Words, ...], list[Fault]]:
    """Read the words of a file, and every fault of it with its line.

    >>> entries, faults = parse("# projects.stages 阶段\\n> 在建最多\\n\\n## 原因分析\\n雨季。\\n", "words/2022.md")
    >>> entries[0].name, entries[0].claim, entries[0].cause, entries[0].next, faults
    ('projects.stages', '在建最多', '雨季。', '', [])
    """
    reader = _Reader(file)
    for row, line in enumerate(text.splitlines(), 1):
        reader.take(row, line.rstrip())
    return tuple(reader.entries()), reader.faults


class _Reader:
    """Takes a file line by line."""

    def __init__(self, file: str):
        self.file, self.faults = file, []
        self.found: list[Words] = []
        self.lines: dict[str, list[str]] = {}
        self.section = ""

    def take(self, row: int, line: str) -> None:
        character = unprintable(line.replace("\t", " "))
        if character:
            self._fault(
                row,
                visible(line),
                tr("characters that can be printed, not {character}", character=described(character)),
            )
        if line.startswith("# "):
            self._begin(row, line)
        elif not self.found:
            # for whoever writes, printed nowhere
            return
        elif line.startswith("## "):
            self._open(row, line)
        elif line.startswith(">") and not self.section:
            self._quote(line[1:].strip())
        elif self.section:
            self.lines[self.section].append(line)
        elif line.strip():
            self._fault(row, line, tr("a heading above it: ## {one} or ## {other}", one=CAUSE, other=NEXT))

    def _begin(self, row: int, line: str) -> None:
        self._finish()
        name, _, title = line[2:].strip().partition(" ")
        if not _NAME.fullmatch(name):
            self._fault(row, name, tr("the name of an exhibit, such as projects.stages"))
        if name in {each.name for each in self.found}:
            self._fault(row, name, tr("each exhibit once"))
        self.found.append(Words(name, title.strip(), row=row))

    def _open(self, row: int, line: str) -> None:
        title = line[3:].strip()
        if title not in SECTIONS:
            self._fault(row, line, tr("## {one} or ## {other}", one=CAUSE, other=NEXT))
        if title in self.lines:
            self._fault(row, line, tr("## {title} once for each exhibit", title=title))
        self.section = title
        self.lines.setdefault(title, [])

    def _quote(self, text: str) -> None:
        basis = _BASIS.fullmatch(text)
        if basis:
            self.found[-1] = replace(self.found[-1], basis=basis[1])
        elif text:
            self.found[-1] = replace(self.found[-1], claim=self.found[-1].claim + text)

    def _finish(self) -> None:
        if self.found:
            texts = {title: "\n".join(self.lines.get(title, ())).strip("\n") for title in SECTIONS}
            self.found[-1] = replace(self.found[-1], cause=texts[CAUSE], next=texts[NEXT])
        self.lines, self.section = {}, ""

    def _fault(self, row: int, value: str, expected: str) -> None:
        self.faults.append(Fault(self.file, row, None, value, expected))

    def entries(self) -> list[Words]:
        """All words, once the last line is taken."""
        self._finish()
        return self.found


def rendered(entries: Iterable[Words]) -> str:
    """Return the file of some words; what ``parse`` reads of it is the same.

    >>> entry = Words("projects.stages", "阶段", "在建最多", "3f2a9c1b7d4e", "雨季。", "", 4)
    >>> parse(rendered([entry]), "words/2022.md")[0] == (replace(entry, row=5),)
    True
    """
    pieces = [PREAMBLE]
    for entry in entries:
        quotation = ""
        if entry.claim:
            quotation += f"> {entry.claim}\n"
        if entry.basis:
            quotation += f"> 依据 {entry.basis}\n"
        heading = f"# {entry.name} {entry.title}".rstrip()
        cause, following = _body(entry.cause), _body(entry.next)
        pieces.append(f"{heading}\n{quotation}\n## {CAUSE}\n{cause}\n## {NEXT}\n{following}")
    return "\n".join(pieces)


def _body(text: str) -> str:
    return f"{text}\n" if text else ""
