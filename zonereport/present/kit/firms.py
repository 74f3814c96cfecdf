"""What the chapters say of enterprises alike: amounts, parks, classes of size, and the foot of a ledger."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.inputs.units import convert
from zonereport.present.exhibit import Gap
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.sources import foot_of_titles
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# how many enterprises a list names; the rest is counted
MOST = 12
# how many a sentence names
NAMED = 4
# from which amount on it is written in 亿元 (万元)
LARGE = 10_000
# what is made of the ledger of enterprises, and of the list of titles
LEDGER = ("hhi_low", "near_threshold_count", "exit_rate")
HELD = ("in_force",)
CLASSES = {
    "above_scale_industry": "规模以上工业",
    "above_scale_services": "规模以上服务业",
    "above_scale_wholesale": "限额以上批发业",
    "above_scale_retail": "限额以上零售业",
    "above_scale_catering": "限额以上住宿餐饮业",
    "firms_over_100m": "亿元企业",
    "firms_over_2bn": "20亿元企业",
}
ELSEWHERE = "园区未载明"


def money(report: Report, amount: float) -> str:
    """An amount of a ledger (万元) as it is printed everywhere: 1886万元, 38.56亿元; a dash where there is none."""
    if pd.isna(amount):
        return NO_VALUE
    if abs(amount) < LARGE:
        return quantity(amount, "万元", 0)
    return quantity(convert(amount, "万元", "亿元", report.zone.dictionary.units), "亿元", 2)


def amounts(report: Report, column: pd.Series) -> pd.Series:
    """Return a column of amounts (万元) as ``money`` prints each."""
    return column.map(lambda amount: money(report, amount))


def percent(value: float, decimals: int = 1) -> str:
    """A share or a rate in %; a dash where there is none.

    >>> percent(12.345), percent(float("nan"))
    ('12.3%', '—')
    """
    return NO_VALUE if pd.isna(value) else quantity(value, "%", decimals, fixed=True)


def count(value: float, unit: str = "家") -> str:
    """A count with its unit; a dash where there is none."""
    return NO_VALUE if pd.isna(value) else quantity(value, unit, 0)


def signed(value: float, decimals: int) -> str:
    """A figure with its sign, nothing before a zero.

    >>> signed(0.688, 2), signed(-1.565, 2), signed(0.001, 2)
    ('+0.69', '-1.57', '0.00')
    """
    text = number(value, decimals, fixed=True)
    if not float(text):
        return text.removeprefix("-")
    return text if text.startswith("-") else f"+{text}"


def park(report: Report, name: str) -> str:
    """The Chinese name of a park."""
    return report.park_names.get(name, name) or ELSEWHERE


def class_name(kind: str) -> str:
    """Return the Chinese name of a class of the register or of size.

    >>> class_name("firms_over_100m")
    '亿元企业'
    """
    return CLASSES.get(kind, kind)


def several_parks(report: Report) -> bool:
    """Whether it says something to name the park: the report is of a whole zone that has parks."""
    # in the report of one park its name stands on the cover
    return not report.park_name and len(report.zone.about.parks) > 1


def at(report: Report, name: str, place: str) -> str:
    """An enterprise with its park where the report is of several: 皓珂汽车部件（云锦智造园）."""
    return f"{name}（{park(report, place)}）" if several_parks(report) and place else name


def span(report: Report, low: float, high: float) -> str:
    """Two amounts as a range: 500至2000万元, 5000万元至1亿元; a dash where one is missing."""
    # both ends are rounded before they are joined: 500至2000万元, the unit once
    first, last = money(report, low), money(report, high)
    if NO_VALUE in (first, last):
        return NO_VALUE
    return f"{first.removesuffix(last[-2:]) if first[-2:] == last[-2:] else first}至{last}"


def names(report: Report, rows: pd.DataFrame, most: int = NAMED, *, place: bool = True) -> str:
    """Enterprises by name, with their park where ``place``, the first ones, the rest counted: 甲、乙等8家."""
    told = "、".join(at(report, row.name, row.park if place else "") for row in rows.head(most).itertuples())
    return told + (f"等{count(len(rows))}" if len(rows) > most else "")


def leading(rows: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The rows that a list names."""
    return rows.head(most)


def left_out(rows: Sequence | pd.DataFrame, most: int = MOST, unit: str = "户") -> str:
    """What is said of the rows that a list does not name.

    >>> left_out(range(15), 12), left_out(range(12), 12)
    ('余3户从略。', '')
    """
    return f"余{len(rows) - most}{unit}从略。" if len(rows) > most else ""


def foot(report: Report, *codes: str, made_of: Sequence[str] = LEDGER) -> str:
    """The foot of what is made of ledgers: the sources of the measures ``made_of`` of ``codes``, and the period.

    The foot of ``kit.sources`` knows the sources of published values only.
    """
    # without a code it would be those of the whole edition
    sources = report.sources(codes, made_of) if codes else []
    if not sources:
        return f"数据所属期{report.period.name_zh}。"
    return foot_of_titles(report, [source.title for source in sources])


def has_ledger(report: Report) -> bool:
    """Whether the zone has monthly figures of enterprises, in a table or in Parquet files."""
    return len(report.table("enterprise_months")) > 0 or any(path.suffix == ".parquet" for path in report.zone.files)


def ledger_gaps(report: Report) -> tuple[Gap, ...]:
    """Return the gap of the enterprises' monthly figures: no ledger, or none of the period; nothing where there is one.

    What a ledger of the period does not hold (nobody near a threshold) is no gap.
    """
    if len(report.detail("enterprise_sizes")):
        return ()
    subject, remedy, office = LISTS["enterprise_months"]
    reason = "未取得"
    if has_ledger(report):
        reason = f"没有{report.period.name_zh}可用于比较的数据"
    return (Gap(subject, reason, remedy, office),)


def firms_table(
    report: Report, frame: pd.DataFrame, key: str, *, heads: Mapping[str, str], right: Collection[str]
) -> Styler | None:
    """Return a table of enterprises: without the column park in the report of one, without columns that say nothing."""
    if not several_parks(report):
        frame = frame.drop(columns="park", errors="ignore")
    return styled(without_empty(frame), key, heads=heads, right=right)
