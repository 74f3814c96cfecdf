"""How long projects take, how far they slip behind their first plan, and what becomes of what was signed."""

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.counted import month_texts
from zonereport.metrics.projects.state import DONE, FEW, STARTED, WITHDRAWN, Ledger, state_at
from zonereport.metrics.schemas import tidy

# from which dated step to which
STEPS = {
    "signing_to_start": ("signed", "start"),
    "start_to_production": ("start", "production"),
    "signing_to_production": ("signed", "production"),
}
SHARES_AT = (6, 12, 18, 24)
AGES = (12, 24)
# what became of a project: the outcome of an observation
OPEN, REACHED, GONE = 0, 1, 2
LEVEL_Z = 1.959963984540054


def incidence(months: np.ndarray, outcome: np.ndarray) -> pd.DataFrame:
    """Return the cumulative incidence of an event with a competing one and right censoring (Aalen-Johansen).

    F(t) = Σ_{s≤t} S(s−) d_s / n_s, where S is the Kaplan-Meier curve of staying free of both events, n_s the number at
    risk and d_s the events. Without a competing event it is 1 − Kaplan-Meier; with one, 1 − Kaplan-Meier would call
    the withdrawn late and count too many. ``months`` are durations (n,), ``outcome`` 1 event, 2 competing event, 0
    censored (n,). Columns: month (each that occurs), at_risk, reached, withdrawn, still_open (counts of that month),
    reached_share and withdrawn_share (0-1), se (standard error of reached_share; Greenwood's where nothing competes).
    Source: methods notes of the project, sections 3.9 and 3.12; O. O. Aalen and S. Johansen, Scandinavian Journal of
    Statistics 5 (1978), 141-150.

    >>> incidence(np.array([1, 2, 3, 4]), np.array([1, 2, 1, 0]))["reached_share"].round(4).tolist()
    [0.25, 0.25, 0.5, 0.5]
    """
    at, places = np.unique(months, return_inverse=True)
    counts = np.zeros((3, len(at)))
    np.add.at(counts, (np.asarray(outcome, dtype="int64"), places), 1)
    censored, d1, d2 = counts
    # those that last as long or longer
    n = np.cumsum(counts.sum(axis=0)[::-1])[::-1]
    free = np.cumprod(1 - (d1 + d2) / n)
    before = np.concatenate([[1.0], free[:-1]])
    reached, withdrawn = np.cumsum(before * d1 / n), np.cumsum(before * d2 / n)
    # Aalen's variance; the last step may leave nobody, and then adds nothing
    rest = n - d1 - d2
    both = np.divide(d1 + d2, n * rest, out=np.zeros_like(n), where=rest > 0)
    own, cross = before**2 * (n - d1) * d1 / n**3, before * d1 / n**2
    gap = np.tril(reached[:, None] - reached[None, :])
    lower = np.tril(np.ones((len(at), len(at))))
    reached = np.minimum(reached, 1.0)
    variance = gap**2 @ both + lower @ own - 2 * gap @ cross
    return pd.DataFrame(
        {
            "month": at,
            "at_risk": n.astype("int64"),
            "reached": d1.astype("int64"),
            "withdrawn": d2.astype("int64"),
            "still_open": censored.astype("int64"),
            "reached_share": reached,
            "withdrawn_share": withdrawn,
            "se": np.sqrt(np.clip(variance, 0, None)),
        }
    )


def quantile_month(curve: pd.DataFrame, share: float) -> float | None:
    """Return the first month by which ``share`` (0-1) has reached the step; None where the curve does not get there.

    The share is of all projects, the withdrawn among them, which never reach it.
    """
    # the dust of a sum of quotients must not delay the month
    there = curve.loc[curve["reached_share"] >= share - 1e-12, "month"]
    return float(there.iloc[0]) if len(there) else None


def within(curve: pd.DataFrame, month: int) -> float | None:
    """Return the share that reached the step within ``month`` months, in %; None behind the longest time observed.

    Where nobody is left, all have reached it or were withdrawn, and the share stays what it is.
    """
    last = curve.iloc[-1]
    if month > last["month"] and last["reached_share"] + last["withdrawn_share"] < 1 - 1e-9:
        return None
    past = curve.loc[curve["month"] <= month, "reached_share"]
    return float(past.iloc[-1] * 100) if len(past) else 0.0


def durations(ledger: Ledger) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the frames project_durations (a row a step) and project_duration_curve (a row a step and month).

    Steps: signing_to_start, start_to_production, signing_to_production, in months between the reports that first show
    them. Only projects whose first date the ledger saw (left_out counts the others); open projects are censored at
    the end of the period, withdrawn ones are a competing event. median_months and p75_months are NaN where not
    reached. With fewer than 10 projects there are counts and no rates (reason too_few), and no curve.
    reached_pct has a 95 % interval on the scale log(−log).
    """
    summary, curves = [], []
    for step, (origin, goal) in STEPS.items():
        months, outcome = _observed(ledger, origin, goal)
        counts = np.bincount(outcome, minlength=3)
        row = {"step": step, "projects": len(outcome), "left_out": len(ledger.state) - len(outcome), "reason": ""}
        row |= {"reached": counts[REACHED], "withdrawn": counts[GONE], "still_open": counts[OPEN]}
        if len(outcome) < FEW:
            row["reason"] = "too_few"
        else:
            curve = incidence(months, outcome)
            row |= {"median_months": quantile_month(curve, 0.5), "p75_months": quantile_month(curve, 0.75)}
            for month in SHARES_AT:
                row[f"within_{month}_months_pct"] = within(curve, month)
            curves.append(_with_interval(curve).assign(step=step))
        # a step that no project is known to have begun is no row
        if row["projects"]:
            summary.append(row)
    return tidy("project_durations", summary), tidy("project_duration_curve", pd.concat(curves) if curves else [])


def _observed(ledger: Ledger, origin: str, goal: str) -> tuple[np.ndarray, np.ndarray]:
    """The months from one step on, and whether the next was reached, the project withdrawn, or it is still open."""
    rows = ledger.state[ledger.state[origin].notna()]
    reached = rows[goal].notna()
    # reached, but nobody saw when: it tells nothing of the time
    behind = DONE if goal == "production" else STARTED
    rows = rows[reached | ~rows["stage"].isin(behind)]
    reached = rows[goal].notna()
    # withdrawn before it got there: it never will
    gone = ~reached & (rows["stage"] == WITHDRAWN)
    last = rows[goal].fillna(rows["withdrawn"].where(gone)).fillna(ledger.end)
    outcome = np.select([reached, gone], [REACHED, GONE], OPEN)
    return (last - rows[origin]).to_numpy(), outcome


def _with_interval(curve: pd.DataFrame) -> pd.DataFrame:
    share, se = curve["reached_share"].to_numpy(), curve["se"].to_numpy()
    # at 0 and 1 the scale has no interval; the dust of a sum counts as 1
    inside = (share > 0) & (share < 1 - 1e-9)
    logs = np.log(np.where(inside, share, 0.5))
    width = np.exp(LEVEL_Z * se / np.abs(np.where(inside, share, 0.5) * logs))
    low, high = np.where(inside, share, 0.5) ** width, np.where(inside, share, 0.5) ** (1 / width)
    return curve.assign(
        reached_pct=share * 100,
        withdrawn_pct=curve["withdrawn_share"] * 100,
        low_pct=np.where(inside, low * 100, np.nan),
        high_pct=np.where(inside, high * 100, np.nan),
    )


def slips(ledger: Ledger) -> pd.DataFrame:
    """Return the frame project_slippage: forecast or actual month − first planned month, by project and milestone.

    milestone is start or production, basis actual (it was reached), forecast (the plan in force lies ahead) or
    overdue (the plan in force has passed and no new date was reported: slip counts to the present month and is a
    lower_bound). Withdrawn projects, those without a plan, whose first plans were made before the ledger began, and
    whose milestone was reached before it, are left out.
    Source: methods notes of the project, section 3.12.
    """
    rows = ledger.live[ledger.live["plan_seen"]]
    made = []
    for milestone, stages in (("start", STARTED), ("production", DONE)):
        reached = rows["stage"].isin(stages)
        part = rows[rows[f"first_{milestone}"].notna() & (rows[milestone].notna() | ~reached)]
        actual, plan = part[milestone].notna(), part[f"planned_{milestone}"]
        overdue = ~actual & (plan <= ledger.end)
        date = part[milestone].where(actual, plan.mask(overdue, ledger.end))
        made.append(
            part.assign(
                milestone=milestone,
                basis=np.select([actual, overdue], ["actual", "overdue"], "forecast"),
                slip_months=date - part[f"first_{milestone}"],
                qualifier=np.where(overdue, "lower_bound", ""),
                first_planned=month_texts(part[f"first_{milestone}"]),
                # of an overdue one the last date that was promised
                date=month_texts(date.mask(overdue, plan)),
            )
        )
    return tidy("project_slippage", pd.concat(made))


def slip_quantile(slip_months: pd.Series, bound: pd.Series, share: float) -> tuple[float, str]:
    """Return the quantile of slips (linear between order statistics), and lower_bound where overdue ones may raise it.

    ``slip_months`` in months, ``bound`` marks those that are only a lower bound, (n,) both.

    >>> slip_quantile(pd.Series([0.0, 1.0, 5.0]), pd.Series([False, False, True]), 0.5)
    (1.0, '')
    """
    value = float(np.quantile(slip_months, share))
    # with every bound moved far behind the rest, does the quantile stay?
    far = slip_months.mask(bound, slip_months.max() + 1000)
    return value, "" if float(np.quantile(far, share)) == value else "lower_bound"


def conversion(ledger: Ledger) -> pd.DataFrame:
    """Return the frame project_conversion: what became of a signing year's projects at the age of 12 and 24 months.

    Share started (or produced) of the *same* projects: by count, and by the investment signed (…_value_pct);
    invested_pct = Σ invested at that age / Σ investment signed, of those with both known. cohort is the year of
    signing, or all; signed_projects are all of it, projects those old enough, complete whether these are the same.
    Withdrawn projects stay in. With fewer than 10 projects there are counts and sums, no rates (too_few).
    Source: methods notes of the project, section 3.12.
    """
    rows = ledger.state[ledger.state["signed"].notna()]
    made = []
    for age in AGES:
        month = rows["signed"] + age
        then = state_at(ledger.progress, rows["project"], month)
        at_age = rows.assign(
            cohort=(rows["signed"] // 12).astype("int64").astype("str"),
            old=month <= ledger.end,
            started=rows["start"] <= month,
            produced=rows["production"] <= month,
            gone=rows["withdrawn"] <= month,
            invested=then["invested"],
        )
        for cohort, group in [*at_age.groupby("cohort"), ("all", at_age)]:
            if len(group):
                made.append({"cohort": cohort, "age_months": age} | _converted(group))
    return tidy("project_conversion", made)


def _converted(group: pd.DataFrame) -> dict[str, object]:
    rows = group[group["old"]]
    # what has no planned investment is no part of a sum of it
    money = rows[rows["investment"].notna()]
    both = money[money["invested"].notna()]
    row = {
        "signed_projects": len(group),
        "projects": len(rows),
        "complete": "yes" if len(rows) == len(group) else "no",
        "started": int(rows["started"].sum()),
        "produced": int(rows["produced"].sum()),
        "withdrawn": int(rows["gone"].sum()),
        "signed_100m_yuan": money["investment"].sum(min_count=1),
        "invested_100m_yuan": both["invested"].sum(min_count=1),
        "reason": "",
    }
    if len(rows) < FEW:
        # nobody is old enough, or too few of them
        return row | {"reason": "too_few" if len(rows) else "too_young"}
    signed, held = money["investment"].sum(), both["investment"].sum()
    for name in ("started", "produced"):
        row[f"{name}_pct"] = rows[name].mean() * 100
        if signed > 0:
            weights = money["investment"] / signed * 100
            row[f"{name}_value_pct"] = float(weights[money[name]].sum())
    if held > 0:
        row["invested_pct"] = both["invested"].sum() / held * 100
    return row
