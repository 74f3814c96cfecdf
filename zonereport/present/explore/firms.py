"""The firms behind an indicator: the largest ones of the ledger and what each adds to its growth."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {
    "place": "名次",
    "name": "企业",
    "park": "园区",
    "amount": "本年累计（万元）",
    "share": "占台账",
    "growth": "同比",
    "pull": "拉动（百分点）",
}


@exhibit
def firms(report: Report, code: str) -> Exhibit:
    """Show the largest firms of the ledger behind an indicator, their share of the ledger and their growth."""
    caption = f"{report.label(code)}居前的企业"
    rows = report.detail("enterprise_top", code=code)
    if rows.empty:
        # only what firms report month by month is known by firm
        missing = list_gap(report, "enterprise_months")
        return Exhibit(caption, gaps=missing or (Gap(caption, "企业逐月数据没有这项指标"),))
    table = pd.DataFrame(
        {
            "place": rows["place"].astype(str),
            "name": rows["name"],
            "park": rows["park"].map(report.park_names).fillna(NO_VALUE),
            "amount": [quantity(value, "", 0) for value in rows["amount_10k_yuan"]],
            "share": [_percent(value) for value in rows["share_pct"]],
            "growth": [_percent(value) for value in rows["growth_pct"]],
            "pull": [
                quantity(value, "", 2, fixed=True) if pd.notna(value) else "" for value in rows["contribution_pp"]
            ],
        }
    )
    first = rows.iloc[0]
    claim = f"台账中{report.label(code)}最大的企业是{first['name']}，占台账的{_percent(first['share_pct'])}"
    draw = styled(
        without_empty(table), f"explore-firms-{code}", heads=HEADS, right=("amount", "share", "growth", "pull")
    )
    note = "企业数来自企业逐月台账，占比为占台账的比重。"
    return Exhibit(caption, claim, data=rows, draw=draw, note=note)


def _percent(value: float) -> str:
    return "" if pd.isna(value) else quantity(value, "%", 1, fixed=True)
