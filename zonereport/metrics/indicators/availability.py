"""What came in and when: the matrix of indicators by months, and how figures were revised."""

import numpy as np
import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert

# received later than this after the end of the month is late
LATE_DAYS = 31
AVAILABILITY = ["code", "year", "month", "status", "received", "delay_days"]
REVISIONS = [
    *(
        "period",
        "code",
        "park",
        "first",
        "latest",
        "change",
        "change_pct",
        "unit",
        "first_vintage",
        "vintage",
        "vintages",
    ),
]


def availability(indicators: pd.DataFrame, dictionary: Dictionary, *, until: Period, park: str) -> pd.DataFrame:
    """Every indicator by month from the first year of the table to ``until``: what came in, what did not, and why.

    ``indicators`` is the typed table: period, code, park, value, growth_pct, vintage (days such as 2022-10-15, or
    empty). Columns: code, year, month, ``status``, ``received`` (the first vintage), ``delay_days`` (days from the
    end of the month until then, NaN unknown). Status: reported; late = reported, but more than LATE_DAYS after the
    end of the month, or still open where the indicator usually takes longer than has passed until the day on which
    the last figures came; not_due = January of a survey that does not report it, or months between the reports of a
    yearly, half-yearly or quarterly indicator; missing. Months before an indicator's first year are left out, and
    periods that do not start in January; a table that has nothing but years and Decembers has Decembers only. Source:
    methods notes of the project, section 3.15.
    """
    rows = indicators[indicators["park"] == park]
    periods = {text: Period.parse(text) for text in rows["period"].unique()}
    rows = rows.assign(
        year=[periods[text].year for text in rows["period"]],
        month=[periods[text].last for text in rows["period"]],
        first=[periods[text].first for text in rows["period"]],
        received=rows.get("vintage", ""),
    )
    rows = rows[(rows["first"] == 1) & (rows["year"] * 12 + rows["month"] <= until.year * 12 + until.last)]
    if rows.empty:
        return pd.DataFrame(columns=AVAILABILITY)
    keys = ["code", "year", "month"]
    came = rows.sort_values([*keys, "received"]).drop_duplicates(keys)[[*keys, "received"]].reset_index(drop=True)
    came["delay_days"] = (_days(came["received"]) - _ends(came)).dt.days
    groups = came.groupby("code")
    due = {
        code: _due_months(set(months), dictionary.indicators.at[code, "january_reported"] == "yes")
        for code, months in groups["month"]
    }
    # a table of yearly figures has no months to be missing
    months = [12] if set(came["month"]) == {12} else range(1, 13)
    grid = pd.DataFrame(
        [
            (code, year, month)
            for code, first in groups["year"].min().items()
            for year in range(first, until.year + 1)
            for month in months
            if (year, month) <= (until.year, until.last)
        ],
        columns=["code", "year", "month"],
    ).merge(came, how="left")
    asked = [month in due[code] for code, month in zip(grid["code"], grid["month"], strict=True)]
    # what has not come by the day of the latest figures, but usually takes longer than that
    waited = (_days(came["received"]).max() - _ends(grid)).dt.days
    open_yet = waited < grid["code"].map(groups["delay_days"].median())
    known = grid["received"].notna()
    cases = [known & (grid["delay_days"] > LATE_DAYS), known, ~pd.Series(asked), open_yet]
    grid["status"] = np.select(cases, ["late", "reported", "not_due", "late"], "missing")
    return grid.fillna({"received": ""})[AVAILABILITY]


def _due_months(seen: set[int], january: bool) -> set[int]:
    """The months in which an indicator reports: all, or every third, sixth or twelfth where it never did otherwise."""
    every = next((n for n in (12, 6, 3) if all(month % n == 0 for month in seen)), 1)
    return set(range(every, 13, every)) - (set() if january else {1})


def _days(texts: pd.Series) -> pd.Series:
    """Days of texts such as 2022-10-15; NaT of anything shorter."""
    return pd.to_datetime(texts.where(texts.str.len() == 10), format="%Y-%m-%d")


def _ends(rows: pd.DataFrame) -> pd.Series:
    """The last days of the months."""
    return pd.to_datetime(rows[["year", "month"]].assign(day=1)) + pd.offsets.MonthEnd(0)


def revisions(indicators: pd.DataFrame, dictionary: Dictionary, *, until: Period) -> pd.DataFrame:
    """Figures that came in more than once with different values: the first, the latest, and by how much.

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
        first, latest = (
            convert(group[c].iloc[n], group["unit"].iloc[n], unit, dictionary.units)
            for c, n in (("value", 0), ("value", -1))
        )
        if first != latest:
            change = round(latest - first, 9)
            pct = change / first * 100 if first else float("nan")
            days = (group["vintage"].iloc[0], group["vintage"].iloc[-1])
            made.append((text, code, park, first, latest, change, pct, unit, *days, len(group)))
    return pd.DataFrame(made, columns=REVISIONS)
