"""Two clocks: the month in which an enterprise passed a threshold, and the month in which the register took it in."""

import pandas as pd

from zonereport.inputs.ledgers import enterprise_rows
from zonereport.metrics.enterprises.ledger import SALES, Ledger, december, described, of_year
from zonereport.metrics.enterprises.survival import kaplan_meier
from zonereport.metrics.enterprises.thresholds import REGISTERED
from zonereport.metrics.frame import Row
from zonereport.metrics.schemas import tidy

# months back to which entries into the register count
RECENT = 36
COLUMNS = ["class", "enterprise", "crossed", "crossed_known", "entered", "lag_months", "waiting"]


def crossings(months: pd.DataFrame, *, start: int) -> pd.DataFrame:
    """Return the month in which each enterprise's last twelve months first reached its threshold.

    ``months`` has enterprise, month (number), ytd_10k_yuan, threshold_10k_yuan: all months of some enterprises;
    ``start`` is the first month of the ledger. The last twelve months are Y_t + Y'_12 - Y'_t, or Y_t alone where the
    year before is not known: a lower bound that may still reach the threshold. What comes back, by enterprise:
    crossed (month number, NaN for never) and crossed_known: whether a month before it was seen below the threshold,
    or the enterprise came into the ledger after its start; otherwise it may have crossed earlier.

    >>> ytd = {24265: 900.0, 24276: 1800.0, 24277: 600.0, 24278: 700.0, 24288: 2100.0}
    >>> made = crossings(pd.DataFrame({"enterprise": "a", "month": list(ytd), "ytd_10k_yuan": list(ytd.values()),
    ...                                "threshold_10k_yuan": 2000.0}), start=24265)
    >>> made.to_dict("records")  # 600 + 1800 - 900 in January 2023, 700 and an unknown rest in February
    [{'enterprise': 'a', 'crossed': 24288.0, 'crossed_known': True}]
    """
    since = months.groupby("enterprise")["month"].min()
    rows = months[["enterprise", "month", "ytd_10k_yuan", "threshold_10k_yuan"]].dropna()
    ytd = rows.set_index(["enterprise", "month"])["ytd_10k_yuan"]
    first = rows["enterprise"].map(since)
    whole_year = of_year(rows["month"]) == 12

    def before(numbers: pd.Series) -> pd.Series:
        found = ytd.reindex(pd.MultiIndex.from_arrays([rows["enterprise"], numbers])).set_axis(rows.index)
        # an enterprise that came later made nothing until then
        return found.mask((numbers < first) & (first > start), 0.0)

    # what the year before made after this month belongs to the last twelve, too
    past = before(december(rows["month"] - 12)) - before(rows["month"] - 12)
    trailing = rows["ytd_10k_yuan"] + past.mask(whole_year, 0.0)
    at_least = trailing.fillna(rows["ytd_10k_yuan"])
    over = rows[at_least >= rows["threshold_10k_yuan"]].groupby("enterprise")["month"].min()
    under = rows[trailing < rows["threshold_10k_yuan"]].groupby("enterprise")["month"].min()
    names = pd.Index(months["enterprise"].unique(), name="enterprise")
    made = pd.DataFrame({"crossed": over.reindex(names).astype("float64")}).reset_index()
    below = made["enterprise"].map(under)
    late = made["enterprise"].map(since) > start
    # one that was above when the ledger began may have crossed long before
    known = made["crossed"].notna() & ((below < made["crossed"]) | late)
    return made.assign(crossed_known=known.astype("bool"))


def clocks(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """Return both clocks of every enterprise that entered a register in the last three years, or is above and waits.

    ``rows`` has class, enterprise, threshold_10k_yuan and above (False for one that is gone); an enterprise is in one
    class of a register. Columns: class, enterprise, crossed, entered (month numbers, NaN for not yet), crossed_known,
    lag_months = entered - crossed (below zero where the register came first; NaN unless both are known), waiting
    (above the threshold, never on the register).
    Enterprises that were on the register when the ledger began have no clock. An enterprise that left the register
    and came back counts once. Source: methods notes of the project, section 3.9; domain notes, section 5.
    """
    spans, start = ledger.spans, min(ledger.months)
    kept = rows[rows["class"].str.startswith(REGISTERED) & rows["enterprise"].isin(spans.index)].set_index("enterprise")
    # what was on the register when the ledger began has no known month of entry
    first_above = spans["first_above"].reindex(kept.index)
    waiting = first_above.isna() & kept["above"]
    recent = (first_above > start) & (first_above > ledger.month - RECENT)
    kept = kept.assign(entered=first_above, waiting=waiting)[recent | waiting]
    if kept.empty:
        return pd.DataFrame(columns=COLUMNS)
    # few enterprises, but all their months: a large ledger is not drawn as a whole
    months = enterprise_rows(
        ledger.source, periods=list(ledger.months.values()), columns=[SALES], only=list(kept.index)
    ).rename(columns={SALES: "ytd_10k_yuan"})
    numbers = {text: n for n, text in ledger.months.items()}
    months = months.assign(
        month=months["period"].map(numbers),
        threshold_10k_yuan=months["enterprise"].map(kept["threshold_10k_yuan"]),
    )
    crossed = crossings(months, start=start).set_index("enterprise").reindex(kept.index)
    lag = (kept["entered"] - crossed["crossed"]).where(crossed["crossed_known"])
    made = kept.assign(crossed=crossed["crossed"], crossed_known=crossed["crossed_known"], lag_months=lag)
    return made.reset_index()[COLUMNS].sort_values(
        ["waiting", "entered", "enterprise"], ascending=[False, False, True], kind="stable", ignore_index=True
    )


def register_lag(lags: pd.DataFrame, *, month: int, fewest: int) -> Row:
    """Return the median of the months from crossing to the register, those still waiting counted as not yet.

    ``lags`` are the rows of ``clocks``. Kaplan-Meier with the waiting censored at ``month``; an entry before the
    crossing is a lag of 0. What comes back is a value, or the reason ``too_few`` (under ``fewest`` known crossings) or
    ``not_reached`` (half of them are not on the register yet). Source: methods notes of the project, section 3.9.

    >>> lags = pd.DataFrame({"crossed": [1.0, 1.0, 1.0], "crossed_known": True, "entered": [3.0, 5.0, float("nan")]})
    >>> register_lag(lags, month=9, fewest=3)
    {'value': 4.0}
    """
    known = lags[lags["crossed_known"].astype("bool")]
    if len(known) < fewest:
        return {"reason": "too_few"}
    # the register may take in an enterprise before it crosses
    times = (known["entered"].fillna(month) - known["crossed"]).clip(lower=0).astype("float64")
    curve = kaplan_meier(times.to_numpy(), known["entered"].notna().to_numpy())
    reached = curve[curve["survival"] <= 0.5]
    if reached.empty:
        return {"reason": "not_reached"}
    return {"value": float(reached["time"].iloc[0])}


def described_clocks(ledger: Ledger, made: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``clocks`` with names, and periods in place of month numbers."""
    texts = {float(n): text for n, text in ledger.months.items()}
    since = (ledger.month - made["crossed"]).where(made["waiting"].astype("bool"))
    crossed, entered = made["crossed"].map(texts), made["entered"].map(texts)
    made = made.assign(crossed=crossed, entered=entered, waiting_months=since)
    who = described(ledger, pd.Index(made["enterprise"])).drop(columns="enterprise")
    return tidy("enterprise_clocks", pd.concat([made, who], axis=1))
