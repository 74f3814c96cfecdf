"""National goals (国创): each dated criterion against the zone, the weakest first.

All criteria of a goal must hold, so nothing is averaged. A criterion is a row of the zone's own criteria.csv, with the
document that it stands in; what it asks for and how far its source can be relied on are carried along, never filled in.
"""

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert
from zonereport.metrics.frame import Row
from zonereport.metrics.indicators import currency
from zonereport.metrics.indicators.counted import end_of, month_numbers
from zonereport.metrics.indicators.series import series
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

__all__ = ["details", "figures"]

# a pace is that of three years
YEARS = 3
NAN = float("nan")


def judge(value: float, threshold: float, comparison: str) -> Row:
    """Return whether a figure meets a threshold of the same unit, and what is missing.

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
    part, whole = threshold, value
    if comparison == "at_least":
        part, whole = value, threshold
    gap, ratio = round(whole - part, 9), NAN
    if whole > 0:
        ratio = 100 * part / whole
    return {"met": gap <= 0, "gap": gap, "ratio_pct": ratio}


def pace(factors: Sequence[float]) -> float:
    """The compound annual growth of yearly factors, in %: (f1 f2 ... fn)^(1/n) - 1; NaN where one is missing or <= 0.

    >>> round(pace([1.1, 1.1, 1.1]), 9), pace([1.1, float("nan")])
    (10.0, nan)
    """
    if not factors or not all(factor > 0 for factor in factors):
        return NAN
    return 100 * (math.prod(factors) ** (1 / len(factors)) - 1)


def years_at_pace(value: float, threshold: float, growth_pct: float) -> float:
    """Return the years until a figure reaches a threshold at a yearly growth: ln(T / x) / ln(1 + g).

    Infinitely many are no number: NaN where the growth leads away from the threshold or nowhere, or where x, T or
    1 + g is not above 0. Source: methods notes of the project, section 3.13.

    >>> round(years_at_pace(100.0, 133.1, 10.0), 9), years_at_pace(100.0, 133.1, -1.0)
    (3.0, nan)
    """
    if not (value > 0 and threshold > 0 and growth_pct > -100 and growth_pct != 0):
        return NAN
    years = math.log(threshold / value) / math.log1p(growth_pct / 100)
    # a growth that leads away would have got there before
    return years if 0 <= years < math.inf else NAN


def required_growth(value: float, threshold: float, years: float) -> float:
    """Return the yearly growth that leads from a figure to a threshold in so many years, in %: (T / x)^(1 / n) - 1.

    NaN where x, T or n is not above 0. Source: methods notes of the project, section 3.13.

    >>> round(required_growth(100.0, 121.0, 2), 9)
    10.0
    """
    if min(value, threshold, years) <= 0:
        return NAN
    return 100 * ((threshold / value) ** (1 / years) - 1)


def plan_end(year: int) -> int:
    """Return the last year of the five-year plan that follows a figure's year: plans end in years that five divides.

    >>> plan_end(2022), plan_end(2025)
    (2025, 2030)
    """
    return 5 * (year // 5 + 1)


def figures(scope: Scope) -> Iterator[Row]:
    """Yield how each goal stands: goal_criteria, goal_met, goal_unmet, goal_unknown (项) of its code.

    The code is that of a goal, such as national_zone. No rows for a park. Source: methods notes of the project,
    section 3.13.
    """
    for goal, rows in _goals(scope).groupby("goal", sort=False):
        # a missing answer is neither
        unknown = rows["met"].isna()
        met = rows["met"].fillna(False).astype("bool")
        counts = {
            "goal_criteria": len(rows),
            "goal_met": int(met.sum()),
            "goal_unmet": int((~met & ~unknown).sum()),
            "goal_unknown": int(unknown.sum()),
        }
        for measure, count in counts.items():
            yield {"code": goal, "measure": measure, "value": count, "unit": "项"}


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frame ``goals``: a row a criterion in force, by goal, the weakest first, then unknown, then met ones.

    value is in the criterion's unit and the period it is of (a flow is that of a whole year: before December the last
    full one), met True, False or NA, gap and ratio_pct as in ``judge``, growth_3y_pct the compound growth of three
    years, on comparable bases where they are published, years at it, required_growth_pct a year until the end of the
    year required_by. reason says why value or years is missing: not_reported, no_threshold, met, unreachable
    (按现速不可达), no_history, no_pace (a rank, a yes, a rate or a bound has none), zero_base, negative_base,
    year_not_over (no full year of a flow yet), other_currency, two_bases (met on one basis of the figure and not on
    the other, other_code and other_value: not judged). document, quality (o official text read, s secondary
    copy, m measured, u unverified) and note are those of the criterion, year that of its document. Nothing for a park.
    Source: methods notes of the project, section 3.13; domain notes, section 4.
    """
    return {"goals": _goals(scope)}


def _goals(scope: Scope) -> pd.DataFrame:
    criteria = scope.table("criteria")
    # a criterion that was issued after the period did not hold yet; of several editions the newest does
    held = criteria[month_numbers(criteria["issued"]) <= end_of(scope.period)]
    if scope.park or held.empty:
        return tidy("goals", [])
    held = held.sort_values("issued", kind="stable").drop_duplicates(["goal", "criterion"], keep="last").sort_index()
    document = held["document"] + "（" + held["number"] + "）"
    held = held.assign(document=document, year=held["issued"].str[:4])
    codes = set(held["code"]) - {""}
    others = {code: other_basis(code, scope.dictionary) for code in codes}
    yearly = scope.once("goals by year", lambda: _by_code(_yearly(scope, codes | set(others.values()) - {""})))
    rows = []
    for criterion in held.to_dict("records"):
        row = _row(criterion, yearly.get(criterion["code"]), scope)
        rows.append(row | _turned(row, others.get(criterion["code"], ""), yearly, scope))
    table = tidy("goals", rows)
    # what is missed comes first, then what is unknown
    place = table["met"].map({False: 0, True: 2}).astype("float64").fillna(1)
    goals = pd.Index(held["goal"].unique())
    keys = pd.DataFrame({"goal": goals.get_indexer(table["goal"]), "place": place, "ratio": table["ratio_pct"]})
    return table.loc[keys.sort_values(["goal", "place", "ratio"], kind="stable").index].reset_index(drop=True)


def other_basis(code: str, dictionary: Dictionary) -> str:
    """Return the indicator that says the same with, or without, what is included in it; empty where there is none.

    A formula of the kind difference says what is left of a whole without a part.
    """
    formulas = dictionary.derived[dictionary.derived["operation"] == "difference"]
    if code in formulas.index:
        return str(formulas.at[code, "left"])
    without = formulas.index[formulas["left"] == code]
    return str(without[0]) if len(without) else ""


def _turned(row: Row, other: str, yearly: dict[str, pd.DataFrame], scope: Scope) -> Row:
    """The columns of a row that the other basis of its figure turns: met on one of them is neither met nor missed."""
    plain: Row = {"other_code": "", "other_value": NAN}
    if row["met"] is pd.NA or row["comparison"] not in ("at_least", "at_most") or other not in yearly:
        return plain
    # a whole of which the part is one thing and the rest another is no second basis: the source says 含
    pair = pd.concat([yearly[other], yearly[row["code"]]])
    if not (pair["qualifier"] == "including").any():
        return plain
    figure = _figure(row, yearly[other], scope)
    if figure["reason"] or figure["unit"] != row["unit"]:
        return plain
    if judge(figure["value"], row["threshold"], row["comparison"])["met"] == row["met"]:
        return plain
    nothing = {"gap": NAN, "ratio_pct": NAN, "growth_3y_pct": NAN, "years": NAN, "required_growth_pct": NAN}
    turned: Row = {"met": pd.NA, "required_by": pd.NA, "reason": "two_bases"}
    return turned | nothing | {"other_code": other, "other_value": figure["value"]}


def _by_code(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(list(rows.groupby("code", sort=False)))


def _row(criterion: Row, known: pd.DataFrame | None, scope: Scope) -> Row:
    """The row of a criterion; ``known`` are the years of its indicator, None where there are none."""
    row = criterion | {"qualifier": "", "period": "", "reason": "", "met": pd.NA, "required_by": pd.NA}
    comparison, threshold = criterion["comparison"], criterion["threshold"]
    if comparison == "rank_at_most":
        row |= _rank(criterion, scope) | {"unit": "位"}
    else:
        row |= _figure(criterion, known, scope)
    if row["reason"]:
        return row
    if math.isnan(threshold) and comparison != "yes_no":
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
    # a rank, a yes and a rate have no pace
    if comparison not in ("at_least", "at_most") or nature not in ("flow_ytd", "stock") or row["met"] is pd.NA:
        return {"reason": "no_pace"}
    if value == 0:
        return {"reason": "zero_base"}
    if value < 0:
        return {"reason": "negative_base"}
    year = int(row["period"][:4])
    end = plan_end(year)
    factors = known.set_index("year")["factor"].reindex(range(year - YEARS + 1, year + 1))
    growth = pace(factors.tolist())
    years = years_at_pace(value, threshold, growth)
    left = end - year
    # a stock in mid-year has a part of its year left
    if nature == "stock":
        left += (12 - scope.period.last) / 12
    reason = ""
    if math.isnan(growth):
        reason = "no_history"
    elif math.isnan(years):
        reason = "unreachable"
    return {
        "growth_3y_pct": growth,
        "years": years,
        "required_by": end,
        "required_growth_pct": required_growth(value, threshold, left),
        "reason": reason,
    }


def _rank(criterion: Row, scope: Scope) -> Row:
    rank = scope.value(criterion["code"], "rank")
    if math.isnan(rank):
        return {"reason": "not_reported"}
    return {"value": rank, "period": str(scope.period)}


def _figure(criterion: Row, known: pd.DataFrame | None, scope: Scope) -> Row:
    """The figure of a criterion in its unit: a full year of a flow, the latest of anything else."""
    rows = pd.DataFrame()
    if known is not None:
        rows = known[known["value"].notna()]
    if rows.empty:
        # this year's figure is there, but no year of it is over
        if scope.period.last < 12 and not math.isnan(scope.value(criterion["code"])):
            return {"reason": "year_not_over"}
        return {"reason": "not_reported"}
    last = rows.iloc[-1]
    # a criterion without a unit takes that of the figure
    unit = criterion["unit"] or last["unit"]
    try:
        value = convert(last["value"], last["unit"], unit, scope.dictionary.units)
    except ValueError:
        value = _converted(criterion["code"], last, unit, scope)
    if math.isnan(value):
        return {"reason": "other_currency"}
    found = {"value": value, "unit": unit, "qualifier": last["qualifier"], "period": last["period"]}
    return found | {"reason": ""}


def _converted(code: str, last: pd.Series, unit: str, scope: Scope) -> float:
    """A figure of another currency in yuan, month by month at sourced rates; NaN without them."""
    made = currency.in_yuan(scope, code, last["unit"], Period.parse(last["period"]))
    if made is None or math.isnan(made):
        return NAN
    try:
        return convert(made, currency.YUAN, unit, scope.dictionary.units)
    except ValueError:
        return NAN


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
