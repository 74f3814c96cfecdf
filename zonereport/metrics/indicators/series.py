"""Cumulative series with their growth and comparable base, of published and derived indicators alike."""

import numpy as np
import pandas as pd

from zonereport.inputs import Dictionary
from zonereport.inputs.figures import counted
from zonereport.inputs.units import convert
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.indicators.growth import BASIS_TOLERANCE, basis_changed, implied_base
from zonereport.metrics.indicators.levels import PERCENT, RATES
from zonereport.metrics.scope import Scope

KEYS = ["code", "entity", "year", "month"]
# rounding that moves a growth by more than the first is said (约), by more than the second leaves no growth
ABOUT_PP, IMPRECISE_PP = 0.5, 5.0
# of counts below this a growth in % says more than there is
FEW = 10
COLUMNS = [
    "code",
    "entity",
    "year",
    "month",
    "value",
    "unit",
    "qualifier",
    "step",
    "nature",
    "level_base",
    "implied_base",
    "base",
    "growth",
    "growth_from",
    "growth_reason",
    "growth_about",
    "basis_changed",
    "levels_compare",
    "source",
]


def series(history: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """Return every cumulative figure with last year's and its growth; derived codes follow from their two parts.

    ``history`` has the columns of Scope.history. Rows are those of ``history`` and of the derived codes, one a code,
    entity, year and month; COLUMNS come back: ``step`` one unit of the last printed digit (0 for counts),
    ``level_base`` the figure of a year earlier in the same unit and scope, ``implied_base`` c / (1 + g) of a published
    growth, ``base`` the comparable one of the two (the implied one where the basis changed or there is no other),
    ``growth`` in % (percentage points for rates) with ``growth_from`` published or level, or ``growth_reason``:
    not_reported, no_base, published_only, basis_changed, bounds, zero_base, negative_base, negative_value, few
    (a count below ten, whose difference says more), imprecise (rounding may move it by more than five points);
    ``growth_about`` where it may by more than half a point;
    ``levels_compare`` says whether growth may be made of two levels at all.
    Source: methods notes of the project, sections 3.2 and 3.4.
    """
    if history.empty:
        return pd.DataFrame(columns=COLUMNS)
    published = grown(history, dictionary)
    return pd.concat([published, _derived(published, dictionary)], ignore_index=True)[COLUMNS]


def grown(history: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """Return the rows of ``series`` without those of derived codes: one a row of ``history``, in its order."""
    return _with_bases(_prepared(history, dictionary), dictionary)


def series_of(scope: Scope) -> pd.DataFrame:
    """Return the ``series`` of an edition, of the zone and all parks; made once for all topics that share the scope."""
    return scope.once("series with growth", lambda: series(scope.history, scope.dictionary))


def _prepared(history: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    nature = history["code"].map(dictionary.indicators["nature"])
    return history.assign(nature=nature, step=_steps(history, dictionary))[
        [*KEYS, "value", "unit", "qualifier", "step", "nature", "growth_pct", "source"]
    ]


def _steps(rows: pd.DataFrame, dictionary: Dictionary) -> np.ndarray:
    """One unit of the last digit; the finest digit that a code is printed with speaks for all its figures."""
    values = rows["value"].to_numpy(float)
    digits = np.zeros(len(rows))
    for places in range(9):
        left = np.abs(values - np.round(values, places)) > 1e-9 * np.maximum(1, np.abs(values))
        digits[left] = places + 1
    keys = [rows["code"], rows["unit"], rows["entity"] == ""]
    finest = pd.Series(digits, rows.index).groupby(keys).transform("max")
    pairs = pd.MultiIndex.from_arrays([rows["code"], rows["unit"]])
    # a count has no digit that rounding could hide
    counts = pairs.map({pair: counted(*pair, dictionary) for pair in pairs.unique()})
    return np.where(counts, 0.0, 10.0**-finest)


def _with_bases(rows: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """Last year's figure beside every published one, and the growth by the rules of levels.published."""
    # last year's figure finds its row as this year's
    before = rows[[*KEYS, "value", "unit", "qualifier"]].assign(year=rows["year"] + 1)
    rows = rows.merge(before, on=KEYS, how="left", suffixes=("", "_before"))
    known = rows["value_before"].notna()
    # figures of two units, or of which one includes more, are not compared
    unlike = known & (rows["unit"] != rows["unit_before"])
    now, then = rows["qualifier"], rows["qualifier_before"].fillna("")
    unlike |= known & ((now == "including") != (then == "including"))
    level = rows["value_before"].mask(unlike)
    implied = pd.Series(implied_base(rows["value"], rows["growth_pct"]), rows.index)
    rate = _in_points(rows)
    # the growth of a rate is a difference: it implies no base
    implied = implied.mask(rate)
    moved = basis_changed(rows["value"], rows["growth_pct"], level, step=rows["step"], tolerance=BASIS_TOLERANCE)
    moved = moved & ~rate.to_numpy()
    rows = rows.assign(
        level_base=level,
        implied_base=implied,
        base=implied.where(moved | level.isna(), level),
        basis_changed=moved,
    )
    # some surveys change their firms each year: their levels do not compare
    only = rows["code"].map(dictionary.indicators["growth_from"]) == "published"
    rows["levels_compare"] = ~only
    ratios = pd.Series("ratio", rows.index)
    _, bounds = _qualifiers(ratios, now.where(known, ""), then)
    reason = np.select(
        [
            rows["growth_pct"].notna(),
            rows["value"].isna(),
            ~known,
            only,
            unlike,
            bounds,
        ],
        ["published", "not_reported", "no_base", "published_only", "basis_changed", "bounds"],
        "",
    )
    return _grown(rows, np.array(reason, dtype=object), rate)


def _grown(rows: pd.DataFrame, reason: np.ndarray, rate: pd.Series) -> pd.DataFrame:
    """The growth of rows whose ``reason`` is empty or published; what is left of reasons is growth_reason."""
    value, base = rows["value"], rows["level_base"]
    free = (reason == "") & ~rate.to_numpy()
    # a count has no digit that rounding could hide
    few = (rows["step"] == 0) & (rows[["value", "level_base"]].min(axis=1) < FEW)
    reason[free & few & base.notna() & value.notna()] = "few"
    free &= reason == ""
    reason[free & (base == 0)] = "zero_base"
    reason[free & (base < 0)] = "negative_base"
    reason[free & (base > 0) & (value < 0)] = "negative_value"
    with np.errstate(invalid="ignore", divide="ignore"):
        made = np.where(rate, value - base, (value - base) / base.where(base > 0) * 100)
    growth = np.where(reason == "published", rows["growth_pct"], np.where(reason == "", made, np.nan))
    origin = np.select([reason == "published", reason == ""], ["published", "level"], "")
    reason[reason == "published"] = ""
    slack = np.where(rate, 0.0, growth_slack(rows))
    # a growth of two rounded figures that may be anything is none
    loose = (origin == "level") & (slack > IMPRECISE_PP)
    reason[loose] = "imprecise"
    return rows.assign(
        growth=np.where(loose, np.nan, growth),
        growth_from=np.where(loose, "", origin),
        growth_reason=reason,
        growth_about=(origin == "level") & (slack > ABOUT_PP) & ~loose,
    )


def growth_slack(rows: pd.DataFrame) -> pd.Series:
    """Return by how many percentage points rounding may move a growth of two levels, to either side; 0 of counts.

    100 × h × (1 + c / p) / p, where h is half of the last digit (``step``) of the value c and of the base p.

    >>> rows = pd.DataFrame({"value": [0.40], "level_base": [0.38], "step": [0.01]})
    >>> growth_slack(rows).round(1).tolist()
    [2.7]
    """
    base = rows["level_base"].where(rows["level_base"] > 0)
    half = rows["step"] / 2
    return (100 * half * (1 + rows["value"].abs() / base) / base).fillna(0.0)


def _derived(published: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """The rows of every formula of the dictionary whose two parts are rows of the same entity, year and month."""
    formulas = dictionary.derived.reset_index()
    formulas = formulas[~formulas["code"].isin(published["code"])].rename(columns={"code": "made"})
    left = formulas[["made", "operation", "left"]].merge(published, left_on="left", right_on="code")
    right = formulas[["made", "right"]].merge(published, left_on="right", right_on="code")
    both = left.merge(right, on=["made", *KEYS[1:]], suffixes=("", "_2"))
    ratio = both["operation"] == "ratio"
    # parts may stand in other units than their sum
    first, second = _factors(both, dictionary)

    def combine(name: str) -> pd.Series:
        a, b = both[name] * first, both[f"{name}_2"] * second
        return (a / b.where(b != 0)).where(ratio, (a + b).where(both["operation"] == "sum", a - b).round(9))

    qualifier, bounds = _qualifiers(both["operation"], both["qualifier"], both["qualifier_2"])
    rows = both[KEYS[1:]].assign(
        code=both["made"],
        value=combine("value").mask(bounds),
        unit=both["made"].map(dictionary.indicators["unit"]),
        qualifier=qualifier,
        step=(both["step"] * first + both["step_2"] * second).mask(ratio),
        nature=both["made"].map(dictionary.indicators["nature"]),
        level_base=combine("level_base"),
        implied_base=np.nan,
        growth_pct=np.nan,
        basis_changed=both["basis_changed"] | both["basis_changed_2"],
        # a source that both parts come from is named once
        source=both["source"].where(both["source"] == both["source_2"], both["source"] + ";" + both["source_2"]),
    )
    rows["base"] = rows["level_base"].where(ratio, combine("base"))
    # parts of two years that must not be compared make figures that must not be compared
    unlike = both["growth_reason"].isin(["basis_changed", "bounds"]) | (rows["basis_changed"] & ratio)
    unlike |= both["growth_reason_2"].isin(["basis_changed", "bounds"])
    only = both["made"].map(dictionary.indicators["growth_from"]) == "published"
    rows["levels_compare"] = ~only
    reason = np.select(
        [rows["value"].isna(), unlike, rows["level_base"].isna(), only],
        ["not_reported", "basis_changed", "no_base", "published_only"],
        "",
    )
    return _grown(rows, np.array(reason, dtype=object), _in_points(rows))


def _in_points(rows: pd.DataFrame) -> pd.Series:
    """Whether the growth of each row is a difference in percentage points: see levels.grows_in_points."""
    return rows["nature"].isin(RATES) & (rows["unit"] == PERCENT)


def _factors(both: pd.DataFrame, dictionary: Dictionary) -> tuple[pd.Series, pd.Series]:
    """What the two parts are multiplied by to give the unit; NaN where a part is in a unit that does not convert."""
    columns = ["made", "operation", "unit", "unit_2"]
    kinds = both[columns].drop_duplicates()
    # few kinds, many rows
    factors = kinds.assign(first=np.nan, second=np.nan).astype({"first": "float64", "second": "float64"})
    for place, (code, operation, left, right) in zip(kinds.index, kinds.itertuples(index=False), strict=True):
        unit = dictionary.indicators.at[code, "unit"]
        try:
            if operation == "ratio":
                pair = convert(1, f"{left}/{right}", unit, dictionary.units), 1.0
            else:
                pair = convert(1, left, unit, dictionary.units), convert(1, right, unit, dictionary.units)
        except ValueError:
            continue
        factors.loc[place, ["first", "second"]] = pair
    made = both[columns].merge(factors, how="left", on=columns).set_index(both.index)
    return made["first"], made["second"]


def _qualifiers(operation: pd.Series, left: pd.Series, right: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The qualifier of figures made of two, and where two bounds leave nothing to say."""
    kinds = pd.Series(list(zip(operation, left, right, strict=True)), left.index, dtype="object")
    words = kinds.map({kind: combined_qualifier(*kind) for kind in set(kinds)}).astype("str")
    return words.mask(words == "bounds", ""), words == "bounds"


def matrices(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return cumulative flows of one entity, a table of years by months 1 to 12 for each code; NaN where there is none.

    ``rows`` are those of ``series`` of one entity. Only figures in the unit and scope (含……) of the latest one enter,
    because years that are compared must be alike.
    """
    flows = rows[(rows["nature"] == "flow_ytd") & rows["value"].notna()]
    including = flows["qualifier"] == "including"
    alike = including == including.groupby(flows["code"]).transform("last")
    alike &= flows["unit"] == flows.groupby("code")["unit"].transform("last")
    # years that are compared must be of one unit and scope
    flows = flows[alike]
    found = {}
    years, months, values = flows["year"].to_numpy(), flows["month"].to_numpy(), flows["value"].to_numpy()
    for code, places in flows.groupby("code", sort=False).indices.items():
        first, last = int(years[places].min()), int(years[places].max())
        table = np.full((last - first + 1, 12), np.nan)
        table[years[places].astype(int) - first, months[places].astype(int) - 1] = values[places]
        found[code] = pd.DataFrame(table, index=range(first, last + 1), columns=range(1, 13))
    return found


def structure(dictionary: Dictionary) -> list[tuple[str, str]]:
    """Return wholes with parts as formulas name them: of a difference the whole is left, of a sum derived.

    >>> from pathlib import Path
    >>> from zonereport.inputs import load_dictionary
    >>> from zonereport.inputs.paths import find_root
    >>> structure(load_dictionary(find_root()))[:2]
    [('fixed_asset_investment', 'industrial_investment'), ('fixed_asset_investment', 'other_investment')]
    """
    pairs = []
    for row in dictionary.derived.itertuples():
        if row.operation == "difference":
            pairs += [(row.left, row.right), (row.left, row.Index)]
        elif row.operation == "sum":
            pairs += [(row.Index, row.left), (row.Index, row.right)]
    return pairs
