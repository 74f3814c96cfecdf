"""What came in and when: the matrix of indicators by months, and how figures were revised."""

import itertools

import numpy as np
import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert
from zonereport.metrics.schemas import tidy

# received later than this after the end of the month is late
LATE_DAYS = 31
KEYS = ["code", "year", "month"]


def availability(indicators: pd.DataFrame, dictionary: Dictionary, *, until: Period, park: str) -> pd.DataFrame:
    """Return every indicator by month from the first year of the table to ``until``: what came in, what not, and why.

    ``indicators`` is the typed table: period, code, park, value, growth_pct, vintage (days such as 2022-10-15, or
    empty). Columns: code, year, month, ``status``, ``received`` (the first vintage), ``delay_days`` (days from the
    end of the month until then, NaN unknown). Status: reported; late = reported, but more than LATE_DAYS after the
    end of the month, or still open where the indicator usually takes longer than has passed until the day on which
    the last figures came; not_due = January of a survey that does not report it, or months between the reports of a
    yearly, half-yearly or quarterly indicator; missing. Months before an indicator's first year are left out, and
    periods that do not start in January; a table that has nothing but years and Decembers has Decembers only. Source:
    methods notes of the project, section 3.15.
    """
    came = _arrivals(indicators[indicators["park"] == park], until)
    if came.empty:
        return tidy("availability", [])
    grid = _months_due(came, dictionary, until)
    # what has not come by the day of the latest figures, but usually takes longer than that
    usual = came.groupby("code")["delay_days"].median()
    waited = (_days(came["received"]).max() - _ends(grid)).dt.days
    open_yet = waited < grid["code"].map(usual)
    reported = grid["received"].notna()
    cases = [reported & (grid["delay_days"] > LATE_DAYS), reported, ~grid["due"], open_yet]
    grid["status"] = np.select(cases, ["late", "reported", "not_due", "late"], "missing")
    return tidy("availability", grid)


def _arrivals(rows: pd.DataFrame, until: Period) -> pd.DataFrame:
    """Code, year and month of every cumulative figure up to a period, with the day on which it first came."""
    periods = rows["period"].map({text: Period.parse(text) for text in rows["period"].unique()})
    rows = rows.assign(
        year=periods.map(lambda period: period.year),
        month=periods.map(lambda period: period.last),
        first=periods.map(lambda period: period.first),
        received=rows.get("vintage", ""),
    )
    rows = rows[(rows["first"] == 1) & (rows["year"] * 12 + rows["month"] <= until.year * 12 + until.last)]
    if rows.empty:
        return rows
    came = rows.sort_values([*KEYS, "received"]).drop_duplicates(KEYS)[[*KEYS, "received"]].reset_index(drop=True)
    came["delay_days"] = (_days(came["received"]) - _ends(came)).dt.days
    return came


def _months_due(came: pd.DataFrame, dictionary: Dictionary, until: Period) -> pd.DataFrame:
    """A row an indicator and month from its first year on, with what came and whether anything was due."""
    # a table of yearly figures has no months to be missing
    months = [12] if set(came["month"]) == {12} else range(1, 13)
    cells = []
    for code, own in came.groupby("code"):
        january = dictionary.indicators.at[code, "january_reported"] == "yes"
        due = _due_months(set(own["month"]), january)
        for year, month in itertools.product(range(int(own["year"].min()), until.year + 1), months):
            if (year, month) <= (until.year, until.last):
                cells.append((code, year, month, month in due))
    return pd.DataFrame(cells, columns=[*KEYS, "due"]).merge(came, how="left")


def _due_months(seen: set[int], january: bool) -> set[int]:
    """The months in which an indicator reports: all, or every third, sixth or twelfth where it never did otherwise."""
    due = set(range(1, 13))
    for every in (12, 6, 3):
        regular = set(range(every, 13, every))
        if seen <= regular:
            due = regular
            break
    return due if january else due - {1}


def _days(texts: pd.Series) -> pd.Series:
    """Days of texts such as 2022-10-15; NaT of anything shorter."""
    return pd.to_datetime(texts.where(texts.str.len() == 10), format="%Y-%m-%d")


def _ends(rows: pd.DataFrame) -> pd.Series:
    """The last days of the months."""
    return pd.to_datetime(rows[["year", "month"]].assign(day=1)) + pd.offsets.MonthEnd(0)


def revisions(indicators: pd.DataFrame, dictionary: Dictionary, *, until: Period) -> pd.DataFrame:
    """Return figures that came in more than once with different values: the first, the latest, and by how much.

    ``indicators`` is the typed table; periods after ``until`` are left out. Columns: period, code, park, first, latest,
    change (latest - first) in ``unit``, change_pct (of the first, NaN where that is 0), first_vintage, vintage (of the
    latest), vintages (how many). Figures in units that do not convert into one another are left out.
    Source: methods notes of the project, section 3.15.
    """
    keys = ["period", "code", "park"]
    rows = indicators[indicators["value"].notna() & indicators.duplicated(keys, keep=False)]
    made = []
    for (text, code, park), group in rows.groupby(keys, sort=True):
        period = Period.parse(text)
        units = {dictionary.printed_unit(code, unit) for unit in group["unit"]}
        if len(units) > 1 or (period.year, period.last) > (until.year, until.last):
            continue
        unit, group = units.pop(), group.sort_values("vintage", kind="stable")
        old, new = group.iloc[0], group.iloc[-1]
        first = convert(old["value"], old["unit"], unit, dictionary.units)
        latest = convert(new["value"], new["unit"], unit, dictionary.units)
        if first == latest:
            continue
        row = {"period": text, "code": code, "park": park, "first": first, "latest": latest, "unit": unit}
        row |= {"first_vintage": old["vintage"], "vintage": new["vintage"], "vintages": len(group)}
        row["change"] = round(latest - first, 9)
        # of nothing there is no percentage
        row["change_pct"] = row["change"] / first * 100 if first else float("nan")
        made.append(row)
    return tidy("revisions", made)
