"""Exchange rates by month, each with its source, and foreign amounts in yuan; without a named rate there is none."""

import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from zonereport.inputs.faults import Fault, InputError, Refused, cell_faults
from zonereport.inputs.period import Period
from zonereport.inputs.reading import column, is_number, read_text_table, validate
from zonereport.inputs.units import Unit
from zonereport.language import tr

COLUMNS = ["month", "currency", "cny_per_unit", "kind", "source"]
FILE = "dictionary/rates.csv"
KINDS = ("average", "end")
# a rate is one month's: 2022年11月, which Period reads as January to November, would be ambiguous here
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def load_rates(root: Path) -> pd.DataFrame:
    """Read data/dictionary/rates.csv below ``root``: month, currency, cny_per_unit (float), kind, source.

    ``kind`` is average (of the month) or end (of its last day). An empty table is sound: then nothing is converted.
    Raises InputError with every fault; a month has one rate of a kind, and a currency one source of a kind.
    """
    frame = read_text_table(root / "data" / FILE, COLUMNS)
    checks = {
        "month": column(lambda t: bool(MONTH.fullmatch(t)), tr("a month such as 2022-11"), required=True),
        "currency": column(lambda t: bool(re.fullmatch("[A-Z]{3}", t)), tr("a currency such as USD"), required=True),
        "cny_per_unit": column(
            lambda t: is_number(t) and float(t) > 0, tr("yuan for one unit, above 0"), required=True
        ),
        "kind": column(KINDS.__contains__, tr("average or end"), required=True),
        "source": column(bool, tr("who published the rate, and where"), required=True),
    }
    faults = validate(frame, checks, FILE)
    twice = frame[frame.duplicated(["month", "currency", "kind"])]
    faults += cell_faults(FILE, "month", twice["month"].items(), tr("one rate of a kind for a month"))
    # two publishers' rates differ, and their difference would be printed as a change of the rate
    sourced = frame[frame["source"] != ""]
    first = sourced.groupby(["currency", "kind"])["source"].transform("first")
    for row, source in sourced["source"][sourced["source"] != first].items():
        expected = tr("{first}, the source of the other rates of this kind", first=first[row])
        faults.append(Fault(FILE, row, "source", source, expected))
    if faults:
        raise InputError(faults)
    return frame.assign(cny_per_unit=pd.to_numeric(frame["cny_per_unit"]).astype("float64"))


def to_cny(
    value: float | Sequence[float],
    unit: str,
    months: str | Sequence[str],
    rates: pd.DataFrame,
    *,
    units: Mapping[str, Unit],
) -> float | list[float]:
    """Express foreign amounts of ``unit`` in yuan of the same size: 万美元 become 万元.

    One ``value`` at one month is a stock and takes the rate of the month's end. Several values at ``months`` of one
    year are a cumulative flow: what was added since the value before takes the average rate of its months (the mean
    of them where a month is missing, January and February being one), and the results are cumulative again:
    C_t = C_s + (Y_t - Y_s) x mean(rate of s+1 ... t). Nothing is converted at the latest rate.
    ``units`` are the dictionary's. Source: docs/methods.md of the project, 3.14.

    Raises Refused with one line on a unit that is no foreign currency's, on months that are no rising months of one
    year, and where a rate is not in ``rates``.

    >>> from fractions import Fraction
    >>> money = {"万美元": Unit("万美元", "usd", Fraction(10**4))}
    >>> rates = pd.DataFrame(
    ...     [("2022-01", "USD", 6.0, "average", "x"), ("2022-02", "USD", 7.0, "average", "x")], columns=COLUMNS
    ... )
    >>> to_cny([100, 150], "万美元", ["2022-01", "2022-02"], rates, units=money)
    [600.0, 950.0]
    >>> to_cny(100, "万美元", "2022-02", rates, units=money)
    Traceback (most recent call last):
    zonereport.inputs.faults.Refused: 万美元 to 元: no end rate of USD for 2022-02 in data/dictionary/rates.csv
    """
    currency = _currency(unit, units)
    if isinstance(months, str):
        if not isinstance(value, int | float):
            raise Refused(
                tr(
                    "{unit} to 元: several values and one month; a cumulative flow has a month for each value",
                    unit=unit,
                )
            )
        return float(value) * _rate(currency, _month(months), "end", unit, rates)
    values, ends = list(value), list(map(_month, months))
    rising = all(a.year == b.year and a.last < b.last for a, b in itertools.pairwise(ends))
    if len(values) != len(ends) or not rising:
        raise Refused(
            tr("{unit} to 元: a cumulative flow has one value for each of the rising months of one year", unit=unit)
        )
    totals, before, total, last = [], 0.0, 0.0, 0
    for amount, end in zip(values, ends, strict=True):
        # what was added since the value before came in any of the months since then
        covered = range(last + 1, end.last + 1)
        averages = []
        for month in covered:
            averages.append(_rate(currency, Period(end.year, month, "month"), "average", unit, rates))
        total += (amount - before) * sum(averages) / len(averages)
        totals.append(total)
        before, last = amount, end.last
    return totals


def _currency(unit: str, units: Mapping[str, Unit]) -> str:
    # a dimension of three letters is a currency's: usd, and not length or cny/person
    if unit not in units or not re.fullmatch("(?!cny)[a-z]{3}", units[unit].dimension):
        raise Refused(tr("{unit} is no unit of a foreign currency", unit=unit))
    return units[unit].dimension.upper()


def _month(text: str) -> Period:
    period = Period.parse(text)
    if period.first != 1:
        raise Refused(tr('"{text}" is not cumulative; expected a month such as 2022-11', text=text))
    return period


def _rate(currency: str, month: Period, kind: str, unit: str, rates: pd.DataFrame) -> float:
    name = f"{month.year}-{month.last:02d}"
    matching = rates[(rates["month"] == name) & (rates["currency"] == currency) & (rates["kind"] == kind)]
    # the rate of another month is never taken for one that is not there
    if len(matching) != 1:
        raise Refused(
            tr(
                "{unit} to 元: no {kind} rate of {currency} for {name} in data/{file}",
                unit=unit,
                kind=kind,
                currency=currency,
                name=name,
                file=FILE,
            )
        )
    return float(matching["cny_per_unit"].iloc[0])
