"""Projects: the pipeline from signing to production, its lights, delays and conversion, the lists, the upgrades."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.metrics.indicators.counted import labelled, month_text, published_against, sources
from zonereport.metrics.projects.lights import LIGHTS, lights, stalled
from zonereport.metrics.projects.state import DONE, FEW, STAGES, STARTED, TIERS, UNIT, WITHDRAWN, Ledger, ledger
from zonereport.metrics.projects.timing import AGES, conversion, durations, slip_quantile, slips
from zonereport.metrics.scope import Scope

Row = dict[str, object]
GROUP = "S5"
LISTS = {"provincial": "projects_provincial_list", "city": "projects_city_list"}
GANTT = ["project", "name", "park", "tier", "stage", "light", "bar", "from_month", "to_month", "open_ended"]
SUMMARY = [
    *("projects", "investment_missing", "investment_100m_yuan", "invested_100m_yuan", "investment_completion_pct"),
]


def figures(scope: Scope) -> Iterator[Row]:
    """Measures of the projects, and the published codes of S5 against last year.

    Codes of its own: project_ledger (those not withdrawn), project_stage_<stage>, project_tier_<tier>,
    project_light_<light>, project_slip_start, project_slip_production, project_time_<step>,
    project_conversion_<months>, projects_stalled.

    Source: methods notes of the project, section 3.12; domain notes, sections 1 (S5) and 4.
    """
    indicators = scope.dictionary.indicators
    codes = indicators.index[(indicators["group"] == GROUP) & indicators["nature"].isin(["flow_ytd", "stock"])]
    yield from published_against(scope.history, codes, period=scope.period, park=scope.park)
    book = ledger(scope)
    if not len(book.state):
        return
    common = {"source": sources(book.state), "basis": "ledger"}
    yield from _summed("project_ledger", book.live, common)
    for stage in (*STAGES, WITHDRAWN, ""):
        rows = book.state[book.state["stage"] == stage]
        if stage or len(rows):
            yield from _counted(f"project_stage_{stage or 'unknown'}", rows, common)
    for tier in TIERS:
        rows = book.live[book.live["tier"] == tier]
        if len(rows):
            yield from _summed(f"project_tier_{tier}", rows, common)
    if len(book.progress):
        common["source"] = sources(book.state, book.progress)
        frames = _frames(scope)
        yield from _lit(frames["project_lights"], len(frames["project_stalled"]), common)
        yield from _slipped(frames["project_slippage"], common)
        yield from _timed(frames["project_durations"], common)
        yield from _converted(frames["project_conversion"], common)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames of the projects.

    project_pipeline: a row a stage and tier (all, national, provincial, city, none), in the order of the pipeline.
    project_tiers and project_parks: a row a tier or park (projects, started, done, red, investment …).
    project_lights, project_stalled: see projects_lights. project_slippage, project_conversion, project_durations,
    project_duration_curve: see projects_time. project_gantt: a row a bar (first_plan, present_plan, preparing,
    building) of the projects that are not withdrawn. project_upgrades: the technical upgrades, cumulative by month.
    """
    upgrades = {"project_upgrades": _upgrades(scope)}
    book = ledger(scope)
    if not len(book.state):
        return upgrades
    lit = _frames(scope)["project_lights"]
    found = {
        "project_pipeline": pipeline(book),
        "project_tiers": _grouped(book, lit, "tier", scope),
        "project_parks": _grouped(book, lit, "park", scope),
        **_frames(scope),
    }
    if len(book.progress):
        found["project_gantt"] = _gantt(book, lit)
    return found | upgrades


def _frames(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames that measures are counted from, made once; the last four only where there is progress."""

    def make() -> dict[str, pd.DataFrame]:
        book = ledger(scope)
        lit = lights(book)
        found = {"project_lights": lit, "project_stalled": stalled(book, lit)}
        if len(book.progress):
            spans, curve = durations(book)
            found |= {"project_slippage": slips(book), "project_conversion": conversion(book)}
            found |= {"project_durations": spans, "project_duration_curve": curve}
        return found

    return scope.once("project frames", make)


def completed(rows: pd.DataFrame) -> Row:
    """Investment completion in %: Σ invested / Σ planned investment × 100 of the projects with both known.

    ``rows`` has investment and invested in 亿元. ``not_reported`` where no project has both.

    >>> completed(pd.DataFrame({"investment": [8.0, 2.0, None], "invested": [3.0, 1.0, 1.0]}))
    {'value': 40.0}
    """
    investment, invested = (rows[name].to_numpy(float) for name in ("investment", "invested"))
    both = (investment > 0) & ~np.isnan(invested)
    if not both.any():
        return {"reason": "not_reported"}
    return {"value": float(invested[both].sum() / investment[both].sum() * 100)}


def pipeline(book: Ledger) -> pd.DataFrame:
    """The frame project_pipeline: projects, planned investment and what was invested, by stage and tier.

    Columns: stage, order (1 signed … 8 in_service, 9 withdrawn, 0 not known), tier, and those of SUMMARY: projects,
    investment_missing (projects without a planned investment), investment_100m_yuan, invested_100m_yuan,
    investment_completion_pct. The tier all is every project, none those on no list; empty combinations are left out,
    stages without any project are not.
    """
    rows = book.state.assign(tier=book.state["tier"].replace("", "none"))
    order = {stage: number for number, stage in enumerate((*STAGES, WITHDRAWN), 1)}
    made = []
    for stage in [*order, *([""] if (rows["stage"] == "").any() else [])]:
        there = rows[rows["stage"] == stage]
        made.append({"stage": stage, "order": order.get(stage, 0), "tier": "all", **_sums(there)})
        for tier in (*TIERS, "none"):
            part = there[there["tier"] == tier]
            if len(part):
                made.append({"stage": stage, "order": order.get(stage, 0), "tier": tier, **_sums(part)})
    return labelled(pd.DataFrame(made), ["stage", "order", "tier", *SUMMARY])


def _sums(rows: pd.DataFrame) -> dict[str, float]:
    return {
        **{"projects": len(rows), "investment_missing": int(rows["investment"].isna().sum())},
        "investment_100m_yuan": round(rows["investment"].sum(min_count=1), 9),
        "invested_100m_yuan": round(rows["invested"].sum(min_count=1), 9),
        "investment_completion_pct": completed(rows).get("value", float("nan")),
    }


def _counted(code: str, rows: pd.DataFrame, common: Row) -> Iterator[Row]:
    yield {**common, "code": code, "measure": "value", "unit": "个", "value": len(rows)}
    yield {**common, "code": code, "measure": "project_investment", "unit": UNIT, **_total(rows, "investment")}


def _total(rows: pd.DataFrame, column: str) -> Row:
    """A sum in 亿元; a project without the figure makes it a lower bound."""
    known = rows[column].notna()
    if not len(rows):
        return {"value": 0.0}
    if not known.any():
        return {"reason": "not_reported"}
    return {"value": round(float(rows[column].sum()), 9), "qualifier": "" if known.all() else "lower_bound"}


def _summed(code: str, rows: pd.DataFrame, common: Row) -> Iterator[Row]:
    yield {**common, "code": code, "measure": "value", "unit": "个", "value": len(rows)}
    yield {**common, "code": code, "measure": "project_investment", "unit": UNIT, **_total(rows, "investment")}
    yield {**common, "code": code, "measure": "project_invested", "unit": UNIT, **_total(rows, "invested")}
    yield {**common, "code": code, "measure": "investment_completion", "unit": "%", **completed(rows)}
    shares = (rows["invested"] / rows["investment"].where(rows["investment"] > 0) * 100).dropna()
    median = (
        {"value": float(shares.median())}
        if len(shares) >= FEW
        else {"reason": "too_few" if len(shares) else "not_reported"}
    )
    yield {**common, "code": code, "measure": "investment_completion_median", "unit": "%", **median}


def _lit(lit: pd.DataFrame, stalled: int, common: Row) -> Iterator[Row]:
    is_open = lit[~lit["light"].isin(["done", WITHDRAWN])]
    own = (is_open["history_projects"] > 0).any()
    for word in LIGHTS[:3] + LIGHTS[5:]:
        code = {**common, "code": f"project_light_{word}"}
        yield {**code, "measure": "value", "unit": "个", "value": int((is_open["light"] == word).sum())}
        count = int((is_open["light_history"] == word).sum())
        known = {"value": count} if own else {"reason": "too_few"}
        yield {**code, "measure": "light_by_history", "unit": "个", "basis": "own history", **known}
    yield {**common, "code": "projects_stalled", "measure": "value", "unit": "个", "value": stalled}


def _slipped(found: pd.DataFrame, common: Row) -> Iterator[Row]:
    for milestone in ("start", "production"):
        rows = found[found["milestone"] == milestone]
        code = {**common, "code": f"project_slip_{milestone}", "basis": "first plan"}
        yield {**code, "measure": "value", "unit": "个", "value": len(rows)}
        bound = rows["qualifier"] == "lower_bound"
        few = len(rows) < FEW
        for measure, share in (("slip_median", 0.5), ("slip_p80", 0.8)):
            value, qualifier = (0.0, "") if few else slip_quantile(rows["slip_months"], bound, share)
            known = {"reason": "too_few"} if few else {"value": value, "qualifier": qualifier}
            yield {**code, "measure": measure, "unit": "个月", **known}
        for measure, which in (("slip_late_share", rows["slip_months"] > 0), ("slip_no_date_share", bound)):
            known = {"reason": "too_few"} if few else {"value": float(which.mean() * 100)}
            yield {**code, "measure": measure, "unit": "%", **known}


def _timed(spans: pd.DataFrame, common: Row) -> Iterator[Row]:
    for row in spans.itertuples(index=False):
        code = {**common, "code": f"project_time_{row.step}", "basis": "cumulative incidence"}
        yield {**code, "measure": "value", "unit": "个", "value": row.projects}
        yield {**code, "measure": "duration_reached", "unit": "个", "value": row.reached}
        for measure, value in (("duration_median", row.median_months), ("duration_p75", row.p75_months)):
            reason = row.reason or "not_reached"
            yield {
                **code,
                "measure": measure,
                "unit": "个月",
                **({"reason": reason} if np.isnan(value) else {"value": value}),
            }


def _converted(rows: pd.DataFrame, common: Row) -> Iterator[Row]:
    for age in AGES:
        row = rows[(rows["cohort"] == "all") & (rows["age_months"] == age)]
        code = {**common, "code": f"project_conversion_{age}", "basis": "signing cohorts at equal age"}
        if not len(row):
            yield {**code, "measure": "value", "unit": "个", "reason": "no_history"}
            continue
        found = row.iloc[0]
        yield {**code, "measure": "value", "unit": "个", "value": int(found["projects"])}
        for name in ("started", "produced", "started_value", "produced_value", "invested"):
            value = found[f"{name}_pct"]
            reason = found["reason"] or "not_reported"
            known = {"reason": reason} if np.isnan(value) else {"value": float(value)}
            yield {**code, "measure": f"conversion_{name}", "unit": "%", **known}


def _grouped(book: Ledger, lit: pd.DataFrame, by: str, scope: Scope) -> pd.DataFrame:
    """Projects by park or tier: how many there are, how far they are, how they stand."""
    rows = book.state.merge(lit[["project", "light"]], on="project")
    rows[by] = rows[by].replace("", "none") if by == "tier" else rows[by]
    made = []
    for name in sorted(rows[by].unique(), key=[*TIERS, "none"].index) if by == "tier" else dict.fromkeys(rows[by]):
        there = rows[rows[by] == name]
        live = there[there["stage"] != WITHDRAWN]
        counts = there["light"].value_counts()
        row = {by: name, **_sums(live), "withdrawn": len(there) - len(live)}
        row |= {"started": int(live["stage"].isin(STARTED).sum()), "done": int(live["stage"].isin(DONE).sum())}
        row |= {word: int(counts.get(word, 0)) for word in ("green", "yellow", "red", "not_judged")}
        # what the list itself says of its length: the two need not agree
        if by == "tier":
            row["published"] = scope.value(LISTS[name]) if name in LISTS else float("nan")
        made.append(row)
    return pd.DataFrame(made)


def _gantt(book: Ledger, lit: pd.DataFrame) -> pd.DataFrame:
    """Bars from month to month (YYYY-MM, both included), the projects in the order of their lights.

    first_plan and present_plan run from the planned start to the planned production, preparing from signing to the
    month before the start, building from the start to production; open_ended is yes where the bar still grows.
    """
    rows = book.live.set_index("project").reindex(
        [name for name in lit["project"] if name in set(book.live["project"])]
    )
    words = lit.set_index("project")["light"]
    made = []
    for row in rows.itertuples():
        waiting = row.stage not in STARTED
        building = row.stage not in DONE
        bars = (
            ("first_plan", row.first_start, row.first_production, False),
            ("present_plan", row.planned_start, row.planned_production, False),
            ("preparing", row.signed, book.end if waiting else row.start - 1, waiting),
            ("building", row.start, book.end if building else row.production, building),
        )
        head = {"project": row.Index, "name": row.name, "park": row.park, "tier": row.tier, "stage": row.stage}
        made += [
            {
                **head,
                "light": words[row.Index],
                "bar": bar,
                "from_month": month_text(start),
                "to_month": month_text(end),
            }
            | {"open_ended": "yes" if grows else "no"}
            for bar, start, end, grows in bars
            if start <= end
        ]
    return labelled(pd.DataFrame(made, columns=GANTT), GANTT)


def _upgrades(scope: Scope) -> pd.DataFrame:
    """Technical upgrades completed since January, by month, this year beside last: it may be reported late."""
    rows = scope.history
    rows = rows[(rows["code"] == "technical_upgrades_completed") & (rows["entity"] == scope.park)]
    last = rows[["year", "month", "value"]].assign(year=rows["year"] + 1).rename(columns={"value": "last_year"})
    rows = rows[rows["year"] == scope.period.year].merge(last, on=["year", "month"], how="left")
    rows = rows.assign(change=rows["value"] - rows["last_year"])
    return labelled(rows, ["year", "month", "value", "unit", "qualifier", "last_year", "change"])
