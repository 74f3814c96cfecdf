"""The tables of a zone: which columns each has and what may stand in them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pandera.pandas as pa

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.period import Period
from zonereport.inputs.reading import column, is_number

QUALIFIERS = ("estimate", "lower_bound", "approximate", "cumulative", "including", "subset", "decreased")
LEVELS = ("national", "provincial", "city")
PROJECT_STAGES = (
    *("signed", "permitting", "construction", "topped_out", "handover", "trial_production"),
    *("in_production", "in_service"),
)
CARRIER_KINDS = ("industrial_community", "innovation_space", "industrial_park")
CARRIER_STATUSES = ("approved", "construction", "topped_out", "in_service")
WORK_STATUSES = ("construction", "main_line_completed", "in_service")


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, those that hold numbers, and those that name a row."""

    columns: dict[str, pa.Column]
    numbers: tuple[str, ...]
    key: tuple[str, ...]


def tables(dictionary: Dictionary, parks: tuple[str, ...], sources: tuple[str, ...]) -> dict[str, Table]:
    """The schema of every table a zone may have; codes, units, parks and sources are those that are known."""
    codes, units = set(dictionary.indicators.index), set(dictionary.units)
    period = column(_is_period, "a period such as 2022 or 2022-11", required=True)
    park = column(parks.__contains__, "empty, or a park of zone.yml")
    code = column(codes.__contains__, "a code of data/dictionary/indicators.csv", required=True)
    number = column(is_number, "a number such as 165 or 1.8")
    unit = column(units.__contains__, "a unit of data/dictionary/units.csv")
    qualifier = _one_of(QUALIFIERS, empty="empty, or ")
    source = column(sources.__contains__, "the id of a source in zone.yml", required=True)
    name = column(bool, "a name", required=True)
    note = column(lambda _: True, "")
    month = column(_is_period, "empty, or a date such as 2022 or 2022-11")
    level = _one_of(LEVELS, required=True)
    origin = {"source": source, "locator": note, "note": note}
    return {
        "indicators": Table(
            {
                **{"period": period, "code": code, "park": park, "value": number},
                "unit": column(units.__contains__, "a unit of data/dictionary/units.csv", required=True),
                **{"qualifier": qualifier, "growth_pct": number, "growth_basis": note},
                **{
                    "rank": _count(),
                    "rank_of": _count(),
                    "vintage": column(_is_day, "a day such as 2023-01-15"),
                },
                **origin,
            },
            ("value", "growth_pct", "rank", "rank_of"),
            ("period", "code", "park", "vintage"),
        ),
        "projects": Table(
            {
                **{"project": name, "name": name, "park": park, "tier": _one_of(LEVELS, empty="empty, or ")},
                "stage": _one_of(PROJECT_STAGES, empty="empty, or "),
                **{"stage_date": month, "planned_date": month, "investment": number, "unit": unit},
                **{"capacity_item": note, "capacity": number, "capacity_unit": unit, "qualifier": qualifier},
                **origin,
            },
            ("investment", "capacity"),
            ("project",),
        ),
        "enterprises": Table({"enterprise": name, "name": name, "park": park, **origin}, (), ("enterprise",)),
        "recognitions": Table(
            {"period": period, "enterprise": name, "code": code, "level": level, **origin},
            (),
            ("period", "enterprise", "code"),
        ),
        "platforms": Table(
            {"period": period, "enterprise": name, "code": code, "level": level, **origin},
            (),
            ("period", "enterprise", "code"),
        ),
        "talents": Table(
            {
                **{"period": period, "enterprise": name, "code": code, "value": number, "unit": unit},
                **{"qualifier": qualifier, **origin},
            },
            ("value",),
            ("period", "enterprise", "code"),
        ),
        "carriers": Table(
            {
                **{
                    "carrier": name,
                    "name": name,
                    "park": park,
                    "kind": _one_of(CARRIER_KINDS, required=True),
                },
                **{"status": _one_of(CARRIER_STATUSES, required=True), "status_date": month},
                **{"tenants": number, "unit": unit, "qualifier": qualifier, **origin},
            },
            ("tenants",),
            ("carrier",),
        ),
        "works": Table(
            {
                **{"work": name, "name": name, "park": park, "kind": _one_of(("road",), required=True)},
                **{"status": _one_of(WORK_STATUSES, required=True), "status_date": month, **origin},
            },
            (),
            ("work",),
        ),
    }


def _passes(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


_is_period = _passes(Period.parse)
_is_day = _passes(datetime.date.fromisoformat)


def _one_of(words: tuple[str, ...], *, empty: str = "", required: bool = False) -> pa.Column:
    return column(words.__contains__, f"{empty}one of {', '.join(words)}", required=required)


def _count() -> pa.Column:
    return column(lambda text: text.isdecimal() and int(text) > 0, "a whole number of 1 or more")
