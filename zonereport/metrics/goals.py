"""National goals (国创): each dated criterion against the zone, the weakest first.

All criteria of a goal must hold, so nothing is averaged. A criterion is a row of data/dictionary/criteria.csv; what it
asks for and how far its source can be relied on are carried along, never filled in.
"""

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from zonereport.inputs.units import convert
from zonereport.metrics.indicators.series import series
from zonereport.metrics.scope import Scope

__all__ = ["details", "figures"]

Row = dict[str, object]

COLUMNS = [
    *("goal", "criterion", "name_zh", "code", "value", "unit", "qualifier", "period", "threshold", "comparison", "met"),
    *("gap", "ratio_pct", "growth_3y_pct", "years", "required_growth_pct", "required_by", "reason"),
    *("document", "quality", "year", "note"),
]
NUMBERS = ["value", "threshold", "gap", "ratio_pct", "growth_3y_pct", "years", "required_growth_pct"]
# a pace is that of three years
YEARS = 3
NAN = float("nan")


def judge(value: float, threshold: float, comparison: str) -> Row:
    """Whether a figure meets a threshold of the same unit, and what is missing.

    at_least: gap = T - x, ratio = x / T x 100. at_most and rank_at_most: gap = x - T, ratio = T / x x 100. A gap of 0
    or less is met, and then the margin; a ratio of 100 or more too (NaN where its denominator is not above 0).
    yes_no: met where the figure is above 0, without gap and ratio. Returns met, gap, ratio_pct.
    Raises ValueError for another comparison. Source: methods notes of the project, section 3.13.

    >>> judge(3.0, 5.0, "at_least"), judge(3.0, 5.0, "rank_at_most")["gap"]
    ({'met': False, 'gap': 2.0, 'ratio_pct': 60.0}, -2.0)
    """
    if comparison == "yes_no":
        return {"met": value > 0, "gap": NAN, "ratio_pct": NAN}
    if comparison not in ("at_least", "at_most", "rank_at_most"):
        raise ValueError(f'comparison "{comparison}" is none of at_least, at_most, rank_at_most, yes_no')
    part, whole = (value, threshold) if comparison == "at_least" else (threshold, value)
    gap = round(whole - part, 9)
    return {"met": gap <= 0, "gap": gap, "ratio_pct": 100 * part / whole if whole > 0 else NAN}


def pace(factors: Sequence[float]) -> float:
    """Compound annual growth of yearly factors, in %: (f1 f2 ... fn)^(1/n) - 1; NaN where one is missing or <= 0.

    >>> round(pace([1.1, 1.1, 1.1]), 9), pace([1.1, float("nan")])
    (10.0, nan)
    """
    if not factors or not all(factor > 0 for factor in factors):
        return NAN
    return 100 * (math.prod(factors) ** (1 / len(factors)) - 1)


def years_at_pace(value: float, threshold: float, growth_pct: float) -> float:
    """Years until a figure reaches a threshold at a yearly growth: ln(T / x) / ln(1 + g).

    Infinitely many are no number: NaN where the growth leads away from the threshold or nowhere, or where x, T or
    1 + g is not above 0. Source: methods notes of the project, section 3.13.

    >>> round(years_at_pace(100.0, 133.1, 10.0), 9), years_at_pace(100.0, 133.1, -1.0)
    (3.0, nan)
    """
    if not (value > 0 and threshold > 0 and growth_pct > -100 and growth_pct != 0):
        return NAN
    years = math.log(threshold / value) / math.log1p(growth_pct / 100)
    return years if 0 <= years < math.inf else NAN


def required_growth(value: float, threshold: float, years: float) -> float:
    """The yearly growth that leads from a figure to a threshold in so many years, in %: (T / x)^(1 / n) - 1.

    NaN where x, T or n is not above 0. Source: methods notes of the project, section 3.13.

    >>> round(required_growth(100.0, 121.0, 2), 9)
    10.0
    """
    return 100 * ((threshold / value) ** (1 / years) - 1) if min(value, threshold, years) > 0 else NAN


def plan_end(year: int) -> int:
    """The last year of the five-year plan that follows a figure's year: plans end in years that five divides.

    >>> plan_end(2022), plan_end(2025)
    (2025, 2030)
    """
    return 5 * (year // 5 + 1)


def figures(scope: Scope) -> Iterator[Row]:
    """How each goal stands, and how far each indicator that a criterion asks about.

    Of the code of a goal (such as national_zone): goal_criteria, goal_met, goal_unmet, goal_unknown (项);
    goal_weakest_ratio (%, of the criterion named in basis; ``not_reported`` where no criterion has a figure).
    Of an indicator's code: goal_gap (unit of the criterion), goal_ratio (%), goal_years (年), goal_required_growth (%),
    basis names goal and criterion; of several criteria on one indicator the one that is furthest off. Reasons are
    those of ``details``. No rows for a park. Source: methods notes of the project, section 3.13.
    """
    table = _goals(scope)
    for goal, rows in table.groupby("goal", sort=False):
        counts = {
            "goal_criteria": len(rows),
            "goal_met": int((rows["met"] == True).sum()),  # noqa: E712 (a missing answer is neither)
            "goal_unmet": int((rows["met"] == False).sum()),  # noqa: E712
            "goal_unknown": int(rows["met"].isna().sum()),
        }
        for measure, count in counts.items():
            yield {"code": goal, "measure": measure, "value": count, "unit": "项"}
        known = rows.dropna(subset="ratio_pct").sort_values("ratio_pct", kind="stable")
        weakest = {"value": known["ratio_pct"].iloc[0], "basis": known["criterion"].iloc[0]} if len(known) else {}
        yield {"code": goal, "measure": "goal_weakest_ratio", "unit": "%", **(weakest or {"reason": "not_reported"})}
    furthest = table[table["code"] != ""].sort_values("ratio_pct", kind="stable").drop_duplicates("code")
    for row in furthest.itertuples():
        common = {"code": row.code, "qualifier": row.qualifier, "basis": f"{row.goal} {row.criterion}"}
        units = {"goal_gap": row.unit, "goal_ratio": "%", "goal_years": "年", "goal_required_growth": "%"}
        values = [row.gap, row.ratio_pct, row.years, row.required_growth_pct]
        for (measure, unit), value in zip(units.items(), values, strict=True):
            missing = {"qualifier": "", "reason": row.reason or "no_threshold"}
            yield {**common, "measure": measure, "unit": unit, **({"value": value} if value == value else missing)}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frame ``goals``: a row a criterion in force, by goal, the weakest first, then the unknown, then those met.

    Columns COLUMNS: value in the criterion's unit and the period it is of (a flow is that of a whole year: before
    December the last full one), met (True, False, NA), gap and ratio_pct as in ``judge``, growth_3y_pct the compound
    growth of three years, on comparable bases where they are published, years at it, required_growth_pct a year until
    the end of the year required_by. reason says why value or years is missing: not_reported, no_threshold, met,
    unreachable (按现速不可达), no_history, no_pace (a rank, a yes, a rate or a bound has none), zero_base,
    negative_base, year_not_over (no full year of a flow yet), other_currency. document, quality (o official text
    read, s secondary copy, m measured, u unverified), year and note are those of the criterion. Nothing for a park.
    Source: methods notes of the project, section 3.13; domain notes, section 4.
    """
    return {"goals": _goals(scope)}


def _goals(scope: Scope) -> pd.DataFrame:
    criteria = scope.dictionary.criteria
    if scope.park or criteria.empty:
        return pd.DataFrame(columns=COLUMNS)
    # a criterion newer than the report's year did not hold yet; of several editions the newest does
    held = criteria[criteria["year"].map(lambda year: not year or int(year) <= scope.period.year)]
    held = held.sort_values("year", kind="stable").drop_duplicates(["goal", "criterion"], keep="last").sort_index()
    known = scope.once("goals by year", lambda: _by_code(_yearly(scope, {code for code in held["code"] if code})))
    rows = [_row(criterion, known.get(criterion["code"]), scope) for criterion in held.to_dict("records")]
    table = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(NUMBERS, "float64"))
    table = table.astype({"met": "boolean", "required_by": "Int64"})
    order = {goal: number for number, goal in enumerate(held["goal"].unique())}
    standing = table["met"].map({False: 0, True: 2}).astype("float64").fillna(1)
    keys = pd.DataFrame({"goal": table["goal"].map(order), "standing": standing, "ratio": table["ratio_pct"]})
    return table.loc[keys.sort_values(["goal", "standing", "ratio"], kind="stable").index].reset_index(drop=True)


def _by_code(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(list(rows.groupby("code", sort=False)))


def _row(criterion: Row, known: pd.DataFrame | None, scope: Scope) -> Row:
    """The row of a criterion; ``known`` are the years of its indicator, None where there are none."""
    row = {column: criterion.get(column, NAN) for column in COLUMNS} | {"qualifier": "", "period": "", "reason": ""}
    row |= {"met": pd.NA, "required_by": pd.NA}
    comparison, threshold = criterion["comparison"], criterion["threshold"]
    found = _rank(criterion, scope) if comparison == "rank_at_most" else _figure(criterion, known, scope)
    row |= found
    if comparison == "rank_at_most":
        row["unit"] = "位"
    if row["reason"]:
        return row
    if threshold != threshold and comparison != "yes_no":
        return row | {"reason": "no_threshold"}
    row |= judge(row["value"], threshold, comparison)
    # 900 and more is met where 800 is asked for; short of it a bound says nothing, and so the other way round
    open_end = {"lower_bound": "at_least", "upper_bound": "at_most"}.get(row["qualifier"])
    if open_end and row["met"] != (comparison == open_end):
        row |= {"met": pd.NA, "gap": NAN, "ratio_pct": NAN}
    return row | _way(row, known, scope)


def _way(row: Row, known: pd.DataFrame, scope: Scope) -> Row:
    """Years at the present pace and the growth it would take; or why there are none."""
    if row["met"] is True:
        return {"reason": "met"}
    comparison, value, threshold = row["comparison"], row["value"], row["threshold"]
    nature = scope.dictionary.indicators["nature"].get(row["code"], "")
    if comparison not in ("at_least", "at_most") or nature not in ("flow_ytd", "stock") or row["met"] is pd.NA:
        return {"reason": "no_pace"}
    if value <= 0:
        return {"reason": "zero_base" if value == 0 else "negative_base"}
    year = int(row["period"][:4])
    end = plan_end(year)
    factors = known.set_index("year")["factor"].reindex(range(year - YEARS + 1, year + 1))
    growth = pace(factors.tolist())
    years = years_at_pace(value, threshold, growth)
    found = {"growth_3y_pct": growth, "years": years, "required_by": end}
    # a stock or flow in mid-year has a part of its year left
    left = end - year + (12 - scope.period.last) / 12 if nature == "stock" else end - year
    found["required_growth_pct"] = required_growth(value, threshold, left)
    return found | {"reason": "" if years == years else "no_history" if growth != growth else "unreachable"}


def _rank(criterion: Row, scope: Scope) -> Row:
    rank = scope.value(criterion["code"], "rank") if criterion["code"] else NAN
    return {"value": rank, "period": str(scope.period)} if rank == rank else {"reason": "not_reported"}


def _figure(criterion: Row, known: pd.DataFrame | None, scope: Scope) -> Row:
    """The figure of a criterion in its unit: a full year of a flow, the latest of anything else."""
    rows = None if known is None else known[known["value"].notna()]
    if rows is None or rows.empty:
        here = scope.value(criterion["code"]) if criterion["code"] and scope.period.last < 12 else NAN
        return {"reason": "year_not_over" if here == here else "not_reported"}
    last = rows.iloc[-1]
    unit = criterion["unit"] or last["unit"]
    try:
        value = convert(last["value"], last["unit"], unit, scope.dictionary.units)
    except ValueError:
        return {"reason": "other_currency"}
    return {"value": value, "unit": unit, "qualifier": last["qualifier"], "period": last["period"]}


def _yearly(scope: Scope, codes: set[str]) -> pd.DataFrame:
    """Of each code a row a year up to now: year, period, value, unit, qualifier, factor (against the year before).

    Flows are those of December; stocks and rates those of the month of the edition. Years before the last two that
    have a figure serve only the pace.
    """
    dictionary, period = scope.dictionary, scope.period
    formulas = dictionary.derived.loc[dictionary.derived.index.isin(codes), ["left", "right"]]
    wanted = codes | set(formulas.to_numpy().ravel())
    own = scope.history[(scope.history["entity"] == "") & scope.history["code"].isin(wanted)]
    rows = series(own[own["month"].isin([12, period.last])], dictionary)
    if rows.empty:
        return pd.DataFrame(columns=["code", "year", "period", "value", "unit", "qualifier", "factor"])
    rows = rows[rows["code"].isin(codes)]
    month = rows["nature"].map({"flow_ytd": 12}).fillna(period.last)
    rows = rows[(rows["month"] == month) & (rows["year"] > period.year - YEARS - 2)]
    # a published growth is on a comparable basis; else two levels tell, where they may be compared
    published = (rows["growth_from"] == "published") & rows["nature"].isin(["flow_ytd", "stock"])
    levels = (rows["value"] / rows["base"].where(rows["base"] > 0)).where(rows["levels_compare"])
    # 2022 and 2022-12 are one month of history; the text is that of the source
    names = own.drop_duplicates(["year", "month"]).set_index(["year", "month"])["period"].to_dict()
    rows = rows.assign(
        factor=levels.mask(published, 1 + rows["growth"] / 100),
        period=[names[key] for key in zip(rows["year"], rows["month"], strict=True)],
    )
    # a figure of two years ago is not the zone of today
    rows["value"] = rows["value"].where(rows["year"] >= period.year - 1)
    return rows.sort_values(["code", "year"], kind="stable")
