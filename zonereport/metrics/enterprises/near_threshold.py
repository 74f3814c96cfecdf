"""How far each enterprise is from the sizes meant for it: near, on pace, falling, above without being registered."""

import pandas as pd

from zonereport.metrics.bounds import FALLING_PCT, NEAR_PCT
from zonereport.metrics.enterprises.ledger import (
    SALES,
    Ledger,
    cumulative,
    december,
    described,
    listed,
    of_year,
    registered,
    trailing_year,
)
from zonereport.metrics.enterprises.thresholds import REGISTERED
from zonereport.metrics.schemas import tidy

NEAR, FALLING = NEAR_PCT / 100, FALLING_PCT / 100


def sized_up(ledger: Ledger, sizes: pd.DataFrame) -> pd.DataFrame:
    """Return a row an enterprise of the edition's month and class of ``sizes`` (class, enterprise, threshold_10k_yuan).

    More columns: ytd_10k_yuan, revenue_12m_10k_yuan (trailing twelve months, NaN where not known), ratio (revenue over
    threshold), above (bool: it has reached the threshold, by its year to date where the twelve months are not known),
    base_12m_10k_yuan (the twelve months up to a year before), registered (bool: on the register of the class; False
    for classes that have none). Revenue is invoiced sales: the ledger has no other.
    """
    month = ledger.month
    rows = sizes[sizes["enterprise"].isin(ledger.there.index[listed(ledger, month)])].reset_index(drop=True)
    firm = rows["enterprise"]
    rows = rows.assign(
        ytd_10k_yuan=firm.map(cumulative(ledger, SALES, month)),
        revenue_12m_10k_yuan=firm.map(trailing_year(ledger, column=SALES, month=month)),
        base_12m_10k_yuan=firm.map(trailing_year(ledger, column=SALES, month=month - 12)),
        registered=firm.map(registered(ledger, month)),
    )
    # sales stand for revenue: the ledger has no other
    ratio = rows["revenue_12m_10k_yuan"] / rows["threshold_10k_yuan"]
    return rows.assign(
        ratio=ratio,
        # what was made since January is a part of the last twelve months: enough where those are not known
        above=(ratio >= 1) | (ratio.isna() & (rows["ytd_10k_yuan"] >= rows["threshold_10k_yuan"])),
        registered=rows["registered"].astype("bool") & rows["class"].str.startswith(REGISTERED),
    )


def seasonal_share(ledger: Ledger, *, column: str) -> tuple[float, float, float, str]:
    """Return what part of a year has been made by the edition's month: mean, lowest and highest of the years before.

    s_t = mean over K years of sum(Y_t) / sum(Y_12), of the enterprises that have both; with K < 2 the straight line
    t / 12. What comes back: the mean, the lowest, the highest, and ``history`` or ``linear``. Source: methods notes of
    the project, section 3.3.
    """
    shares = []
    for n in ledger.amounts[column]:
        if of_year(n) == of_year(ledger.month) and n < ledger.month and december(n) in ledger.amounts[column]:
            part, whole = cumulative(ledger, column, n), cumulative(ledger, column, december(n))
            both = part.notna() & whole.notna()
            if whole[both].sum() > 0:
                shares.append(float(part[both].sum() / whole[both].sum()))
    usable = [share for share in shares if share > 0]
    # one year may have been an odd one
    if len(usable) < 2:
        line = of_year(ledger.month) / 12
        return line, line, line, "linear"
    return sum(usable) / len(usable), min(usable), max(usable), "history"


def near_threshold(rows: pd.DataFrame, *, low: float, high: float) -> pd.DataFrame:
    """Return the rows of ``sized_up`` with low <= ratio < high that are not on the register, the nearest first.

    >>> rows = pd.DataFrame({"ratio": [0.79, 0.8, 0.99, 1.0], "registered": False, "enterprise": list("abcd")})
    >>> near_threshold(rows, low=0.8, high=1.0)["enterprise"].tolist()
    ['c', 'b']
    """
    # one on the register is there already
    kept = rows[(rows["ratio"] >= low) & (rows["ratio"] < high) & ~rows["registered"]]
    return kept.sort_values(["ratio", "enterprise"], ascending=[False, True], kind="stable")


def on_pace(rows: pd.DataFrame, *, share: float) -> pd.DataFrame:
    """The rows below their threshold whose Y_t / share (projected_10k_yuan) reaches it, the furthest above first.

    Not those on the register, nor those whose last twelve months are not known: they may have been above all along. A
    share of one (December) leaves nobody: what was made is the year.

    >>> rows = pd.DataFrame({"ratio": [0.7, 0.7, 1.2], "registered": False, "ytd_10k_yuan": [900.0, 1100.0, 1900.0],
    ...                      "threshold_10k_yuan": 2000.0, "enterprise": list("abc")})
    >>> on_pace(rows, share=0.5)[["enterprise", "projected_10k_yuan"]].values.tolist()
    [['b', 2200.0]]
    """
    made = rows.assign(projected_10k_yuan=rows["ytd_10k_yuan"] / share)
    # whoever may be above already is not on the way
    kept = made[(made["ratio"] < 1) & ~made["registered"] & (made["projected_10k_yuan"] >= made["threshold_10k_yuan"])]
    order = (kept["projected_10k_yuan"] / kept["threshold_10k_yuan"]).sort_values(ascending=False, kind="stable")
    return kept.loc[order.index]


def fallers(rows: pd.DataFrame, *, below: float) -> pd.DataFrame:
    """Return the rows on the register with a ratio under ``below``, the lowest first.

    >>> rows = pd.DataFrame({"ratio": [1.09, 1.1, 0.5], "registered": True, "enterprise": list("abc")})
    >>> fallers(rows, below=1.1)["enterprise"].tolist()
    ['c', 'a']
    """
    kept = rows[rows["registered"] & (rows["ratio"] < below)]
    return kept.sort_values(["ratio", "enterprise"], kind="stable")


def lists(ledger: Ledger, rows: pd.DataFrame, season: tuple[float, float, float, str]) -> dict[str, pd.DataFrame]:
    """Return the frames enterprise_near_threshold, _on_pace and _fallers of the rows of ``sized_up``.

    ``season`` is what ``seasonal_share`` gave: the projection of a year and its range follow from it.
    """
    share, lowest, highest, basis = season
    soon = on_pace(rows, share=share)
    soon = soon.assign(
        schedule_pct=share * 100,
        schedule_basis=basis,
        projected_low_10k_yuan=soon["ytd_10k_yuan"] / highest,
        projected_high_10k_yuan=soon["ytd_10k_yuan"] / lowest,
    )
    near = _described(ledger, near_threshold(rows, low=NEAR, high=1.0))
    falling = _described(ledger, fallers(rows, below=FALLING))
    # without a figure of last year nothing says that sales fell
    near["is_rising"] = ~(near["growth_pct"] < 0)
    falling["is_below"] = falling["ratio_pct"] < 100
    falling["is_falling"] = falling["growth_pct"] < 0
    return {
        "enterprise_near_threshold": tidy("enterprise_near_threshold", near),
        "enterprise_on_pace": tidy("enterprise_on_pace", _described(ledger, soon)),
        "enterprise_fallers": tidy("enterprise_fallers", falling),
    }


def _described(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the names of the enterprises, and how far each is from its threshold."""
    base = rows["base_12m_10k_yuan"]
    rows = rows.assign(
        ratio_pct=rows["ratio"] * 100,
        gap_10k_yuan=rows["threshold_10k_yuan"] - rows["revenue_12m_10k_yuan"],
        growth_pct=(rows["revenue_12m_10k_yuan"] / base.where(base > 0) - 1) * 100,
    )
    who = described(ledger, pd.Index(rows["enterprise"])).drop(columns="enterprise").set_axis(rows.index)
    return pd.concat([rows, who], axis=1).sort_values("class", kind="stable")
