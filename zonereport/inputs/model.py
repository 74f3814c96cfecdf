"""What a zone is: its description in zone.yml, and its tables once they are read and found sound."""

import dataclasses
import datetime
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from zonereport.disk import names
from zonereport.inputs.analyst_words import Words
from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault
from zonereport.inputs.history.log import Entry
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Table
from zonereport.language import tr

# 2023.. is every year from 2023 on
OPEN = ".."


def _is_id(text: str) -> str:
    if not names.is_id(text):
        raise ValueError(tr("an id of {pattern}", pattern=tr(names.ID)))
    return text


# tables and folders are named by it
Id = Annotated[str, AfterValidator(_is_id)]


class Source(BaseModel):
    """A document that figures come from; ``locator`` says what the tables' locators count (栏目, 页)."""

    # a misspelt key is a fault: it would leave the default in place
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    title: str
    title_basis: Literal["printed", "descriptive"] = "printed"
    publisher: str
    place: str
    # a period, or the first and the last one of a series: 2020-01/2022-12
    covers: str
    published: datetime.date | None = None
    locator: str = ""

    @field_validator("covers")
    @classmethod
    def _covers_is_a_period(cls, text: str) -> str:
        first, last = spanned(text)
        if last and (first.year, first.first) > (last.year, last.last):
            raise ValueError("two periods in order, such as 2020-01/2022-12")
        return text

    @property
    def first(self) -> Period:
        """The period that it covers; the first one of a series (2020-01/2022-12) or of an open one (2023..)."""
        return spanned(self.covers)[0]

    @property
    def last(self) -> Period | None:
        """The last period that it covers; None of a document that comes out again and again."""
        return spanned(self.covers)[1]

    @property
    def is_open(self) -> bool:
        """Whether it comes out again and again, as a monthly bulletin does."""
        return self.last is None

    def is_of(self, year: int) -> bool:
        """Whether it is a document of a year."""
        return self.first.year <= year and (self.last is None or year <= self.last.year)


def spanned(text: str) -> tuple[Period, Period | None]:
    """Return the first and the last period that a document covers, None for one that goes on. Raises Refused.

    >>> spanned("2022"), spanned("2020-01/2022-12"), spanned("2023..")
    ((Period(2022), Period(2022)), (Period(2020-01), Period(2022-12)), (Period(2023), None))
    """
    if text.endswith(OPEN):
        return Period.parse(text.removesuffix(OPEN)), None
    first, _, last = text.partition("/")
    return Period.parse(first), Period.parse(last or first)


class Park(BaseModel):
    """One park of a zone (一区多园)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    name_zh: str
    name_en: str = ""
    # before the one and after the other the park has no figures; empty: it was and is there
    opened: datetime.date | None = None
    closed: datetime.date | None = None


class Letterhead(BaseModel):
    """What an office puts on the papers that it sends, in Word files: what is left out is not printed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # 发文机关标志 in red, 发文字号, 密级, 签发人
    title: str = ""
    number: str = ""
    secrecy: str = ""
    signer: str = ""
    # 版记: 抄送, 印发机关, 印发日期
    copies_to: tuple[str, ...] = ()
    printer: str = ""
    printed: datetime.date | None = None


class Ready(BaseModel):
    """When a period can be reported: what must be there, and by which day of the month after it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # ids of sources, or names of tables
    must: tuple[str, ...] = ()
    deadline: Annotated[int, Field(ge=1, le=31)] | None = None
    # days off beside weekends, and weekends that are worked on: 放假 and 调休, as the year's notice has them
    holidays: tuple[datetime.date, ...] = ()
    workdays: tuple[datetime.date, ...] = ()


class ZoneFile(BaseModel):
    """The content of zone.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name_zh: str
    name_en: str
    place_zh: str
    # published documents, documents of the zone's own that nobody published, or made-up data
    origin: Literal["published", "internal", "synthetic"]
    # 编制单位, as the cover and the brief print it
    issuer: str = ""
    # 期号, 密级, 报送对象, 联系人; {year} and {month} of the number are those of the edition
    number: str = ""
    level: str = ""
    audience: str = ""
    contact: str = ""
    # 印发日期, where ``zonereport issue`` is told no other day
    issued: datetime.date | None = None
    letterhead: Letterhead = Letterhead()
    parks: tuple[Park, ...] = ()
    peers: tuple[str, ...] = ()
    # groups of indicators that are asked for as long as nothing was reported
    groups: tuple[str, ...] = ()
    # whether the ledger has all firms of the zone, or some: then its sums are lower bounds
    ledger: Literal["complete", "partial"] = "complete"
    ready: Ready = Ready()
    # names of persons and others that a public edition must not have, beside those of firms and projects
    withhold: tuple[str, ...] = ()
    sources: tuple[Source, ...]

    @field_validator("number")
    @classmethod
    def _number_names_year_and_month_only(cls, text: str) -> str:
        try:
            text.format(year=2022, month=1)
        except (KeyError, IndexError, ValueError):
            raise ValueError("a text with {year} and {month} at most, such as {year}年第{month}期") from None
        return text


@dataclasses.dataclass(frozen=True)
class Zone:
    """A zone's inputs. ``tables`` holds typed frames by table name; a table that is not there is absent.

    ``files`` are the files that were read, for hashes; ``dictionary`` is what the codes mean; ``schemas`` describes
    every table that a zone may have; ``warnings`` are contradictions that do not stop a report, ``silent`` those that
    were accepted; ``imports`` says which books brought the figures, and when; ``words`` is what its analysts say of
    exhibits, by period.
    """

    code: str
    about: ZoneFile
    tables: dict[str, pd.DataFrame]
    dictionary: Dictionary
    schemas: dict[str, Table]
    files: tuple[Path, ...]
    warnings: tuple[Fault, ...] = ()
    silent: tuple[Fault, ...] = ()
    imports: tuple[Entry, ...] = ()
    words: dict[str, tuple[Words, ...]] = dataclasses.field(default_factory=dict)
    # of a public edition the tables and frames that are empty by rule: see zonereport.disclosure
    withheld: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether it is what a public edition may read: names and unsafe amounts are off."""
        return bool(self.withheld)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that indicators.csv has figures for, oldest first."""
        return tuple(sorted({Period.parse(text) for text in self.tables["indicators"]["period"]}))
