"""Captions of the chapters that are not yet made of exhibits."""

from dataclasses import dataclass

NOTHING = "来源未给出本章的指标，本期从缺。"


@dataclass(frozen=True)
class Caption:
    """What is said of a chart or a table: its caption, its finding, the text instead of the picture, its foot.

    ``missing`` is the sentence that stands in its place where there is none, if it can say more than ``nothing_for``;
    None where the reason has been given before.
    """

    caption: str
    finding: str = ""
    alt: str = ""
    note: str = ""
    missing: str | None = ""


def nothing_for(caption: str) -> str:
    """What stands in place of a chart or a table that has no data.

    >>> nothing_for("企业培育梯队")
    '（企业培育梯队：来源未给出所需数据，本期从缺。）'
    """
    return f"（{caption}：来源未给出所需数据，本期从缺。）"
