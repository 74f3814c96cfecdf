"""Which edition a document is: draft, checked or issued, its number and day, by whom; by which run and which code."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

DRAFT, CHECKED, ISSUED = "draft", "checked", "issued"
# where an assembled book keeps its stamp
KEY = "zonereport_stamp"
# characters of a commit, as git prints it, and of a run's key
SHORT, LONG = 7, 12


@dataclass(frozen=True)
class Stamp:
    """What an edition says of itself on its cover and on every page.

    ``day`` is the day of checking or issuing, YYYY-MM-DD, as the command was told; ``run`` is the first part of the
    key of the run, made of the contents of all that went in; ``commit`` is empty outside git.
    """

    status: str = DRAFT
    number: int = 1
    day: str = ""
    reason: str = ""
    by: str = ""
    checked_by: str = ""
    run: str = ""
    version: str = ""
    commit: str = ""
    changed: bool = False
    # documents that had not come in: 财政月报、商务月报
    missing: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return asdict(self)

    @classmethod
    def of(cls, content: Mapping[str, object] | None) -> "Stamp | None":
        """Return the stamp that a mapping holds; None for none. Keys of other versions are passed over."""
        if not content:
            return None
        known = {name: value for name, value in content.items() if name in cls.__dataclass_fields__}
        return cls(**known)

    @property
    def edition(self) -> str:
        """The edition in words, for cover, header and footer.

        >>> Stamp(number=2).edition
        '第2版草稿，未印发'
        >>> Stamp("checked", 1, "2023-01-10", checked_by="张").edition
        '第1版送审稿，2023年1月10日校核，未印发'
        >>> Stamp("issued", 1, "2023-01-12", by="王").edition
        '第1版，2023年1月12日印发'
        >>> Stamp(missing="财政月报").edition
        '第1版草稿，未印发；数据未齐，缺财政月报'
        """
        words = f"第{self.number}版草稿，未印发"
        if self.status == ISSUED:
            words = f"第{self.number}版，{day_in_words(self.day)}印发"
        elif self.status == CHECKED:
            words = f"第{self.number}版送审稿，{day_in_words(self.day)}校核，未印发"
        if self.missing:
            words = f"{words}；数据未齐，缺{self.missing}"
        return words

    @property
    def people(self) -> str:
        """Who answers for the edition, and why it was issued.

        >>> Stamp("issued", 2, "2023-02-01", "财政数据修订", "王", "张").people
        '校核：张；签发：王；印发事由：财政数据修订'
        """
        parts = []
        if self.checked_by:
            parts.append(f"校核：{self.checked_by}")
        if self.by:
            parts.append(f"签发：{self.by}")
        if self.reason:
            parts.append(f"印发事由：{self.reason}")
        return "；".join(parts)

    @property
    def made(self) -> str:
        """By which run and which code it was made.

        >>> Stamp(run="0123456789abcdef", version="0.3.0", commit="feedbeefcafe", changed=True).made
        '运行号0123456789ab；程序0.3.0，提交feedbee（另有未提交的改动）'
        """
        parts = []
        if self.run:
            parts.append(f"运行号{self.run[:LONG]}")
        code = ""
        if self.version:
            code = f"程序{self.version}"
        if self.commit:
            code += f"，提交{self.commit[:SHORT]}"
            if self.changed:
                code += "（另有未提交的改动）"
        return "；".join(filter(None, [*parts, code]))


def day_in_words(day: str) -> str:
    """Return a day as documents print it.

    >>> day_in_words("2023-01-05")
    '2023年1月5日'
    """
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日"
