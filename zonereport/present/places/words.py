"""Words that the exhibits of carriers, works and land share: statuses, and which things fall below the whole."""

import pandas as pd

from zonereport.present.kit.ledgers import DIGITS, amount
from zonereport.present.kit.numbers import number
from zonereport.present.report import Report

# in the order in which a sentence names them, the finished ones first
STATUS = {
    "carriers": ("in_service", "topped_out", "construction", "approved"),
    "works": ("in_service", "main_line_completed", "construction"),
}
PREFIX = {"carriers": "carrier_status", "works": "work_status"}
UNCLEAR = "状态不明"
UNSTATED = "进展未载"
IN_SERVICE = "in_service"
# how many things a sentence names
NAMED = 4


def status(report: Report, table: str, word: str) -> str:
    """Return the Chinese name of a status; that of the end of the period may be unknown."""
    return report.word(table, "status", word) or UNCLEAR


def by_status(report: Report, table: str, unit: str) -> str:
    """Return how many there are at each status, 已投用5个、在建1个, how many came later, how many say none."""
    counts = []
    for word in STATUS[table]:
        count = report.value(f"{PREFIX[table]}_{word}")
        if count > 0:
            counts.append(status(report, table, word) + amount(count, unit))
    # the ledger keeps one status: of a later one it has forgotten what was before
    later = report.value(f"{table}_later")
    if later > 0:
        counts.append(f"本期{UNCLEAR}{amount(later, unit)}")
    # of carriers a status is always given
    if table == "works" and report.value("works_unstated") > 0:
        counts.append(f"{UNSTATED}{amount(report.value('works_unstated'), unit)}")
    return "、".join(counts)


def under(report: Report) -> pd.DataFrame:
    """Return the carriers in service that are less full than all of them together, the emptiest first."""
    rows = report.detail("place_carriers")
    return rows[_less(rows["occupancy_pct"], report.value("carriers_occupancy"), "%")].sort_values("occupancy_pct")


def valued_plots(report: Report) -> pd.DataFrame:
    """Return the plots of this year with a tax per mu, the best first."""
    rows = report.detail("place_land")
    rows = rows[(rows["year"] == report.period.year) & rows["tax_per_mu_10k_yuan"].notna()]
    return rows.sort_values("tax_per_mu_10k_yuan", ascending=False, kind="stable")


def below(report: Report) -> pd.DataFrame:
    """Return the plots of this year that bring less per mu than all of them together, the least first."""
    rows = valued_plots(report)
    rows = rows[_less(rows["tax_per_mu_10k_yuan"], report.value("land_tax_per_mu"), "万元/亩")]
    return rows.sort_values("tax_per_mu_10k_yuan")


def _less(values: pd.Series, than: float, unit: str) -> pd.Series:
    """Whether each value is less as it is printed: nobody is called low whose figure reads like that of the whole."""
    decimals, _ = DIGITS[unit]
    # a comparison with NaN, where there is no figure of the whole, leaves nothing
    return values.map(lambda value: float(number(value, decimals))) < float(number(than, decimals))


def per_mu(value: float) -> str:
    """Return a tax per mu as it is printed where 每亩 is said before: 1.06万元; empty where there is none."""
    return amount(value, "万元/亩").removesuffix("/亩")
