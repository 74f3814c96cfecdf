"""A city's assessment scheme over the figures of the zone and its peers: what goes into the index, what drops out."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from zonereport.metrics.compare.composite.aggregate import arithmetic, geometric
from zonereport.metrics.compare.composite.normalise import (
    constant,
    covered,
    ends,
    goalposts,
    outlying,
    positive,
    rank_scores,
    winsorise,
    z_scores,
)
from zonereport.metrics.compare.composite.sensitivity import Model
from zonereport.metrics.indicators.series import series
from zonereport.metrics.scope import Scope

# an indicator counts where so many units report it, a unit where it reports so many indicators
INDICATOR_SHARE = UNIT_SHARE = 0.65
# and has an index where so much of the weight is there; so for the scheme as a whole
LEAST_WEIGHT = 2 / 3
# fewer units than this are no field to be placed in
LEAST_UNITS = 3
# below so many units an outlier cannot be told from a leader: nothing is winsorised
LEAST_TO_WINSORISE, MOST_WINSORISED = 15, 5
WEIGHT_CV = 0.25


@dataclass(frozen=True, eq=False)
class Scheme:
    """An index ready to be computed.

    ``values`` are the figures that count (units x indicators, treated), the zone's unit is ''; ``codes`` is a row an
    indicator of the scheme, also of those dropped (reason): pillar, weight, measured_on, worst, best, direction,
    goalposts (fixed or observed), treatment, reason. ``left_out`` names the units without an index. ``qualifier`` is
    estimate where a figure of the zone is one, or else approximate where one is, or is a bound.
    """

    values: pd.DataFrame
    codes: pd.DataFrame
    left_out: tuple[str, ...]
    first_tier: float
    qualifier: str

    @cached_property
    def used(self) -> pd.DataFrame:
        """The rows of ``codes`` that count."""
        return self.codes.loc[self.values.columns]

    @cached_property
    def scores(self) -> dict[str, pd.DataFrame]:
        """The scores under each normalisation, the reference (goalpost) first."""
        used = self.used
        return {
            "goalpost": goalposts(self.values, used["worst"], used["best"]),
            "z_score": z_scores(self.values, used["direction"]),
            "rank": rank_scores(self.values, used["direction"]),
        }

    def index(self, scores: pd.DataFrame, weights: pd.Series | None = None, *, across: str = "arithmetic") -> pd.Series:
        """The index of every unit from 0 ... 1 scores: 0 ... 100 arithmetic, or geometric across pillars, 1 ... 100."""
        if weights is None:
            weights = self.used["weight"]
        if across == "geometric":
            return geometric(positive(scores), weights, self.used["pillar"], least_weight=LEAST_WEIGHT)
        return 100 * arithmetic(scores, weights, least_weight=LEAST_WEIGHT)

    def model(self) -> Model:
        """The index with all that might have been chosen otherwise."""
        scores = self.scores
        return Model(
            scores=scores,
            positive_scores={name: positive(frame) for name, frame in scores.items()},
            weights=self.used["weight"],
            pillars=self.used["pillar"],
            aggregations=("arithmetic", "geometric"),
            cv=WEIGHT_CV,
            leave_one_out=len(self.used) > 2,
        )


def scheme_of(scope: Scope) -> Scheme | str:
    """The scheme of the year of an edition over the figures of its period, or the reason why there is none; made once.

    Reasons: ``no_scheme`` (no rows of assessment.csv for the year), ``no_peers``, ``negative_weight``,
    ``low_coverage`` (enough units report only indicators of less than two thirds of the weight), ``too_few`` (fewer
    than three units left, or no indicator), ``not_reported`` (the period is no cumulative one).
    Reads the tables assessment, indicators and peers; source: methods notes of the project, section 3.7.
    """
    table = scope.table("assessment")
    table = table[table["year"] == str(scope.period.year)]
    return scope.once_of_known("scheme", "completion", lambda: _scheme(scope, table))


def _scheme(scope: Scope, table: pd.DataFrame) -> Scheme | str:
    reason = _unusable(scope, table)
    if reason:
        return reason
    codes = _codes(table, scope)
    rows = _rows(scope, codes)
    values = _figures(scope, codes, rows)
    if len(values) < LEAST_UNITS:
        return "no_peers"
    codes["reason"] = ""
    codes.loc[codes["weight"] == 0, "reason"] = "zero_weight"
    kept = covered(values[codes.index[codes["reason"] == ""]], indicator_share=INDICATOR_SHARE, unit_share=UNIT_SHARE)
    codes.loc[(codes["reason"] == "") & ~codes.index.isin(kept.columns), "reason"] = "low_coverage"
    # in January half of a scheme may not be due yet: what is left of it is another index
    if codes.loc[kept.columns, "weight"].sum() < LEAST_WEIGHT * codes["weight"].sum():
        return "low_coverage"
    codes = _observed(codes, kept)
    codes.loc[constant(kept), "reason"] = "constant"
    kept = kept.loc[:, codes.loc[kept.columns, "reason"] == ""]
    if kept.shape[1] == 0 or len(kept) < LEAST_UNITS:
        return "too_few"
    kept, codes["treatment"] = _treated(kept, codes)
    here = arithmetic(kept, codes.loc[kept.columns, "weight"], least_weight=LEAST_WEIGHT).dropna().index
    if len(here) < LEAST_UNITS:
        return "too_few"
    # a column may stand still once units have left
    still = constant(kept.loc[here])
    codes.loc[still, "reason"] = "constant"
    kept = kept.loc[here].drop(columns=still)
    if kept.shape[1] == 0:
        return "too_few"
    tiers, tier = table["first_tier"].dropna().unique(), float("nan")
    # rules that differ on where the first tier ends leave it open
    if len(tiers) == 1:
        tier = float(tiers[0])
    left_out = tuple(values.index[~values.index.isin(here)].astype("str"))
    return Scheme(kept, codes, left_out, tier, _qualifier(rows[rows["code"].isin(kept.columns)]))


def _unusable(scope: Scope, table: pd.DataFrame) -> str:
    """Why there can be no index before any figure is looked at; empty where there may be one."""
    if table.empty:
        return "no_scheme"
    if (table["weight"] < 0).any():
        return "negative_weight"
    # the figures of a quarter alone are not those of the scheme
    if scope.period.first != 1:
        return "not_reported"
    if scope.peers.empty:
        return "no_peers"
    return ""


def _codes(table: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    codes = table.set_index("code")[["pillar", "weight", "measured_on", "lower", "upper"]].copy()
    direction = scope.dictionary.indicators["direction"].reindex(codes.index)
    rows = zip(codes["lower"], codes["upper"], direction, strict=True)
    codes[["worst", "best"]] = [ends(lower, upper, sign) for lower, upper, sign in rows]
    # where the dictionary calls neither end the better one, the scheme does
    codes["direction"] = direction.mask(direction == 0, 1)
    return codes.drop(columns=["lower", "upper"])


def _rows(scope: Scope, codes: pd.DataFrame) -> pd.DataFrame:
    """The figure of each unit and indicator of the period, with what it is measured on: level, growth or completion."""
    period = scope.period
    own = scope.history[scope.history["entity"] == ""]
    both = pd.concat([own, scope.peers], ignore_index=True)
    both = both[(both["month"] == period.last) & both["year"].isin([period.year - 1, period.year])]
    rows = series(both, scope.dictionary)
    rows = rows[(rows["year"] == period.year) & rows["code"].isin(codes.index)]
    on = rows["code"].map(codes["measured_on"])
    # a level in another currency than the goalposts' is no figure to compare
    level = rows["value"].where(rows["unit"] == rows["code"].map(scope.dictionary.indicators["unit"]))
    figure = rows["growth"].where(on == "growth", level.where(on == "level"))
    published = (on == "growth") & (rows["growth_from"] == "published")
    return rows.assign(figure=figure, qualifier=rows["qualifier"].mask(published, ""))


def _figures(scope: Scope, codes: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Units x indicators; the zone's unit is ''."""
    wide = rows.pivot(index="entity", columns="code", values="figure")
    wide = wide.reindex(columns=codes.index).astype("float64")
    for code in codes.index[codes["measured_on"] == "completion"]:
        # peers publish no targets: this leaves the zone alone, and the indicator drops out
        wide.loc["", code] = scope.value(code, "completion")
    wide.index.name = wide.columns.name = None
    return wide


def _qualifier(rows: pd.DataFrame) -> str:
    own = set(rows.loc[(rows["entity"] == "") & rows["figure"].notna(), "qualifier"])
    if "estimate" in own:
        return "estimate"
    if own & {"approximate", "lower_bound", "upper_bound"}:
        return "approximate"
    return ""


def _observed(codes: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Goalposts from the units themselves where the scheme gives none; marked, because they move with the units."""
    codes = codes.copy()
    codes["goalposts"] = "fixed"
    for code in values.columns[codes.loc[values.columns, ["worst", "best"]].isna().any(axis=1)]:
        worst, best = ends(values[code].min(), values[code].max(), int(codes.at[code, "direction"]))
        codes.loc[code, ["worst", "best"]] = worst, best
        codes.at[code, "goalposts"] = "observed"
    same = codes.index[(codes["worst"] == codes["best"]) & (codes["reason"] == "")]
    codes.loc[same, "reason"] = "equal_goalposts"
    return codes


def _treated(values: pd.DataFrame, codes: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Winsorised columns, and what was done by code: '', winsorised, or too_few units to tell an outlier."""
    treatment, columns = pd.Series("", index=codes.index), {}
    for code in values:
        columns[code], log = winsorise(values[code], max_points=MOST_WINSORISED, least_units=LEAST_TO_WINSORISE)
        if len(log):
            treatment[code] = "winsorised"
        elif outlying(values[code]):
            treatment[code] = "too_few"
    return pd.DataFrame(columns), treatment
