"""Sentences without figures under the headings of a text: proposed as statements, to be put into words of one's own."""

import re
from dataclasses import dataclass

from zonereport.inputs.texts.plain import Plain
from zonereport.inputs.texts.wording import clean

# which chapter of the report a heading belongs to; the first that fits counts
_SECTIONS = (
    ("goals", r"下一步|明年|打算|展望|目标|工作安排|工作计划|思路"),
    ("innovation", r"创新|科技|人才|改革|营商|金融"),
    ("enterprises", r"企业|培育|梯队"),
    ("projects", r"项目|招商|投资|产业|签约"),
    ("places", r"功能|载体|城市|产城|基础|配套|建设|民生|园区|融合"),
    ("governance", r"安全|环保|生态|稳定|治理|信访|党建|作风|队伍|廉政"),
    ("indicators", r"指标|运行|经济|主要|总体"),
)
_HEADING = re.compile(r"^\s*(?:([A-H])[\s、.．]?|[（(]?([一二三四五六七八九十]{1,3})[)）、.．])\s*(.{2,30})$")
_INLINE = re.compile(
    r"^\s*(?:[A-H][\s、.．]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[一二三四五六七八]是)\s*([^。，]{2,16})[。，：]"
)
_PLAN = re.compile(r"将|力争|计划|下一步|明年|即将|确保|打算|拟")
_MEASURE = re.compile(r"开展|推进|落实|加强|坚持|完善|健全|深化|强化|推动|组织|抓好|聚焦|实施|做好")
SHORTEST, LONGEST = 10, 160


@dataclass(frozen=True)
class Statement:
    """A sentence without figures: its chapter, a short subject, whether it is done, a measure or a plan."""

    section: str
    subject: str
    kind: str
    quote: str
    a: int


def find_statements(plain: Plain) -> list[Statement]:
    """Return the sentences without figures that stand under a heading of the text."""
    found: list[Statement] = []
    section, offset = "", 0
    subjects: set[tuple[str, str]] = set()
    for line in plain.text.split("\n"):
        heading = _HEADING.match(line) or _INLINE.match(line)
        if heading:
            section = section_of(heading[heading.lastindex]) or section
        for sentence in re.finditer(r"[^。；！]+[。；！]?", line):
            words = sentence[0].strip()
            if not section or not SHORTEST <= len(words) <= LONGEST or re.search(r"\d", words):
                continue
            if not words.endswith(("。", "！", "；")):
                continue
            subject = _subject(words)
            if len(subject) < 2 or (section, subject) in subjects:
                continue
            subjects.add((section, subject))
            found.append(Statement(section, subject, _kind(words), words, offset + sentence.start()))
        offset += len(line) + 1
    return found


def section_of(heading: str) -> str:
    """Return the chapter that a heading belongs to; nothing where no word tells.

    >>> section_of("项目建设加速推进"), section_of("抓安全环保"), section_of("附件")
    ('projects', 'governance', '')
    """
    return next((section for section, words in _SECTIONS if re.search(words, heading)), "")


def _subject(words: str) -> str:
    words = re.sub(
        r"^\s*(?:[A-H][\s、.．]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[一二三四五六七八]是)\s*", "", words
    )
    return clean(re.split(r"[，：。；]", words)[0])[:14]


def _kind(words: str) -> str:
    if _PLAN.search(words):
        return "plan"
    if _MEASURE.search(words):
        return "measure"
    return "done"
