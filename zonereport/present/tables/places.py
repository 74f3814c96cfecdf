"""Tables of carriers, works and land: each carrier, and the parks side by side."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, parks
from zonereport.present.kit.phrases import month
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.carriers import status

HEADS = {
    **{"carrier": "载体", "park": "园区", "status": "状态", "area": "面积", "share": "使用率"},
    **{"tenants": "入驻", "carriers": "载体", "service": "已投用面积", "plots": "整治地块", "mu": "整治面积"},
    **{"tax": "净增税收", "per_mu": "每亩"},
}
RIGHT = ("area", "share", "tenants", "carriers", "service", "plots", "mu", "tax", "per_mu")
OUTSIDE = "未分园区"
MOST_ROWS = 20


def place_carriers(report: Report) -> Styler | None:
    """Each carrier with its status, its size, how full it is and how many are in it."""
    names = parks(report)
    made = [
        {
            **{"carrier": row.name, "park": names[row.park], "status": _since(report, row)},
            "area": amount(row.area_square_metre, "平方米") or NO_VALUE,
            "share": amount(row.occupancy_pct, "%") or NO_VALUE,
            "tenants": amount(row.tenants, row.tenants_unit, row.qualifier) or NO_VALUE,
        }
        for row in report.detail("place_carriers").head(MOST_ROWS).itertuples(index=False, name="Carrier")
    ]
    return styled(_full(made), "place-carriers", heads=HEADS, right=RIGHT)


def _since(report: Report, row) -> str:
    when = month(row.status_date)
    return status(report, "carriers", row.status) + (f"（{when}）" if when else "")


def place_parks(report: Report) -> Styler | None:
    """The parks side by side; none where there are not two of them."""
    names = {**parks(report), "": OUTSIDE}
    carriers, land = (_by_park(report, name) for name in ("place_carrier_parks", "place_land_parks"))
    order = [park for park in [*names, ""] if park in carriers or park in land]
    order = list(dict.fromkeys(order[1:] + order[:1] if order and order[0] == "" else order))
    if len(order) < 2:
        return None
    made = []
    for park in order:
        here, plots = carriers.get(park, {}), land.get(park, {})
        made.append(
            {
                **{"park": names[park], "carriers": amount(here.get("carriers"), "个")},
                "service": amount(here.get("area_in_service_square_metre"), "平方米"),
                "share": amount(here.get("occupancy_pct"), "%"),
                "tenants": amount(here.get("tenants"), "家", here.get("qualifier", "")),
                **{"plots": amount(plots.get("plots"), "宗"), "mu": amount(plots.get("area_mu"), "亩")},
                "tax": amount(plots.get("tax_gained_10k_yuan"), "万元"),
                "per_mu": amount(plots.get("tax_per_mu_10k_yuan"), "万元/亩").removesuffix("/亩"),
            }
        )
    made = [{key: text or NO_VALUE for key, text in row.items()} for row in made]
    return styled(_full(made), "place-parks", heads={**HEADS, "carriers": "载体数"}, right=RIGHT)


def _by_park(report: Report, name: str) -> dict[str, dict[str, object]]:
    return {row["park"]: row for row in report.detail(name).to_dict("records")}


def _full(rows: list[dict[str, str]]) -> pd.DataFrame:
    """The rows as a frame without the columns that say nothing in any of them."""
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return frame.drop(columns=empty)
