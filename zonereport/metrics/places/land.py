"""Low-efficiency land renewed: area, plots and the tax gained per mu, this year and last."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.units import Unit, convert
from zonereport.metrics.frame import Row
from zonereport.metrics.indicators.counted import (
    against,
    events_in,
    month_numbers,
    reaches_back,
    sources,
    weakest_qualifier,
)
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

SUMS = ["plots", "area_mu", "tax_gained_10k_yuan"]


def in_mu(rows: pd.DataFrame, *, units: dict[str, Unit]) -> pd.DataFrame:
    """Return the plots with their area in mu (area_mu) and the tax gained per mu, in 10 000 yuan (tax_per_mu_10k_yuan).

    1 hectare = 15 mu. No quotient of a plot whose figures are a bound, that has no area or no tax.
    """
    area = [convert(value, unit, "亩", units) for value, unit in zip(rows["area"], rows["unit"], strict=True)]
    made = rows.assign(area_mu=pd.Series(area, index=rows.index, dtype="float64"))
    # of a bound, or of nothing, no quotient is made
    divisor = made["area_mu"].where((made["area_mu"] > 0) & (rows["qualifier"] != "lower_bound"))
    return made.assign(tax_per_mu_10k_yuan=(rows["tax_gained_10k_yuan"] / divisor).astype("float64"))


def tax_per_mu(plots: pd.DataFrame) -> Row:
    """Return the tax gained per mu renewed, in 万元/亩: Σ tax / Σ area of the plots that report both.

    ``plots`` has area_mu, tax_gained_10k_yuan and qualifier. A bound on a row is a bound on both of its figures, and
    two bounds leave no quotient (``bounds``). ``not_reported`` where no plot has both, ``zero_base`` without area.

    >>> rows = {"area_mu": [100.0, 50.0], "tax_gained_10k_yuan": [90.0, 60.0], "qualifier": ["", ""]}
    >>> tax_per_mu(pd.DataFrame(rows))
    {'value': 1.0, 'qualifier': ''}
    """
    rows = plots[plots["area_mu"].notna() & plots["tax_gained_10k_yuan"].notna()]
    if rows.empty:
        return {"reason": "not_reported"}
    word = weakest_qualifier(rows)
    qualifier = combined_qualifier("ratio", word, word)
    if qualifier == "bounds":
        return {"reason": "bounds"}
    area = rows["area_mu"].sum()
    if area <= 0:
        return {"reason": "zero_base"}
    return {"value": float(rows["tax_gained_10k_yuan"].sum() / area), "qualifier": qualifier}


def land_figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of the ledger of plots: land_plots, land_area and land_tax_per_mu, against last year.

    Nothing where the zone keeps no such ledger. Source: domain notes of the project, sections 1 (S9) and 2.
    """
    rows = _plots(scope)
    if rows.empty:
        return
    period, source = scope.period, sources(rows)
    now, before = events_in(rows, period), events_in(rows, period.same_last_year)
    # a ledger that was not kept last year says nothing of it, not zero
    reaches = reaches_back(scope.table("land"), period.same_last_year)
    plots_before, area_before, tax_before = None, None, {"reason": "no_base"}
    if reaches:
        plots_before, area_before, tax_before = len(before), float(before["area_mu"].sum()), tax_per_mu(before)
    yield from against("land_plots", len(now), plots_before, unit="个", source=source)
    if len(now) and now["area_mu"].isna().all():
        yield {"code": "land_area", "measure": "value", "unit": "亩", "source": source, "reason": "not_reported"}
    else:
        words = weakest_qualifier(now), weakest_qualifier(before)
        area = float(now["area_mu"].sum())
        yield from against("land_area", area, area_before, unit="亩", source=source, qualifiers=words)
    common: Row = {"code": "land_tax_per_mu", "unit": "万元/亩", "source": source, "basis": "ledger"}
    value = tax_per_mu(now)
    yield common | {"measure": "value"} | value
    yield common | {"measure": "last_year"} | tax_before
    change = common | {"measure": "change_on_year"}
    reason = value.get("reason") or tax_before.get("reason")
    if reason:
        yield change | {"reason": reason}
    else:
        yield change | {"value": float(value["value"]) - float(tax_before["value"])}


def land_frames(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames place_land (a row a plot of this year and last), place_land_months and place_land_parks.

    place_land_months holds the sums of the month, 0 where none was finished, and those from January (cumulative_…),
    of this year and last; the last year is left out of all where the ledger does not reach back. Nothing where the
    zone keeps no such ledger.
    """
    rows = _plots(scope)
    if rows.empty:
        return {}
    period, whole = scope.period, Period(scope.period.year - 1)
    now, before = events_in(rows, period), events_in(rows, period.same_last_year)
    plots = [now.assign(year=period.year)]
    months = [_months(now, period.year, period.last)]
    if reaches_back(rows, whole):
        last = events_in(rows, whole)
        plots.append(last.assign(year=whole.year))
        months.append(_months(last, whole.year, 12))
    parks = []
    for park in rows["park"].unique():
        here, there = now[now["park"] == park], before[before["park"] == park]
        row = {"park": park, "tax_per_mu_10k_yuan": tax_per_mu(here).get("value"), "plots": len(here)}
        row["last_year_plots"] = len(there)
        for name in SUMS[1:]:
            row |= {name: float(here[name].sum()), f"last_year_{name}": float(there[name].sum())}
        parks.append(row)
    listed = pd.concat(plots).sort_values(["year", "period"], ascending=False, kind="stable")
    return {
        "place_land": tidy("place_land", listed),
        "place_land_months": tidy("place_land_months", pd.concat(months)),
        "place_land_parks": tidy("place_land_parks", parks),
    }


def _plots(scope: Scope) -> pd.DataFrame:
    rows = scope.table("land")
    if scope.park:
        rows = rows[rows["park"] == scope.park]
    return in_mu(rows, units=scope.dictionary.units)


def _months(rows: pd.DataFrame, year: int, last: int) -> pd.DataFrame:
    # a month in which no plot was finished counts zero
    month = month_numbers(rows["period"]) % 12 + 1
    made = rows.assign(month=month.astype("int64"), plots=1).groupby("month")[SUMS].sum()
    made = made.reindex(range(1, last + 1), fill_value=0).reset_index()
    return made.assign(year=year).join(made[SUMS].cumsum().add_prefix("cumulative_"))
