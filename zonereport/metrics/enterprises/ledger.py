"""The enterprises of an edition in the few months that it compares, drawn from a ledger of any size."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.ledgers import (
    Source,
    enterprise_rows,
    enterprise_spans,
    ledger_of,
    ledger_values,
)
from zonereport.metrics.scope import Scope

SALES, TAX = "invoiced_sales_10k_yuan", "tax_10k_yuan"
COLUMNS = (SALES, TAX, "employees")
# years before the edition's that are looked at
YEARS = 4
FIRM = ["name", "park", "industry", "founded"]


@dataclass(frozen=True)
class Ledger:
    """Cumulative figures of each enterprise at the edition's month of every year and in the Decembers between.

    ``months`` maps a month number (year x 12 + month) to the period that the source calls it, up to the edition's
    ``month``. ``firms`` is indexed by enterprise (name, park, industry, founded). ``amounts`` holds a frame of
    enterprises by month number for each of COLUMNS (10 000 yuan, persons; NaN where not given), ``there`` whether the
    ledger lists the enterprise in that month, ``above`` whether it is on the register of those above scale.
    """

    source: Source
    month: int
    park: str
    months: dict[int, str]
    firms: pd.DataFrame
    amounts: dict[str, pd.DataFrame]
    there: pd.DataFrame
    above: pd.DataFrame

    @cached_property
    def spans(self) -> pd.DataFrame:
        """By enterprise the month numbers first, last, first_above (NaN for never on the register)."""
        places = sorted(self.months)
        made = enterprise_spans(self.source, periods=[self.months[n] for n in places], only=self.only)
        numbers = dict(enumerate(places))
        spans = made.set_index("enterprise")[["first", "last", "first_above"]]
        return spans.apply(lambda column: column.map(numbers))

    @property
    def only(self) -> list[str] | None:
        """The enterprises of the park; None where all of the zone's count."""
        return list(self.firms.index) if self.park else None


def month_number(period: Period) -> int:
    """Months counted through: year x 12 + last month.

    >>> month_number(Period.parse("2022")), december(month_number(Period.parse("2022-03")) - 12)
    (24276, 24264)
    """
    return period.year * 12 + period.last


def december(month: int) -> int:
    """Return the number of December of the year that ``month`` is in."""
    return (month - 1) // 12 * 12 + 12


def of_year(month: int) -> int:
    """Which month of its year a month number is, 1 to 12."""
    return (month - 1) % 12 + 1


def open_ledger(scope: Scope) -> Ledger | None:
    """Draw the months that an edition compares; None where the zone has no ledger, or the park no enterprise."""
    source = ledger_of(scope.zone)
    if source is None:
        return None
    month = month_number(scope.period)
    # quarters and halves that do not start in January are not cumulative
    periods = [Period.parse(text) for text in ledger_values(source, column="period")]
    periods = [period for period in periods if period.first == 1 and month_number(period) <= month]
    # a month's own row counts before that of a year which ends in it
    periods.sort(key=lambda period: period.kind == "month")
    texts = {month_number(period): str(period) for period in periods}
    months = dict(sorted(texts.items()))
    firms = scope.table("enterprises").set_index("enterprise")[FIRM]
    if scope.park:
        firms = firms[firms["park"] == scope.park]
    if firms.empty or not months:
        return None
    # the edition's month of every year, and the Decembers that complete the twelve months
    asked = [n for n in months if month - 12 * YEARS <= n and of_year(n) in (12, of_year(month))]
    only = list(firms.index) if scope.park else None
    # a ledger may have millions of rows: only what is compared is drawn
    rows = enterprise_rows(source, periods=[months[n] for n in asked], columns=COLUMNS, only=only)
    numbers = {text: n for n, text in months.items()}
    table = rows.assign(month=rows["period"].map(numbers)).set_index(["enterprise", "month"])
    wide = {column: table[column].unstack().reindex(columns=asked) for column in COLUMNS}
    above = table["above_scale"].unstack().reindex(columns=asked)
    return Ledger(source, month, scope.park, months, firms, wide, above.notna(), above == "yes")


def listed(ledger: Ledger, month: int) -> pd.Series:
    """Return whether each enterprise is in the ledger of ``month``; False for all where there is no such month."""
    return ledger.there.get(month, pd.Series(False, index=ledger.there.index))


def registered(ledger: Ledger, month: int) -> pd.Series:
    """Return whether each enterprise is on the register in ``month``."""
    return ledger.above.get(month, pd.Series(False, index=ledger.there.index))


def cumulative(ledger: Ledger, column: str, month: int) -> pd.Series:
    """Return the cumulative amount of each enterprise in ``month``; NaN where it or the month is not given."""
    wide = ledger.amounts[column]
    return wide.get(month, pd.Series(float("nan"), index=wide.index))


def trailing_year(ledger: Ledger, *, column: str, month: int) -> pd.Series:
    """Return what each enterprise made in the twelve months up to ``month``, in the unit of ``column``.

    R = Y_t + Y'_12 - Y'_t with Y' of the year before; Y_12 itself in December. An enterprise that was not in the ledger
    in a month of last year made nothing in it. NaN where it is not listed now, where an amount is missing, where the
    ledger lacks one of the months, and where it was listed last year at t and no longer in December (it came back).
    Source: methods notes of the project, section 3.9.
    """
    now = cumulative(ledger, column, month)
    if of_year(month) == 12:
        return now
    same, end = month - 12, december(month - 12)
    if not {same, end} <= set(ledger.amounts[column]):
        return now * float("nan")
    # who was not there made nothing
    part = cumulative(ledger, column, same).where(listed(ledger, same), 0.0)
    whole = cumulative(ledger, column, end).where(listed(ledger, end), 0.0)
    # of one that was gone in between nobody knows what it made there
    back = listed(ledger, same) & ~listed(ledger, end)
    return (now + whole - part).mask(back)


def described(ledger: Ledger, enterprises: pd.Index) -> pd.DataFrame:
    """Return the columns enterprise, name, park, industry of some enterprises, in their order."""
    return ledger.firms.reindex(enterprises)[FIRM[:3]].fillna("").rename_axis("enterprise").reset_index()
