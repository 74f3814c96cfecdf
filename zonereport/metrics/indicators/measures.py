"""What the cumulative figures say of the month, the growth, the year's schedule, the parks and their parts."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.frame import Row, figure
from zonereport.metrics.indicators.availability import availability, revisions
from zonereport.metrics.indicators.contribution import parks, published_throughout, ratio_effects, shared, structures
from zonereport.metrics.indicators.distance_to_target import by_code, distances, flow_from_start
from zonereport.metrics.indicators.growth import growth_word
from zonereport.metrics.indicators.levels import grows_in_points
from zonereport.metrics.indicators.months import months
from zonereport.metrics.indicators.schedule import NO_MONTHS, WINDOW, schedule, seasonal_shares
from zonereport.metrics.indicators.series import matrices, series_of, structure
from zonereport.metrics.indicators.targets import set_in_time
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

SERIES = {
    "growth": "growth_pct",
    "growth_from": "growth_basis",
    "growth_reason": "reason",
    "basis_changed": "is_break",
}
PP = "个百分点"


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of the topic ``indicators`` for every code that has a value or a growth in the period.

    month, growth (of derived codes), growth_change, change, numerator_effect, denominator_effect; share, contribution,
    pull (of a part in its whole, which ``basis`` names: a code, or ``zone`` for a park); gap_linear, gap_seasonal,
    lag_months, required_rate, best_rate, required_growth, target_gap. Source: methods notes of the project, sections
    3.1 to 3.4.
    """
    if scope.period.first != 1 or scope.known.empty:
        return
    rows = series_of(scope)
    of = rows[rows["entity"] == scope.park]
    now = of[(of["year"] == scope.period.year) & (of["month"] == scope.period.last)]
    values = scope.known[scope.known["measure"] == "value"].set_index("code")
    now = now[now["code"].isin(values.index)].set_index("code", drop=False)
    # the source of the figure itself, with the place in it
    source = values["source"].to_dict()
    for part in (
        _growths(scope, of, now),
        _months(scope, of, now),
        _parts(scope, rows, now),
        distances(scope, of, now),
    ):
        for row in part:
            yield row | {"source": source.get(row["code"], "")}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames series, parks, contribution, schedule, targets, availability and revisions of the edition.

    Their columns are those of schemas.csv; how they are made: ``series``, ``parks``, ``structures``, ``schedule``,
    ``availability`` and ``revisions``. Nothing is divided by parks where the period is no cumulative one.
    """
    period, indicators = scope.period, scope.zone.tables["indicators"]
    rows = series_of(scope)
    order = [park.id for park in scope.zone.about.parks]
    pairs = structure(scope.dictionary)
    found = {
        "series": tidy("series", rows.rename(columns=SERIES)),
        "contribution": structures(rows, pairs, year=period.year, month=period.last, entity=scope.park),
        "schedule": _schedules(scope, rows),
        "targets": _targets(scope),
        "availability": availability(indicators, scope.dictionary, until=period, park=scope.park),
        "revisions": revisions(indicators, scope.dictionary, until=period),
    }
    if period.first == 1 and not scope.park:
        found["parks"] = parks(rows, year=period.year, month=period.last, order=order)
    return found


def _growths(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """Growth of derived codes, the change of growth since the month before, and the change in the unit itself."""
    growths = of.set_index(["code", "year", "month"])["growth"]
    year, month = scope.period.year, scope.period.last
    derived = set(scope.dictionary.derived.index)
    for code, row in now.iterrows():
        is_rate = grows_in_points(row["nature"], row["unit"])
        # two rounded levels say their growth only so far, two small counts not at all
        if code not in derived and (row["growth_about"] or row["growth_reason"] in ("imprecise", "few")):
            word, reason = row["qualifier"] or "approximate", row["growth_reason"]
            yield figure(code, "growth", row["growth"], "%", basis="level", qualifier=word, reason=reason)
        # without a base a derived code has no growth worth a row
        if code in derived and row["growth_reason"] not in ("no_base", "not_reported"):
            unit, reason = PP if is_rate else "%", row["growth_reason"] or "no_base"
            word = "approximate" if row["growth_about"] else ""
            yield figure(code, "growth", row["growth"], unit, basis=row["growth_from"], qualifier=word, reason=reason)
        before = growths.get((code, year, month - 1))
        if pd.notna(row["growth"]) and pd.notna(before):
            change = round(row["growth"] - before, 9)
            yield figure(code, "growth_change", change, PP, basis=f"{month - 1:02d}")
        comparable = row["growth_reason"] not in ("basis_changed", "bounds")
        if not is_rate and comparable and pd.notna(row["value"]) and pd.notna(row["base"]):
            word = growth_word(row["value"], row["base"])
            change = round(row["value"] - row["base"], 9)
            yield figure(code, "change", change, row["unit"], basis=word, qualifier=row["qualifier"])


def _months(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """The month by itself, or the months that came in together."""
    if scope.period.kind == "year":
        return
    steps = months(of[of["year"] == scope.period.year])
    steps = steps[steps["month"] == scope.period.last].set_index("code")
    flows = now[(now["nature"] == "flow_ytd") & now["value"].notna()]
    for code, row in flows.iterrows():
        if code not in steps.index:
            yield figure(code, "month", None, row["unit"], reason="bounds")
            continue
        step = steps.loc[code]
        # the sum since January is no figure of a month
        if step["first_month"] == 1 and step["month"] > 2:
            yield figure(code, "month", None, row["unit"], reason="no_history")
            continue
        qualifier = "lower_bound" if "bound" in step["flags"] else ""
        yield figure(code, "month", step["value"], row["unit"], basis=step["label"], qualifier=qualifier)


def _parts(scope: Scope, rows: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """Share, contribution and pull: of a park in the zone, else of parts in the wholes of the dictionary's formulas."""
    period = scope.period
    if scope.park:
        this = rows[(rows["year"] == period.year) & (rows["month"] == period.last)]
        parts = now.reset_index(drop=True).assign(part=now["code"].to_numpy())
        # the report of a park stands on the bases on which that of the zone adds up
        made = shared(parts, this[this["entity"] == ""], published=published_throughout(this))
        # rates of parks do not add up to that of the zone
        made = made[made["reason"] != "rate"].assign(basis="zone")
    else:
        found = structures(rows, structure(scope.dictionary), year=period.year, month=period.last, entity=scope.park)
        # a part of two wholes would have two shares: the first formula counts
        made = found.assign(basis=found["code"]).drop_duplicates("part")
    made = made[made["part"].isin(now.index) & made["value"].notna()]
    for part in made.to_dict("records"):
        code, basis, reason = part["part"], part["basis"], part["reason"]
        # a falling whole has no contributions, but its parts have shares
        lacking = reason if reason in ("bounds", "no_total", "basis_changed") else "zero_base"
        yield figure(code, "share", part["share_pct"], "%", basis=basis, reason=lacking)
        shares = {"contribution": ("contribution_pct", "%"), "pull": ("pull_pp", PP)}
        for measure, (column, unit) in shares.items():
            word = "approximate" if part[f"{measure}_about"] else ""
            yield figure(code, measure, part[column], unit, basis=basis, qualifier=word, reason=reason or "imprecise")
    yield from _effects(scope, now)


def _effects(scope: Scope, now: pd.DataFrame) -> Iterator[Row]:
    """What numerator and denominator did to each ratio whose change is known."""
    formulas = scope.dictionary.derived
    for code, formula in formulas[formulas["operation"] == "ratio"].iterrows():
        if not {code, formula["left"], formula["right"]} <= set(now.index) or pd.isna(now.at[code, "growth"]):
            continue
        left, right = now.loc[formula["left"]], now.loc[formula["right"]]
        if not right["value"] or not right["level_base"] or pd.isna(left["level_base"]):
            continue
        # of a ratio of zero nobody knows in which unit its parts stand
        scale = float("nan")
        if left["value"]:
            scale = now.at[code, "value"] / (left["value"] / right["value"])
        unit = now.at[code, "unit"]
        if unit == "%":
            unit = PP
        effects = ratio_effects(left["value"], right["value"], left["level_base"], right["level_base"])
        for name, effect in zip(("numerator_effect", "denominator_effect"), effects, strict=True):
            yield figure(code, name, effect * scale, unit, reason="zero_base")


def _schedules(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    if scope.known.empty or scope.period.first != 1:
        return tidy("schedule", [])
    goals = scope.known[scope.known["measure"] == "target"]
    of = rows[rows["entity"] == scope.park]
    tables, year = matrices(of), scope.period.year
    two_years = by_code(of, year=year)
    frames = []
    for goal in goals[goals["basis"].isin(["level", "net_increase"]) & (goals["value"] > 0)].itertuples():
        nature, direction = scope.dictionary.indicators.loc[goal.code, ["nature", "direction"]]
        # where less of a stock or rate is better, what was reached is no part of the target
        if goal.code not in two_years or (direction == -1 and nature != "flow_ytd"):
            continue
        actual = flow_from_start(two_years[goal.code], goal.basis, year=year)
        if actual is None:
            continue
        # a stock has no share of the year that it reaches by a month
        shares = seasonal_shares(tables.get(goal.code, NO_MONTHS), before=year, window=WINDOW)
        made = schedule(actual, shares, target=goal.value, month=scope.period.last)
        frames.append(made.assign(code=goal.code, target=goal.value, unit=goal.unit, kind=goal.basis))
    return tidy("schedule", pd.concat(frames) if frames else [])


def _targets(scope: Scope) -> pd.DataFrame:
    # a target is the whole zone's
    if scope.park or scope.table("targets").empty:
        return tidy("targets", [])
    rows = set_in_time(scope.table("targets"), scope.period)
    return tidy("targets", rows.assign(in_force=~rows.duplicated("code", keep="last")))
