"""The period a figure belongs to: a year, months from January on, a quarter or a half."""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from zonereport.inputs.faults import Refused
from zonereport.language import tr

_NUMERALS = "〇一二三四"
_CANONICAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12]))?")
_CHINESE = re.compile(
    r"(?P<year>\d{4})年(?:(?:1[-—–~至])?(?P<month>\d{1,2})月|(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)?"
)


@dataclass(frozen=True, order=True)
class Period:
    """The months of ``year`` up to month ``last``; ``kind`` is year, month, quarter or half.

    A month such as 2022-11 is cumulative, January to November, as zones report. January and February are
    one period, 2022-02, wherever January is not reported. Periods sort by year and last month.

    >>> Period.parse("2022年1-11月"), Period.parse("2022年12月"), Period.parse("2022Q3").name_zh
    (Period(2022-11), Period(2022-12), '2022年三季度')
    >>> Period.parse("2022-02").name_zh, Period.parse("2022").name_zh
    ('2022年1—2月', '2022年')
    """

    year: int
    last: int = 12
    kind: str = "year"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``2022``, ``2022-11``, ``2022Q3``, ``2022H1``, ``2022年1-11月``, ``2022年上半年`` and the like.

        Raises Refused with one line on anything else.
        """
        return _parsed(str(text).strip())

    @property
    def first(self) -> int:
        """The first month: 1, but for quarters and halves."""
        # months are cumulative, and begin with the year as years do
        return self.last - {"quarter": 2, "half": 5}.get(self.kind, self.last - 1)

    def __str__(self) -> str:
        ends = {"month": f"-{self.last:02d}", "quarter": f"Q{self.last // 3}", "half": f"H{self.last // 6}"}
        return f"{self.year}{ends.get(self.kind, '')}"

    def __repr__(self) -> str:
        return f"Period({self})"

    @property
    def name_zh(self) -> str:
        """The name as Chinese statistics print it: 2022年, 2022年1—11月, 2022年三季度, 2022年下半年."""
        if self.kind == "quarter":
            return f"{self.year}年{_NUMERALS[self.last // 3]}季度"
        if self.kind == "half":
            return f"{self.year}年上半年" if self.last == 6 else f"{self.year}年下半年"
        if self.kind == "year":
            return f"{self.year}年"
        # January alone is no span of months
        return f"{self.year}年1月" if self.last == 1 else f"{self.year}年1—{self.last}月"

    @property
    def last_day(self) -> str:
        """The last day, as tables write days.

        >>> Period.parse("2022-02").last_day
        '2022-02-28'
        """
        return f"{self.year:04d}-{self.last:02d}-{calendar.monthrange(self.year, self.last)[1]:02d}"

    @property
    def next(self) -> "Period":
        """The period after: next year, next month (January after December), next quarter, next half.

        >>> Period.parse("2022-12").next, Period.parse("2022Q3").next, Period.parse("2022").next
        (Period(2023-01), Period(2022Q4), Period(2023))
        """
        step = {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.kind]
        # each kind has a period that ends with December, and begins anew after it
        if self.last == 12:
            return Period(self.year + 1, step, self.kind)
        return Period(self.year, self.last + step, self.kind)

    @property
    def previous(self) -> "Period":
        """The period before: last year, last month (December before January), last quarter, last half.

        >>> Period.parse("2022-01").previous, Period.parse("2022Q1").previous, Period.parse("2022").previous
        (Period(2021-12), Period(2021Q4), Period(2021))
        """
        step = {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.kind]
        # as above, the other way round
        if self.last > step:
            return Period(self.year, self.last - step, self.kind)
        return Period(self.year - 1, 12, self.kind)

    @property
    def same_last_year(self) -> "Period":
        """The same period of the year before.

        >>> Period.parse("2022-11").same_last_year
        Period(2021-11)
        """
        return Period(self.year - 1, self.last, self.kind)


# tables say a few dozen periods thousands of times
@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period:
    match = _CANONICAL.fullmatch(text) or _CHINESE.fullmatch(text)
    # a year that no zone reports for is a slip: 2202 for 2022
    if match and 1949 <= int(match["year"]) <= 2100:
        parts, year = match.groupdict(""), int(match["year"])
        if parts["quarter"]:
            return Period(year, 3 * _place(parts["quarter"]), "quarter")
        if parts["half"]:
            return Period(year, 6 * _place(parts["half"]), "half")
        if not parts["month"]:
            return Period(year)
        if 1 <= int(parts["month"]) <= 12:
            return Period(year, int(parts["month"]), "month")
    raise Refused(
        tr('"{text}" is no period; expected a year such as 2022, a month such as 2022-11 or 2022Q3', text=text)
    )


def _place(character: str) -> int:
    """Return the number of a quarter or half: 三 is 3, 下 is 2."""
    if character.isdigit():
        return int(character)
    return "上下".index(character) + 1 if character in "上下" else _NUMERALS.index(character)


def resolve(text: str, *, available: Iterable[Period], today: datetime.date) -> Period:
    """Turn what a user typed into a period: ``latest`` of those available, ``last-month`` of today, or a period.

    Raises Refused on a bad period, and on ``latest`` where nothing is available.

    >>> months = [Period.parse("2022-10"), Period.parse("2022-11")]
    >>> resolve("latest", available=months, today=datetime.date(2023, 1, 5))
    Period(2022-11)
    >>> resolve("last-month", available=months, today=datetime.date(2023, 1, 5))
    Period(2022-12)
    """
    if text == "latest":
        latest = max(available, default=None)
        if latest is None:
            raise Refused(tr("latest: there is no period with data"))
        return latest
    if text == "last-month":
        day = today.replace(day=1) - datetime.timedelta(days=1)
        return Period(day.year, day.month, "month")
    return Period.parse(text)
