"""The parks side by side: their carriers and their renewed land."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, amounts, known
from zonereport.present.kit.ledgers import parks as park_names
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

CAPTION = "各园区载体与用地"
OUTSIDE = "未分园区"
HEADS = {
    "park": "园区",
    "carriers": "载体数",
    "service": "已投用面积",
    "share": "使用率",
    "tenants": "入驻",
    "plots": "整治地块",
    "mu": "整治面积",
    "tax": "净增税收",
    "per_mu": "每亩",
}
RIGHT = ("carriers", "service", "share", "tenants", "plots", "mu", "tax", "per_mu")


@exhibit
def parks(report: Report) -> Exhibit:
    """List the parks with their carriers and renewed land, where there are two of them to set side by side."""
    rows = _rows(report)
    # one park beside nothing compares nothing
    if len(rows) < 2:
        return Exhibit(CAPTION, gaps=list_gap(report, "carriers") + list_gap(report, "land"))
    tenants = [amount(row.tenants, "家", row.qualifier) or NO_VALUE for row in rows.itertuples()]
    columns = {
        "park": rows["name"],
        "carriers": amounts(rows["carriers"], "个"),
        "service": amounts(rows["area_in_service_square_metre"], "平方米"),
        "share": amounts(rows["occupancy_pct"], "%"),
        "tenants": tenants,
        "plots": amounts(rows["plots"], "宗"),
        "mu": amounts(rows["area_mu"], "亩"),
        "tax": amounts(rows["tax_gained_10k_yuan"], "万元"),
        "per_mu": amounts(rows["tax_per_mu_10k_yuan"], "万元/亩").str.removesuffix("/亩"),
    }
    table = styled(without_empty(pd.DataFrame(columns)), "place-parks", heads=HEADS, right=RIGHT)
    codes = known(report, "carriers", "land_plots")
    note = foot(report, codes) if codes else ""
    note += "使用率和面积只计已投用载体；整治地块为本年自年初累计。"
    return Exhibit(CAPTION, data=rows, draw=table, note=note)


def _rows(report: Report) -> pd.DataFrame:
    """The parks that have a carrier or a plot, in the zone's order, what belongs to none of them last."""
    carriers, land = report.detail("place_carrier_parks"), report.detail("place_land_parks")
    # a park may have carriers and no plots, or the other way round
    rows = carriers.merge(land, on="park", how="outer")
    names = park_names(report)
    order = rows["park"].map(list(names).index).replace(0, len(names))
    rows = rows.assign(order=order, name=rows["park"].map(names | {"": OUTSIDE}))
    # a park without carriers has no qualifier either
    rows["qualifier"] = rows["qualifier"].fillna("")
    return rows.sort_values("order", ignore_index=True)
