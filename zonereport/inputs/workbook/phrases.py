"""The grammar of periods as offices write them: a phrase is read whole, or it is no period but a question."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from zonereport.inputs.period import Period

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣─━～~〜∼﹘⁃", "-"))
_DIGITS = dict(zip("〇○Ｏ零一二三四五六七八九", "0000123456789", strict=True))
_NUMERALS = {
    word: number
    for number, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
} | {"两": 2}
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_NUMERAL = r"(?:十[一二]?|[一二三四五六七八九])"
# the ways to write a period, the most telling first: a day is no period but must not be taken for one
_GRAMMAR = re.compile(
    rf"""
    (?P<day>(?P<day_y>{_YEAR})(?:年(?=\d+月)|(?=-\d+-\d|/\d+/\d|\.\d+\.\d)[-/.])(?P<day_m>{_MONTH})[-月/.](?P<day_d>3[01]|[12]\d|0?[1-9])
        (?:日|号|(?![\d月-]))
      |(?<!\d)(?P<day8_y>{_YEAR})(?P<day8_m>0[1-9]|1[0-2])(?P<day8_d>0[1-9]|[12]\d|3[01])(?!\d)
      |(?P<md_m>{_MONTH})月(?P<md_d>3[01]|[12]\d|0?[1-9])[日号])
    |(?P<spans>(?P<s_y>{_YEAR})(?:年|-|/|\.)?(?P<s_m>0[1-9]|1[0-2]|[1-9](?=月))月?份?-(?P<s_y2>{_YEAR})(?:年|-|/|\.)?
      (?P<s_m2>0[1-9]|1[0-2]|[1-9](?=月))月?份?)
    |(?P<iso>(?<![\d.])(?P<iso_y>{_YEAR})(?P<iso_sep>[-/._]?)(?P<iso_m>1[0-2]|0[1-9]|(?<=[-/._])[1-9])(?:月份?)?(?![\d%])
      (?!-\d|年|月|[-/.]\d))
    |(?:(?P<y>{_YEAR})(?:年度|年|[-/._])?)?(?P<upto>截至|截止到?|至)?(?:
       (?P<from>{_MONTH})月?份?-(?P<to>{_MONTH})月份?
      |前(?P<firstq>[1-4一二三四两])个?季度?|(?:1|一)-(?P<firstq2>[2-4二三四])季度
      |(?:第)?(?P<q>[1-4一二三四])季度|Q(?P<q_en>[1-4])|第(?P<q_nth>[1-4一二三四])季(?!度)
      |前(?P<firstm>{_MONTH})个?月
      |(?P<half>[上下])半年(?:度)?|H(?P<half_en>[12])
      |(?P<m>{_MONTH})月(?:份|底|末)?
      |(?P<whole>全年)(?!目标|任务|计划|预期|预计)
     )(?P<end>底|末|止)?
    |(?P<y_range>(?<!\d){_YEAR})(?:年|\.)(?P<r_from>{_MONTH})-(?P<r_to>{_MONTH})(?![\d月])
    |(?<![\d.])(?P<year>{_YEAR})(?:年度|年(?!\d)|(?![\d.年万亿元家户个人吨平亩件起项%]))
    """,
    re.VERBOSE,
)
# what of a period may be left when the grammar has read all it can
_LEFT = re.compile(
    r"[上中下]旬|首季|\d+[)\]}]?个?月|\d+[)\]}]?季|[一二三四五六七八九十]+个?季|[一二三四五六七八九十]+月|半年|\d+[)\]}]?[年日]|\d{4,}年"
    r"|(?<![.\d])(?:19|20)\d\d(?![\d万亿元家户个人吨平亩件起项%])"
)
_LETTER = re.compile(rf"[〔\[(]{_YEAR}[〕\])]第?\d+号")
# words in front of a day that say when somebody wrote, not what the figures are about
_OF_WRITING = re.compile(
    r"(?:填报|填表|报送|上报|报出|制表|印发|编制|打印|导出|更新|生成|发布|公布|审核|提供)(?:日期|时间|日|于|期)?[:：]?$"
)


@dataclass(frozen=True)
class When:
    """A period as a phrase names it: ``year`` None where another witness must name it; ``last`` the last month.

    ``kind`` is year, ytd (1-10月), month (10月: alone, or up to it), quarter or half; ``text`` is what was read.
    """

    year: int | None
    last: int
    kind: str
    text: str = ""

    @property
    def period(self) -> Period | None:
        """The period, if the year is known."""
        if self.year is None or not 1949 <= self.year <= 2100:
            return None
        kind = {"ytd": "month"}.get(self.kind, self.kind)
        return Period(self.year, self.last, kind)

    @property
    def precise(self) -> bool:
        """Whether it says more than a year."""
        return self.kind != "year"


@dataclass(frozen=True)
class Phrases:
    """What a text says of periods: those it names, what of one is left unread, and the text without them."""

    found: tuple[When, ...]
    left: str
    rest: str


def even(text: str) -> str:
    """Return a text as the grammar reads it: half-width, one dash, digits for numerals of years and months.

    >>> even("二〇二二年 １—十一月份"), even("2022年1一10月"), even("一至三季度"), even("一般公共预算")
    ('2022年1-11月份', '2022年1-10月', '一-三季度', '一般公共预算')
    """
    text = unicodedata.normalize("NFKC", text).translate(DASHES)
    text = re.sub(r"(?<=[\d年月季度])\s*(?:至|到)\s*(?=[\d一二三四五六七八九十])", "-", text)
    text = re.sub(r"(?<=[一二三四五六七八九十])\s*(?:至|到)\s*(?=[\d一二三四五六七八九十]+[月季])", "-", text)
    # a space inside a phrase is dress; between two numbers it keeps them apart
    text = re.sub(r"\s+(?=\D)|(?<=\D)\s+", "", text)
    text = re.sub(rf"(?<!\d)({_YEAR})\s+(?={_MONTH}月|{_MONTH}-)", r"\1年", text)
    text = re.sub(r"[〇○Ｏ零一二三四五六七八九]{4}(?=年)", lambda m: "".join(_DIGITS[c] for c in m[0]), text)
    text = re.sub(r"(?<=\d)一(?=\d)", "-", text).replace("元月", "1月")
    text = re.sub(r"(?<=月)一(?=\d+月)", "-", text)
    text = re.sub(rf"(?<![一二三四五六七八九十第]){_NUMERAL}(?=月|-(?:\d|{_NUMERAL})+月)", _numeral, text)
    return text


@lru_cache(maxsize=20_000)
def read_phrases(text: str) -> Phrases:
    """Read every period that a text names; a year inside a month of that year is not one more.

    >>> [str(read_phrases(t).found[0].period) for t in ("2022年1-11月指标", "2022年前三季度", "2019Q4")]
    ['2022-11', '2022-09', '2019Q4']
    >>> read_phrases("2022年10月15日填报").found, bool(read_phrases("2022年1-13月").left), read_phrases("主要指标").left
    ((), True, '')
    """
    # the number of an official letter, 某统〔2022〕15号, names no period
    plain = _LETTER.sub("", even(text))
    found: list[When] = []
    rest, position = "", 0
    for match in _GRAMMAR.finditer(plain):
        rest += plain[position : match.start()]
        position = match.end()
        when = _when(match, rest)
        if isinstance(when, When):
            found.append(when)
            # a place holder: what was left and right of a phrase does not become one word
            rest += "\0"
        elif when is None:
            rest += match[0]
        else:
            rest += "\1"
    rest += plain[position:]
    left = _unread(rest)
    return Phrases(tuple(dict.fromkeys(found)), left, rest.replace("\0", " ").replace("\1", " ").strip())


def _unread(rest: str) -> str:
    """Return what looks like a piece of a period among the words that are left."""
    if match := re.search(r"\0[-]?[)\]]?\d[\d\-]*[月季年日号]?|\d+[-]?\0", rest):
        return match[0].strip("\0")
    match = _LEFT.search(rest)
    if match:
        return match[0]
    return ""


def _when(match: re.Match, before: str) -> When | str | None:
    """Return the period of a match, a text for a day, None for what only looks like a period."""
    part = match.groupdict()
    if match["day"]:
        return _of_day(part, match[0], before)
    text = match[0]
    if match["spans"]:
        whole_span = part["s_y"] == part["s_y2"] and int(part["s_m"]) == 1
        # 2022年2月-2022年10月 is no cumulative figure, and is asked
        if whole_span:
            return When(int(part["s_y"]), int(part["s_m2"]), "ytd", text)
        return None
    if match["iso"]:
        # 2022.1 may be 2022.10 that a spreadsheet has shortened
        if part["iso_sep"] == "." and part["iso_m"] == "1":
            return None
        return When(int(part["iso_y"]), int(part["iso_m"]), "month", text)
    if part["y_range"]:
        if int(part["r_from"]) == 1:
            return When(int(part["y_range"]), int(part["r_to"]), "ytd", text)
        return None
    if part["year"]:
        return When(int(part["year"]), 12, "year", text)
    year = None
    if part["y"]:
        year = int(part["y"])
    return _within_year(part, year, text)


def _within_year(part: dict[str, str | None], year: int | None, text: str) -> When | None:
    if part["from"]:
        first, last = int(part["from"]), int(part["to"])
        # from January on: cumulative
        if first == 1 and last > 1:
            return When(year, last, "ytd", text)
        # 7-9月 is the third quarter by another name
        if last - first == 2 and last % 3 == 0:
            return When(year, last, "quarter", text)
        if (first, last) == (7, 12):
            return When(year, 12, "half", text)
        return None
    quarters = part["firstq"] or part["firstq2"]
    if quarters:
        return When(year, 3 * _number(quarters), "ytd", text)
    quarter = part["q"] or part["q_en"] or part["q_nth"]
    if quarter:
        return When(year, 3 * _number(quarter), "quarter", text)
    if part["firstm"]:
        return When(year, int(part["firstm"]), "ytd", text)
    if part["half"] or part["half_en"]:
        first_half = part["half"] == "上" or part["half_en"] == "1"
        return When(year, 6 if first_half else 12, "half", text)
    if part["whole"]:
        return When(year, 12, "year", text)
    month = int(part["m"] or 0)
    upto = part["upto"] or part["end"] or text.endswith(("底", "末"))
    return When(year, month, "ytd" if upto else "month", text)


def _of_day(part: dict[str, str | None], text: str, before: str) -> When | str:
    """Return the month up to whose last day figures reach (截至2022年11月30日); else the day is no period."""
    if before.endswith(("截至", "截止", "截止到")) and not _OF_WRITING.search(before):
        year = part["day_y"] or part["day8_y"]
        month = int(part["day_m"] or part["day8_m"] or part["md_m"] or 0)
        day = int(part["day_d"] or part["day8_d"] or part["md_d"] or 0)
        # 截至10月31日 closes the month; 截至10月15日 does not, and is no period
        if day >= 28:
            return When(int(year) if year else None, month, "ytd", text)
    return text


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _NUMERALS[text]


def _numeral(match: re.Match) -> str:
    return str(_NUMERALS[match[0]])


def general(text: str) -> str:
    """Return a header with N for its periods, so that next month's book has the same header.

    >>> general("1-10月累计"), general("2022年1—10月"), general("2021年"), general("同比(%)")
    ('1-N月累计', 'N年1-N月', 'N年', '同比(%)')
    """
    phrases = read_phrases(text)
    if not phrases.found:
        return text
    named = even(text)
    for when in phrases.found:
        ends = {"ytd": "1-N月", "month": "N月", "quarter": "N季度", "half": "N半年", "year": ""}
        year = ""
        if when.year is not None or when.kind == "year":
            year = "N年"
        named = named.replace(when.text, year + ends[when.kind])
    return named
