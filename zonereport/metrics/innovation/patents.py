"""Patents per output, per sales, per employee and per R&D: how dense they are, and how sure a small count is."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.governance.poisson import SMALL, poisson_interval
from zonereport.metrics.indicators.counted import between, end_of, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.innovation.research import SALES, firms_in, ledger_periods, patents_now
from zonereport.metrics.scope import Scope

Row = dict[str, object]
LEVEL = 0.95
STOCK, GRANTED, NET = "patents_in_force", "patents_granted", "patents_in_force_net"
LEDGER = {STOCK: "in_force", GRANTED: "granted"}
DENOMINATORS = {"patents_per_output": "industrial_output", "patents_per_sales": "invoiced_sales"}
# patents answer to the R&D of earlier years
LAG_YEARS = (1, 2)
FEW = 10


def patent_figures(scope: Scope, firms: pd.DataFrame) -> Iterator[Row]:
    """Measures of patents_in_force, patents_granted and patents_in_force_net, three codes that are never added.

    patents_per_output and patents_per_sales (件/亿元): a stock per output (or invoiced sales) of the last 12 months, a
    flow per that of its own months; patents_per_1000_employees (件/千人): per employees in the ledger at the end of
    the period; patents_per_rd_1 and _2 (件/亿元): patents granted in a full year per R&D of one and two years before.
    Beside each of them, for a count below 30 that is no difference, _low and _high: the 95 % Poisson interval of the
    count over the same denominator. patents_per_sales_median: the median of the firms' own ratios, and left_out how
    many have no sales to divide by. Reasons: ``not_reported`` (no denominator), ``zero_base``,
    ``bounds``, ``no_history``. ``firms`` are those of innovation_research.firms_of_year.
    Source: methods notes of the project, section 3.11.
    """
    found, employees = _figures(scope), _employees(scope)
    for code in (STOCK, GRANTED, NET):
        count = found.get((code, 0, scope.period.last)) or _from_ledger(scope, code)
        if count is None:
            continue
        value, qualifier, source = count
        common = {"code": code, "source": source}
        for measure, name in DENOMINATORS.items():
            below = _denominator(found, scope, name, trailing=code == STOCK)
            yield from density(common, measure, "件/亿元", value, qualifier, below, is_count=code != NET)
        if employees is not None:
            yield from density(
                common, "patents_per_1000_employees", "件/千人", value, qualifier, employees, is_count=code != NET
            )
        if code == GRANTED and scope.period.last == 12:
            for lag in LAG_YEARS:
                below = found.get(("rd_spend", lag, 12))
                below = (*below, f"R&D {scope.period.year - lag}") if below else None
                yield from density(
                    *(common, f"patents_per_rd_{lag}", "件/亿元", value, qualifier, below),
                    is_count=True,
                    missing="no_history",
                )
    yield from _median(scope, firms)


def density(
    common: Row,
    measure: str,
    unit: str,
    count: float,
    qualifier: str,
    below: tuple[float, str, str, str] | None,
    *,
    is_count: bool,
    missing: str = "not_reported",
) -> Iterator[Row]:
    """One ratio count / denominator, with the Poisson interval of a small count over the same denominator.

    ``below`` is the denominator: its value, qualifier, source and what it is (basis), None where it is ``missing``.
    ``is_count`` is false of a difference of counts (net increase), which is no Poisson count.

    >>> head = {"code": "patents_granted", "source": ""}
    >>> rows = density(head, "m", "件/亿元", 4, "", (2.0, "", "", "b"), is_count=True)
    >>> [(row["measure"], round(row["value"], 2)) for row in rows]
    [('m', 2.0), ('m_low', 0.54), ('m_high', 5.12)]
    """
    row = {**common, "measure": measure, "unit": unit}
    if below is None:
        yield {**row, "reason": missing}
        return
    amount, other, source, basis = below
    row |= {"basis": basis, "source": ";".join(dict.fromkeys(s for s in (str(common["source"]), source) if s))}
    made = combined_qualifier("ratio", qualifier, other)
    if made == "bounds" or amount <= 0:
        yield {**row, "reason": "bounds" if made == "bounds" else "zero_base"}
        return
    yield {**row, "value": count / amount, "qualifier": made}
    if is_count and 0 <= count < SMALL and count == int(count) and not qualifier:
        limits = poisson_interval(int(count), level=LEVEL)
        for side, limit in zip(("low", "high"), limits, strict=True):
            yield {**row, "measure": f"{measure}_{side}", "value": limit / amount}


def _figures(scope: Scope) -> dict[tuple[str, int, int], tuple[float, str, str]]:
    """Published values of the scope's park: (code, years back, month) to value, qualifier and source."""
    rows = scope.history
    codes = [STOCK, GRANTED, NET, "rd_spend", *DENOMINATORS.values()]
    rows = rows[(rows["entity"] == scope.park) & rows["code"].isin(codes) & rows["value"].notna()]
    return (
        {
            (row.code, scope.period.year - row.year, row.month): (row.value, row.qualifier, row.source)
            for row in rows.itertuples(index=False)
            if row.unit in ("件", "亿元")
        }
        if scope.period.first == 1
        else {}
    )


def _from_ledger(scope: Scope, code: str) -> tuple[float, str, str] | None:
    """The sum of the firms' patents where no figure is published for the zone."""
    rows = patents_now(scope)
    if code not in LEDGER or scope.period.first != 1 or rows[LEDGER[code]].isna().all():
        return None
    return float(rows[LEDGER[code]].sum()), "", sources(rows)


def _denominator(found: dict, scope: Scope, name: str, *, trailing: bool) -> tuple[float, str, str, str] | None:
    """Output or sales of the months since January, or of the last 12: Y_t + Y_12 of last year − Y_t of last year."""
    month = scope.period.last
    now = found.get((name, 0, month))
    if now is None:
        return None
    if not trailing or month == 12:
        return (*now, f"{name} of the same months")
    whole, part = found.get((name, 1, 12)), found.get((name, 1, month))
    if whole is None or part is None or {now[1], whole[1], part[1]} != {""}:
        return None
    return (round(now[0] + whole[0] - part[0], 9), "", now[2], f"{name} of the last 12 months")


def _employees(scope: Scope) -> tuple[float, str, str, str] | None:
    """Thousands of employees in the ledger at the end of the period; None where it has none."""
    rows = firms_in(scope, ledger_periods(scope), end_of(scope.period))
    if not len(rows) or rows["employees"].isna().all():
        return None
    return float(rows["employees"].sum() / 1000), "", sources(rows), "employees in the ledger"


def _median(scope: Scope, firms: pd.DataFrame) -> Iterator[Row]:
    """The firms' own patents in force per 亿元 of sales, in the year that firms_of_year gives."""
    firms = firms[firms["back"] == 0]
    patents = scope.table("patents")
    if not len(firms) or not len(patents):
        return
    year = int(firms["year"].iloc[0])
    held = between(patents, year * 12 + 11, year * 12 + 11).drop_duplicates("enterprise", keep="last")
    held = held[held["in_force"] > 0].merge(firms[["enterprise", SALES]], on="enterprise")
    if not len(held):
        return
    fit = held[held[SALES] > 0]
    common = {"code": STOCK, "source": sources(held, firms), "basis": f"annual {year}"}
    ratios = fit["in_force"] / (fit[SALES] / 10000)
    known = {"value": float(ratios.median())} if len(fit) >= FEW else {"reason": "too_few"}
    yield {**common, "measure": "patents_per_sales_median", "unit": "件/亿元", **known}
    yield {**common, "measure": "left_out", "unit": "家", "value": len(held) - len(fit)}


def by_park(patents: pd.DataFrame) -> pd.DataFrame:
    """Patents in force and granted by park, of the rows of patents_now."""
    return patents.groupby("park")[list(LEDGER.values())].sum(min_count=1)
