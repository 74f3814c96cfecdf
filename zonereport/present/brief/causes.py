"""Why an indicator is where it is, as far as the data says: which park, which enterprise, which month."""

import pandas as pd

from zonereport.present.indicators.parks import about, pull_in_words
from zonereport.present.kit.firms import percent
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.report import Report


def pull_of_parks(report: Report, code: str) -> str:
    """Return which park pulled most, with its percentage points: 云锦智造园拉动3.70个百分点; empty where not known."""
    rows = _parks(report, code)
    rows = rows[rows["pull_pp"] > 0]
    if rows.empty:
        return ""
    best = rows.loc[rows["pull_pp"].idxmax()]
    return f"{_name(report, best['park'])}拉动{pull_in_words(best['pull_pp'], best['pull_about'])}个百分点"


def drag_of_parks(report: Report, code: str) -> str:
    """Return the parks that fell, or else the one that grew least: 星澜新材料园下降4.5%; empty where not known."""
    rows = _parks(report, code)
    rows = rows[rows["growth_pct"].notna()]
    if rows.empty:
        return ""
    fallen = rows[rows["growth_pct"] < 0].sort_values("growth_pct")
    if len(fallen):
        names = [
            f"{_name(report, row.park)}下降{about(percent(-row.growth_pct), row.growth_about)}"
            for row in fallen.itertuples()
        ]
        return "、".join(names)
    least = rows.loc[rows["growth_pct"].idxmin()]
    growth = about(percent(least["growth_pct"]), least["growth_about"])
    return f"{_name(report, least['park'])}增速最低，为{growth}"


def most_of_parks(report: Report, code: str) -> str:
    """Return the park that a count mostly comes from: 云锦智造园7家; empty where not known."""
    rows = _parks(report, code)
    rows = rows[rows["value"] > 0]
    if rows.empty:
        return ""
    most = rows.loc[rows["value"].idxmax()]
    decimals = int(report.label(code, "decimals"))
    return f"{_name(report, most['park'])}最多，为{quantity(most['value'], most['unit'], decimals)}"


def pull_of_firm(report: Report, code: str) -> str:
    """Return which enterprise pulled most: 台账企业中皓珂汽车部件拉动1.99个百分点; empty where not known."""
    rows = report.detail("enterprise_top", code=code)
    rows = rows[rows["contribution_pp"] > 0]
    if rows.empty:
        return ""
    best = rows.loc[rows["contribution_pp"].idxmax()]
    return f"台账企业中{best['name']}拉动{number(best['contribution_pp'], 2, fixed=True)}个百分点"


def drag_of_firm(report: Report, code: str) -> str:
    """Return which enterprise held growth back most: 台账企业中甲下拉0.52个百分点; empty where not known."""
    rows = report.detail("enterprise_top", code=code)
    rows = rows[rows["contribution_pp"] < 0]
    if rows.empty:
        return ""
    worst = rows.loc[rows["contribution_pp"].idxmin()]
    return f"台账企业中{worst['name']}下拉{number(-worst['contribution_pp'], 2, fixed=True)}个百分点"


def lowest_month(report: Report, code: str) -> str:
    """Return the month in which the cumulative growth of the year was lowest: 7月最低，为-1.1%."""
    rows = report.detail("series", code=code, entity=report.park)
    rows = rows[(rows["year"] == report.period.year) & (rows["month"] <= report.period.last)]
    rows = rows[rows["growth_pct"].notna()]
    if len(rows) < 3:
        return ""
    lowest = rows.loc[rows["growth_pct"].idxmin()]
    return f"年内累计增速{lowest['month']}月最低，为{number(lowest['growth_pct'], 1, fixed=True)}%"


def _parks(report: Report, code: str) -> pd.DataFrame:
    rows = report.detail("parks", code=code)
    return rows[rows["park"] != ""]


def _name(report: Report, park: str) -> str:
    names = report.park_names
    return names.get(park, "")
