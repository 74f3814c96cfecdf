"""Topic: what the cumulative figures say of the month, the growth, the year's schedule, the parks and their parts."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.indicators import growth as g
from zonereport.metrics.indicators.availability import availability, revisions
from zonereport.metrics.indicators.contribution import parks, ratio_effects, shared, structures
from zonereport.metrics.indicators.distance_to_target import WINDOW, by_code, flow_from_start, standing
from zonereport.metrics.indicators.months import months
from zonereport.metrics.indicators.schedule import schedule, seasonal_shares
from zonereport.metrics.indicators.series import matrices, series_of, structure
from zonereport.metrics.indicators.targets import known as known_targets
from zonereport.metrics.scope import Scope

Row = dict[str, object]
SERIES = {
    **{name: name for name in ("code", "entity", "year", "month", "value", "unit", "qualifier")},
    **{"growth": "growth_pct", "growth_from": "growth_basis", "growth_reason": "reason", "basis_changed": "is_break"},
}


def figures(scope: Scope) -> Iterator[Row]:
    """The measures of the topic ``indicators`` for every code that has a value or a growth in the period.

    month, growth_month, growth (of derived codes), growth_change, change, loss_change, small_base, implied_base,
    two_year_growth, numerator_effect, denominator_effect, revision; share, contribution, pull (of a part in its
    whole, which ``basis`` names: a code, or ``zone`` for a park); gap_linear, gap_seasonal, lag_months,
    required_rate, best_rate, required_growth, target_gap. Source: methods notes of the project, sections 3.1 to 3.4
    and 3.15.
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
    made = [*_growths(scope, of, now), *_months(scope, of, now), *_parts(scope, rows, now), *_revised(scope, now)]
    made += standing(scope, of, now)
    yield from ({**row, "source": source.get(row["code"], "")} for row in made)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames series, parks, contribution, schedule, targets, availability and revisions of the edition.

    ``series``: code, entity (park, empty for the zone), year, month, cumulative value, unit, qualifier, growth_pct
    (percentage points for rates), growth_basis (published or level), reason, is_break (a comparable base unlike last
    year's figure: break the line); ``parks`` and ``contribution``: see ``contribution``;
    ``schedule``: see ``schedule``; ``targets``: code, kind, target, unit, set_on, in_force; ``availability`` and
    ``revisions``: see there.
    """
    period, indicators = scope.period, scope.zone.tables["indicators"]
    rows = series_of(scope)
    now = {"year": period.year, "month": period.last}
    order = [park.id for park in scope.zone.about.parks]
    found = {
        "series": rows.rename(columns=SERIES)[list(SERIES.values())],
        "parks": parks(rows, **now, order=order) if period.first == 1 and not scope.park else pd.DataFrame(),
        "contribution": structures(rows, structure(scope.dictionary), **now, entity=scope.park),
        "schedule": _schedules(scope, rows),
        "targets": _targets(scope),
        "availability": availability(indicators, scope.dictionary, until=period, park=scope.park),
        "revisions": revisions(indicators, scope.dictionary, until=period),
    }
    return {name: frame for name, frame in found.items() if len(frame)}


def _growths(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """Growth and its relatives: the change, losses, bases, two years, and the same of a month earlier."""
    growths = of.set_index(["code", "year", "month"])["growth"]
    year, month = scope.period.year, scope.period.last
    goals = scope.known[(scope.known["measure"] == "target") & (scope.known["basis"] == "level")]
    goals = goals.set_index("code")["value"]
    totals = of[(of["year"] == year - 1) & (of["month"] == 12)].set_index("code")["value"]
    derived = set(scope.dictionary.derived.index)
    for code, row in now.iterrows():
        rate = row["nature"] in ("ratio", "growth")
        percent = "个百分点" if rate else "%"
        if code in derived and row["growth_reason"] not in ("no_base", "not_reported"):
            yield _row(code, "growth", row["growth"], percent, basis=row["growth_from"], reason=row["growth_reason"])
        if pd.notna(row["growth"]):
            before = growths.get((code, year, month - 1))
            if pd.notna(before):
                basis = f"{month - 1:02d}"
                yield _row(code, "growth_change", round(row["growth"] - before, 9), "个百分点", basis=basis)
        if rate:
            continue
        if pd.notna(row["implied_base"]):
            basis = "basis_changed" if row["basis_changed"] else "no_level" if pd.isna(row["level_base"]) else "agrees"
            yield _row(code, "implied_base", row["implied_base"], row["unit"], basis=basis)
        yield from _differences(row, goals.get(code, totals.get(code)))
        last = growths.get((code, year - 1, month))
        if pd.notna(row["growth"]) and pd.notna(last):
            basis = "base_moved" if abs(last) > g.BASE_MOVED_PCT else "base_steady"
            average = g.two_year_growth(row["growth"], last)
            yield _row(code, "two_year_growth", average, "%", basis=basis, reason="negative_value")


def _differences(row: pd.Series, size: float | None) -> Iterator[Row]:
    """The change in the unit itself, what it says of a loss, and a base too small for a percentage."""
    code, value, base = row["code"], row["value"], row["base"]
    if pd.isna(value) or pd.isna(base) or row["growth_reason"] in ("basis_changed", "bounds"):
        return
    word = g.growth_word(value, base)
    yield _row(code, "change", round(value - base, 9), row["unit"], basis=word, qualifier=row["qualifier"])
    if word in ("loss_narrowed", "loss_widened"):
        yield _row(code, "loss_change", abs(g.loss_change(value, base)), "%", basis=word)
    if size is not None and size > 0 and 0 < base < g.SMALL_BASE * size:
        yield _row(code, "small_base", base / size * 100, "%")


def _months(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """The month by itself; its growth where rounding leaves it sharp enough."""
    if scope.period.kind == "year":
        return
    flows = months(of[of["year"] == scope.period.year])
    flows = flows[flows["month"] == scope.period.last]
    steps = flows[~flows["flags"].str.contains("overlap")].set_index("code")
    # in February the two months together: the Spring Festival moves between them
    heads = flows.drop_duplicates("code", keep="last").set_index("code")
    for code, row in now[now["nature"] == "flow_ytd"].iterrows():
        if pd.isna(row["value"]):
            continue
        if code not in steps.index:
            yield _row(code, "month", None, row["unit"], reason="bounds")
            continue
        step, head = steps.loc[code], heads.loc[code]
        if step["first_month"] == 1 and step["month"] > 2:
            yield _row(code, "month", None, row["unit"], reason="no_history")
            continue
        qualifier = "lower_bound" if "bound" in step["flags"] else ""
        yield _row(code, "month", step["value"], row["unit"], basis=step["label"], qualifier=qualifier)
        basis = f"{head['growth_basis']} {head['label']}".strip()
        reason = "imprecise" if pd.notna(head["growth_low_pct"]) else "no_base"
        yield _row(code, "growth_month", head["growth_pct"], "%", basis=basis, reason=reason)


def _parts(scope: Scope, rows: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """Share, contribution and pull: of a park in the zone, else of parts in the wholes of the dictionary's formulas."""
    period = scope.period
    if scope.park:
        whole = rows[(rows["entity"] == "") & (rows["year"] == period.year) & (rows["month"] == period.last)]
        made = shared(now.reset_index(drop=True).assign(part=now["code"].to_numpy()), whole)
        made = made[~made["reason"].isin(["rate"])].assign(basis="zone")
    else:
        found = structures(rows, structure(scope.dictionary), year=period.year, month=period.last, entity=scope.park)
        # a part of two wholes would have two shares: the first formula counts
        made = found.assign(basis=found["code"]).drop_duplicates("part")
    for part in made.to_dict("records"):
        code, basis, reason = part["part"], part["basis"], part["reason"]
        if code not in now.index or pd.isna(part["value"]):
            continue
        lacking = reason if reason in ("bounds", "no_total", "basis_changed") else "zero_base"
        yield _row(code, "share", part["share_pct"], "%", basis=basis, reason=lacking)
        yield _row(code, "contribution", part["contribution_pct"], "%", basis=basis, reason=reason)
        yield _row(code, "pull", part["pull_pp"], "个百分点", basis=basis, reason=reason)
    yield from _effects(scope, rows[rows["entity"] == scope.park], now)


def _effects(scope: Scope, of: pd.DataFrame, now: pd.DataFrame) -> Iterator[Row]:
    """What numerator and denominator did to each ratio whose change is known."""
    for code, formula in scope.dictionary.derived.iterrows():
        parts = [formula["left"], formula["right"]]
        if formula["operation"] != "ratio" or not {code, *parts} <= set(now.index) or pd.isna(now.at[code, "growth"]):
            continue
        left, right = (now.loc[part] for part in parts)
        if not right["value"] or not right["level_base"] or pd.isna(left["level_base"]):
            continue
        scale = now.at[code, "value"] / (left["value"] / right["value"]) if left["value"] else float("nan")
        effects = ratio_effects(left["value"], right["value"], left["level_base"], right["level_base"])
        unit = "个百分点" if now.at[code, "unit"] == "%" else now.at[code, "unit"]
        for name, effect in zip(("numerator_effect", "denominator_effect"), effects, strict=True):
            yield _row(code, name, effect * scale, unit, reason="zero_base")


def _revised(scope: Scope, now: pd.DataFrame) -> Iterator[Row]:
    """By how much the figure of the period was revised since it first came in."""
    table = scope.zone.tables["indicators"]
    table = table[(table["period"] == str(scope.period)) & (table["park"] == scope.park)]
    for row in revisions(table, scope.dictionary, until=scope.period).itertuples():
        if row.code in now.index:
            yield _row(row.code, "revision", row.change, row.unit, basis=row.first_vintage)


def _schedules(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    goals = scope.known[scope.known["measure"] == "target"] if len(scope.known) else scope.known
    if not len(goals) or scope.period.first != 1:
        return pd.DataFrame()
    of = rows[rows["entity"] == scope.park]
    tables, year = matrices(of), scope.period.year
    two_years = by_code(of, year=year)
    frames = []
    for goal in goals[goals["basis"].isin(["level", "net_increase"]) & (goals["value"] > 0)].itertuples():
        nature, direction = (scope.dictionary.indicators.at[goal.code, name] for name in ("nature", "direction"))
        if direction == -1 and nature != "flow_ytd":
            # less is better: what was reached is no part of the target
            continue
        actual = flow_from_start(two_years[goal.code], goal.basis, year=year) if goal.code in two_years else None
        if actual is None:
            continue
        # a stock has no share of the year that it reaches by a month
        cumulative = tables.get(goal.code, pd.DataFrame(columns=range(1, 13), dtype=float))
        shares = seasonal_shares(cumulative, before=year, window=WINDOW)
        frame = {"code": goal.code, "target": goal.value, "unit": goal.unit, "kind": goal.basis}
        frames.append(schedule(actual, shares, **frame, month=scope.period.last))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _targets(scope: Scope) -> pd.DataFrame:
    if scope.park or not len(scope.table("targets")):
        return pd.DataFrame()
    rows = known_targets(scope.table("targets"), scope.period)
    last = ~rows.duplicated("code", keep="last")
    return rows.assign(in_force=last)[["code", "kind", "target", "unit", "set_on", "in_force"]].reset_index(drop=True)


def _row(
    code: str, measure: str, value: float | None, unit: str, *, basis: str = "", qualifier: str = "", reason: str = ""
) -> Row:
    """A row with its value, or with the reason where there is none."""
    row = {"code": code, "measure": measure, "unit": unit, "basis": basis}
    if value is None or pd.isna(value):
        return {**row, "reason": reason or "no_base"}
    return {**row, "value": float(value), "qualifier": qualifier}
