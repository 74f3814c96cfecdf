"""Names as offices write them, without the dress that tables put on them."""

import re
import unicodedata

_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_LEAD = re.compile(
    r"(?:#|\*+|[-—·•◆★]+|其中:?"
    r"|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.,:]|\d+(?:\.\d+)*[、.,:)](?!\d)|[IVX]+[、.,:](?!\d))"
)
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_QUOTES = re.compile("[\"'“”‘’「」『』《》]")


def unnumbered(label: str) -> str:
    """Return a label without an enclosed number in front: ③ numbers a row, and half-width it would be a part of a name.

    >>> unnumbered("③工业投资"), unnumbered("⑴ 工业投资"), unnumbered("工业投资③")
    ('工业投资', '工业投资', '工业投资③')
    """
    bare = label.lstrip(" \u3000\t\xa0")
    if _ENCLOSED.match(bare):
        return label[: len(label) - len(bare)] + bare[1:].lstrip(" \u3000、.．")
    return label


def numbers_enclosed(name: str) -> str:
    """Return the enclosed numbers of a name: ①号公司 and ②号公司 are two.

    >>> numbers_enclosed("①号公司"), numbers_enclosed("甲公司")
    ('①', '')
    """
    return "".join(_ENCLOSED.findall(name))


def undressed(name: str) -> str:
    """Return ``name`` as it is compared: half-width, no spaces, quotes, numbering or leading 其中, small letters.

    Notes in brackets stay: 含留抵退税, 同比 or 当月 there make it another figure.

    >>> [undressed(t) for t in ("  #其中：工业投资", "一、工业　投资", "（三）GDP", "1.工业投资", "开票销售（万元）")]
    ['工业投资', '工业投资', 'gdp', '工业投资', '开票销售(万元)']
    """
    # enclosed numbers go first: NFKC would make ① a 1, the beginning of a name
    text = unicodedata.normalize("NFKC", _ENCLOSED.sub("", str(name)))
    # 1.1 is numbering only while a space follows: without it, 1.1倍 would lose its number
    text = re.sub(r"^\s*\d+(?:\.\d+)+\s+", "", text)
    text = _QUOTES.sub("", re.sub(r"[\s\u200b\ufeff]+", "", text)).replace("—", "-").replace("–", "-")
    text = _BRACKETS.sub(r"(\1)", text)
    # what is nothing but numbering keeps the last of it
    while (match := _LEAD.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text.rstrip(":*,、。").casefold()
