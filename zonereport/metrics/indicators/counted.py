"""Events of a ledger and published counts, held against the same months of last year."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.derived import combined_qualifier


def month_number(text: str) -> float:
    """Return the month in which a period or a date ends, counted from January of the year 0; NaN of an empty text.

    A year stands for its December: what is dated no closer is over only then.

    >>> month_number("2022-03") - month_number("2021-12"), month_number("2022") == month_number("2022-12-31")
    (3.0, True)
    """
    if not text:
        return float("nan")
    # a quarter and a half end in a month of their own
    if text[4:5] not in ("Q", "H") and len(text) in (4, 7, 10):
        return int(text[:4]) * 12 + int(text[5:7] or 12) - 1.0
    period = Period.parse(text)
    return period.year * 12 + period.last - 1.0


def month_text(number: float) -> str:
    """Return the inverse of ``month_number``: 2022-03; an empty text of NaN.

    >>> month_text(month_number("2022-03")), month_text(float("nan"))
    ('2022-03', '')
    """
    if np.isnan(number):
        return ""
    return f"{int(number) // 12:04d}-{int(number) % 12 + 1:02d}"


def month_texts(numbers: pd.Series) -> pd.Series:
    """Return ``month_text`` of every month number of a column."""
    return numbers.map(month_text).astype("str")


def month_numbers(texts: pd.Series) -> pd.Series:
    """Return ``month_number`` of every text of a column."""
    return texts.map({text: month_number(text) for text in texts.unique()}).astype("float64")


def end_of(period: Period) -> float:
    """Return the month number of the last month of a period."""
    return period.year * 12 + period.last - 1.0


def events_in(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the rows whose own ``period`` ends within the months of ``period``: events of the year so far."""
    return between(rows, period.year * 12 + period.first - 1, end_of(period))


def between(rows: pd.DataFrame, first: float, last: float) -> pd.DataFrame:
    """Return the rows whose ``period`` ends in a month from ``first`` to ``last`` (month numbers)."""
    # a ledger has many rows and few periods
    texts = [text for text in rows["period"].unique() if first <= month_number(text) <= last]
    return rows[rows["period"].isin(texts)]


def reaches_back(rows: pd.DataFrame, period: Period) -> bool:
    """Return whether a ledger was kept in ``period`` already: it has a row of its end or of an earlier month."""
    return any(month_number(text) <= end_of(period) for text in rows["period"].unique())


def against(
    code: str, now: float, before: float | None, *, unit: str, source: str, qualifiers: tuple[str, str] = ("", "")
) -> Iterator[Row]:
    """Yield the measures value, last_year and change_on_year of one count or amount of a ledger.

    change = x_t − x_{t−12 months}, in the unit of the count: of small counts the difference says more than a rate.
    ``before`` is None where the ledger does not reach back (``no_base``); ``qualifiers`` are those of the two.

    >>> [(row["measure"], row.get("value")) for row in against("pledges", 13, 11, unit="件", source="s")]
    [('value', 13), ('last_year', 11), ('change_on_year', 2)]
    """
    common: Row = {"code": code, "unit": unit, "source": source, "basis": "ledger"}
    yield common | {"measure": "value", "value": now, "qualifier": qualifiers[0]}
    yield from _change(common, now, before, qualifiers)


def published_against(history: pd.DataFrame, codes: Iterable[str], *, period: Period, park: str) -> Iterator[Row]:
    """Yield last_year and change_on_year of published cumulative figures that have a row now or a year ago.

    change = x_t − x_{t−12 months}, in the unit of the code. ``history`` is that of a scope; figures of a quarter or a
    half alone are not in it, so of such a ``period`` nothing comes back.
    Reasons: ``no_base``, ``not_reported`` (no value now), ``direction_only`` (the source says only that it fell),
    ``basis_changed`` (another currency, or an amount that includes what last year's did not), ``bounds``.
    """
    published = _figures(history, period, park)
    for code in codes:
        now, base = published.get((code, 0)), published.get((code, 1))
        if now is None and base is None:
            continue
        row = base if now is None else now
        # the source of this year's row, or of last year's where there is none
        common: Row = {"code": code, "unit": row.unit, "source": row.source, "basis": "level"}
        before = None
        if base is not None and pd.notna(base.value):
            before = base.value
        if now is None or pd.isna(now.value):
            yield common | {"measure": "last_year"} | known(before, "no_base")
            yield common | {"measure": "change_on_year", "reason": _silence(now)}
        elif before is not None and _unlike(now, base):
            yield common | {"measure": "last_year", "value": before, "unit": base.unit, "qualifier": base.qualifier}
            yield common | {"measure": "change_on_year", "reason": "basis_changed"}
        else:
            qualifiers = (now.qualifier, "" if base is None else base.qualifier)
            yield from _change(common, now.value, before, qualifiers)


def _silence(now: Any) -> str:
    """Why there is no figure: the source may say no more than that it fell."""
    if now is not None and now.qualifier == "decreased":
        return "direction_only"
    return "not_reported"


def _unlike(now: Any, base: Any) -> bool:
    """Whether two figures are of another unit, or one includes what the other does not."""
    including = (now.qualifier == "including", base.qualifier == "including")
    return now.unit != base.unit or including[0] != including[1]


def _figures(history: pd.DataFrame, period: Period, park: str) -> dict[tuple[str, int], Any]:
    """The published rows of a park by code and years back."""
    if period.first != 1:
        return {}
    # the row of the year before is the base
    years = history["year"].isin([period.year, period.year - 1])
    rows = history[years & (history["entity"] == park) & (history["month"] == period.last)]
    return {(row.code, period.year - row.year): row for row in rows.itertuples(index=False)}


def _change(common: Row, now: float, before: float | None, qualifiers: tuple[str, str]) -> Iterator[Row]:
    if before is None:
        yield common | {"measure": "last_year", "reason": "no_base"}
        yield common | {"measure": "change_on_year", "reason": "no_base"}
        return
    yield common | {"measure": "last_year", "value": before, "qualifier": qualifiers[1]}
    change = common | {"measure": "change_on_year"}
    qualifier = combined_qualifier("difference", qualifiers[0], qualifiers[1])
    # at least so much less at least so much may be anything
    if qualifier == "bounds":
        yield change | {"reason": "bounds"}
    else:
        yield change | {"value": round(now - before, 9), "qualifier": qualifier}


def weakest_qualifier(rows: pd.DataFrame) -> str:
    """Return what must be said of a sum: one bound among its parts makes it a bound, one estimate an estimate."""
    given = set(rows["qualifier"])
    for word in ("lower_bound", "estimate", "approximate"):
        if word in given:
            return word
    return ""


def sources(*frames: pd.DataFrame) -> str:
    """Return the ids of the sources of ledgers, each once, separated by semicolons."""
    named = pd.concat([frame["source"] for frame in frames]).drop_duplicates()
    return ";".join(named[named != ""])
