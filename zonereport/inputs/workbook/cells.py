"""What a cell of a hand-made sheet says, as the plain text that a table of a zone holds."""

import calendar
import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from zonereport.language import tr

# what offices write where there is no figure
MISSING = {"", "-", "--", "—", "——", "–", "―", "…", "……", "...", "......", "/", "／", "－"}
_GROUPED = re.compile(r"-?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_NUMBER = re.compile(r"(-?[\d,. ]*\d)\s*(\D*)")
# words of direction in a column of growth, and the sign that they mean
_DIRECTION = re.compile(
    r"(?:同比)?(?P<word>下降|减少|下滑|回落|降低|降|负增长|增长|上升|提高|增加|升|增)(?P<rest>\d[\d.]*)\s*%?"
)
FALLS = {"下降", "减少", "下滑", "回落", "降低", "降", "负增长"}
LEVEL = {"持平", "同比持平", "与上年持平", "与去年持平", "与上年同期持平", "0增长", "零增长"}
# what copies from web pages and chats bring along: it means nothing, and is taken away
TRIMMED = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")
_DATE = re.compile(r"(\d{4})[年/.-](?:(\d{1,2})(?:[月/.-](?:(\d{1,2})日?)?)?)?")
_PLACE = re.compile(r"(?:并列)?第?(\d+)(?:位|名)?")
_DIGITS_OF_A_DOUBLE = 15


def plain(value: object) -> str:
    """The text of a cell: numbers without binary dust, dates as ISO, line breaks as one space, missing as empty.

    >>> [plain(v) for v in (165.0, 0.1 + 0.2, "１，２００", " 万元 ", "——", datetime.datetime(2022, 11, 30))]
    ['165', '0.3', '1,200', '万元', '', '2022-11-30']
    """
    # a bool is an int to Python, and TRUE to whoever sees the cell
    if isinstance(value, bool):
        if value:
            return "TRUE"
        return "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(" ")
    text = " ".join(_half_width(str(value).translate(TRIMMED)).split())
    if text in MISSING:
        return ""
    return text


def stored(value: object) -> str:
    """Return a name or a text as it is kept: its characters as they are, without spaces around and invisible marks.

    >>> stored(" 南京（仪征）①ＡＢＣ公司\u200b "), stored("——"), stored("a\\nb")
    ('南京（仪征）①ＡＢＣ公司', '', 'a b')
    """
    if not isinstance(value, str):
        return plain(value)
    text = " ".join(value.translate(TRIMMED).split())
    if plain(text) == "":
        return ""
    return text


def read_number(value: object, *, growth: bool = False) -> tuple[str, str]:
    """Return the number that a cell says, and the unit that stands behind it in the cell.

    Spaces are separators of thousands or a fault, never nothing: two figures in a cell are no figure. In a column of
    ``growth`` words of direction are signs. What is no number comes back as it stands, for validation to refuse.

    >>> read_number("１，２３４．５"), read_number("3.58亿元"), read_number("12.3％"), read_number("1 234")
    (('1234.5', ''), ('3.58', '亿元'), ('12.3', '%'), ('1234', ''))
    >>> read_number("1 8"), read_number("165\\n38"), read_number("1,23"), read_number("+3.1")
    (('1 8', ''), ('165 38', ''), ('1,23', ''), ('3.1', ''))
    >>> read_number("下降3.2%", growth=True), read_number("持平", growth=True), read_number("下降3.2%")
    (('-3.2', '%'), ('0', '%'), ('下降3.2%', ''))
    """
    text = plain(value).replace("−", "-").removeprefix("+")
    if isinstance(value, str) and "\n" in value.strip():
        return text, ""
    # 持平 is a figure: 0
    if growth and text in LEVEL:
        return "0", "%"
    if growth and (match := _DIRECTION.fullmatch(text)):
        sign = ""
        if match["word"] in FALLS:
            sign = "-"
        return sign + match["rest"], "%"
    match = _NUMBER.fullmatch(text)
    if not match:
        return text, ""
    # 1,234 groups thousands; 1,23 is a slip, and 1 8 two figures
    number = match[1]
    if _GROUPED.fullmatch(number):
        number = re.sub("[, ]", "", number)
    if re.search("[, ]", number):
        return text, ""
    return number, match[2].strip()


def number_hint(text: str, *, growth: bool) -> str:
    """Return what to type for a cell that is no number, as far as its words tell; empty where they do not.

    >>> number_hint("下降3.2%", growth=False), number_hint("▼3.2", growth=True), number_hint("165 38", growth=False)
    ('a growth belongs into the column of growth', '-3.2 for a fall, 3.2 for a rise', 'one number in a cell')
    >>> number_hint("165以上", growth=False)
    '165, with 以上 in the column 限定'
    """
    if match := re.fullmatch(r"[▼▲△▽↓↑]\s*(\d[\d.]*)%?", text):
        return tr("-{number} for a fall, {number} for a rise", number=match[1])
    if _DIRECTION.fullmatch(text) and not growth:
        return tr("a growth belongs into the column of growth")
    if match := re.fullmatch(r"(?:约|近|超|超过)?(\d[\d.]*)(?:余|多|以上|左右)?", text):
        word = text.replace(match[1], "")
        return tr("{number}, with {word} in the column 限定", number=match[1], word=word)
    if match := re.fullmatch(r"\((\d[\d.]*)\)%?", text):
        return f"-{match[1]}"
    if len(re.findall(r"\d+(?:\.\d+)?", text)) > 1:
        return tr("one number in a cell")
    return ""


def number_text(value: float) -> str:
    """A number as somebody would type it, with the 15 digits a spreadsheet keeps.

    >>> number_text(1234567.0), number_text(1e-7), number_text(-0.0)
    ('1234567', '0.0000001', '0')
    """
    text = format(Decimal(f"{value:.{_DIGITS_OF_A_DOUBLE}g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        return "0"
    return text


def typed(value: object, kind: str) -> str:
    """The text of a cell of a column of this kind, the ways of writing that mean one thing made one.

    What cannot be understood comes back as it stands: validation, not reading, refuses it.

    >>> typed("１，２３４．５", "number"), typed("+3.1", "number"), typed("1,23", "number"), typed("12.3％", "number")
    ('1234.5', '3.1', '1,23', '12.3%')
    >>> typed(datetime.date(2022, 11, 1), "period"), typed("2022年1—11月", "period"), typed(2022.0, "year")
    ('2022-11', '2022年1—11月', '2022')
    >>> typed("2022年6月", "date"), typed("2023/1/5", "day"), typed("并列第3", "count")
    ('2022-06', '2023-01-05', '3')
    """
    if kind in ("name", "text"):
        return stored(value)
    text = plain(value)
    if kind == "number":
        number, unit = read_number(value)
        return number + unit
    # 并列第3位 is a rank of 3
    if kind == "count":
        number, unit = read_number(value)
        place = _PLACE.fullmatch(number + unit)
        if place:
            return place[1]
        return number + unit
    if kind == "period":
        # a spreadsheet stores 2022年11月 as the first day of it
        first = isinstance(value, datetime.date) and value.day == 1
        if first or _month_end(value):
            return text[:7]
        # 2022.1 may be 2022.10 that a spreadsheet has shortened
        shortened = re.fullmatch(r"\d{4}\.1", text)
        if re.fullmatch(r"\d{4}[/.]\d\d?", text) and not shortened:
            return _iso(text)
        return text
    if kind in ("date", "day"):
        return _iso(text)
    if kind == "year":
        return text.removesuffix("年")
    return text


def _month_end(value: object) -> bool:
    """Whether a date is the last day of its month, as databases of statistics name the month."""
    return isinstance(value, datetime.date) and value.day == calendar.monthrange(value.year, value.month)[1]


def loses_digits(value: object) -> bool:
    """Whether a number is longer than a spreadsheet keeps, so that an identifier typed as a number is spoilt.

    >>> loses_digits(911010500000000001.0), loses_digits(320100.0), loses_digits("911010500000000001")
    (True, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**_DIGITS_OF_A_DOUBLE


def indent(value: object) -> int:
    """How far a label is indented: its leading spaces, a full-width one counting two; 其中 and # count one more.

    >>> indent("  工业"), indent("　工业"), indent("#其中：工业"), indent("工业"), indent(3)
    (2, 2, 1, 0, 0)
    """
    if not isinstance(value, str):
        return 0
    # a full-width space is as wide as a character, and indents by two
    body = value.lstrip(" 　\t\xa0")
    spaces = sum(2 if character in "　\t" else 1 for character in value[: len(value) - len(body)])
    return spaces + bool(re.match(r"#|其中", body))


@lru_cache(maxsize=50_000)
def split_unit(text: str) -> tuple[str, str]:
    """A header or label without the unit in brackets or behind a comma at its end, and that unit.

    >>> split_unit("实际利用外资（万美元）"), split_unit("同比增长±%"), split_unit("开票销售"), split_unit("产值[亿元]")
    (('实际利用外资', '万美元'), ('同比增长', '%'), ('开票销售', ''), ('产值', '亿元'))
    """
    text = " ".join(_half_width(text).split())
    match = re.fullmatch(r"(.+?)\s*[(\[【]\s*(?:单位:)?\s*([^()\[\]【】]+?)\s*[)\]】]", text)
    match = match or re.fullmatch(r"(.+?)(?:±|\+-|\+/-)?\s*(%)", text) or re.fullmatch(r"(.+?),(\S+元|%)", text)
    if match:
        return (match[1].strip(), match[2].removeprefix("±").strip())
    return (text, "")


def _half_width(text: str) -> str:
    if not text.isascii():
        return unicodedata.normalize("NFKC", text.replace("…", "..."))
    return text


def _iso(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    return "-".join(part.zfill(2) for part in match.groups() if part)
