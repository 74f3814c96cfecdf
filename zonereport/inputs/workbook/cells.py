"""What a cell of a hand-made sheet says, as the plain text that a table of a zone holds."""

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

# what offices write where there is no figure
MISSING = {"", "-", "--", "—", "——", "–", "―", "…", "……", "...", "......", "/", "／", "－"}
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DATE = re.compile(r"(\d{4})[年/.-](?:(\d{1,2})(?:[月/.-](?:(\d{1,2})日?)?)?)?")
_PLACE = re.compile(r"(?:并列)?第?(\d+)(?:位|名)?")
_DIGITS_OF_A_DOUBLE = 15


def plain(value: object) -> str:
    """The text of a cell: numbers without binary dust, dates as ISO, line breaks as one space, missing as empty.

    >>> [plain(v) for v in (165.0, 0.1 + 0.2, "１，２００", " 万元 ", "——", datetime.datetime(2022, 11, 30))]
    ['165', '0.3', '1,200', '万元', '', '2022-11-30']
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    text = " ".join(_half_width(str(value)).split())
    return "" if text in MISSING else text


def number_text(value: float) -> str:
    """A number as somebody would type it, with the 15 digits a spreadsheet keeps.

    >>> number_text(1234567.0), number_text(1e-7), number_text(-0.0)
    ('1234567', '0.0000001', '0')
    """
    text = format(Decimal(f"{value:.{_DIGITS_OF_A_DOUBLE}g}"), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


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
    text = plain(value)
    if kind in ("number", "count"):
        text = text.replace("−", "-").removeprefix("+").replace(" ", "")
        text = text.replace(",", "") if _GROUPED.fullmatch(text.removesuffix("%")) else text
        place = _PLACE.fullmatch(text) if kind == "count" else None
        return place[1] if place else text
    if kind == "period":
        first = isinstance(value, datetime.date) and value.day == 1
        return text[:7] if first else _iso(text) if re.fullmatch(r"\d{4}[/.]\d\d?", text) else text
    if kind in ("date", "day"):
        return _iso(text)
    return text.removesuffix("年") if kind == "year" else text


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
    return (match[1].strip(), match[2].removeprefix("±").strip()) if match else (text, "")


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text.replace("…", "...")) if not text.isascii() else text


def _iso(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    return "-".join(part.zfill(2) for part in match.groups() if part)
