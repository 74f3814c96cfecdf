"""Traffic lights of projects, and which of them stand still and why."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.counted import month_texts
from zonereport.metrics.projects.state import DONE, STARTED, WITHDRAWN, Ledger, state_at
from zonereport.metrics.schemas import tidy

# Yinchuan, 2025: 10 to 30 points behind schedule is yellow, more is red; three months not started is red
YELLOW_POINTS, RED_POINTS, RED_MONTHS = 10, 30, 3
# own rules, not Yinchuan's: how long nothing may move before a project is called stalled
STILL_MONTHS, SILENT_MONTHS, SLIP_MONTHS = 3, 3, 3
# the zone's own curve of spending needs this many finished projects
HISTORY_PROJECTS = 5
# in the list the reddest come first
ORDER = ("red", "yellow", "green", "not_judged", "done", "withdrawn")
# months as text, money with its unit in the name
PRINTED = {
    "first_start": "first_planned_start",
    "first_production": "first_planned_production",
    "start": "actual_start",
    "production": "actual_production",
    "investment": "investment_100m_yuan",
    "invested": "invested_100m_yuan",
}
MONTHS = (
    "first_start",
    "first_production",
    "start",
    "production",
    "planned_start",
    "planned_production",
    "stage_since",
)


class Spending(NamedTuple):
    """How the zone's finished projects spent: shares of the building time and of the investment by then, in %.

    ``projects`` is how many of them there are; without any the shares are empty.
    """

    time_pct: list[float]
    invested_pct: list[float]
    projects: int


def schedule_pct(start: np.ndarray, production: np.ndarray, now: np.ndarray | float) -> np.ndarray:
    """Return the share of the work that a plan has done by the end of a month, in %, by the calendar alone.

    100 × (t − s + 1) / (p − s + 1), held to 0-100, where s is the planned month of the start, p that of production
    (month numbers, shape n) and t the month now; both months count as worked. NaN where s or p is unknown or p < s.

    >>> schedule_pct(np.array([0.0, 5.0]), np.array([9.0, 9.0]), 4).tolist()
    [50.0, 0.0]
    """
    months = np.where(production >= start, production - start + 1, np.nan)
    return np.clip((now - start + 1) / months * 100, 0, 100)


def light(*, started: bool, first_start: float, expected_pct: float, actual_pct: float, now: float) -> tuple[str, str]:
    """Return the light of an open project and its reason, by the rule of Yinchuan, against the first plan.

    Not started: green (not_due) before the planned month is over, then yellow (start_missed), and red
    (start_missed_three_months) once the planned month and the two after it have passed without a start. Started: by
    the points that the invested share (actual, % of the investment) is behind the linear schedule (expected): red
    above 30, yellow from 10 to 30, green below; the rule is silent on 0 to 10 points behind, taken as green
    (slightly_behind). not_judged with no_plan or no_investment_figure where the data does not say.
    What the rule calls a justified reason is not in the data and excuses nobody here.
    Source: one city's rule, of no force elsewhere: 银川市发展和改革委员会, “红黄绿灯”推进机制, 18 March 2025; a copy
    of the press report was read, not the document.

    >>> light(started=False, first_start=10, expected_pct=0, actual_pct=0, now=10)
    ('yellow', 'start_missed')
    >>> light(started=True, first_start=0, expected_pct=50, actual_pct=19, now=9)
    ('red', 'investment_behind')
    """
    if not started:
        return _light_before_start(first_start, now)
    if np.isnan(expected_pct):
        return "not_judged", "no_plan"
    if np.isnan(actual_pct):
        return "not_judged", "no_investment_figure"
    # the binary dust of a quotient must not move a project across the line
    behind = round(expected_pct - actual_pct, 9)
    if behind > RED_POINTS:
        return "red", "investment_behind"
    if behind >= YELLOW_POINTS:
        return "yellow", "investment_behind"
    if behind > 0:
        return "green", "slightly_behind"
    return "green", "on_schedule"


def _light_before_start(first_start: float, now: float) -> tuple[str, str]:
    if np.isnan(first_start):
        return "not_judged", "no_plan"
    missed = now - first_start + 1
    if missed >= RED_MONTHS:
        return "red", "start_missed_three_months"
    if missed >= 1:
        return "yellow", "start_missed"
    return "green", "not_due"


def lights(ledger: Ledger) -> pd.DataFrame:
    """Return the frame project_lights: a row a project, open ones first, the reddest and largest on top.

    Months as YYYY-MM (empty where not known), money in 亿元, percentages of the investment; behind_points = expected −
    actual. first_… is the first plan on record, planned_… the plan in force. expected_history_pct is the median
    invested share of the zone's own finished projects at the same share of their building time (history_projects of
    them, at least 5, else NaN): money is seldom spent evenly, and rarely all of what was signed. light_history is the
    same rule held against it (not_judged where there are too few). slip_months: forecast
    or actual production − first plan (projects.timing.slips), of the start where production has no plan.
    light: green, yellow, red, done, withdrawn or not_judged; reason: see light().
    """
    rows = ledger.state
    started = rows["stage"].isin(STARTED)
    # without a plan the work counts from its beginning
    from_month = rows["first_start"].fillna(rows["start"]).to_numpy()
    expected = pd.Series(schedule_pct(from_month, rows["first_production"].to_numpy(), ledger.end), index=rows.index)
    expected = expected.where(started)
    actual = rows["invested"] / rows["investment"].where(rows["investment"] > 0) * 100
    is_open = ~rows["stage"].isin([*DONE, WITHDRAWN])
    # what finished projects of the zone had spent at the same stage
    spending = _spending(ledger)
    own = pd.Series(np.nan, index=rows.index)
    if spending.projects:
        own[:] = np.interp(expected, spending.time_pct, spending.invested_pct)
    own = own.where(is_open & started & expected.notna())
    judged = _judged(rows, expected, actual, ledger.end)
    by_history = _judged(rows, own, actual, ledger.end)["light"]
    made = rows.assign(
        expected_pct=expected.where(is_open),
        actual_pct=actual,
        behind_points=(expected - actual).where(is_open),
        expected_history_pct=own,
        history_projects=spending.projects,
        light=judged["light"],
        light_history=by_history if spending.projects else "not_judged",
        reason=judged["reason"],
        slip_months=_slip(rows, ledger.end),
    )
    made = made.assign(order=pd.Index(ORDER).get_indexer(made["light"]), size=-made["investment"].fillna(0))
    return _printed("project_lights", made.sort_values(["order", "size", "project"], kind="stable"))


def stalled(ledger: Ledger, lit: pd.DataFrame) -> pd.DataFrame:
    """Return the frame project_stalled: open projects that stand still, with the reason that the data gives.

    Reasons, the first that holds in reason, the others in also (separated by ;), months says for how long:
    start_missed_three_months (the light's), no_investment (under construction, and the invested amount has not moved
    for 3 months), overdue_without_date (the planned start or production in force has passed, no new one), no_report
    (no row of progress for 3 months although the ledger goes on), slipped (at least 3 months behind the first
    plan). ``lit`` is the frame of lights(). A project that is merely behind with its money is not listed.
    """
    rows = ledger.open
    if rows.empty:
        return tidy("project_stalled", [])
    now, latest = ledger.end, ledger.progress["when"].max()
    started = rows["stage"].isin(STARTED)
    due = rows["planned_production"].where(started, rows["planned_start"])
    # what must hold, for how many months it has, and how many it takes
    rules = {
        "start_missed_three_months": (~started, now - rows["first_start"] + 1, RED_MONTHS),
        "no_investment": (started, rows["last_seen"] - rows["invested_since"], STILL_MONTHS),
        "overdue_without_date": (due <= rows["last_seen"], now - due, 0),
        "no_report": (rows["last_seen"].notna(), latest - rows["last_seen"], SILENT_MONTHS),
        "slipped": (started, _slip(rows, now), SLIP_MONTHS),
    }
    months = pd.DataFrame(index=rows.index)
    for name, (held, length, least) in rules.items():
        months[name] = length.where(held & (length >= least))
    months = months[months.notna().any(axis=1)]
    rows = rows.loc[months.index]
    first, also = [], []
    for row in months.to_dict("records"):
        names = [name for name in rules if not np.isnan(row[name])]
        first.append(names[0])
        also.append(";".join(names[1:]))
    # the list repeats the light that the project has
    words = lit.set_index("project").reindex(rows["project"]).set_index(rows.index)
    made = rows.assign(
        reason=first,
        also=also,
        months=months.bfill(axis=1).iloc[:, 0],
        light=words["light"],
        actual_pct=words["actual_pct"],
        slip_months=_slip(rows, now),
        order=pd.Index(rules).get_indexer(first),
    )
    made = made.sort_values(["order", "months", "project"], ascending=[True, False, True])
    return _printed("project_stalled", made)


def _judged(rows: pd.DataFrame, expected: pd.Series, actual: pd.Series, now: float) -> pd.DataFrame:
    """The columns light and reason of every project."""
    made = []
    for stage, first, plan, money in zip(rows["stage"], rows["first_start"], expected, actual, strict=True):
        if stage == WITHDRAWN:
            made.append((WITHDRAWN, ""))
        elif stage in DONE:
            made.append(("done", ""))
        else:
            started = stage in STARTED
            made.append(light(started=started, first_start=first, expected_pct=plan, actual_pct=money, now=now))
    return pd.DataFrame(made, rows.index, columns=["light", "reason"], dtype="str")


def _slip(rows: pd.DataFrame, now: float) -> pd.Series:
    """Months of production, or of the start where production has no plan, behind the first plan."""
    slips = {}
    for name in ("production", "start"):
        # a plan that has passed says no more than that it was not kept
        forecast = rows[f"planned_{name}"].clip(lower=now).where(rows[f"planned_{name}"].notna())
        slips[name] = rows[name].fillna(forecast) - rows[f"first_{name}"]
    # reached, but nobody saw when
    reached = rows["stage"].isin(DONE) & rows["production"].isna()
    return slips["production"].fillna(slips["start"]).mask((rows["stage"] == WITHDRAWN) | reached)


def _spending(ledger: Ledger) -> Spending:
    """Share of building time and the median share invested by then, of the zone's finished projects."""
    rows = ledger.state
    dated = rows["start"].notna() & rows["production"].notna() & (rows["investment"] > 0)
    done = rows[rows["stage"].isin(DONE) & dated]
    if len(done) < HISTORY_PROJECTS:
        return Spending([], [], 0)
    grid = pd.DataFrame({"pct": np.arange(10, 101, 10)})
    points = done.merge(grid, how="cross").sort_values("pct", kind="stable", ignore_index=True)
    month = np.floor(points["start"] - 1 + (points["production"] - points["start"] + 1) * points["pct"] / 100)
    invested = state_at(ledger.progress, points["project"], month)["invested"]
    medians = (invested / points["investment"] * 100).groupby(points["pct"]).median()
    # nothing is spent before the work begins
    return Spending([0.0, *medians.index.astype("float64")], [0.0, *medians], len(done))


def _printed(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """A frame of the chapters: months as text, money with its unit in the name."""
    rows = rows.copy()
    for month in MONTHS:
        rows[month] = month_texts(rows[month])
    return tidy(name, rows.rename(columns=PRINTED))
