"""Traffic lights of projects, and which of them stand still and why."""

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.counted import labelled, month_text
from zonereport.metrics.projects.state import DONE, STARTED, WITHDRAWN, Ledger, state_at

# Yinchuan, 2025: 10 to 30 points behind schedule is yellow, more is red; three months not started is red
YELLOW_POINTS, RED_POINTS, RED_MONTHS = 10, 30, 3
# own rules, not Yinchuan's: how long nothing may move before a project is called stalled
STILL_MONTHS, SILENT_MONTHS, SLIP_MONTHS = 3, 3, 3
# the zone's own curve of spending needs this many finished projects
HISTORY_PROJECTS = 5
LIGHTS = ("green", "yellow", "red", "done", "withdrawn", "not_judged")
LIGHT_COLUMNS = [
    *("project", "name", "park", "tier", "stage", "stage_since", "first_planned_start", "planned_start"),
    *("actual_start", "first_planned_production", "planned_production", "actual_production"),
    *("investment_100m_yuan", "invested_100m_yuan", "expected_pct", "actual_pct", "behind_points"),
    *("expected_history_pct", "history_projects", "light", "light_history", "slip_months", "plan_moves", "reason"),
]
STALLED_COLUMNS = [
    *("project", "name", "park", "tier", "stage", "stage_since", "light", "reason", "also", "months"),
    *("first_planned_start", "planned_start", "first_planned_production", "planned_production", "slip_months"),
    *("plan_moves", "investment_100m_yuan", "invested_100m_yuan", "actual_pct"),
]


def schedule_pct(start: np.ndarray, production: np.ndarray, now: np.ndarray | float) -> np.ndarray:
    """The share of the work that a plan has done by the end of a month, in %, by the calendar alone.

    100 × (t − s + 1) / (p − s + 1), held to 0-100, where s is the planned month of the start, p that of production
    (month numbers, shape n) and t the month now; both months count as worked. NaN where s or p is unknown or p < s.

    >>> schedule_pct(np.array([0.0, 5.0]), np.array([9.0, 9.0]), 4).tolist()
    [50.0, 0.0]
    """
    months = np.where(production >= start, production - start + 1, np.nan)
    return np.clip((now - start + 1) / months * 100, 0, 100)


def light(*, started: bool, first_start: float, expected_pct: float, actual_pct: float, now: float) -> tuple[str, str]:
    """The light of an open project and its reason, by the rule of Yinchuan, against the first plan.

    Not started: green (not_due) before the planned month is over, then yellow (start_missed), and red
    (start_missed_three_months) once the planned month and the two after it have passed without a start. Started: by
    the points that the invested share (actual, % of the investment) is behind the linear schedule (expected): red
    above 30, yellow from 10 to 30, green below; the rule is silent on 0 to 10 points behind, taken as green
    (slightly_behind). not_judged with no_plan or no_investment_figure where the data does not say.
    What the rule calls a justified reason is not in the data and excuses nobody here.
    Source: Yinchuan development and reform commission, 18 March 2025, as reported by the press (domain notes,
    section 4).

    >>> light(started=False, first_start=10, expected_pct=0, actual_pct=0, now=10)
    ('yellow', 'start_missed')
    >>> light(started=True, first_start=0, expected_pct=50, actual_pct=19, now=9)
    ('red', 'investment_behind')
    """
    if not started:
        if np.isnan(first_start):
            return "not_judged", "no_plan"
        missed = now - first_start + 1
        if missed >= RED_MONTHS:
            return "red", "start_missed_three_months"
        return ("yellow", "start_missed") if missed >= 1 else ("green", "not_due")
    if np.isnan(expected_pct) or np.isnan(actual_pct):
        return "not_judged", "no_plan" if np.isnan(expected_pct) else "no_investment_figure"
    # the binary dust of a quotient must not move a project across the line
    behind = round(expected_pct - actual_pct, 9)
    if behind >= YELLOW_POINTS:
        return "red" if behind > RED_POINTS else "yellow", "investment_behind"
    return "green", "slightly_behind" if behind > 0 else "on_schedule"


def lights(ledger: Ledger) -> pd.DataFrame:
    """The frame project_lights: a row a project, open ones first, the reddest and largest on top.

    Months as YYYY-MM (empty where not known), money in 亿元, percentages of the investment; behind_points = expected −
    actual. first_… is the first plan on record, planned_… the plan in force. expected_history_pct is the median
    invested share of the zone's own finished projects at the same share of their building time (history_projects of
    them, at least 5, else NaN): money is seldom spent evenly, and rarely all of what was signed. light_history is the
    same rule held against it (not_judged where there are too few). slip_months: forecast
    or actual production − first plan (projects_time.slips), of the start where production has no plan.
    light: green, yellow, red, done, withdrawn or not_judged; reason: see light().
    """
    rows = ledger.state
    started = rows["stage"].isin(STARTED)
    from_month = rows["first_start"].fillna(rows["start"]).to_numpy()
    expected = pd.Series(schedule_pct(from_month, rows["first_production"].to_numpy(), ledger.end), index=rows.index)
    expected = expected.where(started)
    actual = rows["invested"] / rows["investment"].where(rows["investment"] > 0) * 100
    is_open = ~rows["stage"].isin([*DONE, WITHDRAWN])
    history, count = _history(ledger)
    own = np.interp(expected, *history) if count else np.full(len(rows), np.nan)
    own = pd.Series(own, index=rows.index).where(is_open & started & expected.notna())
    judged, by_history = _judged(rows, expected, actual, ledger.end), _judged(rows, own, actual, ledger.end)
    made = rows.assign(
        expected_pct=expected.where(is_open),
        actual_pct=actual,
        behind_points=(expected - actual).where(is_open),
        expected_history_pct=own,
        history_projects=count,
        light=[word for word, _ in judged],
        light_history=[word for word, _ in by_history] if count else "not_judged",
        reason=[reason for _, reason in judged],
        slip_months=_slip(rows, ledger.end),
    )
    order = {"red": 0, "yellow": 1, "green": 2, "not_judged": 3, "done": 4, "withdrawn": 5}
    made = made.assign(order=made["light"].map(order), size=-made["investment"].fillna(0))
    return _printed(made.sort_values(["order", "size", "project"], kind="stable"), LIGHT_COLUMNS)


def stalled(ledger: Ledger, lit: pd.DataFrame) -> pd.DataFrame:
    """The frame project_stalled: open projects that stand still, with the reason that the data gives.

    Reasons, the first that holds in reason, the others in also (separated by ;), months says for how long:
    start_missed_three_months (the light's), no_investment (under construction, and the invested amount has not moved
    for 3 months), overdue_without_date (the planned start or production in force has passed, no new one), no_report
    (no row of progress for 3 months although the ledger goes on), slipped (at least 3 months behind the first
    plan). ``lit`` is the frame of lights(). A project that is merely behind with its money is not listed.
    """
    rows = ledger.open
    if not len(rows):
        return labelled(pd.DataFrame(columns=STALLED_COLUMNS), STALLED_COLUMNS)
    now = ledger.end
    latest = ledger.progress["when"].max() if len(ledger.progress) else np.nan
    started = rows["stage"].isin(STARTED)
    due = rows["planned_production"].where(started, rows["planned_start"])
    found = {
        "start_missed_three_months": (~started, now - rows["first_start"] + 1, RED_MONTHS),
        "no_investment": (started, rows["last_seen"] - rows["invested_since"], STILL_MONTHS),
        "overdue_without_date": (due <= rows["last_seen"], now - due, 0),
        "no_report": (rows["last_seen"].notna(), latest - rows["last_seen"], SILENT_MONTHS),
        "slipped": (started, _slip(rows, now), SLIP_MONTHS),
    }
    months = pd.DataFrame(
        {name: length.where(held & (length >= least)) for name, (held, length, least) in found.items()}
    )
    rows = rows[months.notna().any(axis=1)]
    months = months.loc[rows.index]
    reasons = [[name for name in found if not np.isnan(row[name])] for row in months.to_dict("records")]
    words = lit.set_index("project")
    made = rows.assign(
        reason=[names[0] for names in reasons],
        also=[";".join(names[1:]) for names in reasons],
        months=[row[names[0]] for row, names in zip(months.to_dict("records"), reasons, strict=True)],
        light=list(words["light"].reindex(rows["project"])),
        actual_pct=list(words["actual_pct"].reindex(rows["project"])),
        slip_months=_slip(rows, now),
        order=[list(found).index(names[0]) for names in reasons],
    )
    return _printed(made.sort_values(["order", "months", "project"], ascending=[True, False, True]), STALLED_COLUMNS)


def _judged(rows: pd.DataFrame, expected: pd.Series, actual: pd.Series, now: float) -> list[tuple[str, str]]:
    columns = (rows["stage"], rows["first_start"], expected, actual)
    return [
        (WITHDRAWN if stage == WITHDRAWN else "done", "")
        if stage in (*DONE, WITHDRAWN)
        else light(started=stage in STARTED, first_start=f, expected_pct=e, actual_pct=a, now=now)
        for stage, f, e, a in zip(*columns, strict=True)
    ]


def _slip(rows: pd.DataFrame, now: float) -> pd.Series:
    """Months of production, or of the start where production has no plan, behind the first plan."""
    slips = []
    for name in ("production", "start"):
        # a plan that has passed says no more than that it was not kept
        forecast = rows[f"planned_{name}"].clip(lower=now).where(rows[f"planned_{name}"].notna())
        slips.append(rows[name].fillna(forecast) - rows[f"first_{name}"])
    reached = rows["stage"].isin(DONE) & rows["production"].isna()
    return slips[0].fillna(slips[1]).mask((rows["stage"] == WITHDRAWN) | reached)


def _history(ledger: Ledger) -> tuple[tuple[list[float], list[float]], int]:
    """Share of building time and the median share invested by then, of the zone's finished projects."""
    rows = ledger.state
    done = rows[
        rows["stage"].isin(DONE) & rows["start"].notna() & rows["production"].notna() & (rows["investment"] > 0)
    ]
    if len(done) < HISTORY_PROJECTS:
        return ([], []), 0
    grid = np.arange(0, 101, 10)
    points = pd.concat([done.assign(pct=pct) for pct in grid[1:]], ignore_index=True)
    month = np.floor(points["start"] - 1 + (points["production"] - points["start"] + 1) * points["pct"] / 100)
    invested = state_at(ledger.progress, points["project"], month)["invested"]
    medians = (invested / points["investment"] * 100).groupby(points["pct"]).median()
    return (list(grid.astype(float)), [0.0, *medians]), len(done)


def _printed(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns of a frame of the chapters: months as text, money with its unit in the name."""
    renamed = {"first_start": "first_planned_start", "first_production": "first_planned_production"}
    renamed |= {"start": "actual_start", "production": "actual_production"}
    renamed |= {"investment": "investment_100m_yuan", "invested": "invested_100m_yuan"}
    months = ["first_start", "first_production", "start", "production", "planned_start", "planned_production"]
    made = rows.assign(**{name: [month_text(n) for n in rows[name]] for name in [*months, "stage_since"]})
    return labelled(made.rename(columns=renamed), columns)
