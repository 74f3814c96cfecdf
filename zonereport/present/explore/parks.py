"""The parks behind an indicator: the figure of each, its growth, and what it adds to the growth of the whole."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {
    "park": "园区",
    "value": "累计数",
    "share_pct": "占比",
    "growth_pct": "同比",
    "pull_pp": "拉动（百分点）",
    "contribution_pct": "贡献率",
}
PERCENT = ("share_pct", "growth_pct", "contribution_pct")


@exhibit
def parks(report: Report, code: str) -> Exhibit:
    """Show the figure of each park and what the park adds to the growth of the zone."""
    caption = f"{report.label(code)}分园区"
    rows = report.detail("parks", code=code).dropna(subset=["value"])
    parts = rows[rows["park"] != ""]
    if parts.empty:
        gap = Gap(
            f"{report.label(code)}分园区数",
            "未取得",
            "各园区同口径的累计数和上年同期数",
            report.label(code, "publisher"),
        )
        return Exhibit(caption, gaps=(gap,))
    table = pd.DataFrame({"park": rows["park"].map(lambda park: report.park_names.get(park, "全区"))})
    decimals, fixed = report.digits(code)
    table["value"] = [quantity(row.value, row.unit, decimals, fixed=fixed) for row in rows.itertuples()]
    for column in PERCENT:
        table[column] = rows[column].map(lambda value: quantity(value, "%", 1, fixed=True), na_action="ignore")
    table["pull_pp"] = rows["pull_pp"].map(lambda value: quantity(value, "", 1, fixed=True), na_action="ignore")
    table = without_empty(table.fillna(NO_VALUE))
    most = parts.loc[parts["value"].idxmax()]
    claim = f"{report.label(code)}最多的园区是{report.park_names[most['park']]}"
    draw = styled(table, f"explore-parks-{code}", heads=HEADS, right=tuple(HEADS)[1:])
    return Exhibit(caption, claim, data=rows, draw=draw, note=foot(report, [code]))
