"""What is known of every project at the end of a period: stage, dates, plans, money."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.units import Unit, convert
from zonereport.metrics.indicators.counted import end_of, month_numbers
from zonereport.metrics.scope import Scope

# 签约 - 办理许可 - 开工 - 封顶 - 交付 - 试生产 - 投产 (投用): the order in which a project passes them
STAGES = (
    "signed",
    "permitting",
    "construction",
    "topped_out",
    "handover",
    "trial_production",
    "in_production",
    "in_service",
)
STARTED = STAGES[2:]
DONE = ("in_production", "in_service")
WITHDRAWN = "withdrawn"
TIERS = ("national", "provincial", "city")
# of fewer there is a list and no rate
FEW = 10
NONE = float("nan")
UNIT = "亿元"
STATE = [
    "project",
    "name",
    "park",
    "tier",
    "stage",
    "stage_since",
    "first_seen",
    "last_seen",
    "signed",
    "start",
    "production",
    "withdrawn",
    "first_start",
    "first_production",
    "planned_start",
    "planned_production",
    "plan_moves",
    "plan_seen",
    "investment",
    "invested",
    "invested_since",
    "source",
]


@dataclass(frozen=True)
class Ledger:
    """The projects at the end of a period, and their progress up to it.

    ``state`` has a row a project with the columns of STATE: months are month numbers (counted.month_number; NaN where
    not known), money is in 亿元 (NaN where not known or in another currency). ``progress`` has the rows up to the
    period, with when (month number), invested in 亿元, and the months start and production of the plan then in force.
    ``begins`` is the first month of the progress ledger, ``end`` the last month of the period.
    """

    state: pd.DataFrame
    progress: pd.DataFrame
    begins: float
    end: float

    @cached_property
    def live(self) -> pd.DataFrame:
        """The projects that were not withdrawn."""
        return self.state[self.state["stage"] != WITHDRAWN]

    @cached_property
    def open(self) -> pd.DataFrame:
        """The projects that are neither withdrawn nor in production or service."""
        return self.state[~self.state["stage"].isin([*DONE, WITHDRAWN])]


def ledger(scope: Scope) -> Ledger:
    """Return the projects of a scope as they stood at the end of its period, made once; of a park only its own."""
    return scope.once("projects", lambda: _ledger(scope))


def _ledger(scope: Scope) -> Ledger:
    projects = scope.table("projects")
    if scope.park:
        projects = projects[projects["park"] == scope.park]
    whole = scope.table("project_progress")
    # the ledger begins when any project of the zone is first reported; of an empty one nobody knows
    begins = float(month_numbers(whole["period"]).min())
    progress = whole[whole["project"].isin(list(projects["project"]))]
    projects = projects.assign(tier=_tiers(projects, scope))
    counted = _first_month_counted(whole, begins, scope)
    units = scope.dictionary.units
    return as_of(projects, progress, period=scope.period, begins=begins, units=units, first_month_counted=counted)


def _first_month_counted(whole: pd.DataFrame, begins: float, scope: Scope) -> bool:
    """Whether the published count of signed projects says that those of the ledger's first month were signed in it."""
    rows = scope.history[(scope.history["code"] == "projects_signed") & (scope.history["entity"] == "")]
    if np.isnan(begins) or rows.empty:
        return False
    months = rows["year"].astype("float64") * 12 + rows["month"].astype("float64") - 1
    signed = rows.set_index(months)["value"]
    # cumulative from January on: what was signed in the year before is not in it
    before = signed.get(begins - 1, 0.0) if begins % 12 else 0.0
    first = whole[(month_numbers(whole["period"]) == begins) & (whole["stage"] == "signed")]
    return bool(len(first) and signed.get(begins, NONE) - before == len(first))


def _tiers(projects: pd.DataFrame, scope: Scope) -> pd.Series:
    """The list that each project was on by the end of the period; without a day it is that of the latest edition."""
    since = month_numbers(projects["tier_date"])
    listed = since <= end_of(scope.period)
    if scope.is_latest:
        listed |= since.isna()
    return projects["tier"].where(listed, "")


def as_of(
    projects: pd.DataFrame,
    progress: pd.DataFrame,
    *,
    period: Period,
    begins: float,
    units: dict[str, Unit],
    first_month_counted: bool = False,
) -> Ledger:
    """Join the list of projects and the rows of their progress up to the end of ``period``.

    ``projects`` and ``progress`` are the typed tables, ``begins`` the first month of the ledger of progress. The stage
    is that of the last row of progress, or that of the list where its stage_date is later (and not after the period)
    or where there is no progress. A project whose rows are all later is left out. Dates found in the progress:

    - signed: the first row, where it says signed and the ledger was kept before it, or where the published count of
      that month confirms those of its first month (``first_month_counted``); else unknown
    - start, production, withdrawn: the first row at such a stage, where an earlier row was not yet there
    - first_… and planned_…: the plan of the first and of the last row that has one. plan_seen: yes where the first row
      is later than ``begins``, or not yet under construction; else plans may have been moved before
    - plan_moves: how often either planned month was changed
    - invested_since: the first month with the present invested amount

    Source: methods notes of the project, section 3.12.
    """
    end = end_of(period)
    rows = _progress(progress, end, units)
    later = set(progress["project"]) - set(rows["project"])
    listed = projects[~projects["project"].isin(list(later))].join(
        _seen(rows, begins, first_month_counted), on="project"
    )
    dated = month_numbers(listed["stage_date"])
    listed = listed.assign(dated=dated, investment=_in_units(listed["investment"], listed["unit"], units))
    # without progress a stage counts unless it is dated after the period
    listed = listed[listed["last_seen"].notna() | ~(dated > end)]
    # the list wins where it is dated later than the progress
    newer = listed["last_seen"].isna() | ((listed["dated"] > listed["last_seen"]) & (listed["dated"] <= end))
    stage = listed["stage"].where(newer, listed["progress_stage"]).fillna("").astype("str")
    since = listed["dated"].where(newer, listed["progress_since"])
    made = listed.assign(stage=stage, stage_since=since.astype("float64"))
    # the list dates the stages that the ledger of progress did not see
    for name, stages in (("start", ("construction",)), ("production", DONE), ("withdrawn", (WITHDRAWN,))):
        from_list = newer & made["stage"].isin(stages)
        made[name] = made[name].where(made[name].notna() | ~from_list, made["dated"])
    made["plan_seen"] = made["plan_seen"].eq(True)
    return Ledger(made.reindex(columns=STATE).reset_index(drop=True), rows, begins, end)


def _seen(rows: pd.DataFrame, begins: float, first_month_counted: bool) -> pd.DataFrame:
    """What the rows of progress say of each project, indexed by project."""
    seen = rows.groupby("project", sort=False)
    first, last = seen.first(), seen.last()
    # its first row may be long after the signing where the ledger began with it
    kept = (first["when"] > begins) | first_month_counted
    signed = first["when"].where((first["stage"] == "signed") & kept)
    projects = pd.DataFrame(index=pd.Index(rows["project"].unique(), name="project"))
    return projects.assign(
        first_seen=first["when"],
        last_seen=last["when"],
        progress_stage=last["stage"],
        signed=signed,
        plan_seen=(first["when"] > begins) | ~first["stage"].isin(STARTED),
        start=_reached(rows, STARTED, first["when"]),
        production=_reached(rows, DONE, first["when"]),
        withdrawn=_reached(rows, (WITHDRAWN,), first["when"]),
        progress_since=_since(rows),
    ).join([_plans(rows), _money(rows)])


def _progress(progress: pd.DataFrame, end: float, units: dict[str, Unit]) -> pd.DataFrame:
    rows = progress.assign(
        when=month_numbers(progress["period"]),
        invested=_in_units(progress["invested"], progress["unit"], units),
        start=month_numbers(progress["planned_start"]),
        production=month_numbers(progress["planned_production"]),
    )
    return rows[rows["when"] <= end].sort_values(["project", "when"], kind="stable", ignore_index=True)


def _in_units(values: pd.Series, names: pd.Series, units: dict[str, Unit]) -> pd.Series:
    """Amounts in 亿元; NaN of another currency, which only a rate could convert."""
    factors = {}
    for name in names.unique():
        factors[name] = NONE
        try:
            if name:
                factors[name] = convert(1, name, UNIT, units)
        except ValueError:
            continue
    # as round as it was published
    return (values * names.map(factors).astype("float64")).astype("float64").round(9)


def _reached(rows: pd.DataFrame, stages: tuple[str, ...], first: pd.Series) -> pd.Series:
    """The first month at one of ``stages``; NaN where the first row was there already: it may be long ago."""
    when = rows[rows["stage"].isin(stages)].groupby("project")["when"].min().reindex(first.index)
    return when.where(when > first)


def _since(rows: pd.DataFrame) -> pd.Series:
    """The month from which on the last stage has stood."""
    changed = rows["stage"].ne(rows.groupby("project")["stage"].shift())
    return rows[changed].groupby("project")["when"].last()


def _plans(rows: pd.DataFrame) -> pd.DataFrame:
    """The first and the present plan of each project, and how often it was moved."""
    by = rows.groupby("project")
    # first() and last() of a group pass over what is missing
    first = by[["start", "production"]].first().add_prefix("first_")
    plans = first.join(by[["start", "production"]].last().add_prefix("planned_"))
    moves = pd.Series(0, plans.index)
    for name in ("start", "production"):
        planned = rows[rows[name].notna()]
        moved = planned[name].ne(planned.groupby("project")[name].shift()) & planned["project"].duplicated()
        moves = moves + moved.groupby(planned["project"]).sum().reindex(plans.index, fill_value=0)
    return plans.assign(plan_moves=moves)


def _money(rows: pd.DataFrame) -> pd.DataFrame:
    """What was invested in each project, and since when it has been as much."""
    priced = rows[rows["invested"].notna()]
    changed = priced["invested"].ne(priced.groupby("project")["invested"].shift())
    invested = priced.groupby("project")[["invested"]].last()
    return invested.assign(invested_since=priced[changed].groupby("project")["when"].last())


def state_at(progress: pd.DataFrame, projects: pd.Series, months: pd.Series) -> pd.DataFrame:
    """Return the last stage and invested amount of each project not later than its month, carried forward.

    ``projects`` and ``months`` are aligned; stage is empty and invested NaN where nothing was reported by then.
    """
    asked = pd.DataFrame({"project": projects.astype("object"), "when": months.astype("float64")})
    asked["place"] = np.arange(len(asked))
    reported = progress[["project", "when", "stage", "invested"]].astype({"project": "object"})
    reported = reported.sort_values("when", kind="stable")
    made = pd.merge_asof(asked.sort_values("when"), reported, on="when", by="project")
    made = made.sort_values("place").set_index(projects.index)
    return made[["stage", "invested"]].assign(stage=made["stage"].astype("object").fillna(""))
