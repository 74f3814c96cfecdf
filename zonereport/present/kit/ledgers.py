"""How figures of the ledgers are written: projects, carriers, works, plots; parks by their names."""

from collections.abc import Iterable

import pandas as pd

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.report import Report

# unit of a figure: its decimals, and whether trailing zeros stay
DIGITS = {
    **dict.fromkeys(("个", "家", "户", "宗", "人"), (0, False)),
    "亿元": (2, False),
    "万元": (1, False),
    "亩": (1, False),
    "平方米": (0, False),
    "万平方米": (2, False),
    "个月": (1, False),
    "%": (1, True),
    "个百分点": (1, True),
    "万元/亩": (2, True),
}
SQUARE_METRES = 10_000


def figure(report: Report, code: str, measure: str = "value") -> str:
    """A figure of a ledger as it is printed everywhere, with unit and qualifier; empty where there is none."""
    if report.reason(code, measure):
        return ""
    rows = report.measures
    row = rows[(rows["code"] == code) & (rows["measure"] == measure)].iloc[0]
    return amount(row["value"], row["unit"], row["qualifier"])


def amount(value: float, unit: str, qualifier: str = "") -> str:
    """A figure of a detail row with its unit; areas in 万平方米; empty where there is none.

    >>> amount(86000, "平方米"), amount(55.211, "%"), amount(2.0, "个月", "lower_bound"), amount(float("nan"), "个")
    ('8.6万平方米', '55.2%', '2个月以上', '')
    """
    if pd.isna(value):
        return ""
    # nobody reads 86000平方米 at a glance
    if unit == "平方米" and value >= SQUARE_METRES:
        value, unit = value / SQUARE_METRES, "万平方米"
    decimals, fixed = DIGITS.get(unit, (2, False))
    return quantity(value, unit, decimals, qualifier=qualifier, fixed=fixed)


def cell(value: float, unit: str, qualifier: str = "") -> str:
    """The same without its unit, for a column whose head says it; a dash where there is none.

    >>> cell(4.0, "个"), cell(35.0, "%"), cell(float("nan"), "亿元")
    ('4', '35.0', '—')
    """
    if pd.isna(value):
        return NO_VALUE
    decimals, fixed = DIGITS.get(unit, (2, False))
    return quantity(value, "", decimals, qualifier=qualifier, fixed=fixed)


def amounts(values: pd.Series, unit: str) -> pd.Series:
    """Return the figures of a column as printed with their unit, a dash where there is none.

    >>> amounts(pd.Series([55.211, float("nan")]), "%").tolist()
    ['55.2%', '—']
    """
    return values.map(lambda value: amount(value, unit) or NO_VALUE).astype("str")


def parks(report: Report) -> dict[str, str]:
    """The parks' names by id; a thing without a park belongs to the whole zone."""
    return {"": NO_VALUE, **report.park_names}


def partial(report: Report) -> bool:
    """Return whether the lists of the zone hold what a published document names, which need not be all there is."""
    return report.zone.about.origin == "published"


def known(report: Report, *codes: str) -> list[str]:
    """Those of the codes that this edition has a value for, for the foot of a chart or table."""
    return [code for code in codes if report.has(code)]


def named(names: Iterable[str], most: int = 5) -> str:
    """A list of names, cut to the first ones: 甲、乙、丙等7个.

    >>> named(["甲", "乙"]), named(["甲", "乙", "丙"], most=2)
    ('甲、乙', '甲、乙等3个')
    """
    names = list(names)
    return "、".join(names[:most]) + (f"等{number(len(names), 0)}个" if len(names) > most else "")


def later(month: str, than: str) -> bool:
    """Whether a month (YYYY-MM) is known and comes after another."""
    return bool(month) and month > than


def end_month(report: Report) -> str:
    """The last month of the edition, as the frames of the ledgers write months."""
    return f"{report.period.year:04d}-{report.period.last:02d}"
