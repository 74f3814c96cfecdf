"""Carriers and public works: what stands at which stage, how full it is."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.frame import Row
from zonereport.metrics.indicators.counted import (
    end_of,
    month_number,
    month_numbers,
    published_against,
    sources,
    weakest_qualifier,
)
from zonereport.metrics.places.land import land_figures, land_frames
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

CARRIER_STAGES = ("approved", "construction", "topped_out", "in_service")
WORK_STAGES = ("construction", "main_line_completed", "in_service")
GROUPS = ("S7", "S9")


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of carriers, works and land, and of the published codes of S7 and S9 against last year.

    Codes of its own: carriers, carrier_status_<status>, carriers_new, carriers_area, carriers_area_in_service,
    carriers_occupancy, carriers_tenants, works, work_status_<status>, works_new, works_unstated, land_plots,
    land_area, land_tax_per_mu. Source: domain notes of the project, section 1 (S7, S9).
    """
    indicators = scope.dictionary.indicators
    # stocks are compared by their own sources only
    codes = indicators.index[indicators["group"].isin(GROUPS) & (indicators["nature"] == "flow_ytd")]
    yield from published_against(scope.history, codes, period=scope.period, park=scope.park)
    yield from _carriers(scope)
    yield from _works(scope)
    yield from land_figures(scope)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames place_carriers, place_carrier_parks, place_works, place_work_kinds, and those of land.

    place_carriers and place_works: a row a carrier or work, without those whose status was reached only after the
    period; the status of a work is empty where the source does not say it. place_carrier_parks: a row a park.
    place_work_kinds: a row a kind, works by status.
    """
    (carriers, _), (works, _) = _at_period(scope, "carriers"), _at_period(scope, "works")
    found = {
        "place_carriers": tidy("place_carriers", carriers.rename(columns={"unit": "tenants_unit"})),
        "place_carrier_parks": _by_park(carriers),
        "place_works": tidy("place_works", works),
        "place_work_kinds": _by_kind(works),
    }
    return found | land_frames(scope)


def at_period(rows: pd.DataFrame, *, period: Period, is_latest: bool) -> tuple[pd.DataFrame, int]:
    """Return what a ledger of present states says of the end of ``period``, and how many rows say nothing of it.

    ``rows`` have status and status_date (a year, a month, a day or empty). A status dated after the period was not
    reached yet, and what stood before it the ledger does not say: such a row is left out and counted. What has no date
    (a status without one, occupied, tenants) is of the day on which the ledger was written: it stands in the latest
    edition alone. new_this_year is yes where the status was reached within the period.
    """
    # a carrier is judged by the last month of the period
    when, end = month_numbers(rows["status_date"]), end_of(period)
    later = when > end
    if not is_latest:
        # a row without any status is a name, which has no day
        later |= when.isna() & (rows["status"] != "")
    fresh = (when <= end) & (when > end - period.last + period.first - 1)
    words = {True: "yes", False: "no"}
    made = rows.assign(new_this_year=fresh.map(words).astype("str"))
    for name in ("occupied_square_metre", "tenants"):
        if name in rows and not is_latest:
            made[name] = float("nan")
    return made[~later], int(later.sum())


def occupancy(carriers: pd.DataFrame) -> Row:
    """Return occupied area per area of the carriers in service, in %: Σ occupied / Σ area × 100.

    Only carriers whose two areas (square metres) are both known; the same carriers above and below the line.
    ``not_reported`` where there is none, ``zero_base`` where they have no area.

    >>> rows = {"status": ["in_service"] * 2, "area_square_metre": [100.0, 50.0], "occupied_square_metre": [80.0, None]}
    >>> occupancy(pd.DataFrame(rows))
    {'value': 80.0}
    """
    both = carriers["area_square_metre"].notna() & carriers["occupied_square_metre"].notna()
    rows = carriers[(carriers["status"] == "in_service") & both]
    area = rows["area_square_metre"].sum()
    if rows.empty:
        return {"reason": "not_reported"}
    if area <= 0:
        return {"reason": "zero_base"}
    return {"value": float(rows["occupied_square_metre"].sum() / area * 100)}


def tenants(carriers: pd.DataFrame) -> tuple[Row, str]:
    """Return the firms inside the carriers and their unit; one bound among them makes the sum a bound.

    Those counted in another unit than most are left out: firms and people do not add up.

    >>> rows = {"tenants": [20.0, 3.0], "unit": ["家", "家"], "qualifier": ["lower_bound", ""]}
    >>> tenants(pd.DataFrame(rows))
    ({'value': 23.0, 'qualifier': 'lower_bound'}, '家')
    """
    rows = carriers[carriers["tenants"].notna()]
    if rows.empty:
        return {"reason": "not_reported"}, "家"
    # most carriers count firms, some people
    unit = str(rows["unit"].mode().iloc[0])
    rows = rows[rows["unit"] == unit]
    return {"value": float(rows["tenants"].sum()), "qualifier": weakest_qualifier(rows)}, unit


def _at_period(scope: Scope, table: str) -> tuple[pd.DataFrame, int]:
    rows = scope.table(table)
    if scope.park:
        rows = rows[rows["park"] == scope.park]
    rows, later = at_period(rows, period=scope.period, is_latest=scope.is_latest)
    if table == "carriers":
        in_service = rows["status"] == "in_service"
        pct = rows["occupied_square_metre"] / rows["area_square_metre"].where(rows["area_square_metre"] > 0) * 100
        # what is not in service has no firms to be full of
        rows = rows.assign(occupancy_pct=pct.where(in_service).astype("float64"))
    return rows, later


def _carriers(scope: Scope) -> Iterator[Row]:
    rows, later = _at_period(scope, "carriers")
    if rows.empty:
        return
    common: Row = {"measure": "value", "source": sources(rows), "basis": "ledger"}
    yield from _stages("carriers", "carrier_status", rows, CARRIER_STAGES, common, later)
    # a building under way has an area, but nobody in it
    in_service = rows[rows["status"] == "in_service"]
    for code, part in (("carriers_area", rows), ("carriers_area_in_service", in_service)):
        yield common | {"code": code, "unit": "平方米"} | _area(part["area_square_metre"])
    yield common | {"code": "carriers_occupancy", "unit": "%"} | occupancy(rows)
    inside, unit = tenants(rows)
    yield common | {"code": "carriers_tenants", "unit": unit} | inside


def _area(area: pd.Series) -> Row:
    """A sum of areas; one that is missing makes the sum a bound."""
    if not area.notna().any():
        return {"reason": "not_reported"}
    return {"value": float(area.sum()), "qualifier": "lower_bound" if area.isna().any() else ""}


def _works(scope: Scope) -> Iterator[Row]:
    rows, later = _at_period(scope, "works")
    if len(rows):
        common: Row = {"measure": "value", "source": sources(rows), "basis": "ledger"}
        yield from _stages("works", "work_status", rows, WORK_STAGES, common, later)


def _stages(
    code: str, prefix: str, rows: pd.DataFrame, stages: tuple[str, ...], common: Row, later: int
) -> Iterator[Row]:
    """How many there are, at which status, left out as of later, and newly in service."""
    common = common | {"unit": "个"}
    yield common | {"code": code, "value": len(rows)}
    for stage in stages:
        yield common | {"code": f"{prefix}_{stage}", "value": int((rows["status"] == stage).sum())}
    # without a date nobody knows when; a count of the dated ones would be too small
    done = rows[rows["status"] == "in_service"]
    if done["status_date"].map(month_number).isna().any():
        yield common | {"code": f"{code}_new", "reason": "not_reported"}
    else:
        yield common | {"code": f"{code}_new", "value": int((done["new_this_year"] == "yes").sum())}
    if later:
        yield common | {"code": f"{code}_later", "value": later}
    # the source names it and does not say how far it is
    unstated = int((rows["status"] == "").sum())
    if unstated:
        yield common | {"code": f"{code}_unstated", "value": unstated}


def _by_park(carriers: pd.DataFrame) -> pd.DataFrame:
    made = []
    for park, rows in carriers.groupby("park", sort=False):
        inside, _ = tenants(rows)
        in_service = rows[rows["status"] == "in_service"]
        row = {
            "park": park,
            "carriers": len(rows),
            "area_square_metre": rows["area_square_metre"].sum(min_count=1),
            "area_in_service_square_metre": in_service["area_square_metre"].sum(min_count=1),
            "occupancy_pct": occupancy(rows).get("value"),
            "tenants": inside.get("value"),
            "qualifier": inside.get("qualifier", ""),
        }
        for stage in CARRIER_STAGES:
            row[stage] = int((rows["status"] == stage).sum())
        made.append(row)
    return tidy("place_carrier_parks", made)


def _by_kind(works: pd.DataFrame) -> pd.DataFrame:
    made = []
    for kind, rows in works.groupby("kind", sort=False):
        finished = (rows["status"] == "in_service") & (rows["new_this_year"] == "yes")
        row = {"kind": kind, "works": len(rows), "new_this_year": int(finished.sum())}
        row["status_unknown"] = int((rows["status"] == "").sum())
        for stage in WORK_STAGES:
            row[stage] = int((rows["status"] == stage).sum())
        made.append(row)
    return tidy("place_work_kinds", made)
