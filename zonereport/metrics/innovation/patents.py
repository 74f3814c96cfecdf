"""Patents per output, per sales, per employee and per R&D: how dense they are, and how sure a small count is."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from zonereport.metrics.frame import Row
from zonereport.metrics.governance.poisson import SMALL, poisson_interval
from zonereport.metrics.indicators.counted import end_of, sources
from zonereport.metrics.indicators.derived import combined_qualifier
from zonereport.metrics.innovation.research import firms_in, ledger_periods, patents_now
from zonereport.metrics.scope import Scope

LEVEL = 0.95
STOCK, GRANTED, NET = "patents_in_force", "patents_granted", "patents_in_force_net"
LEDGER = {STOCK: "in_force", GRANTED: "granted"}
DENOMINATORS = {"patents_per_output": "industrial_output", "patents_per_sales": "invoiced_sales"}


class Amount(NamedTuple):
    """A figure with its qualifier and source, and as a denominator with what it is (``basis``)."""

    value: float
    qualifier: str
    source: str
    basis: str = ""


def patent_figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of patents_in_force, patents_granted and patents_in_force_net, codes that are never added.

    patents_per_output and patents_per_sales (件/亿元): a stock per output (or invoiced sales) of the last 12 months, a
    flow per that of its own months; patents_per_1000_employees (件/千人): per employees in the ledger at the end of
    the period; patents_per_rd_1 (件/亿元): patents granted in a full year per R&D of the year before: patents answer to
    the R&D of earlier years. Beside each of them, for a count below 30 that is no difference, _low and _high: the 95 %
    Poisson interval of the count over the same denominator. Reasons: ``not_reported`` (no denominator), ``zero_base``,
    ``bounds``, ``no_history``. Source: methods notes of the project, section 3.11.
    """
    # published figures first, the ledger where there is none
    published, employees = _figures(scope), _employees(scope)
    for code in (STOCK, GRANTED, NET):
        count = published.get((code, 0, scope.period.last)) or _from_ledger(scope, code)
        if count is None:
            continue
        # a difference of counts is no count of its own
        is_count = code != NET
        for measure, name in DENOMINATORS.items():
            below = _denominator(published, scope, name, trailing=code == STOCK)
            yield from density(code, measure, "件/亿元", count, below, is_count=is_count)
        if employees is not None:
            yield from density(code, "patents_per_1000_employees", "件/千人", count, employees, is_count=is_count)
        if code == GRANTED and scope.period.last == 12:
            below = published.get(("rd_spend", 1, 12))
            if below:
                below = below._replace(basis=f"R&D {scope.period.year - 1}")
            yield from density(code, "patents_per_rd_1", "件/亿元", count, below, is_count=True, missing="no_history")


def density(
    code: str,
    measure: str,
    unit: str,
    count: Amount,
    below: Amount | None,
    *,
    is_count: bool,
    missing: str = "not_reported",
) -> Iterator[Row]:
    """Yield one ratio count / denominator, with the Poisson interval of a small count over the same denominator.

    ``below`` is the denominator, None where it is ``missing``. ``is_count`` is false of a difference of counts (net
    increase), which is no Poisson count.

    >>> rows = density("patents_granted", "m", "件/亿元", Amount(4, "", ""), Amount(2.0, "", "", "b"), is_count=True)
    >>> [(row["measure"], round(row["value"], 2)) for row in rows]
    [('m', 2.0), ('m_low', 0.54), ('m_high', 5.12)]
    """
    row: Row = {"code": code, "measure": measure, "unit": unit, "source": count.source}
    if below is None:
        yield row | {"reason": missing}
        return
    row |= {"basis": below.basis, "source": ";".join(dict.fromkeys(filter(None, [count.source, below.source])))}
    qualifier = combined_qualifier("ratio", count.qualifier, below.qualifier)
    if qualifier == "bounds":
        yield row | {"reason": "bounds"}
        return
    if below.value <= 0:
        yield row | {"reason": "zero_base"}
        return
    yield row | {"value": count.value / below.value, "qualifier": qualifier}
    # of a large count the interval says nothing
    is_small = 0 <= count.value < SMALL and count.value == int(count.value)
    if is_count and is_small and not count.qualifier:
        low, high = poisson_interval(int(count.value), level=LEVEL)
        yield row | {"measure": f"{measure}_low", "value": low / below.value}
        yield row | {"measure": f"{measure}_high", "value": high / below.value}


def _figures(scope: Scope) -> dict[tuple[str, int, int], Amount]:
    """Published values of the scope's park by code, years back and month."""
    if scope.period.first != 1:
        return {}
    rows = scope.history
    codes = [STOCK, GRANTED, NET, "rd_spend", *DENOMINATORS.values()]
    rows = rows[(rows["entity"] == scope.park) & rows["code"].isin(codes) & rows["value"].notna()]
    # an amount in another currency is no denominator
    rows = rows[rows["unit"].isin(["件", "亿元"])]
    found = {}
    for row in rows.itertuples(index=False):
        found[row.code, scope.period.year - row.year, row.month] = Amount(row.value, row.qualifier, row.source)
    return found


def _from_ledger(scope: Scope, code: str) -> Amount | None:
    """The sum of the firms' patents where no figure is published for the zone."""
    rows = patents_now(scope)
    if code not in LEDGER or scope.period.first != 1 or rows[LEDGER[code]].isna().all():
        return None
    return Amount(float(rows[LEDGER[code]].sum()), "", sources(rows))


def _denominator(
    published: dict[tuple[str, int, int], Amount], scope: Scope, name: str, *, trailing: bool
) -> Amount | None:
    """Output or sales of the months since January, or of the last 12: Y_t + Y_12 of last year − Y_t of last year."""
    month = scope.period.last
    now = published.get((name, 0, month))
    if now is None:
        return None
    if not trailing or month == 12:
        return now._replace(basis=f"{name} of the same months")
    whole, part = published.get((name, 1, 12)), published.get((name, 1, month))
    # an estimate plus and less others is nothing to divide by
    if whole is None or part is None or {now.qualifier, whole.qualifier, part.qualifier} != {""}:
        return None
    return Amount(round(now.value + whole.value - part.value, 9), "", now.source, f"{name} of the last 12 months")


def _employees(scope: Scope) -> Amount | None:
    """Thousands of employees in the ledger at the end of the period; None where it has none."""
    rows = firms_in(scope, ledger_periods(scope), end_of(scope.period))
    if rows["employees"].isna().all():
        return None
    return Amount(float(rows["employees"].sum() / 1000), "", sources(rows), "employees in the ledger")


def by_park(patents: pd.DataFrame) -> pd.DataFrame:
    """Return patents in force and granted by park, of the rows of patents_now."""
    return patents.groupby("park")[list(LEDGER.values())].sum(min_count=1)
