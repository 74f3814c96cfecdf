"""What the figures and the frames of an edition are made of, drawn once."""

import calendar
import datetime
import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from zonereport.inputs.ledgers import ledger_values
from zonereport.inputs.units import convert
from zonereport.metrics.bounds import FEWEST_ENTERPRISES as FEWEST
from zonereport.metrics.enterprises.clocks import clocks
from zonereport.metrics.enterprises.ledger import SALES, TAX, Ledger, cumulative, open_ledger
from zonereport.metrics.enterprises.near_threshold import seasonal_share, sized_up
from zonereport.metrics.enterprises.recognitions import titles
from zonereport.metrics.enterprises.survival import survival
from zonereport.metrics.enterprises.thresholds import size_of, sized
from zonereport.metrics.enterprises.transition import reported
from zonereport.metrics.scope import Scope

# what the columns of the ledger add up to
CODES = {"invoiced_sales": SALES, "treasury_tax": TAX}
# sizes of transitions: their names, and the classes of thresholds.csv that part them
CLASSES = ("below_scale", "above_scale", "over_100m", "over_2bn")
PARTINGS = ("above_scale_industry", "firms_over_100m", "firms_over_2bn")


@dataclass(frozen=True)
class Subject:
    """The enterprises of one edition.

    ``sizes`` and ``rows`` are those of ``sized`` and ``sized_up``; ``season`` is seasonal_share; ``among`` the
    enterprises that ever report sales, ``bounds`` the sizes between CLASSES in 10 000 yuan (empty where the dictionary
    lacks one); ``source`` the ids of the ledger's sources; ``published`` value and unit by code and month number.
    """

    ledger: Ledger
    day: datetime.date
    sizes: pd.DataFrame
    rows: pd.DataFrame
    season: tuple[float, float, float, str]
    among: pd.Index
    bounds: list[float]
    source: str
    published: dict[tuple[str, int], tuple[float, str]]

    @cached_property
    def clocks(self) -> pd.DataFrame:
        """``clocks`` of every enterprise and class of the dictionary, gone or not."""
        above = self.rows[["class", "enterprise", "above"]]
        made = self.sizes.merge(above, on=["class", "enterprise"], how="left")
        return clocks(self.ledger, made.assign(above=made["above"].eq(True)))

    @cached_property
    def survival(self) -> pd.DataFrame:
        """``survival`` of the ledger's enterprises."""
        return survival(self.ledger, fewest=FEWEST)


def last_day(scope: Scope) -> datetime.date:
    """Return the last day of the edition's period."""
    year, month = scope.period.year, scope.period.last
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def open_subject(scope: Scope) -> Subject | None:
    """Return the enterprises of an edition, made once; None where the zone has no ledger."""
    return scope.once("enterprises", lambda: _opened(scope))


def _opened(scope: Scope) -> Subject | None:
    ledger = open_ledger(scope)
    if ledger is None:
        return None
    day = last_day(scope)
    sizes = sized(ledger.firms, scope.dictionary, day=day)
    texts = []
    if ledger.month in ledger.months:
        texts = ledger_values(ledger.source, column="source", periods=[ledger.months[ledger.month]])
    return Subject(
        ledger=ledger,
        day=day,
        sizes=sizes,
        rows=sized_up(ledger, sizes),
        season=seasonal_share(ledger, column=SALES),
        among=reported(ledger),
        bounds=_partings(scope, day),
        source=";".join(filter(None, texts)),
        published=_published(scope),
    )


def _partings(scope: Scope, day: datetime.date) -> list[float]:
    """The sizes between CLASSES; none where the dictionary lacks one or they do not follow one another."""
    sizes = [size_of(name, scope.dictionary, day=day) for name in PARTINGS]
    if any(map(math.isnan, sizes)) or sizes != sorted(sizes):
        return []
    return sizes


def titles_of(scope: Scope) -> pd.DataFrame:
    """Return ``titles`` of an edition, made once."""
    tables = scope.table("recognitions"), scope.table("enterprises")
    return scope.once("titles", lambda: titles(*tables, day=last_day(scope), park=scope.park))


def pair(ledger: Ledger, column: str, month: int) -> tuple[pd.Series, pd.Series]:
    """Return the cumulative amounts of every enterprise in ``month`` and a year before."""
    return cumulative(ledger, column, month), cumulative(ledger, column, month - 12)


def unlisted(scope: Scope, subject: Subject, code: str, month: int, total: float) -> float:
    """Return what the published figure of ``code`` has beyond ``total`` of the ledger (10 000 yuan), 0 within rounding.

    0 too where nothing is published, or less than the ledger has: then the two are about different enterprises.
    """
    if (code, month) not in subject.published:
        return 0.0
    value, unit = subject.published[code, month]
    # the published figure is known to half of its last digit
    digits = len(f"{value:.9f}".rstrip("0").partition(".")[2])
    half = convert(0.5 * 10.0**-digits, unit, "万元", scope.dictionary.units)
    # the ledger is in 10 000 yuan
    rest = convert(value, unit, "万元", scope.dictionary.units) - total
    # what rounding explains is nobody
    return rest if rest > half else 0.0


def unlisted_ends(scope: Scope, subject: Subject, code: str) -> tuple[float, float]:
    """Return ``unlisted`` in the edition's month and a year before; nothing unless both totals are published."""
    month = subject.ledger.month
    if not {(code, month), (code, month - 12)} <= set(subject.published):
        return 0.0, 0.0
    now, base = pair(subject.ledger, CODES[code], month)
    rest_now = unlisted(scope, subject, code, month, float(now.sum()))
    return rest_now, unlisted(scope, subject, code, month - 12, float(base.sum()))


def _published(scope: Scope) -> dict[tuple[str, int], tuple[float, str]]:
    rows = scope.history
    rows = rows[rows["code"].isin(list(CODES)) & (rows["entity"] == scope.park)].dropna(subset="value")
    return {(row.code, row.year * 12 + row.month): (row.value, row.unit) for row in rows.itertuples()}
