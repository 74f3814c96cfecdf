"""R&D: intensity of the zone and of its firms, by named denominator; firms that do research, old and new."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.ledgers import Source, enterprise_rows, ledger_of, ledger_values
from zonereport.metrics.indicators.counted import between, end_of, labelled, month_number, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.scope import Scope

Row = dict[str, object]
# the numerator rd_spend over each of these; the code of the quotient names its denominator
DENOMINATORS = {
    "rd_per_sales": "invoiced_sales",
    "rd_per_output": "industrial_output",
    "rd_per_value_added": "industrial_value_added",
    "rd_per_gdp": "gross_domestic_product",
}
RD, SALES = "rd_10k_yuan", "invoiced_sales_10k_yuan"
AMOUNTS = (RD, SALES, "employees")
TOP = 10
FEW = 10
FIRM_COLUMNS = [
    *("list", "place", "enterprise", "name", "park", "year", RD, SALES, "intensity_pct", "last_year_rd_10k_yuan"),
    *("change_10k_yuan", "rd_share_pct", "patents_in_force", "patents_granted"),
]
INTENSITY_COLUMNS = [
    "code",
    "denominator",
    "year",
    "rd_100m_yuan",
    "denominator_100m_yuan",
    "intensity_pct",
    "qualifier",
]


def intensities(scope: Scope) -> pd.DataFrame:
    """The frame innovation_intensity: R&D spend per denominator in every full year, in %.

    intensity = R&D / denominator × 100, both of the same year and place; annual figures only (months 12), because R&D
    is counted once a year. Columns: code (rd_per_sales, rd_per_output, rd_per_value_added, rd_per_gdp), denominator
    (its code), year, rd_100m_yuan and denominator_100m_yuan (亿元), intensity_pct, qualifier. A year in which one
    of the two is not reported, or which two bounds leave undefined, has no row.
    Source: methods notes of the project, section 3.11.
    """
    rows = scope.history
    rows = rows[
        (rows["entity"] == scope.park) & (rows["month"] == 12) & rows["value"].notna() & (rows["unit"] == "亿元")
    ]
    by = {code: part.set_index("year") for code, part in rows.groupby("code")}
    made = []
    for code, name in DENOMINATORS.items():
        if "rd_spend" not in by or name not in by:
            continue
        both = by["rd_spend"].join(by[name].add_suffix("_below"), how="inner")
        for year, row in both.iterrows():
            qualifier = combined_qualifier("ratio", row["qualifier"], row["qualifier_below"])
            if qualifier != "bounds" and row["value_below"] > 0:
                value = row["value"] / row["value_below"] * 100
                made.append((code, name, year, row["value"], row["value_below"], value, qualifier))
    return labelled(pd.DataFrame(made, columns=INTENSITY_COLUMNS), INTENSITY_COLUMNS)


def ratio_and_median(above: pd.Series, below: pd.Series) -> dict[str, float]:
    """The ratio of sums and the median of the firms' own ratios, in %, of firms with both figures.

    ratio_of_sums = Σ above / Σ below × 100; median = median of above_i / below_i × 100. ``above`` and ``below`` are
    aligned, (n,), in one unit. Firms whose denominator is missing or not above zero are left out of both and counted
    in left_out; firms is how many remain. NaN where none does.

    >>> ratio_and_median(pd.Series([1.0, 5.0, 2.0]), pd.Series([100.0, 100.0, 0.0]))
    {'firms': 2, 'left_out': 1, 'ratio_of_sums': 3.0, 'median': 3.0}
    """
    known = above.notna()
    fit = known & (below > 0)
    up, down = above[fit], below[fit]
    return {
        **{"firms": int(fit.sum()), "left_out": int((known & ~fit).sum())},
        "ratio_of_sums": float(up.sum() / down.sum() * 100) if len(up) else float("nan"),
        "median": float((up / down * 100).median()) if len(up) else float("nan"),
    }


def ledger_periods(scope: Scope) -> dict[str, float]:
    """The periods of the ledger of enterprises, wherever it stands, each with the month number in which it ends.

    Quarters and halves that do not start in January are left out: their amounts are not those of the year so far.
    """
    texts = ledger_values(_ledger(scope), column="period")
    return {text: month_number(text) for text in texts if Period.parse(text).first == 1}


def firms_in(scope: Scope, periods: dict[str, float], *months: float) -> pd.DataFrame:
    """The rows of the ledger of enterprises of a few ``months`` (month numbers); all of them are in memory.

    ``periods`` are those of ledger_periods.

    Columns: month, enterprise, name, park, rd_10k_yuan, invoiced_sales_10k_yuan, employees, source; one row a month and
    enterprise, sorted. Firms of a park are those that the list of enterprises puts there.
    """
    asked = [text for text, month in periods.items() if month in months]
    listed = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")[["name", "park"]]
    only = list(listed.index[listed["park"] == scope.park]) if scope.park else None
    rows = enterprise_rows(_ledger(scope), periods=asked, columns=[*AMOUNTS, "source"], only=only)
    rows = rows.assign(month=rows["period"].map(periods)).astype(dict.fromkeys(["month", *AMOUNTS], "float64"))
    # the row of a year and that of its December are the same month; the month's sorts last
    rows = rows.drop_duplicates(["enterprise", "month"], keep="last").sort_values(["month", "enterprise"])
    rows = rows.join(listed, on="enterprise").fillna({"name": "", "park": ""})
    return rows[["month", "enterprise", "name", "park", *AMOUNTS, "source"]].reset_index(drop=True)


def firms_of_year(scope: Scope) -> pd.DataFrame:
    """The ledger of enterprises of the latest full year in which any firm reports R&D, and the year before.

    Columns: enterprise, name, park, year, back (0 or 1), rd_10k_yuan, invoiced_sales_10k_yuan, employees, source;
    without rows where the ledger has no R&D. Firms of a park are those that the list of enterprises puts there.
    """
    columns = ["enterprise", "name", "park", "year", "back", *AMOUNTS, "source"]
    periods = ledger_periods(scope)
    ends = {month for month in periods.values() if month % 12 == 11 and month <= end_of(scope.period)}
    # a large ledger is not drawn into memory as a whole: two years at a time
    for latest in sorted(ends, reverse=True):
        rows = firms_in(scope, periods, latest - 12, latest)
        if (rows.loc[rows["month"] == latest, RD] > 0).any():
            return rows.assign(year=rows["month"] // 12, back=(latest - rows["month"]) // 12)[columns]
    return firms_in(scope, periods).reindex(columns=columns)


def _ledger(scope: Scope) -> Source:
    """Where the ledger of enterprises stands; a table without rows where the zone has none."""
    source = ledger_of(scope.zone)
    return scope.table("enterprise_months") if source is None else source


def research_figures(scope: Scope, firms: pd.DataFrame) -> Iterator[Row]:
    """The measures annual and annual_change of the intensities, and those of rd_firms and rd_firms_intensity.

    annual is that of the latest full year, which a month's report repeats (basis says which year); annual_change in
    percentage points. rd_firms: value, last_year, change_on_year (firms with R&D), rd_firms_share (of the firms in
    the ledger), rd_firms_new, rd_firms_stopped (firms that did none the year before, or no longer do).
    rd_firms_intensity: ratio_of_sums, median_of_firms, left_out. ``firms`` are those of firms_of_year.
    """
    found = intensities(scope)
    for code, rows in found.groupby("code", sort=False):
        now = rows.iloc[-1]
        before = rows[rows["year"] == now["year"] - 1]
        names = ["rd_spend", now["denominator"]]
        used = scope.history[scope.history["code"].isin(names) & (scope.history["year"] == now["year"])]
        common = {"code": code, "source": sources(used[used["month"] == 12]), "basis": f"annual {now['year']}"}
        value = {"value": float(now["intensity_pct"]), "qualifier": now["qualifier"]}
        yield {**common, "measure": "annual", "unit": "%", **value}
        change = {"reason": "no_base"}
        if len(before):
            difference = float(now["intensity_pct"] - before["intensity_pct"].iloc[0])
            qualifier = combined_qualifier("difference", now["qualifier"], before["qualifier"].iloc[0])
            change = {"value": difference, "qualifier": qualifier} if qualifier != "bounds" else {"reason": "bounds"}
        yield {**common, "measure": "annual_change", "unit": "个百分点", **change}
    if len(firms):
        yield from _firms(firms)
    elif ledger_periods(scope):
        # the ledger is kept, but no full year with R&D is in it yet
        yield {"code": "rd_firms", "measure": "value", "unit": "家", "reason": "no_history"}


def _firms(rows: pd.DataFrame) -> Iterator[Row]:
    now, before = rows[rows["back"] == 0], rows[rows["back"] == 1]
    year = int(now["year"].iloc[0])
    common = {"code": "rd_firms", "unit": "家", "source": sources(now), "basis": f"annual {year}"}
    active, earlier = set(now.loc[now[RD] > 0, "enterprise"]), set(before.loc[before[RD] > 0, "enterprise"])
    yield {**common, "measure": "value", "value": len(active)}
    counts = {
        **{"last_year": len(earlier), "change_on_year": len(active) - len(earlier)},
        **{"rd_firms_new": len(active - earlier), "rd_firms_stopped": len(earlier - active)},
    }
    for measure, count in counts.items():
        # a year before without any R&D was not asked for it
        yield {**common, "measure": measure, **({"value": count} if earlier else {"reason": "no_base"})}
    share = len(active) / now["enterprise"].nunique() * 100
    yield {**common, "measure": "rd_firms_share", "unit": "%", "value": share}
    doing = now[now[RD] > 0]
    made = ratio_and_median(doing[RD], doing[SALES])
    code = {**common, "code": "rd_firms_intensity", "unit": "%"}
    none = "" if made["firms"] else "not_reported"
    few = none or ("too_few" if made["firms"] < FEW else "")
    for measure, value, reason in (
        ("ratio_of_sums", made["ratio_of_sums"], none),
        ("median_of_firms", made["median"], few),
    ):
        yield {**code, "measure": measure, **({"reason": reason} if reason else {"value": value})}
    yield {**code, "measure": "left_out", "unit": "家", "value": made["left_out"]}


def research_frames(scope: Scope, firms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The frame innovation_firms: the ten firms with most R&D (list rd) and most patents in force (list patents).

    Columns: list, place (1 to 10; of equal firms the one whose id sorts first), enterprise, name, park, year (of the
    R&D, a full year), rd_10k_yuan, invoiced_sales_10k_yuan, intensity_pct, last_year_rd_10k_yuan, change_10k_yuan,
    rd_share_pct (of the R&D of all firms in the ledger), patents_in_force (at the end of the period),
    patents_granted (since January).
    """
    patents = patents_now(scope)
    now, before = firms[firms["back"] == 0], firms[firms["back"] == 1].set_index("enterprise")
    rows = now.merge(patents[["enterprise", "in_force", "granted"]], on="enterprise", how="outer")
    names = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")
    total = now[RD].sum()
    rows = rows.assign(
        name=rows["enterprise"].map(names["name"]),
        park=rows["enterprise"].map(names["park"]),
        intensity_pct=rows[RD] / rows[SALES].where(rows[SALES] > 0) * 100,
        last_year_rd_10k_yuan=rows["enterprise"].map(before[RD]).astype("float64"),
        rd_share_pct=rows[RD] / total * 100 if total > 0 else np.nan,
        patents_in_force=rows["in_force"].astype("float64"),
        patents_granted=rows["granted"].astype("float64"),
    )
    rows["change_10k_yuan"] = rows[RD] - rows["last_year_rd_10k_yuan"]
    top = []
    for label, column in (("rd", RD), ("patents", "patents_in_force")):
        best = rows[rows[column] > 0].sort_values([column, "enterprise"], ascending=[False, True]).head(TOP)
        top.append(best.assign(list=label, place=range(1, len(best) + 1)))
    return {"innovation_firms": labelled(pd.concat(top), FIRM_COLUMNS)}


def patents_now(scope: Scope) -> pd.DataFrame:
    """The patents of every firm at the end of the period, with its park; without rows where they are not reported."""
    end = end_of(scope.period)
    rows = between(scope.table("patents"), end, end).drop_duplicates("enterprise", keep="last")
    parks = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")["park"]
    rows = rows.assign(park=rows["enterprise"].map(parks).astype("object").fillna(""))
    return rows[rows["park"] == scope.park] if scope.park else rows
