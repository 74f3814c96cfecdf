"""Titles of enterprises: in force on a day and by which rules, due for renewal, and the steps of the ladder."""

import calendar
import datetime

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.bounds import YEARLY_MONTHS
from zonereport.metrics.enterprises.ledger import month_number
from zonereport.metrics.enterprises.transition import jeffreys
from zonereport.metrics.schemas import names, tidy

# each step with the next one: a cohort is followed from one to the other
STEPS = (
    ("tech_smes_evaluated", "hightech_pipeline_new"),
    ("hightech_pipeline_new", "hightech_recognised"),
    ("hightech_recognised", "little_giants_new"),
    ("hightech_recognised", "listing_pipeline_new"),
)
HORIZONS = (12, 24, 36)


def titles(recognitions: pd.DataFrame, enterprises: pd.DataFrame, *, day: datetime.date, park: str) -> pd.DataFrame:
    """Return the latest title of every enterprise and code won up to ``day``, with what is known of the enterprise.

    Columns of recognitions (period, enterprise, code, level, valid_until, rule_version), name, park, industry (its
    division) and: won (month number), until (last month number, NaN where no end is stated), validity_months. Of
    several the one valid longest counts, one without an end longest of all. ``valid_until`` of a month or a year
    means its end. A park ("" for the whole zone) keeps its own enterprises.
    """
    who = enterprises.set_index("enterprise")[["name", "park", "industry"]]
    rows = recognitions.assign(won=_ends(recognitions["period"]))
    rows = rows[rows["won"] <= day.year * 12 + day.month]
    # months are enough: a title that ends within a month is counted in it
    until = rows["valid_until"].fillna("").astype("str")
    year, month = pd.to_numeric(until.str[:4], errors="coerce"), pd.to_numeric(until.str[5:7], errors="coerce")
    last = until.map(_last_day).astype("str")
    rows = rows.assign(until=year * 12 + month.fillna(12), last_day=last)
    rows = rows.assign(validity_months=rows["until"] - rows["won"])
    rows = rows.sort_values("won", kind="stable").sort_values("last_day", kind="stable")
    # of several titles the one that holds longest counts
    rows = rows.drop_duplicates(["enterprise", "code"], keep="last").join(who, on="enterprise")
    # a title of an enterprise that is not in the list is one all the same
    rows[list(who.columns)] = rows[list(who.columns)].fillna("").astype("str")
    rows["industry"] = rows["industry"].str[:3]
    if park:
        rows = rows[rows["park"] == park]
    return rows


def in_force(rows: pd.DataFrame, *, day: datetime.date) -> pd.Series:
    """Return which of ``titles`` hold on ``day``; the last day counts, one without an end holds.

    >>> rows = pd.DataFrame({"last_day": ["2022-12-30", "2022-12-31", "9999-12-31"]})
    >>> in_force(rows, day=datetime.date(2022, 12, 31)).tolist()
    [False, True, True]
    """
    return rows["last_day"] >= day.isoformat()


def in_force_counts(rows: pd.DataFrame, *, day: datetime.date) -> pd.DataFrame:
    """Return enterprises with a title in force on ``day`` by code, level, rule_version, park and industry (division).

    Columns: those and in_force. They add up: an enterprise has one title of a code, by the rules it was given under.
    """
    keys = ["code", "level", "rule_version", "park", "industry"]
    kept = rows[in_force(rows, day=day)]
    kept = kept.assign(rule_version=kept["rule_version"].fillna("").astype("str"))
    return tidy("enterprise_recognitions", kept.groupby(keys).size().rename("in_force").reset_index())


def held_by(rows: pd.DataFrame, *, day: datetime.date) -> pd.DataFrame:
    """Return enterprises with a title in force on ``day`` by code, once by park and once by industry division.

    Columns: by (park or industry), key (the park or division), code, in_force. Enterprises whose park or division is
    not known are left out of it. The key with most titles of all comes first.
    """
    kept = rows[in_force(rows, day=day)]
    parts = []
    for by in ("park", "industry"):
        placed = kept[kept[by] != ""]
        counts = placed.groupby([by, "code"]).size().rename("in_force").reset_index().rename(columns={by: "key"})
        counts = counts.assign(by=by, all=counts.groupby("key")["in_force"].transform("sum"))
        parts.append(counts.sort_values(["all", "key", "code"], ascending=[False, True, True], kind="stable"))
    return tidy("enterprise_titles", pd.concat(parts))


def renewals(rows: pd.DataFrame, *, day: datetime.date) -> pd.DataFrame:
    """Return titles that hold on ``day`` and end within twelve months (due), or held a year ago and no more (lapsed).

    Columns: status, code, level, enterprise, name, park, industry, period (won), valid_until, months_left (from the
    month of ``day`` to the last one, below zero for lapsed ones), validity_months, rule_version; the next end first,
    titles of one year last. A title that was won again is listed by its last end only.
    """
    holds = in_force(rows, day=day)
    due = holds & (rows["last_day"] <= _years_on(day, 1))
    lapsed = ~holds & (rows["last_day"] >= _years_on(day, -1))
    status = np.select([due, lapsed], ["due", "lapsed"], "")
    # counted in months: a title that ends within one holds in it
    left = rows["until"] - (day.year * 12 + day.month)
    kept = rows.assign(status=status, months_left=left)[status != ""]
    # what is evaluated anew each year is long and routine
    kept = kept.assign(is_yearly=kept["validity_months"] <= YEARLY_MONTHS)
    kept = kept.sort_values(["status", "is_yearly", "last_day", "code", "enterprise"], kind="stable")
    return tidy("enterprise_renewals", kept)


def covered(recognitions: pd.DataFrame, code: str, *, day: datetime.date) -> bool:
    """Return whether the list goes back so far that no title of ``code`` in force on ``day`` can be older than it.

    It must begin, with the January of its first year, no later than the longest validity of the code before ``day``;
    a code without a stated end can always hold from before. Otherwise a count of titles in force is a lower bound.
    """
    rows = recognitions[recognitions["code"] == code]
    until = rows["valid_until"].fillna("").astype("str")
    if (until == "").any() or rows.empty:
        return False
    won = _ends(rows["period"]).to_numpy()
    ends = np.array([int(text[:4]) * 12 + int(text[5:7] or 12) for text in until])
    # a list is kept from the January of its first year
    start = min(Period.parse(text).year for text in recognitions["period"].unique()) * 12 + 1
    return bool(start <= day.year * 12 + day.month - (ends - won).max() + 1)


def ladder(recognitions: pd.DataFrame, *, day: datetime.date, among: pd.Index, fewest: int) -> pd.DataFrame:
    """Return the steps of the ladder as cohorts: of those that took a step in a year, how many took the next in time.

    ``recognitions`` is the typed table, ``among`` the enterprises that count. Columns: step, next_step, cohort (year
    of the first title; ``all`` for every year), horizon_months, enterprises (followed for the whole horizon by ``day``
    and without the next step when they took this one), already (followed, and had it), reached, share_pct, low_pct,
    high_pct (95 % Jeffreys), reason (``too_few`` under ``fewest``). One row a cohort and horizon with
    anybody in it. Never a stock over a stock. Source: methods notes of the project, section 3.9.
    """
    rows = recognitions[recognitions["enterprise"].isin(among)]
    rows = rows.assign(won=_ends(rows["period"]))
    now = day.year * 12 + day.month
    # a title that was won again is a step that was taken before
    first = rows[rows["won"] <= now].groupby(["code", "enterprise"])["won"].min()
    found = []
    for step, following in STEPS:
        if step not in first.index or following not in first.index:
            continue
        taken = first[step]
        then, taken = first[following].reindex(taken.index).to_numpy(), taken.to_numpy()
        years = (taken - 1) // 12
        # a title of the same month was not won on the way from this one
        already, months = then <= taken, np.where(then > taken, then - taken, np.inf)
        for horizon in HORIZONS:
            followed = taken + horizon <= now
            for cohort in (*np.unique(years), "all"):
                mine = followed if cohort == "all" else followed & (years == cohort)
                record = {"step": step, "next_step": following, "cohort": str(cohort), "horizon_months": horizon}
                record["enterprises"] = int((mine & ~already).sum())
                record["already"] = int((mine & already).sum())
                record["reached"] = int((mine & (months <= horizon)).sum())
                if record["enterprises"]:
                    found.append(record)
    made = pd.DataFrame(found, columns=names("enterprise_ladder"))
    low, high = jeffreys(made["reached"].to_numpy(), made["enterprises"].to_numpy(), level=0.95)
    # of so few a share is no rate
    enough = made["enterprises"] >= fewest
    shares = pd.DataFrame({"share_pct": made["reached"] / made["enterprises"], "low_pct": low, "high_pct": high})
    for name in shares:
        made[name] = (shares[name] * 100).where(enough)
    return tidy("enterprise_ladder", made.assign(reason=np.where(enough, "", "too_few")))


def _ends(periods: pd.Series) -> pd.Series:
    """The month number in which each period ends: a list has many rows and few periods."""
    return periods.map({text: month_number(Period.parse(text)) for text in periods.unique()}).astype("int64")


def _years_on(day: datetime.date, years: int) -> str:
    """The same day of another year; the end of February for a leap day."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last)).isoformat()


def _last_day(text: str) -> str:
    """The last day that a date means: 2023-11 is its 30th, no text is never."""
    if not text:
        return "9999-12-31"
    if len(text) == 10:
        return text
    year, month = int(text[:4]), int(text[5:7] or 12)
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
