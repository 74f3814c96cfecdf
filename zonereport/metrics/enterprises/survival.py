"""How long enterprises stay: Kaplan-Meier with late entry, and leaving by one of several ways."""

import numpy as np
import pandas as pd

from zonereport.metrics.enterprises.ledger import Ledger
from zonereport.metrics.frame import Row
from zonereport.metrics.schemas import tidy

Z95 = 1.959963984540054


def kaplan_meier(time: np.ndarray, event: np.ndarray, entry: np.ndarray | None = None) -> pd.DataFrame:
    """Return the share that is still there after each time at which somebody left.

    S(t) = product over t_i <= t of (1 - d_i / n_i), with n_i those under observation just before t_i: entry < t_i <=
    time. ``time`` is when an observation ended, ``event`` whether by leaving (else censored: it may still go on),
    ``entry`` when it began (0 for all where None); arrays of equal length in one unit of time. Columns: time, at_risk,
    events, survival, low, high (0 to 1): 95 % by Greenwood on the scale log(-log S), NaN where S is 0 or 1.
    Raises ValueError where an entry is not before its time. Source: methods notes of the project, section 3.9;
    Kaplan and Meier 1958; statsmodels SurvfuncRight.

    >>> kaplan_meier(np.array([1.0, 2.0, 3.0]), np.array([1, 0, 1]))[["time", "at_risk", "survival"]].values.tolist()
    [[1.0, 3.0, 0.6666666666666667], [3.0, 1.0, 0.0]]
    """
    from statsmodels.duration.survfunc import SurvfuncRight  # a second to import

    time, event = np.asarray(time, dtype="float64"), np.asarray(event).astype("int64")
    if entry is not None:
        entry = np.asarray(entry, dtype="float64")
        if (entry >= time).any():
            raise ValueError("an observation must begin before it ends")
    columns = ["time", "at_risk", "events", "survival", "low", "high"]
    if not event.any():
        return pd.DataFrame(columns=columns, dtype="float64")
    # at a time when nobody is left the standard error is 0 / 0
    with np.errstate(divide="ignore", invalid="ignore"):
        fit = SurvfuncRight(time, event, entry=entry)
        alive = fit.surv_prob
        spread = Z95 * fit.surv_prob_se / (alive * np.log(alive))
        # with all or none left the scale has no interval
        inside = (alive > 0) & (alive < 1)
        ends = np.where(inside, alive ** np.exp([-spread, spread]), np.nan)
    low, high = ends.min(axis=0), ends.max(axis=0)
    made = np.column_stack([fit.surv_times, fit.n_risk, fit.n_events, alive, low, high])
    return pd.DataFrame(made, columns=columns, dtype="float64")


def observations(ledger: Ledger) -> pd.DataFrame:
    """Return from which age to which each enterprise is under observation, and whether it left, in months.

    An enterprise founded in month f is listed from a to b: entry = max(0, a - f), time = b - f + 1; it left where b is
    before the edition's month, else it is censored. A founding day known by its year only counts as July. Columns:
    enterprise, entry, time, left. Those without a founding day, or listed only before it, are left out. The ledger does
    not say where an enterprise went: a relocation counts as leaving the zone.
    """
    spans = ledger.spans.rename_axis("enterprise").reset_index()
    day = spans["enterprise"].map(ledger.firms["founded"]).fillna("").astype("str")
    year = pd.to_numeric(day.str[:4], errors="coerce")
    # a founding year alone counts as its middle
    founded = year * 12 + pd.to_numeric(day.str[5:7], errors="coerce").fillna(7)
    first, last = spans["first"], spans["last"]
    made = pd.DataFrame(
        {
            "enterprise": spans["enterprise"],
            "entry": (first - founded).clip(lower=0),
            "time": last - founded + 1,
            "left": last < ledger.month,
        }
    )
    return made[made["time"] > made["entry"]].dropna().reset_index(drop=True)


def survival(ledger: Ledger, *, fewest: int) -> pd.DataFrame:
    """Return the curve of staying in the zone by age: the frame enterprise_survival.

    With late entry few young enterprises may be under observation: from the first age at which somebody left with
    fewer than ``fewest`` at risk, the curve up to there says little and ``too_few`` stands in ``reason``; its figures
    are empty.
    """
    seen = observations(ledger)
    curve = kaplan_meier(seen["time"].to_numpy(), seen["left"].to_numpy(), seen["entry"].to_numpy())
    # what follows on a thin beginning is as thin
    thin = (curve["at_risk"] < fewest).cummax()
    made = curve.rename(columns={"time": "age_months", "events": "exits"})
    for name in ("survival", "low", "high"):
        made[f"{name}_pct"] = (curve[name] * 100).mask(thin)
    return tidy("enterprise_survival", made.assign(reason=np.where(thin, "too_few", "")))


def median_stay(curve: pd.DataFrame) -> Row:
    """Return the age at which half are still there, of the rows of ``survival``, or ``too_few`` or ``not_reached``.

    >>> median_stay(pd.DataFrame({"age_months": [7, 40], "survival_pct": [80.0, 50.0], "reason": ""}))
    {'value': 40.0}
    >>> median_stay(pd.DataFrame({"age_months": [7], "survival_pct": [80.0], "reason": ""}))
    {'reason': 'not_reached'}
    """
    # the first age at which no more than half are left
    half = curve[curve["survival_pct"] <= 50]
    if len(half):
        return {"value": float(half["age_months"].iloc[0])}
    if (curve["reason"] == "too_few").any():
        return {"reason": "too_few"}
    return {"reason": "not_reached"}
