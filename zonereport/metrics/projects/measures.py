"""The measures and frames of projects: pipeline, lights, delays, times and conversion, the lists, the upgrades."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.counted import month_text, published_against, sources
from zonereport.metrics.projects.lights import lights, stalled
from zonereport.metrics.projects.state import DONE, FEW, STAGES, STARTED, TIERS, UNIT, WITHDRAWN, Ledger, ledger
from zonereport.metrics.projects.timing import AGES, conversion, durations, slip_quantile, slips
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

GROUP = "S5"
# the codes under which the lists themselves publish their length
LISTS = {"provincial": "projects_provincial_list", "city": "projects_city_list"}
OPEN_LIGHTS = ("green", "yellow", "red", "not_judged")


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of the projects, and the published codes of S5 against last year.

    Codes of its own: project_ledger (those not withdrawn), project_stage_withdrawn, project_light_<light>,
    project_slip_start, project_slip_production, project_time_<step>, project_conversion_<months>, projects_stalled.

    Source: methods notes of the project, section 3.12; domain notes, sections 1 (S5) and 4.
    """
    indicators = scope.dictionary.indicators
    codes = indicators.index[(indicators["group"] == GROUP) & indicators["nature"].isin(["flow_ytd", "stock"])]
    yield from published_against(scope.history, codes, period=scope.period, park=scope.park)
    book = ledger(scope)
    if book.state.empty:
        return
    common: Row = {"source": sources(book.state), "basis": "ledger"}
    yield from _summed(book, common)
    if len(book.progress):
        common["source"] = sources(book.state, book.progress)
        frames = _frames(scope)
        yield from _lit(frames["project_lights"], len(frames["project_stalled"]), common)
        yield from _slipped(frames["project_slippage"], common)
        yield from _timed(frames["project_durations"], common)
        yield from _converted(frames["project_conversion"], common)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames of the projects; their columns are those of schemas.csv.

    project_pipeline: a row a stage and tier (all, national, provincial, city, none), in the order of the pipeline.
    project_tiers and project_parks: a row a tier or park. project_lights, project_stalled: see projects.lights.
    project_slippage, project_conversion, project_durations, project_duration_curve: see projects.timing. project_gantt:
    a row a bar of the projects that are not withdrawn. project_upgrades: the technical upgrades, cumulative by month.
    """
    found = {"project_upgrades": _upgrades(scope)}
    book = ledger(scope)
    if book.state.empty:
        return found
    found |= _frames(scope)
    # parks and tiers count the lights of their projects
    lit = found["project_lights"]
    found["project_pipeline"] = pipeline(book)
    found["project_tiers"] = _by_tier(book, lit, scope)
    found["project_parks"] = _by_park(book, lit)
    if len(book.progress):
        found["project_gantt"] = _gantt(book, lit)
    return found


def _frames(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames that measures are counted from, made once; the last four only where there is progress."""
    return scope.once("project frames", lambda: _made(ledger(scope)))


def _made(book: Ledger) -> dict[str, pd.DataFrame]:
    lit = lights(book)
    found = {"project_lights": lit, "project_stalled": stalled(book, lit)}
    if len(book.progress):
        found["project_slippage"] = slips(book)
        found["project_conversion"] = conversion(book)
        found["project_durations"], found["project_duration_curve"] = durations(book)
    return found


def completed(rows: pd.DataFrame) -> Row:
    """Return investment completion in %: Σ invested / Σ planned investment × 100 of the projects with both known.

    ``rows`` has investment and invested in 亿元. ``not_reported`` where no project has both.

    >>> completed(pd.DataFrame({"investment": [8.0, 2.0, None], "invested": [3.0, 1.0, 1.0]}))
    {'value': 40.0}
    """
    both = rows[(rows["investment"] > 0) & rows["invested"].notna()]
    if both.empty:
        return {"reason": "not_reported"}
    return {"value": float(both["invested"].sum() / both["investment"].sum() * 100)}


def pipeline(book: Ledger) -> pd.DataFrame:
    """Return the frame project_pipeline: projects, planned investment and what was invested, by stage and tier.

    order is 1 signed … 8 in_service, 9 withdrawn, 0 not known; investment_missing counts the projects without a
    planned investment. The tier all is every project, none those on no list; empty combinations are left out,
    stages without any project are not.
    """
    rows = book.state.assign(tier=book.state["tier"].replace("", "none"))
    order = {stage: number for number, stage in enumerate((*STAGES, WITHDRAWN), 1)}
    if (rows["stage"] == "").any():
        order[""] = 0
    made = []
    for stage, number in order.items():
        there = rows[rows["stage"] == stage]
        made.append({"stage": stage, "order": number, "tier": "all"} | _sums(there))
        for tier in (*TIERS, "none"):
            part = there[there["tier"] == tier]
            if len(part):
                made.append({"stage": stage, "order": number, "tier": tier} | _sums(part))
    return tidy("project_pipeline", made)


def _sums(rows: pd.DataFrame) -> dict[str, float]:
    return {
        "projects": len(rows),
        "investment_missing": int(rows["investment"].isna().sum()),
        "investment_100m_yuan": round(rows["investment"].sum(min_count=1), 9),
        "invested_100m_yuan": round(rows["invested"].sum(min_count=1), 9),
        "investment_completion_pct": completed(rows).get("value", float("nan")),
    }


def _summed(book: Ledger, common: Row) -> Iterator[Row]:
    """The projects that are not withdrawn with their money, and those that are."""
    rows, code = book.live, common | {"code": "project_ledger"}
    yield code | {"measure": "value", "unit": "个", "value": len(rows)}
    yield code | {"measure": "project_investment", "unit": UNIT} | _total(rows["investment"])
    yield code | {"measure": "project_invested", "unit": UNIT} | _total(rows["invested"])
    yield code | {"measure": "investment_completion", "unit": "%"} | completed(rows)
    gone = book.state[book.state["stage"] == WITHDRAWN]
    code = common | {"code": f"project_stage_{WITHDRAWN}"}
    yield code | {"measure": "value", "unit": "个", "value": len(gone)}
    yield code | {"measure": "project_investment", "unit": UNIT} | _total(gone["investment"])


def _total(amounts: pd.Series) -> Row:
    """A sum in 亿元; a project without the figure makes it a lower bound."""
    if amounts.empty:
        return {"value": 0.0}
    given = amounts.notna()
    if not given.any():
        return {"reason": "not_reported"}
    return {"value": round(float(amounts.sum()), 9), "qualifier": "" if given.all() else "lower_bound"}


def _lit(lit: pd.DataFrame, stalled: int, common: Row) -> Iterator[Row]:
    # what is finished or withdrawn needs no light
    is_open = lit[~lit["light"].isin(["done", WITHDRAWN])]
    # without a curve of the zone's own nothing is judged by it
    own = (is_open["history_projects"] > 0).any()
    for word in OPEN_LIGHTS:
        code = common | {"code": f"project_light_{word}", "unit": "个"}
        yield code | {"measure": "value", "value": int((is_open["light"] == word).sum())}
        count = float("nan")
        if own:
            count = (is_open["light_history"] == word).sum()
        yield code | {"measure": "light_by_history", "basis": "own history"} | known(count, "too_few")
    yield common | {"code": "projects_stalled", "measure": "value", "unit": "个", "value": stalled}


def _slipped(found: pd.DataFrame, common: Row) -> Iterator[Row]:
    for milestone in ("start", "production"):
        rows = found[found["milestone"] == milestone]
        code = common | {"code": f"project_slip_{milestone}", "basis": "first plan"}
        yield code | {"measure": "value", "unit": "个", "value": len(rows)}
        if len(rows) < FEW:
            for measure, unit in (("slip_median", "个月"), ("slip_p80", "个月"), ("slip_late_share", "%")):
                yield code | {"measure": measure, "unit": unit, "reason": "too_few"}
            continue
        bound = rows["qualifier"] == "lower_bound"
        for measure, share in (("slip_median", 0.5), ("slip_p80", 0.8)):
            value, qualifier = slip_quantile(rows["slip_months"], bound, share)
            yield code | {"measure": measure, "unit": "个月", "value": value, "qualifier": qualifier}
        late = float((rows["slip_months"] > 0).mean() * 100)
        yield code | {"measure": "slip_late_share", "unit": "%", "value": late}


def _timed(spans: pd.DataFrame, common: Row) -> Iterator[Row]:
    for row in spans.itertuples(index=False):
        code = common | {"code": f"project_time_{row.step}", "basis": "cumulative incidence"}
        yield code | {"measure": "value", "unit": "个", "value": row.projects}
        median = known(row.median_months, row.reason or "not_reached")
        yield code | {"measure": "duration_median", "unit": "个月"} | median


def _converted(rows: pd.DataFrame, common: Row) -> Iterator[Row]:
    # single years are too few for a measure
    every = rows[rows["cohort"] == "all"].set_index("age_months")
    for age in AGES:
        code = common | {"code": f"project_conversion_{age}", "basis": "signing cohorts at equal age"}
        if age not in every.index:
            yield code | {"measure": "value", "unit": "个", "reason": "no_history"}
            continue
        found = every.loc[age]
        yield code | {"measure": "value", "unit": "个", "value": int(found["projects"])}
        for name in ("started", "produced", "invested"):
            share = known(found[f"{name}_pct"], found["reason"] or "not_reported")
            yield code | {"measure": f"conversion_{name}", "unit": "%"} | share


def _by_tier(book: Ledger, lit: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Projects by tier: how many there are, how far they are, how they stand; what the list itself publishes."""
    rows = book.state.merge(lit[["project", "light"]], on="project")
    rows["tier"] = rows["tier"].replace("", "none")
    made = []
    for tier in (*TIERS, "none"):
        there = rows[rows["tier"] == tier]
        if len(there):
            # what the list itself says of its length: the two need not agree
            published = scope.value(LISTS.get(tier, ""))
            made.append({"tier": tier, "published": published} | _standing(there))
    return tidy("project_tiers", made)


def _by_park(book: Ledger, lit: pd.DataFrame) -> pd.DataFrame:
    """Projects by park: how many there are, how far they are, how they stand."""
    rows = book.state.merge(lit[["project", "light"]], on="project")
    made = [{"park": park} | _standing(there) for park, there in rows.groupby("park", sort=False)]
    return tidy("project_parks", made)


def _standing(rows: pd.DataFrame) -> dict[str, float]:
    live = rows[rows["stage"] != WITHDRAWN]
    row = _sums(live) | {"withdrawn": len(rows) - len(live)}
    row["started"] = int(live["stage"].isin(STARTED).sum())
    row["done"] = int(live["stage"].isin(DONE).sum())
    for word in OPEN_LIGHTS:
        row[word] = int((rows["light"] == word).sum())
    return row


def _gantt(book: Ledger, lit: pd.DataFrame) -> pd.DataFrame:
    """Bars from month to month (YYYY-MM, both included), the projects in the order of their lights.

    first_plan and present_plan run from the planned start to the planned production, preparing from signing to the
    month before the start, building from the start to production; open_ended is yes where the bar still grows.
    """
    # both frames have one row a project: the lights give the order
    rows = lit[["project", "light"]].merge(book.live, on="project")
    made = []
    for row in rows.itertuples():
        head = {"project": row.project, "name": row.name, "park": row.park, "tier": row.tier, "stage": row.stage}
        head["light"] = row.light
        waiting, building = row.stage not in STARTED, row.stage not in DONE
        bars = (
            ("first_plan", row.first_start, row.first_production, False),
            ("present_plan", row.planned_start, row.planned_production, False),
            ("preparing", row.signed, book.end if waiting else row.start - 1, waiting),
            ("building", row.start, book.end if building else row.production, building),
        )
        for bar, start, end, grows in bars:
            if start <= end:
                months = {"bar": bar, "from_month": month_text(start), "to_month": month_text(end)}
                made.append(head | months | {"open_ended": "yes" if grows else "no"})
    return tidy("project_gantt", made)


def _upgrades(scope: Scope) -> pd.DataFrame:
    """Technical upgrades completed since January, by month, this year beside last: it may be reported late."""
    rows = scope.history
    rows = rows[(rows["code"] == "technical_upgrades_completed") & (rows["entity"] == scope.park)]
    last = rows[["year", "month", "value"]].assign(year=rows["year"] + 1).rename(columns={"value": "last_year"})
    rows = rows[rows["year"] == scope.period.year].merge(last, on=["year", "month"], how="left")
    return tidy("project_upgrades", rows.assign(change=rows["value"] - rows["last_year"]))
