"""The period of a text, and of each of its figures."""

import re
from collections.abc import Sequence

from zonereport.inputs.texts.model import TIME, Token
from zonereport.inputs.texts.numbers import chinese_number

# words that name no other period than the one that is spoken of
SAME = frozenset(("今年", "今年以来", "年内", "当年", "年底", "年末", "上年", "去年", "年初", "同期", "当季"))
_HEAD = 300


def year_of(text: str) -> str:
    """Return the year that a text names first, else nothing."""
    match = re.search(r"(?<!\d)((?:19|20)\d\d)年", text[:400])
    return match[1] if match else ""


def resolved(text: str, year: str) -> str:
    """Return the period of a time as texts print it, with the year in force where it has none of its own.

    >>> resolved("1—10月份", "2022"), resolved("前三季度", ""), resolved("2023年末", "2022"), resolved("去年", "2022")
    ('2022年1-10月', '前三季度', '2023', '2021')
    """
    words = re.sub(r"\s|份|当月|的", "", text)
    words = re.sub(r"[—–~至到]", "-", words)
    span = re.fullmatch(r"(\d{4})年?-(\d{4})年(?:期间)?", words)
    if span:
        return f"{span[1]}-{span[2]}年"
    words = re.sub(r"(\d)月-", r"\1-", words)
    own = re.match(r"(\d{4})年?", words)
    rest = re.sub(r"^(?:\d{4}年?|[今去上本当前]年)(?:以来)?", "", words)
    if own:
        year = own[1]
    elif words.startswith(("去年", "上年")) and year:
        year = str(int(year) - 1)
    months = re.fullmatch(r"前(\d+|[一二三四五六七八九十]+)个?月", rest)
    if months:
        rest = f"1-{chinese_number(months[1])}月"
    if rest in ("首季", "首季度", "第一季度"):
        rest = "一季度"
    rest = re.sub(r"^第(?=[一二三四]季度)", "", rest)
    rest = re.sub(r"月[底末]", "月末", rest)
    if rest in ("", "度", "全年", "底", "末", "初", "以来", "年底", "年末", "年以来", "年"):
        return year
    if year:
        return f"{year}年{rest}"
    return rest


def compares(text: str, token: Token) -> bool:
    """Whether a time is what something is compared with (较2022年, 比6月份), not when it was."""
    return bool(re.search(r"(?:较|比|与|同|超过|高于|低于|快于|自|从|(?<!截)至)$", text[max(0, token.a - 3) : token.a]))


def period_of_text(text: str, tokens: Sequence[Token], year: str) -> str:
    """Return the period of a text: a span near its head, else 截至, else a year."""
    head = [token for token in tokens if token.kind == TIME and token.a < _HEAD and not compares(text, token)]
    dated = [token for token in head if not re.search(r"月\d+[日号]|十.五|^\d{4}年?[-—–~至到]\d{4}年", token.text)]
    for token in dated:
        if re.search(r"[-—–~至到]\d+月|前.+月|季度|半年", token.text):
            return resolved(token.text, year)
    for token in dated:
        if re.search(r"月[末底]", token.text) and re.search(r"截[至止]到?$", text[max(0, token.a - 3) : token.a]):
            return resolved(token.text, year)
    for token in dated:
        if re.match(r"\d{4}年", token.text) and "月" not in token.text:
            return resolved(token.text, year)
    return year


_SPANS = {
    "上半年": "06",
    "前三季度": "09",
    "一季度": "03",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
    "下半年": "H2",
}


def canonical(text: str) -> str:
    """Return a period as tables write it; nothing where they have none for it: a month alone, several years.

    >>> [canonical(text) for text in ("2022年1-11月", "2022年前三季度", "2022", "2022年8月末", "2022年5月", "1-5月")]
    ['2022-11', '2022-09', '2022', '2022-08', '', '']
    """
    match = re.fullmatch(r"((?:19|20)\d\d)(?:年(.+)?)?", text)
    if not match:
        return ""
    year, rest = match[1], match[2] or ""
    if not rest:
        return year
    if rest in _SPANS:
        span = _SPANS[rest]
        return f"{year}-{span}" if span.isdigit() else f"{year}{span}"
    months = re.fullmatch(r"(?:1-)(\d{1,2})月末?|(\d{1,2})月末", rest)
    # January alone is the sum up to it, too
    if rest == "1月":
        return f"{year}-01"
    if months and 1 <= int(months[1] or months[2]) <= 12:
        return f"{year}-{int(months[1] or months[2]):02d}"
    return ""


def spoken(period: str) -> str:
    """Return a period of the tables as texts say it: 2022-11 is 2022年1-11月.

    >>> spoken("2022-11"), spoken("2022"), spoken("2022H1")
    ('2022年1-11月', '2022', '2022年上半年')
    """
    month = re.fullmatch(r"(\d{4})-(\d\d)", period)
    if month:
        return f"{month[1]}年1-{int(month[2])}月"
    part = re.fullmatch(r"(\d{4})(Q[1-4]|H[12])", period)
    if part:
        names = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年"}
        return f"{part[1]}年{names[part[2]]}"
    return period
