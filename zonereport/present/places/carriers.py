"""The carriers of the zone: how large and how full they are, and each with its status."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import SQUARE_METRES, amount, amounts, figure, known, named, parks
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.places.words import IN_SERVICE, status
from zonereport.present.report import Report

FILLED = ("已使用", "未使用", "尚未投用")
# where nothing is known of the use
UNFILLED = ("已使用", "已投用", "尚未投用")
HEADS = {
    "carrier": "载体",
    "park": "园区",
    "status": "状态",
    "area": "面积",
    "share": "使用率",
    "tenants": "入驻",
    "note": "说明",
}
RIGHT = ("area", "share", "tenants")
BAR_COLUMNS = ["label", "whole", "part", "open", "text"]
# what fits on a page beside the chart
MOST_ROWS = 20


@exhibit
def occupancy(report: Report) -> Exhibit:
    """Show how large each carrier is and how much of it is used: those in service, the emptiest first."""
    caption, words, rows = "载体面积与使用情况", FILLED, _bars(report)
    if rows["part"].isna().all():
        caption, words = "载体面积", UNFILLED
    gaps = _gaps(report)
    if rows.empty:
        return Exhibit(caption, gaps=gaps)
    claim = _claim(report)

    def draw() -> Axes:
        return charts.filled(rows, words, title=claim, unit="万平方米")

    alt = f"横条图，单位万平方米。{'；'.join(rows['label'] + rows['text'])}。"
    note = foot(report, known(report, "carriers")) + _day_of_use(report)
    return Exhibit(caption, claim, data=rows, draw=draw, alt=alt, note=note, gaps=gaps)


def _bars(report: Report) -> pd.DataFrame:
    rows = report.detail("place_carriers")
    rows = rows[rows["area_square_metre"].notna()]
    rows = rows.assign(open=rows["status"] == IN_SERVICE)
    rows = rows.sort_values(["open", "occupancy_pct"], ascending=[False, True], kind="stable")
    columns = {
        "label": rows["name"],
        "whole": rows["area_square_metre"] / SQUARE_METRES,
        "part": rows["occupied_square_metre"] / SQUARE_METRES,
        "open": rows["open"],
        "text": [_filled(report, row) for row in rows.itertuples()],
    }
    return pd.DataFrame(columns, columns=BAR_COLUMNS).reset_index(drop=True)


def _filled(report: Report, row) -> str:
    area, share = amount(row.area_square_metre, "平方米"), amount(row.occupancy_pct, "%")
    # what nobody may move into yet has no use to report, and what is used now says nothing of an earlier day
    if not row.open or not report.has("carriers_occupancy"):
        return f"{area}，{status(report, 'carriers', row.status)}"
    if not share:
        return f"{area}，使用面积未报"
    return f"{area}，使用{share}"


def _day_of_use(report: Report) -> str:
    """That the ledger has no day for what is used and who is inside; nothing where it has neither."""
    rows = report.detail("place_carriers")
    if rows[["occupied_square_metre", "tenants"]].isna().all(axis=None):
        return ""
    return "使用面积和入驻数没有时点，以台账登记日为准。"


def _claim(report: Report) -> str:
    rows = report.detail("place_carriers").dropna(subset="occupancy_pct")
    if rows.empty or not report.has("carriers_occupancy"):
        return f"载体面积合计{figure(report, 'carriers_area')}"
    share = figure(report, "carriers_occupancy")
    # several may share the lowest place
    low = rows[rows["occupancy_pct"] == rows["occupancy_pct"].min()]
    # all alike: none is the lowest
    if len(low) == len(rows):
        return f"已投用载体使用率{share}"
    return f"已投用载体使用率{share}，{named(low['name'], 2)}最低，为{amount(low.iloc[0]['occupancy_pct'], '%')}"


def _gaps(report: Report) -> tuple[Gap, ...]:
    """The ledger, or what it lacks: the areas of those in service, the status at the end of the period."""
    # without the ledger there is nothing else to complain of
    if not report.has("carriers"):
        return list_gap(report, "carriers")
    _, _, office = LISTS["carriers"]
    gaps = []
    if not report.has("carriers_occupancy"):
        reason = "已投用载体未同时报送面积和使用面积"
        if report.table("carriers")["occupied_square_metre"].notna().any():
            reason = "台账只载登记日的使用面积，没有本期的"
        gaps.append(Gap("载体使用率", reason, "已投用载体截至本期的面积和使用面积", office))
    if report.value("carriers_later") > 0:
        gaps.append(Gap("部分载体的本期状态", "台账只载最近一次状态，其时点晚于本期", "各载体截至本期的状态", office))
    return tuple(gaps)


@exhibit
def carriers(report: Report) -> Exhibit:
    """List the carriers with their status, size, use and tenants."""
    every = report.detail("place_carriers")
    if every.empty:
        return Exhibit("载体一览", gaps=list_gap(report, "carriers"))
    rows = every.head(MOST_ROWS)
    columns = {
        "carrier": rows["name"],
        "park": rows["park"].map(parks(report)),
        "status": [_since(report, row) for row in rows.itertuples()],
        "area": amounts(rows["area_square_metre"], "平方米"),
        "share": amounts(rows["occupancy_pct"], "%"),
        "tenants": [amount(row.tenants, row.tenants_unit, row.qualifier) or NO_VALUE for row in rows.itertuples()],
        "note": rows["note"].replace("", NO_VALUE),
    }
    note = foot(report, known(report, "carriers")) + _day_of_use(report)
    if len(every) > MOST_ROWS:
        note += f"其余{amount(len(every) - MOST_ROWS, '个')}载体从略。"
    table = styled(without_empty(pd.DataFrame(columns)), "place-carriers", heads=HEADS, right=RIGHT)
    return Exhibit("载体一览", data=every, draw=table, note=note)


def _since(report: Report, row) -> str:
    name, when = status(report, "carriers", row.status), day(row.status_date)
    if when:
        return f"{name}（{when}）"
    return name
