"""Low-efficiency land renewed: area, plots and the tax gained per mu, this year and last."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.units import Unit, convert
from zonereport.metrics.indicators.counted import against, events_in, labelled, month_numbers, reaches_back, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.scope import Scope

Row = dict[str, object]
PLOTS = ["plot", "name", "park", "period", "year", "area_mu", "tax_gained_10k_yuan", "tax_per_mu_10k_yuan", "qualifier"]
SUMS = ["plots", "area_mu", "tax_gained_10k_yuan"]


def in_mu(rows: pd.DataFrame, *, units: dict[str, Unit]) -> pd.DataFrame:
    """The plots with their area in mu (area_mu) and the tax gained per mu, in 10 000 yuan (tax_per_mu_10k_yuan).

    1 hectare = 15 mu. No quotient of a plot whose figures are a bound, that has no area or no tax.
    """
    area = [convert(value, unit, "亩", units) for value, unit in zip(rows["area"], rows["unit"], strict=True)]
    made = rows.assign(area_mu=pd.Series(area, index=rows.index, dtype="float64"))
    divisor = made["area_mu"].where((made["area_mu"] > 0) & (rows["qualifier"] != "lower_bound"))
    return made.assign(tax_per_mu_10k_yuan=(rows["tax_gained_10k_yuan"] / divisor).astype("float64"))


def tax_per_mu(plots: pd.DataFrame) -> Row:
    """The tax gained per mu renewed, in 万元/亩: Σ tax / Σ area of the plots that report both.

    ``plots`` has area_mu, tax_gained_10k_yuan and qualifier. A bound on a row is a bound on both of its figures, and
    two bounds leave no quotient (``bounds``). ``not_reported`` where no plot has both, ``zero_base`` without area.

    >>> rows = {"area_mu": [100.0, 50.0], "tax_gained_10k_yuan": [90.0, 60.0], "qualifier": ["", ""]}
    >>> tax_per_mu(pd.DataFrame(rows))
    {'value': 1.0, 'qualifier': ''}
    """
    rows = plots[plots["area_mu"].notna() & plots["tax_gained_10k_yuan"].notna()]
    if not len(rows):
        return {"reason": "not_reported"}
    word = _qualifier(rows)
    qualifier = combined_qualifier("ratio", word, word)
    area = rows["area_mu"].sum()
    if qualifier == "bounds" or area <= 0:
        return {"reason": "bounds" if qualifier == "bounds" else "zero_base"}
    return {"value": float(rows["tax_gained_10k_yuan"].sum() / area), "qualifier": qualifier}


def land_figures(scope: Scope) -> Iterator[Row]:
    """Measures of the ledger of plots: land_plots, land_area, land_tax and land_tax_per_mu, against last year.

    Nothing where the zone keeps no such ledger. Source: domain notes of the project, sections 1 (S9) and 2.
    """
    rows = _plots(scope)
    if not len(rows):
        return
    now, before = _year(rows, scope.period), _year(rows, scope.period.same_last_year)
    known = reaches_back(scope.table("land"), scope.period.same_last_year)
    source, words = sources(rows), (_qualifier(now), _qualifier(before))
    counted = (("land_plots", "个", None), ("land_area", "亩", "area_mu"), ("land_tax", "万元", "tax_gained_10k_yuan"))
    for code, unit, column in counted:
        if column and len(now) and now[column].isna().all():
            yield {"code": code, "measure": "value", "unit": unit, "source": source, "reason": "not_reported"}
            continue
        sums = [float(part[column].sum()) if column else len(part) for part in (now, before)]
        qualifiers = words if column else ("", "")
        yield from against(code, sums[0], sums[1] if known else None, unit=unit, source=source, qualifiers=qualifiers)
    common = {"code": "land_tax_per_mu", "unit": "万元/亩", "source": source, "basis": "ledger"}
    value, old = tax_per_mu(now), tax_per_mu(before) if known else {"reason": "no_base"}
    yield {**common, "measure": "value", **value}
    yield {**common, "measure": "last_year", **old}
    reason = value.get("reason") or old.get("reason")
    change = {"reason": reason} if reason else {"value": float(value["value"]) - float(old["value"])}
    yield {**common, "measure": "change_on_year", **change}


def land_frames(scope: Scope) -> dict[str, pd.DataFrame]:
    """Frames place_land (a row a plot of this year and last), place_land_months and place_land_parks.

    place_land: plot, name, park, period, year, area_mu, tax_gained_10k_yuan, tax_per_mu_10k_yuan, qualifier.
    place_land_months: year, month, plots, area_mu, tax_gained_10k_yuan (of the month, 0 where none was finished) and
    their sums from January (cumulative_…), of this year and last. place_land_parks: park, plots, area_mu,
    tax_gained_10k_yuan, tax_per_mu_10k_yuan, last_year_plots, last_year_area_mu, last_year_tax_gained_10k_yuan.
    """
    rows = _plots(scope)
    if not len(rows):
        return {}
    period = scope.period
    now, before = _year(rows, period), _year(rows, period.same_last_year)
    whole = Period(period.year - 1)
    years = [(period.year, now), *([(whole.year, _year(rows, whole))] if reaches_back(rows, whole) else [])]
    listed = pd.concat([part.assign(year=year) for year, part in years])
    months = [_months(part, year, period.last if year == period.year else 12) for year, part in years]
    parks = [
        {
            **{"park": park, **_sums(now[now["park"] == park])},
            "tax_per_mu_10k_yuan": tax_per_mu(now[now["park"] == park]).get("value", float("nan")),
            **{f"last_year_{key}": value for key, value in _sums(before[before["park"] == park]).items()},
        }
        for park in dict.fromkeys(rows["park"])
    ]
    return {
        "place_land": labelled(listed.sort_values(["year", "period"], ascending=False, kind="stable"), PLOTS),
        "place_land_months": pd.concat(months, ignore_index=True),
        "place_land_parks": pd.DataFrame(parks),
    }


def _plots(scope: Scope) -> pd.DataFrame:
    rows = scope.table("land")
    if scope.park:
        rows = rows[rows["park"] == scope.park]
    return in_mu(rows, units=scope.dictionary.units)


def _year(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return events_in(rows, period)


def _sums(rows: pd.DataFrame) -> dict[str, float]:
    return {"plots": len(rows), **{name: float(rows[name].sum()) for name in SUMS[1:]}}


def _months(rows: pd.DataFrame, year: int, last: int) -> pd.DataFrame:
    month = month_numbers(rows["period"]) % 12 + 1
    made = rows.assign(month=month.astype("int64"), plots=1).groupby("month")[SUMS].sum()
    made = made.reindex(range(1, last + 1), fill_value=0).reset_index()
    running = made[SUMS].cumsum().add_prefix("cumulative_")
    return pd.concat([made.assign(year=year)[["year", "month", *SUMS]], running], axis=1)


def _qualifier(rows: pd.DataFrame) -> str:
    found = set(rows["qualifier"])
    return next((word for word in ("lower_bound", "estimate", "approximate") if word in found), "")
