"""Words that the exhibits of carriers, works and land share: statuses, plots with a tax per mu."""

import pandas as pd

from zonereport.present.kit.ledgers import amount
from zonereport.present.report import Report

# in the order in which a sentence names them, the finished ones first
STATUS = {
    "carriers": ("in_service", "topped_out", "construction", "approved"),
    "works": ("in_service", "main_line_completed", "construction"),
}
PREFIX = {"carriers": "carrier_status", "works": "work_status"}
UNSTATED = "进展未载"
IN_SERVICE = "in_service"
# how many things a sentence names
NAMED = 4


def status(report: Report, table: str, word: str) -> str:
    """Return the Chinese name of a status; of a work the source may not say how far it is."""
    return report.word(table, "status", word) or UNSTATED


def by_status(report: Report, table: str, unit: str) -> str:
    """Return how many there are at each status, 已投用5个、在建1个, and of how many the source says none."""
    counts = []
    for word in STATUS[table]:
        count = report.value(f"{PREFIX[table]}_{word}")
        if count > 0:
            counts.append(status(report, table, word) + amount(count, unit))
    # of carriers a status is always given
    if table == "works" and report.value("works_unstated") > 0:
        counts.append(f"{UNSTATED}{amount(report.value('works_unstated'), unit)}")
    return "、".join(counts)


def left_out(report: Report, table: str, unit: str) -> str:
    """Return how many stand in the ledger with a status of after the period, in brackets; empty for none."""
    later = report.value(f"{table}_later")
    if later > 0:
        return f"（另有{amount(later, unit)}登记状态的时点晚于本期或未载，不列）"
    return ""


def valued_plots(report: Report) -> pd.DataFrame:
    """Return the plots of this year with a tax per mu, the best first."""
    rows = report.detail("place_land")
    rows = rows[(rows["year"] == report.period.year) & rows["tax_per_mu_10k_yuan"].notna()]
    return rows.sort_values("tax_per_mu_10k_yuan", ascending=False, kind="stable")


def per_mu(value: float) -> str:
    """Return a tax per mu as it is printed where 每亩 is said before: 1.06万元; empty where there is none."""
    return amount(value, "万元/亩").removesuffix("/亩")
