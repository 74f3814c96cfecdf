"""R&D: intensity of the zone and of its firms, by named denominator; firms that do research, old and new."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.ledgers import Source, enterprise_rows, ledger_of, ledger_values
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.counted import between, end_of, month_number, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

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


def intensities(scope: Scope) -> pd.DataFrame:
    """Return the frame innovation_intensity: R&D spend per denominator in every full year, in %.

    intensity = R&D / denominator × 100, both of the same year and place; annual figures only (months 12), because R&D
    is counted once a year. Codes: rd_per_sales, rd_per_output, rd_per_value_added, rd_per_gdp; amounts in 亿元. A year
    in which one of the two is not reported, or which two bounds leave undefined, has no row.
    Source: methods notes of the project, section 3.11.
    """
    rows = scope.history
    rows = rows[(rows["entity"] == scope.park) & (rows["month"] == 12) & rows["value"].notna()]
    rows = rows[rows["unit"] == "亿元"]
    spend = rows[rows["code"] == "rd_spend"].set_index("year")
    made = []
    for code, name in DENOMINATORS.items():
        below = rows[(rows["code"] == name) & (rows["value"] > 0)].set_index("year").add_suffix("_below")
        for year, row in spend.join(below, how="inner").iterrows():
            qualifier = combined_qualifier("ratio", row["qualifier"], row["qualifier_below"])
            # of two bounds the quotient may be anything
            if qualifier == "bounds":
                continue
            line = {"code": code, "denominator": name, "year": year, "qualifier": qualifier}
            line |= {"rd_100m_yuan": row["value"], "denominator_100m_yuan": row["value_below"]}
            made.append(line | {"intensity_pct": row["value"] / row["value_below"] * 100})
    return tidy("innovation_intensity", made)


def ratio_and_median(above: pd.Series, below: pd.Series) -> dict[str, float]:
    """Return the ratio of sums and the median of the firms' own ratios, in %, of firms with both figures.

    ratio_of_sums = Σ above / Σ below × 100; median = median of above_i / below_i × 100. ``above`` and ``below`` are
    aligned, (n,), in one unit. Firms whose denominator is missing or not above zero are left out of both; firms is
    how many remain. NaN where none does.

    >>> ratio_and_median(pd.Series([1.0, 5.0, 2.0]), pd.Series([100.0, 100.0, 0.0]))
    {'firms': 2, 'ratio_of_sums': 3.0, 'median': 3.0}
    """
    fit = above.notna() & (below > 0)
    up, down = above[fit], below[fit]
    if up.empty:
        return {"firms": 0, "ratio_of_sums": float("nan"), "median": float("nan")}
    ratio, median = float(up.sum() / down.sum() * 100), float((up / down * 100).median())
    return {"firms": len(up), "ratio_of_sums": ratio, "median": median}


def ledger_periods(scope: Scope) -> dict[str, float]:
    """Return the periods of the ledger of enterprises, wherever it stands, each with the month number in which it ends.

    Quarters and halves that do not start in January are left out: their amounts are not those of the year so far.
    """
    texts = ledger_values(_ledger(scope), column="period")
    return {text: month_number(text) for text in texts if Period.parse(text).first == 1}


def firms_in(scope: Scope, periods: dict[str, float], *months: float) -> pd.DataFrame:
    """Return the rows of the ledger of enterprises of a few ``months`` (month numbers); all of them are in memory.

    ``periods`` are those of ledger_periods.

    Columns: month, enterprise, name, park, rd_10k_yuan, invoiced_sales_10k_yuan, employees, source; one row a month and
    enterprise, sorted. Firms of a park are those that the list of enterprises puts there.
    """
    asked = [text for text, month in periods.items() if month in months]
    listed = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")[["name", "park"]]
    only = None
    if scope.park:
        only = list(listed.index[listed["park"] == scope.park])
    rows = enterprise_rows(_ledger(scope), periods=asked, columns=[*AMOUNTS, "source"], only=only)
    rows = rows.assign(month=rows["period"].map(periods)).astype(dict.fromkeys(["month", *AMOUNTS], "float64"))
    # the row of a year and that of its December are the same month; the month's sorts last
    rows = rows.drop_duplicates(["enterprise", "month"], keep="last").sort_values(["month", "enterprise"])
    # a firm that the list does not know has no park
    rows = rows.join(listed, on="enterprise").fillna({"name": "", "park": ""})
    return rows[["month", "enterprise", "name", "park", *AMOUNTS, "source"]].reset_index(drop=True)


def firms_of_year(scope: Scope) -> pd.DataFrame:
    """Return the firms of the latest full year in which any reports R&D, and of the year before, made once.

    Columns: enterprise, name, park, year, back (0 or 1), rd_10k_yuan, invoiced_sales_10k_yuan, employees, source;
    without rows where the ledger has no R&D. Firms of a park are those that the list of enterprises puts there.
    """
    return scope.once("firms of year", lambda: _firms_of_year(scope))


def _firms_of_year(scope: Scope) -> pd.DataFrame:
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
    if source is None:
        return scope.table("enterprise_months")
    return source


def research_figures(scope: Scope, firms: pd.DataFrame) -> Iterator[Row]:
    """Yield annual and annual_change of the intensities, and the measures of rd_firms and rd_firms_intensity.

    annual is that of the latest full year, which a month's report repeats (basis says which year); annual_change, in
    percentage points, against the year before. rd_firms:
    value, last_year, change_on_year (firms with R&D), rd_firms_share (of the firms in the ledger), rd_firms_new,
    rd_firms_stopped (firms that did none the year before, or no longer do). rd_firms_intensity: ratio_of_sums,
    median_of_firms. ``firms`` are those of firms_of_year.
    """
    for code, rows in intensities(scope).groupby("code", sort=False):
        now, used = rows.iloc[-1], scope.history
        used = used[used["code"].isin(["rd_spend", now["denominator"]]) & (used["year"] == now["year"])]
        row: Row = {"code": code, "basis": f"annual {now['year']}", "source": sources(used[used["month"] == 12])}
        value = known(now["intensity_pct"], "", qualifier=now["qualifier"])
        yield row | {"measure": "annual", "unit": "%"} | value
        change = _change(now, rows[rows["year"] == now["year"] - 1])
        yield row | {"measure": "annual_change", "unit": "个百分点"} | change
    if len(firms):
        yield from _firms(firms)
    elif ledger_periods(scope):
        # the ledger is kept, but no full year with R&D is in it yet
        yield {"code": "rd_firms", "measure": "value", "unit": "家", "reason": "no_history"}


def _change(now: pd.Series, before: pd.DataFrame) -> Row:
    if before.empty:
        return {"reason": "no_base"}
    last = before.iloc[0]
    qualifier = combined_qualifier("difference", now["qualifier"], last["qualifier"])
    if qualifier == "bounds":
        return {"reason": "bounds"}
    return {"value": float(now["intensity_pct"] - last["intensity_pct"]), "qualifier": qualifier}


def _firms(rows: pd.DataFrame) -> Iterator[Row]:
    now, before = rows[rows["back"] == 0], rows[rows["back"] == 1]
    # a firm that reports nothing does no research
    doing = now[now[RD] > 0]
    common: Row = {
        "code": "rd_firms",
        "unit": "家",
        "source": sources(now),
        "basis": f"annual {int(now['year'].iloc[0])}",
    }
    active, earlier = set(doing["enterprise"]), set(before.loc[before[RD] > 0, "enterprise"])
    yield common | {"measure": "value", "value": len(active)}
    counts = {
        "last_year": len(earlier),
        "change_on_year": len(active) - len(earlier),
        "rd_firms_new": len(active - earlier),
        "rd_firms_stopped": len(earlier - active),
    }
    for measure, count in counts.items():
        # a year before without any R&D was not asked for it
        if earlier:
            yield common | {"measure": measure, "value": count}
        else:
            yield common | {"measure": measure, "reason": "no_base"}
    share = len(active) / now["enterprise"].nunique() * 100
    yield common | {"measure": "rd_firms_share", "unit": "%", "value": share}
    made = ratio_and_median(doing[RD], doing[SALES])
    code = common | {"code": "rd_firms_intensity", "unit": "%"}
    yield code | {"measure": "ratio_of_sums"} | known(made["ratio_of_sums"], "not_reported")
    median = code | {"measure": "median_of_firms"}
    if 0 < made["firms"] < FEW:
        yield median | {"reason": "too_few"}
    else:
        yield median | known(made["median"], "not_reported")


def top_firms(scope: Scope, firms: pd.DataFrame) -> pd.DataFrame:
    """Return the frame innovation_firms: the ten firms with most R&D (list rd) and most patents (list patents).

    Of equal firms the one whose id sorts first comes first; year is that of the R&D, a full year, rd_share_pct of the
    R&D of all firms in the ledger, patents_in_force at the end of the period, patents_granted since January.
    """
    patents = patents_now(scope)
    now, before = firms[firms["back"] == 0], firms[firms["back"] == 1].set_index("enterprise")
    rows = now.merge(patents[["enterprise", "in_force", "granted"]], on="enterprise", how="outer")
    # a firm may have patents and no research
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
    return tidy("innovation_firms", pd.concat(top))


def patents_now(scope: Scope) -> pd.DataFrame:
    """Return the patents of every firm at the end of the period, with its park; no rows where none are reported."""
    end = end_of(scope.period)
    rows = between(scope.table("patents"), end, end).drop_duplicates("enterprise", keep="last")
    parks = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")["park"]
    rows = rows.assign(park=rows["enterprise"].map(parks).astype("object").fillna(""))
    if scope.park:
        rows = rows[rows["park"] == scope.park]
    return rows
