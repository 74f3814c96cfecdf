"""The parks side by side: their R&D, patents, platforms, talents and loans, and who leads in what."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.firms import count, foot, money, park, percent
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {
    "park": "园区",
    "rd": "研发投入",
    "intensity": "研发强度",
    "held": "有效专利",
    "platforms": "新设平台",
    "talents": "引进人才",
    "pledged": "质押融资",
}
# columns that count rows of a list: without the list a zero says nothing
LISTS = {"platforms": "platforms", "talents": "talents", "pledged": "ip_pledges"}


@exhibit
def leading_parks(report: Report) -> Exhibit:
    """Say which park leads in R&D intensity, in patents and in talents."""
    rows = report.detail("innovation_parks")
    # one park leads nobody
    if len(rows) < 2:
        return Exhibit("领先园区")
    # by park, so that a park that leads twice is named once
    led: dict[str, list[str]] = {}
    for column in ("intensity_pct", "patents_in_force", "talents_recruited"):
        best = _leader(rows, column)
        if best is not None:
            led.setdefault(best["park"], []).append(_amount(column, best[column]))
    parts = []
    for name, amounts in led.items():
        if len(amounts) > 1:
            parts.append(f"{park(report, name)}{'、'.join(amounts)}均居各园区首位")
        else:
            parts.append(f"{park(report, name)}{amounts[0]}居各园区首位")
    text = "；".join(parts) + "。" if parts else ""
    return Exhibit("领先园区", text, rows, text)


def _leader(rows: pd.DataFrame, column: str) -> pd.Series | None:
    """The park that is ahead of all others; None where several share the first place or none has anything."""
    first = rows[(rows[column] == rows[column].max()) & (rows[column] > 0)]
    return first.iloc[0] if len(first) == 1 else None


def _amount(column: str, value: float) -> str:
    if column == "intensity_pct":
        return f"研发强度{percent(value, 2)}"
    if column == "patents_in_force":
        return f"有效发明专利{count(value, '件')}"
    return f"引进高层次人才{count(value, '人')}"


@exhibit
def parks(report: Report) -> Exhibit:
    """Show the parks side by side; nothing in the report of one of them, or where nothing is known of any."""
    caption, parks = "各园区创新情况", report.detail("innovation_parks")
    if len(parks) < 2:
        return Exhibit(caption)
    rows = []
    for row in parks.itertuples():
        rows.append(
            {
                "park": park(report, row.park),
                "rd": money(report, row.rd_10k_yuan),
                "intensity": percent(row.intensity_pct, 2),
                "held": count(row.patents_in_force, "件"),
                "platforms": count(row.platforms_new),
                "talents": count(row.talents_recruited, "人"),
                "pledged": money(report, row.pledge_10k_yuan),
            }
        )
    not_kept = [column for column, name in LISTS.items() if report.table(name).empty]
    frame = without_empty(pd.DataFrame(rows).drop(columns=not_kept))
    # names alone are no comparison
    if len(frame.columns) < 2:
        return Exhibit(caption)
    note = foot(report, "rd_firms", "pledges", "talents_firms", "platforms_provincial", made_of=("value",))
    # the zone's own intensity has all sales below it: these two are not to be compared
    if "intensity" in frame:
        note += "研发强度为有研发活动企业的研发投入占其开票销售。"
    right = [column for column in HEADS if column != "park"]
    return Exhibit(caption, data=parks, draw=styled(frame, "parks", heads=HEADS, right=right), note=note)
